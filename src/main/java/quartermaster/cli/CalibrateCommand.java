package quartermaster.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import quartermaster.cli.report.Console.Style;
import quartermaster.cli.report.TextTable;
import quartermaster.cli.report.TextTable.Column;
import quartermaster.estimate.calibration.Calibration;
import quartermaster.json.JsonText;
import quartermaster.workbook.knowledge.EfficiencyWriter;
import quartermaster.workspace.Workspace;

@Command(
        name = "calibrate",
        description = "Fits the sheets Efficiency and Ranges to the sheet Measurements.",
        footer = {
            "",
            "The sheet Efficiency defaults says what the fit is pulled towards. A fit that predicts",
            "other people's rows worse than the defaults do is refused.",
            "",
            "Examples:",
            "  quartermaster calibrate --dry-run",
            "  quartermaster calibrate"
        })
final class CalibrateCommand extends Subcommand {
    @Option(names = "--dry-run", description = "Reports, and writes nothing.")
    private boolean dryRun;

    @Mixin
    private final JsonOption json = new JsonOption();

    @Override
    public Integer call() throws CommandFailure, IOException {
        String today = program().today().toString();
        Calibration calibration = Calibration.checked(root().catalogue(), today, console()::say);
        List<Calibration.Row> fitted = calibration.rows().stream()
                .filter(row -> row.measurements() > 0)
                .toList();
        if (json.wanted) {
            console()
                    .print(JsonText.of(Map.of(
                            "rows", fitted.stream().map(CalibrateCommand::asMap).toList())));
        } else {
            table(fitted).lines(console(), 4).forEach(console()::print);
        }
        if (!dryRun) {
            Path file = root().workspace().resolve(Workspace.CATALOGUE);
            FileAccess.write(program(), file, EfficiencyWriter.write(Files.readAllBytes(file), calibration, today));
            console().say("Wrote the sheets Efficiency and Ranges of " + file + ".");
        }
        return ExitCode.FINE;
    }

    private static TextTable table(List<Calibration.Row> rows) {
        TextTable table = new TextTable(
                0,
                Column.yielding("Chip class"),
                Column.left("Engine"),
                Column.right("Rows"),
                Column.right("Error before"),
                Column.right("Error after"),
                Column.right("Bandwidth"),
                Column.right("µs per layer"),
                Column.left("Worst row"));
        for (Calibration.Row row : rows) {
            table.add(
                    row.refused() ? Style.DIM : Style.PLAIN,
                    row.refused() ? "Defaults kept: the fit predicts other people's rows worse." : "",
                    row.after().appliesTo(),
                    row.after().engine(),
                    Integer.toString(row.measurements()),
                    percent(row.errorBefore()),
                    percent(row.errorAfter()),
                    String.format(
                            Locale.ROOT,
                            "%.2f → %.2f",
                            row.before().constants().bandwidth(),
                            row.after().constants().bandwidth()),
                    String.format(
                            Locale.ROOT,
                            "%.0f → %.0f",
                            row.before().constants().layerMicroseconds(),
                            row.after().constants().layerMicroseconds()),
                    row.worst() == null ? "" : row.worst());
        }
        return table;
    }

    private static Map<String, @Nullable Object> asMap(Calibration.Row row) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("appliesTo", row.after().appliesTo());
        fields.put("engine", row.after().engine());
        fields.put("measurements", row.measurements());
        fields.put("errorBeforePercent", row.errorBefore());
        fields.put("errorAfterPercent", row.errorAfter());
        fields.put("worstRow", row.worst());
        fields.put("refused", row.refused());
        fields.put("bandwidthEfficiency", row.after().constants().bandwidth());
        fields.put("overheadPerLayerMicroseconds", row.after().constants().layerMicroseconds());
        return fields;
    }

    private static String percent(@Nullable Double value) {
        return value == null ? "–" : String.format(Locale.ROOT, "%.1f %%", value);
    }
}
