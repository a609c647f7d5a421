package quartermaster.workbook.read;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.poi.ss.util.CellRangeAddress;
import org.jspecify.annotations.Nullable;
import org.xml.sax.Attributes;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.helpers.DefaultHandler;
import quartermaster.unit.Place;
import quartermaster.workbook.read.ReadCell.Format;
import quartermaster.workbook.read.ReadCell.Kind;

/** The sheets in the {@code content.xml} of an OpenDocument spreadsheet. */
final class OpenDocumentSheets extends DefaultHandler {
    private static final Set<String> NOT_CONTENT = // within cells, or tables that are no sheets
            Set.of("annotation", "tracked-changes", "dde-links", "shapes", "frame", "custom-shape", "forms");
    private static final int MOST_SPACES = 1_000;

    private final String name;
    private final WorkbookLimits limits;
    private final PlainText texts;

    private final List<ReadSheet> sheets = new ArrayList<>();
    private final Set<String> hiddenStyles = new HashSet<>();
    private final Deque<String> skipped = new ArrayDeque<>(); // what is open and not read
    private String style = "";
    private int cellsInAll;
    private int rowsInAll;

    private String sheet = "";
    private boolean sheetHidden;
    private List<ReadRow> rows = new ArrayList<>();
    private List<CellRangeAddress> merged = new ArrayList<>();
    private int row; // from 0
    private int rowTimes;
    private boolean rowHidden;
    private List<ReadCell> cells = new ArrayList<>();
    private int column;
    private boolean inCell;
    private Attributes cell = new org.xml.sax.helpers.AttributesImpl();
    private boolean covered;
    private int paragraphs;
    private boolean inParagraph;
    private final StringBuilder text = new StringBuilder();

    OpenDocumentSheets(String name, WorkbookLimits limits, PlainText texts) {
        this.name = name;
        this.limits = limits;
        this.texts = texts;
    }

    List<ReadSheet> sheets() {
        return sheets;
    }

    @Override
    public void startElement(String uri, String local, String qualified, Attributes attributes) throws SAXException {
        if (!skipped.isEmpty() || NOT_CONTENT.contains(local)) {
            skipped.push(local);
            return;
        }
        switch (local) {
            case "style" -> style = value(attributes, "name", "");
            case "table-properties" -> {
                if (value(attributes, "display", "true").equals("false")) {
                    hiddenStyles.add(style);
                }
            }
            case "table" -> startSheet(attributes);
            case "table-row" -> startRow(attributes);
            case "table-cell", "covered-table-cell" -> startCell(local, attributes);
            case "p", "h" -> startParagraph();
            case "s" -> spaces(Math.min(MOST_SPACES, number(attributes, "c", 1)));
            case "tab" -> spaces(1);
            case "line-break" -> append("\n");
            default -> {}
        }
    }

    @Override
    public void characters(char[] characters, int start, int length) {
        if (inParagraph && skipped.isEmpty() && text.length() <= SheetReading.LONGEST_TEXT) {
            text.append(characters, start, length);
        }
    }

    @Override
    public void endElement(String uri, String local, String qualified) throws SAXException {
        if (!skipped.isEmpty()) {
            skipped.pop();
            return;
        }
        switch (local) {
            case "p", "h" -> inParagraph = false;
            case "table-cell", "covered-table-cell" -> endCell();
            case "table-row" -> endRow();
            case "table" -> sheets.add(new ReadSheet(sheet, sheetHidden, rows, SheetReading.sorted(merged)));
            default -> {}
        }
    }

    @Override
    public void error(SAXParseException e) throws SAXException {
        throw e;
    }

    private void startSheet(Attributes attributes) throws SAXException {
        if (sheets.size() >= limits.sheets()) {
            throw new PlainWorkbook.UnreadableInside(SheetReading.tooManySheets(name, limits));
        }
        sheet = value(attributes, "name", "Sheet" + (sheets.size() + 1));
        sheetHidden = hiddenStyles.contains(value(attributes, "style-name", ""));
        rows = new ArrayList<>();
        merged = new ArrayList<>();
        row = 0;
    }

    private void startRow(Attributes attributes) throws SAXException {
        texts.refuseLate();
        rowTimes = Math.max(1, number(attributes, "number-rows-repeated", 1));
        rowHidden = !value(attributes, "visibility", "visible").equals("visible");
        cells = new ArrayList<>();
        column = 0;
    }

    private void startCell(String local, Attributes attributes) {
        inCell = true;
        covered = local.equals("covered-table-cell");
        cell = new org.xml.sax.helpers.AttributesImpl(attributes);
        paragraphs = 0;
        text.setLength(0);
        int across = number(attributes, "number-columns-spanned", 1);
        int down = number(attributes, "number-rows-spanned", 1);
        if ((across > 1 || down > 1)
                && row < SheetReading.LAST_ROW
                && column < SheetReading.LAST_COLUMN
                && merged.size() < limits.rows()) {
            merged.add(new CellRangeAddress(
                    row,
                    Math.min(SheetReading.LAST_ROW - 1, row + Math.max(1, down) - 1),
                    column,
                    Math.min(SheetReading.LAST_COLUMN - 1, column + Math.max(1, across) - 1)));
        }
    }

    private void startParagraph() {
        inParagraph = inCell;
        if (paragraphs++ > 0) {
            append("\n");
        }
    }

    private void spaces(int count) {
        append(" ".repeat(Math.max(0, count)));
    }

    private void append(String more) {
        if (inCell && text.length() <= SheetReading.LONGEST_TEXT) {
            text.append(more);
        }
    }

