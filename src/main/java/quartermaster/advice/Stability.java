package quartermaster.advice;

import java.util.List;
import org.jspecify.annotations.Nullable;
import quartermaster.decision.Recommendation;

/**
 * How sure the first place is.
 *
 * @param draws how often everything was drawn anew
 * @param staysFirstPercent in how many of them the winner stayed first
 * @param rival what won most of the others; null where nothing did
 * @param rivalFirstPercent how often
 * @param inputs what the first place depends on most, most first
 */
public record Stability(
        int draws,
        double staysFirstPercent,
        @Nullable Recommendation rival,
        double rivalFirstPercent,
        List<Input> inputs) {
    private static final double COIN_FLIP = 60;
    private static final double BOTH = 75;
    private static final double MOSTLY = 50;

    public Stability {
        inputs = List.copyOf(inputs);
    }

    /**
     * Something that is not known for sure.
     *
     * @param name in words
     * @param staysFirstPercent how often the winner stays first when nothing but this varies
     */
    public record Input(String name, double staysFirstPercent) {}

    /** Ahead as things stand, but another one is first in most of what they may turn out to be. */
    public boolean isRivalSafer() {
        return rival != null && rivalFirstPercent >= MOSTLY && rivalFirstPercent > staysFirstPercent;
    }

    /** Two that are so close that neither can be called better. */
    public boolean isCoinFlip() {
        return rival != null
                && staysFirstPercent < COIN_FLIP
                && staysFirstPercent + rivalFirstPercent >= BOTH
                && Math.abs(staysFirstPercent - rivalFirstPercent) <= COIN_FLIP / 2;
    }
}
