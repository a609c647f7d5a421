package quartermaster.catalogue.model;

/** Parameters of the parts of a transformer, from its dimensions. Biases are left out: they are far below a thousandth. */
public final class LayerParameters {
    private LayerParameters() {}

    /**
     * Attention whose queries share keys and values.
     *
     * <p>{@code hidden × (queries × keyDim + kvHeads × (keyDim + valueDim) + heads × valueDim)}, where an output gate
     * doubles the queries. Example: 4,096 × 128 × (32 + 2 × 8 + 32) = 41,943,040 (Llama 3.1 8B).
     *
     * @param keyDim of a head; that of values is the same nearly everywhere
     * @param kvMatrices 2 (keys and values), 1 where the keys are the values, 0 where an earlier layer's are used
     */
    public static double groupedAttention(
            double hidden,
            double heads,
            double kvHeads,
            double keyDim,
            double valueDim,
            int kvMatrices,
            boolean gated) {
        double kept = kvMatrices == 0 ? 0 : kvMatrices == 1 ? keyDim : keyDim + valueDim;
        return hidden * ((gated ? 2 : 1) * heads * keyDim + kvHeads * kept + heads * valueDim);
    }

    /**
     * Attention over a compressed cache (MLA).
     *
     * <p>Queries {@code hidden × qRank + qRank × heads × (nope + rope)}, or {@code hidden × heads × (nope + rope)} without
     * a rank; cache {@code hidden × (kvRank + rope) + kvRank × heads × (nope + value)}; output {@code heads × value ×
     * hidden}. Example (DeepSeek-V3): 7,168 × 1,536 + 1,536 × 128 × 192 + 7,168 × 576 + 512 × 128 × 256 + 128 × 128 ×
     * 7,168 = 187,105,280.
     *
     * @param queryRank 0 where queries are not compressed
     * @see <a href="https://arxiv.org/abs/2412.19437">DeepSeek-V3, section 2.1.1</a>
     */
    public static double latentAttention(
            double hidden, double heads, double queryRank, double kvRank, double nope, double rope, double value) {
        double queryWidth = heads * (nope + rope);
        double queries = queryRank == 0 ? hidden * queryWidth : queryRank * (hidden + queryWidth);
        return queries + hidden * (kvRank + rope) + kvRank * heads * (nope + value) + heads * value * hidden;
    }

    /**
     * The index that chooses which tokens sparse attention looks at (DSA).
     *
     * <p>{@code qRank × heads × dim + hidden × (dim + heads)}. Example (DeepSeek-V3.2): 1,536 × 64 × 128 + 7,168 × (128 +
     * 64) = 13,959,168.
     */
    public static double sparseIndex(double hidden, double queryRank, double heads, double dim) {
        return queryRank * heads * dim + hidden * (dim + heads);
    }

    /**
     * Linear attention of the kind Gated DeltaNet.
     *
     * <p>{@code hidden × (2 keys + 3 values + 2 valueHeads) + kernel × (2 keys + values)} with {@code keys = keyHeads ×
     * keyDim} and {@code values = valueHeads × valueDim}; values count three times for themselves, their gate and the
     * output. Example (Qwen3-Next): 2,048 × (4,096 + 12,288 + 64) + 4 × 8,192 = 33,718,272.
     *
     * @see <a href="https://arxiv.org/abs/2412.06464">Gated Delta Networks</a>
     */
    public static double deltaNet(
            double hidden, double keyHeads, double keyDim, double valueHeads, double valueDim, double kernel) {
        double keys = keyHeads * keyDim;
        double values = valueHeads * valueDim;
        return hidden * (2 * keys + 3 * values + 2 * valueHeads) + kernel * (2 * keys + values);
    }

    /**
     * Bytes that one sequence keeps in one such layer, however long it is.
     *
     * <p>{@code valueHeads × keyDim × valueDim × 4 B + (kernel − 1) × (2 keys + values) × 2 B}. Example (Qwen3-Next): 32 ×
     * 128 × 128 × 4 + 3 × 8,192 × 2 = 2,146,304.
     */
    public static double deltaNetState(
            double keyHeads, double keyDim, double valueHeads, double valueDim, double kernel) {
        double channels = 2 * keyHeads * keyDim + valueHeads * valueDim;
        return valueHeads * keyDim * valueDim * 4 + (kernel - 1) * channels * 2;
    }

