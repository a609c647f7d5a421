package quartermaster.catalogue;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import quartermaster.unit.Ids;
import quartermaster.unit.Numbers;

/**
 * Hardware and models as people, drivers, shops and clouds write them: what is no id, name or alias is taken for the one
 * row that has all of its words, or where several have, for the one with a name of these words and no others. Else it
 * stays as it is written, and is a problem. A row is never taken for a name that leaves out what tells its chip from
 * another: "RTX 5060" is no RTX 5060 Ti.
 */
public final class LooseNames {
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^a-z0-9.]+|(?<=[a-z]{3})(?=\\d{3})");
    private static final Pattern NUMBER = Pattern.compile("\\d+");
    private static final Pattern WITH_MEMORY = Pattern.compile("(.+) \\((\\d+) GB( RAM| VRAM)?\\)");
    private static final Pattern UNIT = Pattern.compile("(?<=^[\\d.]{1,6})(gb|gib|g)$");
    private static final Pattern PRECISION =
            Pattern.compile("(?i)(?<=.)[-_.:](?:gguf|mlx|awq|gptq|qat|latest|(?:ud-)?i?q[1-8](?:_\\w+)?|fp8"
                    + "|b?f(?:p)?16|int[48]|mxfp4|nvfp4|\\d-?bits?|w\\d+a\\d+)$");
    private static final Pattern INSTANCE =
            Pattern.compile("(?i)(?=.*[a-z].*\\d)\\S+"); // "8x H100" is a count and a card
    private static final Pattern OF_AZURE = Pattern.compile("(?i)^standard[-_ ]");
    private static final Pattern CORES = Pattern.compile("\\d+c");

    /** What is written in several ways, each in one. */
    private static final Map<Pattern, String> SPELLINGS = spellings(
            "\\((?:r|tm|c)\\)|[®™©]", " ",
            "(\\d+)(?:[- ]?cores?[- ]cpu|[- ]cpu[- ]cores?)", " ",
            "(\\d+)(?:[- ]?cores?[- ]gpu|[- ]gpu[- ]cores?|[- ]cores?)(?![a-z])", " $1c ",
            "\\d+(?:\\.\\d+)? ?[tg]i?b (?:ssd|nvme|storage|flash)", " ",
            "(?<![a-z0-9])\\d+ ?tb(?![a-z])", " ",
            "(?<![a-z0-9])(?:hbm\\d?e?|gddr\\d?x?|lpddr\\d?x?)(?![a-z0-9])", " ",
            "(?<![a-z0-9])sxm\\d(?![a-z0-9])", "sxm",
            "(?<![a-z0-9])(?:ventus|windforce|twin|trinity)(?: \\d?x)?(?![a-z0-9])", " ",
            "(?<![a-z0-9])max[- ]?q(?![a-z0-9])", "maxq",
            "(?<![a-z0-9])(m\\d)[- ](pro|max|ultra)(?![a-z0-9+])", "$1$2",
            "(?<=\\d{4})(ti|super|xtx?)(?![a-z])", " $1",
            "(?<![a-z0-9.])1[3-7](?:\\.\\d)?(?:[- ]?inch|[- ]?in(?![a-z])|[\"″”])", " ",
            "macbook[- ]pro(?:[- ]1[3-6](?:\\.\\d)?(?![0-9a-z]))?", "macbook mbp");

    /** Words behind a number that make another chip of it. */
    private static final Set<String> TIERS = Set.of("ti", "super", "xt", "xtx", "gre", "pro", "nvl", "maxq", "ada");

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
            "hf",
            "corporation",
            "tesla",
            "radeon",
            "instinct",
            "graphics",
            "accelerator",
            "generation",
            "oam",
            "founders",
            "fe",
            "inch",
            "oc",
            "gaming",
            "asus",
            "rog",
            "tuf",
            "msi",
            "gigabyte",
            "zotac",
            "palit",
            "pny",
            "evga",
            "gainward",
            "inno3d",
            "sapphire",
            "powercolor",
            "xfx",
            "strix",
            "astral",
            "aorus",
            "nitro",
            "pulse",
            "suprim",
            "trio",
            "dell",
            "hp",
            "hpe",
            "lenovo",
            "supermicro");

    private static final int REMEMBERED = 10_000; // names; a long table may have as many as rows

    private final Catalogue catalogue;
    private final Map<String, List<Offer>> instances; // by what a cloud calls them
    private final List<Words<Hardware>> hardwareWords;
    private final List<Words<Model>> modelWords;
    private final Map<String, Optional<Match>> hardware = new ConcurrentHashMap<>();
    private final Map<String, Optional<Match>> models = new ConcurrentHashMap<>();

    public LooseNames(Catalogue catalogue) {
        this.catalogue = catalogue;
        this.instances = catalogue.offers().stream()
                .filter(each -> each.instance() != null
                        && INSTANCE.matcher(each.instance()).matches())
                .collect(Collectors.groupingBy(each -> instanceKey(String.valueOf(each.instance()))));
        this.hardwareWords =
                catalogue.hardware().stream().map(LooseNames::hardwareWords).toList();
        this.modelWords =
                catalogue.models().stream().map(LooseNames::modelWords).toList();
    }

    /**
     * A row with the words that it is called by.
     *
     * @param names the words of each of its names
     * @param words of all of them, and what may stand beside them
     * @param beside what may stand beside them, and is no name without them: "64 GB" is no machine
     * @param tellApart of each name the words without which it is another's
     */
    private record Words<T extends Named>(
            T row, Set<Set<String>> names, Set<String> words, Set<String> beside, Set<Set<String>> tellApart) {
        static <T extends Named> Words<T> of(T row, Set<String> beside, Predicate<String> tellsApart) {
            Set<Set<String>> names = Stream.concat(Stream.of(row.id(), row.name()), row.aliases().stream())
                    .map(name -> LooseNames.words(name).collect(Collectors.toSet()))
                    .filter(name -> !name.isEmpty())
                    .collect(Collectors.toSet());
            return new Words<>(
                    row,
                    names,
                    Stream.concat(names.stream().flatMap(Set::stream), beside.stream())
                            .collect(Collectors.toSet()),
                    beside,
                    names.stream()
                            .map(name -> name.stream().filter(tellsApart).collect(Collectors.toSet()))
                            .collect(Collectors.toSet()));
        }

        boolean mayBe(Set<String> written) {
            return words.containsAll(written)
                    && !beside.containsAll(written)
                    && tellApart.stream().anyMatch(written::containsAll);
        }
    }

    private static Words<Hardware> hardwareWords(Hardware row) {
        String memory = Numbers.plain(row.memoryGiB());
        return Words.of(
                row,
                Set.of(memory),
                word -> TIERS.contains(word)
                        || NUMBER.matcher(word).find()
                                && !word.equals(memory)
                                && !CORES.matcher(word).matches());
    }

    private static Words<Model> modelWords(Model row) {
        return Words.of(row, Set.of(), word -> false);
    }

    /** @param because in a sentence; empty where there is nothing to say */
    public record Match(String id, String because) {}

    /** Whose memory stands in a column beside a name. */
    public enum MemoryOf {
        /** The card's: hardware with another memory is other hardware. */
        CARD(" VRAM"),
        /** The host's, but where both are one. */
        HOST(" RAM"),
        /** Nobody says: no less than the card's. */
        EITHER("");

        private final String word;

        MemoryOf(String word) {
            this.word = word;
        }

        static MemoryOf called(@Nullable String word) {
            return Arrays.stream(values())
                    .filter(each -> each.word.equals(word))
                    .findFirst()
                    .orElse(EITHER);
        }
    }

    /** A name with the memory that stands in a column of its own, e.g. "M3 Ultra (256 GB RAM)". */
    public static String withMemory(String name, @Nullable String memory, MemoryOf whose) {
        Matcher gigabytes = NUMBER.matcher(memory == null ? "" : memory);
        return name.isEmpty() || !gigabytes.find() || name.contains(gigabytes.group())
                ? name
                : name + " (" + gigabytes.group() + " GB" + whose.word + ")";
    }

    public Optional<Match> hardware(String written) {
        return remembered(hardware, written, each -> {
            Matcher memory = WITH_MEMORY.matcher(each);
            return memory.matches()
                    ? withMemory(
                            each,
                            memory.group(1),
                            Double.parseDouble(memory.group(2)),
                            MemoryOf.called(memory.group(3)))
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

    private Optional<Match> withMemory(String written, String name, double gigabytes, MemoryOf whose) {
        Optional<Hardware> named = findHardware(name);
        if (named.filter(it -> it.memoryGiB() == gigabytes).isPresent()) {
            return named.map(it -> new Match(it.id(), ""));
        }
        List<Words<Hardware>> same = hardwareWords.stream()
                .filter(each -> each.row().memoryGiB() == gigabytes)
                .filter(each -> whose != MemoryOf.HOST || each.row().memoryKind() == MemoryKind.UNIFIED)
                .toList();
        String both = name + " " + Numbers.plain(gigabytes) + "GB";
        return find(written, any -> Optional.empty(), both, same, "hardware with as much memory")
                .or(() -> named.filter(it -> isOfTheHost(it, gigabytes, whose))
                        .map(it -> new Match(
                                it.id(),
                                it.name() + " has " + Numbers.plain(it.memoryGiB()) + " GB; the "
                                        + Numbers.plain(gigabytes) + " GB beside it are read as its host's.")));
    }

    /** A card with less memory than it has would be another card; no machine has more where memory is one. */
    private static boolean isOfTheHost(Hardware it, double gigabytes, MemoryOf whose) {
        return it.memoryKind() != MemoryKind.UNIFIED
                && (whose == MemoryOf.HOST || whose == MemoryOf.EITHER && gigabytes > it.memoryGiB());
    }

    /** Also by what a cloud calls a machine of it. */
    public Optional<Hardware> findHardware(String written) {
        return catalogue
                .findHardware(written)
                .or(() -> hardware(written)
                        .map(Match::id)
                        .or(() -> findInstance(written).map(Offer::hardware))
                        .flatMap(catalogue::findHardware));
    }

    /**
     * What is rented by the name of an instance, e.g. {@code p5.48xlarge}: on demand, where there is a choice. Empty where
     * the offers of that name are not of the same devices.
     */
    public Optional<Offer> findInstance(String written) {
        List<Offer> named = instances.getOrDefault(instanceKey(written), List.of());
        return named.stream()
                                .map(each -> each.hardware() + each.devicesPerInstance())
                                .distinct()
                                .count()
                        == 1
                ? named.stream().min(Comparator.comparing(Offer::isSpot).thenComparing(Offer::usdPerDeviceHour))
                : Optional.empty();
    }

    private static String instanceKey(String name) {
        return Ids.normalise(OF_AZURE.matcher(name.strip()).replaceFirst(""));
    }

    /** Also by the name of its repository, and as files, tags and conversions are called: {@code qwen3:32b-q4_K_M}. */
    public Optional<Model> findModel(String written) {
        return catalogue
                .findModel(written)
                .or(() -> remembered(models, written, this::modelOfAnyName)
                        .flatMap(match -> catalogue.findModel(match.id())));
    }

    private Optional<Match> modelOfAnyName(String written) {
        List<Model> published = catalogue.models().stream()
                .filter(each -> repositories(each.published()).anyMatch(written::equalsIgnoreCase))
                .toList();
        String plain = withoutPrecision(written.substring(written.lastIndexOf('/') + 1));
        return published.size() == 1
                ? Optional.of(new Match(published.get(0).id(), ""))
                : catalogue
                        .findModel(plain)
                        .map(each -> new Match(each.id(), ""))
                        .or(() -> find(plain, any -> Optional.empty(), modelWords, "model"));
    }

    private static Stream<String> repositories(PublishedWeights of) {
        return Stream.of(
                        Stream.ofNullable(of.huggingFaceId()),
                        Stream.ofNullable(of.mlxRepository()),
                        of.ggufRepositories().stream().map(each -> each.replaceFirst(":.*", "")))
                .flatMap(Function.identity());
    }

    /** The end of a model's name that says how its weights are stored; empty where it does not say. */
    public static Optional<String> precisionIn(String model) {
        String end = model.substring(withoutPrecision(model).length());
        return end.isEmpty() ? Optional.empty() : Optional.of(end.replaceFirst("^[-_.:]", ""));
    }

    private static String withoutPrecision(String model) {
        String plain = model;
        for (Matcher end = PRECISION.matcher(plain); end.find(); end = PRECISION.matcher(plain)) {
            plain = plain.substring(0, end.start());
        }
        return plain;
    }

    /** Ids of all rows that have the words of a name, and perhaps others that make them another's. */
    public static <T extends Named> List<String> possible(String name, Collection<T> rows) {
        Set<String> words = words(name).collect(Collectors.toSet());
        return words.isEmpty()
                ? List.of()
                : Catalogue.ids(having(
                        words,
                        rows.stream()
                                .map(each -> Words.of(each, Set.of(), any -> false))
                                .toList()));
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
                "\"" + written + "\" is read as " + found.name() + ": no other " + kind + " is meant by its words ("
                        + String.join(", ", words) + ")."));
    }

    private static <T extends Named> List<T> having(Set<String> words, List<Words<T>> rows) {
        return rows.stream().filter(each -> each.mayBe(words)).map(Words::row).toList();
    }

    private static Stream<String> words(String text) {
        String plain = text.toLowerCase(Locale.ROOT);
        for (Map.Entry<Pattern, String> each : SPELLINGS.entrySet()) {
            plain = each.getKey().matcher(plain).replaceAll(each.getValue());
        }
        return Arrays.stream(BETWEEN_WORDS.split(plain))
                .map(word -> UNIT.matcher(word).replaceFirst(""))
                .map(word -> word.replaceAll("^\\.+|\\.+$", ""))
                .filter(word -> !SAY_NOTHING.contains(word));
    }

    private static Map<Pattern, String> spellings(String... pairs) {
        Map<Pattern, String> spellings = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            spellings.put(Pattern.compile(pairs[i]), pairs[i + 1]);
        }
        return spellings;
    }
}
