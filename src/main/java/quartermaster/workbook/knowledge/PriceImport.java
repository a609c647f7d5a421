package quartermaster.workbook.knowledge;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import quartermaster.catalogue.Catalogue;
import quartermaster.unit.Dates;
import quartermaster.unit.Ids;
import quartermaster.unit.Numbers;
import quartermaster.unit.Place;
import quartermaster.unit.Problem;
import quartermaster.workbook.knowledge.PricedRow.Change;
import quartermaster.workbook.knowledge.PricedRow.Status;

/**
 * Prices of others become rows of the sheet {@code Offers}; those that cannot are kept with the reason.
 *
 * @param <F> a file of prices
 */
public abstract class PriceImport<F> {
    private static final double SAME = 1e-4; // relative; sheets of before have four decimals
    private static final String AS_OF = "As of";
    private static final String SOURCE = "Source";
    private static final String NOTE = "Note";

    private final Catalogue catalogue;
    private final Said said;
    private final Setting setting;
    private final Map<String, String> taken = new LinkedHashMap<>(); // by normalised name
    private final RowIds ids;
    private final List<PricedRow> rows = new ArrayList<>();
    private final Map<String, String> takenFor = new TreeMap<>();
    private final List<Problem> refused = new ArrayList<>();

    /**
     * What somebody says because the files do not; each null where nothing is said.
     *
     * @param provider the only one that is wanted, and the one of files that name none
     * @param model id of the only one that is wanted
     * @param region the only one that is wanted
     * @param tier of providers that the catalogue does not have
     * @param asOf day of prices that have none
     * @param source of rows that have none
     * @param taken ids by the names that mean them
     */
    public record Said(
            @Nullable String provider,
            @Nullable String model,
            @Nullable String region,
            @Nullable String tier,
            @Nullable LocalDate asOf,
            @Nullable String source,
            Map<String, String> taken) {}

    /** @param staleAfterDays null where the policy has no such threshold */
    public record Setting(LocalDate today, @Nullable Double staleAfterDays) {}

    PriceImport(Catalogue catalogue, Said said, Setting setting) {
        this.catalogue = catalogue;
        this.said = said;
        this.setting = setting;
        this.ids = new RowIds(Stream.concat(
                        catalogue.offers().stream().map(each -> each.id()),
                        catalogue.hostedApis().stream().map(each -> each.id()))
                .toList());
        said.taken().forEach((name, id) -> taken.put(Ids.normalise(name), id));
    }

    /** Prices of one more file. */
    public abstract void add(F file);

    /** After the last file. */
    public abstract void finish();

    /** In the order of the files. */
    public List<PricedRow> rows() {
        return rows;
    }

    /** Names that were no id, and the ids that they were taken for. */
    public Map<String, String> takenFor() {
        return takenFor;
    }

    /** Prices that are no row, with the reason. */
    public List<Problem> refused() {
        return refused;
    }

    Catalogue catalogue() {
        return catalogue;
    }

    Said said() {
        return said;
    }

    Setting setting() {
        return setting;
    }

    RowIds ids() {
        return ids;
    }

    void refuse(String code, String why, Place at) {
        refused.add(new Problem(code, why, at));
    }

    /** What an option says that a name means. */
    Optional<String> taken(@Nullable String name) {
        return Optional.ofNullable(name).map(each -> taken.get(Ids.normalise(each)));
    }

    void take(@Nullable String written, String id) {
        if (written != null && !Ids.normalise(written).equals(Ids.normalise(id))) {
            takenFor.put(written, id);
        }
    }

    /** As the catalogue writes it, where it has it: prices of "deepinfra" are of DeepInfra. */
    static @Nullable String asWritten(@Nullable String provider, Collection<String> known) {
        return provider == null
                ? null
                : known.stream()
                        .filter(each -> Ids.normalise(each).equals(Ids.normalise(provider)))
                        .findFirst()
                        .orElse(provider);
    }

    /** Whether one that is wanted by an option; anything is where none was named. */
    static boolean isWanted(@Nullable String wanted, @Nullable String actual) {
        return wanted == null || actual != null && Ids.normalise(wanted).equals(Ids.normalise(actual));
    }

