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
        @Column("Bandwidth efficiency: 0 to 1") double bandwidth,
        @Column("Overhead per layer (µs)") double layerMicroseconds,
        @Column("Overhead per expert layer (µs)") double expertLayerMicroseconds,
        @Column("Overhead per linear layer (µs)") double linearLayerMicroseconds,
        @Column("Overhead per step (µs)") double stepMicroseconds,
        @Column("Overhead per sequence (µs)") double sequenceMicroseconds,
        @Column("Attention cost (×): > 0") double attentionCost,
        @Column("Prefill efficiency: 0 to 1") double prefill,
        @Column("Prefill efficiency with experts: 0 to 1") double prefillExperts,
        @Column("Decode compute efficiency: 0 to 1") double decodeCompute,
        @Column("Small-batch efficiency: 0 to 1") @Nullable Double smallBatch) {}
