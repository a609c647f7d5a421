package quartermaster.advice;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import quartermaster.decision.Assessment;
import quartermaster.decision.DeploymentWords;
import quartermaster.decision.Recommendation;
import quartermaster.decision.Threshold;
import quartermaster.request.Acquisition;
import quartermaster.request.Candidate;
import quartermaster.request.DecisionRequest;

/**
 * When what was chosen, just as it stands there, no longer meets the need, and what happens then. It is full when as many
 * would be planned for more replicas: by the load that replicas are sized for, and by no other.
 *
 * @param concurrency the fewest requests at the same time that are too many for it
 * @param added the same with more replicas; null where something else is to take its place
 * @param moved what takes its place; null where a replica is added; never a hosted API, which would have come first
 */
record Growth(
        int concurrency,
        @Nullable Recommendation added,
        @Nullable Recommendation moved) {
    private static final String CONCURRENCY = "workload.concurrency";
    private static final double MOST_TIMES = 64; // what is asked now: beyond that nobody plans
    private static final double FULL_PERCENT = 100;

    /** Empty where nothing is served, where it moves with one person, or where it carries all that is tried. */
    static Optional<Growth> of(ChangedRequests trials, DecisionRequest filled, Recommendation best) {
        if (filled.constraints().mobile()
                || best.assessment().isHosted()
                || best.assessment().isTraining()) {
            return Optional.empty();
        }
        for (AdjustableNumber lever : AdjustableNumber.of(filled)) {
            Double now = lever.now(filled);
            if (lever.field().equals(CONCURRENCY) && now != null) {
                return new Search(
                                trials,
                                lever,
                                best.assessment(),
                                trials.named(best).candidate())
                        .from(now);
            }
        }
        return Optional.empty();
    }

    /** The same hardware as it was chosen, with as many replicas as it needs. */
    private record Search(ChangedRequests trials, AdjustableNumber lever, Assessment chosen, Candidate named) {

        Optional<Growth> from(double now) {
            if (!isCarried(now)) {
                return grown(now); // too few were asked for
            }
            double carried = now;
            for (double value : lever.away(now, true, MOST_TIMES * now)) {
                if (!isCarried(value)) {
                    return grown(fewestTooMany(carried, value));
                }
                carried = value;
            }
            return Optional.empty();
        }

        private double fewestTooMany(double carried, double tooMany) {
            double below = carried;
            double above = tooMany;
            for (Double middle = lever.between(below, above); middle != null; middle = lever.between(below, above)) {
                if (isCarried(middle)) {
                    below = middle;
                } else {
                    above = middle;
                }
            }
            return above;
        }

        private Optional<Growth> grown(double concurrency) {
            Optional<Recommendation> added = added(concurrency);
            double ahead = added.map(each -> each.score() + trials.limit(Threshold.MOVED))
                    .orElse(Double.NEGATIVE_INFINITY);
            Optional<Recommendation> moved = trials.first(
                            changed(concurrency),
                            ahead,
                            each -> !isChosen(each)
                                    && isNotFull(each)
                                    && !each.assessment().isHosted())
                    .filter(each -> added.isEmpty()
                            || (!ChangedRequests.isSameKind(each.assessment(), chosen) && each.score() > ahead));
            if (moved.isEmpty() && added.isEmpty()) {
                return Optional.empty();
            }
            return Optional.of(new Growth(
                    (int) Math.round(concurrency), moved.isPresent() ? null : added.orElse(null), moved.orElse(null)));
        }

        /** More of the same, as far as it can be had: of what is owned there may be no more. */
        private Optional<Recommendation> added(double concurrency) {
            return trials.judged(changed(concurrency), running(same(chosen.acquisition())))
                    .filter(each -> !each.isRuledOut() && isNotFull(each))
                    .filter(each -> each.assessment().replicas() > chosen.replicas());
        }

        /** Whether as many are still planned for the replicas that were chosen, and nothing rules it out. */
        private boolean isCarried(double concurrency) {
            DecisionRequest changed = changed(concurrency);
            boolean mayBeChosen = trials.judged(
                            changed, running(same(chosen.acquisition()).with("replicas", chosen.replicas())))
                    .filter(each -> !each.isRuledOut())
                    .isPresent();
            return mayBeChosen
                    && trials.judged(changed, running(same(chosen.isOwned() ? Acquisition.BUY : chosen.acquisition())))
                            .filter(each -> each.assessment().replicas() <= chosen.replicas())
                            .isPresent();
        }

        private DecisionRequest changed(double concurrency) {
            return lever.set(trials.asked(), concurrency);
        }

        private Contender running(Candidate candidate) {
            return new Contender(candidate, ChangedRequests.model(chosen));
        }

        /** Replicas are left open: as many as the demand asks for. */
        private Candidate same(Acquisition acquisition) {
            return new Candidate(
                    chosen.hardware().id(),
                    chosen.devices(),
                    null,
                    acquisition,
                    named.offer(),
                    chosen.engineId(),
                    chosen.deployment().quantization().id(),
                    named.priceUsd(),
                    named.pricePerHourUsd());
        }

        private boolean isChosen(Recommendation each) {
            return DeploymentWords.how(each.assessment()).equals(DeploymentWords.how(chosen))
                    && each.assessment().engineId().equals(chosen.engineId())
                    && each.assessment().quantization().equals(chosen.quantization());
        }

        private static boolean isNotFull(Recommendation each) {
            return each.assessment().loadPercent() <= FULL_PERCENT;
        }
    }
}
