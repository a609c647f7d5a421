package quartermaster.decision.engine;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingDouble;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import quartermaster.catalogue.Quality;
import quartermaster.decision.Assessment;
import quartermaster.decision.Picks;
import quartermaster.decision.Policy;
import quartermaster.decision.Recommendation;
import quartermaster.decision.Step;
import quartermaster.decision.Threshold;
import quartermaster.request.Acquisition;
import quartermaster.request.DecisionRequest;
import quartermaster.request.WorkloadType;

/**
 * Finds what most people ask for among the candidates that may be chosen. A pick for which nothing but the best is worth
 * naming is the best.
 */
final class Picking {
    private static final double FULL_PERCENT = 100;

    private final List<Recommendation> suitable; // best first
    private final List<Recommendation> near; // few enough points behind the best
    private final List<Recommendation> worth; // that somebody would choose
    private final double leastFitOfOwned; // points of the step fit
    private final double mostOfCost; // of the best's month, for what is only faster or simpler
    private final boolean mayUseOwned;

    private Picking(List<Recommendation> suitable, Policy policy, DecisionRequest request) {
        double behind = policy.limit(Threshold.PICKS);
        Acquisition only = request.constraints().acquisition();
        this.suitable = suitable;
        this.near = suitable.stream()
                .filter(each -> each.score() >= suitable.get(0).score() - behind)
                .toList();
        this.worth = near.stream().filter(each -> suffices(each.assessment())).toList();
        this.leastFitOfOwned = policy.limit(Threshold.PICKS_OWNED);
        this.mostOfCost = policy.limit(Threshold.PICKS_COST) / 100;
        this.mayUseOwned = only == null || only == Acquisition.OWNED;
    }

    /** @param suitable with their ranks, best first */
    static Picks of(List<Recommendation> suitable, Policy policy, DecisionRequest request) {
        if (suitable.isEmpty()) {
            return Picks.NONE;
        }
        Picking picking = new Picking(suitable, policy, request);
        return picking.picks(picking.owned().filter(each -> picking.mayUseOwned).orElse(suitable.get(0)));
    }

    /** The same where it is known what is recommended. */
    static Picks of(List<Recommendation> suitable, Recommendation best, Policy policy, DecisionRequest request) {
        return new Picking(suitable, policy, request).picks(best);
    }

    private Optional<Recommendation> owned() {
        return worth.stream()
                .filter(each -> each.assessment().isOwned() && fits(each))
                .findFirst();
    }

    /** Not so badly that something else had better be taken, though it stands there already. */
    private boolean fits(Recommendation each) {
        return each.steps().stream()
                .filter(step -> step.step() == Step.FIT)
                .allMatch(step -> step.points() >= leastFitOfOwned);
    }

    /** Whether it carries the load at the speed that was said or, where none was, is assumed. */
    private static boolean suffices(Assessment it) {
        return it.isTraining()
                || (it.loadPercent() <= FULL_PERCENT
                        && it.decodeSpeed() >= it.demand().sizedForDecodeSpeed());
    }

    private Picks picks(Recommendation best) {
        return new Picks(
                best.rank(),
                suitable.stream()
                        .filter(each -> !each.equals(best))
                        .findFirst()
                        .map(Recommendation::rank)
                        .orElse(null),
                first(
                        best,
                        near.stream()
                                .filter(each -> suffices(each.assessment()) || isUnknown(each))
                                .filter(each -> isAsPrecise(each.assessment(), best.assessment()))
                                .toList(),
                        comparingDouble(each -> orMost(each.assessment().monthlyUsd()))),
                isUnknown(best) ? null : fastest(best).rank(),
                simplest(best),
                owned().map(Recommendation::rank).orElse(null),
                best.assessment().comparesModels() ? ModelPicking.of(suitable, best) : null);
    }

    /** None where what is simpler than something owned would have to be bought: that is not simpler. */
    private @Nullable Integer simplest(Recommendation best) {
        List<Recommendation> among = worth.stream()
                .filter(each -> devices(each) <= devices(best) && isInProportion(each, best))
                .toList();
        Integer found = first(best, among, comparing(Recommendation::assessment, Assessment.SIMPLEST_FIRST));
        boolean isMore = best.assessment().isOwned()
                && among.stream()
                        .anyMatch(each -> Objects.equals(each.rank(), found)
                                && !each.assessment().isOwned());
        return isMore ? null : found;
    }

    /** Faster so that a user feels it, whatever the estimates turn out to be, and at a price that speed is worth. */
    private Recommendation fastest(Recommendation best) {
        WorkloadType type = best.assessment().workloadType();
        if (type == WorkloadType.FINE_TUNING || type == WorkloadType.BATCH) {
            return best; // nobody reads along
        }
        double top = best.assessment().estimate().decodeSpeed().high();
        return worth.stream()
                .filter(each -> each.assessment().pessimisticDecodeSpeed() > top && isInProportion(each, best))
                .max(comparingDouble(each -> each.assessment().decodeSpeed()))
                .orElse(best);
    }

    /** At so few bits that its answers get worse it is no cheaper way to the same, unless the best is no better. */
    private static boolean isAsPrecise(Assessment it, Assessment best) {
        Quality quality = it.quality();
        Quality ofBest = best.quality();
        return quality == null
                || quality.compareTo(Quality.GOOD) <= 0
                || ofBest != null && quality.compareTo(ofBest) <= 0;
    }

    /** Nobody knows how fast a hosted API is, unless somebody measured it. */
    private static boolean isUnknown(Recommendation best) {
        return best.assessment().isHosted() && Double.isNaN(best.assessment().decodeSpeed());
    }

    private boolean isInProportion(Recommendation each, Recommendation best) {
        Double usd = each.assessment().monthlyUsd();
        Double ofBest = best.assessment().monthlyUsd();
        return usd == null || ofBest == null || usd <= mostOfCost * ofBest;
    }

    /** Of those that are level the best. */
    private static @Nullable Integer first(
            Recommendation best, List<Recommendation> among, Comparator<Recommendation> by) {
        List<Recommendation> bestFirst = new ArrayList<>(List.of(best));
        bestFirst.addAll(among);
        return bestFirst.stream().min(by).orElseThrow().rank();
    }

    private static int devices(Recommendation each) {
        return each.assessment().replicas() * each.assessment().devices();
    }

    private static double orMost(@Nullable Double usd) {
        return usd == null ? Double.MAX_VALUE : usd;
    }
}
