package quartermaster.decision;

import quartermaster.unit.Numbers;

/**
 * What a row of a decision table gives: always the same, or a line over the bounded range of one of its numbers.
 *
 * @param from 0 to 100, at the low end of the range
 * @param to 0 to 100, at its high end
 * @param over the column whose number moves along the line; that of a level line does not matter
 * @param logarithmic whether twice the number is the same step anywhere
 */
public record Points(double from, double to, Column over, Condition.Within range, boolean logarithmic) {
    private static final Column NOTHING = new Column(
            "nothing", Column.Kind.NUMBER, Condition.Within.ANYTHING, false, java.util.List.of(), "", any -> 0.0);

    /** The same for every candidate. */
    public static Points of(double points) {
        return new Points(points, points, NOTHING, Condition.Within.ANYTHING, false);
    }

    /** Whether every candidate gets the same. */
    boolean isLevel() {
        return from == to;
    }

    /** The points of a candidate that the row matches. */
    public double of(Assessment assessment) {
        return isLevel() || !(over.value().apply(assessment) instanceof Number number)
                ? from
                : at(number.doubleValue());
    }

    /**
     * {@code from + (to − from) × (value − low) ÷ (high − low)}, of a logarithmic line with the logarithms of all three.
     * Example: 100..40 log over 100..10,000 gives 70 at 1,000.
     */
    public double at(double value) {
        double along = logarithmic
                ? Math.log(value / range.low()) / Math.log(range.high() / range.low())
                : (value - range.low()) / (range.high() - range.low());
        return from + (to - from) * along;
    }

    /** As in a cell, e.g. {@code 70} or {@code 100..40 log}. */
    @Override
    public String toString() {
        return from == to
                ? Numbers.plain(from)
                : Numbers.plain(from) + ".." + Numbers.plain(to) + (logarithmic ? " log" : "");
    }
}
