package quartermaster.estimate;

import org.jspecify.annotations.Nullable;
import quartermaster.catalogue.Engine;
import quartermaster.catalogue.Model;
import quartermaster.catalogue.Quantization;
import quartermaster.unit.Bytes;

/**
 * The memory of a replica that answers requests: what does not change with how many are in flight, found once, and the ledger
 * of so many.
 */
final class ServingMemory {
    private static final int TRIES_ALONG_A_LINE = 5;
    private static final int VISION_TOKENS_DIM = 4; // width of the extra buffer in hidden sizes

    private final Model model;
    private final @Nullable Quantization cacheType;
    private final Engine engine;
    private final Bytes usable;
    private final Bytes companions;
    private final Bytes weights;
    private final Bytes overhead;
    private final long free; // for the cache
    private final Bytes mayGrowTo; // weights and buffers, without the engine itself
    private final Bytes base;
    private final Bytes first; // cache of a request at its full context
    private final Bytes further; // of each more that is in flight

    /** How long requests are. */
    record Requests(int inputTokens, int outputTokens, int contextTokens, int sharedPrefixTokens) {
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

    /**
     * @param usable for the model itself
     * @param onHost experts that the devices do not hold
     * @param companions on the same devices, in memory that is not counted as usable
     */
    ServingMemory(Demand demand, Deployment deployment, Bytes usable, Growth growth, Bytes onHost, Bytes companions) {
        this.model = demand.model();
        this.cacheType = demand.cacheType();
        this.engine = deployment.engine();
        this.usable = usable;
        this.companions = companions;
        Requests requests = demand.requests();
        Bytes all = Weights.stored(model, deployment.quantization()).times(engine.weightExpansion());
        this.weights = Bytes.of(all.count() - onHost.count());
        Bytes buffers = buffers(model, engine, weights, deployment.hardware().memoryGiB());
        this.base = base(engine, deployment.devices());
        this.overhead = buffers.plus(base);
        this.mayGrowTo = new Bytes(weights.times(growth.weights()).count()
                + buffers.times(growth.buffers()).count());
        this.first = KvCache.ofSequence(model, engine, cacheType, requests.contextTokens());
        this.further = engine.pagedKv() ? perFurtherRequest(requests) : first;
        this.free = usable.count() - weights.count() - buffers.count() - base.count();
    }

    MemoryLedger ledger(int inFlight) {
        Bytes cache = cache(inFlight);
        return new MemoryLedger(
                        weights,
                        cache,
                        overhead,
                        pessimistic(cache),
                        usable,
                        first,
                        longestContext(),
                        mostSequences(),
                        Bytes.ZERO)
                .beside(companions);
    }

    /** Whether there is room for so many, as their ledger has it. */
    boolean holds(int inFlight) {
        Bytes cache = cache(inFlight);
        return pessimistic(cache).count() <= usable.count()
                || weights.count() + cache.count() + overhead.count() <= usable.count();
    }

    private Bytes pessimistic(Bytes cache) {
        return new Bytes(mayGrowTo.count() + cache.count() + base.count());
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
    private Bytes cache(int inFlight) {
        return engine.pagedKv() ? first.plus(further.times(inFlight - 1)) : first.times(inFlight);
    }

    private Bytes perFurtherRequest(Requests requests) {
        double held = requests.heldBy(engine);
        double shared = Math.min(requests.sharedPrefixTokens(), held);
        double own = KvCache.inBlocks(held - shared);
        return KvCache.ofSequence(model, engine, cacheType, Math.max(KvCache.BLOCK_TOKENS, own));
    }

    /** Requests that there is room for at the same time; 0 where there is none for a single one. */
    int mostSequences() {
        double ofFirst = first.count();
        if (free < ofFirst) {
            return 0;
        }
        double ofFurther = further.count();
        return (int) Math.min(1_000_000, 1 + Math.floor((free - ofFirst) / Math.max(1, ofFurther)));
    }

    /** The most tokens of one sequence that there is room for. They grow almost in a line, so that few are tried. */
    private int longestContext() {
        int low = 0;
        int high = model.maxContext() == null ? 1 << 24 : model.maxContext();
        long ofLow = KvCache.ofSequence(model, engine, cacheType, low).count();
        long ofHigh = KvCache.ofSequence(model, engine, cacheType, high).count();
        if (ofHigh <= free || free < ofLow) {
            return ofHigh <= free ? high : low;
        }
        for (int tries = 0; high - low > 1; tries++) { // the first has room, the last has none
            double along = tries < TRIES_ALONG_A_LINE ? (double) (free - ofLow) / (ofHigh - ofLow) : 0.5;
            int between = Math.min(high - 1, Math.max(low + 1, low + (int) (along * (high - low))));
            long bytes = KvCache.ofSequence(model, engine, cacheType, between).count();
            if (bytes <= free) {
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
