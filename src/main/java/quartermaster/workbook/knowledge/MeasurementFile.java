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
import quartermaster.catalogue.TrainingKnowledge;
import quartermaster.catalogue.measurement.Measurement;
import quartermaster.catalogue.measurement.Phase;
import quartermaster.catalogue.measurement.ServingMetric;
import quartermaster.request.FineTuningMethod;
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
    private static final String TRAIN = "train";

    private final List<Problem> problems = new ArrayList<>();
    private final List<TrainingKnowledge.Run> runs = new ArrayList<>();

    private MeasurementFile() {}

    /** What a file has: of serving, and of training. */
    public record Rows(List<Measurement> measurements, List<TrainingKnowledge.Run> runs) {
        public Rows {
            measurements = List.copyOf(measurements);
            runs = List.copyOf(runs);
        }
    }

    /**
     * Rows of the phase {@code train} too, which have the columns of the sheet {@code Training measurements}.
     *
     * @throws UnreadableWorkbookException where the file cannot be read as a table
     */
    public static Imported<Rows> readAll(Path file) throws UnreadableWorkbookException {
        MeasurementFile reader = new MeasurementFile();
        List<Measurement> rows = reader.rows(file);
        return new Imported<>(new Rows(rows, reader.runs), reader.problems);
    }

    /**
     * All rows of serving that can be read, with the others as problems.
     *
     * @throws UnreadableWorkbookException where the file cannot be read as a table
     */
    public static Imported<List<Measurement>> read(Path file) throws UnreadableWorkbookException {
        MeasurementFile reader = new MeasurementFile();
        return new Imported<>(reader.rows(file), reader.problems);
    }

    private List<Measurement> rows(Path file) throws UnreadableWorkbookException {
        boolean csv = file.toString().toLowerCase(Locale.ROOT).endsWith(".csv");
        return csv ? csv(file) : workbook(file);
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
        if (Ids.normalise(cells.getOrDefault("phase", "")).startsWith(TRAIN)) {
            run(cells, value, number, at);
            return;
        }
        Phase phase = Choice.find(Phase.class, cells.getOrDefault("phase", ""))
                .orElse(number(cells, "peakmemorygb") != null ? Phase.MEMORY : null);
        if (value == null || value <= 0 || phase == null) {
            problems.add(new Problem(
                    "not-a-measurement",
                    "Expected a phase (decode, prefill, serve, memory or train) and a value above zero.",
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
                number(cells, "shortestlength"),
                integer(cells, "contexttokens"),
                concurrency,
                integer(cells, "requests"),
                rate,
                integer(cells, "batchwait"),
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

    private void run(Map<String, String> cells, @Nullable Double tokensPerSecond, int number, Place at) {
        String method = Ids.normalise(cells.getOrDefault("method", ""));
        FineTuningMethod known = Choice.find(FineTuningMethod.class, method).orElse(null);
        if (tokensPerSecond == null || tokensPerSecond <= 0 || known == null) {
            problems.add(new Problem(
                    "not-a-training-run",
                    "Expected a method (" + String.join(", ", Choice.ids(FineTuningMethod.class))
                            + ") and tokens per second above zero.",
                    at));
            return;
        }
        runs.add(new TrainingKnowledge.Run(
                text(cells, "id", "row " + number),
                orNull(cells, "date"),
                text(cells, "hardware", ""),
                Math.max(1, orElse(integer(cells, "devices"), 1)),
                text(cells, "tool", text(cells, "engine", "")),
                orNull(cells, "toolversion"),
                text(cells, "model", ""),
                firstNumber(cells, "activeparametersb", "activeparameters"),
                integer(cells, "layers"),
                integer(cells, "hiddensize"),
                Choice.id(known),
                text(cells, "precision", text(cells, "quantization", "")),
                integer(cells, "trainedlayers"),
                orNull(cells, "sequencetokens") == null ? integer(cells, "sequence") : integer(cells, "sequencetokens"),
                orNull(cells, "batchsequences") == null ? integer(cells, "batch") : integer(cells, "batchsequences"),
                tokensPerSecond,
                text(cells, "trust", "B"),
                isYes(cells, cells.containsKey("judged") ? "judged" : "include", true),
                orNull(cells, cells.containsKey("whynot") ? "whynot" : "whynotincluded"),
                orNull(cells, "note"),
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
