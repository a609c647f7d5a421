package quartermaster.estimate;

import org.jspecify.annotations.Nullable;
import quartermaster.catalogue.Catalogue;
import quartermaster.catalogue.Engine;
import quartermaster.catalogue.Hardware;
import quartermaster.catalogue.Host;
import quartermaster.catalogue.LinkKind;
import quartermaster.catalogue.Model;
import quartermaster.catalogue.Quantization;
import quartermaster.unit.Bytes;

/** What one replica of a deployment has and needs in memory, and how fast it steps. */
final class Replicas {
    private final Catalogue catalogue;
    private final Losses losses;
    private final ModelKinds kindsOnServers;
    private final ModelKinds kinds;
    private final double variationOfRequests;
    private final double lowBitsBelow;
    private final double sustainedFromB;
    private final UsableMemory.Reserves reserves;
    private final ServingMemory.Growth growth;
    private final Links links;
    private final Costing costing;
    private final @Nullable OwnMeasurements own;

    Replicas(Catalogue catalogue, Links links, Costing costing, @Nullable OwnMeasurements own) {
        this.catalogue = catalogue;
        this.losses = Losses.of(catalogue);
        this.kindsOnServers = ModelKinds.of(catalogue, true);
        this.kinds = ModelKinds.of(catalogue, false);
        this.variationOfRequests = catalogue.number("variationOfRequests");
        this.lowBitsBelow = catalogue.number("lowBitsBelow");
        this.sustainedFromB = catalogue.number("sustainedFromB");
        this.reserves = UsableMemory.Reserves.of(catalogue);
        this.growth = new ServingMemory.Growth(catalogue.number("weightsMayGrow"), catalogue.number("buffersMayGrow"));
        this.links = links;
        this.costing = costing;
        this.own = own;
    }

    /** The memory of a replica. */
    ServingMemory memory(Demand demand, Deployment deployment) {
        return new ServingMemory(
                demand,
                deployment,
                usable(demand, deployment),
                growth,
                onHost(demand, deployment).bytes(),
                demand.companions().memory());
    }

    ReplicaSpeed pace(Demand demand, Deployment deployment) {
        Hardware hardware = deployment.hardware();
        Engine engine = deployment.engine();
        return new ReplicaSpeed(
                demand.model(),
                demand.cacheType(),
                catalogue.efficiency(hardware, engine).constants(),
                Weights.readByEveryToken(demand.model(), deployment.quantization()),
                Weights.routedExperts(demand.model(), deployment.quantization()),
                ComputePeak.bandwidth(catalogue, hardware) * reached(deployment, demand.model()),
                peak(deployment).tflops() * sustained(hardware, demand.model()),
                deployment.devices(),
                engine.multiDevice().sharesLayers(),
                links.of(deployment),
                engine.microBatchTokens(hardware),
                losses,
                engine.batchesContinuously() ? kindsOnServers : kinds,
                onHost(demand, deployment),
                own == null ? OwnMeasurements.Correction.NONE : own.correction(demand, deployment),
                demand.speculative()
                        ? new Speculation(true, catalogue.speculativeDecoding(hardware, engine, demand.model()))
                        : Speculation.NONE);
    }

    /**
     * @param cachedShare of a prompt, which need not be read
     * @param layers how several devices share them
     */
    Serving serving(
            Demand demand, Deployment deployment, ReplicaSpeed pace, double cachedShare, Serving.Layers layers) {
        boolean alone = demand.traffic().inFlightIsStated() && demand.concurrency() == 1;
        double shared = Math.max(alone ? 0 : demand.sharedPrefixTokens(), cachedShare * demand.inputTokens());
        return new Serving(
                pace,
                deployment.engine(),
                Math.max(1, demand.inputTokens() - shared),
                demand.outputTokens(),
                demand.inputTokens() + demand.outputTokens() / 2.0,
                variationOfRequests,
                layers);
    }

    /**
     * What the devices have no room for, beside the requests that are asked for, of the experts: the memory of the host
     * takes it where its size is known and the engine can read them there.
     */
    private ReplicaSpeed.HostExperts onHost(Demand demand, Deployment deployment) {
        Engine engine = deployment.engine();
        Model model = demand.model();
        if (!engine.keepsExpertsOnHost() || !model.isMixtureOfExperts() || demand.training() != null) {
            return ReplicaSpeed.HostExperts.NONE;
        }
        Host host = costing.hostOf(deployment.hardware(), deployment.devices()).orElse(null);
        if (host == null || host.memoryGiB() == null || host.memoryGBps() == null) {
            return ReplicaSpeed.HostExperts.NONE;
        }
        double experts = Weights.routedExperts(model, deployment.quantization()) * engine.weightExpansion();
        int inFlight = Math.min(demand.concurrency(), engine.maxSequences(deployment.hardware()));
        MemoryLedger whole = new ServingMemory(
                        demand, deployment, usable(demand, deployment), growth, Bytes.ZERO, Bytes.ZERO)
                .ledger(inFlight);
        double room =
                catalogue.number("hostExpertsFillDevices") * whole.usable().count();
        double tooMuch = Math.min(experts, whole.pessimistic().count() - room);
        double holds = Bytes.ofGiB(catalogue.number("hostMemoryForExperts") * host.memoryGiB())
                .count();
        if (tooMuch <= 0) {
            return ReplicaSpeed.HostExperts.NONE;
        }
        double bytes = Math.min(tooMuch, holds);
        return new ReplicaSpeed.HostExperts(
                Bytes.of(bytes),
                bytes / experts,
                engine.hostReadShare(host) * host.memoryGBps(),
                catalogue.number("hostCopyShare") * hostLinkGBps(deployment.hardware()),
                catalogue.number("hostLayerMicroseconds"));
    }

    /** From the host to one device: the slot of a card; what others have is taken for the usual slot. */
    private double hostLinkGBps(Hardware hardware) {
        return hardware.linkKind() == LinkKind.PCIE && hardware.linkGBps() != null
                ? hardware.linkGBps()
                : catalogue.number("linkGBps.pcie");
    }

    /** What is left to the model itself. */
    private Bytes usable(Demand demand, Deployment deployment) {
        return Bytes.of(
                usable(deployment).count() - demand.companions().memory().count());
    }

    private Bytes usable(Deployment deployment) {
        return UsableMemory.of(deployment.hardware(), deployment.devices(), deployment.engine(), reserves);
    }

    /** Share of the bandwidth that a machine leaves for the weights of a model. */
    private double reached(Deployment deployment, Model model) {
        Quantization weights = deployment.quantization();
        boolean unpacked = weights.format().equals("gguf") && weights.weightBits() < lowBitsBelow;
        return sustained(deployment.hardware(), model)
                * (unpacked ? deployment.hardware().lowBitShare() : 1);
    }

    private double sustained(Hardware hardware, Model model) {
        return model.readParametersB() >= sustainedFromB ? hardware.sustainedShare() : 1;
    }

    ComputePeak peak(Deployment deployment) {
        return ComputePeak.of(
                catalogue,
                deployment.hardware(),
                deployment.quantization(),
                deployment.engine().batchesContinuously());
    }
}
