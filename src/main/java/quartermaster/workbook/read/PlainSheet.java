package quartermaster.workbook.read;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.poi.ss.usermodel.DateUtil;
import org.apache.poi.ss.usermodel.FormulaError;
import org.apache.poi.ss.util.CellRangeAddress;
import org.jspecify.annotations.Nullable;
import org.xml.sax.Attributes;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.helpers.DefaultHandler;
import quartermaster.unit.Place;
import quartermaster.workbook.read.ReadCell.Format;
import quartermaster.workbook.read.ReadCell.Kind;

/** The rows of one sheet from its XML, in passing. */
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

    private static final Pattern ROW = Pattern.compile("\\d{1,7}");
    private static final int LONGEST_CONTENT =
            1_000_000; // characters of a cell and its formula: more than any can hold

    private final String sheet;
    private final boolean from1904;
    private final boolean zeroIsUnsaved;
    private final PlainStyles styles;
    private final List<String> shared;
    private final PlainText texts;
    private final RowTaker taker;

    private final List<CellRangeAddress> merged = new ArrayList<>();
    private final Map<String, String> sharedTruths = new HashMap<>(); // formulas that are truth values

    private boolean inData;
    private boolean inCell;
    private int row;
    private String rowText = "0";
    private boolean rowHidden;
    private List<ReadCell> cells = new ArrayList<>();
    private int column;
    private String type = "n";
    private int style;
    private final StringBuilder value = new StringBuilder();
    private final StringBuilder formula = new StringBuilder();
    private final RichText inline = new RichText();
    private int content; // characters of the cell
    private boolean hasValue;
    private boolean hasFormula;
    private boolean hasInline;
    private @Nullable String sharedFormula;
    private @Nullable StringBuilder into;

    /** Is given the rows that hold something, from the top. */
    public interface RowTaker {
        /** False where it has seen enough. */
        boolean take(ReadRow row) throws UnreadableWorkbookException;
    }

    /** Ends the parsing. */
    static final class EnoughException extends SAXException {}

    /** @param zeroIsUnsaved where a formula's 0 says nothing, see {@link SheetReading#writesZeroUnsaved} */
    PlainSheet(
            String sheet,
            boolean from1904,
            boolean zeroIsUnsaved,
            PlainStyles styles,
            List<String> shared,
            PlainText texts,
            RowTaker taker) {
        this.zeroIsUnsaved = zeroIsUnsaved;
        this.taker = taker;
        this.sheet = sheet;
        this.from1904 = from1904;
        this.styles = styles;
        this.shared = shared;
        this.texts = texts;
    }

    /** Areas of which only the top left cell is seen: a file says behind its rows which they are. */
    List<CellRangeAddress> merged() {
        return merged;
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
    public void characters(char[] characters, int start, int length) throws SAXException {
        if (inCell && (content += length) > LONGEST_CONTENT) {
            throw new UnusualContentException("a cell of more than " + LONGEST_CONTENT + " characters");
        }
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
        String said = attributes.getValue("r");
        if (said != null && !ROW.matcher(said).matches()) {
            throw texts.impossible(sheet + "!A" + said);
        }
        int number = said == null ? row + 1 : Integer.parseInt(said);
        if (number <= row) {
            throw new UnusualContentException("rows out of order");
        }
        row = number;
        rowText = Integer.toString(number);
        column = -1;
        rowHidden = PlainWorkbook.isTrue(attributes.getValue("hidden"));
        cells = new ArrayList<>();
    }

    private void startCell(String uri, Attributes attributes) throws SAXException {
        if (!uri.equals(PlainWorkbook.MAIN)) {
            throw new UnusualContentException("another kind of cell");
        }
        String said = attributes.getValue("r");
        int next = said == null ? column + 1 : column(said);
        if (next <= column) {
            throw new UnusualContentException("cells out of order");
        }
        if (next >= SheetReading.LAST_COLUMN || row > SheetReading.LAST_ROW) {
            throw texts.impossible(said == null ? new Place.Cell(sheet, row, next).toString() : sheet + "!" + said);
        }
        inCell = true;
        content = 0;
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

    /** The column of e.g. {@code C7}, from 0, or one that no sheet has; the row must be this one. */
    private int column(String place) throws UnusualContentException {
        int at = 0;
        int found = 0;
        while (at < place.length() && place.charAt(at) >= 'A' && place.charAt(at) <= 'Z') {
            found = Math.min(SheetReading.LAST_COLUMN + 1, found * 26 + place.charAt(at) - 'A' + 1);
            at++;
        }
        if (at == 0 || place.length() - at != rowText.length() || !place.endsWith(rowText)) {
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

    private void startFormula(Attributes attributes) {
        sharedFormula = "shared".equals(attributes.getValue("t")) ? attributes.getValue("si") : null;
        hasFormula = true;
        into = formula;
    }

    private void endRow() throws SAXException {
        if (cells.isEmpty()) {
            return;
        }
        boolean wantsMore;
        try {
            wantsMore = taker.take(new ReadRow(sheet, row, rowHidden, cells));
        } catch (UnreadableWorkbookException e) {
            throw new PlainWorkbook.UnreadableInside(e);
        } catch (RuntimeException e) {
            throw new PlainWorkbook.TakerFailed(e);
        }
        if (!wantsMore) {
            throw new EnoughException();
        }
    }

    private void endCell() throws SAXException {
        inCell = false;
        ReadCell cell = cell();
        if (cell != null) {
            cells.add(cell);
        }
    }

    private @Nullable ReadCell cell() throws SAXException {
        if (hasFormula && isTruthValue()) {
            return new ReadCell(sheet, row, column, Kind.BOOLEAN, startsWithT(), Format.PLAIN);
        }
        if (!isSaved() || hasFormula && zeroIsUnsaved && type.equals("n") && SheetReading.isZero(value.toString())) {
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

    private boolean isTruthValue() {
        if (sharedFormula != null && formula.length() == 0) {
            formula.append(sharedTruths.getOrDefault(sharedFormula, ""));
        }
        boolean isTruthValue = SheetReading.isTruthValue(formula.toString());
        if (sharedFormula != null && isTruthValue) {
            sharedTruths.put(sharedFormula, formula.toString());
        }
        return isTruthValue;
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
