package quartermaster.cli;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import quartermaster.catalogue.Catalogue;
import quartermaster.cli.report.ImportReport;
import quartermaster.cli.report.TextTable;
import quartermaster.cli.report.TextTable.Column;
import quartermaster.json.JsonText;
import quartermaster.pricefile.LeaderboardFile;
import quartermaster.quality.Benchmark;
import quartermaster.unit.Choice;
import quartermaster.workbook.knowledge.PricedRow;
import quartermaster.workbook.knowledge.QualityImport;

@Command(
        name = "import-quality",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Makes rows of the sheet Quality from leaderboards, as comma-separated values or JSON: a row for each"
                        + " score, or a row for each model and a column for each benchmark.",
        footer = {
            "",
            "Nothing is downloaded. Without --write and -o nothing is written.",
            "",
            "Examples:",
            "  quartermaster import-quality leaderboard.csv --as-of 2026-11-30",
            "  quartermaster import-quality scores.json --as-of 2026-11-30 --unit share --write",
            "  quartermaster import-quality aider.csv --as-of 2026-11-30 --benchmark \"Aider polyglot\" --score pass_rate_2"
        })
final class ImportQualityCommand extends Subcommand {
    private static final String SHEET = "Quality";

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "Leaderboards; - is standard input.")
    private List<String> files = List.of();

    @Option(
            names = "--benchmark",
            paramLabel = "NAME",
            description = "What a file of one benchmark reports, as in the sheet Benchmarks; with --score.")
    private @Nullable String benchmark;

    @Option(names = "--score", paramLabel = "COLUMN", description = "Header of its scores; with --benchmark.")
    private @Nullable String scoreColumn;

    @Option(
            names = "--benchmark-version",
            paramLabel = "TEXT",
            description =
                    "Version of the benchmarks, as in the sheet Benchmarks, where a file does not say it (default: not stated).")
    private String version = QualityImport.UNSAID;

    @Option(
            names = "--reported-by",
            paramLabel = "WHO",
            description = "vendor, independent or leaderboard, where a file does not say it (default: leaderboard).")
    private String reportedBy = "leaderboard";

    @Option(names = "--unit", paramLabel = "U", description = "percent or share: what scores between 0 and 1 are.")
    private @Nullable String unit;

    @Mixin
    private final ImportOptions options = new ImportOptions();

    @Override
    public Integer call() throws CommandFailure {
        LocalDate day = options.check(program());
        refuseNonsense();
        Path workspace = root().workspace();
        Catalogue catalogue = root().catalogue();
        List<LeaderboardFile> read = read(catalogue, day);
        QualityImport found = new QualityImport(
                catalogue,
                new QualityImport.Said(
                        version, reportedBy, options.source, day == null ? null : day.toString(), unit, options.taken));
        read.forEach(found::add);
        print(found, read);
        options.write(program(), workspace, ImportOptions.catalogue(program(), workspace), SHEET, found.rows());
        return found.rows().isEmpty() ? ExitCode.NOTHING_SUITABLE : ExitCode.FINE;
    }

    private void refuseNonsense() throws CommandFailure {
        if ((benchmark == null) != (scoreColumn == null)) {
            throw CommandFailure.usage(
                    "--benchmark and --score belong together: which benchmark it is, and the header of"
                            + " the column with its scores.");
        }
        if (unit != null && !List.of("percent", "share").contains(unit)) {
            throw CommandFailure.usage("--unit says \"" + unit + "\"; expected percent or share.");
        }
        if (!List.of("vendor", "independent", "leaderboard").contains(reportedBy)) {
            throw CommandFailure.usage(
                    "--reported-by says \"" + reportedBy + "\"; expected vendor, independent or leaderboard.");
        }
    }

    private LeaderboardFile.@Nullable OneBenchmark only() {
        return benchmark == null || scoreColumn == null
                ? null
                : new LeaderboardFile.OneBenchmark(benchmark, scoreColumn);
    }

    private List<LeaderboardFile> read(Catalogue catalogue, @Nullable LocalDate day) throws CommandFailure {
        List<String> benchmarks =
                catalogue.rows(Benchmark.class).stream().map(Benchmark::name).toList();
        List<LeaderboardFile> read = new ArrayList<>();
        for (String name : files) {
            String called = ImportReport.called(name);
            LeaderboardFile file = LeaderboardFile.of(FileAccess.read(program(), name), called, benchmarks, only())
                    .orElseThrow(() -> CommandFailure.unreadable(
                            called + ": Found no leaderboard; expected " + LeaderboardFile.EXPECTED + "."));
            if (day == null && file.scores().stream().anyMatch(each -> each.asOf() == null)) {
                throw CommandFailure.usage(
                        called
                                + " has scores without a date, and old ones mislead. Say --as-of DATE, the day on which they were read.");
            }
            read.add(file);
        }
        return read;
    }

    private void print(QualityImport found, List<LeaderboardFile> read) {
        if (options.json) {
            Map<String, @Nullable Object> fields = new LinkedHashMap<>();
            fields.put(
                    "rows",
                    found.rows().stream().map(ImportQualityCommand::asJson).toList());
            fields.put("takenFor", found.takenFor());
            fields.put("refused", found.refused());
            console().print(JsonText.of(fields));
        } else if (!found.rows().isEmpty()) {
            table(found.rows()).lines(console(), ImportReport.MARGIN).forEach(console()::print);
        }
        ImportReport.takenFor(console(), found.takenFor());
        for (LeaderboardFile file : read) {
            if (!file.ignored().isEmpty()) {
                console()
                        .say("Not read of " + file.title()
                                + ", because no benchmark of the sheet Benchmarks is called so: "
                                + String.join(", ", file.ignored()) + ".");
            }
        }
        if (!found.uncounted().isEmpty()) {
            console()
                    .say("Count for no use, because no row of Benchmarks has them in this version: "
                            + String.join(
                                    ", ", found.uncounted().stream().sorted().toList()) + ".");
        }
        if (!found.mixed().isEmpty()) {
            console()
                    .say("Of no version that is said, so they count with what vendors report without one: "
                            + String.join(", ", found.mixed())
                            + ". Say --benchmark-version where they have a protocol of their own.");
        }
        ImportReport.leftOut(console(), "Refused", found.refused());
    }

    private static Map<String, @Nullable Object> asJson(PricedRow row) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("status", row.status());
        fields.putAll(ImportReport.fields(row.cells()));
        fields.put("marks", row.marks());
        fields.put("at", row.at());
        return fields;
    }

    private static TextTable table(List<PricedRow> rows) {
        TextTable table = new TextTable(
                0,
                Column.left("Row"),
                Column.left("Model"),
                Column.yielding("Benchmark"),
                Column.yielding("Version"),
                Column.right("Score"),
                Column.left("Mode"),
                Column.left("As of"));
        for (PricedRow row : rows) {
            String before = row.changes().isEmpty()
                    ? ""
                    : String.format(
                            Locale.ROOT, "was %.1f", row.changes().get(0).before());
            table.add(
                    ImportPricesCommand.style(row),
                    before,
                    Choice.id(row.status()),
                    ImportPricesCommand.text(row, "Model"),
                    ImportPricesCommand.text(row, "Benchmark"),
                    ImportPricesCommand.text(row, "Version"),
                    ImportPricesCommand.text(row, "Score"),
                    ImportPricesCommand.text(row, "Mode"),
                    ImportPricesCommand.text(row, "As of"));
        }
        return table;
    }
}
