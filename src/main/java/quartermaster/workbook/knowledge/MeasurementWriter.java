package quartermaster.workbook.knowledge;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.poi.xssf.usermodel.XSSFRow;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.jspecify.annotations.Nullable;
import quartermaster.unit.Imported;
import quartermaster.unit.Problem;

/** Writes rows of the sheet {@code Measurements}, each by the names of its columns. */
public final class MeasurementWriter {
    private static final String SHEET = "Measurements";

    private MeasurementWriter() {}

    /** The catalogue with these rows behind those that it has, or null where its sheet lacks a column that they need. */
    public static Imported<byte @Nullable []> append(byte[] catalogue, List<Map<String, @Nullable Object>> rows) {
        try (XSSFWorkbook book = new XSSFWorkbook(new ByteArrayInputStream(catalogue))) {
            RowsOfSheet sheet = new RowsOfSheet(book.getSheet(SHEET));
            boolean unitInMetric = !sheet.has("Unit") && sheet.has("Metric"); // as in workbooks of before
            List<Map<String, @Nullable Object>> fitting = unitInMetric
                    ? rows.stream().map(MeasurementWriter::withUnitInMetric).toList()
                    : rows;
            List<Problem> missing = sheet.missing(fitting.stream());
            if (!missing.isEmpty()) {
                return Imported.nothing(missing);
            }
            write(sheet, fitting);
            sheet.stretchTable();
            return new Imported<>(RowsOfSheet.bytes(book), List.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where one request was measured alone; other rows need both columns. */
    private static Map<String, @Nullable Object> withUnitInMetric(Map<String, @Nullable Object> row) {
        if (row.get("Metric") != null) {
            return row;
        }
        Map<String, @Nullable Object> fitting = new LinkedHashMap<>(row);
        fitting.put("Metric", fitting.remove("Unit"));
        return fitting;
    }

    /** A workbook that has these rows and nothing else. */
    public static byte[] alone(List<Map<String, @Nullable Object>> rows) {
        try (XSSFWorkbook book = new XSSFWorkbook()) {
            XSSFSheet sheet = book.createSheet(SHEET);
            XSSFRow headers = sheet.createRow(0);
            rows.stream()
                    .limit(1)
                    .flatMap(row -> row.keySet().stream())
                    .forEach(header -> headers.createCell(Math.max(0, headers.getLastCellNum()))
                            .setCellValue(header));
            write(new RowsOfSheet(sheet), rows);
            return RowsOfSheet.bytes(book);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(RowsOfSheet sheet, List<Map<String, @Nullable Object>> rows) {
        for (Map<String, @Nullable Object> row : rows) {
            XSSFRow to = sheet.append();
            row.forEach((column, value) -> sheet.put(to, column, value));
        }
    }
}
