package quartermaster.decision.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import quartermaster.decision.Assessment;
import quartermaster.decision.Finding;
import quartermaster.decision.Recommendation;

/** Leaves out what costs more than another candidate and is better in nothing: nobody would choose it. */
final class Dominance {
    private Dominance() {}

    /** Those that are worth showing, in their order; a candidate is only ever dominated by one that ranks before it. */
    static List<Recommendation> undominated(List<Recommendation> bestFirst) {
        List<Recommendation> kept = new ArrayList<>();
        List<Recommendation> hosted = new ArrayList<>();
        Map<String, List<Recommendation>> byModel = new HashMap<>();
        for (Recommendation each : bestFirst) {
            List<Recommendation> ofModel =
                    byModel.computeIfAbsent(each.assessment().model().id(), any -> new ArrayList<>());
            boolean isHosted = each.assessment().isHosted();
            if (!isDominated(each, ofModel) && !(isHosted && isDominated(each, hosted))) {
                kept.add(each);
                ofModel.add(each);
                if (isHosted) {
                    hosted.add(each);
                }
            }
        }
        return kept;
    }

    private static boolean isDominated(Recommendation one, List<Recommendation> byAnyOf) {
        for (Recommendation each : byAnyOf) {
            if (dominates(each, one)) {
                return true;
            }
        }
        return false;
    }

    /** Of hosted APIs whatever they serve, of the rest what runs the same model. */
    private static boolean dominates(Recommendation one, Recommendation other) {
        Assessment better = one.assessment();
        Assessment worse = other.assessment();
        double cash = usd(worse.purchaseUsd()) - usd(better.purchaseUsd());
        double month = usd(worse.monthlyUsd()) - usd(better.monthlyUsd());
        if (better.isHosted() && worse.isHosted()) {
            return month > 0
                    && one.score() >= other.score()
                    && one.verdict().compareTo(other.verdict()) <= 0
                    && codes(other).containsAll(codes(one));
        }
        return cash >= 0
                && month >= 0
                && cash + month > 0
                && !worse.isOwned()
                && isAsFast(better, worse)
                && better.headroomPercent() >= worse.headroomPercent()
                && capacity(better) >= capacity(worse)
                && better.evidence().compareTo(worse.evidence()) <= 0
                && better.quantization()
                                .quality()
                                .compareTo(worse.quantization().quality())
                        <= 0
                && Assessment.SIMPLEST_FIRST.compare(better, worse) <= 0
                && one.verdict().compareTo(other.verdict()) <= 0
                && one.score() >= other.score()
                && codes(other).containsAll(codes(one));
    }

    private static boolean isAsFast(Assessment better, Assessment worse) {
        Double one = better.trainingSpeed();
        Double other = worse.trainingSpeed();
        return one != null && other != null
                ? one >= other
                : better.decodeSpeed() >= worse.decodeSpeed()
                        && better.timeToFirstTokenP95() <= worse.timeToFirstTokenP95();
    }

    private static double usd(@Nullable Double price) {
        return price == null ? 0 : price;
    }

    private static double capacity(Assessment of) {
        return (double) of.maxConcurrency() * of.replicas();
    }

    private static Set<String> codes(Recommendation of) {
        return of.findings().stream().map(Finding::code).collect(Collectors.toSet());
    }
}
