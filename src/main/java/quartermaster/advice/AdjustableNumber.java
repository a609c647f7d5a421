package quartermaster.advice;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import quartermaster.decision.Assessment;
import quartermaster.request.DecisionRequest;
import quartermaster.unit.Records;

/**
 * A number of the request that whoever asks has in hand.
 *
 * @param field as in the request
 * @param whole whether only whole numbers make sense
 * @param most the largest that does
 * @param unsaid where to begin when it was not said and nothing is assumed: what the winner reaches
 * @param stricter when it was not said: whether a smaller one asks for more
 */
record AdjustableNumber(
        String field,
        boolean whole,
        double least,
        double most,
        @Nullable ToDoubleFunction<Assessment> unsaid,
        boolean stricter) {
    private static final double[] STEPS = {1.1, 1.25, 1.5, 2, 3, 4, 8, 16, 64};
    private static final MathContext FOUR_DIGITS_UP = new MathContext(4, RoundingMode.UP);
    private static final MathContext FOUR_DIGITS_DOWN = new MathContext(4, RoundingMode.DOWN);

    private static final List<AdjustableNumber> ALL = List.of(
            count("workload.concurrency", 100_000),
            count("workload.namedUsers", 1_000_000),
            count("workload.requestsPerDay", 1_000_000_000),
            count("workload.inputTokens", 1_000_000),
            count("workload.contextTokens", 1_000_000),
            new AdjustableNumber(
                    "workload.minDecodeTokensPerSecond", false, 0.1, 10_000, Assessment::decodeSpeed, false),
            new AdjustableNumber(
                    "workload.maxTimeToFirstTokenSeconds", false, 0.001, 3600, Assessment::timeToFirstTokenP95, true),
            new AdjustableNumber("budget.purchaseUsd", false, 1, 1e9, it -> orZero(it.purchaseUsd()), true),
            new AdjustableNumber("budget.monthlyUsd", false, 1, 1e8, it -> orZero(it.monthlyUsd()), true),
            new AdjustableNumber("budget.utilization", false, 0.01, 1, null, false),
            new AdjustableNumber("budget.horizonMonths", true, 1, 120, null, false),
            new AdjustableNumber("constraints.availableWithinWeeks", true, 0, 104, null, false));

    /** Those that mean something for a request: who trains serves nobody meanwhile. */
    static List<AdjustableNumber> of(DecisionRequest filled) {
        boolean training = filled.workload().fineTuning() != null;
        return ALL.stream()
                .filter(each -> !training || !each.field().startsWith("workload."))
                .toList();
    }

    private static AdjustableNumber count(String field, double most) {
        return new AdjustableNumber(field, true, 1, most, null, false);
    }

    /** The value now; null when it was not said and nothing is assumed. */
    @Nullable
    Double now(DecisionRequest filled) {
        return Records.get(filled, field) instanceof Number number ? number.doubleValue() : null;
    }

    /** Values ever farther from one, up or down. */
    List<Double> away(double from, boolean up) {
        List<Double> values = new ArrayList<>();
        double last = from;
        for (double step : STEPS) {
            double next = Math.max(least, Math.min(most, up ? from * step : from / step));
            if (whole) {
                next = up ? Math.ceil(next) : Math.floor(next);
            }
            if (next != last && next >= least && next <= most) {
                values.add(next);
                last = next;
            }
        }
        return values;
    }

    /** A value between two, or null when they are as near as this field knows. */
    @Nullable
    Double between(double near, double far) {
        if (whole) {
            return Math.abs(far - near) <= 1 ? null : (double) Math.round((near + far) / 2);
        }
        double low = Math.max(Math.min(near, far), 1e-9);
        return Math.max(near, far) / low <= 1.004 ? null : Math.sqrt(low * Math.max(near, far));
    }

    /** The value with four digits, rounded away from where it came from. */
    double rounded(double value, double from) {
        return whole
                ? value
                : new BigDecimal(value)
                        .round(value > from ? FOUR_DIGITS_UP : FOUR_DIGITS_DOWN)
                        .doubleValue();
    }

    DecisionRequest set(DecisionRequest asked, double value) {
        return Records.with(asked, field, value(asked, value));
    }

    Object value(DecisionRequest asked, double value) {
        return Records.type(asked, field) == Integer.class ? (Object) (int) Math.round(value) : (Object) value;
    }

    private static double orZero(@Nullable Double number) {
        return number == null ? 0 : number;
    }
}
