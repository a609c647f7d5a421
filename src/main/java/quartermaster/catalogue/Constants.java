package quartermaster.catalogue;

import org.jspecify.annotations.Nullable;

/**
 * What a chip reaches of its specification with an engine.
 *
 * @param bandwidth streamed to peak bandwidth, 0 to 1
 * @param layerMicroseconds fixed time per layer and step
 * @param expertLayerMicroseconds added per layer that routes tokens to experts
 * @param linearLayerMicroseconds added per layer with linear attention
 * @param stepMicroseconds fixed time per step
 * @param sequenceMicroseconds added per sequence of a batch
 * @param attentionCost time to read the KV cache to time to stream as many bytes of weights
 * @param prefill reached to peak compute while a prompt is read, 0 to 1
 * @param prefillExperts the same for models that route tokens to experts
 * @param decodeCompute reached to peak compute in a batch of one token per request, 0 to 1
 * @param smallBatch the same for the kernels that Apple GPUs use for small batches; null elsewhere
 */
public record Constants(
        double bandwidth,
        double layerMicroseconds,
        double expertLayerMicroseconds,
        double linearLayerMicroseconds,
        double stepMicroseconds,
        double sequenceMicroseconds,
        double attentionCost,
        double prefill,
        double prefillExperts,
        double decodeCompute,
        @Nullable Double smallBatch) {}
