package quartermaster.estimate;

import java.util.ArrayList;
import java.util.List;
import quartermaster.unit.Range;

/**
 * How far an estimate may be off: the spread of its evidence, widened for everything that goes beyond it. Spreads are
 * factors and add up as the root of the sum of their squared logarithms.
 */
final class Uncertainty {
    private final double low;
    private final double high;
    private final List<Double> factors = new ArrayList<>();
    private final List<String> reasons = new ArrayList<>();

    Uncertainty(double lowMultiplier, double highMultiplier) {
        this.low = lowMultiplier;
        this.high = highMultiplier;
    }

    Uncertainty widenIf(boolean beyond, double factor, String reason) {
        if (beyond) {
            factors.add(factor);
            reasons.add(reason);
        }
        return this;
    }

    List<String> reasons() {
        return List.copyOf(reasons);
    }

    /** The range of a value; example: 14 with multipliers 0.88 and 1.12 and a factor of 1.10: 11.9 to 16.2. */
    Range of(double typical) {
        return new Range(typical / spread(1 / low), typical, typical * spread(high));
    }

    private double spread(double base) {
        double sum = Math.pow(Math.log(base), 2);
        for (double factor : factors) {
            sum += Math.pow(Math.log(factor), 2);
        }
        return Math.exp(Math.sqrt(sum));
    }
}
