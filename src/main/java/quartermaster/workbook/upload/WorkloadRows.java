package quartermaster.workbook.upload;

import static quartermaster.workbook.upload.WorkloadColumn.*;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import quartermaster.request.Budget;
import quartermaster.request.Constraints;
import quartermaster.request.Constraints.Owned;
import quartermaster.request.DecisionRequest;
import quartermaster.request.FineTuning;
import quartermaster.request.FineTuningMethod;
import quartermaster.request.Skill;
import quartermaster.request.Use;
import quartermaster.request.Workload;
import quartermaster.request.WorkloadType;
import quartermaster.unit.Choice;
import quartermaster.unit.Fields;

/** Which column of the sheet {@code Workload} is which component of a request. */
public final class WorkloadRows {
    private static final Pattern COUNT_BEFORE = Pattern.compile("(\\d{1,6})\\s*(?:[x*]\\s+|×\\s*)(.+)");
    private static final Pattern COUNT_BEHIND = Pattern.compile("(.+?)(?:\\s+[xX*]|\\s*×)\\s*(\\d{1,6})");

    private WorkloadRows() {}

    public static Workload workload(Fields fields) {
        return new Workload(
                fields.textOrNull(NAME.header()),
                fields.choice(WorkloadType.class, TYPE.header()),
                fields.textOrNull(MODEL.header()),
                null,
                fields.textOrNull(QUANTIZATION.header()),
                fields.textOrNull(KV_CACHE_QUANTIZATION.header()),
                fields.integerOrNull(INPUT_TOKENS.header(), 1),
                fields.integerOrNull(OUTPUT_TOKENS.header(), 1),
                fields.integerOrNull(CONTEXT_TOKENS.header(), 1),
                fields.integerOrNull(SHARED_PREFIX_TOKENS.header(), 0),
                fields.integerOrNull(CONCURRENCY.header(), 1),
                fields.integerOrNull(NAMED_USERS.header(), 1),
                fields.integerOrNull(REQUESTS_PER_DAY.header(), 1),
                fields.positiveOrNull(MIN_DECODE.header()),
                fields.positiveOrNull(MAX_TIME_TO_FIRST_TOKEN.header()),
                fineTuning(fields),
                fields.choiceOrNull(Use.class, USE.header()));
    }

    public static Budget budget(Fields fields) {
        return new Budget(
                fields.numberOrNull(PURCHASE_BUDGET.header()),
                fields.numberOrNull(MONTHLY_BUDGET.header()),
                fields.integerOrNull(HORIZON.header(), 1),
                fields.shareOrNull(UTILIZATION.header()),
                fields.numberOrNull(ELECTRICITY.header()));
    }

    /** Null where the cell is empty: nothing was said about the team. */
    public static @Nullable Set<Skill> skills(Fields fields) {
        String text = fields.textOrNull(SKILLS.header());
        if (text == null) {
            return null;
        }
        return text.equalsIgnoreCase("none") ? Set.of() : fields.choices(Skill.class, SKILLS.header());
    }

    public static Constraints constraints(Fields fields) {
        return new Constraints(
                fields.yesNoOr(OFFLINE.header(), false),
                fields.yesNoOr(DATA_MUST_STAY.header(), false),
                fields.yesNoOr(MOBILE.header(), false),
                fields.integerOrNull(AVAILABLE_WITHIN.header(), 0),
                fields.yesNoOr(ALLOW_PROJECTED.header(), false),
                owned(fields));
    }

    /** What stands in the cell of a request's field; null for an empty one. */
    public static @Nullable Object cell(WorkloadColumn column, DecisionRequest request) {
        Workload workload = request.workload();
        FineTuning training = workload.fineTuning();
        Budget budget = request.budget();
        Constraints constraints = request.constraints();
        return switch (column) {
            case NAME -> workload.name();
            case TYPE -> Choice.id(workload.type());
            case MODEL -> workload.model();
            case QUANTIZATION -> workload.quantization();
            case KV_CACHE_QUANTIZATION -> workload.kvCacheQuantization();
            case INPUT_TOKENS -> workload.inputTokens();
            case OUTPUT_TOKENS -> workload.outputTokens();
            case CONTEXT_TOKENS -> workload.contextTokens();
            case SHARED_PREFIX_TOKENS -> workload.sharedPrefixTokens();
            case CONCURRENCY -> workload.concurrency();
            case NAMED_USERS -> workload.namedUsers();
            case REQUESTS_PER_DAY -> workload.requestsPerDay();
            case MIN_DECODE -> workload.minDecodeTokensPerSecond();
            case MAX_TIME_TO_FIRST_TOKEN -> workload.maxTimeToFirstTokenSeconds();
            case FINE_TUNING_METHOD ->
                training == null || training.method() == null ? null : Choice.id(training.method());
            case FINE_TUNING_BATCH -> training == null ? null : training.batch();
            case FINE_TUNING_SEQUENCE_TOKENS -> training == null ? null : training.sequenceTokens();
            case USE -> workload.use() == null ? null : Choice.id(workload.use());
            case PURCHASE_BUDGET -> budget.purchaseUsd();
            case MONTHLY_BUDGET -> budget.monthlyUsd();
            case HORIZON -> budget.horizonMonths();
            case UTILIZATION -> budget.utilization();
            case ELECTRICITY -> budget.electricityUsdPerKwh();
            case SKILLS -> request.skills() == null ? null : skills(request.skills());
            case OFFLINE -> constraints.offline() ? "yes" : null;
            case DATA_MUST_STAY -> constraints.dataMustStay() ? "yes" : null;
            case MOBILE -> constraints.mobile() ? "yes" : null;
            case AVAILABLE_WITHIN -> constraints.availableWithinWeeks();
            case ALLOW_PROJECTED -> constraints.allowProjected() ? "yes" : null;
            case OWNED -> constraints.owned().isEmpty() ? null : owned(constraints.owned());
        };
    }

    private static String skills(Set<Skill> skills) {
        return skills.isEmpty()
                ? "none"
                : skills.stream().sorted().map(Choice::id).collect(Collectors.joining("; "));
    }

    private static String owned(List<Owned> owned) {
        return owned.stream()
                .map(each -> each.hardware() + (each.devices() == null ? "" : " x " + each.devices()))
                .collect(Collectors.joining("; "));
    }

    private static @Nullable FineTuning fineTuning(Fields fields) {
        FineTuning said = new FineTuning(
                fields.choiceOrNull(FineTuningMethod.class, FINE_TUNING_METHOD.header()),
                fields.integerOrNull(FINE_TUNING_BATCH.header(), 1),
                fields.integerOrNull(FINE_TUNING_SEQUENCE_TOKENS.header(), 1));
        return said.method() == null && said.batch() == null && said.sequenceTokens() == null ? null : said;
    }

    /** "nvidia-rtx-3090 x 2; Mac Studio M1 Max 64GB". */
    private static List<Owned> owned(Fields fields) {
        List<Owned> owned = new ArrayList<>();
        for (String entry : fields.list(OWNED.header())) {
            Owned read = owned(entry);
            if (read.devices() != null && read.devices() < 1) {
                fields.reportWrong("out-of-range", OWNED.header(), entry, "must count at least one device.");
            } else {
                owned.add(read);
            }
        }
        return owned;
    }

    private static Owned owned(String entry) {
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