    /**
     * A state-space layer of the kind Mamba-2.
     *
     * <p>{@code hidden × (2 inner + 2 × groups × state + heads) + kernel × (inner + 2 × groups × state) + inner × hidden}
     * with {@code inner = heads × headDim}. Example (Nemotron 3 Nano): 2,688 × (8,192 + 2,048 + 64) + 4 × 6,144 + 4,096 ×
     * 2,688 = 38,731,776.
     *
     * @see <a href="https://arxiv.org/abs/2405.21060">Transformers are SSMs, section 7</a>
     */
    public static double mamba(
            double hidden, double heads, double headDim, double groups, double state, double kernel) {
        double inner = heads * headDim;
        double mixed = inner + 2 * groups * state;
        return hidden * (inner + mixed + heads) + kernel * mixed + inner * hidden;
    }

    /**
     * Bytes that one sequence keeps in one such layer: {@code heads × headDim × state × 4 B + (kernel − 1) × (inner + 2 ×
     * groups × state) × 2 B}. Example (Nemotron 3 Nano): 64 × 64 × 128 × 4 + 3 × 6,144 × 2 = 2,134,016.
     */
    public static double mambaState(double heads, double headDim, double groups, double state, double kernel) {
        return heads * headDim * state * 4 + (kernel - 1) * (heads * headDim + 2 * groups * state) * 2;
    }

    /**
     * A short convolution between two gates, as LFM2 has it: {@code 4 hidden² + kernel × hidden}. Example (LFM2-8B-A1B): 4
     * × 2,048² + 3 × 2,048 = 16,783,360.
     */
    public static double shortConvolution(double hidden, double kernel) {
        return 4 * hidden * hidden + kernel * hidden;
    }

    /**
     * Linear attention of the kind Kimi Delta Attention: queries, keys, values and output, a decay through one head's
     * width, a rate for each head, and an output gate, of full rank or through one head's width.
     *
     * <p>Example (Kimi K3): 7,168 × 12,288 × 4 + 3 × 12,288 × 4 + 128 × (7,168 + 12,288) + 7,168 × 96 + 7,168 × 12,288 =
     * 443,728,896.
     *
     * @see <a href="https://arxiv.org/abs/2510.26692">Kimi Linear, section 4</a>
     */
    public static double kimiDelta(double hidden, double heads, double headDim, double kernel, boolean fullGate) {
        double width = heads * headDim;
        double throughOneHead = headDim * (hidden + width);
        double gate = fullGate ? hidden * width : throughOneHead;
        return 4 * hidden * width + 3 * width * kernel + throughOneHead + hidden * heads + gate;
    }

    /**
     * Attention over one latent that is key and value at once, kept for groups of tokens (DeepSeek-V4): queries through a
     * rank, the latent, and an output through a rank of each group of heads.
     *
     * <p>Example (DeepSeek-V4-Flash): 1,024 × (4,096 + 64 × 512) + 4,096 × 512 + 1,024 × (64 × 512 + 8 × 4,096) =
     * 106,954,752.
     */
    public static double groupedLatent(
            double hidden, double heads, double headDim, double queryRank, double outputGroups, double outputRank) {
        double width = heads * headDim;
        return queryRank * (hidden + width) + hidden * headDim + outputRank * (width + outputGroups * hidden);
    }

    /**
     * What makes one latent of several tokens: values and weights, twice where the groups overlap. Example: 2 × 2 × 4,096
     * × 512 = 8,388,608.
     */
    public static double compressor(double hidden, double headDim, boolean overlapping) {
        return (overlapping ? 2 : 1) * 2 * hidden * headDim;
    }

    /**
     * {@code matrices × hidden × width}: three matrices with a gate, two without.
     *
     * <p>Example: 3 × 4,096 × 14,336 = 176,160,768 (Llama 3.1 8B).
     */
    public static double feedForward(double hidden, double width, int matrices) {
        return matrices * hidden * width;
    }
}
