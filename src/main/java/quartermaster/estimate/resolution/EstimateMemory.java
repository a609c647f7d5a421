package quartermaster.estimate.resolution;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import quartermaster.estimate.Demand;
import quartermaster.estimate.EstimatedDeployment;
import quartermaster.request.Constraints;
import quartermaster.request.DecisionRequest;
import quartermaster.request.Workload;

/** Estimates of the first demand that is asked about, of each model the first; let go with the request that they are kept for. */
final class EstimateMemory {
    private final boolean onlyReplicas;
    private final Map<String, Known> byModel = new ConcurrentHashMap<>();
    private final Map<String, Offered> offersByModel = new ConcurrentHashMap<>();

    /** @param onlyReplicas whether no more is kept than what a replica of each pairing does, whatever asks for it */
    EstimateMemory(boolean onlyReplicas) {
        this.onlyReplicas = onlyReplicas;
    }

    private record Known(Demand first, KnownEstimates estimates) {}

    private record Offered(Asked first, List<EstimatedDeployment> all) {}

    KnownEstimates of(Demand demand) {
        Demand alike = KnownEstimates.regardlessOfCosts(demand);
        Known known = byModel.computeIfAbsent(demand.model().id(), id -> new Known(alike, new KnownEstimates()));
        if (!alike.equals(known.first())) {
            return new KnownEstimates();
        }
        return onlyReplicas ? known.estimates().ofReplicas() : known.estimates();
    }

    /** All that the catalogue offers; null where it is not known. */
    @Nullable
    List<EstimatedDeployment> offersFor(Asked asked) {
        Offered known = offersByModel.get(asked.demand().model().id());
        return known != null && known.first().equals(asked) ? known.all() : null;
    }

    void keep(Asked asked, List<EstimatedDeployment> offers) {
        if (onlyReplicas) {
            return;
        }
        offersByModel.putIfAbsent(asked.demand().model().id(), new Offered(asked, offers));
    }

    /** What decides about that which the catalogue offers, whatever rules make of the rest of a request. */
    record Asked(
            Workload workload,
            List<Constraints.Owned> owned,
            @Nullable String region,
            Demand demand) {
        static Asked of(DecisionRequest request, Demand demand) {
            Constraints constraints = request.constraints();
            return new Asked(request.workload(), constraints.owned(), constraints.region(), demand);
        }
    }
}
