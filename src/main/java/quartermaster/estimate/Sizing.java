package quartermaster.estimate;

import org.jspecify.annotations.Nullable;
import quartermaster.catalogue.Catalogue;
import quartermaster.unit.Choice;

/**
 * How many replicas a demand needs, and how it falls on them: requests in flight on each, those that wait, and for how long.
 */
final class Sizing {
    private static final double MEDIAN = 0.5;
    private static final double P95 = 0.95;

    private final Catalogue catalogue;

    Sizing(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** How the demand falls on the replicas. */
    record Load(int carried, int replicas, int each, int inFlight) {
        int waiting() {
            return each - inFlight;
        }
    }

    /** The most requests in flight that keep the stated speeds, or those that replicas are sized for. */
    int withinNeeds(Demand demand, Serving serving, int places) {
        double speed = demand.minDecodeSpeed() == null ? demand.sizedForDecodeSpeed() : demand.minDecodeSpeed();
        double alone = serving.timeToFirstToken(1, 0, P95);
        Double limit = demand.maxTimeToFirstTokenSeconds();
        if (limit == null && demand.sizedForTimeToFirstTokenSeconds() != null) {
            limit = Math.max(demand.sizedForTimeToFirstTokenSeconds(), catalogue.number("sizedForTimesAlone") * alone);
        }
        double most = limit == null ? Double.POSITIVE_INFINITY : limit;
        boolean reachesSpeed = serving.decodeSpeed(1) >= speed;
        boolean reachesLimit = alone <= most;
        return Serving.most(
                places,
                inFlight -> (!reachesSpeed || serving.decodeSpeed(inFlight) >= speed)
                        && (!reachesLimit || serving.timeToFirstToken(inFlight, 0, P95) <= most));
    }

    /**
     * Replicas for the demand: as many as keep each within what it carries, at the load that is planned for. Where nobody
     * is promised a response time, every place may be taken; requests that come at random never fill all. Never more than
     * there are requests in flight: a replica that carries no more than one has no room to plan with, and is fully loaded.
     */
    int replicas(Demand demand, Deployment deployment, Serving serving, int carried) {
        int needed = 1;
        if (carried > 0) {
            boolean full = catalogue.number("fullMachineIsFine", Choice.id(demand.type())) > 0;
            double places = Math.max(1, carried * (full ? 1 : demand.plannedLoad()));
            Demand.Traffic traffic = demand.traffic();
            Double arrivals = demand.arrivalsPerSecond();
            int withOneEach = Integer.MAX_VALUE;
            if (traffic.inFlightIsStated()) {
                needed = demand.concurrency() <= places ? 1 : (int) Math.ceil(demand.concurrency() / places);
                withOneEach = demand.concurrency();
            } else if (traffic.sessions() != null) {
                needed = ceil(traffic.sessions() / serving.sessionsOf(places, traffic.thinkSeconds()));
                withOneEach = ceil(traffic.sessions() / serving.sessionsOf(1, traffic.thinkSeconds()));
            } else if (arrivals != null) {
                withOneEach = ceil(arrivals / serving.requestsPerSecond(1));
            }
            if (arrivals != null) {
                double capacity = serving.requestsPerSecond(carried) * demand.plannedLoad();
                needed = Math.max(needed, (int) Math.ceil(arrivals / capacity));
            }
            needed = Math.min(needed, withOneEach);
        }
        return Math.max(1, Math.min(deployment.maxReplicas(), Math.max(needed, deployment.minReplicas())));
    }

    private static int ceil(double replicas) {
        return (int) Math.ceil(replicas - 1e-9); // what a division may add
    }

    /** None where the request says how many replicas there are to be. */
    static int spares(Demand demand, Deployment deployment) {
        return deployment.minReplicas() == deployment.maxReplicas()
                ? 0
                : demand.traffic().spareReplicas();
    }

    /** Requests in flight on each replica: stated, or by Little's law from how long each takes here. */
    static double inFlightOfEach(Demand demand, Serving serving, int replicas, int carried, int places) {
        Demand.Traffic traffic = demand.traffic();
        if (traffic.inFlightIsStated()) {
            return (demand.concurrency() + replicas - 1) / replicas;
        }
        if (traffic.sessions() != null) {
            return serving.inFlightOf(traffic.sessions() / replicas, traffic.thinkSeconds());
        }
        Double arrivals = traffic.arrivalsPerSecond();
        return arrivals == null || carried == 0
                ? demand.concurrency()
                : serving.inFlightAt(arrivals / replicas, Math.max(1, Math.min(carried, places)));
    }

    /** Share of the idle sessions whose keys and values find room beside those in flight. */
    static double heldShare(double sessions, double inFlight, int room) {
        return sessions <= inFlight ? 1 : Math.max(0, Math.min(1, (room - inFlight) / (sessions - inFlight)));
    }

    /** At the peak; null where only those in flight are known. */
    static @Nullable Double arrivals(Demand demand, Serving serving, double each, int replicas) {
        Double sessions = demand.traffic().sessions();
        if (demand.traffic().inFlightIsStated() || sessions == null) {
            return demand.arrivalsPerSecond();
        }
        return sessions
                / (serving.requestSeconds(Math.max(1, each)) + demand.traffic().thinkSeconds());
    }

    static double utilizationOf(Demand demand, Serving serving, Load load) {
        if (load.carried() == 0) {
            return 1;
        }
        double byPlaces = (double) demand.concurrency() / ((double) load.replicas() * load.carried());
        Double arrivals = demand.arrivalsPerSecond();
        double byArrivals =
                arrivals == null ? 0 : arrivals / (load.replicas() * serving.requestsPerSecond(load.carried()));
        return Math.max(byPlaces, byArrivals);
    }

    /** Waiting for a place when requests come at random. */
    record OpenWait(double medianSeconds, double p95Seconds) {}

    static OpenWait openWait(Demand demand, Serving serving, Load load) {
        Double arrivals = demand.arrivalsPerSecond();
        if (arrivals == null || load.carried() == 0) {
            return new OpenWait(0, 0);
        }
        double each = arrivals / load.replicas();
        double service = serving.requestSeconds(load.carried());
        double median = Queue.waitPercentile(load.carried(), service, each, MEDIAN);
        double p95 = Queue.waitPercentile(load.carried(), service, each, P95);
        double most = 24 * 3600.0; // longer waits mean "never" and would not be numbers in JSON
        return new OpenWait(Math.min(most, median), Math.min(most, p95));
    }
}
