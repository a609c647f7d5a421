package quartermaster.workbook.score;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.poi.ss.SpreadsheetVersion;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.ss.util.AreaReference;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.ss.util.CellReference;
import org.apache.poi.xssf.usermodel.XSSFCell;
import org.apache.poi.xssf.usermodel.XSSFClientAnchor;
import org.apache.poi.xssf.usermodel.XSSFDrawing;
import org.apache.poi.xssf.usermodel.XSSFRow;
import org.apache.poi.xssf.usermodel.XSSFShape;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFTable;
import org.openxmlformats.schemas.spreadsheetml.x2006.main.CTAutoFilter;
import quartermaster.workbook.read.UnreadableWorkbookException;
import quartermaster.workbook.read.UnreadableWorkbookException.Reason;

/**
 * A block of columns of ours on the user's sheet. It joins the table or the filter that it stands beside: else sorting
 * would part candidates from their results.
 */
final class SheetColumns {
    private final XSSFSheet sheet;
    private final int headerRow;
    private final TreeSet<Integer> columns;

    SheetColumns(XSSFSheet sheet, int headerRow, TreeSet<Integer> columns) {
        this.sheet = sheet;
        this.headerRow = headerRow;
        this.columns = columns;
    }

    SheetColumns(XSSFSheet sheet, int headerRow, int first, int count) {
        this(sheet, headerRow, new TreeSet<>());
        for (int i = 0; i < count; i++) {
            columns.add(first + i);
        }
    }

    /** Where the block may stand again; empty when somebody has put a column into it or it was another one. */
    Optional<Integer> sameBlock(XSSFSheet wanted, int wantedRow, int count) {
        boolean whole = columns.last() - columns.first() + 1 == columns.size() && columns.size() == count;
        return whole && sheet == wanted && headerRow == wantedRow ? Optional.of(columns.first()) : Optional.empty();
    }

    /** The first column right of everything that stands beside or below the header. */
    static int firstFree(XSSFSheet sheet, int headerRow, int lastRow) {
        int last = -1;
        for (org.apache.poi.ss.usermodel.Row row : sheet) {
            if (row.getRowNum() >= headerRow) {
                last = Math.max(last, lastFilled((XSSFRow) row));
            }
        }
        for (CellRangeAddress merged : sheet.getMergedRegions()) {
            last = merged.getLastRow() >= headerRow ? Math.max(last, merged.getLastColumn()) : last;
        }
        for (XSSFTable table : sheet.getTables()) {
            last = table.getEndRowIndex() >= headerRow ? Math.max(last, table.getEndColIndex()) : last;
        }
        return Math.max(last, lastDrawn(sheet, headerRow, lastRow)) + 1;
    }

    /** @throws UnreadableWorkbookException where the sheet ends before all columns of the block */
    static void refuseNoRoom(String sheet, int first, int count) throws UnreadableWorkbookException {
        if (first + count > SpreadsheetVersion.EXCEL2007.getMaxColumns()) {
            throw new UnreadableWorkbookException(
                    Reason.CONTENT,
                    "no-room-for-results",
                    "Sheet " + sheet + " is filled up to its last columns, so there is no room for results to the"
                            + " right. Move what stands in the last columns to the left, or to another sheet.");
        }
    }

    /** Widens the table, filter and print area that end where the block begins. */
    void join(List<String> headers) {
        for (XSSFTable table : sheet.getTables()) {
            if (table.getStartRowIndex() == headerRow && table.getEndColIndex() + 1 == columns.first()) {
                headers.forEach(table::createColumn);
                filter(table);
            }
        }
        resizeFilter(columns.first() - 1, columns.last());
        resizePrintArea(columns.first() - 1, columns.last());
    }

    /** Takes contents, looks and shades away, and gives table, filter and print area their old width. */
    void clear() {
        resizeFilter(columns.last(), columns.first() - 1);
        resizePrintArea(columns.last(), columns.first() - 1);
        for (XSSFTable table : sheet.getTables()) {
            if (table.getStartRowIndex() == headerRow && columns.contains(table.getEndColIndex())) {
                narrow(table);
            }
        }
        for (org.apache.poi.ss.usermodel.Row row : sheet) {
            if (row.getRowNum() >= headerRow) {
                columns.forEach(column -> remove((XSSFRow) row, column));
            }
        }
        var shades = sheet.getSheetConditionalFormatting();
        for (int i = shades.getNumConditionalFormattings() - 1; i >= 0; i--) {
            if (isInside(shades.getConditionalFormattingAt(i).getFormattingRanges())) {
                shades.removeConditionalFormatting(i);
            }
        }
    }

