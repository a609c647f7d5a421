package quartermaster.decision;

import java.util.List;
import quartermaster.unit.Place;

/**
 * A number that rules compare with, and advice goes by: one row of the sheet {@code Thresholds}.
 *
 * @param unit in words, e.g. {@code %}
 * @param at the cell of its name, e.g. {@code Thresholds!A7}
 */
public record Threshold(String name, double value, String unit, String because, Place at) {
    public static final String PICKS = "picks: points behind the best";
    public static final String PICKS_OWNED = "picks: fit of what is owned";
    public static final String PICKS_COST = "picks: cost of a faster one";
    public static final String LOCAL_REQUESTS = "requests at once without continuous batching";
    public static final String SMALLER_MODEL = "plan: cost of a smaller model";
    public static final String SMALLER_SIZE = "plan: size of a smaller model";
    public static final String WEEKS_BRIDGED = "plan: weeks worth bridging";
    public static final String MOVED = "growth: points worth moving for";
    public static final String FARTHEST_FLIP = "flips: farthest";
    public static final String FLIP_CHANGE = "flips: coin flip, change";
    public static final String FLIP_POINTS = "flips: coin flip, points";
    public static final String MADE_UP_FOR = "flips: points made up for";
    public static final String COIN_FLIP = "sure: coin flip";
    public static final String COIN_FLIP_TOGETHER = "sure: coin flip, both together";
    public static final String COIN_FLIP_APART = "sure: coin flip, apart";
    public static final String COIN_FLIP_COST = "sure: coin flip, cost";
    public static final String MOST_DRAWS = "sure: most draws";
    public static final String WEIGHTS_VARY = "sure: weights vary";
    public static final String HEADLINE = "headline: nearest assumption";
    public static final String PEOPLE = "questions: requests that may be people";
    public static final String FARTHEST_QUESTION = "questions: farthest assumption";
    public static final String COST_THAT_MATTERS = "questions: cost that matters";
    public static final String REPEATED_PROMPT = "questions: repeated prompt";

    /** Of rules, and of imports: from how many days on a price is old. */
    public static final String STALE_PRICE = "stale price";

    /** Those that Java cannot do without; all others are for rules. */
    public static final List<String> OF_THE_PROGRAM = List.of(
            PICKS,
            PICKS_OWNED,
            PICKS_COST,
            LOCAL_REQUESTS,
            SMALLER_MODEL,
            SMALLER_SIZE,
            WEEKS_BRIDGED,
            MOVED,
            FARTHEST_FLIP,
            FLIP_CHANGE,
            FLIP_POINTS,
            MADE_UP_FOR,
            COIN_FLIP,
            COIN_FLIP_TOGETHER,
            COIN_FLIP_APART,
            COIN_FLIP_COST,
            MOST_DRAWS,
            WEIGHTS_VARY,
            HEADLINE,
            PEOPLE,
            FARTHEST_QUESTION,
            COST_THAT_MATTERS,
            REPEATED_PROMPT);
}
