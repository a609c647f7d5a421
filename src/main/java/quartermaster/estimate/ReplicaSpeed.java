package quartermaster.estimate;

import org.jspecify.annotations.Nullable;
import quartermaster.catalogue.Constants;
import quartermaster.catalogue.Model;
import quartermaster.catalogue.Quantization;
import quartermaster.catalogue.measurement.Phase;
import quartermaster.unit.Bytes;

/**
 * How fast one replica works: the time of a decoding step and of reading a prompt.
 *
 * <p>Example: Llama 3.1 70B at 4 bits on an M3 Ultra: 42.05 GB ÷ (0.83 × 819 GB/s) = 61.9 ms for the weights, 0.4 ms
 * for the cache at 512 tokens, 80 × 127 µs = 10.2 ms of overhead: 72.4 ms, or 13.8 tokens a second.
 *
 * @param denseBytes that every step reads
 * @param expertBytes of all routed experts; a step reads the part that its batch touches
 * @param bandwidthGBps peak of one device
 * @param tflops peak of one device
 * @param devices of the replica
 * @param tensorParallel devices share every layer; otherwise they hold different layers and work in turn
 * @param chunkTokens of a prompt that are read at once
 * @param losses of sharing the work
 * @param kinds what kinds of models cost beside what all do
 * @param onHost experts that are read from the memory of the host
 * @param own what the architect's own measurements say
 * @param speculation what drafts bring, where they were asked for
 */
