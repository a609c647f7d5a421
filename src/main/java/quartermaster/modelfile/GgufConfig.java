package quartermaster.modelfile;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import quartermaster.unit.Place;
import quartermaster.unit.Problem;

/** The keys of a GGUF header under the names that a Hugging Face config has for them. */
final class GgufConfig {
    /** By {@code general.architecture}. */
    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("llama", "llama"),
            Map.entry("llama4", "llama4"),
            Map.entry("mistral3", "mistral"),
            Map.entry("qwen2", "qwen2"),
            Map.entry("qwen2vl", "qwen2_vl"),
            Map.entry("qwen2moe", "qwen2_moe"),
            Map.entry("qwen3", "qwen3"),
            Map.entry("qwen3vl", "qwen3_vl"),
            Map.entry("qwen3moe", "qwen3_moe"),
            Map.entry("qwen3vlmoe", "qwen3_vl_moe"),
            Map.entry("qwen3next", "qwen3_next"),
            Map.entry("qwen35", "qwen3_5"),
            Map.entry("qwen35moe", "qwen3_5_moe"),
            Map.entry("gemma", "gemma"),
            Map.entry("gemma2", "gemma2"),
            Map.entry("gemma3", "gemma3"),
            Map.entry("gemma3n", "gemma3n"),
            Map.entry("gemma4", "gemma4"),
            Map.entry("deepseek2", "deepseek_v3"),
            Map.entry("glm-dsa", "glm_moe_dsa"),
            Map.entry("glm4", "glm4"),
            Map.entry("glm4moe", "glm4_moe"),
            Map.entry("gpt-oss", "gpt_oss"),
            Map.entry("gptoss", "gpt_oss"),
            Map.entry("minimax-m2", "minimax_m2"),
            Map.entry("command-r", "cohere"),
            Map.entry("cohere2", "cohere2"),
            Map.entry("phi2", "phi"),
            Map.entry("phi3", "phi3"),
            Map.entry("phimoe", "phimoe"),
            Map.entry("granite", "granite"),
            Map.entry("granitemoe", "granitemoe"),
            Map.entry("olmo", "olmo"),
            Map.entry("olmo2", "olmo2"),
            Map.entry("olmoe", "olmoe"),
            Map.entry("starcoder2", "starcoder2"),
            Map.entry("stablelm", "stablelm"),
            Map.entry("nemotron", "nemotron"),
            Map.entry("smollm3", "smollm3"),
            Map.entry("exaone4", "exaone4"),
            Map.entry("seed_oss", "seed_oss"),
            Map.entry("apertus", "apertus"),
            Map.entry("ernie4_5", "ernie4_5"),
            Map.entry("ernie4_5-moe", "ernie4_5_moe"),
            Map.entry("dots1", "dots1"));

    /** The same number under two names. */
    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("hidden_size", "embedding_length"),
            Map.entry("num_attention_heads", "attention.head_count"),
            Map.entry("max_position_embeddings", "context_length"),
            Map.entry("num_experts", "expert_count"),
            Map.entry("num_experts_per_tok", "expert_used_count"),
            Map.entry("n_shared_experts", "expert_shared_count"),
            Map.entry("shared_expert_intermediate_size", "expert_shared_feed_forward_length"),
            Map.entry("first_k_dense_replace", "leading_dense_block_count"),
            Map.entry("interleave_moe_layer_step", "interleave_moe_layer_step"),
            Map.entry("kv_lora_rank", "attention.kv_lora_rank"),
            Map.entry("q_lora_rank", "attention.q_lora_rank"),
            Map.entry("qk_rope_head_dim", "rope.dimension_count"),
            Map.entry("index_n_heads", "attention.indexer.head_count"),
            Map.entry("index_head_dim", "attention.indexer.key_length"),
            Map.entry("num_kv_shared_layers", "attention.shared_kv_layers"),
            Map.entry("hidden_size_per_layer_input", "embedding_length_per_layer_input"),
            Map.entry("full_attention_interval", "full_attention_interval"),
            Map.entry("linear_num_key_heads", "ssm.group_count"),
            Map.entry("linear_num_value_heads", "ssm.time_step_rank"),
            Map.entry("linear_key_head_dim", "ssm.state_size"),
            Map.entry("linear_conv_kernel_dim", "ssm.conv_kernel"),
            Map.entry("moe_layer_freq", "moe_every_n_layers"));

    /** What a problem with a key that was put together is called by. */
    private static final Map<String, String> ALSO = Map.of(
            "num_hidden_layers", "block_count",
            "intermediate_size", "feed_forward_length",
            "moe_intermediate_size", "expert_feed_forward_length",
            "qk_nope_head_dim", "attention.key_length",
            "v_head_dim", "attention.value_length",
            "num_local_experts", "expert_count",
            "linear_value_head_dim", "ssm.inner_size",
            "vocab_size", "vocab_size");

    private final GgufHeader header;
    private final String architecture;
    private final Map<String, Object> config = new LinkedHashMap<>();

    private GgufConfig(GgufHeader header, String architecture) {
        this.header = header;
        this.architecture = architecture;
    }

    static List<String> architectures() {
        return TYPES.keySet().stream().sorted().toList();
    }

    static @Nullable String type(String architecture) {
        return TYPES.get(architecture);
    }

    /** The config as the header says it. */
    static Map<String, Object> of(GgufHeader header, String architecture, ConfigFamily family) {
        GgufConfig made = new GgufConfig(header, architecture);
        made.fill(family);
        return Collections.unmodifiableMap(made.config);
    }

    /** The problem under the name that the header has for the key. */
    static Problem renamed(Problem problem, String architecture) {
        String key = problem.at().toString().replaceFirst("^/", "");
        String name = NAMES.getOrDefault(key, ALSO.get(key));
        if (name == null) {
            return problem.at(new Place.Named(key));
        }
        String full = architecture + "." + name;
        return new Problem(problem.code(), problem.message().replace(key, full), new Place.Named(full));
    }

    private void fill(ConfigFamily family) {
        NAMES.forEach((key, name) -> put(key, key(name)));
        layersAndHeads();
        widths(family);
        latent(family);
        windows();
        Object scaling = key("rope.scaling.factor");
        Object original = key("rope.scaling.original_context_length");
        if (scaling != null && original != null) {
            config.put("rope_scaling", Map.of("factor", scaling, "original_max_position_embeddings", original));
        }
        vocabulary();
    }

    private void layersAndHeads() {
        Long blocks = number("block_count");
        Long predicting = number("nextn_predict_layers");
        put("num_hidden_layers", blocks == null ? null : blocks - (predicting == null ? 0 : predicting));
        Long local = number("attention.key_length_swa");
        put("head_dim", local == null ? number("attention.key_length") : local);
        put("global_head_dim", local == null ? null : number("attention.key_length"));
        if (key("attention.head_count") instanceof List<?> each) {
            put("num_attention_heads", single(each));
        }
        Object shared = key("attention.head_count_kv");
        if (shared instanceof List<?> each) {
            kvHeads(each);
        } else {
            put("num_key_value_heads", shared);
        }
    }

    /** Per layer: layers that look through a window may have other numbers than the rest. */
    private void kvHeads(List<?> each) {
        Set<Long> full = new TreeSet<>();
        Set<Long> windowed = new TreeSet<>();
        List<?> pattern = key("attention.sliding_window_pattern") instanceof List<?> list ? list : List.of();
        for (int layer = 0; layer < each.size(); layer++) {
            boolean through = layer < pattern.size() && Boolean.TRUE.equals(pattern.get(layer));
            if (each.get(layer) instanceof Long heads && heads > 0) {
                (through ? windowed : full).add(heads);
            }
        }
        if (full.size() > 1 || windowed.size() > 1) {
            put("num_key_value_heads", each); // refused as a list: no family here has such layers
        } else if (windowed.isEmpty()) {
            put("num_key_value_heads", full.isEmpty() ? null : full.iterator().next());
        } else {
            put("num_key_value_heads", windowed.iterator().next());
            put(
                    "num_global_key_value_heads",
                    full.isEmpty() ? null : full.iterator().next());
            put("attention_k_eq_v", true);
        }
    }

    private void widths(ConfigFamily family) {
        Object dense = key("feed_forward_length");
        Long ofExpert = number("expert_feed_forward_length");
        if (dense instanceof List<?> each && new HashSet<>(each).size() == 1) {
            dense = each.get(0);
        }
        Long experts = number("expert_count");
        put("enable_moe_block", family.type().equals("gemma4") && experts != null && experts > 0 ? true : null);
        if (family.has(ConfigFamily.Trait.WIDTH_IS_EXPERTS)) {
            put("intermediate_size", ofExpert == null ? dense : ofExpert);
            put("intermediate_size_mlp", family.has(ConfigFamily.Trait.SHARED_EXPERT) ? dense : null);
        } else {
            put("moe_intermediate_size", ofExpert);
            put("intermediate_size", dense == null && ofExpert != null ? ofExpert : dense);
        }
        Long inner = number("ssm.inner_size");
        Long heads = number("ssm.time_step_rank");
        put("linear_value_head_dim", inner == null || heads == null || heads == 0 ? null : inner / heads);
    }

    private void latent(ConfigFamily family) {
        if (!family.has(ConfigFamily.Trait.LATENT)) {
            config.remove("qk_rope_head_dim");
            return;
        }
        Long keys = number("attention.key_length_mla");
        Long values = number("attention.value_length_mla");
        Long head = keys == null ? number("attention.key_length") : keys;
        Long rope = number("rope.dimension_count");
        put("qk_nope_head_dim", head == null || rope == null ? null : Math.max(1, head - rope));
        put("v_head_dim", values == null ? number("attention.value_length") : values);
    }

    private void windows() {
        boolean known = !architecture.equals("llama"); // whose engines do not look through windows
        put("sliding_window", known ? key("attention.sliding_window") : null);
        put("attention_chunk_size", key("attention.chunk_size"));
        Object pattern = key("attention.sliding_window_pattern");
        Set<Integer> linear = linearLayers();
        Object layers = config.get("num_hidden_layers");
        if (!linear.isEmpty() && layers instanceof Long count && count > 0 && count <= 10_000) {
            List<String> types = new ArrayList<>();
            for (int layer = 0; layer < count; layer++) {
                types.add(linear.contains(layer) ? "linear_attention" : "full_attention");
            }
            put("layer_types", types);
        } else if (pattern instanceof List<?> each) {
            put(
                    "layer_types",
                    each.stream()
                            .map(through -> Boolean.TRUE.equals(through) ? "sliding_attention" : "full_attention")
                            .toList());
        } else {
            put("sliding_window_pattern", pattern);
        }
    }

    /** Those with the tensors of a recurrent state. */
    private Set<Integer> linearLayers() {
        Set<Integer> layers = new HashSet<>();
        for (GgufHeader.Tensor tensor : header.tensors()) {
            int block = GgufTensors.block(tensor.name());
            if (block >= 0 && tensor.name().contains(".ssm_")) {
                layers.add(block);
            }
        }
        return layers;
    }

    private void vocabulary() {
        Object words = header.keys().get("tokenizer.ggml.tokens");
        List<Long> embedding = GgufTensors.shape(header, GgufTensors.EMBEDDING);
        if (embedding.size() == 2) {
            put("vocab_size", embedding.get(1));
        } else if (key("vocab_size") != null) {
            put("vocab_size", key("vocab_size"));
        } else if (words instanceof GgufHeader.Length length) {
            put("vocab_size", length.entries());
        }
        if (!header.tensors().isEmpty()) {
            put(
                    "tie_word_embeddings",
                    GgufTensors.shape(header, GgufTensors.HEAD).isEmpty());
        }
    }

    private static @Nullable Object single(List<?> each) {
        return new HashSet<>(each).size() == 1 ? each.get(0) : each;
    }

    private @Nullable Object key(String name) {
        return header.keys().get(architecture + "." + name);
    }

    private @Nullable Long number(String name) {
        return header.number(architecture + "." + name);
    }

    private void put(String key, @Nullable Object value) {
        if (value != null) {
            config.put(key, value);
        }
    }
}
