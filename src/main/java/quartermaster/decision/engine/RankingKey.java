package quartermaster.decision.engine;

import java.util.Comparator;
import quartermaster.catalogue.EvidenceClass;
import quartermaster.decision.Recommendation;
import quartermaster.decision.Verdict;
import quartermaster.estimate.Deployment;

/**
 * What a candidate is ranked by, without all the rest that is known of it: suitable before ruled out, then whole points
 * of score, recommended before caution, cheaper, stronger evidence and name.
 *
 * @param score 0 to 100, of which whole points count: less is no difference that estimates could carry
 * @param monthlyUsd infinite where no price is known
 */
public record RankingKey(
        boolean ruledOut,
        double score,
        Verdict verdict,
        double monthlyUsd,
        EvidenceClass evidence,
        Deployment deployment)
        implements Comparable<RankingKey> {
    private static final double ROUNDING = 1e6; // what adding up steps may add or take, of a point
    private static final Comparator<RankingKey> BEST_FIRST = Comparator.comparing(RankingKey::ruledOut)
            .thenComparing(Comparator.comparingLong((RankingKey it) -> Math.round(it.score()))
                    .reversed())
            .thenComparing(RankingKey::verdict)
            .thenComparingDouble(RankingKey::monthlyUsd)
            .thenComparing(RankingKey::evidence)
            .thenComparing(RankingKey::deployment, byName());

    public static RankingKey of(Recommendation it) {
        Double usd = it.assessment().monthlyUsd();
        return new RankingKey(
                it.isRuledOut(),
                Math.round(it.score() * ROUNDING) / ROUNDING,
                it.verdict(),
                usd == null ? Double.POSITIVE_INFINITY : usd,
                it.assessment().evidence(),
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
