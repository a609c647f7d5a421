package quartermaster.modelfile;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import quartermaster.catalogue.Attention;
import quartermaster.catalogue.model.LayerParameters;

/** How the layers of a config attend: their kinds, their parameters and what they keep of the tokens they have seen. */
final class ConfigAttention {
    private static final int ELEMENT_BYTES = 2; // FP16
    private static final int USUAL_INTERVAL = 4;

    enum Kind {
        FULL,
        WINDOW,
        LINEAR
    }

    private final ConfigFamily family;
    private final ConfigKeys keys;
    private final int hidden;
    private final List<Kind> kinds;
    private final int heads;
    private final int kvHeads;
    private final int headDim;
    private final int globalKvHeads;
    private final int globalHeadDim;
    private final boolean valuesAreKeys;
    private final int sharing;
    private final @Nullable Integer window;

    ConfigAttention(ConfigFamily family, ConfigKeys keys, int hidden, int layers) {
        this.family = family;
        this.keys = keys;
        this.hidden = hidden;
        heads = keys.need("Heads", "num_attention_heads");
        window = window();
        kinds = kinds(layers);
        kvHeads = isLatent() ? heads : kvHeads();
        headDim = isLatent() ? 1 : headDim();
        valuesAreKeys = keys.isYes("attention_k_eq_v");
        globalKvHeads = valuesAreKeys ? keys.or(kvHeads, "num_global_key_value_heads") : kvHeads;
        globalHeadDim = keys.or(headDim, "global_head_dim");
        sharing = Math.min(layers, keys.orZero("num_kv_shared_layers"));
        if (sharing > 0) {
            keys.derived(
                    "KV cache per token FP16 (bytes)",
                    "The last " + sharing + " layers use the cache of earlier ones.");
        }
    }

    boolean isLatent() {
        return family.has(ConfigFamily.Trait.LATENT);
    }

    Attention kind() {
        if (isLatent()) {
            return Attention.LATENT;
        }
        return count(Kind.LINEAR) > 0
                ? Attention.LINEAR_HYBRID
                : count(Kind.WINDOW) > 0 ? Attention.SLIDING_WINDOW : Attention.FULL;
    }

    int count(Kind kind) {
        return Collections.frequency(kinds, kind);
    }

    int heads() {
        return heads;
    }

    /** Of a compressed cache, none. */
    @Nullable
    Integer kvHeadsSaid() {
        return isLatent() ? null : (Integer) kvHeads;
    }

    @Nullable
    Integer headDimSaid() {
        return isLatent() ? null : (Integer) headDim;
    }

    @Nullable
    Integer windowSaid() {
        return count(Kind.WINDOW) > 0 ? window : null;
    }

    boolean sharesCache(int layer) {
        return layer >= kinds.size() - sharing;
    }

    double parameters() {
        double sum = 0;
        for (int layer = 0; layer < kinds.size(); layer++) {
            sum += parameters(kinds.get(layer), sharesCache(layer));
        }
        return sum;
    }

    /** Of one more layer with full attention. */
    double parametersOfFull() {
        return parameters(Kind.FULL, false);
    }

    private double parameters(Kind kind, boolean shares) {
        if (isLatent()) {
            return latent();
        }
        if (kind == Kind.LINEAR) {
            return LayerParameters.deltaNet(hidden, keyHeads(), keyDim(), valueHeads(), valueDim(), kernel());
        }
        boolean full = kind == Kind.FULL;
        int matrices = shares ? 0 : full && valuesAreKeys ? 1 : 2;
        Boolean gate = keys.yesNo("attn_output_gate");
        boolean gated = gate == null ? family.has(ConfigFamily.Trait.GATED_OUTPUT) : gate;
        return LayerParameters.groupedAttention(
                hidden, heads, full ? globalKvHeads : kvHeads, full ? globalHeadDim : headDim, matrices, gated);
    }

