package quartermaster.estimate;

import org.jspecify.annotations.Nullable;
import quartermaster.catalogue.Catalogue;
import quartermaster.request.Acquisition;

/** What a service costs by how many replicas it has: by day, by night, and with one more. */
record ServicePrice(Costing costing, Catalogue catalogue, Demand demand, Deployment deployment, double throughput) {

    /** Of all replicas, or of fewer in the quiet hours where that was asked for. */
    Cost of(int replicas, EstimatedDeployment.@Nullable Night night) {
        return costing.of(demand, deployment, replicas, throughput, night != null && night.counted() ? night : null);
    }

    /** What could be switched off in the quiet hours; null where nothing could. */
    EstimatedDeployment.@Nullable Night night(int forLoad, int replicas) {
        if (deployment.acquisition() != Acquisition.RENT || costing.stopsWhenIdle(demand)) {
            return null;
        }
        int needed = replicasAtNight(forLoad, catalogue.number("nightLoadShare"));
        if (needed >= forLoad) {
            return null;
        }
        int those = needed + replicas - forLoad;
        return new EstimatedDeployment.Night(
                those,
                catalogue.number("nightHours"),
                catalogue.number("nightLoadShare"),
                costing.rentUsd(demand, deployment, replicas),
                costing.rentUsd(demand, deployment, those),
                demand.traffic().scales());
    }

    /**
     * Replicas for the load of the quiet hours, never none. 5 replicas by day and a tenth of their load by night: ⌈0.5⌉ = 1;
     * 12: ⌈1.2⌉ = 2.
     */
    static int replicasAtNight(int byDay, double share) {
        return (int) Math.max(1, Math.ceil(byDay * share - 1e-9));
    }

    /** What a month costs more with a second replica, where there is one: not of what is owned, of which there is no more. */
    Cost.@Nullable Breakdown ofSecond(int replicas, Cost cost) {
        boolean isThere = deployment.acquisition() != Acquisition.OWNED || deployment.maxReplicas() > 1;
        Cost.Breakdown two = replicas == 1 && isThere ? costing.month(demand, deployment, 2) : null;
        return two == null || cost.breakdown() == null ? null : two.minus(cost.breakdown());
    }
}
