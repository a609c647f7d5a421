package quartermaster.modelfile;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How each layer of a config attends, where its keys or its family say so. */
final class LayerKinds {
    private static final int USUAL_INTERVAL = 4;
    private static final Set<String> WINDOWED = Set.of("sliding_attention", "chunked_attention");
    private static final Map<String, ConfigFamily.Trait> LINEAR = Map.of(
            "linear_attention", ConfigFamily.Trait.DELTA_NET,
            "mamba", ConfigFamily.Trait.MAMBA,
            "conv", ConfigFamily.Trait.SHORT_CONVOLUTION);

    enum Kind {
        FULL,
        WINDOW,
        LINEAR,
        /** Not at all. */
        NONE
    }

    private final ConfigFamily family;
    private final ConfigKeys keys;
    private final int layers;
    private final @Nullable Integer window;

    private LayerKinds(ConfigFamily family, ConfigKeys keys, int layers, @Nullable Integer window) {
        this.family = family;
        this.keys = keys;
        this.layers = layers;
        this.window = window;
    }

    /** @param window tokens that layers with a window look at; null where there is none */
    static List<Kind> of(ConfigFamily family, ConfigKeys keys, int layers, @Nullable Integer window) {
        return new LayerKinds(family, keys, layers, window).kinds();
    }

    private List<Kind> kinds() {
        if (family.has(ConfigFamily.Trait.ONE_PART_A_LAYER)) {
            return LayerPart.of(keys).stream().map(LayerKinds::ofPart).toList();
        }
        if (family.has(ConfigFamily.Trait.BLOCKS)) {
            return ConfigBlock.of(keys).stream()
                    .map(block -> block.kvHeads() == 0 ? Kind.NONE : Kind.FULL)
                    .toList();
        }
        List<String> said = keys.texts("layer_types");
        if (said != null) {
            return spelled(said);
        }
        List<Kind> kinds = new ArrayList<>(Collections.nCopies(layers, Kind.FULL));
        List<Integer> full = keys.numbers(keys.has("full_attn_idxs") ? "full_attn_idxs" : "attn_layer_indices");
        List<Integer> marks = keys.numbers("attn_type_list");
        if (family.has(ConfigFamily.Trait.STATE_BESIDE_ATTENTION)) {
            return kinds;
        }
        if (family.isHybrid() && full != null) {
            for (int layer = 0; layer < layers; layer++) {
                kinds.set(layer, full.contains(layer) ? Kind.FULL : Kind.LINEAR);
            }
        } else if (family.has(ConfigFamily.Trait.LIGHTNING) && marks != null && marks.size() == layers) {
            for (int layer = 0; layer < layers; layer++) {
                kinds.set(layer, marks.get(layer) == 0 ? Kind.LINEAR : Kind.FULL);
            }
        } else if (family.has(ConfigFamily.Trait.KIMI_DELTA)) {
            kimiDelta(kinds);
        } else if (family.has(ConfigFamily.Trait.DELTA_NET)) {
            Integer interval = keys.find("full_attention_interval");
            if (interval == null || interval == 0) {
                keys.assumed("Linear layers", "Every 4th layer has full attention, as usual in this family.");
            }
            every(interval == null || interval == 0 ? USUAL_INTERVAL : interval, Kind.LINEAR, kinds);
        } else if (family.isHybrid()) {
            keys.report("missing-key", "layer_types", "Key layer_types is missing.");
        } else if (!family.has(ConfigFamily.Trait.LATENT) && window != null) {
            windows(kinds);
        }
        return kinds;
    }

    private static Kind ofPart(LayerPart part) {
        return switch (part) {
            case ATTENTION -> Kind.FULL;
            case MAMBA -> Kind.LINEAR;
            case DENSE, EXPERTS -> Kind.NONE;
        };
    }

