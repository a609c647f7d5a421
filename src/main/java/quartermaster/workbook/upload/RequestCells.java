package quartermaster.workbook.upload;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import quartermaster.catalogue.Catalogue;
import quartermaster.catalogue.LooseNames;
import quartermaster.request.Acquisition;
import quartermaster.request.Budget;
import quartermaster.request.Constraints;
import quartermaster.request.Constraints.Owned;
import quartermaster.request.DecisionRequest;
import quartermaster.request.Explain;
import quartermaster.request.InlineModel;
import quartermaster.request.RequestField;
import quartermaster.request.RequestFields;
import quartermaster.request.RequestSource;
import quartermaster.request.Skill;
import quartermaster.request.Use;
import quartermaster.request.Workload;
import quartermaster.request.WorkloadType;
import quartermaster.unit.Choice;
import quartermaster.unit.Fields;
import quartermaster.unit.Ids;

/** Fields of a request as cells have them. */
public final class RequestCells {
    private static final String TYPE = "workload.type";
    private static final String NONE = "none"; // of a few: not the same as an empty cell
    private static final Set<String> NOT_STATED =
            Set.of("n/a", "n.a.", "-", "–", "—", "?", "tbd", "t.b.d.", "unknown", "not stated", "k.a.");
    private static final Map<Acquisition, Set<String>> ACQUISITIONS = Map.of(
            Acquisition.BUY, Set.of("purchase", "purchased", "kauf", "kaufen", "achat"),
            Acquisition.RENT, Set.of("rental", "rented", "cloud", "miete", "mieten", "location"),
            Acquisition.OWNED, Set.of("own", "in house", "existing", "vorhanden"));
    private static final int LONGEST_LINE = 300;
    private static final Pattern BETWEEN_SEVERAL = Pattern.compile("\\s*[,;\\n]\\s*|\\s+(?:/|&|or|and|oder|und)\\s+");
    private static final int LONGEST_LIST = 2_000;
    private static final Set<String> NO_LIMIT = Set.of(NONE, "unlimited", "no limit", "any");
    private static final Pattern COUNT_BEFORE = Pattern.compile("(\\d{1,6})\\s*(?:[x*]\\s+|×\\s*)(.+)");

    /** Other ways to count, each with the group that has the name. */
    private static final List<Map.Entry<Pattern, Integer>> COUNTS = List.of(
            Map.entry(Pattern.compile("(\\d{1,4})\\s*[xX*×]\\s*(.+)"), 2),
            Map.entry(Pattern.compile("(\\d{1,2}) +(.+)"), 2),
            Map.entry(
                    Pattern.compile("(?i)(single|dual|two|three|quad|four|eight) (?!.*\\b(?:oc|evo|edition)\\b)(.+)"),
                    2),
            Map.entry(Pattern.compile("(?i)(?:nvidia )?(dgx)[- ](h100|h200|b200|b300)"), 2),
            Map.entry(
                    Pattern.compile("(?i)gpu_(\\d{1,2})x_(?!a100(?!_80gb))(.+)"),
                    2), // Lambda's instances; its A100s have 40 GB
            Map.entry(Pattern.compile("(?i)(.+?)\\s*\\(\\s*[x*×]?\\s*(\\d{1,4})\\s*[x*×]?\\s*\\)"), 1),
            Map.entry(Pattern.compile("(?i)(?:(?:nvidia )?hgx )?(.+?)[,(\\s]+(\\d{1,3})[- ]?(?:gpus?|cards?)\\)?"), 1),
            Map.entry(Pattern.compile("(?i)(.+?)\\s*[x×](\\d{1,2})(?:\\s+(?:node|server|board))?"), 1));

    /** A server's name before what is in it: "Dell XE9680 8x H200". */
    private static final Pattern BEHIND_A_NAME =
            Pattern.compile("(?i)(?!.*\\b(?:nodes|servers|hosts|machines|up to|max|or|and|vs|oder|und|bis)\\b)"
                    + "([a-z][\\w.-]*(?: [a-z][\\w.-]*){0,4}) (\\d{1,2}\\s*[x×]\\s*.+)");