    private double latent() {
        double attention = LayerParameters.latentAttention(
                hidden,
                heads,
                keys.orZero("q_lora_rank"),
                keys.need("KV lora rank", "kv_lora_rank"),
                keys.need("Head dim", "qk_nope_head_dim"),
                keys.need("RoPE head dim", "qk_rope_head_dim"),
                keys.need("Head dim", "v_head_dim"));
        int indexHeads = keys.orZero("index_n_heads");
        int rank = keys.orZero("q_lora_rank");
        return indexHeads == 0
                ? attention
                : attention
                        + LayerParameters.sparseIndex(
                                hidden, rank, indexHeads, keys.need("Head dim", "index_head_dim"));
    }

    /** Of all layers whose cache grows, at 16 bits. */
    long cachePerToken() {
        if (isLatent()) {
            double latent = keys.orZero("kv_lora_rank") + keys.orZero("qk_rope_head_dim");
            return Math.round(kinds.size() * latent * ELEMENT_BYTES);
        }
        return Math.round(owning(Kind.FULL) * 2.0 * globalKvHeads * globalHeadDim * ELEMENT_BYTES);
    }

    long windowCeiling() {
        double perToken = owning(Kind.WINDOW) * 2.0 * kvHeads * headDim * ELEMENT_BYTES;
        return window == null ? 0 : Math.round(perToken * window);
    }

    long linearState() {
        int linear = count(Kind.LINEAR);
        return linear == 0
                ? 0
                : Math.round(linear
                        * LayerParameters.deltaNetState(keyHeads(), keyDim(), valueHeads(), valueDim(), kernel()));
    }

    /** As people write it down: {@code 2 x 12 full layers x 8 kv x 64 x 2 B}. */
    String formula() {
        if (isLatent()) {
            return kinds.size() + " layers x (kv_lora_rank " + keys.orZero("kv_lora_rank") + " + rope "
                    + keys.orZero("qk_rope_head_dim") + ") x 2 B";
        }
        List<String> parts = new ArrayList<>();
        if (owning(Kind.FULL) > 0) {
            parts.add("2 x " + owning(Kind.FULL) + " full layers x " + globalKvHeads + " kv x " + globalHeadDim
                    + " x 2 B");
        }
        if (owning(Kind.WINDOW) > 0) {
            parts.add("sliding: 2 x " + owning(Kind.WINDOW) + " x " + kvHeads + " x " + headDim + " x 2 B x min(ctx,"
                    + window + ")");
        }
        if (count(Kind.LINEAR) > 0) {
            int channels = 2 * keyHeads() * keyDim() + valueHeads() * valueDim();
            parts.add("constant state per sequence " + count(Kind.LINEAR) + " x (" + valueHeads() + "x" + keyDim() + "x"
                    + valueDim() + "x4 B + conv " + (kernel() - 1) + "x" + channels + "x2 B)");
        }
        return String.join("; ", parts);
    }

    /** Layers of a kind that keep a cache of their own. */
    private int owning(Kind kind) {
        return Collections.frequency(kinds.subList(0, kinds.size() - sharing), kind);
    }

    private @Nullable Integer window() {
        Integer said = keys.find("attention_chunk_size", "sliding_window");
        Integer context = keys.find("max_position_embeddings");
        boolean switchedOff = Boolean.FALSE.equals(keys.yesNo("use_sliding_window"));
        boolean endless = said != null && (said == 0 || context != null && said >= context);
        return switchedOff || endless ? null : said;
    }

    private List<Kind> kinds(int layers) {
        List<String> said = keys.texts("layer_types");
        if (said != null) {
            return spelled(said, layers);
        }
        List<Kind> kinds = new ArrayList<>(layers);
        for (int layer = 0; layer < layers; layer++) {
            kinds.add(Kind.FULL);
        }
        if (isLatent()) {
            return kinds;
        }
        if (family.has(ConfigFamily.Trait.HYBRID)) {
            Integer interval = keys.find("full_attention_interval");
            if (interval == null || interval == 0) {
                keys.assumed("Linear layers", "Every 4th layer has full attention, as usual in this family.");
            }
            every(interval == null || interval == 0 ? USUAL_INTERVAL : interval, Kind.LINEAR, kinds);
        } else if (window != null) {
            windows(kinds);
        }
        return kinds;
    }

