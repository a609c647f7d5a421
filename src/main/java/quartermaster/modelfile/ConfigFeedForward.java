package quartermaster.modelfile;

import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import quartermaster.catalogue.model.LayerParameters;

/** The feed-forward parts of a config's layers: which are dense, which have experts, and how large they are. */
final class ConfigFeedForward {
    private static final String[] EXPERTS = {"num_local_experts", "num_experts", "n_routed_experts", "moe_num_experts"};
    private static final String[] USED = {
        "num_experts_per_tok", "experts_per_token", "top_k_experts", "num_experts_per_token", "moe_k", "moe_topk"
    };
    private static final String[] SHARED_WIDTH = {
        "shared_expert_intermediate_size",
        "shared_intermediate_size",
        "moe_shared_expert_intermediate_size",
        "share_expert_dim"
    };
    private static final String[] DENSE_WIDTH = {"intermediate_size_mlp", "dense_intermediate_size", "block_ff_dim"};

    private final ConfigFamily family;
    private final ConfigKeys keys;
    private final int hidden;
    private final int layers;
    private final int experts;
    private final int used;
    private final int sharedExperts;
    private final int expertWidth;
    private final int expertInput; // hidden size, or that of a latent in which the experts work
    private final int sharedWidth;
    private final boolean denseBesideExperts;
    private final boolean[] sparse;
    private final List<LayerPart> parts; // empty where layers are whole
    private final List<ConfigBlock> blocks;

    ConfigFeedForward(ConfigFamily family, ConfigKeys keys, int hidden, int layers) {
        this.family = family;
        this.keys = keys;
        this.hidden = hidden;
        this.layers = layers;
        boolean switchedOn = keys.isYes("enable_moe_block");
        parts = family.has(ConfigFamily.Trait.ONE_PART_A_LAYER) ? LayerPart.of(keys) : List.of();
        blocks = family.has(ConfigFamily.Trait.BLOCKS) ? ConfigBlock.of(keys) : List.of();
        boolean mixed = isMixed(switchedOn);
        denseBesideExperts = switchedOn;
        experts = mixed ? keys.need("Experts", EXPERTS) : 0;
        used = mixed ? keys.need("Experts per token", USED) : 0;
        expertWidth = mixed ? expertWidth() : 0;
        expertInput = keys.or(hidden, "moe_latent_size", "routed_expert_hidden_size");
        int counted =
                keys.orZero("n_shared_experts", "num_shared_experts", "moe_num_shared_experts", "num_shared_expert");
        int width = keys.orZero(SHARED_WIDTH);
        boolean unsaid = mixed && family.has(ConfigFamily.Trait.SHARED_EXPERT);
        sharedExperts = !mixed ? 0 : counted > 0 ? counted : width > 0 || unsaid ? 1 : 0;
        sharedWidth = width > 0 ? width : sharedExperts * expertWidth;
        sparse = sparse(mixed);
        checkUsed();
    }

    /** Some publish dense models by a class for experts, with none. */
    private boolean isMixed(boolean switchedOn) {
        Integer said = keys.find(EXPERTS);
        boolean none = said != null && said == 0 && keys.has(SHARED_WIDTH[1])
                || !parts.isEmpty() && !parts.contains(LayerPart.EXPERTS);
        return (family.has(ConfigFamily.Trait.EXPERTS) || switchedOn) && !none;
    }

    private void checkUsed() {
        if (used > experts) {
            keys.report(
                    "out-of-range",
                    "num_experts_per_tok",
                    "Found " + used + " experts per token; expected no more than the " + experts + " there are.");
        }
    }

    /** Without routed experts. */
    double sharedParameters(ConfigAttention attention) {
        double sum = 0;
        for (int layer = 0; layer < layers; layer++) {
            sum += sharedParameters(layer, attention.sharesCache(layer));
        }
        return sum;
    }

    double routedParameters() {
        return count(true) * routedPerLayer();
    }

    /** Of one more layer like the last one, with all its experts. */
    double parametersOfLast() {
        int last = layers - 1;
        return sharedParameters(last, false) + (sparse[last] ? routedPerLayer() : 0);
    }

    double usedShare() {
        return experts == 0 ? 0 : Math.min(1, (double) used / experts);
    }

    @Nullable
    Integer expertsSaid() {
        return experts == 0 ? null : (Integer) experts;
    }

    @Nullable
    Integer usedSaid() {
        return experts == 0 ? null : (Integer) used;
    }

    @Nullable
    Integer sharedExpertsSaid() {
        return experts == 0 ? null : (Integer) sharedExperts;
    }

    @Nullable
    Integer expertWidthSaid() {
        return experts == 0 ? null : (Integer) expertWidth;
    }

    /** Null where the dense layers are not the first ones. */
    @Nullable
    Integer firstDense() {
        int first = 0;
        while (first < layers && !sparse[first]) {
            first++;
        }
        return experts > 0 && first > 0 && first == count(false) ? (Integer) first : null;
    }