    private static final Map<String, Integer> WORDS_OF_COUNTS =
            Map.of("dgx", 8, "single", 1, "dual", 2, "two", 2, "three", 3, "quad", 4, "four", 4, "eight", 8);

    /** What stands around cards and is none. */
    private static final Pattern OF_A_SERVER = Pattern.compile(
            "(?i)\\b(?:xeon|epyc|threadripper|ryzen(?! ai)|core i\\d|i[3579]-\\d{4,5}\\w*|core ultra|cpus?|vcpus?|ddr\\d|rdimm|nvme|ssd|hdd|psus?"
                    + "|poweredge|proliant|thinksystem|supermicro|sys-\\w+|chassis|ubuntu|windows|linux)\\b"
                    + "|^\\s*\\d+\\s*[gt]i?b\\s*(?:ram|memory|system memory)?\\s*$");

    private static final Pattern COUNT_BEHIND = Pattern.compile("(.+?)(?:\\s+[xX*]|\\s*×)\\s*(\\d{1,6})");

    private RequestCells() {}

    /** The cells of a row; fields without a column say nothing. */
    public static RequestSource of(Fields row) {
        return field -> field.column() == null ? null : read(field, row);
    }

    /** What a row says, without candidates; {@code asOf} and the like are those of the run. */
    @SuppressWarnings("unchecked") // as the row of the skills says
    public static DecisionRequest request(Fields row) {
        RequestSource cells = of(row);
        Workload workload = several(cells.read(Workload.class, "workload", RequestFields.ALL));
        Budget budget = cells.read(Budget.class, "budget", RequestFields.ALL);
        Set<Skill> skills = (Set<Skill>) cells.value(RequestFields.get("team.skills"));
        Constraints constraints = cells.read(Constraints.class, "constraints", RequestFields.ALL);
        return new DecisionRequest(
                workload,
                budget,
                skills,
                constraints,
                List.of(),
                LocalDate.EPOCH,
                Explain.SUMMARY,
                DecisionRequest.DEFAULT_LIMIT);
    }

    /** A list of models, or {@code any}, where one is expected: those to choose from. */
    private static Workload several(Workload workload) {
        List<String> said = inModelCell(workload.model());
        return said.isEmpty() || !workload.models().isEmpty()
                ? workload
                : workload.with("model", null).with("models", said);
    }

    /** The models in a cell that is for one; none where there is but one. */
    static List<String> inModelCell(@Nullable String cell) {
        if (cell == null
                || !cell.contains(";") && !cell.contains("\n") && !cell.strip().equalsIgnoreCase(Workload.ANY_MODEL)) {
            return List.of();
        }
        return Stream.of(cell.split("[;\n]"))
                .map(String::strip)
                .filter(each -> !each.isEmpty())
                .map(each -> each.equalsIgnoreCase(Workload.ANY_MODEL) ? Workload.ANY_MODEL : each)
                .distinct()
                .toList();
    }

    /** What a cell for one names with commas or the like between, where each is known and the whole is not. */
    static Optional<List<String>> severalIn(String cell, Predicate<String> isKnown) {
        if (cell.length() > LONGEST_LIST) {
            return Optional.empty();
        }
        List<String> parts = Stream.of(BETWEEN_SEVERAL.split(cell))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .distinct()
                .toList();
        return parts.size() > 1 && !isKnown.test(cell) && parts.stream().allMatch(isKnown)
                ? Optional.of(parts)
                : Optional.empty();
    }

