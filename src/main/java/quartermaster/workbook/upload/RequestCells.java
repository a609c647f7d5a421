package quartermaster.workbook.upload;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import quartermaster.catalogue.LooseNames;
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
import quartermaster.request.Workload;
import quartermaster.unit.Choice;
import quartermaster.unit.Fields;

/** Fields of a request as cells have them. */
public final class RequestCells {
    private static final String NONE = "none"; // of a few: not the same as an empty cell
    private static final Set<String> NOT_STATED =
            Set.of("n/a", "n.a.", "-", "–", "—", "?", "tbd", "t.b.d.", "unknown", "not stated", "k.a.");
    private static final Set<String> NO_LIMIT = Set.of(NONE, "unlimited", "no limit", "any");
    private static final Pattern COUNT_BEFORE = Pattern.compile("(\\d{1,6})\\s*(?:[x*]\\s+|×\\s*)(.+)");
    private static final Pattern COUNT_JOINED = Pattern.compile("(\\d{1,4})\\s*[xX*×]\\s*(.+)");
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
        if (cell == null || !cell.contains(";") && !cell.strip().equalsIgnoreCase(Workload.ANY_MODEL)) {
            return List.of();
        }
        return Stream.of(cell.split(";"))
                .map(String::strip)
                .filter(each -> !each.isEmpty())
                .map(each -> each.equalsIgnoreCase(Workload.ANY_MODEL) ? Workload.ANY_MODEL : each)
                .distinct()
                .toList();
    }

    private static @Nullable Object read(RequestField field, Fields row) {
        String header = field.header();
        if (!field.required()
                && (row.isOneOf(NOT_STATED, header) || isNumber(field) && row.isOneOf(NO_LIMIT, header))) {
            return null;
        }
        return switch (field.kind()) {
            case TEXT, MODEL -> field.required() ? row.text(header) : row.textOrNull(header);
            case WHOLE_NUMBER -> row.integerOrNull(header, (int) field.least());
            case NUMBER -> row.numberOrNull(header);
            case POSITIVE_NUMBER -> row.positiveOrNull(header);
            case SHARE -> row.shareOrNull(header);
            case YES_NO -> row.yesNoOrNull(header);
            case CHOICE ->
                field.required()
                        ? row.choice(field.requireChoices(), header)
                        : row.choiceOrNull(field.requireChoices(), header);
            case CHOICES -> choices(field, row);
            case TEXTS, MODELS -> row.list(header).stream().distinct().toList();
            case MACHINES -> machines(header, row);
            case DATE -> throw new IllegalStateException(field.path() + " has no column.");
        };
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

    /** Hardware with its count before or behind it, where it is known so and not with the count: "EVO X2" is a name. */
    static Owned machine(String entry, LooseNames known) {
        if (known.findHardware(entry).isEmpty()) {
            Matcher joined = COUNT_JOINED.matcher(entry);
            Owned read = joined.matches()
                    ? new Owned(joined.group(2).strip(), Integer.valueOf(joined.group(1)))
                    : machine(entry);
            if (read.devices() != null
                    && read.devices() > 0
                    && known.findHardware(read.hardware()).isPresent()) {
                return read;
            }
        }
        return new Owned(entry, null);
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
