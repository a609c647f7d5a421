package quartermaster.decision.engine;

import java.util.Comparator;
import quartermaster.decision.Recommendation;
import quartermaster.estimate.Deployment;

/**
 * What a candidate is ranked by, without all the rest that is known of it: suitable before ruled out, then score, then
 * the safer speed, cost and name.
 *
 * @param score 0 to 100, without what rounding may have added
 * @param tokensPerSecond of one user at the pessimistic end
 * @param monthlyUsd infinite where no price is known
 */
public record RankingKey(
        boolean ruledOut, double score, double tokensPerSecond, double monthlyUsd, Deployment deployment)
        implements Comparable<RankingKey> {
    private static final double STEPS = 1e6; // of a point
    private static final Comparator<RankingKey> BEST_FIRST = Comparator.comparing(RankingKey::ruledOut)
            .thenComparing(Comparator.comparingDouble(RankingKey::score).reversed())
            .thenComparing(
                    Comparator.comparingDouble(RankingKey::tokensPerSecond).reversed())
            .thenComparingDouble(RankingKey::monthlyUsd)
            .thenComparing(RankingKey::deployment, byName());

    public static RankingKey of(Recommendation it) {
        Double usd = it.assessment().monthlyUsd();
        return new RankingKey(
                it.isRuledOut(),
                Math.round(it.score() * STEPS) / STEPS,
                it.assessment().pessimisticDecodeSpeed(),
                usd == null ? Double.POSITIVE_INFINITY : usd,
                it.assessment().deployment());
    }

    /** Best first. */
    @Override
    public int compareTo(RankingKey other) {
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