    private static @Nullable Object read(RequestField field, Fields row) {
        String header = field.header();
        if (!field.required()
                && (row.isOneOf(NOT_STATED, header) || isNumber(field) && row.isOneOf(NO_LIMIT, header))) {
            return null;
        }
        for (Map.Entry<Acquisition, Set<String>> each : ACQUISITIONS.entrySet()) {
            if (field.name().equals("acquisition") && row.isOneOf(each.getValue(), header)) {
                return each.getKey();
            }
        }
        return switch (field.kind()) {
            case TEXT, MODEL -> field.required() ? row.text(header) : row.textOrNull(header);
            case WHOLE_NUMBER -> row.integerOrNull(header, (int) field.least());
            case NUMBER -> row.numberOrNull(header);
            case POSITIVE_NUMBER -> row.positiveOrNull(header);
            case SHARE -> row.shareOrNull(header);
            case YES_NO -> row.yesNoOrNull(header);
            case CHOICE ->
                field.path().equals(TYPE) && isUnknownType(row, header)
                        ? unknownType(row, header)
                        : field.required()
                                ? row.choice(field.requireChoices(), header)
                                : row.choiceOrNull(field.requireChoices(), header);
            case CHOICES -> choices(field, row);
            case TEXTS, MODELS -> row.list(header).stream().distinct().toList();
            case MACHINES -> machines(header, row);
            case DATE -> throw new IllegalStateException(field.path() + " has no column.");
        };
    }

    private static boolean isUnknownType(Fields row, String header) {
        String said = row.textOrNull(header);
        return said != null && Choice.find(WorkloadType.class, said).isEmpty();
    }

    /** Most people who write another word say what it is used for. */
    private static WorkloadType unknownType(Fields row, String header) {
        String said = String.valueOf(row.textOrNull(header));
        String hint = Ids.hint(said, Choice.ids(WorkloadType.class));
        row.reportWrong(
                "unknown-choice",
                header,
                said,
                "is not known." + hint
                        + (hint.contains("Allowed")
                                ? " " + Choice.id(WorkloadType.INTERNAL_TOOL) + " is for colleagues, "
                                        + Choice.id(WorkloadType.PRODUCTION) + " for customers."
                                : "")
                        + (Choice.find(Use.class, said).isPresent()
                                ? " " + said.strip() + " is a use, for a column "
                                        + RequestFields.get("workload.use").header() + "."
                                : ""));
        return WorkloadType.INTERNAL_TOOL;
    }

    private static boolean isNumber(RequestField field) {
        return switch (field.kind()) {
            case WHOLE_NUMBER, NUMBER, POSITIVE_NUMBER, SHARE -> true;
            default -> false;
        };
    }

    private static @Nullable Set<?> choices(RequestField field, Fields row) {
        String text = row.textOrNull(field.header());
        if (text == null) {
            return null;
        }
        return text.equalsIgnoreCase(NONE) ? Set.of() : row.choices(field.requireChoices(), field.header());
    }

    /** What stands in the cell of a request's field; null for an empty one. */
    public static @Nullable Object cell(RequestField field, DecisionRequest request) {
        Object value = field.in(request);
        if (value instanceof Enum<?> constant) {
            return Choice.id(constant);
        }
        if (value instanceof Boolean answer) {
            return answer ? "yes" : null;
        }
        if (value instanceof Set<?> constants) {
            return constants.isEmpty()
                    ? NONE
                    : RequestField.sorted(constants).stream().map(Choice::id).collect(Collectors.joining("; "));
        }
        if (value instanceof List<?> list) {
            return list.isEmpty()
                    ? null
                    : list.stream()
                            .map(each -> each instanceof Owned owned ? machine(owned) : String.valueOf(each))
                            .collect(Collectors.joining("; "));
        }
        return value instanceof InlineModel ? null : value;
    }

    private static String machine(Owned owned) {
        return owned.hardware() + (owned.devices() == null ? "" : " x " + owned.devices());
    }

    /** "nvidia-rtx-3090 x 2; Mac Studio M1 Max 64GB". */
    private static List<Owned> machines(String header, Fields row) {
        List<Owned> machines = new ArrayList<>();
        for (String entry : row.list(header)) {
            Owned read = machine(entry);
            if (read.devices() != null && read.devices() < 1) {
                row.reportWrong("out-of-range", header, entry, "must count at least one device.");
            } else {
                machines.add(read);
            }
        }
        return machines;
    }

