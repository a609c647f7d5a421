package quartermaster.estimate;

import quartermaster.catalogue.Engine;
import quartermaster.catalogue.Model;
import quartermaster.request.FineTuningMethod;
import quartermaster.unit.Bytes;

/** The memory ledger of a fine-tuning run, right to the order of magnitude. */
final class TrainingMemory {
    private static final double QLORA_BYTES_PER_PARAMETER = 4.5 / 8; // 4 bits and a scale for each 64 weights
    private static final double BYTES_PER_ADAPTER_PARAMETER = 16; // weight, gradient, and two moments in fp32
    private static final double FULL_BYTES_LOW = 8; // bf16 weights and gradients, 8-bit optimizer
    private static final double FULL_BYTES_HIGH = 18; // AdamW in fp32
    private static final double BYTES_OF_A_LAYER = 34; // activations per token and hidden unit of one layer
    private static final double BYTES_KEPT_PER_LAYER = 2; // with activation checkpointing
    private static final double BYTES_PER_LOGIT = 8; // logit and its gradient in fp32

    private TrainingMemory() {}

    /** A run: how it trains, how many sequences of which length at once, and the rank of the adapters. */
    record Run(FineTuningMethod method, int batch, int sequenceTokens, int rank) {}

    /**
     * Base weights, adapters or optimizer, activations and logits; adapters may take more than expected by a factor.
     *
     * <p>Example: QLoRA of an 8B at rank 16, one sequence of 2,048 tokens: 8.03 × 0.5625 = 4.5 GB of weights, 0.042 ×
     * 16 = 0.67 GB of adapters, 0.8 GB of activations, 2.1 GB of logits: about 8 GB.
     */
    static MemoryLedger ledger(Model model, Engine engine, Bytes usable, Run run, double mayGrow) {
        Bytes weights = Bytes.ofGB(model.totalParametersB() * weightBytes(run.method()));
        Bytes states = states(model, run);
        Bytes activations = activations(model, run);
        Bytes overhead = states.plus(activations).plus(Bytes.ofGiB(engine.baseMemoryGiB()));
        Bytes expected = weights.plus(overhead);
        Bytes pessimistic = run.method() == FineTuningMethod.FULL
                ? Bytes.ofGB(model.totalParametersB() * FULL_BYTES_HIGH).plus(activations)
                : expected.times(mayGrow);
        boolean fits = expected.compareTo(usable) <= 0;
        return new MemoryLedger(
                weights,
                Bytes.ZERO,
                overhead,
                pessimistic,
                usable,
                Bytes.ZERO,
                fits ? run.sequenceTokens() : 0,
                fits ? 1 : 0);
    }

    private static double weightBytes(FineTuningMethod method) {
        return switch (method) {
            case QLORA -> QLORA_BYTES_PER_PARAMETER;
            case LORA, FULL -> 2;
        };
    }

    private static Bytes states(Model model, Run run) {
        return switch (run.method()) {
            case QLORA, LORA -> Bytes.ofGB(adapterParametersB(model, run.rank()) * BYTES_PER_ADAPTER_PARAMETER);
            case FULL -> Bytes.ofGB(model.totalParametersB() * (FULL_BYTES_LOW - 2));
        };
    }

    /**
     * Parameters of adapters on every linear layer, in billions; on attention only where experts are routed.
     *
     * <p>Example: Llama 3.1 8B at rank 16: 32 × 16 × (16,384 + 10,240 + 55,296) = 0.042 billion.
     */
    static double adapterParametersB(Model model, int rank) {
        double hidden = model.hiddenSize();
        double queries = model.heads() * (double) model.headDimension();
        double keys = (model.kvHeads() == null ? model.heads() : model.kvHeads()) * (double) model.headDimension();
        double attention = 2 * (hidden + queries) + 2 * (hidden + keys);
        Integer width = model.isMixtureOfExperts() ? null : model.denseIntermediate();
        double feedForward = width == null ? 0 : 3 * (hidden + width);
        return model.layers() * rank * (attention + feedForward) / 1e9;
    }

    private static Bytes activations(Model model, Run run) {
        double tokens = (double) run.batch() * run.sequenceTokens();
        double perToken = (BYTES_KEPT_PER_LAYER * model.layers() + BYTES_OF_A_LAYER) * model.hiddenSize();
        return Bytes.of(tokens * (perToken + BYTES_PER_LOGIT * model.vocabulary()));
    }
}
