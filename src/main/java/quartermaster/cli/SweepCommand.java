package quartermaster.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import quartermaster.advice.Grid;
import quartermaster.advice.Sweep;
import quartermaster.advice.SweepPoint;
import quartermaster.advice.VariedField;
import quartermaster.cli.report.Progress;
import quartermaster.decision.engine.Decider;
import quartermaster.json.RequestReader;
import quartermaster.request.DecisionRequest;
import quartermaster.unit.Imported;
import quartermaster.unit.Place;
import quartermaster.unit.Problem;
import quartermaster.workbook.score.SweepFile;
import quartermaster.workbook.score.SweepWorkbook;

@Command(
        name = "sweep",
        description = "Decides one request again and again, with every combination of some values.",
        footer = {
            "",
            "Values are lists (4096,32768), doublings (1..512), steps (0.1..0.9/0.1) or ratios (1..1000:7);",
            "- leaves the field unsaid. What was interrupted goes on where it ended when it is asked again.",
            "",
            "Examples:",
            "  quartermaster sweep request.json --vary concurrency=1..512 -o winners.csv",
            "  quartermaster sweep request.json --vary concurrency=1..512 \\",
            "      --vary contextTokens=4096,32768 -o winners.xlsx"
        })
final class SweepCommand extends Subcommand {
    private static final int MOST_POINTS = 1_000_000;

    @Parameters(paramLabel = "FILE", description = "A request (.json), or - for standard input.")
    private @Nullable String file;

    @Option(
            names = "--vary",
            required = true,
            paramLabel = "FIELD=VALUES",
            description = "A field of the request with its values; may be given several times.")
    private List<String> vary = List.of();

    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "OUT",
            description = "Where to write it: a table (.csv), or a workbook with a map of the winners (.xlsx).")
    private @Nullable Path output;

    @Option(names = "--fresh", description = "Begins anew, whatever an earlier run has left.")
    private boolean fresh;

    @Override
    public Integer call() throws CommandFailure {
        String name = required(file);
        Path to = required(output);
        Path path = FileAccess.requireFolder(program(), to).resolve(to.getFileName());
        boolean isWorkbook = requireKind(to);
        DecisionRequest request = request(name);
        Decider decider = root().decider();
        Imported<@Nullable Grid> read =
                Sweep.grid(request, varied(), isWorkbook ? SweepWorkbook.MOST_POINTS : MOST_POINTS);
        Grid grid = read.value();
        if (grid == null) {
            throw new CommandFailure(ExitCode.USAGE, "This cannot be swept:", read.problems());
        }
        Path table = isWorkbook ? path.resolveSibling(path.getFileName() + ".points.csv") : path;
        try {
            sweep(decider, grid, table);
            List<List<String>> rows = SweepFile.rows(table);
            if (isWorkbook) {
                FileAccess.write(program(), to, SweepWorkbook.write(grid, rows, decider.catalogue()));
                Files.delete(table);
            }
            summary(grid, rows).forEach(console()::print);
        } catch (IOException | UncheckedIOException e) {
            throw CommandFailure.usage(to + " cannot be written: " + e.getMessage());
        }
        console().say("Wrote " + to + ".");
        return ExitCode.FINE;
    }

    private void sweep(Decider decider, Grid grid, Path table) throws IOException {
        try (SweepFile points = SweepFile.open(table, grid, decider, fresh);
                Progress progress = new Progress(console(), "Deciding", grid.size(), points.first())) {
            if (points.first() > 0) {
                console().say("Going on after " + points.first() + " of " + grid.size() + " points.");
            }
            Sweep.run(decider, grid, points.first(), point -> {
                add(points, point);
                progress.stepTo(point.number() + 1);
                return true;
            });
            points.finish();
        }
    }

    private static void add(SweepFile points, SweepPoint point) {
        try {
            points.add(point);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Who wins how often. */
    private static List<String> summary(Grid grid, List<List<String>> rows) {
        List<String> lines = new ArrayList<>();
        SweepWorkbook.wins(grid, rows)
                .forEach((winner, times) ->
                        lines.add(String.format(Locale.ROOT, "%5.1f %%  %s", 100.0 * times / rows.size(), winner)));
        return lines;
    }

    private static boolean requireKind(Path output) throws CommandFailure {
        String name = output.toString().toLowerCase(Locale.ROOT);
        if (!name.endsWith(".csv") && !name.endsWith(".xlsx")) {
            throw CommandFailure.usage("Found " + output + " to write to; expected a name that ends in .csv or .xlsx.");
        }
        return name.endsWith(".xlsx");
    }

    private List<VariedField> varied() throws CommandFailure {
        List<VariedField> varied = new ArrayList<>();
        for (String each : vary) {
            int equals = each.indexOf('=');
            if (equals < 1) {
                String message =
                        "Found --vary " + each + "; expected a field with its values, e.g. concurrency=1..512.";
                throw CommandFailure.usage(message);
            }
            String field = each.substring(0, equals).strip();
            varied.add(new VariedField(field, each.substring(equals + 1), new Place.Named("--vary " + field)));
        }
        return varied;
    }

    private DecisionRequest request(String name) throws CommandFailure {
        RequestReader.Sent sent =
                Answers.read(FileAccess.read(program(), name), name, program().today());
        if (sent.isBatch()) {
            throw CommandFailure.unreadable(name + " holds an array; expected one request to vary.");
        }
        List<Problem> problems = sent.requests().get(0).problems();
        DecisionRequest request = sent.requests().get(0).value();
        if (request == null || !problems.isEmpty()) {
            throw new CommandFailure(ExitCode.UNREADABLE, name + " has problems:", problems);
        }
        return request;
    }
}
