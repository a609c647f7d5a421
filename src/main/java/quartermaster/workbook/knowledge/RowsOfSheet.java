package quartermaster.workbook.knowledge;

import java.util.HashMap;
import java.util.Map;
import org.apache.poi.ss.SpreadsheetVersion;
import org.apache.poi.ss.util.AreaReference;
import org.apache.poi.ss.util.CellReference;
import org.apache.poi.xssf.usermodel.XSSFCell;
import org.apache.poi.xssf.usermodel.XSSFRow;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFTable;
import org.jspecify.annotations.Nullable;
import quartermaster.unit.Columns;

/** Rows of a sheet of the catalogue, written by the names of its columns; what stands in other cells stays. */
final class RowsOfSheet {
    private final XSSFSheet sheet;
    private final Map<String, Integer> columns = new HashMap<>(); // by key, e.g. "bandwidthefficiency"

    RowsOfSheet(XSSFSheet sheet) {
        this.sheet = sheet;
        sheet.getRow(0).forEach(cell -> columns.put(Columns.key(cell.getStringCellValue()), cell.getColumnIndex()));
    }

    boolean has(String column) {
        return columns.containsKey(Columns.key(column));
    }

    /** A new last row that looks like the one before. */
    XSSFRow append() {
        XSSFRow like = sheet.getRow(sheet.getLastRowNum());
        XSSFRow row = sheet.createRow(sheet.getLastRowNum() + 1);
        like.forEach(cell -> row.createCell(cell.getColumnIndex()).setCellStyle(cell.getCellStyle()));
        return row;
    }

    /** Nothing where the sheet has no such column. */
    void put(XSSFRow row, String column, @Nullable Object value) {
        Integer index = columns.get(Columns.key(column));
        if (index == null) {
            return;
        }
        XSSFCell cell = row.getCell(index) == null ? row.createCell(index) : row.getCell(index);
        cell.setBlank();
        if (value instanceof Number number) {
            cell.setCellValue(Math.round(number.doubleValue() * 10_000) / 10_000.0);
        } else if (value != null) {
            cell.setCellValue(value.toString());
        }
    }

    String text(XSSFRow row, String column) {
        Integer index = columns.get(Columns.key(column));
        XSSFCell cell = index == null ? null : row.getCell(index);
        return cell == null ? "" : cell.toString();
    }

    /** The table of the sheet ends with its last row. */
    void stretchTable() {
        for (XSSFTable table : sheet.getTables()) {
            AreaReference area = table.getArea();
            CellReference last = area.getLastCell();
            if (last.getRow() < sheet.getLastRowNum()) {
                CellReference end = new CellReference(sheet.getLastRowNum(), last.getCol());
                table.setArea(new AreaReference(area.getFirstCell(), end, SpreadsheetVersion.EXCEL2007));
            }
        }
    }
}
