package quartermaster.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
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

    @Mixin
    private final ImportOptions options = new ImportOptions();

    private final Kind<F> kind;

    ImportPricesCommand(Kind<F> kind) {
        this.kind = kind;
    }

    /**
     * Which files are price lists of this command.
     *
     * @param open a file, or nothing where it is none that is known
     * @param expected what is known, in words
     * @param lacksDay whether some price has no day
     * @param other what another command takes
     * @param mistaken what is said of that
     */
    record Kind<F>(
            BiFunction<byte[], String, Optional<F>> open,
            String expected,
            Predicate<F> lacksDay,
            BiFunction<byte[], String, ? extends Optional<?>> other,
            String mistaken) {}

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
        LocalDate day = options.check(program());
        List<F> read = read(day);
        Path workspace = root().workspace();
        Imported<@Nullable Catalogue> loaded = program().loader().catalogue(workspace);
        Imported<@Nullable Policy> policy = Workspace.policy(workspace);
        List<Problem> broken = Stream.concat(loaded.problems().stream(), policy.problems().stream())
                .toList();
        Catalogue catalogue = loaded.value();
        if (catalogue == null || policy.value() == null) {
            throw Commands.broken(workspace, broken);
        }
        byte[] workbook = ImportOptions.catalogue(program(), workspace);
        Setting setting = new Setting(
                provider,
                day,
                options.source,
                options.taken,
                new PriceImport.Setting(program().today(), staleAfter(policy.value())));
        PriceImport<F> rows = matching(catalogue, workbook, setting);
        read.forEach(rows::add);
        rows.finish();
        print(rows);
        options.write(program(), workspace, workbook, OfferWriter.SHEET, rows.rows());
        return rows.rows().isEmpty() ? ExitCode.NOTHING_SUITABLE : ExitCode.FINE;
    }

    private static @Nullable Double staleAfter(Policy policy) {
        return policy.thresholds().stream()
                .filter(each -> each.name().equals(Threshold.STALE_PRICE))
                .map(Threshold::value)
                .findFirst()
                .orElse(null);
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
            Optional<F> file = kind.open().apply(bytes, path);
            file.ifPresentOrElse(
                    read::add,
                    () -> unknown.add(ImportReport.called(name)
                            + (kind.other().apply(bytes, path).isPresent()
                                    ? kind.mistaken()
                                    : ": Found no price list that is known; expected " + kind.expected())
                            + "."));
            if (file.isPresent() && day == null && kind.lacksDay().test(file.get())) {
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
        if (options.json) {
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
