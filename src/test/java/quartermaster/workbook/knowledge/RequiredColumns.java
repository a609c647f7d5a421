package quartermaster.workbook.knowledge;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.xssf.usermodel.XSSFRow;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import quartermaster.unit.Columns;
import quartermaster.unit.Problem;
import quartermaster.workbook.read.ReadCell;
import quartermaster.workbook.read.UnreadableWorkbookException;
import quartermaster.workbook.read.WorkbookFile;
import quartermaster.workbook.read.Workbooks;

/**
 * What a row of each sheet of the catalogue cannot do without, as its reader says of an empty row. The main writes it
 * into the sheet README of {@code spreadsheets/catalogue.xlsx}.
 */
final class RequiredColumns {
    static final String TITLE = "Required columns";
    private static final Path CATALOGUE = Path.of("spreadsheets/catalogue.xlsx");
    private static final String README = "README";
    private static final String MEASUREMENTS = "Measurements";
    private static final String MISSING = " is missing.";
    private static final int NAME = 1;
    private static final int TEXT = 3;
    private static final int CHARACTERS_OF_A_LINE = 115;
    private static final float LINE_POINTS = 15.5f;

    private RequiredColumns() {}

    public static void main(String[] arguments) throws IOException {
        byte[] before = Files.readAllBytes(CATALOGUE);
        try (XSSFWorkbook book = new XSSFWorkbook(new ByteArrayInputStream(before));
                ByteArrayOutputStream after = new ByteArrayOutputStream()) {
            write(book.getSheet(README));
            book.write(after);
            Files.write(CATALOGUE, after.toByteArray());
        }
    }

    /** Headers in their order, with commas between, by sheet. */
    static Map<String, String> all() {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        Set<String> missing = new TreeSet<>();
        for (String filled : List.of("Source", "As of")) { // a row of nothing at all is none
            var read = CatalogueReader.read(Workbooks.catalogueWith(book -> {
                Workbooks.row(book.createSheet(MEASUREMENTS), 1, headersOfMeasurements());
                book.forEach(sheet -> {
                    if (!sheet.getSheetName().equals(README)) {
                        headers.put(sheet.getSheetName(), headers((XSSFSheet) sheet));
                        almostEmptyRow((XSSFSheet) sheet, filled);
                    }
                });
            }));
            read.problems().stream()
                    .filter(problem -> problem.message().endsWith(MISSING))
                    .forEach(problem -> missing.add(key(problem)));
        }
        Map<String, String> required = new LinkedHashMap<>();
        headers.forEach((sheet, all) -> required.put(
                sheet,
                all.stream()
                        .filter(header -> missing.contains(sheet + "!" + Columns.key(header)))
                        .collect(Collectors.joining(", "))));
        return required;
    }

    /** What README says of it. */
    static Map<String, String> written(XSSFWorkbook book) {
        Map<String, String> written = new LinkedHashMap<>();
        XSSFSheet sheet = book.getSheet(README);
        for (int row = start(sheet) + 2; row <= sheet.getLastRowNum(); row++) {
            String name = text(sheet, row, NAME);
            if (name.isEmpty()) {
                break;
            }
            written.put(name, text(sheet, row, TEXT));
        }
        return written;
    }

    /** At the end of the sheet, in the place of what was there of it before. */
    private static void write(XSSFSheet sheet) {
        int start = start(sheet);
        int like = 0;
        for (int row = sheet.getLastRowNum(); row >= 0; row--) {
            if (row >= start && sheet.getRow(row) != null) {
                sheet.removeRow(sheet.getRow(row));
            } else if (text(sheet, row, NAME).equals("Sheets")) {
                like = row;
            }
        }
        line(sheet, start, like, TITLE, "");
        line(
                sheet,
                start + 1,
                like + 1,
                "Every row",
                "What a row of each sheet must have; every other cell may stay empty.");
        int row = start + 2;
        for (Map.Entry<String, String> each : all().entrySet()) {
            line(sheet, row++, like + 1, each.getKey(), each.getValue());
        }
    }

    private static void line(XSSFSheet sheet, int at, int like, String name, String text) {
        XSSFRow model = sheet.getRow(like);
        XSSFRow row = sheet.createRow(at);
        model.forEach(cell -> row.createCell(cell.getColumnIndex()).setCellStyle(cell.getCellStyle()));
        row.getCell(NAME).setCellValue(name);
        row.getCell(TEXT).setCellValue(text);
        int lines = Math.max(1, (text.length() + CHARACTERS_OF_A_LINE - 1) / CHARACTERS_OF_A_LINE);
        row.setHeightInPoints(text.isEmpty() ? model.getHeightInPoints() : 4 + LINE_POINTS * lines);
    }

    private static int start(XSSFSheet sheet) {
        for (Row row : sheet) {
            if (text(sheet, row.getRowNum(), NAME).equals(TITLE)) {
                return row.getRowNum();
            }
        }
        return sheet.getLastRowNum() + 1;
    }

    private static String text(XSSFSheet sheet, int row, int column) {
        XSSFRow found = sheet.getRow(row);
        Cell cell = found == null ? null : found.getCell(column);
        return cell == null ? "" : cell.toString().strip();
    }

    private static List<String> headers(XSSFSheet sheet) {
        List<String> headers = new ArrayList<>();
        sheet.getRow(0).forEach(cell -> headers.add(cell.getStringCellValue()));
        return headers;
    }

    /** Workbooks for tests leave that sheet out: it is large. */
    private static Object[] headersOfMeasurements() {
        try {
            return WorkbookFile.open(CATALOGUE).findSheet(MEASUREMENTS).orElseThrow().rows().get(0).cells().stream()
                    .map(ReadCell::text)
                    .toArray();
        } catch (UnreadableWorkbookException e) {
            throw new AssertionError(e);
        }
    }

    private static void almostEmptyRow(XSSFSheet sheet, String header) {
        int found = headers(sheet).indexOf(header);
        int column = found >= 0 ? found : headers(sheet).indexOf("Date"); // what was measured has a date of its own
        sheet.createRow(sheet.getLastRowNum() + 1).createCell(column).setCellValue("a test");
    }

    /** Messages leave units out: "Memory is missing." of the column Memory (GiB). */
    private static String key(Problem problem) {
        String column = problem.message().substring(0, problem.message().length() - MISSING.length());
        return problem.at().toString().split("!")[0] + "!" + Columns.key(column);
    }
}
