package quartermaster.workbook.read;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.poi.ss.usermodel.DateUtil;
import org.apache.poi.ss.usermodel.FormulaError;
import org.apache.poi.ss.util.CellRangeAddress;
import org.jspecify.annotations.Nullable;
import org.xml.sax.Attributes;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.helpers.DefaultHandler;
import quartermaster.workbook.read.ReadCell.Format;
import quartermaster.workbook.read.ReadCell.Kind;

/** The rows of one sheet from its XML. */
final class PlainSheet extends DefaultHandler {
    private static final Set<String> WITHIN_CELLS = Set.of(
            "v",
            "f",
            "is",
            "t",
            "r",
            "rPr",
            "rPh",
            "phoneticPr",
            "b",
            "i",
            "u",
            "strike",
            "outline",
            "shadow",
            "sz",
            "color",
            "rFont",
            "family",
            "charset",
            "scheme",
            "vertAlign",
            "condense",
            "extend");

    private final String sheet;
    private final boolean from1904;
    private final PlainStyles styles;
    private final List<String> shared;
    private final PlainText texts;

    private final List<ReadRow> rows = new ArrayList<>();
    private final List<CellRangeAddress> merged = new ArrayList<>();
    private final Map<String, String> sharedFormulas = new HashMap<>();

    private boolean inData;
    private boolean inCell;
    private int row;
    private boolean rowHidden;
    private List<ReadCell> cells = new ArrayList<>();
    private int column;
    private String type = "n";
    private int style;
    private final StringBuilder value = new StringBuilder();
    private final StringBuilder formula = new StringBuilder();
    private final RichText inline = new RichText();
    private boolean hasValue;
    private boolean hasFormula;
    private boolean hasInline;
    private @Nullable String sharedFormula;
    private @Nullable StringBuilder into;

    PlainSheet(String sheet, boolean from1904, PlainStyles styles, List<String> shared, PlainText texts) {
        this.sheet = sheet;
        this.from1904 = from1904;
        this.styles = styles;
        this.shared = shared;
        this.texts = texts;
    }

    /** Under a merged area only its top left cell is seen, so only that one counts. */
    List<ReadRow> rows() {
        if (merged.isEmpty()) {
            return rows;
        }
        CoveredCells covered = new CoveredCells(merged);
        List<ReadRow> seen = new ArrayList<>();
        for (ReadRow each : rows) {
            List<ReadCell> kept = each.cells().stream()
                    .filter(cell -> !covered.contains(cell.row() - 1, cell.column()))
                    .toList();
            if (!kept.isEmpty()) {
                seen.add(new ReadRow(sheet, each.number(), each.hidden(), kept));
            }
        }
        return seen;
    }

    List<CellRangeAddress> merged() {
        return SheetReading.sorted(merged);
    }

    @Override
    public void startElement(String uri, String local, String qualified, Attributes attributes) throws SAXException {
        if (inCell) {
            startInCell(uri, local, attributes);
        } else if (inData && local.equals("c")) {
            startCell(uri, attributes);
        } else if (inData && local.equals("row")) {
            startRow(attributes);
        } else if (local.equals("sheetData")) {
            inData = true;
        } else if (inData) {
            throw new UnusualContentException("<" + local + "> among the rows");
        } else if (local.equals("mergeCell")) {
            merged.add(CellRangeAddress.valueOf(attributes.getValue("ref")));
        }
    }

    @Override
    public void characters(char[] characters, int start, int length) {
        if (into != null) {
            into.append(characters, start, length);
        } else if (hasInline) {
            inline.characters(characters, start, length);
        }
    }

    @Override
    public void endElement(String uri, String local, String qualified) throws SAXException {
        if (!inData) {
            return;
        }
        switch (local) {
            case "v", "f" -> into = null;
            case "c" -> endCell();
            case "row" -> endRow();
            case "sheetData" -> inData = false;
            default -> {
                if (hasInline) {
                    inline.end(local);
                }
            }
        }
    }

    @Override
    public void error(SAXParseException e) throws SAXException {
        throw e;
    }

    private void startRow(Attributes attributes) throws SAXException {
        texts.refuseLate();
        int number = Integer.parseInt(attributes.getValue("r"));
        if (number <= row) {
            throw new UnusualContentException("rows out of order");
        }
        row = number;
        column = -1;
        rowHidden = PlainWorkbook.isTrue(attributes.getValue("hidden"));
        cells = new ArrayList<>();
    }

    private void startCell(String uri, Attributes attributes) throws SAXException {
        if (!uri.equals(PlainWorkbook.MAIN)) {
            throw new UnusualContentException("another kind of cell");
        }
        int next = column(attributes.getValue("r"));
        if (next <= column) {
            throw new UnusualContentException("cells out of order");
        }
        inCell = true;
        column = next;
        type = attributes.getValue("t") == null ? "n" : attributes.getValue("t");
        style = attributes.getValue("s") == null ? 0 : Integer.parseInt(attributes.getValue("s"));
        hasValue = false;
        hasFormula = false;
        hasInline = false;
        sharedFormula = null;
        value.setLength(0);
        formula.setLength(0);
    }

