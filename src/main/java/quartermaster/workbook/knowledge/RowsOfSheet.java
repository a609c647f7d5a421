package quartermaster.workbook.knowledge;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.poi.ss.SpreadsheetVersion;
import org.apache.poi.ss.util.AreaReference;
import org.apache.poi.ss.util.CellReference;
import org.apache.poi.xssf.usermodel.XSSFCell;
import org.apache.poi.xssf.usermodel.XSSFCellStyle;
import org.apache.poi.xssf.usermodel.XSSFRow;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFTable;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.jspecify.annotations.Nullable;
import quartermaster.unit.Columns;
import quartermaster.unit.Place;
import quartermaster.unit.Problem;

/** Rows of a sheet of the catalogue, written by the names of its columns; what stands in other cells stays. */
final class RowsOfSheet {
    private final XSSFSheet sheet;
    private final Map<String, Integer> columns = new HashMap<>(); // by key, e.g. "bandwidthefficiency"

    private final Map<String, XSSFCellStyle> formats = new HashMap<>(); // by what they were made of

    RowsOfSheet(XSSFSheet sheet) {
        this.sheet = sheet;
        sheet.getRow(0).forEach(cell -> columns.put(Columns.key(cell.getStringCellValue()), cell.getColumnIndex()));
    }

    boolean has(String column) {
        return columns.containsKey(Columns.key(column));
    }

    /** A new last row that looks like the one before. */
    XSSFRow append() {
        return append(sheet.getRow(sheet.getLastRowNum()));
    }

    /** A new last row that looks like another. */
    XSSFRow append(XSSFRow like) {
        XSSFRow row = sheet.createRow(sheet.getLastRowNum() + 1);
        like.forEach(cell -> row.createCell(cell.getColumnIndex()).setCellStyle(cell.getCellStyle()));
        return row;
    }

    /** To four decimals; nothing where the sheet has no such column. */
    void put(XSSFRow row, String column, @Nullable Object value) {
        putAsIs(
                row,
                column,
                value instanceof Number number ? Math.round(number.doubleValue() * 10_000) / 10_000.0 : value);
    }

    /** The same with all decimals. */
    void putAsIs(XSSFRow row, String column, @Nullable Object value) {
        Integer index = columns.get(Columns.key(column));
        if (index == null) {
            return;
        }
        XSSFCell cell = row.getCell(index) == null ? row.createCell(index) : row.getCell(index);
        cell.setBlank();
        if (value instanceof Number number) {
            cell.setCellValue(number.doubleValue());
        } else if (value instanceof LocalDate date) {
            cell.setCellValue(date);
        } else if (value != null) {
            cell.setCellValue(value.toString());
        }
    }

    /** The last row that says this in a column; the last of all where none does. */
    XSSFRow lastWith(String column, String text) {
        for (int i = sheet.getLastRowNum(); i > 0; i--) {
            XSSFRow row = sheet.getRow(i);
            if (row != null && text(row, column).equals(text)) {
                return row;
            }
        }
        return sheet.getRow(sheet.getLastRowNum());
    }

    /** Shows a cell in another format and otherwise as it is. */
    void format(XSSFRow row, String column, String format) {
        Integer index = columns.get(Columns.key(column));
        XSSFCell cell = index == null ? null : row.getCell(index);
        if (cell != null && !cell.getCellStyle().getDataFormatString().equals(format)) {
            XSSFCellStyle before = cell.getCellStyle();
            cell.setCellStyle(formats.computeIfAbsent(before.getIndex() + format, any -> {
                XSSFCellStyle style = sheet.getWorkbook().createCellStyle();
                style.cloneStyleFrom(before);
                style.setDataFormat(sheet.getWorkbook().createDataFormat().getFormat(format));
                return style;
            }));
        }
    }

    /** A row by its number as people count, from 1; null where there is nothing. */
    @Nullable
    XSSFRow row(int number) {
        return sheet.getRow(number - 1);
    }

    /** Columns that some of these cells need and the sheet lacks. */
    List<Problem> missing(Stream<? extends Map<String, ? extends @Nullable Object>> rows) {
        return rows.flatMap(row -> row.entrySet().stream())
                .filter(cell -> cell.getValue() != null && !has(cell.getKey()))
                .map(cell -> new Problem(
                        "missing-column",
                        "Found no column \"" + cell.getKey() + "\"; expected one, which the rows need.",
                        Place.top(sheet.getSheetName())))
                .distinct()
                .toList();
    }

    /** The workbook as it is saved. */
    static byte[] bytes(XSSFWorkbook book) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        book.write(bytes);
        return bytes.toByteArray();
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
