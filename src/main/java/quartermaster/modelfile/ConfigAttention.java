package quartermaster.modelfile;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import quartermaster.catalogue.Attention;
import quartermaster.catalogue.model.LayerParameters;
import quartermaster.modelfile.LayerKinds.Kind;

/** How the layers of a config attend: their kinds, their parameters and what they keep of the tokens they have seen. */
final class ConfigAttention {
    private static final int ELEMENT_BYTES = 2; // FP16

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
    private final @Nullable LinearMixer linear;
    private final @Nullable GroupedLatent grouped;
    private final List<Integer> headsOfEach;
    private final List<ConfigBlock> blocks;

    ConfigAttention(ConfigFamily family, ConfigKeys keys, int hidden, int layers) {
        this.family = family;
        this.keys = keys;
        this.hidden = hidden;
        heads = keys.need("Heads", "num_attention_heads");
        window = window();
        grouped = family.has(ConfigFamily.Trait.GROUPED_LATENT) ? new GroupedLatent(keys, hidden, layers) : null;
        kinds = grouped == null
                ? LayerKinds.of(family, keys, layers, window)
                : Collections.nCopies(layers, Kind.WINDOW);
        linear = linearLayers() == 0 ? null : LinearMixer.of(family, keys, hidden);
        blocks = family.has(ConfigFamily.Trait.BLOCKS) ? ConfigBlock.of(keys) : List.of();
        kvHeads = isLatent() ? heads : kvHeads();
        headDim = isLatent() ? 1 : headDim();
        valuesAreKeys = keys.isYes("attention_k_eq_v");
        globalKvHeads = valuesAreKeys ? keys.or(kvHeads, "num_global_key_value_heads") : kvHeads;
        globalHeadDim = keys.or(headDim, "global_head_dim");
        List<Integer> said = keys.numbers("num_attention_heads_per_layer");
        headsOfEach = said != null && said.size() == layers ? said : Collections.nCopies(layers, heads);
        sharing = Math.min(layers, keys.orZero("num_kv_shared_layers"));
        if (sharing > 0) {
            keys.derived(
                    "KV cache per token FP16 (bytes)",
                    "The last " + sharing + " layers use the cache of earlier ones.");
        }
    }

    /**
     * Of a layer with keys and values of its own.
     *
     * @param keyDim of a head, values may be shorter
     */
    private record Shape(int kvHeads, int keyDim, int valueDim) {
        double bytesPerToken() {
            return (double) kvHeads * (keyDim + valueDim) * ELEMENT_BYTES;
        }

        /** Of so many layers. */
        String formula(long layers, String kind) {
            return keyDim == valueDim
                    ? "2 x " + layers + kind + " x " + kvHeads + " kv x " + keyDim + " x 2 B"
                    : layers + kind + " x " + kvHeads + " kv x (" + keyDim + "+" + valueDim + ") x 2 B";
        }
    }

    private Shape shape(int layer) {
        if (kinds.get(layer) == Kind.WINDOW) {
            int keyDim = keys.or(headDim, "swa_head_dim");
            return new Shape(
                    keys.or(kvHeads, "swa_num_key_value_heads"),
                    keyDim,
                    keys.or(valueDim(keyDim), "swa_v_head_dim", "v_head_dim"));
        }
        int own = blocks.isEmpty() ? globalKvHeads : blocks.get(layer).kvHeads();
        return new Shape(own, globalHeadDim, valueDim(globalHeadDim));
    }

    private int valueDim(int keyDim) {
        return keys.or(keyDim, "v_head_dim");
    }

    boolean isLatent() {
        return family.has(ConfigFamily.Trait.LATENT);
    }

    Attention kind() {
        if (linear != null) {
            return Attention.LINEAR_HYBRID;
        }
        return isLatent() ? Attention.LATENT : count(Kind.WINDOW) > 0 ? Attention.SLIDING_WINDOW : Attention.FULL;
    }

    int fullLayers() {
        return grouped == null ? count(Kind.FULL) : grouped.grouping();
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
        if (grouped != null) {
            return grouped.parameters();
        }
        double sum = 0;
        for (int layer = 0; layer < kinds.size(); layer++) {
            sum += parameters(layer);
        }
        return sum;
    }

    /** Of one more layer with full attention. */
    double parametersOfFull() {
        int full = kinds.indexOf(Kind.FULL);
        return full < 0 ? 0 : parameters(full);
    }

    private double parameters(int layer) {
        return switch (kinds.get(layer)) {
            case NONE -> 0;
            case LINEAR -> linear == null ? 0 : linear.parameters();
            case FULL, WINDOW -> (isLatent() ? latent() : ofHeads(layer)) + besideAttention();
        };
    }

    private double besideAttention() {
        return linear == null || !family.has(ConfigFamily.Trait.STATE_BESIDE_ATTENTION) ? 0 : linear.parameters();
    }

