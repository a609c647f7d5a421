package quartermaster.advice;

import java.util.List;
import org.jspecify.annotations.Nullable;
import quartermaster.decision.Policy;
import quartermaster.decision.Recommendation;
import quartermaster.decision.Threshold;

/**
 * How sure the first place is.
 *
 * @param draws how often everything was drawn anew
 * @param staysFirstPercent in how many of them the winner stayed first
 * @param rival what won most of the others; null where nothing did
 * @param rivalFirstPercent how often
 * @param costPercent what the dearer of the two costs a month, in percent of the cheaper; 100 where that is not known
 * @param inputs what the first place depends on most, most first
 * @param limits what is called sure
 */
public record Stability(
        int draws,
        double staysFirstPercent,
        @Nullable Recommendation rival,
        double rivalFirstPercent,
        double costPercent,
        List<Input> inputs,
        Limits limits) {

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

    /**
     * Thresholds of the policy, in percent of the draws.
     *
     * @param cost in percent of the cheaper's
     */
    record Limits(double coinFlip, double together, double apart, double cost, double most) {
        static Limits of(Policy policy) {
            return new Limits(
                    policy.limit(Threshold.COIN_FLIP),
                    policy.limit(Threshold.COIN_FLIP_TOGETHER),
                    policy.limit(Threshold.COIN_FLIP_APART),
                    policy.limit(Threshold.COIN_FLIP_COST),
                    policy.limit(Threshold.MOST_DRAWS));
        }
    }

    /**
     * Ahead as things stand, but another one is first in most of what they may turn out to be. Then that one is
     * recommended, see {@link Advice#picks}.
     */
    public boolean isRivalSafer() {
        return rival != null
                && !isLevel()
                && rivalFirstPercent >= limits.most()
                && rivalFirstPercent > staysFirstPercent;
    }

    /** Two that are so close, at costs of the same order, that neither can be called better. */
    public boolean isCoinFlip() {
        return isLevel() && costPercent <= limits.cost();
    }

    /** Two that points do not tell apart, and money does. */
    public boolean isLevelButForTheMoney() {
        return isLevel() && costPercent > limits.cost();
    }

    private boolean isLevel() {
        return rival != null
                && staysFirstPercent < limits.coinFlip()
                && staysFirstPercent + rivalFirstPercent >= limits.together()
                && Math.abs(staysFirstPercent - rivalFirstPercent) <= limits.apart();
    }

    /** First less often than not. */
    public boolean isOpen() {
        return staysFirstPercent < limits.most();
    }
}