    /** Those with full attention are listed, counted from 0 or from 1. */
    private void kimiDelta(List<Kind> kinds) {
        ConfigKeys linear = keys.inside("linear_attn_config");
        List<Integer> fromOne = linear.numbers("full_attn_layers");
        List<Integer> fromZero = linear.numbers("full_attn_layers_zero_based");
        if (fromOne == null && fromZero == null) {
            linear.report("missing-key", "full_attn_layers", "Key full_attn_layers is missing.");
            return;
        }
        for (int layer = 0; layer < layers; layer++) {
            boolean full = fromZero == null ? fromOne.contains(layer + 1) : fromZero.contains(layer);
            kinds.set(layer, full ? Kind.FULL : Kind.LINEAR);
        }
    }

    private List<Kind> spelled(List<String> said) {
        if (said.size() != layers) {
            String found = "Found " + said.size() + " entries; expected one for each of the " + layers + " layers.";
            keys.report("out-of-range", "layer_types", found);
        }
        List<Kind> kinds = new ArrayList<>(layers);
        boolean strange = false;
        for (String type : said) {
            boolean linear = isLinear(type);
            boolean windowed = WINDOWED.contains(type);
            strange |= !linear && !windowed && !isFull(type);
            kinds.add(linear ? Kind.LINEAR : windowed && window != null ? Kind.WINDOW : Kind.FULL);
            if (windowed && window == null && !keys.has("sliding_window") && !keys.has("attention_chunk_size")) {
                keys.report("missing-key", "sliding_window", "Key sliding_window is missing.");
            }
        }
        if (strange) {
            reportStrange(said);
        }
        return kinds;
    }

    private boolean isLinear(String type) {
        ConfigFamily.Trait trait = LINEAR.get(type);
        return trait != null && family.has(trait)
                || type.equals("linear_attention") && family.has(ConfigFamily.Trait.LIGHTNING);
    }

    /** A sparse one keeps every token. */
    private boolean isFull(String type) {
        return type.equals("full_attention")
                || type.equals("attention") && family.isHybrid()
                || type.equals("deepseek_sparse_attention") && family.has(ConfigFamily.Trait.LATENT);
    }

    private void reportStrange(List<String> said) {
        String linear = LINEAR.keySet().stream()
                .filter(this::isLinear)
                .findFirst()
                .map(type -> " and " + type)
                .orElse("");
        keys.report(
                "unknown-layer-type",
                "layer_types",
                "A " + family.type() + " has no other layers than full_attention, sliding_attention, chunked_attention"
                        + linear + "; found "
                        + String.join(", ", said.stream().distinct().limit(5).toList()) + ".");
    }

    /** Which layers look through a window where the config has no list of them. */
    private void windows(List<Kind> kinds) {
        List<Integer> chunked = keys.numbers("no_rope_layers");
        List<Integer> pattern = keys.numbers("hybrid_layer_pattern");
        Integer behind = keys.find("max_window_layers");
        if (chunked != null && chunked.size() == layers) {
            set(chunked, kinds);
        } else if (pattern != null && pattern.size() == layers) {
            set(pattern, kinds);
        } else if (keys.isYes("use_sliding_window") && behind != null) {
            for (int layer = behind; layer < layers; layer++) {
                kinds.set(layer, Kind.WINDOW);
            }
        } else {
            Integer interval = keys.find("sliding_window_pattern", "_sliding_window_pattern", "no_rope_layer_interval");
            int fullEvery = interval == null ? family.fullEvery() : interval;
            every(fullEvery, Kind.WINDOW, kinds);
            if (interval == null && fullEvery != 1) {
                String because = fullEvery == 0
                        ? "All layers look through the window, as in every " + family.type() + "."
                        : "Every " + fullEvery + ". layer attends to all tokens, as in every " + family.type() + ".";
                keys.assumed("Sliding-window layers", because);
            }
        }
    }

    private static void set(List<Integer> windowed, List<Kind> kinds) {
        for (int layer = 0; layer < kinds.size(); layer++) {
            kinds.set(layer, windowed.get(layer) == 0 ? Kind.FULL : Kind.WINDOW);
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
}
