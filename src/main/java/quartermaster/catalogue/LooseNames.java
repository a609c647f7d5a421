package quartermaster.catalogue;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import quartermaster.unit.Numbers;

/**
 * Hardware and models as people write them: what is no id, name or alias is taken for the one row that has all of its
 * words, or where several have, for the one with a name of these words and no others. Else it stays as it is written, and
 * is a problem.
 */
public final class LooseNames {
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^a-z0-9.]+|(?<=[a-z]{3})(?=\\d{3})");
    private static final Pattern NUMBER = Pattern.compile("\\d+");
    private static final Pattern WITH_MEMORY = Pattern.compile("(.+) \\((\\d+) GB\\)");
    private static final Pattern UNIT = Pattern.compile("(?<=^[\\d.]{1,6})(gb|gib|g)$");
    private static final Set<String> SAY_NOTHING = Set.of(
            "",
            "a",
            "an",
            "the",
            "and",
            "of",
            "with",
            "apple",
            "nvidia",
            "amd",
            "geforce",
            "gb",
            "gib",
            "ram",
            "vram",
            "memory",
            "unified",
            "card",
            "gpu",
            "gpus",
            "machine",
            "computer",
            "edition",
            "chip",
            "model",
            "hf");

    private static final int REMEMBERED = 10_000; // names; a long table may have as many as rows

    private final Catalogue catalogue;
    private final List<Words<Hardware>> hardwareWords;
    private final List<Words<Model>> modelWords;
    private final Map<String, Optional<Match>> hardware = new ConcurrentHashMap<>();
    private final Map<String, Optional<Match>> models = new ConcurrentHashMap<>();

    public LooseNames(Catalogue catalogue) {
        this.catalogue = catalogue;
        this.hardwareWords = catalogue.hardware().stream().map(Words::of).toList();
        this.modelWords = catalogue.models().stream().map(Words::of).toList();
    }

    /**
     * A row with the words that it is called by.
     *
     * @param names the words of each of its names
     */
    private record Words<T extends Named>(T row, Set<Set<String>> names, Set<String> words) {
        static <T extends Named> Words<T> of(T row) {
            Set<Set<String>> names = Stream.concat(Stream.of(row.id(), row.name()), row.aliases().stream())
                    .map(name -> LooseNames.words(name).collect(Collectors.toSet()))
                    .collect(Collectors.toSet());
            return new Words<>(row, names, names.stream().flatMap(Set::stream).collect(Collectors.toSet()));
        }
    }

    /** @param because in a sentence; empty where there is nothing to say */
    public record Match(String id, String because) {}

    /** A name with the memory that stands in a column of its own, e.g. "M3 Ultra (256 GB)". */
    public static String withMemory(String name, @Nullable String memory) {
        Matcher gigabytes = NUMBER.matcher(memory == null ? "" : memory);
        return name.isEmpty() || !gigabytes.find() || name.contains(gigabytes.group())
                ? name
                : name + " (" + gigabytes.group() + " GB)";
    }

    public Optional<Match> hardware(String written) {
        return remembered(hardware, written, each -> {
            Matcher memory = WITH_MEMORY.matcher(each);
            return memory.matches()
                    ? withMemory(each, memory.group(1), Double.parseDouble(memory.group(2)))
                    : find(each, catalogue::findHardware, hardwareWords, "hardware");
        });
    }

    private static Optional<Match> remembered(
            Map<String, Optional<Match>> known, String written, Function<String, Optional<Match>> find) {
        Optional<Match> match = known.get(written);
        if (match == null) {
            match = find.apply(written);
            if (known.size() < REMEMBERED) {
                known.put(written, match);
            }
        }
        return match;
    }

    private Optional<Match> withMemory(String written, String name, double gigabytes) {
        Optional<Hardware> exactly = catalogue.findHardware(name);
        if (exactly.isPresent()) {
            double actual = exactly.get().memoryGiB();
            String because = actual == gigabytes
                    ? ""
                    : exactly.get().name() + " has " + Numbers.plain(actual) + " GB, not the "
                            + Numbers.plain(gigabytes) + " that stand beside it.";
            return Optional.of(new Match(exactly.get().id(), because));
        }
        List<Words<Hardware>> same = hardwareWords.stream()
                .filter(each -> each.row().memoryGiB() == gigabytes)
                .toList();
        return find(written, any -> Optional.empty(), name, same, "hardware with as much memory")
                .or(() -> find(written, catalogue::findHardware, hardwareWords, "hardware"));
    }

    public Optional<Hardware> findHardware(String written) {
        return catalogue
                .findHardware(written)
                .or(() -> hardware(written).flatMap(match -> catalogue.findHardware(match.id())));
    }

    public Optional<Model> findModel(String written) {
        return catalogue
                .findModel(written)
                .or(() -> remembered(models, written, each -> find(each, any -> Optional.empty(), modelWords, "model"))
                        .flatMap(match -> catalogue.findModel(match.id())));
    }

    /** Ids of all rows that have the words of a name. */
    public static <T extends Named> List<String> possible(String name, Collection<T> rows) {
        Set<String> words = words(name).collect(Collectors.toSet());
        return words.isEmpty()
                ? List.of()
                : Catalogue.ids(having(words, rows.stream().map(Words::of).toList()));
    }

    /** The words of a name that tell one row from another. */
    public static Set<String> wordsOf(String name) {
        return words(name).collect(Collectors.toCollection(TreeSet::new));
    }

    private static <T extends Named> Optional<Match> find(
            String written, Function<String, Optional<T>> exactly, List<Words<T>> rows, String kind) {
        return find(written, exactly, written, rows, kind);
    }

    private static <T extends Named> Optional<Match> find(
            String written, Function<String, Optional<T>> exactly, String name, List<Words<T>> rows, String kind) {
        Set<String> words = words(name).collect(Collectors.toCollection(TreeSet::new));
        if (words.isEmpty() || exactly.apply(written).isPresent()) {
            return Optional.empty();
        }
        List<T> having = having(words, rows);
        List<T> called = rows.stream()
                .filter(each -> each.names().contains(words))
                .map(Words::row)
                .toList();
        boolean alone = having.size() == 1;
        if (!alone && called.size() != 1) {
            return Optional.empty();
        }
        T found = alone ? having.get(0) : called.get(0);
        return Optional.of(new Match(
                found.id(),
                "\"" + written + "\" is read as " + found.name() + ": no other " + kind
                        + (alone ? " has all of its words (" : " is called by its words alone (")
                        + String.join(", ", words) + ")."));
    }

    private static <T extends Named> List<T> having(Set<String> words, List<Words<T>> rows) {
        return rows.stream()
                .filter(each -> each.words().containsAll(words))
                .map(Words::row)
                .toList();
    }

    private static Stream<String> words(String text) {
        return Arrays.stream(BETWEEN_WORDS.split(text.toLowerCase(java.util.Locale.ROOT)))
                .map(word -> UNIT.matcher(word).replaceFirst(""))
                .map(word -> word.replaceAll("^\\.+|\\.+$", ""))
                .filter(word -> !SAY_NOTHING.contains(word));
    }
}