record ReplicaSpeed(
        Model model,
        @Nullable Quantization cacheType,
        Constants constants,
        double denseBytes,
        double expertBytes,
        double bandwidthGBps,
        double tflops,
        int devices,
        boolean tensorParallel,
        Link link,
        int chunkTokens,
        Losses losses,
        ModelKinds kinds,
        HostExperts onHost,
        OwnMeasurements.Correction own,
        Speculation speculation) {

    private static final int PADDED_BATCH = 32; // rows that Metal's matrix kernels compute at least

    /**
     * Experts that stay in the memory of the host, where its processors compute them while one token is written; to read
     * a prompt they are copied to the devices.
     *
     * @param bytes of them
     * @param share of all routed experts
     * @param readGBps at which the processors read them, in GB/s
     * @param copyGBps at which they reach the devices, in GB/s
     * @param layerMicroseconds in which devices and host wait for each other at a layer of experts
     */
    record HostExperts(Bytes bytes, double share, double readGBps, double copyGBps, double layerMicroseconds) {
        static final HostExperts NONE = new HostExperts(Bytes.ZERO, 0, 1, 1, 0);
    }

    /** The parts of a decoding step in seconds. Memory and compute overlap, the rest is added. */
    record Step(
            double weightsSeconds,
            double expertsSeconds,
            double cacheSeconds,
            double computeSeconds,
            double overheadSeconds,
            double linkSeconds) {

        double memorySeconds() {
            return weightsSeconds + expertsSeconds + cacheSeconds;
        }

        double seconds() {
            return Math.max(memorySeconds(), computeSeconds) + overheadSeconds + linkSeconds;
        }

        /** The largest part. */
        Bound bound() {
            if (linkSeconds > Math.max(memorySeconds(), computeSeconds) && linkSeconds > overheadSeconds) {
                return Bound.INTERCONNECT;
            }
            if (overheadSeconds > Math.max(memorySeconds(), computeSeconds)) {
                return Bound.OVERHEAD;
            }
            if (computeSeconds > memorySeconds()) {
                return Bound.COMPUTE;
            }
            if (cacheSeconds > weightsSeconds && cacheSeconds > expertsSeconds) {
                return Bound.KV_CACHE;
            }
            return expertsSeconds > weightsSeconds ? Bound.EXPERTS : Bound.MEMORY_BANDWIDTH;
        }
    }

    /**
     * One step that gives every sequence of a batch one token.
     *
     * @param batch sequences in the step
     * @param context tokens that each of them holds, on average
     */
    Step step(double batch, double context) {
        double bytesPerSecond = bytesPerSecond();
        double cache = constants.attentionCost()
                * kinds.attentionCost(model)
                * batch
                * KvCache.readPerStep(model, cacheType, context);
        double faster = own.factor(Phase.DECODE, batch) * speculation.factor(batch, context);
        return new Step(
                denseBytes / bytesPerSecond / faster,
                (touchedExpertBytes(batch) * (1 - onHost.share()) / bytesPerSecond + hostSeconds(batch)) / faster,
                cache / bytesPerSecond / faster,
                decodeComputeSeconds(batch, context) / faster,
                overheadSeconds(batch) / faster,
                linkSeconds(batch) / faster);
    }

    /** How long steps take at one context, for any number of sequences: the same as {@link #step}, and sooner known. */
    Steps steps(double context) {
        return new Steps(this, context);
    }

    /** What steps at one context have in common. Its arithmetic is that of {@link #step}, in the same order. */
    static final class Steps {
        private final ReplicaSpeed pace;
        private final double context;
        private final boolean asIs;
        private final double bytesPerSecond;
        private final double denseSeconds;
        private final double attentionCost;
        private final double cacheBytes;

        private Steps(ReplicaSpeed pace, double context) {
            this.pace = pace;
            this.context = context;
            this.asIs = pace.own == OwnMeasurements.Correction.NONE && !pace.speculation.asked();
            this.bytesPerSecond = pace.bytesPerSecond();
            this.denseSeconds = pace.denseBytes / bytesPerSecond;
            this.attentionCost = pace.constants.attentionCost() * pace.kinds.attentionCost(pace.model);
            this.cacheBytes = KvCache.readPerStep(pace.model, pace.cacheType, context);
        }

        double seconds(double batch) {
            if (!asIs) {
                return pace.step(batch, context).seconds();
            }
            double experts = pace.touchedExpertBytes(batch) * (1 - pace.onHost.share()) / bytesPerSecond
                    + pace.hostSeconds(batch);
            double cache = attentionCost * batch * cacheBytes / bytesPerSecond;
            return Math.max(denseSeconds + experts + cache, pace.decodeComputeSeconds(batch, context))
                    + pace.overheadSeconds(batch)
                    + pace.linkSeconds(batch);
        }
    }

    /**
     * Routed expert bytes that a batch reads, when routing is even: {@code E (1 − (1 − k ÷ E)^batch)} experts.
     *
     * <p>Example: of 128 experts with 8 per token, batches of 1, 4 and 16 read 8, 29.1 and 82.4.
     */
    double touchedExpertBytes(double batch) {
        return expertBytes * touchedShare(model, batch);
    }

    /**
     * Time in which the host reads its part of the experts that a batch touches, and is waited for.
     *
     * <p>Example: MiniMax M2 at 8 bits, all experts in host memory of 614 GB/s, 38 % of which is reached: 8 of 256 experts,
     * 7.02 GB, take 30.1 ms, and 62 layers of 80 µs 5.0 ms.
     */
    double hostSeconds(double batch) {
        return onHost.share() == 0
                ? 0
                : onHost.share()
                        * (touchedExpertBytes(batch) / (onHost.readGBps() * 1e9)
                                + model.expertLayers() * onHost.layerMicroseconds() * 1e-6);
    }

    static double touchedShare(Model model, double batch) {
        if (!model.isMixtureOfExperts() || model.experts() == null || model.expertsPerToken() == null) {
            return 0;
        }
        return 1 - Math.pow(1 - (double) model.expertsPerToken() / model.experts(), batch);
    }

    /**
     * Time to read a prompt: bound by compute, or by reading every weight once.
     *
     * <p>{@code (2 × parameters × tokens + 2 × layers × heads × head dim × tokens²) ÷ (efficiency × peak)} plus
     * overheads. Example: 1,024 tokens of an 8B on an H100 with vLLM: 14.6 TFLOP ÷ (0.45 × 989) + 0.9 ms = 33.7 ms.
     */
    double prefillSeconds(double tokens) {
        return prefillSeconds(tokens, 1);
    }

    /** The part of a prompt when so many of its length are read together: they share the reading of the weights. */
    double prefillSeconds(double tokens, double together) {
        double compute = linearFlop(tokens) / (prefillEfficiency() * peak())
                + attentionFlop(tokens) / (constants.prefill() * peak());
        double cardExperts = touchedExpertBytes(together * tokens) * (1 - onHost.share());
        double memory = (denseBytes + cardExperts) / bytesPerSecond() / together;
        double fixed = model.layers() * constants.layerMicroseconds() * 1e-6
                + Math.ceil(tokens / chunkTokens) * constants.stepMicroseconds() * 1e-6;
        double host = hostSecondsOfPrompt(tokens, together);
        double computed = Math.max(compute, memory) + fixed + linkSeconds(tokens) + host;
        double launched = Math.ceil(tokens / chunkTokens) * kinds.launchSeconds(model) / together;
        return Math.max(computed, launched) / own.factor(Phase.PREFILL, 1);
    }

    /** Experts of the host are copied once for each chunk, or computed there where the prompt is short. */
    private double hostSecondsOfPrompt(double tokens, double together) {
        if (onHost.share() == 0) {
            return 0;
        }
        double copied = Math.ceil(tokens / chunkTokens) * onHost.share() * expertBytes / (onHost.copyGBps() * 1e9);
        return Math.min(copied / together, tokens * hostSeconds(1));
    }

    /** Floating-point operations of a prompt; the output head is computed for its last token only. */
    double prefillFlop(double tokens) {
        return linearFlop(tokens) + attentionFlop(tokens);
    }

    private double linearFlop(double tokens) {
        double parameters = Math.max(model.readParametersB() - model.headParametersB(), 0.5 * model.readParametersB());
        return 2 * parameters * 1e9 * tokens;
    }

    private double attentionFlop(double tokens) {
        double width = (double) model.heads() * model.headDimension();
        double full = 2.0 * model.fullLayers() * width * tokens * tokens;
        double window = model.slidingWindow() == null ? 0 : Math.min(tokens, model.slidingWindow());
        return full + 4.0 * model.slidingLayers() * width * tokens * window;
    }

    private double decodeComputeSeconds(double batch, double context) {
        double attention = 4.0 * model.fullLayers() * model.heads() * model.headDimension() * context;
        double flop = 2 * model.readParametersB() * 1e9 + attention;

        double peak = peak();
        Double small = constants.smallBatch();
        if (small == null) {
            return batch * flop / (constants.decodeCompute() * peak);
        }
        double vector = batch * flop / (small * peak);
        double padded = PADDED_BATCH * Math.ceil(batch / PADDED_BATCH) * flop / (constants.decodeCompute() * peak);
        return Math.min(vector, padded);
    }

    private double overheadSeconds(double batch) {
        double micros = model.layers() * constants.layerMicroseconds()
                + model.expertLayers()
                        * (constants.expertLayerMicroseconds() + losses.expertLayerMicroseconds(parallelDevices()))
                + model.linearLayers() * constants.linearLayerMicroseconds()
                + constants.stepMicroseconds()
                + batch * constants.sequenceMicroseconds();
        return micros * 1e-6;
    }

    private double prefillEfficiency() {
        return kinds.widthFactor(model)
                * (model.isMixtureOfExperts() ? constants.prefillExperts() : constants.prefill());
    }

    ReplicaSpeed with(Constants other) {
        return copy(other, 1, devices, link, onHost, own);
    }

    ReplicaSpeed corrected(OwnMeasurements.Correction other) {
        return copy(constants, 1, devices, link, onHost, other);
    }

    /** The same with other experts in the memory of another host. */
    ReplicaSpeed with(HostExperts others) {
        return copy(constants, 1, devices, link, others, own);
    }

    /** The same with a file of another size. */
    ReplicaSpeed scaled(double factor) {
        return factor == 1 ? this : copy(constants, factor, devices, link, onHost, own);
    }

    /** One device that would hold everything: the pace of a stage of a pipeline, times its stages. */
    ReplicaSpeed ofOneDevice() {
        return copy(constants, 1, 1, Link.NONE, onHost, own);
    }

    private ReplicaSpeed copy(
            Constants others,
            double sizeFactor,
            int onDevices,
            Link over,
            HostExperts inHost,
            OwnMeasurements.Correction corrections) {
        return new ReplicaSpeed(
                model,
                cacheType,
                others,
                sizeFactor * denseBytes,
                sizeFactor * expertBytes,
                bandwidthGBps,
                tflops,
                onDevices,
                tensorParallel,
                over,
                chunkTokens,
                losses,
                kinds,
                inHost,
                corrections,
                speculation);
    }

    private double linkSeconds(double tokens) {
        return tensorParallel
                ? 2.0 * model.layers() * link.allReduceSeconds(devices, tokens, model.hiddenSize())
                : (devices - 1) * link.hopSeconds(tokens, model.hiddenSize());
    }

    private double bytesPerSecond() {
        return constants.bandwidth() * bandwidthGBps * 1e9 * ofDevices(1 - losses.sharedReading());
    }

    /** Operations per second of the devices that share a layer, each losing something to its smaller part. */
    private double peak() {
        return tflops * 1e12 * devicesOfCompute();
    }

    /** Devices that share a layer, less what splitting costs; example: 4 count as 3.03. */
    double devicesOfCompute() {
        return ofDevices(1 - losses.splitting());
    }

    /** Of one device it is one, which is found without the power. */
    private double ofDevices(double exponent) {
        return parallelDevices() == 1 ? 1 : Math.pow(parallelDevices(), exponent);
    }

    /** Devices that work on one token at the same time. */
    int parallelDevices() {
        return tensorParallel ? devices : 1;
    }
}
