package quartermaster.workbook.knowledge;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.poi.xssf.usermodel.XSSFRow;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import quartermaster.catalogue.Efficiency;
import quartermaster.catalogue.RecordCells;
import quartermaster.catalogue.Spread;
import quartermaster.estimate.calibration.Calibration;
import quartermaster.unit.Choice;

/** Writes a calibration into the sheets {@code Efficiency} and {@code Ranges}, and leaves the rest as it is. */
public final class EfficiencyWriter {
    private static final String EFFICIENCY = "Efficiency";
    private static final String RANGES = "Ranges";
    private final RowsOfSheet sheet;
    private final Map<String, XSSFRow> rows = new HashMap<>(); // by the columns that name it, e.g. "gb10@vllm"

    private EfficiencyWriter(XSSFSheet sheet, String... named) {
        this.sheet = new RowsOfSheet(sheet);
        for (int i = 1; i <= sheet.getLastRowNum(); i++) {
            XSSFRow row = sheet.getRow(i);
            if (row != null) {
                rows.put(
                        Arrays.stream(named)
                                .map(name -> this.sheet.text(row, name))
                                .collect(Collectors.joining("@")),
                        row);
            }
        }
    }

    /** @param asOf the day of the calibration */
    public static byte[] write(byte[] catalogue, Calibration calibration, String asOf) {
        try (XSSFWorkbook book = new XSSFWorkbook(new ByteArrayInputStream(catalogue));
                ByteArrayOutputStream bytes = new ByteArrayOutputStream()) {
            EfficiencyWriter writer = new EfficiencyWriter(book.getSheet(EFFICIENCY), "Applies to", "Engine");
            calibration.rows().forEach(row -> writer.write(row, asOf));
            writer.sheet.stretchTable();
            if (book.getSheet(RANGES) != null) {
                EfficiencyWriter ranges =
                        new EfficiencyWriter(book.getSheet(RANGES), "Phase", "Kind", "Evidence", "In flight up to");
                calibration.spreads().forEach(ranges::write);
                ranges.sheet.stretchTable();
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
        RecordCells.of(to).forEach((header, value) -> sheet.put(row, header, value));
        sheet.put(row, "Measurements", (double) calibrated.measurements());
        sheet.put(row, "Error before (%)", calibrated.errorBefore());
        sheet.put(row, "Error after (%)", calibrated.errorAfter());
        sheet.put(row, "Worst row", calibrated.worst());
        sheet.put(row, "As of", asOf);
    }

    private void write(Spread spread) {
        String phase = Choice.id(spread.phase());
        String kind = spread.experts() ? "moe" : "dense";
        String evidence = Choice.id(spread.evidence());
        String inFlight =
                spread.inFlightUpTo() == null ? "" : Double.toString(spread.inFlightUpTo()); // as cells say it
        XSSFRow row = rows.computeIfAbsent(phase + "@" + kind + "@" + evidence + "@" + inFlight, key -> sheet.append());
        RecordCells.of(spread).forEach((header, value) -> sheet.put(row, header, value));
    }

    private XSSFRow append(Efficiency to) {
        XSSFRow row = sheet.append();
        sheet.put(row, "Applies to", to.appliesTo());
        sheet.put(row, "Level", "chip");
        sheet.put(row, "Engine", to.engine());
        return row;
    }
}
