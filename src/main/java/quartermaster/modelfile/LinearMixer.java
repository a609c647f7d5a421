package quartermaster.modelfile;

import quartermaster.catalogue.model.LayerParameters;

/**
 * What stands in the place of attention in layers that keep a state of one size.
 *
 * @param parameters of one such layer
 * @param stateBytes that one sequence keeps in one such layer
 * @param formula of these bytes
 */
record LinearMixer(double parameters, double stateBytes, String formula) {
    private static final String COLUMN = "Linear state (bytes)";

    static LinearMixer of(ConfigFamily family, ConfigKeys keys, int hidden) {
        return family.has(ConfigFamily.Trait.LIGHTNING)
                ? lightning(keys, hidden)
                : family.has(ConfigFamily.Trait.MAMBA)
                        ? mamba(keys, hidden)
                        : family.has(ConfigFamily.Trait.SHORT_CONVOLUTION)
                                ? shortConvolution(keys, hidden)
                                : family.has(ConfigFamily.Trait.KIMI_DELTA)
                                        ? kimiDelta(keys.inside("linear_attn_config"), hidden)
                                        : deltaNet(keys, hidden);
    }

    private static LinearMixer deltaNet(ConfigKeys keys, int hidden) {
        int keyHeads = keys.need(COLUMN, "linear_num_key_heads");
        int keyDim = keys.need(COLUMN, "linear_key_head_dim");
        int valueHeads = keys.need(COLUMN, "linear_num_value_heads");
        int valueDim = keys.need(COLUMN, "linear_value_head_dim");
        int kernel = keys.need(COLUMN, "linear_conv_kernel_dim");
        return new LinearMixer(
                LayerParameters.deltaNet(hidden, keyHeads, keyDim, valueHeads, valueDim, kernel),
                LayerParameters.deltaNetState(keyHeads, keyDim, valueHeads, valueDim, kernel),
                formula(valueHeads, keyDim, valueDim, kernel, 2 * keyHeads * keyDim + valueHeads * valueDim));
    }

    private static LinearMixer mamba(ConfigKeys keys, int hidden) {
        int heads = keys.need(COLUMN, "mamba_n_heads", "mamba_num_heads");
        int headDim = keys.need(COLUMN, "mamba_d_head", "mamba_head_dim");
        int groups = keys.need(COLUMN, "mamba_n_groups", "n_groups");
        int state = keys.need(COLUMN, "mamba_d_state", "ssm_state_size");
        int kernel = keys.need(COLUMN, "mamba_d_conv", "conv_kernel");
        return new LinearMixer(
                LayerParameters.mamba(hidden, heads, headDim, groups, state, kernel),
                LayerParameters.mambaState(heads, headDim, groups, state, kernel),
                formula(heads, headDim, state, kernel, heads * headDim + 2 * groups * state));
    }

    /**
     * Queries, keys, values, output and its gate, each of all heads' width; a square of a head's width each is kept.
     *
     * @see <a href="https://arxiv.org/abs/2501.08313">MiniMax-01, section 2.2</a>
     */
    private static LinearMixer lightning(ConfigKeys keys, int hidden) {
        int heads = keys.need(COLUMN, "num_attention_heads");
        int headDim = keys.or(hidden / heads, "head_dim");
        return new LinearMixer(
                5.0 * hidden * heads * headDim,
                4.0 * heads * headDim * headDim,
                heads + "x" + headDim + "x" + headDim + "x4 B");
    }

    private static LinearMixer shortConvolution(ConfigKeys keys, int hidden) {
        int kernel = keys.need(COLUMN, "conv_L_cache");
        return new LinearMixer(
                LayerParameters.shortConvolution(hidden, kernel),
                (kernel - 1) * hidden * 2.0,
                (kernel - 1) + "x" + hidden + "x2 B");
    }

    private static LinearMixer kimiDelta(ConfigKeys keys, int hidden) {
        int heads = keys.need(COLUMN, "num_heads");
        int headDim = keys.need(COLUMN, "head_dim");
        int kernel = keys.need(COLUMN, "short_conv_kernel_size");
        return new LinearMixer(
                LayerParameters.kimiDelta(hidden, heads, headDim, kernel, keys.isYes("use_full_rank_gate")),
                LayerParameters.deltaNetState(heads, headDim, heads, headDim, kernel),
                formula(heads, headDim, headDim, kernel, 3 * heads * headDim));
    }

    private static String formula(int heads, int rows, int columns, int kernel, int channels) {
        return heads + "x" + rows + "x" + columns + "x4 B + conv " + (kernel - 1) + "x" + channels + "x2 B";
    }
}
