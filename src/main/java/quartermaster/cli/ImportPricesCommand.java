package quartermaster.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import quartermaster.catalogue.Catalogue;
import quartermaster.catalogue.Named;
import quartermaster.cli.report.Console.Style;
import quartermaster.cli.report.ImportReport;
import quartermaster.cli.report.TextTable;
import quartermaster.cli.report.Words;
import quartermaster.decision.Policy;
import quartermaster.decision.Threshold;
import quartermaster.json.JsonText;
import quartermaster.unit.Choice;
import quartermaster.unit.Columns;
import quartermaster.unit.Ids;
import quartermaster.unit.Imported;
import quartermaster.unit.Numbers;
import quartermaster.unit.Problem;
import quartermaster.workbook.knowledge.OfferWriter;
import quartermaster.workbook.knowledge.PriceImport;
import quartermaster.workbook.knowledge.PricedRow;
import quartermaster.workbook.knowledge.PricedRow.Change;
import quartermaster.workbook.knowledge.PricedRow.Status;
import quartermaster.workspace.Workspace;

/** What the imports of prices share: files are read, the rows shown, and written only when that is asked for. */
abstract class ImportPricesCommand<F> extends Subcommand {
    private static final int NAMED_AT_MOST = 12;

    @Parameters(
            paramLabel = "FILE",
            arity = "1..*",
            description = "Price lists; a folder stands for the .toml files in it; - is standard input.")
    private List<String> files = List.of();

    @Option(
            names = "--provider",
            paramLabel = "NAME",
            description = "Only prices of this provider; of a file that names none, all are its.")
    private @Nullable String provider;

    @Option(
            names = "--as-of",
            paramLabel = "DATE",
            description = "The day of the prices, as 2026-11-30, where a file does not say it.")
    private @Nullable String asOf;

    @Option(
            names = "--take",
            paramLabel = "NAME=ID",
            description =
                    "What a name in the files means, where the catalogue does not say it; may stand several times.")
    private Map<String, String> taken = new LinkedHashMap<>();

    @Option(
            names = "--source",
            paramLabel = "TEXT",
            description = "Where the prices were read, where a row does not say it (default: whose list it is).")
    private @Nullable String source;

