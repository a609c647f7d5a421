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
    private List<Double> widenings = List.of(); // squared logarithms of the factors
    private List<String> reasons = List.of();
    private double down; // from the typical value; 0 while nobody has asked
    private double up;

    Uncertainty(double lowMultiplier, double highMultiplier) {
        this.low = lowMultiplier;
        this.high = highMultiplier;
    }

    Uncertainty widenIf(boolean beyond, double factor, String reason) {
        if (beyond) {
            widenings = widenings.isEmpty() ? new ArrayList<>() : widenings;
            reasons = reasons.isEmpty() ? new ArrayList<>() : reasons;
            widenings.add(Math.pow(Math.log(factor), 2));
            reasons.add(reason);
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
        for (double widening : widenings) {
            sum += widening;
        }
        return Math.exp(Math.sqrt(sum));
    }
}
