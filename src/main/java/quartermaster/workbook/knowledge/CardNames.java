package quartermaster.workbook.knowledge;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import quartermaster.catalogue.Catalogue;
import quartermaster.catalogue.Hardware;
import quartermaster.catalogue.LooseNames;
import quartermaster.unit.Ids;
import quartermaster.unit.Numbers;

/**
 * Cards as price lists call them. A name that says neither the board nor the memory may be several cards, and then it is
 * none, also where people mean one of them by it: the price of a PCIe card is not that of an SXM module.
 */
final class CardNames {
    /** Ways to build one chip onto a board. */
    private static final Set<String> BOARDS =
            Set.of("sxm", "pcie", "nvl", "oam", "server", "workstation", "maxq", "blackwell");

    /** What stands in names and tells nothing apart. */
    private static final Set<String> KINDS_OF_MEMORY =
            Set.of("hbm2", "hbm2e", "hbm3", "hbm3e", "tensor", "core", "gddr6");

    /** Drivers and clouds count what is left for programs: 22.35 GiB of an L4's 24, 14.6 of a T4's 16. */
    private static final double MEMORY_MAY_DIFFER = 0.10;

    private static final Pattern SXM = Pattern.compile("sxm\\d?");
    private static final Pattern MAX_Q = Pattern.compile("(?i)max-q");
    private static final Pattern MEMORY = Pattern.compile("(?i)(\\d{1,3}) ?(?:GB|GiB)\\b");

    private final Catalogue catalogue;
    private final Map<String, Found> found = new HashMap<>();

    CardNames(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** @param whyNot in sentences; null where a card was found */
    record Found(
            @Nullable Hardware card, String code, @Nullable String whyNot) {}

    /**
     * @param boards other words of the row, which may say the board
     * @param memory in GB, as a column of its own says it
     */
    Found find(String written, String boards, @Nullable Double memory) {
        return found.computeIfAbsent(
                written + "|" + boards + "|" + memory,
                any -> look(written, boards, memory)); // a list has one in many regions
    }

    private Found look(String written, String boards, @Nullable Double memory) {
        String name = written.replaceAll("\\([^)]*\\)", " ").strip();
        Matcher inName = MEMORY.matcher(name);
        Double gigabytes =
                memory != null ? memory : inName.find() ? (Double) Double.parseDouble(inName.group(1)) : null;
        List<Hardware> alike = alike(name, gigabytes);
        List<Hardware> asLarge = alike.stream()
                .filter(each -> gigabytes == null || isAsLarge(each, gigabytes))
                .toList();
        if (alike.isEmpty()) {
            List<String> possible = LooseNames.possible(name, catalogue.hardware());
            return new Found(
                    null,
                    "unknown-hardware",
                    "The catalogue has no hardware \"" + written + "\"."
                            + (possible.isEmpty() || possible.size() > 5
                                    ? ""
                                    : " It may be " + Ids.alternatives(possible) + "."));
        }
        if (asLarge.isEmpty()) {
            return new Found(
                    null,
                    "another-memory",
                    "\"" + written + "\" has " + Numbers.plain(rounded(gigabytes))
                            + " GB, and "
                            + alike.stream()
                                    .map(each -> each.id() + " " + Numbers.plain(each.memoryGiB()))
                                    .collect(Collectors.joining(", "))
                            + ": it is another card.");
        }
        List<Hardware> saidSo = onBoard(asLarge, boards);
        if (saidSo.size() == 1) {
            return new Found(saidSo.get(0), "", null);
        }
        List<String> ids = Catalogue.ids(saidSo.isEmpty() ? asLarge : saidSo);
        return new Found(
                null,
                "ambiguous-hardware",
                "\"" + written + "\" does not say which card it is: " + Ids.alternatives(ids)
                        + ". Say --take NAME=ID, or which in a column hardware.");
    }

    /** What an id, a name or an alias says beyond doubt, with the memory that stands beside it. */
    Found exactly(String id, @Nullable Double memory) {
        Hardware card = catalogue.findHardware(id).orElse(null);
        if (card == null) {
            return new Found(
                    null,
                    "unknown-hardware",
                    "The catalogue has no hardware \"" + id + "\"."
                            + Ids.hint(id, Catalogue.ids(catalogue.hardware())));
        }
        return memory == null || isAsLarge(card, memory)
                ? new Found(card, "", null)
                : new Found(
                        null,
                        "another-memory",
                        card.id() + " has " + Numbers.plain(card.memoryGiB()) + " GB, not the "
                                + Numbers.plain(rounded(memory)) + " that stand beside it.");
    }

    /** All that some name of theirs calls so, but for the board and the memory. */
    private List<Hardware> alike(String name, @Nullable Double gigabytes) {
        Hardware exact = catalogue.findHardware(name).orElse(null);
        Set<String> words = exact == null || Ids.normalise(exact.id()).equals(Ids.normalise(name))
                ? words(name)
                : words(names(exact)
                        .filter(each -> Ids.normalise(each).equals(Ids.normalise(name)))
                        .findFirst()
                        .orElse(name)); // RTXA6000 has the words of RTX A6000
        if (gigabytes != null) {
            words.remove(Numbers.plain(rounded(gigabytes)));
        }
        return words.isEmpty()
                ? List.of()
                : catalogue.hardware().stream()
                        .filter(each -> isCalled(each, words))
                        .toList();
    }

    private static boolean isCalled(Hardware card, Set<String> words) {
        String memory = Numbers.plain(card.memoryGiB());
        return names(card)
                .map(CardNames::words)
                .anyMatch(name -> name.containsAll(words)
                        && name.stream()
                                .allMatch(
                                        word -> words.contains(word) || BOARDS.contains(word) || word.equals(memory)));
    }

    private static Stream<String> names(Hardware card) {
        return Stream.concat(Stream.of(card.id(), card.name()), card.aliases().stream());
    }

    private static Set<String> words(String name) {
        return LooseNames.wordsOf(MAX_Q.matcher(name).replaceAll("maxq")).stream()
                .map(word -> SXM.matcher(word).matches() ? "sxm" : word)
                .filter(word -> !KINDS_OF_MEMORY.contains(word))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Those of a board that other words name; all where they name none. */
    private static List<Hardware> onBoard(List<Hardware> cards, String said) {
        Set<String> boards = words(said.toLowerCase(Locale.ROOT).replace('_', ' '));
        boards.retainAll(BOARDS);
        return boards.isEmpty() || cards.size() == 1
                ? cards
                : cards.stream().filter(each -> isOn(each, boards)).toList();
    }

    private static boolean isOn(Hardware card, Collection<String> boards) {
        return names(card).map(CardNames::words).flatMap(Set::stream).anyMatch(boards::contains);
    }

    private static boolean isAsLarge(Hardware card, double gigabytes) {
        return Math.abs(card.memoryGiB() - gigabytes) <= card.memoryGiB() * MEMORY_MAY_DIFFER;
    }

    private static double rounded(@Nullable Double gigabytes) {
        return gigabytes == null ? 0 : Math.round(gigabytes);
    }
}