    @Option(names = "--write", description = "Writes the rows into the sheet Offers of the workspace.")
    private boolean write;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "OUT",
            description =
                    "Writes the catalogue with the rows to another file (.xlsx), for \"preview --catalogue OUT\".")
    private @Nullable Path output;

    @Option(names = "--json", description = "Prints the rows as JSON.")
    private boolean json;

    /** A file, or nothing where it is none that is known. */
    abstract Optional<F> open(byte[] bytes, String path);

    /** What is known, in words. */
    abstract String expected();

    /** What another command takes, in words; empty where none does. */
    abstract Optional<String> mistaken(byte[] bytes, String path);

    /** Whether some price has no day. */
    abstract boolean lacksDay(F file);

    /** What matches prices with the catalogue. */
    abstract PriceImport<F> matching(Catalogue catalogue, byte[] workbook, Setting setting) throws CommandFailure;

    abstract TextTable table(List<PricedRow> rows);

    /** What there is to say of it that is no problem. */
    List<String> remarks(PriceImport<F> rows) {
        return List.of();
    }

    /** What the options and the policy say. */
    record Setting(
            @Nullable String provider,
            @Nullable LocalDate asOf,
            @Nullable String source,
            Map<String, String> taken,
            PriceImport.Setting ofPolicy) {
        /** @param id of the only model or hardware that is wanted */
        PriceImport.Said said(@Nullable String id, @Nullable String region, @Nullable String tier) {
            return new PriceImport.Said(provider, id, region, tier, asOf, source, taken);
        }
    }

    /** The id that an option means; null where it is not given. */
    static @Nullable String idOf(
            String option,
            @Nullable String said,
            Function<String, ? extends Optional<? extends Named>> find,
            Collection<? extends Named> known)
            throws CommandFailure {
        if (said == null) {
            return null;
        }
        Optional<? extends Named> found = find.apply(said);
        if (found.isEmpty()) {
            throw CommandFailure.usage(option + " says \"" + said + "\", which the catalogue has not."
                    + Ids.hint(said, Catalogue.ids(known)));
        }
        return found.get().id();
    }

    @Override
    public Integer call() throws CommandFailure {
        LocalDate day = day();
        if (output != null) {
            FileAccess.requireFolder(program(), output);
        }
        List<F> read = read(day);
        Path workspace = root().workspace();
        Imported<@Nullable Catalogue> loaded = Workspace.catalogue(workspace);
        Imported<@Nullable Policy> policy = Workspace.policy(workspace);
        List<Problem> broken = Stream.concat(loaded.problems().stream(), policy.problems().stream())
                .toList();
        Catalogue catalogue = loaded.value();
        if (catalogue == null || policy.value() == null) {
            throw Commands.broken(workspace, broken);
        }
        Path workbook = workspace.resolve(Workspace.CATALOGUE);
        byte[] bytes = FileAccess.read(program(), workbook.toString());
        Setting setting = new Setting(
                provider, day, source, taken, new PriceImport.Setting(program().today(), staleAfter(policy.value())));
        PriceImport<F> rows = matching(catalogue, bytes, setting);
        read.forEach(rows::add);
        rows.finish();
        print(rows);
        write(workspace, workbook, bytes, rows.rows());
        return rows.rows().isEmpty() ? ExitCode.NOTHING_SUITABLE : ExitCode.FINE;
    }

    private static @Nullable Double staleAfter(Policy policy) {
        return policy.thresholds().stream()
                .filter(each -> each.name().equals(Threshold.STALE_PRICE))
                .map(Threshold::value)
                .findFirst()
                .orElse(null);
    }

    private @Nullable LocalDate day() throws CommandFailure {
        if (asOf == null) {
            return null;
        }
        try {
            LocalDate day = LocalDate.parse(asOf);
            if (day.isAfter(program().today())) {
                throw CommandFailure.usage("--as-of says " + asOf + ", which is after today, "
                        + program().today() + ".");
            }
            return day;
        } catch (DateTimeParseException e) {
            throw CommandFailure.usage("--as-of says \"" + asOf + "\"; expected a day as 2026-11-30.");
        }
    }

    /** Every file, or none when one of them is no price list. */
    private List<F> read(@Nullable LocalDate day) throws CommandFailure {
        List<F> read = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        List<String> undated = new ArrayList<>();
        for (String name : expanded()) {
            String path = name.equals(FileAccess.STANDARD_INPUT)
                    ? ImportReport.called(name)
                    : program()
                            .workspaces()
                            .current()
                            .resolve(name)
                            .toAbsolutePath()
                            .normalize()
                            .toString();
            byte[] bytes = FileAccess.read(program(), name);
            Optional<F> file = open(bytes, path);
            file.ifPresentOrElse(
                    read::add,
                    () -> unknown.add(ImportReport.called(name)
                            + mistaken(bytes, path)
                                    .orElse(": Found no price list that is known; expected " + expected())
                            + "."));
            if (file.isPresent() && day == null && lacksDay(file.get())) {
                undated.add(ImportReport.called(name));
            }
        }
        if (!unknown.isEmpty()) {
            throw CommandFailure.unreadable(String.join("\n", unknown));
        }
        if (!undated.isEmpty()) {
            throw CommandFailure.usage(
                    String.join(", ", undated.subList(0, Math.min(undated.size(), NAMED_AT_MOST)))
                            + (undated.size() == 1 ? " has" : " have")
                            + " prices without a date, and old prices mislead. Say --as-of DATE, the day on which they were read.");
        }
        return read;
    }

    private List<String> expanded() throws CommandFailure {
        List<String> names = new ArrayList<>();
        for (String name : files) {
            Path path = program().workspaces().current().resolve(name);
            if (!Files.isDirectory(path)) {
                names.add(name);
                continue;
            }
            try (Stream<Path> all = Files.walk(path)) {
                List<String> inside = all.map(Path::toString)
                        .filter(each -> each.endsWith(".toml"))
                        .sorted()
                        .toList();
                if (inside.isEmpty()) {
                    throw CommandFailure.unreadable("There is no .toml file in the folder " + name + ".");
                }
                names.addAll(inside);
            } catch (IOException e) {
                throw CommandFailure.unreadable(name + " cannot be read: " + e.getMessage());
            }
        }
        return names;
    }

    private void print(PriceImport<F> rows) {
        if (json) {
            console().print(asJson(rows));
        } else if (!rows.rows().isEmpty()) {
            table(rows.rows()).lines(console(), ImportReport.MARGIN).forEach(console()::print);
        }
        ImportReport.takenFor(console(), rows.takenFor());
        remarks(rows).forEach(console()::say);
        List<Problem> unknown =
                rows.refused().stream().filter(ImportPricesCommand::isUnknown).toList();
        ImportReport.leftOut(
                console(),
                "Refused",
                rows.refused().stream().filter(each -> !isUnknown(each)).toList());
        List<String> names = unknown.stream()
                .map(each -> each.message().replaceFirst("^[^\"]*\"", "").replaceFirst("\"[^\"]*$", ""))
                .distinct()
                .toList();
        if (!names.isEmpty()) {
            console()
                    .say(console()
                            .styled(
                                    Style.CAREFUL,
                                    "Not in the catalogue: " + Words.count(names.size(), "name", "names") + ". "
                                            + howToAdd()));
            int named = Math.min(names.size(), NAMED_AT_MOST);
            ImportReport.indented(
                    console(),
                    String.join(", ", names.subList(0, named)) + (named < names.size() ? ", … (all with --json)" : ""));
        }
        long stale =
                rows.rows().stream().filter(each -> each.staleDays() != null).count();
        if (stale > 0) {
            console()
                    .say(console()
                            .styled(
                                    Style.CAREFUL,
                                    Words.count(stale, "price is", "prices are") + " older than the " + "policy's \""
                                            + Threshold.STALE_PRICE + "\"; look for a later file."));
        }
        Map<Status, Long> counted =
                rows.rows().stream().collect(Collectors.groupingBy(PricedRow::status, Collectors.counting()));
        console()
                .say(Stream.of(Status.values())
                                .map(each -> counted.getOrDefault(each, 0L) + " " + Choice.id(each))
                                .collect(Collectors.joining(", "))
                        + ", " + rows.refused().size() + " refused.");
    }

    private static boolean isUnknown(Problem problem) {
        return problem.code().startsWith("unknown-");
    }

    /** What to do about names that are not known. */
    abstract String howToAdd();

    private static String asJson(PriceImport<?> rows) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("rows", rows.rows().stream().map(ImportPricesCommand::asJson).toList());
        fields.put("takenFor", rows.takenFor());
        fields.put("refused", rows.refused());
        return JsonText.of(fields);
    }

    private static Map<String, @Nullable Object> asJson(PricedRow row) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("status", row.status());
        fields.putAll(ImportReport.fields(row.cells()));
        fields.put(
                "changes",
                row.changes().stream().map(ImportPricesCommand::asJson).toList());
        fields.put("marks", row.marks());
        fields.put("staleDays", row.staleDays());
        fields.put("at", row.at());
        return fields;
    }

    private static Map<String, @Nullable Object> asJson(Change change) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("column", change.column());
        fields.put("before", change.before());
        fields.put("after", change.after());
        fields.put("percent", change.percent());
        return fields;
    }

    private void write(Path workspace, Path workbook, byte[] bytes, List<PricedRow> rows) throws CommandFailure {
        List<PricedRow> changing =
                rows.stream().filter(each -> !each.written().isEmpty()).toList();
        if (changing.isEmpty()) {
            console().say("There is nothing to write.");
            return;
        }
        if (output == null && !write) {
            console()
                    .say("Nothing was written; --write puts " + Words.count(changing.size(), "row", "rows")
                            + " into the sheet Offers, -o FILE into a copy.");
            return;
        }
        Imported<byte @Nullable []> written = OfferWriter.write(bytes, changing);
        byte[] all = written.value();
        if (all == null) {
            throw Commands.broken(workspace, written.problems());
        }
        String counted = Words.count(changing.size(), "row", "rows");
        if (output != null) {
            FileAccess.write(program(), output, all);
            console()
                    .say("Wrote the catalogue with " + counted + " to " + output + "; \"preview --catalogue " + output
                            + "\" says what it would change.");
        }
        if (write) {
            FileAccess.write(program(), workbook, all);
            console().say("Wrote " + counted + " into the sheet Offers of " + workbook + ".");
        }
    }

    static Style style(PricedRow row) {
        return switch (row.status()) {
            case NEW -> Style.GOOD;
            case CHANGED -> Style.CAREFUL;
            case UNCHANGED -> Style.DIM;
        };
    }

    static String text(PricedRow row, String column) {
        Object value = row.cells().get(column);
        return value == null ? "" : value instanceof Double number ? Numbers.plain(number) : value.toString();
    }

    static String day(PricedRow row) {
        return text(row, "As of") + (row.staleDays() == null ? "" : " (stale)");
    }

    /** What changes, e.g. {@code Input 0.15 → 0.2 (+33 %)}, and what to know. */
    static String note(PricedRow row) {
        return Stream.concat(row.changes().stream().map(ImportPricesCommand::text), row.marks().stream())
                .collect(Collectors.joining("; "));
    }

    private static String text(Change change) {
        Double percent = change.percent();
        return Columns.name(change.column()) + " "
                + (change.before() == null ? "none" : Numbers.plain(change.before()))
                + " → "
                + (change.after() == null ? "none" : Numbers.plain(change.after()))
                + (percent == null ? "" : String.format(Locale.ROOT, " (%+.0f %%)", percent));
    }
}
