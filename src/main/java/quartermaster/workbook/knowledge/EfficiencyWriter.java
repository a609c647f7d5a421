package quartermaster.workbook.knowledge;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.poi.ss.util.AreaReference;
import org.apache.poi.ss.util.CellReference;
import org.apache.poi.xssf.usermodel.XSSFCell;
import org.apache.poi.xssf.usermodel.XSSFRow;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFTable;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.jspecify.annotations.Nullable;
import quartermaster.catalogue.Efficiency;
import quartermaster.catalogue.Spread;
import quartermaster.estimate.calibration.Calibration;
import quartermaster.unit.Choice;
import quartermaster.unit.Columns;

/** Writes a calibration into the sheets {@code Efficiency} and {@code Ranges}, and leaves the rest as it is. */
public final class EfficiencyWriter {
    private static final String EFFICIENCY = "Efficiency";
    private static final String RANGES = "Ranges";
    private final XSSFSheet sheet;
    private final Map<String, Integer> columns = new HashMap<>(); // by key, e.g. "bandwidthefficiency"
    private final Map<String, XSSFRow> rows = new HashMap<>(); // by the columns that name it, e.g. "gb10@vllm"

    private EfficiencyWriter(XSSFSheet sheet, String... named) {
        this.sheet = sheet;
        sheet.getRow(0).forEach(cell -> columns.put(Columns.key(cell.getStringCellValue()), cell.getColumnIndex()));
        for (int i = 1; i <= sheet.getLastRowNum(); i++) {
            XSSFRow row = sheet.getRow(i);
            if (row != null) {
                rows.put(Arrays.stream(named).map(name -> text(row, name)).collect(Collectors.joining("@")), row);
            }
        }
    }

    /** @param asOf the day of the calibration */
    public static byte[] write(byte[] catalogue, Calibration calibration, String asOf) {
        try (XSSFWorkbook book = new XSSFWorkbook(new ByteArrayInputStream(catalogue));
                ByteArrayOutputStream bytes = new ByteArrayOutputStream()) {
            EfficiencyWriter writer = new EfficiencyWriter(book.getSheet(EFFICIENCY), "Applies to", "Engine");
            calibration.rows().stream().filter(row -> row.measurements() > 0).forEach(row -> writer.write(row, asOf));
            writer.stretchTable();
            if (book.getSheet(RANGES) != null) {
                EfficiencyWriter ranges = new EfficiencyWriter(book.getSheet(RANGES), "Phase", "Kind", "Evidence");
                calibration.spreads().forEach(ranges::write);
                ranges.stretchTable();
            }
            book.write(bytes);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(Calibration.Row calibrated, String asOf) {
        Efficiency to = calibrated.after();
        XSSFRow row = rows.computeIfAbsent(to.appliesTo() + "@" + to.engine(), key -> append(to));
        CatalogueRows.cells(to).forEach((header, value) -> put(row, header, value));
        put(row, "Measurements", (double) calibrated.measurements());
        put(row, "Error before (%)", calibrated.errorBefore());
        put(row, "Error after (%)", calibrated.errorAfter());
        put(row, "Worst row", calibrated.worst());
        put(row, "As of", asOf);
    }

    private void write(Spread spread) {
        String phase = Choice.id(spread.phase());
        String kind = spread.experts() ? "moe" : "dense";
        String evidence = Choice.id(spread.evidence());
        XSSFRow row = rows.computeIfAbsent(phase + "@" + kind + "@" + evidence, key -> appended());
        CatalogueRows.cells(spread).forEach((header, value) -> put(row, header, value));
    }

    private XSSFRow appended() {
        XSSFRow like = sheet.getRow(sheet.getLastRowNum());
        XSSFRow row = sheet.createRow(sheet.getLastRowNum() + 1);
        like.forEach(cell -> row.createCell(cell.getColumnIndex()).setCellStyle(cell.getCellStyle()));
        return row;
    }

    private XSSFRow append(Efficiency to) {
        XSSFRow row = appended();
        put(row, "Applies to", to.appliesTo());
        put(row, "Level", "chip");
        put(row, "Engine", to.engine());
        return row;
    }

    private void stretchTable() {
        for (XSSFTable table : sheet.getTables()) {
            AreaReference area = table.getArea();
            CellReference last = area.getLastCell();
            if (last.getRow() < sheet.getLastRowNum()) {
                CellReference end = new CellReference(sheet.getLastRowNum(), last.getCol());
                table.setArea(
                        new AreaReference(area.getFirstCell(), end, org.apache.poi.ss.SpreadsheetVersion.EXCEL2007));
            }
        }
    }

    private void put(XSSFRow row, String column, @Nullable Object value) {
        Integer index = columns.get(Columns.key(column));
        if (index == null) {
            return;
        }
        XSSFCell cell = row.getCell(index) == null ? row.createCell(index) : row.getCell(index);
        cell.setBlank();
        if (value instanceof Double number) {
            cell.setCellValue(Math.round(number * 10_000) / 10_000.0);
        } else if (value != null) {
            cell.setCellValue(value.toString());
        }
    }

    private String text(XSSFRow row, String column) {
        Integer index = columns.get(Columns.key(column));
        XSSFCell cell = index == null ? null : row.getCell(index);
        return cell == null ? "" : cell.toString();
    }
}
