package quartermaster.advice;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import quartermaster.catalogue.Model;
import quartermaster.decision.Assessment;
import quartermaster.request.DecisionRequest;
import quartermaster.request.RequestField;
import quartermaster.request.RequestFields;
import quartermaster.request.Workload;
import quartermaster.request.WorkloadType;

/** A number of the request that whoever asks has in hand, and may change. */
record AdjustableNumber(RequestField row) {
    private static final double[] STEPS = {1.1, 1.25, 1.5, 2, 3, 4, 8, 16, 64, 256};
    private static final MathContext FOUR_DIGITS_UP = new MathContext(4, RoundingMode.UP);
    private static final MathContext FOUR_DIGITS_DOWN = new MathContext(4, RoundingMode.DOWN);

    private static final Set<String> OF_WAITING =
            Set.of("workload.minDecodeTokensPerSecond", "workload.maxTimeToFirstTokenSeconds");

    private static final String BUSY = "budget.utilization";

    private static final Map<String, ToDoubleFunction<Assessment>> REACHED = Map.of(
            "workload.minDecodeTokensPerSecond",
            Assessment::decodeSpeed,
            "workload.maxTimeToFirstTokenSeconds",
            Assessment::timeToFirstTokenP95,
            "budget.purchaseUsd",
            it -> orZero(it.purchaseUsd()),
            "budget.monthlyUsd",
            it -> orZero(it.monthlyUsd()));

    /**
     * Those that mean something for a request: who trains serves nobody meanwhile, nobody waits for a batch, and how long it
     * is busy follows from the work where that is stated.
     */
    static List<AdjustableNumber> of(DecisionRequest filled) {
        boolean training = filled.workload().fineTuning() != null;
        boolean batch = filled.workload().type() == WorkloadType.BATCH;
        return RequestFields.ALL.stream()
                .filter(each -> each.tried() != null)
                .map(AdjustableNumber::new)
                .filter(each -> !each.field().startsWith("workload.")
                        || training == each.field().startsWith(RequestFields.TRAINING + "."))
                .filter(each -> !each.field().equals(BUSY) || !isWorkStated(filled.workload()))
                .filter(each -> !batch || !OF_WAITING.contains(each.field()) || each.now(filled) != null)
                .toList();
    }

    private static boolean isWorkStated(Workload workload) {
        return workload.requestsPerDay() != null || workload.requestsPerSecond() != null || workload.job() != null;
    }

    /** As in the request. */
    String field() {
        return row.path();
    }

    /** Whether only whole numbers make sense. */
    boolean whole() {
        return row.isWhole();
    }

    /** When it was not said: whether a smaller one asks for more, as of a limit. */
    boolean stricter() {
        return unsaid() != null && !tried().unsaidIsNone();
    }

    /** Where to begin when it was not said and nothing is assumed: what the winner reaches. */
    @Nullable
    ToDoubleFunction<Assessment> unsaid() {
        return REACHED.get(row.path());
    }

    private RequestField.Tried tried() {
        return Objects.requireNonNull(row.tried());
    }

    /** The value now; null when it was not said and nothing is assumed. */
    @Nullable
    Double now(DecisionRequest filled) {
        return row.in(filled) instanceof Number number ? number.doubleValue() : null;
    }

    /** Whether it limits what is spent. */
    boolean isBudget() {
        return row.isMoney();
    }

    /**
     * Values ever farther from one, up or down, the last one as far as it makes sense to ask.
     *
     * @param limit beyond which nobody asks
     */
    List<Double> away(double from, boolean up, double limit) {
        double end = up ? Math.min(limit, tried().most()) : Math.max(limit, tried().least());
        List<Double> values = new ArrayList<>();
        double last = from;
        for (double step : STEPS) {
            double next = up ? Math.min(end, from * step) : Math.max(end, from / step);
            if (whole()) {
                next = up ? Math.min(Math.ceil(next), Math.floor(end)) : Math.max(Math.floor(next), Math.ceil(end));
            }
            if (up ? next > last : next < last) {
                values.add(next);
                last = next;
            }
        }
        return values;
    }

    /** The smallest that makes sense beside all else that was said: a window holds the prompt and the answer. */
    double leastOf(DecisionRequest filled) {
        Integer prompt = filled.workload().inputTokens();
        Integer answer = filled.workload().outputTokens();
        return field().equals("workload.contextTokens") && prompt != null && answer != null ? prompt + answer : 0;
    }

    /** The largest that the model takes, of numbers of tokens; infinite for all others. */
    double mostOf(Model model, DecisionRequest filled) {
        Integer window = model.maxContext();
        Integer answer = filled.workload().outputTokens();
        if (window == null || filled.workload().fineTuning() != null) {
            return Double.POSITIVE_INFINITY;
        }
        return switch (field()) {
            case "workload.inputTokens" -> window - (answer == null ? 0 : answer);
            case "workload.contextTokens" -> window;
            default -> Double.POSITIVE_INFINITY;
        };
    }

    /** A value between two, or null when they are as near as this field knows. */
    @Nullable
    Double between(double near, double far) {
        if (whole()) {
            return Math.abs(far - near) <= 1 ? null : (double) Math.round((near + far) / 2);
        }
        double low = Math.max(Math.min(near, far), 1e-9);
        return Math.max(near, far) / low <= 1.004 ? null : Math.sqrt(low * Math.max(near, far));
    }

    /** The value with four digits, rounded away from where it came from. */
    double rounded(double value, double from) {
        return whole()
                ? value
                : new BigDecimal(value)
                        .round(value > from ? FOUR_DIGITS_UP : FOUR_DIGITS_DOWN)
                        .doubleValue();
    }

    DecisionRequest set(DecisionRequest asked, double value) {
        return row.set(asked, value(value));
    }

    Object value(double value) {
        return whole() ? (Object) (int) Math.round(value) : (Object) value;
    }

    private static double orZero(@Nullable Double number) {
        return number == null ? 0 : number;
    }
}
