package quartermaster.catalogue.model;

/** Parameters of the parts of a transformer, from its dimensions. Biases are left out: they are far below a thousandth. */
public final class LayerParameters {
    private LayerParameters() {}

    /**
     * Attention whose queries share keys and values.
     *
     * <p>{@code hidden × headDim × (queries + kvMatrices × kvHeads + heads)}, where an output gate doubles the queries.
     * Example: 4,096 × 128 × (32 + 2 × 8 + 32) = 41,943,040 (Llama 3.1 8B).
     *
     * @param kvMatrices 2 (keys and values), 1 where the keys are the values, 0 where an earlier layer's are used
     */
    public static double groupedAttention(
            double hidden, double heads, double kvHeads, double headDim, int kvMatrices, boolean gated) {
        return hidden * headDim * ((gated ? 2 : 1) * heads + kvMatrices * kvHeads + heads);
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
     * {@code matrices × hidden × width}: three matrices with a gate, two without.
     *
     * <p>Example: 3 × 4,096 × 14,336 = 176,160,768 (Llama 3.1 8B).
     */
    public static double feedForward(double hidden, double width, int matrices) {
        return matrices * hidden * width;
    }
}
