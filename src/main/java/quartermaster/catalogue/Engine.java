package quartermaster.catalogue;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A program that runs models: one row of the sheet {@code Engines}.
 *
 * @param runsOn hardware families, generations or chip classes
 * @param efficiencyAs the engine whose efficiency constants this one inherits
 * @param maxSequences requests processed together at most, per replica
 * @param memoryFraction share of a device's memory that the engine takes
 * @param deviceMarginGiB memory of each device that the engine leaves alone
 * @param weightExpansion resident weights to file size, 1 or a little more
 * @param microBatchTokens tokens of a prompt processed at once
 * @param activationDenseGiB activations of a replica at that setting; null where computed from the micro batch
 * @param activationSmallGiB activations at the small setting that smaller devices use
 * @param activationSmallBelowGiB memory of a device from which on the usual setting is used; null where there is but one
 * @param activationSmallShareOfWeights added to it, to the weights' size
 * @param cacheAtLowPrecision id of the type that it keeps the KV cache in where weights compute in fewer than 16 bits;
 *     null for 16 bits
 * @param readsPromptsFirst prompts are read before any step of decoding: those of one length stay in waves
 * @param productionServer made to face customers: continuous batching, paging, authentication, metrics
 * @param considered when a request does not name an engine
 */
public record Engine(
        String id,
        String name,
        List<String> aliases,
        List<String> runsOn,
        List<String> formats,
        String efficiencyAs,
        Batching batching,
        boolean pagedKv,
        MultiDevice multiDevice,
        int maxSequences,
        double memoryFraction,
        double deviceMarginGiB,
        double weightExpansion,
        WindowPolicy windowPolicy,
        int microBatchTokens,
        double baseMemoryGiB,
        double baseMemoryMultiDeviceGiB,
        @Nullable Double activationDenseGiB,
        @Nullable Double activationExpertsGiB,
        @Nullable Double activationSmallGiB,
        @Nullable Double activationSmallShareOfWeights,
        @Nullable Double activationSmallBelowGiB,
        @Nullable String cacheAtLowPrecision,
        double dispatchMilliseconds,
        boolean readsPromptsFirst,
        boolean productionServer,
        boolean considered,
        String source,
        String asOf,
        int row)
        implements Named {

    public Engine {
        aliases = List.copyOf(aliases);
        runsOn = List.copyOf(runsOn);
        formats = List.copyOf(formats);
    }

    public boolean runsOn(Hardware hardware) {
        return hardware.isOneOf(runsOn);
    }

    public boolean loads(Quantization quantization) {
        return quantization.engines().contains(id);
    }

    public boolean batchesContinuously() {
        return batching == Batching.CONTINUOUS;
    }
}
