package quartermaster.catalogue;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.DoubleSummaryStatistics;
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
import java.util.function.UnaryOperator;
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
    private static final Pattern ONLY_NUMBER = Pattern.compile("(?!\\d{4}$)[\\d.]+"); // "3060" is a card's own
    private static final Pattern MEMORY = Pattern.compile("(?i)(\\d+)(?:[.,]\\d+)?\\s*([kmgt]i?b|bytes|b)?");
    private static final Pattern WITH_MEMORY = Pattern.compile("(.+) \\((\\d+) (GB|MiB)( RAM| VRAM)?\\)");
    private static final Pattern MEMORY_BEHIND =
            Pattern.compile("(?i)(.+?), *(\\d{4,6}) ?MiB"); // nvidia-smi --query-gpu
    private static final Pattern FIGURES = Pattern.compile("\\d+(?:\\s*[-–/.,']\\s*\\d+)+");
    private static final long MIB_FROM = 8192; // no card or Mac has as many gigabytes
    private static final long BYTES_FROM = 100_000_000;
    private static final int LONGEST_NAME = 300; // of a shop's line
    private static final double MIB_PER_GIB = 1024;
    private static final double LEAST_REPORTED = 0.92; // a T4 of 16 GB reports 15360 MiB, an L40S of 48 GB 46068 MiB
    private static final Pattern UNIT = Pattern.compile("(?<=^[\\d.]{1,6})(gb|gib|g)$");
    private static final Pattern PRECISION =
            Pattern.compile("(?i)(?<=.)[-_.:@ ]\\(?(?:gguf|mlx|awq|gptq|qat|latest|(?:ud-)?i?q[1-8](?:_\\w+)?|fp8"
                    + "|b?f(?:p)?16|int[48]|mxfp4|nvfp4|fp4|\\d-?bits?|w\\d+a\\d+|quantized|\\d{5}-of-\\d{5}"
                    + "|dynamic|bnb|unsloth|i1|exl[23]|\\d(?:\\.\\d+)?bpw)\\)?$");
    private static final Pattern BEFORE_A_MODEL = Pattern.compile("(?i)^\\s*ollama +(?:run|pull|show) +");
    /** Words that make another model of a name: a Qwen3-VL-32B is no Qwen3-32B. */
    private static final Set<String> KINDS = Set.of(
            "vl",
            "coder",
            "omni",
            "next",
            "vision",
            "air",
            "flash",
            "math",
            "ocr",
            "embed",
            "embedding",
            "reranker",
            "guard",
            "distill",
            "audio",
            "voxtral");

    private static final Pattern SAYS_NO_PRECISION =
            Pattern.compile("(?i)[-_.:]?(?:gguf|mlx|qat|latest|quantized|\\d{5}-of-\\d{5})(?![a-z0-9])");
    private static final Pattern CLOUD =
            Pattern.compile("(?i)^(?:(?:aws|amazon|ec2|gcp|gce|google|cloud|microsoft|azure|standard)[-_ :]+)+");
    private static final Pattern SIZE_IN_SERIES =
            Pattern.compile("(?i)^(nd)\\d+[a-z]*(?=[-_ ])"); // all of one are alike
    private static final Pattern INSTANCE =
            Pattern.compile("(?i)(?=.*[a-z].*\\d)\\S+"); // "8x H100" is a count and a card
    private static final Pattern DOTS_AROUND = Pattern.compile("^\\.+|\\.+$");
    private static final Pattern CORES = Pattern.compile("\\d+c");

    /** What is written in several ways, each in one. */
    private static final Map<Pattern, String> SPELLINGS = spellings(
            "[\u2010-\u2015\u2212]",
            "-",
            "^[0-9a-f:]{2,10}\\.[0-9a-f] .*?(?:controller|accelerators?)(?: \\[[0-9a-f]{4}\\])?: *",
            "", // lspci
            "^.*?(?:corporation|inc\\.) *(?:\\[amd/ati\\])?[^\\[]*\\[([^\\]]*)\\].*$",
            "$1",
            "^gpu ?\\d+ ?: *|\\(uuid:[^)]*\\)",
            " ", // nvidia-smi -L
            "^(?:gpu|card|graphics(?: card)?|video card|grafikkarte|accelerator|device|display|card name|product name"
                    + "|card series|card model)(?: ?[#\\[]?\\d{1,2}\\]?)? ?[:=] *|^gpu ?[#\\[]?\\d{1,2}\\]?(?: ?-)? +(?=[a-z])",
            " ", // a label
            "(?<![a-z0-9])(m\\d) ?u(?![a-z0-9])",
            "$1ultra",
            "(?<![a-z0-9])(m\\d)m(?![a-z0-9])",
            "$1max",
            "(m\\d ?(?:pro|max|ultra)?[ ,(]+)\\d{1,2}/(\\d{2})(?![0-9])",
            "$1 $2c ",
            "(?<![a-z0-9])oc plus(?![a-z0-9])|(?<![a-z0-9])mini[- ]?pc(?![a-z0-9])",
            " ",
            "(\\d{4}[a-z ]*)/(?=[a-z ]*\\d{4})|(\\d{4}) ?(?:/ ?|\\( ?)(?:ti|super|xtx?)(?![a-z])",
            "$1$2 either ",
            "\\((?![^)]*(?:\\d ?gb(?![a-z0-9])|sxm|pcie|nvl|core|laptop|mobile|super|max|\\d ?ti))"
                    + "(?=[^)]*\\d)(?=[^)]*[a-z])[a-z0-9./-]{8,}\\)",
            " ", // a shop's number
            "(?<![a-z0-9])(?:gv|tuf|rog|prime|dual|proart|zt|vcg|vcn)-[a-z0-9]+(?:-[a-z0-9]+)+",
            " ",
            "(?<![a-z0-9])asus dual(?![a-z0-9])|(?<![a-z0-9])merc ?\\d{3}(?![a-z0-9])",
            " ",
            "(?<![a-z0-9])(?:\\d ?x ?)?(?:hdmi|displayport|dp)(?: ?\\d\\.\\d[ab]?)?(?![a-z0-9])",
            " ",
            "(?<![a-z0-9])pcie ?(?:gen ?)?[345](?:\\.0)?(?: ?x ?(?:8|16))?(?![0-9])",
            " pcie ",
            "(\\d{4}(?: \\d+ ?gb)?)[^a-z0-9]*(?:with |w/ ?)?nv-?link(?:ed)?(?: bridge)?(?![a-z])",
            "$1 ",
            "(?:(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\\.? |early[- ]|mid[- ]|late[- ])?"
                    + "(?<![0-9a-z.])20[12]\\d(?![0-9a-z.])",
            " ",
            "\\((?:r|tm|c)\\)|[®™©]",
            " ",
            "(\\d+)(?:[- ]?cores?[- ]cpu|[- ]cpu[- ]cores?)",
            " ",
            "(\\d+)(?:[- ]?cores?[- ]gpu|[- ]gpu[- ]cores?|[- ]cores?)(?![a-z])",
            " $1c ",
            "\\d+(?:\\.\\d+)? ?[tg]i?b (?:ssd|nvme|storage|flash)",
            " ",
            "(?<![a-z0-9])\\d+ ?tb(?![a-z])",
            " ",
            "^(.*mac.*?\\d ?gb.*?)[,/ ]+(?:256|512) ?gb(?! ?(?:unified|memory|ram))(?![a-z0-9])",
            "$1 ", // its disk
            "(?<![a-z0-9])(?:hbm\\d?e?|gddr\\d?x?|lpddr\\d?x?)(?![a-z0-9])",
            " ",
            "(?<![a-z0-9])sxm\\d(?![a-z0-9])",
            "sxm",
            "(?<![a-z0-9])(?:ventus|windforce|twin|trinity)(?: \\d?x)?(?![a-z0-9])",
            " ",
            "(?<![a-z0-9])max[- ]?q(?: workstation)?(?![a-z0-9])",
            "maxq",
            "(?<=gh200[ -])480 ?gb", // its driver says its host's
            "96gb",
            "(?<![a-z0-9])(m\\d)[- ](pro|max|ultra)(?![a-z0-9+])",
            "$1$2",
            "(?<=\\d{4})(ti|super|xtx?)(?![a-z])",
            " $1",
            "(?<![a-z0-9.])1[3-7](?:\\.\\d)?(?:[- ]?inch|[- ]?in(?![a-z])|[\"″”])",
            " ",
            "macbook[- ]pro(?:[- ]1[3-6](?:\\.\\d)?(?![0-9a-z]))?",
            "macbook mbp");

    private static final Pattern PCIE = Pattern.compile(
            "(?i)(?<![a-z0-9])pci-?e(?: ?(?:gen ?)?[345](?:\\.0)?(?![0-9]))?" + "(?: ?x ?(?:8|16))?(?![a-z0-9])");

    /** Of which some cards are made in several. */
    private static final Set<String> FORMS = Set.of("sxm", "pcie", "nvl");

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
            "gamerock",
            "gamingpro",
            "jetstream",
            "speedster",
            "qick",
            "steel",
            "legend",
            "phantom",
            "challenger",
            "hellhound",
            "amp",
            "eagle",
            "aero",
            "xtreme",
            "vanguard",
            "ichill",
            "verto",
            "xlr8",
            "colorful",
            "igame",
            "vulcan",
            "galax",
            "kfa2",
            "manli",
            "asrock",
            "ftw3",
            "xc3",
            "prime",
            "proart",
            "used",
            "refurbished",
            "refurb",
            "renewed",
            "gebraucht",
            "new",
            "neu",
            "suprim",
            "trio",
            "dell",
            "hp",
            "hpe",
            "lenovo",
            "supermicro",
            "vf",
            "ecc",
            "retail",
            "bulk",
            "boxed",
            "grafikkarte");

    private static final int REMEMBERED = 10_000; // names; a long table may have as many as rows

    private final Catalogue catalogue;
    private final Map<String, List<Offer>> instances; // by what a cloud calls them
    private final Map<String, List<Offer>> series; // likewise, by what it calls all sizes
    private final List<Words<Hardware>> hardwareWords;
    private final List<Words<Model>> modelWords;
    private final Map<String, Optional<Match>> hardware = new ConcurrentHashMap<>();
    private final Map<String, Optional<Match>> models = new ConcurrentHashMap<>();
    private final Map<String, DoubleSummaryStatistics> hourly = new ConcurrentHashMap<>(); // by id

    public LooseNames(Catalogue catalogue) {
        this.catalogue = catalogue;
        this.instances = catalogue.offers().stream()
                .filter(each -> each.instance() != null
                        && INSTANCE.matcher(each.instance()).matches())
                .collect(Collectors.groupingBy(each -> instanceKey(String.valueOf(each.instance()))));
        this.series = instances.values().stream()
                .flatMap(List::stream)
                .filter(each -> SIZE_IN_SERIES
                        .matcher(CLOUD.matcher(String.valueOf(each.instance())).replaceFirst(""))
                        .find())
                .collect(Collectors.groupingBy(each -> seriesKey(String.valueOf(each.instance()))));
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
        static <T extends Named> Words<T> of(T row, Set<String> beside, UnaryOperator<Set<String>> tellApart) {
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
                    names.stream().map(tellApart).collect(Collectors.toSet()));
        }

        boolean mayBe(Set<String> written) {
            return words.containsAll(written)
                    && !beside.containsAll(written)
                    && tellApart.stream().anyMatch(written::containsAll);
        }
    }

    private static Words<Hardware> hardwareWords(Hardware row) {
        String memory = Numbers.plain(row.memoryGiB());
        Predicate<String> tells = word -> TIERS.contains(word)
                || NUMBER.matcher(word).find()
                        && !word.equals(memory)
                        && !CORES.matcher(word).matches();
        return Words.of(row, Set.of(memory), name -> {
            Set<String> telling = name.stream().filter(tells).collect(Collectors.toSet());
            return telling.isEmpty() ? name : telling; // "Hopper" alone is no Grace Hopper
        });
    }

    private static Words<Model> modelWords(Model row) {
        Set<String> kind = words(row.id()).filter(KINDS::contains).collect(Collectors.toSet());
        return Words.of(row, Set.of(), name -> kind);
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

    /**
     * A name with the memory that stands in a column of its own, e.g. "M3 Ultra (256 GB RAM)". Drivers report mebibytes or
     * bytes, and a little less than a card is sold with.
     */
    public static String withMemory(String name, @Nullable String memory, MemoryOf whose) {
        Matcher written = MEMORY.matcher(memory == null ? "" : memory);
        if (name.isEmpty() || !written.find()) {
            return name;
        }
        String number = written.group(1);
        if (Pattern.compile("(?<!\\d)" + number + "(?!\\d)").matcher(name).find()) {
            return name;
        }
        String unit = written.group(2) == null ? "" : written.group(2).toLowerCase(Locale.ROOT);
        long size = number.length() > 18 ? 0 : Long.parseLong(number);
        String amount;
        if (unit.startsWith("t")) {
            amount = size * 1024 + " GB";
        } else if (unit.startsWith("b") || unit.isEmpty() && size >= BYTES_FROM) {
            amount = size / (1024 * 1024) + " MiB";
        } else if (unit.startsWith("m") || unit.isEmpty() && size >= MIB_FROM) {
            amount = size + " MiB";
        } else {
            amount = number + " GB";
        }
        return name + " (" + amount + whose.word + ")";
    }

    public Optional<Match> hardware(String written) {
        return remembered(hardware, written, given -> {
            Matcher behind = MEMORY_BEHIND.matcher(given);
            String each =
                    behind.matches() ? withMemory(behind.group(1), behind.group(2) + " MiB", MemoryOf.EITHER) : given;
            Matcher memory = WITH_MEMORY.matcher(each);
            return memory.matches()
                    ? withMemory(
                            each,
                            memory.group(1),
                            Double.parseDouble(memory.group(2))
                                    / (memory.group(3).equals("GB") ? 1 : MIB_PER_GIB),
                            memory.group(3).equals("GB") ? 1 : LEAST_REPORTED,
                            MemoryOf.called(memory.group(4)))
                    : find(each, catalogue::findHardware, hardwareWords, "hardware")
                            .or(() -> withoutPcie(each));
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

    /** Cards that are only made so need not say it: "L40S 48GB PCIe". */
    private Optional<Match> withoutPcie(String written) {
        String without = PCIE.matcher(written).replaceAll(" ");
        return without.equals(written)
                ? Optional.empty()
                : findHardware(without)
                        .filter(it -> wordsOf(it.name()).stream().noneMatch(FORMS::contains))
                        .map(it -> new Match(it.id(), "\"" + written + "\" is read as " + it.name() + "."));
    }

    /** @param atLeast how much of its memory a card says that it has */
    private Optional<Match> withMemory(String written, String name, double gigabytes, double atLeast, MemoryOf whose) {
        Predicate<Hardware> hasAsMuch = it -> gigabytes >= it.memoryGiB() * atLeast && gigabytes <= it.memoryGiB();
        Optional<Hardware> named = findHardware(name);
        if (named.filter(hasAsMuch).isPresent()) {
            return named.map(it -> new Match(it.id(), ""));
        }
        List<Words<Hardware>> same = hardwareWords.stream()
                .filter(each -> hasAsMuch.test(each.row()))
                .filter(each -> whose != MemoryOf.HOST || each.row().memoryKind() == MemoryKind.UNIFIED)
                .toList();
        Optional<Match> other = same.stream()
                .map(each -> Numbers.plain(each.row().memoryGiB()))
                .distinct()
                .flatMap(memory -> find(
                        written,
                        any -> Optional.empty(),
                        name + " " + memory + "GB",
                        same,
                        "hardware with as much memory")
                        .stream())
                .findFirst();
        boolean ofDriver = atLeast < 1 && whose == MemoryOf.EITHER; // which speak of cards
        return other.or(() -> named.filter(it -> isOfTheHost(it, gigabytes, whose))
                .filter(it -> !ofDriver || gigabytes > 2 * it.memoryGiB())
                .map(it -> new Match(
                        it.id(),
                        it.name() + " has " + Numbers.plain(it.memoryGiB()) + " GB; the "
                                + Numbers.plain(Math.rint(gigabytes)) + " GB beside it are read as its host's.")));
    }

    /** A card with less memory than it has would be another card; no machine has more where memory is one. */
    private static boolean isOfTheHost(Hardware it, double gigabytes, MemoryOf whose) {
        return it.memoryKind() != MemoryKind.UNIFIED
                && (whose == MemoryOf.HOST || whose == MemoryOf.EITHER && gigabytes > it.memoryGiB());
    }

    /** Also by what a cloud calls a machine of it. */
    public Optional<Hardware> findHardware(String written) {
        return isFigures(written)
                ? Optional.empty()
                : catalogue
                        .findHardware(written)
                        .or(() -> hardware(written)
                                .map(Match::id)
                                .or(() -> findInstance(written).map(Offer::hardware))
                                .flatMap(catalogue::findHardware));
    }

    /** "50-80" is no 5080. */
    private static boolean isFigures(String written) {
        return FIGURES.matcher(written.strip()).matches();
    }

    /** The dollars for one of another currency, by its three letters: the row {@code usdPer.EUR} of {@code Defaults}. */
    public Optional<Default> usdPer(String currency) {
        return catalogue.findDefault(Default.USD_PER + currency, "any").filter(each -> each.number() != null);
    }

    /** Whether there is any. */
    public boolean hasRates() {
        return catalogue.hasRates();
    }

    /** What an hour of one device is offered for, from the lowest to the highest; empty where nobody offers it. */
    public DoubleSummaryStatistics hourly(String hardwareId) {
        return hourly.computeIfAbsent(
                hardwareId,
                id -> catalogue.offers().stream()
                        .filter(each -> each.hardware().equals(id))
                        .mapToDouble(Offer::usdPerDeviceHour)
                        .summaryStatistics());
    }

    /**
     * What is rented by the name of an instance, e.g. {@code p5.48xlarge}: on demand, where there is a choice. Empty where
     * the offers of that name are not of the same devices.
     */
    public Optional<Offer> findInstance(String written) {
        List<Offer> exactly = instances.getOrDefault(instanceKey(written), List.of());
        List<Offer> named = exactly.isEmpty() ? series.getOrDefault(seriesKey(written), List.of()) : exactly;
        return named.stream()
                                .map(each -> each.hardware() + each.devicesPerInstance())
                                .distinct()
                                .count()
                        == 1
                ? named.stream().min(Comparator.comparing(Offer::isSpot).thenComparing(Offer::usdPerDeviceHour))
                : Optional.empty();
    }

    private static String instanceKey(String name) {
        return Ids.normalise(CLOUD.matcher(name.strip()).replaceFirst(""));
    }

    /** Of Azure's series for training: {@code Standard_ND96isr_H100_v5} is of "ND H100 v5". */
    private static String seriesKey(String name) {
        return Ids.normalise(SIZE_IN_SERIES
                .matcher(CLOUD.matcher(name.strip()).replaceFirst(""))
                .replaceFirst("$1"));
    }

    /** Also by the name of its repository, and as files, tags and conversions are called: {@code qwen3:32b-q4_K_M}. */
    public Optional<Model> findModel(String written) {
        return catalogue
                .findModel(written)
                .or(() -> remembered(models, written, this::modelOfAnyName)
                        .flatMap(match -> catalogue.findModel(match.id())));
    }

    private Optional<Match> modelOfAnyName(String given) {
        String written = BEFORE_A_MODEL.matcher(given).replaceFirst("");
        List<Model> published = catalogue.models().stream()
                .filter(each -> repositories(each.published()).anyMatch(written::equalsIgnoreCase))
                .toList();
        String plain = withoutPrecision(written.substring(written.lastIndexOf('/') + 1));
        return published.size() == 1
                ? Optional.of(new Match(published.get(0).id(), ""))
                : catalogue
                        .findModel(plain)
                        .map(each -> new Match(each.id(), ""))
                        .or(() -> find(plain, any -> Optional.empty(), modelWords, "model"))
                        .or(() -> withoutPublisher(plain));
    }

    /** Bartowski's files have the publisher before the name: "Qwen_Qwen3-32B". */
    private Optional<Match> withoutPublisher(String plain) {
        int behind = plain.indexOf('_') + 1;
        return behind == 0
                ? Optional.empty()
                : catalogue.findModel(plain.substring(behind)).map(each -> new Match(each.id(), ""));
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
        return end.isEmpty()
                ? Optional.empty()
                : Optional.of(end.replaceFirst("^[-_.:@ ]\\(?", "").replaceFirst("\\)$", ""));
    }

    /**
     * The same as a precision may be called: {@code Q4_K_M} of {@code Qwen3-32B-GGUF:Q4_K_M}. Four bits alone are those of
     * several formats, and MLX's only where the name says MLX.
     */
    public static Optional<String> quantizationIn(String model) {
        return precisionIn(model)
                .map(end -> SAYS_NO_PRECISION.matcher(end).replaceAll("").replaceAll("^[-_.:]+|[-_.:]+$", ""))
                .filter(end -> !end.isEmpty())
                .filter(end -> !end.toLowerCase(Locale.ROOT).endsWith("bit")
                        || model.toLowerCase(Locale.ROOT).contains("mlx"));
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
                                .map(each -> Words.of(each, Set.of(), any -> Set.of()))
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
        boolean alone = having.size() == 1
                && !words.stream().allMatch(word -> ONLY_NUMBER.matcher(word).matches()); // "3" is no Gaudi 3
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
        if (text.length() > LONGEST_NAME) {
            return Stream.of(text); // is nobody's
        }
        String plain = text.toLowerCase(Locale.ROOT);
        for (Map.Entry<Pattern, String> each : SPELLINGS.entrySet()) {
            plain = each.getKey().matcher(plain).replaceAll(each.getValue());
        }
        return Arrays.stream(BETWEEN_WORDS.split(plain))
                .map(word -> UNIT.matcher(word).replaceFirst(""))
                .map(word -> DOTS_AROUND.matcher(word).replaceAll(""))
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
