package quartermaster.estimate;

import org.jspecify.annotations.Nullable;
import quartermaster.catalogue.Engine;
import quartermaster.catalogue.Model;
import quartermaster.catalogue.Quantization;
import quartermaster.unit.Bytes;

/** The memory ledger of a replica that answers requests. */
final class ServingMemory {
    private static final int TRIES_ALONG_A_LINE = 5;
    private static final int VISION_TOKENS_DIM = 4; // width of the extra buffer in hidden sizes

    private ServingMemory() {}

    /** The requests that a ledger is for: how long they are, and how many are in flight. */
    record Requests(int inputTokens, int outputTokens, int contextTokens, int sharedPrefixTokens, int inFlight) {
        double meanContext() {
            return inputTokens + outputTokens / 2.0;
        }

        /** Tokens that a request holds room for, on average. */
        double heldBy(Engine engine) {
            return engine.reservesAnswers() ? inputTokens + outputTokens : meanContext();
        }
    }

    /** How much larger than expected weights and buffers may turn out: factors of at least 1. */
    record Growth(double weights, double buffers) {}

    /** @param onHost experts that the devices do not hold */
    static MemoryLedger ledger(
            Model model,
            Quantization quantization,
            @Nullable Quantization cacheType,
            Engine engine,
            double deviceGiB,
            int devices,
            Bytes usable,
            Growth growth,
            Bytes onHost,
            Requests requests) {
        Bytes all = Weights.stored(model, quantization).times(engine.weightExpansion());
        Bytes weights = Bytes.of(all.count() - onHost.count());
        Bytes buffers = buffers(model, engine, weights, deviceGiB);
        Bytes base = base(engine, devices);
        Bytes atFullContext = KvCache.ofSequence(model, engine, cacheType, requests.contextTokens());
        Bytes cache = cache(model, engine, cacheType, requests);
        long free = usable.count() - weights.count() - buffers.count() - base.count();
        return new MemoryLedger(
                weights,
                cache,
                buffers.plus(base),
                weights.times(growth.weights())
                        .plus(cache)
                        .plus(buffers.times(growth.buffers()))
                        .plus(base),
                usable,
                atFullContext,
                longestContext(model, engine, cacheType, free),
                mostSequences(model, engine, cacheType, requests, free),
                Bytes.ZERO);
    }

    /**
     * Activations and compute buffers of a replica.
     *
     * <p>Servers reserve for their batch-token setting, measured on H100 at 5.5 GiB (dense) and 7.5 GiB (experts), and
     * 2.3 GiB + 5 % of the weights at the small setting. Local engines need micro batch × 4 B × (vocabulary + 4 ×
     * hidden + 2 × feed-forward). Example: 512 × 4 × (128,256 + 4 × 8,192 + 2 × 28,672) = 0.42 GiB for a 70B.
     *
     * @see <a href="https://github.com/llm-d-incubation/llm-d-planner">measured activation peaks, read 2026-11</a>
     */
    static Bytes buffers(Model model, Engine engine, Bytes weights, double deviceGiB) {
        Double reserved = model.isMixtureOfExperts() ? engine.activationExpertsGiB() : engine.activationDenseGiB();
        Double below = engine.activationSmallBelowGiB();
        if (reserved != null && (below == null || deviceGiB >= below)) {
            return Bytes.ofGiB(reserved);
        }
        if (reserved != null && engine.activationSmallGiB() != null) {
            double share = engine.activationSmallShareOfWeights() == null ? 0 : engine.activationSmallShareOfWeights();
            return Bytes.ofGiB(engine.activationSmallGiB()).plus(weights.times(share));
        }
        double width = model.vocabulary() + VISION_TOKENS_DIM * (double) model.hiddenSize() + 2.0 * feedForward(model);
        return Bytes.of(engine.microBatchTokens() * 4.0 * width);
    }

    private static Bytes base(Engine engine, int devices) {
        return devices == 1
                ? Bytes.ofGiB(engine.baseMemoryGiB())
                : Bytes.ofGiB(engine.baseMemoryMultiDeviceGiB()).times(devices);
    }

    /**
     * Cache of the requests in flight. Engines without paging reserve the full context for each; paged ones hold what
     * is in use on average, or the whole of each answer where they reserve that, must be able to admit one more at its full context, and keep a shared prefix once.
     */
    private static Bytes cache(Model model, Engine engine, @Nullable Quantization cacheType, Requests requests) {
        Bytes full = KvCache.ofSequence(model, engine, cacheType, requests.contextTokens());
        if (!engine.pagedKv()) {
            return full.times(requests.inFlight());
        }
        return full.plus(perFurtherRequest(model, engine, cacheType, requests).times(requests.inFlight() - 1));
    }

    private static Bytes perFurtherRequest(
            Model model, Engine engine, @Nullable Quantization cacheType, Requests requests) {
        if (!engine.pagedKv()) {
            return KvCache.ofSequence(model, engine, cacheType, requests.contextTokens());
        }
        double held = requests.heldBy(engine);
        double shared = Math.min(requests.sharedPrefixTokens(), held);
        double own = KvCache.inBlocks(held - shared);
        return KvCache.ofSequence(model, engine, cacheType, Math.max(KvCache.BLOCK_TOKENS, own));
    }

    private static int mostSequences(
            Model model, Engine engine, @Nullable Quantization cacheType, Requests requests, long freeBytes) {
        double first = KvCache.ofSequence(model, engine, cacheType, requests.contextTokens())
                .count();
        if (freeBytes < first) {
            return 0;
        }
        double further = perFurtherRequest(model, engine, cacheType, requests).count();
        return (int) Math.min(1_000_000, 1 + Math.floor((freeBytes - first) / Math.max(1, further)));
    }

    /** The most tokens of one sequence that there is room for. They grow almost in a line, so that few are tried. */
    private static int longestContext(Model model, Engine engine, @Nullable Quantization cacheType, long freeBytes) {
        int low = 0;
        int high = model.maxContext() == null ? 1 << 24 : model.maxContext();
        long ofLow = KvCache.ofSequence(model, engine, cacheType, low).count();
        long ofHigh = KvCache.ofSequence(model, engine, cacheType, high).count();
        if (ofHigh <= freeBytes || freeBytes < ofLow) {
            return ofHigh <= freeBytes ? high : low;
        }
        for (int tries = 0; high - low > 1; tries++) { // the first has room, the last has none
            double along = tries < TRIES_ALONG_A_LINE ? (double) (freeBytes - ofLow) / (ofHigh - ofLow) : 0.5;
            int between = Math.min(high - 1, Math.max(low + 1, low + (int) (along * (high - low))));
            long bytes = KvCache.ofSequence(model, engine, cacheType, between).count();
            if (bytes <= freeBytes) {
                low = between;
                ofLow = bytes;
            } else {
                high = between;
                ofHigh = bytes;
            }
        }
        return low;
    }

    private static double feedForward(Model model) {
        if (model.denseIntermediate() != null) {
            return model.denseIntermediate();
        }
        int expert = model.expertIntermediate() == null ? 0 : model.expertIntermediate();
        int active = model.expertsPerToken() == null ? 1 : model.expertsPerToken();
        return expert == 0 ? 4.0 * model.hiddenSize() : (double) expert * active;
    }
}
