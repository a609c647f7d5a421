package quartermaster.estimate.resolution;

import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import quartermaster.estimate.Demand;
import quartermaster.estimate.Deployment;
import quartermaster.estimate.EstimatedDeployment;
import quartermaster.estimate.Estimator;
import quartermaster.estimate.KnownReplicas;

/**
 * One pairing with each count of devices that comes into question, fewest first. Each is estimated when it is first asked for:
 * many hold no model, or only cost more than one that carries everything.
 */
final class EachCount {
    private final Estimator estimator;
    private final Demand demand;
    private final List<Deployment> deployments;
    private final KnownReplicas replicas;
    private final AtomicReferenceArray<EstimatedDeployment> estimated;
    private final @Nullable Acquired acquired;

    EachCount(Estimator estimator, Demand demand, List<Deployment> deployments, KnownReplicas replicas) {
        this(estimator, demand, deployments, replicas, new AtomicReferenceArray<>(deployments.size()), null);
    }

    private EachCount(
            Estimator estimator,
            Demand demand,
            List<Deployment> deployments,
            KnownReplicas replicas,
            AtomicReferenceArray<EstimatedDeployment> estimated,
            @Nullable Acquired acquired) {
        this.estimator = estimator;
        this.demand = demand;
        this.deployments = deployments;
        this.replicas = replicas;
        this.estimated = estimated;
        this.acquired = acquired;
    }

    /** How others come by the same. */
    private record Acquired(Demand demand, int group, OpenCandidate.Way way) {}

    /** The same as variants of another candidate, come by in another way: the same estimates at other costs. */
    EachCount acquired(Demand other, int group, OpenCandidate.Way way) {
        Deployment any = deployments.get(0);
        boolean isThis = acquired == null
                && other == demand
                && any.group() == group
                && any.acquisition() == way.acquisition()
                && any.offer() == way.offer();
        return isThis
                ? this
                : new EachCount(estimator, demand, deployments, replicas, estimated, new Acquired(other, group, way));
    }

    int size() {
        return deployments.size();
    }

    Deployment deployment(int count) {
        Deployment first = deployments.get(count);
        return acquired == null
                ? first
                : first.acquired(
                        acquired.group(),
                        acquired.way().acquisition(),
                        acquired.way().offer());
    }

    /** Whether there is room for one request; where there is none, nothing needs to be estimated to know that it does not fit. */
    boolean holds(int count) {
        return estimated.get(count) != null || estimator.holds(demand, deployments.get(count));
    }

    EstimatedDeployment estimated(int count) {
        EstimatedDeployment first = estimated.get(count);
        if (first == null) {
            first = estimator.assess(demand, deployments.get(count), replicas);
            estimated.set(count, first);
        }
        return acquired == null ? first : estimator.priced(acquired.demand(), first, deployment(count));
    }
}
