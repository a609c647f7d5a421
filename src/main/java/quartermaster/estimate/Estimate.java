package quartermaster.estimate;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import quartermaster.catalogue.EvidenceClass;
import quartermaster.catalogue.HostedApi;
import quartermaster.catalogue.SpeculativeDecoding;
import quartermaster.unit.Bytes;
import quartermaster.unit.Range;

/**
 * What follows for a deployment: memory and throughput per replica, speeds as one user sees them.
 *
 * @param decodeSpeed tokens per second of one user, requests in flight and waiting counted
 * @param throughput output tokens per second of one replica
 * @param timeToFirstToken in seconds, waiting included
 * @param timeToFirstTokenP95Seconds what a limit is compared with
 * @param prefillSpeed prompt tokens per second of one replica
 * @param maxConcurrency requests in flight that a replica carries within memory and the stated or sized-for speeds
 * @param inFlightPerReplica requests at the same time for each replica
 * @param load share of the capacity that is asked for, 0 to 1 and more
 * @param speedShareAtFullContext decode speed of one request at its full context to that at a short one
 * @param workings what the numbers were computed from; null where nothing was
 * @param training what a training run was computed from, which has no speed of serving; null for everything else
 */
public record Estimate(
        MemoryLedger memory,
        Range decodeSpeed,
        Range throughput,
        Range timeToFirstToken,
        double timeToFirstTokenP95Seconds,
        Range prefillSpeed,
        int maxConcurrency,
        int inFlightPerReplica,
        double load,
        double speedShareAtFullContext,
        Bound boundBy,
        Evidence evidence,
        @Nullable Workings workings,
        @Nullable TrainingWorkings training) {

    /** Of what nobody has estimated. */
    static final Estimate NONE = elsewhere(
            Range.UNKNOWN,
            Range.UNKNOWN,
            1,
            new Evidence(EvidenceClass.SPECIFICATION, 0, null, "", List.of(), List.of()));

    /** Of what somebody else serves: nothing but what was measured of it is known. */
    static Estimate ofHosted(HostedApi api, int inFlight) {
        return elsewhere(
                known(api.decodeSpeed()),
                known(api.timeToFirstTokenSeconds()),
                inFlight,
                new Evidence(
                        api.decodeSpeed() == null ? EvidenceClass.SPECIFICATION : EvidenceClass.MEASURED,
                        0,
                        null,
                        api.asOf(),
                        List.of("Offers!A" + api.row()),
                        List.of()));
    }

    private static Estimate elsewhere(Range decodeSpeed, Range timeToFirstToken, int inFlight, Evidence evidence) {
        return new Estimate(
                MemoryLedger.ELSEWHERE,
                decodeSpeed,
                Range.UNKNOWN,
                timeToFirstToken,
                timeToFirstToken.typical(),
                Range.UNKNOWN,
                inFlight,
                inFlight,
                0,
                Double.NaN,
                Bound.QUEUE,
                evidence,
                null,
                null);
    }

    /** Of a training run: what it takes, and nothing of serving. */
    static Estimate ofTraining(MemoryLedger memory, Evidence evidence, TrainingWorkings training) {
        return new Estimate(
                memory,
                Range.UNKNOWN,
                Range.UNKNOWN,
                Range.UNKNOWN,
                Double.NaN,
                Range.UNKNOWN,
                1,
                1,
                0,
                Double.NaN,
                Bound.COMPUTE,
                evidence,
                null,
                training);
    }

    /** It runs on somebody else's machines, of which nobody knows anything. */
    public boolean isElsewhere() {
        return workings == null && training == null;
    }

    /** A training run: it serves nobody. */
    public boolean isTraining() {
        return training != null;
    }

    private static Range known(@Nullable Double measured) {
        return measured == null ? Range.UNKNOWN : Range.exactly(measured);
    }

    /** Decode speed with drafts to that without; 1 where they were not asked for or nothing is known of them. */
    public double speculativeFactor() {
        return workings == null ? 1 : workings.draftsFactor();
    }

    /** Experts that stay in the memory of the host, because the devices have no room for them. */
    public Bytes expertsOnHost() {
        return workings == null ? Bytes.ZERO : workings.pace().onHost().bytes();
    }

    /** Layers whose experts stay there, as llama.cpp counts them. */
    public int expertLayersOnHost() {
        return workings == null
                ? 0
                : (int) Math.ceil(workings.pace().onHost().share()
                        * workings.demand().model().expertLayers());
    }

    /** What is known of drafts with so many requests in flight. */
    public Optional<SpeculativeDecoding> speculativeDecoding() {
        return workings == null ? Optional.empty() : workings.draftsRow();
    }

    /** Of one all-reduce between the devices of a replica, however small; 0 where there is one device. */
    public double linkMicroseconds() {
        return workings == null ? 0 : workings.pace().link().latencyMicroseconds();
    }

    /** Whether the devices of a replica hold different layers, where the engine leaves the choice. */
    public boolean layersInTurn() {
        return workings != null && workings.serving().takesTurns();
    }

    /** Lines that show how the numbers came about. */
    public List<String> arithmetic() {
        if (training != null) {
            return training.lines();
        }
        return workings == null ? List.of() : workings.lines();
    }
}
