package quartermaster.decision;

import java.util.Set;
import quartermaster.unit.Place;

/**
 * A number that rules compare with: one row of the sheet {@code Thresholds}.
 *
 * @param unit in words, e.g. {@code %}
 * @param at the cell of its name, e.g. {@code Thresholds!A7}
 */
public record Threshold(String name, double value, String unit, String because, Place at) {
    public static final String PICKS = "picks: points behind the best";

    /** Those that Java reads; all others are for rules. */
    public static final Set<String> OF_THE_PROGRAM = Set.of(PICKS);
}