    @Nullable
    Integer denseWidthSaid() {
        List<Integer> each = keys.numbers("intermediate_size");
        if (each != null) {
            return Collections.max(each);
        }
        if (keys.isYes("block_auto_adjust_ff_dim")) {
            return (int) denseWidth(0, false);
        }
        return blocks.isEmpty()
                ? keys.find(DENSE_WIDTH[0], DENSE_WIDTH[1], DENSE_WIDTH[2], "intermediate_size")
                : (Integer) blocks.stream().mapToInt(ConfigBlock::width).max().orElse(0);
    }

    private double sharedParameters(int layer, boolean sharesCache) {
        if (!parts.isEmpty() && parts.get(layer) != LayerPart.DENSE && !sparse[layer]) {
            return 0;
        }
        double latent = expertInput == hidden ? 0 : 2.0 * hidden * expertInput; // into it and back
        double router = sparse[layer] ? (double) hidden * experts + latent : 0;
        double shared = sparse[layer] ? LayerParameters.feedForward(hidden, sharedWidth, family.matrices()) : 0;
        double dense = !sparse[layer] || denseBesideExperts
                ? LayerParameters.feedForward(hidden, denseWidth(layer, sharesCache), family.matrices())
                : 0;
        return router + shared + dense;
    }

    private double routedPerLayer() {
        return experts * LayerParameters.feedForward(expertInput, expertWidth, family.matrices());
    }

    private int count(boolean wanted) {
        int count = 0;
        for (boolean each : sparse) {
            count += each == wanted ? 1 : 0;
        }
        return count;
    }

    private double denseWidth(int layer, boolean sharesCache) {
        if (!blocks.isEmpty()) {
            return layer < blocks.size() ? blocks.get(layer).width() : 0;
        }
        if (experts == 0 && keys.find(EXPERTS) != null && keys.has(SHARED_WIDTH[1])) {
            return keys.need("Dense intermediate size", SHARED_WIDTH[1]);
        }
        if (keys.isYes("block_auto_adjust_ff_dim")) {
            return adjusted(keys.need("Dense intermediate size", "block_ff_dim", "intermediate_size"));
        }
        List<Integer> each = keys.numbers("intermediate_size");
        if (each == null) {
            int width = keys.need("Dense intermediate size", wideKey(), "intermediate_size");
            return sharesCache && keys.isYes("use_double_wide_mlp") ? 2.0 * width : width;
        }
        if (each.size() != layers) {
            String found = "Found " + each.size() + " entries; expected one for each of the " + layers + " layers.";
            keys.report("out-of-range", "intermediate_size", found);
            return 1;
        }
        return each.get(layer);
    }

    /** Two thirds of it, times a factor, in whole blocks: as LFM2 says its width. */
    private double adjusted(int width) {
        int block = Math.max(1, keys.or(256, "block_multiple_of"));
        double said = Math.floor(Math.floor(2.0 * width / 3) * keys.real(1, "block_ffn_dim_multiplier"));
        return Math.ceil(said / block) * block;
    }

    private String wideKey() {
        return Stream.of(DENSE_WIDTH).filter(keys::has).findFirst().orElse("intermediate_size");
    }

    private int expertWidth() {
        String column = "Expert intermediate size";
        return family.has(ConfigFamily.Trait.WIDTH_IS_EXPERTS)
                ? keys.need(column, "intermediate_size")
                : keys.need(column, "moe_intermediate_size", "expert_intermediate_size");
    }

    private boolean[] sparse(boolean mixed) {
        boolean[] sparse = new boolean[layers];
        List<String> types = keys.texts("mlp_layer_types");
        List<Integer> listed = keys.numbers("moe_layers");
        List<Integer> dense = keys.numbers("mlp_only_layers");
        List<Integer> marked = keys.numbers("moe_layer_freq"); // a number for all, or a mark for each
        int first = keys.orZero("first_k_dense_replace", "num_dense_layers", "moe_layer_start_index");
        int frequency = marked == null ? Math.max(1, keys.or(1, "moe_layer_freq")) : 1;
        int step = Math.max(1, keys.or(1, "decoder_sparse_step", "interleave_moe_layer_step"));
        for (int layer = 0; mixed && layer < layers; layer++) {
            if (!parts.isEmpty()) {
                sparse[layer] = parts.get(layer) == LayerPart.EXPERTS;
            } else if (marked != null && marked.size() == layers) {
                sparse[layer] = marked.get(layer) == 1;
            } else if (types != null && types.size() == layers) {
                sparse[layer] = types.get(layer).equals("sparse");
            } else if (listed != null) {
                sparse[layer] = listed.contains(layer);
            } else {
                boolean spared = layer < first || dense != null && dense.contains(layer);
                sparse[layer] = !spared && layer % frequency == 0 && (layer + 1) % step == 0;
            }
        }
        return sparse;
    }
}