    /**
     * Hardware with its count before or behind it, where it is known so and not with the count: "EVO X2" is a name. What
     * else a line says of the server around it is left out: "2x Xeon, 512GB RAM, 8x H100".
     */
    static Owned machine(String entry, LooseNames known) {
        if (entry.indexOf('\n') >= 0) {
            Optional<Owned> itself = known.findHardware(entry).isPresent()
                    ? Optional.empty() // a name in two lines
                    : MachineText.machine(entry, known::findHardware);
            if (itself.isPresent()) {
                return itself.get();
            }
        }
        if (entry.length() > LONGEST_LINE || known.findHardware(entry).isPresent()) {
            return new Owned(entry, null);
        }
        return counted(entry, known)
                .or(() -> inServer(entry, known))
                .or(() -> behindAName(entry, known))
                .orElseGet(() -> new Owned(entry, null));
    }

    /**
     * Hardware that is named outside of tables, with its devices, of which there is one where nobody says how many; empty
     * where its name has another count than the one that is said beside it.
     */
    public static Optional<Owned> named(String entry, @Nullable Integer beside, Catalogue catalogue) {
        Owned read = machine(entry, new LooseNames(catalogue));
        Integer devices = read.devices() == null ? beside : read.devices();
        return Optional.of(new Owned(read.hardware(), devices == null ? Integer.valueOf(1) : devices))
                .filter(it -> beside == null || beside.equals(it.devices()));
    }

    private static Optional<Owned> counted(String entry, LooseNames known) {
        return Stream.concat(
                        Stream.of(machine(entry)).filter(each -> each.devices() != null),
                        COUNTS.stream()
                                .map(each -> counted(each.getKey().matcher(entry), each.getValue()))
                                .flatMap(Optional::stream))
                .filter(each -> each.devices() != null && each.devices() > 0)
                .filter(each -> known.findHardware(each.hardware()).isPresent())
                .findFirst();
    }

    private static Optional<Owned> counted(Matcher matcher, int groupOfName) {
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String count = matcher.group(3 - groupOfName).toLowerCase(Locale.ROOT);
        Integer number = WORDS_OF_COUNTS.get(count);
        return Optional.of(
                new Owned(matcher.group(groupOfName).strip(), number == null ? Integer.valueOf(count) : number));
    }

    private static Optional<Owned> behindAName(String entry, LooseNames known) {
        Matcher named = BEHIND_A_NAME.matcher(entry);
        return named.matches() && known.findHardware(named.group(1)).isEmpty()
                ? counted(named.group(2), known)
                : Optional.empty();
    }

    private static Optional<Owned> inServer(String entry, LooseNames known) {
        List<String> parts = Stream.of(
                        entry.split("\\s*(?:[,;|+]|(?<=\\s)/(?=\\s)|(?<![a-z])(?:with|mit|incl\\.?)(?![a-z]))\\s*"))
                .filter(part -> !part.isBlank() && !OF_A_SERVER.matcher(part).find())
                .toList();
        if (parts.size() != 1 || parts.get(0).strip().equals(entry.strip())) {
            return Optional.empty();
        }
        String only = parts.get(0).strip();
        return known.findHardware(only).isPresent() ? Optional.of(new Owned(only, null)) : counted(only, known);
    }

    private static Owned machine(String entry) {
        Matcher before = COUNT_BEFORE.matcher(entry);
        if (before.matches()) {
            return new Owned(before.group(2).strip(), Integer.valueOf(before.group(1)));
        }
        Matcher behind = COUNT_BEHIND.matcher(entry);
        return behind.matches()
                ? new Owned(behind.group(1).strip(), Integer.valueOf(behind.group(2)))
                : new Owned(entry, null);
    }
}
