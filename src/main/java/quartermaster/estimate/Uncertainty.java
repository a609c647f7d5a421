package quartermaster.estimate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import quartermaster.unit.Range;

/**
 * How far an estimate may be off: the spread of its evidence, widened for everything that goes beyond it. Spreads are
 * factors and add up as the root of the sum of their squared logarithms.
 */
final class Uncertainty {
    private static final double[] NONE = {};
    private static final int MORE = 4;

    private final double low;
    private final double high;
    private double[] widenings = NONE; // squared logarithms of the factors
    private int count; // of those
    private List<String> reasons = List.of();
    private double down; // from the typical value; 0 while nobody has asked
    private double up;

    Uncertainty(double lowMultiplier, double highMultiplier) {
        this.low = lowMultiplier;
        this.high = highMultiplier;
    }

    /** What goes beyond the evidence, and the square of its factor's logarithm, which is found once. */
    record Widening(double squaredLogarithm, String reason) {
        static Widening of(double factor, String reason) {
            return new Widening(Math.pow(Math.log(factor), 2), reason);
        }
    }

    Uncertainty widenIf(boolean beyond, double factor, String reason) {
        return beyond ? widenIf(true, Widening.of(factor, reason)) : this;
    }

    Uncertainty widenIf(boolean beyond, Widening widening) {
        if (beyond) {
            widenings = count == widenings.length ? Arrays.copyOf(widenings, count + MORE) : widenings;
            reasons = reasons.isEmpty() ? new ArrayList<>(MORE) : reasons;
            widenings[count++] = widening.squaredLogarithm();
            reasons.add(widening.reason());
            down = 0;
        }
        return this;
    }

    List<String> reasons() {
        return List.copyOf(reasons);
    }

    /** The range of a value; example: 14 with multipliers 0.88 and 1.12 and a factor of 1.10: 11.9 to 16.2. */
    Range of(double typical) {
        if (down == 0) {
            down = spread(1 / low);
            up = spread(high);
        }
        return new Range(typical / down, typical, typical * up);
    }

    private double spread(double base) {
        double sum = Math.pow(Math.log(base), 2);
        for (int i = 0; i < count; i++) {
            sum += widenings[i];
        }
        return Math.exp(Math.sqrt(sum));
    }
}
