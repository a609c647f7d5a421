package quartermaster.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import quartermaster.benchfile.BenchmarkFile;
import quartermaster.benchfile.BenchmarkRun;
import quartermaster.benchfile.BenchmarkTool;
import quartermaster.cli.report.Console.Style;
import quartermaster.cli.report.ImportReport;
import quartermaster.cli.report.TextTable;
import quartermaster.cli.report.TextTable.Column;
import quartermaster.cli.report.Words;
import quartermaster.json.JsonText;
import quartermaster.unit.Imported;
import quartermaster.unit.Problem;
import quartermaster.workbook.knowledge.MeasurementImport;
import quartermaster.workbook.knowledge.MeasurementWriter;
import quartermaster.workspace.Workspace;

@Command(
        name = "import-measurements",
        sortOptions = false,
        description = "Makes rows of the sheet Measurements from what benchmark tools print or save: llama-bench,"
                + " llama-batched-bench, vllm bench, SGLang's bench_serving, GuideLLM and mlx-lm.",
        footer = {
            "",
            "Files are known by their content; options say what they do not. Without --write and -o nothing is written.",
            "",
            "Examples:",
            "  quartermaster import-measurements llama-bench.jsonl",
            "  quartermaster import-measurements serve.json --hardware h100-sxm --devices 2 --quantization fp8 --write"
        })
final class ImportMeasurementsCommand extends Subcommand {
    @Parameters(paramLabel = "FILE", arity = "1..*", description = "Results of benchmark tools; - is standard input.")
    private List<String> files = List.of();

    @Mixin
    private final SetupOptions setup = new SetupOptions();

    @Option(names = "--prompt-tokens", paramLabel = "N", description = "Tokens of one prompt.")
    private @Nullable Integer promptTokens;

    @Option(names = "--output-tokens", paramLabel = "N", description = "Tokens of one answer.")
    private @Nullable Integer outputTokens;

    @Option(
            names = "--source",
            paramLabel = "TEXT",
            description = "Who measured it, as host/owner or an address (default: own/ and the name of the file).")
    private @Nullable String source;