    /** The column of e.g. {@code C7}, from 0; the row must be this one. */
    private int column(@Nullable String place) throws UnusualContentException {
        int at = 0;
        int found = 0;
        while (place != null && at < place.length() && place.charAt(at) >= 'A' && place.charAt(at) <= 'Z' && at < 3) {
            found = found * 26 + place.charAt(at) - 'A' + 1;
            at++;
        }
        if (place == null || at == 0 || !place.substring(at).equals(Integer.toString(row))) {
            throw new UnusualContentException("a cell at " + place);
        }
        return found - 1;
    }

    private void startInCell(String uri, String local, Attributes attributes) throws SAXException {
        if (!WITHIN_CELLS.contains(local) || !uri.equals(PlainWorkbook.MAIN)) {
            throw new UnusualContentException("<" + local + "> in a cell");
        }
        if (hasInline) {
            inline.start(local);
            return;
        }
        switch (local) {
            case "v" -> {
                hasValue = true;
                into = value;
            }
            case "f" -> startFormula(attributes);
            case "is" -> {
                hasInline = true;
                inline.begin();
            }
            default -> throw new UnusualContentException("<" + local + "> in a cell");
        }
    }

    private void startFormula(Attributes attributes) throws UnusualContentException {
        String kind = attributes.getValue("t");
        if (kind != null && !kind.equals("normal") && !kind.equals("shared")) {
            throw new UnusualContentException("a formula of the kind " + kind);
        }
        sharedFormula = "shared".equals(kind) ? attributes.getValue("si") : null;
        hasFormula = true;
        into = formula;
    }

    private void endRow() {
        if (!cells.isEmpty()) {
            rows.add(new ReadRow(sheet, row, rowHidden, cells));
        }
    }

    private void endCell() throws SAXException {
        inCell = false;
        ReadCell cell = cell();
        if (cell != null) {
            if (!SheetReading.isPossible(cell)) {
                throw new UnusualContentException("a cell outside of what a sheet can hold");
            }
            cells.add(cell);
        }
    }

    private @Nullable ReadCell cell() throws SAXException {
        if (hasFormula && isTruthValue()) {
            return new ReadCell(sheet, row, column, Kind.BOOLEAN, startsWithT(), Format.PLAIN);
        }
        if (!isSaved()) {
            return hasFormula ? made(Kind.UNCALCULATED, null) : null;
        }
        return switch (type) {
            case "n" -> number();
            case "b" -> made(Kind.BOOLEAN, PlainWorkbook.isTrue(digit()));
            case "e" -> made(Kind.ERROR, sign());
            case "s", "str", "inlineStr" -> text();
            default -> throw new UnusualContentException("a cell of the type " + type);
        };
    }

    /** Programs that cannot calculate write {@code <v></v>}; only a text may be empty. */
    private boolean isSaved() {
        return hasInline && !hasFormula
                || hasValue && (type.equals("str") || !value.toString().isBlank());
    }

    private boolean isTruthValue() throws UnusualContentException {
        if (sharedFormula != null) {
            if (formula.length() > 0) {
                sharedFormulas.put(sharedFormula, formula.toString());
            } else if (sharedFormulas.containsKey(sharedFormula)) {
                formula.append(sharedFormulas.get(sharedFormula));
            } else {
                throw new UnusualContentException("a shared formula that is nowhere");
            }
        }
        return SheetReading.isTruthValue(formula.toString());
    }

    private boolean startsWithT() {
        String text = formula.toString().strip();
        return text.charAt(0) == 'T' || text.charAt(0) == 't';
    }

    private ReadCell number() throws SAXException {
        double number = Double.parseDouble(value.toString());
        if (!Double.isFinite(number)) {
            return made(Kind.ERROR, "#NUM!");
        }
        PlainStyles.Style shown = styles.style(style);
        if (shown.date() && DateUtil.isValidExcelDate(number)) {
            return made(Kind.DATE, DateUtil.getLocalDateTime(number, from1904));
        }
        return new ReadCell(sheet, row, column, Kind.NUMBER, number, shown.format());
    }

    /** The library takes 1 for true; of other ways to say it nobody knows. */
    private String digit() throws UnusualContentException {
        if (value.length() != 1) {
            throw new UnusualContentException("a truth value " + value);
        }
        return value.toString();
    }

    private String sign() {
        byte code = FormulaError.forString(value.toString()).getCode();
        return FormulaError.isValidCode(code) ? FormulaError.forInt(code).getString() : "#ERROR!";
    }

    private @Nullable ReadCell text() throws SAXException {
        if (hasFormula && !type.equals("str")) {
            throw new UnusualContentException("a formula whose result is a " + type);
        }
        String text = texts.counted(plain());
        if (text.length() > SheetReading.LONGEST_TEXT) {
            return made(Kind.ERROR, "a text of " + text.length() + " characters");
        }
        return text.isEmpty() ? null : made(Kind.TEXT, text);
    }

    private String plain() throws UnusualContentException {
        if (hasInline) {
            return inline.end();
        }
        return type.equals("s") ? shared.get(Integer.parseInt(value.toString())) : RichText.decoded(value.toString());
    }

    private ReadCell made(Kind kind, @Nullable Object content) {
        return new ReadCell(sheet, row, column, kind, content, Format.PLAIN);
    }
}
