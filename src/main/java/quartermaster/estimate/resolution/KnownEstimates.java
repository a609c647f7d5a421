package quartermaster.estimate.resolution;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import quartermaster.catalogue.Engine;
import quartermaster.catalogue.Quantization;
import quartermaster.estimate.Demand;
import quartermaster.estimate.KnownReplicas;

/** Estimates that one demand led to, of one catalogue: ways to come by hardware differ in nothing else but what they cost. */
final class KnownEstimates {
    private static final int MANY = 250; // pairings of the catalogue with one model

    private final Map<Pairing, EachCount> byPairing = new ConcurrentHashMap<>(MANY);
    private final KnownReplicas replicas;

    KnownEstimates() {
        this(new KnownReplicas());
    }

    private KnownEstimates(KnownReplicas replicas) {
        this.replicas = replicas;
    }

    /** Nothing but what is known of single replicas. */
    KnownEstimates ofReplicas() {
        return new KnownEstimates(replicas);
    }

    KnownReplicas replicas() {
        return replicas;
    }

    /** What decides about estimates besides the demand, all by their ids. */
    record Pairing(
            String hardware,
            String engine,
            String quantization,
            int maxDevices,
            @Nullable Integer devices,
            int minReplicas,
            int maxReplicas,
            @Nullable Double priceUsd) {
        static Pairing of(OpenCandidate open, OpenCandidate.Way way, Engine engine, Quantization quantization) {
            return new Pairing(
                    open.hardware().id(),
                    engine.id(),
                    quantization.id(),
                    way.maxDevices(),
                    open.devices(),
                    open.minReplicas(),
                    open.maxReplicas(),
                    open.priceUsd());
        }
    }

    /** @param first makes it where nobody has asked yet */
    EachCount of(Pairing pairing, Supplier<EachCount> first) {
        EachCount known = byPairing.get(pairing);
        if (known == null) {
            known = first.get();
            byPairing.put(pairing, known);
        }
        return known;
    }

    /**
     * What demands have in common that lead to the same estimates at other costs: all but budgets, horizon, electricity and
     * how busy it is; what is trained, nobody knows how long, is priced by that too.
     */
    static Demand regardlessOfCosts(Demand it) {
        return new Demand(
                it.type(),
                it.model(),
                it.quantization(),
                it.cacheType(),
                it.inputTokens(),
                it.outputTokens(),
                it.contextTokens(),
                it.sharedPrefixTokens(),
                it.concurrency(),
                it.minDecodeSpeed(),
                it.maxTimeToFirstTokenSeconds(),
                it.sizedForDecodeSpeed(),
                it.sizedForTimeToFirstTokenSeconds(),
                it.plannedLoad(),
                it.speculative(),
                it.traffic(),
                it.companions(),
                it.training(),
                null,
                null,
                0,
                it.training() == null ? 0 : it.utilization(),
                0,
                it.asOf(),
                List.of());
    }
}