    /** The day of a price; null where neither its file nor an option says it. */
    @Nullable
    String day(@Nullable String ofFile) {
        return ofFile != null
                ? ofFile
                : said.asOf() == null ? null : said.asOf().toString();
    }

    /** What is wrong with the day of a price; null where nothing is. */
    @Nullable
    String wrongDay(@Nullable String day) {
        LocalDate date = day == null ? null : Dates.latest(day).orElse(null);
        boolean whole = day != null && day.matches("\\d{4}-\\d{2}-\\d{2}");
        return day == null
                ? "Found no date of the price; expected it in the file, or as --as-of DATE."
                : date == null
                        ? "Found the date \"" + day + "\"; expected a day as 2026-11-30."
                        : whole && date.isAfter(setting.today())
                                ? "Found the date " + day + ", which is after today, " + setting.today() + "."
                                : null;
    }

    /** Its age in days, where the policy calls it stale. */
    private @Nullable Long staleDays(Map<String, @Nullable Object> cells) {
        Long age = Dates.latest(String.valueOf(cells.get(AS_OF)))
                .map(date -> ChronoUnit.DAYS.between(date, setting.today()))
                .orElse(null);
        Double limit = setting.staleAfterDays();
        return age != null && limit != null && age > limit ? age : null;
    }

    static boolean isSame(@Nullable Double one, @Nullable Double other) {
        return one == null || other == null
                ? one == null && other == null
                : Math.abs(one - other) <= SAME * Math.max(Math.abs(one), Math.abs(other));
    }

    /** Whether what the sheet has is of a later day, beyond doubt: "2026" may be any day of it. */
    static boolean isOlder(String day, String ofSheet) {
        String first = ofSheet.strip() + (ofSheet.strip().matches("\\d{4}") ? "-01" : "");
        LocalDate earliest = Dates.latest(first.matches("\\d{4}-\\d{2}") ? first + "-01" : first)
                .orElse(LocalDate.MIN);
        return Dates.latest(day).map(mine -> mine.isBefore(earliest)).orElse(false);
    }

    /** A row that the sheet does not have. */
    void add(Map<String, @Nullable Object> cells, List<String> marks, Place at) {
        rows.add(new PricedRow(Status.NEW, cells, 0, cells, List.of(), marks, staleDays(cells), at));
    }

    /**
     * A row that the sheet has.
     *
     * @param cells as they will be
     * @param columns of prices and of what belongs to them
     */
    void compare(
            Map<String, @Nullable Object> cells,
            int row,
            String ofSheet,
            List<Change> prices,
            List<String> columns,
            List<String> marks,
            Place at) {
        List<Change> changes = prices.stream()
                .filter(each -> !isSame(each.before(), each.after()))
                .toList();
        Map<String, @Nullable Object> all = new LinkedHashMap<>(cells);
        Map<String, @Nullable Object> written = new LinkedHashMap<>();
        boolean later = !ofSheet.equals(String.valueOf(cells.get(AS_OF)));
        if (!changes.isEmpty()) {
            String before = changes.stream()
                    .map(each -> each.column().replaceFirst(" \\(.*", "") + " " + text(each.before()))
                    .collect(Collectors.joining(", "));
            Object note = cells.get(NOTE);
            all.put(NOTE, (note == null ? "" : note + "; ") + "as of " + ofSheet + ": " + before);
            columns.forEach(column -> written.put(column, all.get(column)));
            written.put(NOTE, all.get(NOTE));
        }
        if (later || !changes.isEmpty()) {
            written.put(AS_OF, all.get(AS_OF));
            written.put(SOURCE, all.get(SOURCE));
        }
        rows.add(new PricedRow(
                changes.isEmpty() ? Status.UNCHANGED : Status.CHANGED,
                all,
                row,
                written,
                changes,
                marks,
                staleDays(all),
                at));
    }

    private static String text(@Nullable Double number) {
        return number == null ? "none" : Numbers.plain(number);
    }

    static @Nullable String note(@Nullable String ofFile, List<String> marks) {
        String note = Stream.concat(Stream.ofNullable(ofFile), marks.stream()).collect(Collectors.joining("; "));
        return note.isEmpty() ? null : note;
    }
}
