package quartermaster.workbook.score;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.poi.ss.util.WorkbookUtil;
import org.apache.poi.xssf.usermodel.XSSFCell;
import org.apache.poi.xssf.usermodel.XSSFCellStyle;
import org.apache.poi.xssf.usermodel.XSSFRow;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import quartermaster.workbook.pen.CellWriter;
import quartermaster.workbook.pen.ResultSheet;
import quartermaster.workbook.read.ReadCell;
import quartermaster.workbook.read.ReadRow;
import quartermaster.workbook.read.ReadSheet;
import quartermaster.workbook.read.WorkbookFile;

/** What was read from another format, as a workbook that results can be written into: its values, hardly its looks. */
final class FreshWorkbook {
    private static final int MOST_MERGED = 1_000;
    private static final int MOST_WIDTHS = 500; // the library looks through all of them to set one
    private static final int WIDEST = 50; // characters
    private static final int NARROWEST = 10;

    private final XSSFWorkbook book = ResultSheet.book();
    private final Map<String, XSSFCellStyle> styles = new HashMap<>();

    private FreshWorkbook() {}

    static XSSFWorkbook of(WorkbookFile file) {
        FreshWorkbook fresh = new FreshWorkbook();
        file.sheets().forEach(fresh::add);
        return fresh.book;
    }

    /** The same under names that every program takes, so that places in it are named alike. */
    static WorkbookFile named(WorkbookFile file) {
        Map<String, Integer> taken = new HashMap<>();
        return new WorkbookFile(
                file.name(),
                file.kind(),
                file.sheets().stream().map(sheet -> named(sheet, taken)).toList());
    }

    private static ReadSheet named(ReadSheet sheet, Map<String, Integer> taken) {
        String name = WorkbookUtil.createSafeSheetName(CellWriter.clean(sheet.name()));
        int times = taken.merge(name.toLowerCase(Locale.ROOT), 1, Integer::sum);
        String free = times == 1 ? name : name.substring(0, Math.min(name.length(), 25)) + " (" + times + ")";
        return free.equals(sheet.name())
                ? sheet
                : new ReadSheet(
                        free,
                        sheet.hidden(),
                        sheet.rows().stream().map(row -> in(free, row)).toList(),
                        sheet.merged());
    }

    private static ReadRow in(String sheet, ReadRow row) {
        return new ReadRow(
                sheet,
                row.number(),
                row.hidden(),
                row.cells().stream()
                        .map(cell -> new ReadCell(
                                sheet, cell.row(), cell.column(), cell.kind(), cell.content(), cell.format()))
                        .toList());
    }

    private void add(ReadSheet sheet) {
        XSSFSheet made = book.createSheet(sheet.name());
        book.setSheetHidden(book.getSheetIndex(made), sheet.hidden() && book.getNumberOfSheets() > 1);
        Map<Integer, Integer> widths = new HashMap<>();
        for (ReadRow row : sheet.rows()) {
            XSSFRow there = made.createRow(row.number() - 1);
            there.setZeroHeight(row.hidden());
            for (ReadCell cell : row.cells()) {
                write(there.createCell(cell.column()), cell);
                if (cell.column() < MOST_WIDTHS) {
                    widths.merge(cell.column(), Math.min(WIDEST, cell.text().length() + 2), Math::max);
                }
            }
        }
        widths.forEach((column, width) -> made.setColumnWidth(column, Math.max(NARROWEST, width) * 256));
        sheet.merged().stream()
                .limit(MOST_MERGED)
                .filter(area -> area.getNumberOfCells() > 1)
                .forEach(made::addMergedRegionUnsafe);
    }

    private void write(XSSFCell there, ReadCell cell) {
        switch (cell.kind()) {
            case NUMBER -> {
                there.setCellValue(cell.number());
                style(there, cell);
            }
            case DATE -> {
                there.setCellValue(cell.date());
                there.setCellStyle(style(cell.text().length() > 10 ? "yyyy-mm-dd hh:mm" : "yyyy-mm-dd"));
            }
            case BOOLEAN -> there.setCellValue(cell.isTrue());
            case TEXT, ERROR, UNCALCULATED -> {
                there.setCellValue(CellWriter.clean(cell.text()));
                if (!cell.text().isEmpty() && "=+-@\t\r".indexOf(cell.text().charAt(0)) >= 0) {
                    there.setCellStyle(guarded());
                }
            }
            case EMPTY -> {}
        }
    }

    private void style(XSSFCell there, ReadCell cell) {
        switch (cell.format()) {
            case PERCENT -> there.setCellStyle(style("0.##%"));
            case CURRENCY, EUR, GBP, CHF, OTHER_CURRENCY -> there.setCellStyle(style("#,##0.00"));
            case PLAIN -> {}
        }
    }

    private XSSFCellStyle style(String format) {
        return styles.computeIfAbsent(format, key -> {
            XSSFCellStyle style = book.createCellStyle();
            style.setDataFormat(book.createDataFormat().getFormat(key));
            return style;
        });
    }

    /** A text that looks like a formula stays one. */
    private XSSFCellStyle guarded() {
        return styles.computeIfAbsent("guarded", key -> {
            XSSFCellStyle style = book.createCellStyle();
            style.setQuotePrefixed(true);
            return style;
        });
    }
}
