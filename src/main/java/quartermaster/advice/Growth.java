package quartermaster.advice;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import quartermaster.advice.ChangedRequests.Winner;
import quartermaster.decision.Assessment;
import quartermaster.decision.Recommendation;
import quartermaster.decision.Threshold;
import quartermaster.request.Candidate;
import quartermaster.request.DecisionRequest;

/**
 * When what was chosen, just as it stands there, no longer meets the need, and what happens then.
 *
 * @param concurrency the fewest requests at the same time that are too many for it
 * @param added the same with one replica more; null where something else is to take its place
 * @param moved what takes its place; null where a replica is added
 */
record Growth(
        int concurrency,
        @Nullable Recommendation added,
        @Nullable Recommendation moved) {
    private static final String CONCURRENCY = "workload.concurrency";

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
                return new Search(trials, lever, best.assessment(), trials.named(best)).from(now);
            }
        }
        return Optional.empty();
    }

    /** The same hardware as it was chosen, with a number of replicas. */
    private record Search(ChangedRequests trials, AdjustableNumber lever, Assessment chosen, Candidate named) {

        Optional<Growth> from(double now) {
            double carried = now;
            for (double value : lever.away(now, true)) {
                if (judged(value, chosen.replicas()).isEmpty()) {
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
                if (judged(middle, chosen.replicas()).isPresent()) {
                    below = middle;
                } else {
                    above = middle;
                }
            }
            return above;
        }

        private Optional<Growth> grown(double concurrency) {
            Optional<Recommendation> added = judged(concurrency, chosen.replicas() + 1);
            Optional<Recommendation> moved = trials.winner(lever.set(trials.asked(), concurrency))
                    .map(Winner::recommendation)
                    .filter(each -> added.isEmpty()
                            || (!ChangedRequests.isSameKind(each.assessment(), chosen)
                                    && each.score() > added.get().score() + trials.limit(Threshold.MOVED)));
            if (moved.isEmpty() && added.isEmpty()) {
                return Optional.empty();
            }
            return Optional.of(new Growth(
                    (int) Math.round(concurrency), moved.isPresent() ? null : added.orElse(null), moved.orElse(null)));
        }

        /** Empty where it is ruled out, full or too slow: what is slow from the start may be as slow later. */
        private Optional<Recommendation> judged(double concurrency, int replicas) {
            Candidate fixed = new Candidate(
                    chosen.hardware().id(),
                    chosen.devices(),
                    replicas,
                    chosen.acquisition(),
                    named.offer(),
                    chosen.engineId(),
                    chosen.deployment().quantization().id(),
                    named.priceUsd(),
                    named.pricePerHourUsd());
            return trials.winner(lever.set(trials.asked(), concurrency), List.of(fixed))
                    .map(Winner::recommendation)
                    .filter(each -> isCarried(each.assessment()));
        }

        private boolean isCarried(Assessment it) {
            Double least = it.minDecodeSpeed();
            return it.loadPercent() <= Math.max(trials.limit(Threshold.FULL), chosen.loadPercent())
                    && (least == null || it.decodeSpeed() >= Math.min(least, chosen.decodeSpeed()));
        }
    }
}
