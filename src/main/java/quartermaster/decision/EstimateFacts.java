package quartermaster.decision;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import quartermaster.catalogue.EvidenceClass;
import quartermaster.estimate.Bound;
import quartermaster.estimate.Estimate;
import quartermaster.estimate.Fit;
import quartermaster.estimate.MemoryLedger;

/** Of what rules judge: memory and speed, as the estimator says them. */
public interface EstimateFacts extends DeploymentFacts {
    default Estimate estimate() {
        return assessed().estimate();
    }

    default MemoryLedger memory() {
        return estimate().memory();
    }

    default Fit fit() {
        return memory().fit();
    }

    /** E.g. "weights 15.0, KV cache 1.2, working memory 0.9; most of it is weights". */
    default Object memoryInWords() {
        return new LazyText(() -> isTraining()
                ? String.format(
                        Locale.ROOT,
                        "base weights %.1f, adapters, optimizer and activations %.1f",
                        memory().weights().gib(),
                        memory().overhead().gib())
                : String.format(
                        Locale.ROOT,
                        "weights %.1f, KV cache %.1f, working memory %.1f; most of it is %s",
                        memory().weights().gib(),
                        memory().kvCache().gib(),
                        memory().overhead().gib(),
                        memory().largestLine()));
    }

    default double headroomPercent() {
        return memory().headroomPercent();
    }

    /** What is required of the whole memory of the machines, the operating system's part included, in percent. */
    default double requiredShareOfMachinePercent() {
        return 100 * memory().required().gib() / (hardware().memoryGiB() * devices());
    }

    default double decodeSpeed() {
        return estimate().decodeSpeed().typical();
    }

    /** Typical speed in percent of the stated need; null when none is stated. */
    default @Nullable Double decodeOfNeedPercent() {
        Double need = demand().minDecodeSpeed();
        return need == null || need <= 0 || Double.isNaN(decodeSpeed()) ? null : decodeSpeed() / need * 100;
    }

    /** Experts that only the memory of the host has room for. */
    default double expertsOnHostGiB() {
        return estimate().expertsOnHost().gib();
    }

    /** Whether a measurement of speculative decoding is counted: it was asked for, and is known for so many in flight. */
    default boolean countsSpeculation() {
        return demand().speculative() && estimate().speculativeDecoding().isPresent();
    }

    /** Decode speed with speculative decoding to that without; 1 where it is not asked for or not known. */
    default double speculativeFactor() {
        return estimate().speculativeFactor();
    }

    default Object speculationInWords() {
        return new LazyText(() -> estimate()
                .speculativeDecoding()
                .map(row -> String.format(
                        Locale.ROOT, "%s on %s with %s, %s", row.method(), row.appliesTo(), row.engine(), row.source()))
                .orElse("nothing"));
    }

    default double pessimisticDecodeSpeed() {
        return estimate().decodeSpeed().low();
    }

    default double timeToFirstToken() {
        return estimate().timeToFirstToken().typical();
    }

    default double timeToFirstTokenP95() {
        return estimate().timeToFirstTokenP95Seconds();
    }

    default double pessimisticTimeToFirstToken() {
        double spread = estimate().timeToFirstToken().high()
                / estimate().timeToFirstToken().typical();
        return timeToFirstTokenP95() * spread;
    }

    default int maxConcurrency() {
        return estimate().maxConcurrency();
    }

    default int concurrencyPerReplica() {
        return estimate().inFlightPerReplica();
    }

    /** Share of the capacity that is asked for, in percent. */
    default double loadPercent() {
        return 100 * estimate().load();
    }

    default double speedLossAtFullContextPercent() {
        return 100 * (1 - estimate().speedShareAtFullContext());
    }

    default Bound boundBy() {
        return estimate().boundBy();
    }

    default EvidenceClass evidence() {
        return estimate().evidence().evidenceClass();
    }
}
