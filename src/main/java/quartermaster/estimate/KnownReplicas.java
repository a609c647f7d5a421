package quartermaster.estimate;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What one demand makes of a replica of each pairing, whatever it costs, however it is come by and however many there are. Of
 * one catalogue; of a demand that differs in more than what costs depend on it must not be asked.
 */
public final class KnownReplicas {
    private static final int MOST = 20_000; // pairings; more are estimated and not kept

    private final Map<Pairing, Replica> known = new ConcurrentHashMap<>();

    /** By their ids. */
    private record Pairing(String hardware, String engine, String quantization, int devices) {}

    /**
     * A replica before it is known how much falls on it.
     *
     * @param of the deployment that it was computed for
     * @param room the memory of it
     * @param places for requests
     * @param serving with the share of prompts that the traffic has cached
     * @param carried requests in flight within what they need
     */
    static final class Replica {
        private final Deployment of;
        private final ServingMemory room;
        private final ReplicaSpeed pace;
        private final int places;
        private final Serving serving;
        private final int carried;
        private volatile @Nullable Spreads last; // of many rows of a table the same

        Replica(Deployment of, ServingMemory room, ReplicaSpeed pace, int places, Serving serving, int carried) {
            this.of = of;
            this.room = room;
            this.pace = pace;
            this.places = places;
            this.serving = serving;
            this.carried = carried;
        }

        ServingMemory room() {
            return room;
        }

        ReplicaSpeed pace() {
            return pace;
        }

        int places() {
            return places;
        }

        Serving serving() {
            return serving;
        }

        int carried() {
            return carried;
        }

        /** How sure its figures are with so many in flight. */
        Spreads spreads(int inFlight, Supplier<Spreads> spreads) {
            Spreads found = last;
            if (found == null || found.inFlight() != inFlight) {
                found = spreads.get();
                last = found;
            }
            return found;
        }

        private boolean isOf(Deployment other) {
            return of.hardware() == other.hardware()
                    && of.engine() == other.engine()
                    && of.quantization() == other.quantization();
        }
    }

    /**
     * How sure a replica's figures are with so many in flight, and why.
     *
     * @param shareAtFullContext of the speed at a short one
     */
    record Spreads(
            int inFlight,
            Uncertainty speed,
            Uncertainty firstTokenTime,
            Uncertainty prompt,
            Evidence evidence,
            double shareAtFullContext) {}

    Replica of(Deployment deployment, Supplier<Replica> compute) {
        Pairing pairing = new Pairing(
                deployment.hardware().id(),
                deployment.engine().id(),
                deployment.quantization().id(),
                deployment.devices());
        Replica found = known.get(pairing);
        if (found != null && found.isOf(deployment)) {
            return found;
        }
        Replica made = compute.get();
        if (found == null && known.size() < MOST) {
            known.put(pairing, made);
        }
        return made;
    }
}
