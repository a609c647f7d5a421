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
        EstimatedDeployment.Night night = new EstimatedDeployment.Night(
                needed + replicas - forLoad,
                catalogue.number("nightHours"),
                null,
                demand.traffic().scales());
        Double all = costing.of(demand, deployment, replicas, throughput, null).monthlyUsd();
        Double less =
                costing.of(demand, deployment, replicas, throughput, night).monthlyUsd();
        return new EstimatedDeployment.Night(
                night.replicas(), night.hours(), all == null || less == null ? null : all - less, night.counted());
    }

    /**
     * Replicas for the load of the quiet hours, never none. 5 replicas by day and a tenth of their load by night: ⌈0.5⌉ = 1;
     * 12: ⌈1.2⌉ = 2.
     */
    static int replicasAtNight(int byDay, double share) {
        return (int) Math.max(1, Math.ceil(byDay * share - 1e-9));
    }

    /** What a month costs more with a second replica, where there is one. */
    @Nullable
    Double ofSecond(int replicas, Cost cost) {
        Double two = replicas == 1
                ? costing.of(demand, deployment, 2, throughput, null).monthlyUsd()
                : null;
        return two == null || cost.monthlyUsd() == null ? null : Double.valueOf(two - cost.monthlyUsd());
    }
}
