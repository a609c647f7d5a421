package quartermaster.assistant;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import quartermaster.access.Role;
import quartermaster.catalogue.Catalogue;
import quartermaster.catalogue.Hardware;
import quartermaster.catalogue.LooseNames;
import quartermaster.catalogue.Named;
import quartermaster.unit.Choice;
import quartermaster.unit.Ids;
import quartermaster.workspace.InForce;

/** Which machines and cards the catalogue has. */
record HardwareTool(InForce inForce) implements Tool {
    static final int USUALLY = 20;
    static final int AT_MOST = 100;
    private static final Parameters PARAMETERS = new Parameters()
            .text("search", "Words of a name, e.g. \"rtx 4090\" or \"mac studio\"; family, vendor.")
            .number("minMemoryGiB", "Memory of one device at least.")
            .whole("limit", 1, AT_MOST, "How many at most (default 20).");

    @Override
    public About about() {
        return new About(
                "list_hardware",
                "List hardware",
                "Machines and cards of the catalogue with id, memory, bandwidth, price and availability, the largest first."
                        + " The ids are what decide and estimate take as hardware.",
                PARAMETERS.schema(),
                Role.DECIDE);
    }

    @Override
    public ToolAnswer call(Map<String, @Nullable Object> arguments, Caller caller) throws ToolFailure {
        Parameters.Arguments read = PARAMETERS.read(arguments);
        Catalogue catalogue = inForce.now().decider().catalogue();
        String search = read.text("search").orElse("");
        double least = read.number("minMemoryGiB").orElse(0.0);
        List<Hardware> found = catalogue.hardware().stream()
                .filter(each -> each.memoryGiB() >= least && has(search, each, each.family(), each.vendor()))
                .sorted(Comparator.comparingDouble(Hardware::memoryGiB)
                        .reversed()
                        .thenComparing(Hardware::id))
                .toList();
        requireSome(found, search, catalogue.hardware(), "hardware");
        List<Hardware> shown =
                found.stream().limit(read.whole("limit", USUALLY)).toList();
        List<String> lines = new ArrayList<>();
        lines.add(counted(shown.size(), found.size()));
        shown.forEach(each -> lines.add(line(each)));
        return new ToolAnswer(
                lines,
                Map.of("hardware", shown.stream().map(HardwareTool::fields).toList(), "found", found.size()));
    }

    static String counted(int shown, int found) {
        return shown == found ? found + " found:" : shown + " of " + found + " (say more in search, or raise limit):";
    }

    /** Whether all words of a search are among the names. */
    static boolean has(String search, Named row, String... others) {
        Set<String> words = Stream.concat(
                        Stream.of(row.id(), row.name()), Stream.concat(row.aliases().stream(), Stream.of(others)))
                .flatMap(name -> LooseNames.wordsOf(name).stream())
                .collect(Collectors.toSet());
        String all = Ids.normalise(row.id() + row.name() + String.join("", row.aliases()) + String.join("", others));
        return words.containsAll(LooseNames.wordsOf(search)) || all.contains(Ids.normalise(search));
    }

    /** @throws ToolFailure with a near match */
    static void requireSome(List<?> found, String search, Collection<? extends Named> all, String what)
            throws ToolFailure {
        if (found.isEmpty()) {
            throw ToolFailure.of(
                    "nothing-found",
                    "Found no " + what + (search.isEmpty() ? " that is so." : " with the words \"" + search + "\".")
                            + (search.isEmpty() ? "" : Ids.hint(search, names(all)))
                            + " Call it without arguments for a list.",
                    search.isEmpty() ? "" : "/search");
        }
    }

    private static List<String> names(Collection<? extends Named> all) {
        return all.stream()
                .flatMap(each -> Stream.concat(Stream.of(each.id(), each.name()), each.aliases().stream()))
                .distinct()
                .toList();
    }

    private static String line(Hardware it) {
        Double low = it.priceLowUsd();
        Double high = it.priceHighUsd();
        String price = low == null || high == null
                ? "no price"
                : String.format(Locale.ROOT, low.equals(high) ? "$%,.0f" : "$%,.0f to $%,.0f", low, high);
        return it.id() + ": " + it.name() + ", " + Words.figure(it.memoryGiB()) + " GiB, "
                + (it.bandwidthGBps() == null ? "bandwidth not known" : Words.figure(it.bandwidthGBps()) + " GB/s")
                + ", " + price + ", " + Choice.id(it.availability()) + (it.cloudOnly() ? ", only rented" : "");
    }

    private static Map<String, @Nullable Object> fields(Hardware it) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("id", it.id());
        fields.put("name", it.name());
        fields.put("memoryGiB", it.memoryGiB());
        fields.put("bandwidthGBps", it.bandwidthGBps());
        fields.put("priceLowUsd", it.priceLowUsd());
        fields.put("priceHighUsd", it.priceHighUsd());
        fields.put("availability", Choice.id(it.availability()));
        return fields;
    }
}
