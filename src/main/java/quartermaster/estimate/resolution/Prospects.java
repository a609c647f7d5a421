package quartermaster.estimate.resolution;

import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import quartermaster.catalogue.Catalogue;
import quartermaster.catalogue.Engine;
import quartermaster.catalogue.Quantization;
import quartermaster.estimate.Demand;
import quartermaster.estimate.Deployment;
import quartermaster.estimate.Estimator;
import quartermaster.quality.Grade;
import quartermaster.request.DecisionRequest;

/** Candidates before anything of them is estimated: who is sought, and who has room for the weights at all. */
final class Prospects {
    private static final int MOST_DEVICES = 1_024; // that are told to be needed at least

    private final Catalogue catalogue;
    private final EnginesAndPrecisions choices;

    Prospects(Catalogue catalogue, EnginesAndPrecisions choices) {
        this.catalogue = catalogue;
        this.choices = choices;
    }

    Asking asking(DecisionRequest request, Demand demand, @Nullable Grade grade) {
        return new Asking(request, demand, grade, leastWeightsGiB(demand, null));
    }

    /**
     * What is asked of one model.
     *
     * @param weightsGiB at the precision that takes least
     */
    record Asking(
            DecisionRequest request,
            Demand demand,
            @Nullable Grade grade,
            double weightsGiB) {
        Prospect prospect(Deployment deployment, int leastDevices) {
            return new Prospect(request, demand, grade, deployment, leastDevices);
        }
    }

    /** Whether a candidate is sought in any way to come by it. */
    boolean isSought(OpenCandidate open, Asking asking, Predicate<Prospect> sought) {
        int devices = 1;
        if (asking.demand().training() == null
                && choices.withExpertsOnHost(open, asking.demand()).isEmpty()) {
            while (devices < MOST_DEVICES && devices * open.hardware().memoryGiB() < asking.weightsGiB()) {
                devices *= 2; // as they are counted
            }
        }
        Engine anyEngine = catalogue.engines().iterator().next();
        Quantization anyPrecision = catalogue.quantizations().iterator().next();
        for (OpenCandidate.Way way : open.ways()) {
            if (sought.test(asking.prospect(Variants.deployment(open, way, anyEngine, anyPrecision, 1), devices))) {
                return true;
            }
        }
        return false;
    }

    /** A first look: whether the weights find room in as many devices as there may be, or beside them. */
    boolean mayFit(OpenCandidate open, Asking asking) {
        int perNode = open.hardware().maxDevicesPerNode();
        double devices = open.devices() != null
                ? open.devices()
                : perNode > 1 ? perNode : catalogue.number("machinesOfACluster");
        double weights = open.quantization() == null
                ? asking.weightsGiB()
                : leastWeightsGiB(asking.demand(), open.quantization());
        return weights <= devices * open.hardware().memoryGiB()
                || !choices.withExpertsOnHost(open, asking.demand()).isEmpty();
    }

    /** @param named precision; null for that which the demand asks for, or the one that takes least */
    private double leastWeightsGiB(Demand demand, @Nullable Quantization named) {
        Quantization wanted = named == null ? demand.quantization() : named;
        return (wanted == null ? catalogue.quantizations().stream() : Stream.of(wanted))
                .filter(each -> wanted != null || each.forWeights() && each.considered())
                .mapToDouble(each -> Estimator.weights(demand.model(), each).gib())
                .min()
                .orElse(0);
    }
}
