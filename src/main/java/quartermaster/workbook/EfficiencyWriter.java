package quartermaster.workbook;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.poi.ss.util.AreaReference;
import org.apache.poi.ss.util.CellReference;
import org.apache.poi.xssf.usermodel.XSSFCell;
import org.apache.poi.xssf.usermodel.XSSFRow;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFTable;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.jspecify.annotations.Nullable;
import quartermaster.catalogue.Efficiency;
import quartermaster.estimate.Calibration;
import quartermaster.unit.Choice;
import quartermaster.unit.Columns;

/** Writes calibrated constants into the sheet {@code Efficiency} of a catalogue, and leaves the rest as it is. */
public final class EfficiencyWriter {
    private static final String SHEET = "Efficiency";
    private final XSSFSheet sheet;
    private final Map<String, Integer> columns = new HashMap<>(); // by key, e.g. "bandwidthefficiency"
    private final Map<String, XSSFRow> rows = new HashMap<>(); // by chip and engine, e.g. "gb10@vllm"

    private EfficiencyWriter(XSSFSheet sheet) {
        this.sheet = sheet;
        sheet.getRow(0).forEach(cell -> columns.put(Columns.key(cell.getStringCellValue()), cell.getColumnIndex()));
        for (int i = 1; i <= sheet.getLastRowNum(); i++) {
            XSSFRow row = sheet.getRow(i);
            if (row != null) {
                rows.put(text(row, "Applies to") + "@" + text(row, "Engine"), row);
            }
        }
    }

    /** @param asOf the day of the calibration */
    public static byte[] write(byte[] catalogue, Calibration calibration, String asOf) {
        try (XSSFWorkbook book = new XSSFWorkbook(new ByteArrayInputStream(catalogue));
                ByteArrayOutputStream bytes = new ByteArrayOutputStream()) {
            EfficiencyWriter writer = new EfficiencyWriter(book.getSheet(SHEET));
            calibration.rows().stream().filter(row -> row.measurements() > 0).forEach(row -> writer.write(row, asOf));
            writer.stretchTable();
            book.write(bytes);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(Calibration.Row calibrated, String asOf) {
        Efficiency to = calibrated.after();
        XSSFRow row = rows.computeIfAbsent(to.appliesTo() + "@" + to.engine(), key -> append(to));
        put(row, "Bandwidth efficiency", to.bandwidth());
        put(row, "Overhead per layer (µs)", to.layerMicroseconds());
        put(row, "Overhead per expert layer (µs)", to.expertLayerMicroseconds());
        put(row, "Overhead per step (µs)", to.stepMicroseconds());
        put(row, "Overhead per sequence (µs)", to.sequenceMicroseconds());
        put(row, "Attention cost (×)", to.attentionCost());
        put(row, "Prefill efficiency", to.prefill());
        put(row, "Prefill efficiency with experts", to.prefillExperts());
        put(row, "Decode compute efficiency", to.decodeCompute());
        put(row, "Small-batch efficiency", to.smallBatch());
        put(row, "Measurements", (double) calibrated.measurements());
        put(row, "Error before (%)", calibrated.errorBefore());
        put(row, "Error after (%)", calibrated.errorAfter());
        put(row, "Worst row", calibrated.worst());
        put(row, "Evidence", Choice.id(to.evidence()));
        put(row, "Low multiplier", to.lowMultiplier());
        put(row, "High multiplier", to.highMultiplier());
        put(row, "Source", to.source());
        put(row, "As of", asOf);
    }

    private XSSFRow append(Efficiency to) {
        XSSFRow like = sheet.getRow(sheet.getLastRowNum());
        XSSFRow row = sheet.createRow(sheet.getLastRowNum() + 1);
        like.forEach(cell -> row.createCell(cell.getColumnIndex()).setCellStyle(cell.getCellStyle()));
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
