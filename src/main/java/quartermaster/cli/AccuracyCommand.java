package quartermaster.cli;

import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import quartermaster.cli.report.Console;
import quartermaster.cli.report.Console.Style;
import quartermaster.cli.report.TextTable;
import quartermaster.cli.report.TextTable.Column;
import quartermaster.estimate.calibration.Accuracy;
import quartermaster.json.AccuracyWriter;
import quartermaster.unit.Imported;
import quartermaster.workbook.knowledge.MeasurementFile;
import quartermaster.workbook.read.UnreadableWorkbookException;

@Command(
        name = "accuracy",
        description = "Says how far estimates are from measurements that they were not fitted to.",
        footer = {
            "",
            "Without a file every row of the sheet Measurements is predicted from the rows of all other publishers.",
            "With one its rows are predicted, and never used to fit.",
            "",
            "Example:",
            "  quartermaster accuracy --measurements our-runs.csv"
        })
final class AccuracyCommand extends Subcommand {
    @Option(names = "--measurements", paramLabel = "FILE", description = "Rows to predict, as .csv or .xlsx.")
    private @Nullable Path file;

    @Mixin
    private final JsonOption json = new JsonOption();

    @Override
    public Integer call() throws CommandFailure {
        Accuracy accuracy = new Accuracy(root().catalogue(), console()::say);
        MeasurementFile.Rows rows = file == null ? null : rows(file);
        Accuracy.Report report =
                rows == null ? accuracy.leaveOneSourceOut() : accuracy.of(rows.measurements(), rows.runs());
        if (json.wanted) {
            console().print(AccuracyWriter.write(report));
        } else {
            print(report);
        }
        return 0;
    }

    private MeasurementFile.Rows rows(Path path) throws CommandFailure {
        FileAccess.refuseOtherKinds(FileAccess.read(program(), path.toString()), path.toString());
        try {
            Imported<MeasurementFile.Rows> rows = MeasurementFile.readAll(path);
            rows.problems().forEach(problem -> console().say(problem.toString()));
            return rows.value();
        } catch (UnreadableWorkbookException e) {
            throw CommandFailure.unreadable(String.valueOf(e.getMessage()));
        }
    }

    private void print(Accuracy.Report report) {
        Console console = console();
        TextTable table = new TextTable(
                0,
                Column.left("Phase"),
                Column.left("Kind"),
                Column.left("Family"),
                Column.left("Engine"),
                Column.left("In flight"),
                Column.right("Rows"),
                Column.right("Median error"),
                Column.right("90 % under"),
                Column.right("Publishers"),
                Column.right("Median"),
                Column.right("90 %"),
                Column.right("Bias"),
                Column.right("Range held"));
        for (Accuracy.Group each : report.groups()) {
            Style style = each.family().equals("all") && each.inFlight().equals("all") ? Style.BOLD : Style.PLAIN;
            table.add(
                    style,
                    "",
                    each.phase(),
                    each.kind(),
                    each.family(),
                    each.engine(),
                    each.inFlight(),
                    Integer.toString(each.n()),
                    percent("%.1f %%", each.medianApePercent()),
                    percent("%.1f %%", each.p90ApePercent()),
                    Integer.toString(each.publishers()),
                    percent("%.1f %%", each.medianOfPublishersPercent()),
                    percent("%.1f %%", each.p90OfPublishersPercent()),
                    percent("%+.1f %%", each.biasPercent()),
                    percent("%.0f %%", each.rangeHeldPercent()));
        }
        table.lines(console, 4).forEach(console::print);
        console.print("");
        TextTable simple = new TextTable(
                0,
                Column.left("Simple estimators on the decode rows of one device"),
                Column.left("Kind"),
                Column.right("Median error"),
                Column.right("90 % under"));
        report.baselines()
                .forEach(each -> simple.add(
                        Style.PLAIN,
                        "",
                        each.name(),
                        each.kind(),
                        percent("%.1f %%", each.medianApePercent()),
                        percent("%.1f %%", each.p90ApePercent())));
        simple.lines(console, 4).forEach(console::print);
        console.print("");
        console.print(report.judged() + " figures of " + report.rows()
                + " rows were judged; the columns after Publishers let each publisher count once.");
        report.notJudged().forEach((why, rows) -> console.print("  not judged: " + rows + ", " + why));
        console.print(report.unmapped().size() + " that the catalogue does not know"
                + (report.unmapped().isEmpty() ? "." : ":"));
        report.unmapped().forEach(each -> console.print("  " + each));
    }

    private static String percent(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }
}