    @Option(names = "--write", description = "Adds the rows to the sheet Measurements of the workspace.")
    private boolean write;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "OUT",
            description = "Writes the rows to a workbook of their own (.xlsx).")
    private @Nullable Path output;

    @Mixin
    private final JsonOption json = new JsonOption();

    @Override
    public Integer call() throws CommandFailure {
        Map<String, BenchmarkFile> read = read();
        Path workspace = root().workspace();
        MeasurementImport rows = new MeasurementImport(
                root().catalogue(),
                new MeasurementImport.Said(
                        setup.hardware,
                        setup.devices,
                        setup.engine,
                        setup.model,
                        setup.quantization,
                        promptTokens,
                        outputTokens));
        List<Problem> unusable = new ArrayList<>();
        for (Map.Entry<String, BenchmarkFile> file : read.entrySet()) {
            Imported<List<BenchmarkRun>> runs = file.getValue().runs();
            unusable.addAll(runs.problems());
            String own = source == null ? "own/" + ImportReport.called(file.getKey()) : source;
            rows.add(runs.value(), own, day(file.getKey()).toString());
        }
        unusable.addAll(rows.unusable());
        if (json.wanted) {
            console().print(asJson(rows, unusable));
        } else if (!rows.rows().isEmpty()) {
            table(rows.rows()).lines(console(), ImportReport.MARGIN).forEach(console()::print);
        }
        ImportReport.takenFor(console(), rows.takenFor());
        ImportReport.leftOut(console(), "Not usable", unusable);
        if (!rows.rows().isEmpty()) {
            write(workspace, rows.rows());
        }
        return rows.rows().isEmpty() ? ExitCode.NOTHING_SUITABLE : ExitCode.FINE;
    }

    /** Every file, or none when one of them is no result. */
    private Map<String, BenchmarkFile> read() throws CommandFailure {
        refuseNonsense();
        Map<String, BenchmarkFile> read = new LinkedHashMap<>();
        List<String> unknown = new ArrayList<>();
        for (String name : files) {
            BenchmarkFile.of(FileAccess.read(program(), name), ImportReport.called(name))
                    .ifPresentOrElse(file -> read.put(name, file), () -> unknown.add(name));
        }
        if (!unknown.isEmpty()) {
            String tools =
                    Stream.of(BenchmarkTool.values()).map(BenchmarkTool::title).collect(Collectors.joining(", "));
            throw new CommandFailure(
                    ExitCode.UNREADABLE,
                    unknown.stream()
                            .map(name -> ImportReport.called(name)
                                    + ": Found no result of a tool that is known; expected one of " + tools + ".")
                            .collect(Collectors.joining("\n")));
        }
        return read;
    }

    private void refuseNonsense() throws CommandFailure {
        for (Integer number : Arrays.asList(setup.devices, promptTokens, outputTokens)) {
            if (number != null && number < 1) {
                throw new CommandFailure(
                        ExitCode.USAGE, "Found " + number + " for a number of devices or tokens; expected 1 or more.");
            }
        }
        if (output != null) {
            FileAccess.requireFolder(program(), output);
        }
    }

    private LocalDate day(String name) throws CommandFailure {
        if (name.equals(FileAccess.STANDARD_INPUT)) {
            return program().today();
        }
        try {
            Path file = program().workspaces().current().resolve(name);
            return LocalDate.ofInstant(Files.getLastModifiedTime(file).toInstant(), ZoneId.systemDefault());
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.UNREADABLE, name + " cannot be read: " + e.getMessage());
        }
    }

    private void write(Path workspace, List<Map<String, @Nullable Object>> rows) throws CommandFailure {
        String counted = Words.count(rows.size(), "row", "rows");
        if (output != null) {
            FileAccess.write(program(), output, MeasurementWriter.alone(rows));
            console().say("Wrote " + counted + " to " + output + ".");
        }
        if (write) {
            Path file = workspace.resolve(Workspace.CATALOGUE);
            Imported<byte @Nullable []> written =
                    MeasurementWriter.append(FileAccess.read(program(), file.toString()), rows);
            byte[] bytes = written.value();
            if (bytes == null) {
                throw Commands.broken(workspace, written.problems());
            }
            FileAccess.write(program(), file, bytes);
            console()
                    .say("Added " + counted + " to the sheet Measurements of " + file
                            + ". \"calibrate\" fits estimates to them.");
        }
        if (output == null && !write) {
            console().say("Nothing was written; --write adds the rows to the sheet Measurements.");
        }
    }

    private static TextTable table(List<Map<String, @Nullable Object>> rows) {
        TextTable table = new TextTable(
                0,
                Column.yielding("Hardware"),
                Column.left("Engine"),
                Column.yielding("Model"),
                Column.left("Precision"),
                Column.left("What"),
                Column.right("In"),
                Column.right("Out"),
                Column.right("Context"),
                Column.right("At once"),
                Column.right("tok/s"),
                Column.right("TTFT ms"));
        for (Map<String, @Nullable Object> row : rows) {
            Object metric = row.get("Metric");
            table.add(
                    Style.PLAIN,
                    "",
                    cell(row, "Devices") + "× " + cell(row, "Hardware"),
                    cell(row, "Engine"),
                    cell(row, "Model"),
                    cell(row, "Quantization"),
                    metric == null ? cell(row, "Phase") : metric.toString(),
                    cell(row, "Prompt tokens"),
                    cell(row, "Output tokens"),
                    cell(row, "Context tokens"),
                    atOnce(row),
                    cell(row, "Value"),
                    cell(row, "TTFT (ms)"));
        }
        return table;
    }

    private static String atOnce(Map<String, @Nullable Object> row) {
        String rate = cell(row, "Request rate (per s)");
        return rate.isEmpty() ? cell(row, row.get("Concurrency") == null ? "Requests" : "Concurrency") : rate + "/s";
    }

    private static String cell(Map<String, @Nullable Object> row, String column) {
        Object value = row.get(column);
        return value == null ? "" : value instanceof Double number ? Words.number(number) : value.toString();
    }

    private static String asJson(MeasurementImport rows, List<Problem> unusable) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("rows", rows.rows().stream().map(ImportReport::fields).toList());
        fields.put("takenFor", rows.takenFor());
        fields.put("notUsable", unusable);
        return JsonText.of(fields);
    }
}
