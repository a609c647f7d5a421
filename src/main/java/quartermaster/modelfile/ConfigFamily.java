package quartermaster.modelfile;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import quartermaster.unit.Ids;

/**
 * What a {@code model_type} says that its config does not: how layers differ where no key tells, and what a key means.
 *
 * @param name as the column {@code Family} has it
 * @param fullEvery every n-th layer attends to all tokens, the others to a window; 1: all do; 0: none does where there is
 *     a window
 * @param tied whether the output head is the input embedding where the config does not say
 * @param defaults the values of keys that published configs leave out
 */
record ConfigFamily(
        String type, String name, int fullEvery, boolean tied, Set<Trait> traits, Map<String, Integer> defaults) {

    enum Trait {
        /** Attention over a compressed cache. */
        LATENT,
        /** All or some layers have routed experts. */
        EXPERTS,
        /** The key {@code intermediate_size} is the width of an expert. */
        WIDTH_IS_EXPERTS,
        /** One expert that every token passes, of an expert's width, though no key says so. */
        SHARED_EXPERT,
        /** The feed-forward part has two matrices, not three. */
        UNGATED,
        /** Layers with linear attention (Gated DeltaNet) between those with full attention. */
        DELTA_NET,
        /** Layers with a state space (Mamba-2) between those with full attention. */
        MAMBA,
        /** Layers with a short convolution between those with full attention. */
        SHORT_CONVOLUTION,
        /** Layers with linear attention (Kimi Delta Attention) between those with full attention. */
        KIMI_DELTA,
        /** Layers with linear attention (Lightning Attention) between those with full attention. */
        LIGHTNING,
        /** Each layer has a state space beside its attention. */
        STATE_BESIDE_ATTENTION,
        /** Each layer is either attention, or a state space, or a feed-forward part. */
        ONE_PART_A_LAYER,
        /** Each block says itself what it has. */
        BLOCKS,
        /** One latent for several tokens, beside a window. */
        GROUPED_LATENT,
        /** Queries come with an output gate of the same size. */
        GATED_OUTPUT,
        /** The published number of parameters includes the layers that predict further tokens. */
        COUNTS_PREDICTION
    }

    private static final Map<String, ConfigFamily> KNOWN = known();

    /** Configs of models that see: the language model's config stands inside theirs. */
    private static final Set<String> AROUND = Set.of(
            "aya_vision",
            "exaone4_5",
            "gemma3",
            "gemma3n",
            "gemma4",
            "gemma4_unified",
            "glm4v",
            "glm4v_moe",
            "glm5_next",
            "idefics3",
            "internvl",
            "internvl_chat",
            "kimi_k25",
            "kimi_k3",
            "kimi_vl",
            "llama4",
            "llava",
            "llava_next",
            "llava_onevision",
            "mistral3",
            "paligemma",
            "pixtral",
            "qwen2_5_vl",
            "qwen2_vl",
            "qwen3_5",
            "qwen3_5_moe",
            "qwen3_vl",
            "qwen3_vl_moe",
            "qwen4_exp",
            "smolvlm");

    ConfigFamily {
        traits = Set.copyOf(traits);
        defaults = Map.copyOf(defaults);
    }

    static Optional<ConfigFamily> find(String type) {
        String text = type.endsWith("_text") ? type.substring(0, type.length() - "_text".length()) : type;
        return Optional.ofNullable(KNOWN.get(text));
    }

    /** By a class such as {@code LlamaForCausalLM}. */
    static Optional<ConfigFamily> ofClass(String name) {
        String wanted = Ids.normalise(name.replaceFirst("(For[A-Z]|LMHead|Model).*", ""));
        return KNOWN.values().stream()
                .filter(family -> Ids.normalise(family.type).equals(wanted))
                .findFirst();
    }

    static boolean surrounds(String type) {
        return AROUND.contains(type);
    }

    static List<String> types() {
        Set<String> types = new LinkedHashSet<>(KNOWN.keySet());
        types.addAll(AROUND);
        return types.stream().sorted().toList();
    }

    boolean has(Trait trait) {
        return traits.contains(trait);
    }

    /** Whether some layers keep a state of one size, however many tokens they have seen. */
    boolean isHybrid() {
        return has(Trait.DELTA_NET)
                || has(Trait.MAMBA)
                || has(Trait.SHORT_CONVOLUTION)
                || has(Trait.KIMI_DELTA)
                || has(Trait.LIGHTNING);
    }

    /** Matrices of a feed-forward part. */
    int matrices() {
        return has(Trait.UNGATED) ? 2 : 3;
    }

    private static Map<String, ConfigFamily> known() {
        Map<String, ConfigFamily> known = new TreeMap<>();
        llamaAndMistral(known);
        qwen(known);
        google(known);
        latent(known);
        others(known);
        hybrids(known);
        return Map.copyOf(known);
    }

    private static void llamaAndMistral(Map<String, ConfigFamily> known) {
        add(known, "llama", "llama", 1, false);
        add(known, "llama4", "llama", 4, false, Trait.EXPERTS, Trait.WIDTH_IS_EXPERTS, Trait.SHARED_EXPERT);
        add(known, "mistral", "mistral", 0, false);
        add(known, "ministral", "mistral", 0, false);
        add(known, "ministral3", "mistral", 0, false);
        add(known, "mistral4", "mistral", 1, false, Trait.LATENT, Trait.EXPERTS);
        add(known, "mixtral", "mistral", 0, false, Trait.EXPERTS, Trait.WIDTH_IS_EXPERTS);
    }

    private static void qwen(Map<String, ConfigFamily> known) {
        Map<String, Integer> wide = Map.of("head_dim", 128);
        Trait[] hybrid = {Trait.DELTA_NET, Trait.GATED_OUTPUT, Trait.COUNTS_PREDICTION};
        Trait[] hybridExperts = {Trait.DELTA_NET, Trait.GATED_OUTPUT, Trait.COUNTS_PREDICTION, Trait.EXPERTS};
        add(known, "qwen2", "qwen", 1, false);
        add(known, "qwen2_vl", "qwen", 1, false);
        add(known, "qwen2_5_vl", "qwen", 1, false);
        add(known, "qwen2_moe", "qwen", 1, false, Trait.EXPERTS);
        add(known, "qwen3", "qwen", 1, false, wide);
        add(known, "qwen3_vl", "qwen", 1, false, wide);
        add(known, "qwen3_moe", "qwen", 1, false, wide, Trait.EXPERTS);
        add(known, "qwen3_vl_moe", "qwen", 1, false, wide, Trait.EXPERTS);
        add(known, "qwen2_5_omni", "qwen", 1, false);
        add(known, "qwen3_omni_moe", "qwen", 1, false, wide, Trait.EXPERTS);
        // The checkpoint of Qwen3-Next holds one layer that predicts further tokens; its config has no key for it.
        add(known, "qwen3_next", "qwen", 1, false, Map.of("num_nextn_predict_layers", 1), hybridExperts);
        add(known, "qwen3_5", "qwen", 1, false, Map.of(), hybrid);
        add(known, "qwen3_5_moe", "qwen", 1, false, Map.of(), hybridExperts);
        add(known, "qwen4_exp", "qwen", 1, false, Map.of(), hybridExperts);
    }

    private static void google(Map<String, ConfigFamily> known) {
        // Published configs of Gemma 3 leave out what equals the defaults of its class in the transformers library.
        Map<String, Integer> gemma3 = Map.of(
                "num_attention_heads",
                8,
                "num_key_value_heads",
                4,
                "head_dim",
                256,
                "vocab_size",
                262208,
                "max_position_embeddings",
                131072);
        add(known, "gemma", "gemma", 1, true, Map.of("head_dim", 256));
        add(known, "gemma2", "gemma", 2, true, Map.of("head_dim", 256));
        add(known, "gemma3", "gemma", 6, true, gemma3);
        add(known, "gemma3n", "gemma", 5, true, Map.of("head_dim", 256));
        add(known, "gemma4", "gemma", 6, true);
        add(known, "gemma4_unified", "gemma", 6, true);
    }

    private static void latent(Map<String, ConfigFamily> known) {
        add(known, "deepseek_v2", "deepseek", 1, false, Trait.LATENT, Trait.EXPERTS);
        add(known, "deepseek_v3", "deepseek", 1, false, Trait.LATENT, Trait.EXPERTS);
        add(known, "deepseek_v32", "deepseek", 1, false, Trait.LATENT, Trait.EXPERTS);
        add(known, "kimi_k2", "kimi", 1, false, Trait.LATENT, Trait.EXPERTS);
        add(known, "kimi_k25", "kimi", 1, false, Trait.LATENT, Trait.EXPERTS);
        add(known, "kimi_vl", "kimi", 1, false, Trait.LATENT, Trait.EXPERTS);
        add(known, "kimi_linear", "kimi", 1, false, Trait.LATENT, Trait.KIMI_DELTA, Trait.EXPERTS);
        add(known, "deepseek_v4", "deepseek", 1, false, Trait.GROUPED_LATENT, Trait.EXPERTS);
        Trait[] next = {Trait.LATENT, Trait.KIMI_DELTA, Trait.EXPERTS, Trait.COUNTS_PREDICTION};
        add(known, "glm5_next", "glm", 1, false, next);
        add(known, "glm_moe_dsa", "glm", 1, false, Trait.LATENT, Trait.EXPERTS, Trait.COUNTS_PREDICTION);
        add(known, "glm4_moe_lite", "glm", 1, false, Trait.LATENT, Trait.EXPERTS, Trait.COUNTS_PREDICTION);
    }

    private static void others(Map<String, ConfigFamily> known) {
        add(known, "glm", "glm", 1, false);
        add(known, "glm4", "glm", 1, false);
        add(known, "glm4v", "glm", 1, false);
        add(known, "glm4v_moe", "glm", 1, false, Trait.EXPERTS, Trait.COUNTS_PREDICTION);
        add(known, "glm4_moe", "glm", 1, false, Trait.EXPERTS, Trait.COUNTS_PREDICTION);
        add(known, "gpt_oss", "gpt-oss", 2, false, Trait.EXPERTS, Trait.WIDTH_IS_EXPERTS);
        add(known, "minimax_m2", "minimax", 1, false, Trait.EXPERTS, Trait.WIDTH_IS_EXPERTS);
        add(known, "cohere", "cohere", 1, true);
        add(known, "cohere2", "cohere", 4, true);
        add(known, "phi", "phi", 1, false, Trait.UNGATED);
        add(known, "phi3", "phi", 0, false);
        add(known, "phimoe", "phi", 0, false, Trait.EXPERTS, Trait.WIDTH_IS_EXPERTS);
        add(known, "granite", "granite", 1, false);
        add(known, "granitemoe", "granite", 1, false, Trait.EXPERTS, Trait.WIDTH_IS_EXPERTS);
        add(known, "granitemoeshared", "granite", 1, false, Trait.EXPERTS, Trait.WIDTH_IS_EXPERTS);
        add(known, "olmo", "olmo", 1, false);
        add(known, "olmo2", "olmo", 1, false);
        add(known, "olmo3", "olmo", 4, false);
        add(known, "olmoe", "olmo", 1, false, Trait.EXPERTS, Trait.WIDTH_IS_EXPERTS);
        add(known, "starcoder2", "starcoder", 0, true, Trait.UNGATED);
        add(known, "stablelm", "stablelm", 1, false);
        add(known, "nemotron", "nemotron", 1, false, Trait.UNGATED);
        add(known, "smollm3", "smollm", 1, true);
        add(known, "exaone4", "exaone", 4, false);
        add(known, "exaone4_5", "exaone", 4, false, Trait.COUNTS_PREDICTION);
        add(known, "seed_oss", "seed", 1, false);
        add(known, "apertus", "apertus", 1, false, Trait.UNGATED);
        add(known, "ernie4_5", "ernie", 1, true);
        add(known, "ernie4_5_moe", "ernie", 1, true, Trait.EXPERTS);
        add(known, "hunyuan_v1_dense", "hunyuan", 1, true);
        add(known, "hunyuan_v1_moe", "hunyuan", 1, true, Trait.EXPERTS);
        add(known, "bailing_moe", "ling", 1, false, Trait.EXPERTS);
        add(known, "bailing_moe_v2", "ling", 1, false, Trait.EXPERTS);
        add(known, "arcee", "arcee", 1, false, Trait.UNGATED);
        add(known, "afmoe", "arcee", 4, false, Trait.EXPERTS, Trait.GATED_OUTPUT);
        add(known, "internlm2", "internlm", 1, false);
        add(known, "internlm3", "internlm", 1, false);
        add(known, "hy_v3", "hunyuan", 1, false, Trait.EXPERTS, Trait.COUNTS_PREDICTION);
        add(known, "laguna", "laguna", 4, false, Trait.EXPERTS);
        add(known, "mimo_v2_flash", "mimo", 1, false, Trait.EXPERTS);
        add(known, "minimax_m3", "minimax", 1, false, Trait.EXPERTS);
        add(known, "step3p5", "step", 4, false, Trait.EXPERTS);
        add(known, "step3p7", "step", 4, false, Trait.EXPERTS);
        add(known, "dots1", "dots", 1, false, Trait.EXPERTS);
    }

    private static void hybrids(Map<String, ConfigFamily> known) {
        add(known, "granitemoehybrid", "granite", 1, true, Trait.MAMBA, Trait.EXPERTS, Trait.WIDTH_IS_EXPERTS);
        add(known, "lfm2", "lfm", 1, true, Trait.SHORT_CONVOLUTION);
        add(known, "bamba", "bamba", 1, false, Trait.MAMBA);
        add(known, "falcon_h1", "falcon", 1, false, Trait.MAMBA, Trait.STATE_BESIDE_ATTENTION);
        Trait[] lightning = {Trait.LIGHTNING, Trait.EXPERTS, Trait.WIDTH_IS_EXPERTS};
        add(known, "minimax", "minimax", 1, false, lightning);
        add(known, "minimax_text_01", "minimax", 1, false, lightning);
        add(known, "minimax_m1", "minimax", 1, false, lightning);
        add(known, "lfm2_moe", "lfm", 1, true, Trait.SHORT_CONVOLUTION, Trait.EXPERTS);
        Trait[] parts = {Trait.MAMBA, Trait.ONE_PART_A_LAYER, Trait.UNGATED, Trait.EXPERTS};
        add(known, "nemotron_h", "nemotron", 1, false, parts);
        add(known, "nemotron-nas", "nemotron", 1, false, Trait.BLOCKS);
    }

    private static void add(
            Map<String, ConfigFamily> known, String type, String name, int fullEvery, boolean tied, Trait... traits) {
        add(known, type, name, fullEvery, tied, Map.of(), traits);
    }

    private static void add(
            Map<String, ConfigFamily> known,
            String type,
            String name,
            int fullEvery,
            boolean tied,
            Map<String, Integer> defaults,
            Trait... traits) {
        known.put(type, new ConfigFamily(type, name, fullEvery, tied, Set.of(traits), defaults));
    }
}
