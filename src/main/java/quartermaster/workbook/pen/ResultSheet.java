package quartermaster.workbook.pen;

import java.io.IOException;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.poi.ss.usermodel.PrintSetup;
import org.apache.poi.ss.util.AreaReference;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.ss.util.CellReference;
import org.apache.poi.xssf.usermodel.XSSFCell;
import org.apache.poi.xssf.usermodel.XSSFRow;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFTable;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;

/** A sheet of our own with one table: header, filter, frozen panes, print layout. */
public final class ResultSheet {
    public static final int WIDTH_UNIT = 256; // of a character
    private static final double LINE_POINTS = 15;
    private static final int HEADER_LINES = 3;
    private static final int MOST_LINES = 20;
    private static final int PRINTED_ROWS = 30; // of a long sheet

    private final XSSFWorkbook book;
    private final CellWriter pen;

    private static final String FONT = "Calibri";
    private static final short POINTS = 11;

    /** An empty workbook of our own, in the font of the catalogue, the policy and the cases. */
    public static XSSFWorkbook book() {
        XSSFWorkbook book = new XSSFWorkbook();
        book.getFontAt(0).setFontName(FONT);
        book.getFontAt(0).setFontHeightInPoints(POINTS);
        return book;
    }

    public ResultSheet(XSSFWorkbook book, CellWriter pen) {
        this.book = book;
        this.pen = pen;
    }

    /**
     * @param frozen columns that stay in sight
     * @param first whether a row is one to look at first
     */
    public <T> XSSFSheet write(
            String name, List<ResultColumn<T>> columns, List<T> rows, int frozen, Predicate<T> first) {
        return writeWithLooks(name, columns, rows, frozen, row -> first.test(row) ? CellLook.FIRST : CellLook.BODY);
    }

    /**
     * @param frozen columns that stay in sight
     * @param look of all cells of a row
     */
    public <T> XSSFSheet writeWithLooks(
            String name, List<ResultColumn<T>> columns, List<T> rows, int frozen, Function<T, CellLook> look) {
        XSSFSheet sheet = book.createSheet(name);
        header(sheet, columns);
        sheet.createFreezePane(frozen, 1);
        if (!rows.isEmpty()) {
            pen.append(sheet, appended(columns, rows, look));
            table(sheet, columns.size(), rows.size());
        }
        group(sheet, columns);
        page(sheet, lastPrinted(columns), rows.size());
        return sheet;
    }

    private <T> void header(XSSFSheet sheet, List<ResultColumn<T>> columns) {
        XSSFRow row = sheet.createRow(0);
        int lines = HEADER_LINES;
        for (int i = 0; i < columns.size(); i++) {
            ResultColumn<T> column = columns.get(i);
            header(row.createCell(i), column);
            sheet.setColumnWidth(i, column.characters() * WIDTH_UNIT);
            lines = Math.max(lines, lines(column.header(), column.characters()));
        }
        row.setHeightInPoints((float) (LINE_POINTS * lines + 3));
    }

    public <T> void header(XSSFCell cell, ResultColumn<T> column) {
        ValueFormat format = column.format().isNumber() ? ValueFormat.WHOLE : ValueFormat.TEXT;
        pen.write(cell, column.header(), column.detail() ? CellLook.HEADER_DETAIL : CellLook.HEADER, format, true);
    }

    private <T> AppendedRows.Appended appended(
            List<ResultColumn<T>> columns, List<T> rows, Function<T, CellLook> look) {
        String area = new CellRangeAddress(0, rows.size(), 0, columns.size() - 1).formatAsString();
        return new AppendedRows.Appended(area, false, AppendedRows.made(made -> {
            for (int i = 0; i < rows.size(); i++) {
                row(made, i + 2, columns, rows.get(i), look.apply(rows.get(i)));
            }
        }));
    }

    private <T> void row(AppendedRows made, int number, List<ResultColumn<T>> columns, T thing, CellLook look)
            throws IOException {
        List<CellWriter.Content> cells = contents(columns, thing, look);
        int lines = 1;
        for (int i = 0; i < cells.size(); i++) {
            if (columns.get(i).wrap()) {
                lines = Math.max(
                        lines, lines(cells.get(i).text(), columns.get(i).characters()));
            }
        }
        made.startRow(number, LINE_POINTS * Math.min(MOST_LINES, lines) + 2);
        CellWriter.cells(made, 0, cells);
        made.endRow();
    }

