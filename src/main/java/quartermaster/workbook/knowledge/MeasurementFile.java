package quartermaster.workbook.knowledge;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;
import quartermaster.catalogue.measurement.Measurement;
import quartermaster.catalogue.measurement.Phase;
import quartermaster.catalogue.measurement.ServingMetric;
import quartermaster.unit.Choice;
import quartermaster.unit.Columns;
import quartermaster.unit.Ids;
import quartermaster.unit.Imported;
import quartermaster.unit.Numbers;
import quartermaster.unit.Place;
import quartermaster.unit.Problem;
import quartermaster.workbook.read.ReadRow;
import quartermaster.workbook.read.ReadSheet;
import quartermaster.workbook.read.UnreadableWorkbookException;
import quartermaster.workbook.read.WorkbookFile;

/**
 * Reads measurements that somebody hands over, as {@code .csv} or in the first sheet of a workbook: the columns of the
 * sheet {@code Measurements}, or {@code tokens_per_second} or {@code peak_memory_gb} in place of {@code Value}.
 */
public final class MeasurementFile {
    private final List<Problem> problems = new ArrayList<>();

    private MeasurementFile() {}

    /** All rows that can be read, with the others as problems. */
    public static Imported<List<Measurement>> read(Path file) throws UnreadableWorkbookException {
        MeasurementFile reader = new MeasurementFile();
        boolean csv = file.toString().toLowerCase(Locale.ROOT).endsWith(".csv");
        List<Measurement> rows = csv ? reader.csv(file) : reader.workbook(file);
        return new Imported<>(rows, reader.problems);
    }

    private List<Measurement> csv(Path file) throws UnreadableWorkbookException {
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get();
        try (Reader text = Files.newBufferedReader(file, StandardCharsets.UTF_8);
                CSVParser parser = CSVParser.parse(text, format)) {
            List<Measurement> rows = new ArrayList<>();
            for (CSVRecord record : parser) {
                Map<String, String> cells = new HashMap<>();
                record.toMap().forEach((header, cell) -> cells.put(key(header), cell));
                add(
                        rows,
                        cells,
                        (int) parser.getCurrentLineNumber(),
                        new Place.Line(String.valueOf(file.getFileName()), (int) parser.getCurrentLineNumber()));
            }
            return rows;
        } catch (IOException | IllegalArgumentException e) {
            throw new UnreadableWorkbookException(
                    UnreadableWorkbookException.Reason.CONTENT,
                    "file-not-readable",
                    file + " cannot be read as comma-separated values: " + e.getMessage(),
                    e);
        }
    }

    private List<Measurement> workbook(Path file) throws UnreadableWorkbookException {
        WorkbookFile workbook = WorkbookFile.open(file);
        List<Measurement> rows = new ArrayList<>();
        ReadSheet sheet =
                workbook.findSheet("Measurements").orElse(workbook.sheets().get(0));
        Map<Integer, String> headers = new HashMap<>();
        for (ReadRow row : sheet.rows()) {
            if (headers.isEmpty()) {
                row.cells().forEach(cell -> headers.put(cell.column(), key(cell.text())));
                continue;
            }
            Map<String, String> cells = new HashMap<>();
            row.cells().forEach(cell -> cells.put(headers.getOrDefault(cell.column(), ""), cell.text()));
            add(rows, cells, row.number(), new Place.Cell(sheet.name(), row.number(), 0));
        }
        return rows;
    }

