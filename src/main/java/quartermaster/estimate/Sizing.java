package quartermaster.estimate;

import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import quartermaster.catalogue.Catalogue;
import quartermaster.request.WorkloadType;
import quartermaster.unit.Choice;

/**
 * How many replicas a demand needs, and how it falls on them: requests in flight on each, those that wait, and for how long.
 */
final class Sizing {
    private static final double MEDIAN = 0.5;
    private static final double P95 = 0.95;

    private final double timesAlone;
    private final double layersInTurnFrom;
    private final Set<WorkloadType> fullMachineIsFine = EnumSet.noneOf(WorkloadType.class);

    Sizing(Catalogue catalogue) {
        for (WorkloadType type : WorkloadType.values()) {
            if (catalogue.number("fullMachineIsFine", Choice.id(type)) > 0) {
                fullMachineIsFine.add(type);
            }
        }
        this.timesAlone = catalogue.number("sizedForTimesAlone");
        this.layersInTurnFrom = catalogue.number("layersInTurnFrom");
    }

    /** How the demand falls on the replicas. */
    record Load(int carried, int replicas, int each, int inFlight) {
        int waiting() {
            return each - inFlight;
        }
    }

    /**
     * What each request needs.
     *
     * @param speed tokens a second, stated or what replicas are sized for
     * @param seconds to the first token for 95 %; infinite where nobody says
     */
    private record Needs(double speed, double seconds) {
        static Needs of(Demand demand, Serving serving, double timesAlone) {
            double speed = demand.minDecodeSpeed() == null ? demand.sizedForDecodeSpeed() : demand.minDecodeSpeed();
            Double limit = demand.maxTimeToFirstTokenSeconds();
            if (limit == null && demand.sizedForTimeToFirstTokenSeconds() != null) {
                limit = Math.max(demand.sizedForTimeToFirstTokenSeconds(), timesAlone * serving.firstTokenAlone());
            }
            return new Needs(speed, limit == null ? Double.POSITIVE_INFINITY : limit);
        }

        boolean reachesSpeed(Serving serving) {
            return serving.decodeSpeed(1) >= speed;
        }

        boolean reachesSeconds(Serving serving) {
            return serving.firstTokenAlone() <= seconds;
        }

        boolean areNone() {
            return speed == 0 && seconds == Double.POSITIVE_INFINITY;
        }
    }

    private Needs needs(Demand demand, Serving serving) {
        return Needs.of(demand, serving, timesAlone);
    }

    /** The most requests in flight that keep the stated speeds, or those that replicas are sized for. */
    int withinNeeds(Demand demand, Serving serving, int places) {
        Needs needs = needs(demand, serving);
        boolean reachesSpeed = needs.reachesSpeed(serving);
        boolean reachesSeconds = needs.reachesSeconds(serving);
        return Serving.most(
                places,
                inFlight -> (!reachesSpeed || serving.decodeSpeed(inFlight) >= needs.speed())
                        && (!reachesSeconds || serving.timeToFirstToken(inFlight, 0, P95) <= needs.seconds()));
    }

    /** What a replica on so many of the devices would be, in either way. */
    interface Candidates {
        Serving serving(int devices, Serving.Layers layers);

        int places(int devices);
    }

    /**
     * The replica whose devices share the layers as they would. A server runs in one way, so that it follows from the kind of work and
     * not from how many are in flight: all on every layer, which is quickest for each request, unless only the other way
     * keeps what is needed, or carries more times as much than it is slower for one alone, or this one would carry less than
     * fewer devices do. Where a speed is stated, whichever carries more at that speed; where nobody waits, whichever writes
     * more with all places taken.
     */
    Serving serving(Demand demand, int devices, Candidates candidates) {
        Serving shared = candidates.serving(devices, Serving.Layers.SHARED);
        if (!shared.mayTakeTurns()) {
            return shared;
        }
        int places = candidates.places(devices);
        Serving inTurn = candidates.serving(devices, Serving.Layers.IN_TURN);
        return takesTurns(demand, devices, candidates, shared, inTurn, places) ? inTurn : shared;
    }

    private boolean takesTurns(
            Demand demand, int devices, Candidates candidates, Serving shared, Serving inTurn, int places) {
        if (places < 1) {
            return false;
        }
        Needs needs = needs(demand, shared);
        if (demand.job() != null || (demand.type() == WorkloadType.BATCH && needs.areNone())) {
            return inTurn.throughput(places) > shared.throughput(places);
        }
        if (!needs.reachesSpeed(shared) || !needs.reachesSpeed(inTurn)) {
            return inTurn.decodeSpeed(1) > shared.decodeSpeed(1);
        }
        if (!needs.reachesSeconds(shared) || !needs.reachesSeconds(inTurn)) {
            return inTurn.firstTokenAlone() < shared.firstTokenAlone();
        }
        int together = withinNeeds(demand, shared, places);
        int taking = withinNeeds(demand, inTurn, places);
        if (demand.minDecodeSpeed() != null) { // more than that is of no use, and more speed must not come cheaper
            return carriesMore(demand, shared, together, inTurn, taking);
        }
        return isWorthIt(shared, together, inTurn, taking)
                || (taking > together && together < ofFewer(demand, devices, candidates, needs));
    }

    private static boolean carriesMore(Demand demand, Serving shared, int together, Serving inTurn, int taking) {
        return demand.traffic().inFlightIsStated() || together == 0 || taking == 0
                ? taking > together
                : inTurn.requestsPerSecond(taking) > shared.requestsPerSecond(together);
    }

    /** Whether it carries as many times as much as is asked for, and more times than it is slower for one alone. */
    private boolean isWorthIt(Serving shared, int together, Serving inTurn, int taking) {
        if (together == 0 || taking == 0) {
            return taking > together;
        }
        double slower = shared.decodeSpeed(1) / inTurn.decodeSpeed(1);
        double enough = Math.max(slower, layersInTurnFrom);
        return taking >= enough * together
                || inTurn.requestsPerSecond(taking) >= enough * shared.requestsPerSecond(together);
    }

    /** The most that any part of the devices would carry, each in the way that it would run. */
    private int ofFewer(Demand demand, int devices, Candidates candidates, Needs needs) {
        int most = 0;
        for (int fewer = 1; fewer < devices; fewer++) {
            int places = candidates.places(fewer);
            Serving shared = candidates.serving(fewer, Serving.Layers.SHARED);
            Serving inTurn = candidates.serving(fewer, Serving.Layers.IN_TURN);
            int together = asNeeded(demand, needs, shared, places);
            int taking = asNeeded(demand, needs, inTurn, places);
            boolean turns = isWorthIt(shared, together, inTurn, taking) || (taking > together && together < most);
            most = Math.max(most, turns ? taking : together);
        }
        return most;
    }

    private int asNeeded(Demand demand, Needs needs, Serving serving, int places) {
        return places > 0 && needs.reachesSpeed(serving) && needs.reachesSeconds(serving)
                ? withinNeeds(demand, serving, places)
                : 0;
    }

    /**
     * Replicas for the demand: as many as keep each within what it carries, at the load that is planned for. Where nobody
     * is promised a response time, every place may be taken; requests that come at random never fill all. Never more than
     * there are requests in flight: a replica that carries no more than one has no room to plan with, and is fully loaded.
     */
    int replicas(Demand demand, Deployment deployment, Serving serving, int carried) {
        int needed = 1;
        if (carried > 0) {
            boolean full = fullMachineIsFine.contains(demand.type());
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
