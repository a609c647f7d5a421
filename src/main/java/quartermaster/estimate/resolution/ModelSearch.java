package quartermaster.estimate.resolution;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import quartermaster.estimate.Demand;
import quartermaster.estimate.EstimatedDeployment;
import quartermaster.estimate.resolution.Prospects.Asking;

/** Where it was left open which model: on one candidate those models that are worth comparing. */
final class ModelSearch {
    private final Prospects prospects;
    private final Variants variants;
    private final WorthComparing worth;
    private final List<ModelToTry> bestFirst;
    private final Runnable stillWanted;

    /** @param stillWanted asked between two models on one candidate, see {@link Resolver#asLongAs} */
    ModelSearch(
            Prospects prospects,
            Variants variants,
            WorthComparing worth,
            List<ModelToTry> bestFirst,
            Runnable stillWanted) {
        this.prospects = prospects;
        this.variants = variants;
        this.worth = worth;
        this.bestFirst = List.copyOf(bestFirst);
        this.stillWanted = stillWanted;
    }

    /** @param index of the model in {@link WorthComparing#models} */
    record ModelToTry(int index, Asking asking, KnownEstimates known) {
        Demand demand() {
            return asking.demand();
        }

        double weightsGiB() {
            return asking.weightsGiB();
        }
    }

    /** By the models' places in {@link WorthComparing#models}. */
    Map<Integer, List<EstimatedDeployment>> onOne(OpenCandidate open) {
        return onOne(open, bestFirst.size());
    }

    /** The same as far as it is sought. */
    Map<Integer, List<EstimatedDeployment>> onOne(OpenCandidate open, Predicate<Prospect> sought) {
        return onOne(open, lastSought(open, sought) + 1);
    }

    /**
     * The place of the last model that is sought on a candidate, or -1. A model decides only about lesser ones whether they are
     * worth comparing, so that what comes after it need not be known.
     */
    private int lastSought(OpenCandidate open, Predicate<Prospect> sought) {
        int last = bestFirst.size() - 1;
        while (last >= 0 && !prospects.isSought(open, bestFirst.get(last).asking(), sought)) {
            last--;
        }
        while (last >= 0
                && last < bestFirst.size() - 1
                && !worth.isBetter(
                        bestFirst.get(last).index(), bestFirst.get(last + 1).index())) {
            last++;
        }
        return last;
    }

    /**
     * Models from the best downwards; where none fits, the smallest stands for all.
     *
     * @param most that are tried, unless none of them fits; 0 to try nothing
     */
    private Map<Integer, List<EstimatedDeployment>> onOne(OpenCandidate open, int most) {
        WorthComparing.OnOne found = worth.onOne();
        for (int i = 0; i < bestFirst.size() && (i < most || !found.somethingFits()); i++) {
            ModelToTry each = bestFirst.get(i);
            stillWanted.run();
            if (most > 0 && prospects.mayFit(open, each.asking()) && !found.isOutdone(each.index())) {
                found.add(each.index(), variants.of(open, each.demand(), each.known()));
            }
        }
        if (most > 0 && !found.somethingFits()) {
            bestFirst.stream()
                    .min(Comparator.comparingDouble(ModelToTry::weightsGiB))
                    .ifPresent(each -> found.add(each.index(), variants.of(open, each.demand(), each.known())));
        }
        return found.worth();
    }
}