    private void endCell() throws SAXException {
        inCell = false;
        int times = Math.max(1, number(cell, "number-columns-repeated", 1));
        ReadCell read = covered ? null : read();
        if (read != null) {
            if (column + times > SheetReading.LAST_COLUMN) {
                throw texts.impossible(new Place.Cell(sheet, row + 1, column + times - 1).toString());
            }
            for (int i = 0; i < times; i++) {
                refuseTooMuch(rowsInAll, ++cellsInAll);
                cells.add(moved(read, read.row(), column + i));
            }
        }
        column = (int) Math.min(Integer.MAX_VALUE / 2, (long) column + times);
    }

    private void endRow() throws SAXException {
        if (!cells.isEmpty() && row + rowTimes > SheetReading.LAST_ROW) {
            throw texts.impossible(
                    new Place.Cell(sheet, row + rowTimes, cells.get(0).column()).toString());
        }
        for (int i = 0; i < rowTimes && !cells.isEmpty(); i++) {
            int number = row + i + 1;
            refuseTooMuch(++rowsInAll, i == 0 ? cellsInAll : (cellsInAll += cells.size()));
            rows.add(new ReadRow(
                    sheet,
                    number,
                    rowHidden,
                    i == 0
                            ? cells
                            : cells.stream()
                                    .map(each -> moved(each, number, each.column()))
                                    .toList()));
        }
        row = (int) Math.min(Integer.MAX_VALUE / 2, (long) row + rowTimes);
    }

    private void refuseTooMuch(int rowsSoFar, int cellsSoFar) throws PlainWorkbook.UnreadableInside {
        if (rowsSoFar > limits.rows() || cellsSoFar > limits.cells()) {
            throw new PlainWorkbook.UnreadableInside(SheetReading.tooManyCells(name, limits));
        }
    }

    private static ReadCell moved(ReadCell cell, int row, int column) {
        return new ReadCell(cell.sheet(), row, column, cell.kind(), cell.content(), cell.format());
    }

    private @Nullable ReadCell read() throws SAXException {
        String kind = value(cell, "value-type", "");
        if (value(cell, "value-type", "calcext", "").equals("error")) {
            return made(Kind.ERROR, text.isEmpty() ? "#ERROR!" : text.toString(), Format.PLAIN);
        }
        return switch (kind) {
            case "float", "percentage", "currency" -> number(kind);
            case "date" -> date();
            case "boolean" -> {
                String truth = value(cell, "boolean-value", "");
                yield truth.isEmpty() ? unsaved() : made(Kind.BOOLEAN, truth.equals("true"), Format.PLAIN);
            }
            case "string", "time" -> text();
            default -> unsaved();
        };
    }

    /** A formula has no other value than the one that is saved; of other cells what they show counts. */
    private @Nullable ReadCell unsaved() throws SAXException {
        return value(cell, "formula", "").isEmpty() ? text() : made(Kind.UNCALCULATED, null, Format.PLAIN);
    }

    private static Format currency(String code) {
        return switch (code) {
            case "USD" -> Format.CURRENCY;
            case "EUR" -> Format.EUR;
            case "GBP" -> Format.GBP;
            case "CHF" -> Format.CHF;
            default -> Format.OTHER_CURRENCY;
        };
    }

    private @Nullable ReadCell number(String kind) throws SAXException {
        Format format = switch (kind) {
            case "percentage" -> Format.PERCENT;
            case "currency" -> currency(value(cell, "currency", "USD"));
            default ->
                MoneyFormats.shown(text.toString()).isForeign()
                        ? MoneyFormats.shown(text.toString()) // as a text of its format
                        : Format.PLAIN;
        };
        try {
            double number = Double.parseDouble(value(cell, "value", ""));
            return Double.isFinite(number)
                    ? made(Kind.NUMBER, number, format)
                    : made(Kind.ERROR, "#NUM!", Format.PLAIN);
        } catch (NumberFormatException e) {
            return unsaved();
        }
    }

    private @Nullable ReadCell date() throws SAXException {
        String written = value(cell, "date-value", "");
        try {
            LocalDateTime date = written.contains("T")
                    ? LocalDateTime.parse(written)
                    : LocalDate.parse(written).atStartOfDay();
            return made(Kind.DATE, date, Format.PLAIN);
        } catch (DateTimeException e) {
            return unsaved();
        }
    }

    private @Nullable ReadCell text() throws SAXException {
        String written = text.isEmpty() ? value(cell, "string-value", "") : text.toString();
        if (written.length() > SheetReading.LONGEST_TEXT) {
            return made(Kind.ERROR, "a text of more than " + SheetReading.LONGEST_TEXT + " characters", Format.PLAIN);
        }
        return written.isEmpty() ? null : made(Kind.TEXT, texts.counted(written), Format.PLAIN);
    }

    private ReadCell made(Kind kind, @Nullable Object content, Format format) {
        return new ReadCell(sheet, row + 1, column, kind, content, format);
    }

    /** An attribute by its local name; those of an extension are asked for with its prefix. */
    private static String value(Attributes attributes, String local, String otherwise) {
        for (int i = 0; i < attributes.getLength(); i++) {
            if (attributes.getLocalName(i).equals(local)
                    && !attributes.getQName(i).startsWith("calcext:")) {
                return attributes.getValue(i);
            }
        }
        return otherwise;
    }

    private static String value(Attributes attributes, String local, String prefix, String otherwise) {
        String found = attributes.getValue(prefix + ":" + local);
        return found == null ? otherwise : found;
    }

    private static int number(Attributes attributes, String local, int otherwise) {
        try {
            return (int) Math.min(
                    SheetReading.LAST_ROW, Long.parseLong(value(attributes, local, String.valueOf(otherwise))));
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }
}