    /** Those that keep a state of one size, be it beside attention. */
    int linearLayers() {
        return family.has(ConfigFamily.Trait.STATE_BESIDE_ATTENTION) ? kinds.size() : count(Kind.LINEAR);
    }

    private double ofHeads(int layer) {
        boolean full = kinds.get(layer) == Kind.FULL;
        int matrices = sharesCache(layer) ? 0 : full && valuesAreKeys ? 1 : 2;
        Boolean gate = keys.yesNo("attn_output_gate");
        boolean gated = gate == null ? family.has(ConfigFamily.Trait.GATED_OUTPUT) : gate;
        Shape shape = shape(layer);
        return LayerParameters.groupedAttention(
                hidden, headsOfEach.get(layer), shape.kvHeads(), shape.keyDim(), shape.valueDim(), matrices, gated);
    }

    private double latent() {
        int valueDim = keys.need("Head dim", "v_head_dim");
        double attention = LayerParameters.latentAttention(
                hidden,
                heads,
                keys.orZero("q_lora_rank"),
                keys.need("KV lora rank", "kv_lora_rank"),
                keys.need("Head dim", "qk_nope_head_dim"),
                keys.has("qk_rope_head_dim")
                        ? keys.orZero("qk_rope_head_dim") // some have no positions at all
                        : keys.need("RoPE head dim", "qk_rope_head_dim"),
                valueDim);
        double gate = keys.isYes("mla_use_output_gate") ? (double) hidden * heads * valueDim : 0;
        int indexHeads = keys.orZero("index_n_heads");
        int rank = keys.orZero("q_lora_rank");
        double index = indexHeads == 0
                ? 0
                : LayerParameters.sparseIndex(hidden, rank, indexHeads, keys.need("Head dim", "index_head_dim"));
        return attention + gate + index;
    }

    /** Of all layers whose cache grows, at 16 bits. */
    long cachePerToken() {
        if (grouped != null) {
            return grouped.cachePerToken();
        }
        if (isLatent()) {
            double latent = keys.orZero("kv_lora_rank") + keys.orZero("qk_rope_head_dim");
            return Math.round(count(Kind.FULL) * latent * ELEMENT_BYTES);
        }
        return bytesPerToken(Kind.FULL);
    }

    long windowCeiling() {
        if (window == null) {
            return 0;
        }
        return grouped == null ? bytesPerToken(Kind.WINDOW) * window : grouped.windowCeiling(window);
    }

    /** Of all layers of a kind that keep a cache of their own. */
    private long bytesPerToken(Kind kind) {
        double sum = 0;
        for (int layer = 0; layer < kinds.size() - sharing; layer++) {
            sum += kinds.get(layer) == kind ? shape(layer).bytesPerToken() : 0;
        }
        return Math.round(sum);
    }

    long linearState() {
        return linear == null ? 0 : Math.round(linearLayers() * linear.stateBytes());
    }

    /** As people write it down: {@code 2 x 12 full layers x 8 kv x 64 x 2 B}. */
    String formula() {
        List<String> parts = new ArrayList<>();
        if (grouped != null) {
            return grouped.formula(window == null ? 0 : window);
        }
        if (isLatent()) {
            parts.add(count(Kind.FULL) + " layers x (kv_lora_rank " + keys.orZero("kv_lora_rank") + " + rope "
                    + keys.orZero("qk_rope_head_dim") + ") x 2 B");
        } else {
            shapes(Kind.FULL).forEach((shape, layers) -> parts.add(shape.formula(layers, " full layers")));
            shapes(Kind.WINDOW)
                    .forEach((shape, layers) ->
                            parts.add("sliding: " + shape.formula(layers, "") + " x min(ctx," + window + ")"));
        }
        if (linear != null) {
            parts.add("constant state per sequence " + linearLayers() + " x (" + linear.formula() + ")");
        }
        return String.join("; ", parts);
    }

    /** How many layers of a kind keep a cache of which shape. */
    private Map<Shape, Long> shapes(Kind kind) {
        Map<Shape, Long> shapes = new LinkedHashMap<>();
        for (int layer = 0; layer < kinds.size() - sharing; layer++) {
            if (kinds.get(layer) == kind) {
                shapes.merge(shape(layer), 1L, Long::sum);
            }
        }
        return shapes;
    }

    private @Nullable Integer window() {
        Integer said = keys.find("attention_chunk_size", "sliding_window");
        Integer context = keys.find("max_position_embeddings");
        boolean switchedOff = Boolean.FALSE.equals(keys.yesNo("use_sliding_window"));
        boolean endless = said != null && (said == 0 || context != null && said >= context);
        return switchedOff || endless ? null : said;
    }

    private int kvHeads() {
        Integer said = keys.find("num_key_value_heads");
        if (said != null && said > 0) {
            return said;
        }
        if (!blocks.isEmpty()) {
            return Math.max(
                    1, blocks.stream().mapToInt(ConfigBlock::kvHeads).max().orElse(1));
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
}
