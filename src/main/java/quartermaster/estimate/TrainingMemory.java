package quartermaster.estimate;

import quartermaster.catalogue.Model;
import quartermaster.catalogue.Quantization;
import quartermaster.catalogue.TrainingTool;
import quartermaster.request.FineTuningMethod;
import quartermaster.unit.Bytes;

/** The memory ledger of a fine-tuning run, with what it may turn out to be at most. */
final class TrainingMemory {
    private static final double BYTES_AT_16_BITS = 2;
    private static final double BYTES_PER_ADAPTER_PARAMETER = 16; // weight, gradient, and two moments in fp32
    private static final double BYTES_OF_A_LAYER = 34; // activations per token and hidden unit of one layer
    private static final double BYTES_KEPT_PER_LAYER = 2; // with activation checkpointing
    private static final double BYTES_PER_LOGIT = 8; // logit and its gradient in fp32

    private TrainingMemory() {}

    /** A run: how it trains, how many sequences of which length at once on each device, and the rank of the adapters. */
    record Run(FineTuningMethod method, int batch, int sequenceTokens, int rank) {}

    /**
     * Base weights, adapters or optimizer, activations and logits; any may take more than expected by a factor. Where
     * devices share the states, weights and states are counted once and activations for each device; where each holds a
     * copy, the ledger is that of one device.
     *
     * <p>Example: QLoRA of an 8B at rank 16, one sequence of 2,048 tokens: 8.03 × 4.5 ÷ 8 = 4.5 GB of weights, 0.042 ×
     * 16 = 0.67 GB of adapters, 0.8 GB of activations, 2.1 GB of logits: about 8 GB.
     *
     * @param devices that share the states of one run
     */
    static MemoryLedger ledger(
            Model model,
            TrainingTool tool,
            Quantization precision,
            int devices,
            Bytes usable,
            Run run,
            double mayGrow) {
        Bytes weights = Bytes.ofGB(model.totalParametersB()
                * (run.method() == FineTuningMethod.FULL ? BYTES_AT_16_BITS : precision.bitsPerWeight() / 8));
        int ofTheirOwn = tool.severalDevices() == TrainingTool.Sharing.SHARDED ? devices : 1;
        Bytes overhead = states(model, tool, run)
                .plus(activations(model, run).times(ofTheirOwn))
                .plus(Bytes.ofGiB(tool.baseMemoryGiB() * devices));
        Bytes expected = weights.plus(overhead);
        boolean fits = expected.compareTo(usable) <= 0;
        return new MemoryLedger(
                weights,
                Bytes.ZERO,
                overhead,
                expected.times(mayGrow),
                usable,
                Bytes.ZERO,
                fits ? run.sequenceTokens() : 0,
                fits ? 1 : 0,
                Bytes.ZERO);
    }

    private static Bytes states(Model model, TrainingTool tool, Run run) {
        return switch (run.method()) {
            case QLORA, LORA -> Bytes.ofGB(adapterParametersB(model, run.rank()) * BYTES_PER_ADAPTER_PARAMETER);
            case FULL ->
                Bytes.ofGB(model.totalParametersB() * Math.max(0, tool.fullBytesPerParameter() - BYTES_AT_16_BITS));
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