    private boolean isInside(CellRangeAddress[] ranges) {
        for (CellRangeAddress range : ranges) {
            if (!columns.contains(range.getFirstColumn()) || !columns.contains(range.getLastColumn())) {
                return false;
            }
        }
        return true;
    }

    private static void remove(XSSFRow row, int column) {
        XSSFCell cell = row.getCell(column);
        if (cell != null) {
            row.removeCell(cell);
        }
    }

    private void narrow(XSSFTable table) {
        int start = table.getStartColIndex();
        for (int column : columns.descendingSet()) {
            if (column >= start && column <= table.getEndColIndex() && table.getColumnCount() > 1) {
                table.removeColumn(column - start);
            }
        }
        table.setArea(new AreaReference(
                new CellReference(table.getStartRowIndex(), start),
                new CellReference(
                        table.getEndRowIndex(),
                        start + table.getCTTable().getTableColumns().sizeOfTableColumnArray() - 1),
                SpreadsheetVersion.EXCEL2007));
        filter(table);
    }

    /** A table's own filter covers all of it but the row of totals. */
    private static void filter(XSSFTable table) {
        if (table.getCTTable().isSetAutoFilter()) {
            int last = table.getEndRowIndex() - (table.getTotalsRowCount() > 0 ? table.getTotalsRowCount() : 0);
            CellReference to = new CellReference(last, table.getEndColIndex());
            table.getCTTable()
                    .getAutoFilter()
                    .setRef(table.getStartCellReference().formatAsString() + ":" + to.formatAsString());
        }
    }

    private void resizeFilter(int from, int to) {
        CTAutoFilter filter = sheet.getCTWorksheet().getAutoFilter();
        if (filter == null || filter.getRef() == null) {
            return;
        }
        CellRangeAddress range = CellRangeAddress.valueOf(filter.getRef());
        if (range.getFirstRow() == headerRow && range.getLastColumn() == from && to >= range.getFirstColumn()) {
            sheet.setAutoFilter(
                    new CellRangeAddress(range.getFirstRow(), range.getLastRow(), range.getFirstColumn(), to));
        }
    }

    /** One that ends elsewhere is as somebody wanted it. */
    private void resizePrintArea(int from, int to) {
        int index = sheet.getWorkbook().getSheetIndex(sheet);
        String printed = sheet.getWorkbook().getPrintArea(index);
        if (printed == null || !AreaReference.isContiguous(printed) || !printed.contains(":")) {
            return;
        }
        AreaReference area = new AreaReference(printed, SpreadsheetVersion.EXCEL2007);
        CellReference first = area.getFirstCell();
        CellReference last = area.getLastCell();
        boolean isOfCells = first.getRow() >= 0 && first.getCol() >= 0;
        if (isOfCells && last.getCol() == from && to >= first.getCol() && last.getRow() >= headerRow) {
            sheet.getWorkbook().setPrintArea(index, first.getCol(), to, first.getRow(), last.getRow());
            pages(to > from ? 1 : 2, to > from ? 2 : 1);
        }
    }

    /** Candidates and results on one page would be too small to read. */
    private void pages(int from, int to) {
        if (sheet.getFitToPage() && sheet.getPrintSetup().getFitWidth() == from) {
            sheet.getPrintSetup().setFitWidth((short) to);
        }
    }

    private static int lastFilled(XSSFRow row) {
        for (int i = row.getLastCellNum() - 1; i >= 0; i--) {
            XSSFCell cell = row.getCell(i);
            if (cell != null && cell.getCellType() != CellType.BLANK) {
                return i;
            }
        }
        return -1;
    }

    /** Pictures and charts count where they stand beside the table. */
    private static int lastDrawn(XSSFSheet sheet, int headerRow, int lastRow) {
        XSSFDrawing drawing = sheet.getDrawingPatriarch();
        int last = -1;
        if (drawing != null) {
            for (XSSFShape shape : drawing.getShapes()) {
                if (shape.getAnchor() instanceof XSSFClientAnchor anchor
                        && anchor.getRow2() >= headerRow
                        && anchor.getRow1() <= lastRow) {
                    last = Math.max(last, anchor.getCol2());
                }
            }
        }
        return last;
    }
}