    private void add(List<Measurement> rows, Map<String, String> cells, int number, Place at) {
        Double value = firstNumber(cells, "value", "tokenspersecond", "peakmemory", "peakmemorygb");
        Phase phase = Choice.find(Phase.class, cells.getOrDefault("phase", ""))
                .orElse(number(cells, "peakmemorygb") != null ? Phase.MEMORY : null);
        if (value == null || value <= 0 || phase == null) {
            problems.add(new Problem(
                    "not-a-measurement",
                    "Expected a phase (decode, prefill, serve or memory) and a value above zero.",
                    at));
            return;
        }
        String why = orNull(cells, cells.containsKey("whynot") ? "whynot" : "whynotincluded");
        boolean include = isYes(cells, cells.containsKey("judged") ? "judged" : "include", true);
        Integer promptTokens = integer(cells, "prompttokens");
        Integer outputTokens = integer(cells, "outputtokens");
        Integer concurrency = integer(cells, "concurrency");
        String said = cells.getOrDefault("metric", "").strip();
        ServingMetric metric = Choice.find(ServingMetric.class, said).orElse(null);
        if (metric == null && !said.isEmpty() && !Measurement.UNITS.contains(said)) {
            problems.add(new Problem(
                    "unknown-metric",
                    "Found the metric \"" + said + "\"; expected one of "
                            + String.join(", ", Choice.ids(ServingMetric.class)) + ".",
                    at));
            return;
        }
        if (include && phase == Phase.SERVE && (promptTokens == null || outputTokens == null)) {
            include = false;
            why = "the length of prompts or answers is not given";
        }
        Double rate = number(cells, "requestrate");
        if (include && metric == ServingMetric.ARRIVAL_RATE && rate == null) {
            include = false;
            why = "requests arrived at a rate that is not given";
        }
        rows.add(new Measurement(
                text(cells, "id", "row " + number),
                orNull(cells, "date"),
                text(cells, "hardware", ""),
                Math.max(1, orElse(integer(cells, "devices"), 1)),
                text(cells, "engine", ""),
                orNull(cells, "engineversion"),
                text(cells, "model", ""),
                text(cells, "quantization", ""),
                number(cells, "bitsperweight"),
                firstNumber(cells, "modelfilegb", "modelfile"),
                phase,
                metric,
                promptTokens,
                outputTokens,
                integer(cells, "contexttokens"),
                concurrency,
                integer(cells, "requests"),
                rate,
                Math.max(1, orElse(integer(cells, "replicas"), 1)),
                Measurement.inOurUnit(phase, unit(cells, phase), value, concurrency, promptTokens, outputTokens),
                firstNumber(cells, "ttftms", "ttft"),
                text(cells, "trust", "B"),
                include,
                why,
                isYes(cells, "graded", false),
                text(cells, "source", ""),
                number));
    }

    private static boolean isYes(Map<String, String> cells, String name, boolean otherwise) {
        String text = orNull(cells, name);
        return text == null ? otherwise : List.of("1", "1.0", "yes", "true").contains(text.toLowerCase(Locale.ROOT));
    }

    /** What drivers of cards call a GB is a GiB; MLX counts in GB. */
    private static String unit(Map<String, String> cells, Phase phase) {
        for (String column : List.of("unit", "metric")) { // workbooks of before have the unit in the column Metric
            String written = cells.getOrDefault(column, "").strip();
            if (Measurement.UNITS.contains(written)) {
                return written;
            }
        }
        if (phase == Phase.MEMORY) {
            return Ids.normalise(cells.getOrDefault("engine", "")).startsWith("mlx") ? "GB peak" : "GiB peak";
        }
        return "tokens/s " + cells.getOrDefault("scope", "").replace('_', ' ').strip();
    }

    private static String key(String header) {
        return Ids.normalise(Columns.name(header));
    }

    private static @Nullable Double firstNumber(Map<String, String> cells, String... names) {
        for (String name : names) {
            Double number = number(cells, name);
            if (number != null) {
                return number;
            }
        }
        return null;
    }

    private static @Nullable Double number(Map<String, String> cells, String name) {
        return Numbers.parse(cells.getOrDefault(name, ""), null).orElse(null);
    }

    private static @Nullable Integer integer(Map<String, String> cells, String name) {
        Double number = number(cells, name);
        return number == null ? null : (int) Math.round(number);
    }

    private static int orElse(@Nullable Integer number, int otherwise) {
        return number == null ? otherwise : number;
    }

    private static @Nullable String orNull(Map<String, String> cells, String name) {
        String text = cells.getOrDefault(name, "").strip();
        return text.isEmpty() ? null : text;
    }

    private static String text(Map<String, String> cells, String name, String otherwise) {
        String text = orNull(cells, name);
        return text == null ? otherwise : text;
    }
}
