package quartermaster.catalogue;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A program that runs models: one row of the sheet {@code Engines}.
 *
 * @param runsOn hardware families, generations or chip classes
 * @param efficiencyAs the engine whose efficiency constants this one inherits
 * @param maxSequences requests processed together at most, per replica
 * @param maxSequencesSmall the same on small devices; null where the engine makes no difference
 * @param memoryFraction share of a device's memory that the engine takes
 * @param deviceMarginGiB memory of each device that the engine leaves alone
 * @param weightExpansion resident weights to file size, 1 or a little more
 * @param microBatchTokens tokens of a prompt processed at once
 * @param microBatchTokensSmall the same on small devices; null where the engine makes no difference
 * @param smallSettingsOn hardware families, generations or chip classes that get the settings of small devices whatever
 *     their memory
 * @param activationDenseGiB activations of a replica at that setting; null where computed from the micro batch
 * @param activationSmallGiB activations at the small setting that smaller devices use
 * @param activationSmallBelowGiB memory of a device from which on the usual setting is used; null where there is but one
 * @param activationSmallShareOfWeights added to it, to the weights' size
 * @param cacheAtLowPrecision id of the type that it keeps the KV cache in where weights compute in fewer than 16 bits;
 *     null for 16 bits
 * @param readsPromptsFirst prompts are read in steps of their own, before any step of decoding
 * @param reservesAnswers a request is let in only where the cache has room for its whole answer too, so that none is ever
 *     set back; otherwise for what it holds by then
 * @param hostReadShare share of the bandwidth of the host's memory at which it reads experts that are kept there; null
 *     where it keeps none there
 * @param hostReadShareOfSeveral the same where several sockets share that memory
 * @param productionServer made to face customers: continuous batching, paging, authentication, metrics
 * @param launch what starts it, in the order of the sheet {@code Launch}
 * @param considered when a request does not name an engine; one that keeps experts in the memory of the host only where
 *     nothing else fits
 */
public record Engine(
        @Column("Id") String id,
        @Column("Name") String name,
        @Column("Aliases") List<String> aliases,
        @Column("Runs on") List<String> runsOn,
        @Column("Formats") List<String> formats,
        @Column("Efficiency as") String efficiencyAs,
        @Column("Batching") Batching batching,
        @Column("Paged KV") boolean pagedKv,
        @Column("Multi-device") MultiDevice multiDevice,
        @Column("Max sequences") int maxSequences,
        @Column("Max sequences on small devices") @Nullable Integer maxSequencesSmall,
        @Column("Memory fraction: 0 to 1") double memoryFraction,
        @Column("Device margin (GiB)") double deviceMarginGiB,
        @Column("Weight expansion: > 0") double weightExpansion,
        @Column("Window policy") WindowPolicy windowPolicy,
        @Column("Micro batch (tokens)") int microBatchTokens,

        @Column("Micro batch on small devices (tokens)") @Nullable
        Integer microBatchTokensSmall,

        @Column("Small settings on") List<String> smallSettingsOn,
        @Column("Base memory (GiB)") double baseMemoryGiB,
        @Column("Base memory multi-device (GiB)") double baseMemoryMultiDeviceGiB,
        @Column("Activation dense (GiB)") @Nullable Double activationDenseGiB,
        @Column("Activation MoE (GiB)") @Nullable Double activationExpertsGiB,
        @Column("Activation small (GiB)") @Nullable Double activationSmallGiB,

        @Column("Activation small share of weights: 0 to 1") @Nullable
        Double activationSmallShareOfWeights,

        @Column("Activation small below (GiB): > 0") @Nullable
        Double activationSmallBelowGiB,

        @Column("KV cache at low precision") @Nullable String cacheAtLowPrecision,
        @Column("Dispatch latency (ms)") double dispatchMilliseconds,
        @Column("Prompts first") boolean readsPromptsFirst,
        @Column("Reserves answers") boolean reservesAnswers,
        @Column("Host read share: 0 to 1") @Nullable Double hostReadShare,

        @Column("Host read share of several sockets: 0 to 1") @Nullable
        Double hostReadShareOfSeveral,

        @Column("Production server") boolean productionServer,
        @Column("Considered") boolean considered,
        @Column("Source") String source,
        @Column("As of") String asOf,
        List<LaunchStep> launch,
        int row)
        implements Named {

    public Engine {
        aliases = List.copyOf(aliases);
        runsOn = List.copyOf(runsOn);
        formats = List.copyOf(formats);
        smallSettingsOn = List.copyOf(smallSettingsOn);
        launch = List.copyOf(launch);
    }

    /** Whether experts that the devices have no room for may stay in the memory of the host. */
    public boolean keepsExpertsOnHost() {
        return hostReadShare != null;
    }

    /** Share of the bandwidth of a host's memory at which experts are read there. */
    public double hostReadShare(Host host) {
        boolean several = host.sockets() != null && host.sockets() > 1;
        Double share = several && hostReadShareOfSeveral != null ? hostReadShareOfSeveral : hostReadShare;
        return share == null ? 0 : share;
    }

    /** Requests that it processes together at most on this hardware, as it comes. */
    public int maxSequences(Hardware hardware) {
        return maxSequencesSmall != null && isSmall(hardware) ? maxSequencesSmall : maxSequences;
    }

    /** Tokens of prompts that it reads in one step on this hardware, as it comes. */
    public int microBatchTokens(Hardware hardware) {
        return microBatchTokensSmall != null && isSmall(hardware) ? microBatchTokensSmall : microBatchTokens;
    }

    private boolean isSmall(Hardware hardware) {
        return (activationSmallBelowGiB != null && hardware.memoryGiB() < activationSmallBelowGiB)
                || hardware.isOneOf(smallSettingsOn);
    }

    public boolean runsOn(Hardware hardware) {
        return hardware.isOneOf(runsOn);
    }

    /** The formats of what stands for a training tool are the precisions that it trains on. */
    public boolean loads(Quantization quantization) {
        return quantization.engines().contains(id) || formats.contains(quantization.id());
    }

    public boolean batchesContinuously() {
        return batching == Batching.CONTINUOUS;
    }

    /** Of equal rows the ids are equal, and candidates are told apart by the thousand. */
    @Override
    public int hashCode() {
        return id.hashCode();
    }
}
