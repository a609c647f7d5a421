package quartermaster.decision;

import java.util.Comparator;
import quartermaster.estimate.Deployment;

/**
 * What a candidate is ranked by, without all the rest that is known of it: suitable before ruled out, then score, then
 * the safer speed, cost and name.
 *
 * @param score 0 to 100, without what rounding may have added
 * @param tokensPerSecond of one user at the pessimistic end
 * @param monthlyUsd infinite where no price is known
 */
public record Standing(boolean ruledOut, double score, double tokensPerSecond, double monthlyUsd, Deployment deployment)
        implements Comparable<Standing> {
    private static final double STEPS = 1e6; // of a point
    private static final Comparator<Standing> BEST_FIRST = Comparator.comparing(Standing::ruledOut)
            .thenComparing(Comparator.comparingDouble(Standing::score).reversed())
            .thenComparing(Comparator.comparingDouble(Standing::tokensPerSecond).reversed())
            .thenComparingDouble(Standing::monthlyUsd)
            .thenComparing(Standing::deployment, byName());

    public static Standing of(Recommendation it) {
        Double usd = it.assessment().monthlyUsd();
        return new Standing(
                it.isRuledOut(),
                Math.round(it.score() * STEPS) / STEPS,
                it.assessment().pessimisticDecodeSpeed(),
                usd == null ? Double.POSITIVE_INFINITY : usd,
                it.assessment().deployment());
    }

    /** Best first. */
    @Override
    public int compareTo(Standing other) {
        return BEST_FIRST.compare(this, other);
    }

    private static Comparator<Deployment> byName() {
        return Comparator.comparing((Deployment it) -> it.hardware().id())
                .thenComparingInt(Deployment::devices)
                .thenComparing(Deployment::acquisition)
                .thenComparing(it -> it.offer() == null ? "" : it.offer().id())
                .thenComparing(it -> it.engine().id())
                .thenComparing(it -> it.quantization().id());
    }
}