    /**
     * Writes into a row that there is, from a column on.
     *
     * @return what its cells say; numbers and dates not
     */
    public <T> List<String> writeBeside(XSSFRow row, int first, List<ResultColumn<T>> columns, T thing, CellLook look) {
        List<CellWriter.Content> cells = contents(columns, thing, look);
        pen.beside(row, first, cells);
        return cells.stream().map(CellWriter.Content::text).toList();
    }

    private <T> List<CellWriter.Content> contents(List<ResultColumn<T>> columns, T thing, CellLook look) {
        return columns.stream()
                .map(column -> pen.content(column.value().apply(thing), look, column.format(), column.wrap()))
                .toList();
    }

    /** Lines that a text takes in a column of so many characters, words kept whole. */
    public static int lines(String text, int characters) {
        return TextLines.in(text, characters);
    }

    private void table(XSSFSheet sheet, int columns, int rows) {
        AreaReference area = book.getCreationHelper()
                .createAreaReference(new CellReference(0, 0), new CellReference(rows, columns - 1));
        XSSFTable table = sheet.createTable(area);
        String name = "Quartermaster_" + sheet.getSheetName().replaceAll("\\W", "_");
        table.setName(name);
        table.setDisplayName(name);
        table.getCTTable().addNewAutoFilter().setRef(area.formatAsString());
        table.getCTTable().addNewTableStyleInfo().setShowRowStripes(false);
    }

    private static <T> int lastPrinted(List<ResultColumn<T>> columns) {
        int last = columns.size() - 1;
        while (last > 0 && columns.get(last).detail()) {
            last--;
        }
        return last;
    }

    /** What only few look at can be folded away. */
    private static <T> void group(XSSFSheet sheet, List<ResultColumn<T>> columns) {
        int first = lastPrinted(columns) + 1;
        if (first < columns.size()) {
            for (int i = first; i < columns.size(); i++) { // the library's own way makes 16,384 columns
                sheet.getColumnHelper().getColumn(i, false).setOutlineLevel((short) 1);
            }
            sheet.getCTWorksheet().getSheetFormatPr().setOutlineLevelCol((short) 1);
        }
    }

    /** A long sheet is for the screen: of it the first rows are printed, as large as the width allows, and the page says so. */
    public static void printOnlyFirst(XSSFSheet sheet, int rows) {
        XSSFWorkbook book = sheet.getWorkbook();
        int index = book.getSheetIndex(sheet);
        if (rows > PRINTED_ROWS) {
            int last = new AreaReference(book.getPrintArea(index), book.getSpreadsheetVersion())
                    .getLastCell()
                    .getCol();
            book.setPrintArea(index, 0, last, 0, PRINTED_ROWS);
            sheet.getHeader().setRight("The first " + PRINTED_ROWS + " of " + rows + " rows; all are in the file");
        }
    }

    private void page(XSSFSheet sheet, int lastColumn, int lastRow) {
        landscape(sheet);
        sheet.setRepeatingRows(new CellRangeAddress(0, 0, -1, -1));
        book.setPrintArea(book.getSheetIndex(sheet), 0, lastColumn, 0, Math.max(1, lastRow));
    }

    /** The same without margins, header and footer: of a sheet that is somebody else's. */
    public static void wide(XSSFSheet sheet) {
        sheet.setFitToPage(true);
        sheet.setAutobreaks(true);
        PrintSetup print = sheet.getPrintSetup();
        print.setLandscape(true);
        print.setPaperSize(PrintSetup.A4_PAPERSIZE);
        print.setFitWidth((short) 1);
        print.setFitHeight((short) 0);
    }

    /** One page wide, as many pages high as it takes. */
    public static void landscape(XSSFSheet sheet) {
        wide(sheet);
        for (var margin :
                List.of(org.apache.poi.ss.usermodel.PageMargin.LEFT, org.apache.poi.ss.usermodel.PageMargin.RIGHT)) {
            sheet.setMargin(margin, 0.4);
        }
        sheet.setMargin(org.apache.poi.ss.usermodel.PageMargin.TOP, 0.7);
        sheet.setMargin(org.apache.poi.ss.usermodel.PageMargin.BOTTOM, 0.6);
        sheet.getHeader().setLeft("&B&A");
        sheet.getFooter().setRight("Page &P of &N");
    }
}