    private List<Kind> spelled(List<String> said, int layers) {
        if (said.size() != layers) {
            String found = "Found " + said.size() + " entries; expected one for each of the " + layers + " layers.";
            keys.report("out-of-range", "layer_types", found);
        }
        List<Kind> kinds = new ArrayList<>(layers);
        boolean strange = false;
        for (String type : said) {
            boolean linear = type.equals("linear_attention") && family.has(ConfigFamily.Trait.HYBRID);
            boolean windowed = type.equals("sliding_attention") || type.equals("chunked_attention");
            boolean sparse = type.equals("deepseek_sparse_attention") && family.has(ConfigFamily.Trait.LATENT);
            strange |=
                    !linear && !windowed && !sparse && !type.equals("full_attention"); // a sparse one keeps every token
            kinds.add(linear ? Kind.LINEAR : windowed && window != null ? Kind.WINDOW : Kind.FULL);
            if (windowed && window == null && !keys.has("sliding_window") && !keys.has("attention_chunk_size")) {
                keys.report("missing-key", "sliding_window", "Key sliding_window is missing.");
            }
        }
        if (strange) {
            String expected = family.has(ConfigFamily.Trait.HYBRID) ? " and linear_attention" : "";
            keys.report(
                    "unknown-layer-type",
                    "layer_types",
                    "A " + family.type() + " has no other layers than full_attention, sliding_attention,"
                            + " chunked_attention" + expected + "; found "
                            + String.join(
                                    ", ", said.stream().distinct().limit(5).toList()) + ".");
        }
        return kinds;
    }

    /** Which layers look through a window where the config has no list of them. */
    private void windows(List<Kind> kinds) {
        List<Integer> chunked = keys.numbers("no_rope_layers");
        Integer behind = keys.find("max_window_layers");
        if (chunked != null && chunked.size() == kinds.size()) {
            for (int layer = 0; layer < kinds.size(); layer++) {
                kinds.set(layer, chunked.get(layer) == 0 ? Kind.FULL : Kind.WINDOW);
            }
        } else if (keys.isYes("use_sliding_window") && behind != null) {
            for (int layer = behind; layer < kinds.size(); layer++) {
                kinds.set(layer, Kind.WINDOW);
            }
        } else {
            Integer pattern = keys.find("sliding_window_pattern", "_sliding_window_pattern", "no_rope_layer_interval");
            int fullEvery = pattern == null ? family.fullEvery() : pattern;
            every(fullEvery, Kind.WINDOW, kinds);
            if (pattern == null && fullEvery != 1) {
                String because = fullEvery == 0
                        ? "All layers look through the window, as in every " + family.type() + "."
                        : "Every " + fullEvery + ". layer attends to all tokens, as in every " + family.type() + ".";
                keys.assumed("Sliding-window layers", because);
            }
        }
    }

    /** All layers but every n-th are of this kind. */
    private static void every(int n, Kind others, List<Kind> kinds) {
        for (int layer = 0; layer < kinds.size(); layer++) {
            if (n == 0 || (layer + 1) % n != 0) {
                kinds.set(layer, others);
            }
        }
    }

    private int kvHeads() {
        Integer said = keys.find("num_key_value_heads");
        if (said != null && said > 0) {
            return said;
        }
        if (keys.hasDefault("num_key_value_heads")) {
            return keys.need("KV heads", "num_key_value_heads");
        }
        keys.derived("KV heads", "The config has no num_key_value_heads: every head has its own keys and values.");
        return heads;
    }

    private int headDim() {
        Integer said = keys.find("head_dim");
        if (said != null && said > 0) {
            return said;
        }
        if (keys.hasDefault("head_dim")) {
            return keys.need("Head dim", "head_dim");
        }
        keys.derived("Head dim", "hidden_size ÷ num_attention_heads = " + hidden + " ÷ " + heads + ".");
        return Math.max(1, hidden / heads);
    }

    private int keyHeads() {
        return keys.need("Linear state (bytes)", "linear_num_key_heads");
    }

    private int keyDim() {
        return keys.need("Linear state (bytes)", "linear_key_head_dim");
    }

    private int valueHeads() {
        return keys.need("Linear state (bytes)", "linear_num_value_heads");
    }

    private int valueDim() {
        return keys.need("Linear state (bytes)", "linear_value_head_dim");
    }

    private int kernel() {
        return keys.need("Linear state (bytes)", "linear_conv_kernel_dim");
    }
}
