package quartermaster.catalogue;

import org.jspecify.annotations.Nullable;

/**
 * What a chip class reaches of its specification with an engine: one row of the sheet {@code Efficiency}.
 *
 * @param appliesTo a chip class, a family, a memory kind or {@code any}
 * @param engine an engine id or {@code any}
 * @param bandwidth streamed to peak bandwidth, 0 to 1
 * @param layerMicroseconds fixed time per layer and step, likewise the next three
 * @param attentionCost time to read the KV cache to time to stream as many bytes of weights
 * @param prefill reached to peak compute while a prompt is read, 0 to 1
 * @param prefillExperts the same for models that route tokens to experts
 * @param decodeCompute reached to peak compute in a batch of one token per request, 0 to 1
 * @param smallBatch the same for the kernels that Apple GPUs use for small batches; null elsewhere
 * @param measurements rows behind the constants
 * @param errorPercent median absolute error of the fit, left out in turn; null where nothing was fitted
 * @param lowMultiplier 10th percentile to the estimate, under 1
 * @param highMultiplier 90th percentile to the estimate, over 1
 */
public record Efficiency(
        String appliesTo,
        String engine,
        double bandwidth,
        double layerMicroseconds,
        double expertLayerMicroseconds,
        double stepMicroseconds,
        double sequenceMicroseconds,
        double attentionCost,
        double prefill,
        double prefillExperts,
        double decodeCompute,
        @Nullable Double smallBatch,
        int measurements,
        @Nullable Double errorPercent,
        EvidenceClass evidence,
        double lowMultiplier,
        double highMultiplier,
        String source,
        String asOf,
        int row) {}
