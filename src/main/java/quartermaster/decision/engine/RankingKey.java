package quartermaster.decision.engine;

import java.util.Collection;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import quartermaster.catalogue.EvidenceClass;
import quartermaster.catalogue.Model;
import quartermaster.decision.Assessment;
import quartermaster.decision.Recommendation;
import quartermaster.decision.Verdict;
import quartermaster.estimate.Deployment;
import quartermaster.unit.Range;

/**
 * What a candidate is ranked by, without all the rest that is known of it: suitable before ruled out, then by how many
 * whole points it is behind the highest score, recommended before caution, cheaper, stronger evidence, faster, newer model and
 * name.
 *
 * <p>Less than a point is no difference that estimates could carry. Counted from the highest score it does not matter where
 * scores happen to round: other prices for all, which take as many points from each, leave the order as it is.
 *
 * @param score 0 to 100
 * @param monthlyUsd infinite where no price is known
 * @param throughput tokens a second of all replicas, which tells precisions of one machine apart; 0 where not known
 */
public record RankingKey(
        boolean ruledOut,
        double score,
        Verdict verdict,
        double monthlyUsd,
        EvidenceClass evidence,
        double throughput,
        Model model,
        Deployment deployment) {
    private static final double ROUNDING = 1e-6; // what adding up steps may add or take, of a point

    public static RankingKey of(Recommendation it) {
        return of(it.assessment(), it.score(), it.verdict());
    }

    static RankingKey of(Assessment it, double score, Verdict verdict) {
        Double usd = it.cost().exactMonthlyUsd();
        return new RankingKey(
                verdict == Verdict.RULED_OUT,
                score,
                verdict,
                usd == null ? Double.POSITIVE_INFINITY : usd,
                it.evidence(),
                throughput(it),
                it.model(),
                it.deployment());
    }

    private static double throughput(Assessment it) {
        Range ofOne = it.estimate().throughput();
        return ofOne.isKnown() ? ofOne.typical() * it.replicas() : 0;
    }

    /** Best first among these, whatever else they stood among before. */
    public static List<Recommendation> sorted(List<Recommendation> all) {
        Map<Recommendation, RankingKey> keys = new IdentityHashMap<>();
        all.forEach(each -> keys.put(each, of(each)));
        return all.stream()
                .sorted(Comparator.comparing(keys::get, bestFirst(keys.values())))
                .toList();
    }

    /** Best first among these. */
    public static Comparator<RankingKey> bestFirst(Collection<RankingKey> all) {
        double highest = all.stream()
                .filter(each -> !each.ruledOut())
                .mapToDouble(RankingKey::score)
                .max()
                .orElse(0);
        return Comparator.comparing(RankingKey::ruledOut)
                .thenComparingLong(it -> it.pointsBehind(highest))
                .thenComparing(OF_LEVEL_ONES);
    }

    /** Best first among those that no point tells apart. */
    static final Comparator<RankingKey> OF_LEVEL_ONES = Comparator.comparing(RankingKey::verdict)
            .thenComparingDouble(RankingKey::monthlyUsd)
            .thenComparing(RankingKey::evidence)
            .thenComparing(Comparator.comparingDouble((RankingKey it) -> -it.throughput()))
            .thenComparing(it -> it.model().released(), Comparator.nullsLast(Comparator.reverseOrder()))
            .thenComparing(RankingKey::deployment, byName())
            .thenComparing(it -> it.model().id());

    private long pointsBehind(double highest) {
        return pointsBehind(score, highest);
    }

    private static long pointsBehind(double score, double highest) {
        return (long) Math.floor(highest - score + ROUNDING);
    }

    /** Whether a suitable one may come before one with the highest score of all that are suitable. */
    static boolean mayLead(double score, double highest) {
        return pointsBehind(score, highest) <= 0;
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
