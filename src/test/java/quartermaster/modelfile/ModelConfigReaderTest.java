package quartermaster.modelfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import quartermaster.catalogue.Attention;
import quartermaster.catalogue.CommercialUse;
import quartermaster.catalogue.Model;
import quartermaster.catalogue.model.Derivation;
import quartermaster.catalogue.model.ImportedModel;
import quartermaster.catalogue.model.ModelFields;
import quartermaster.json.BadJsonException;
import quartermaster.unit.Imported;
import quartermaster.unit.Problem;

class ModelConfigReaderTest {
    private static final Offset<Double> ROUNDED = within(0.00006);
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);

    @Test
    void grouped_attention_shares_keys_and_values() throws Exception {
        Model model = imported("full").model();
        // 32 × (4,096 × 128 × (32 + 2 × 8 + 32) + 3 × 4,096 × 14,336) + 2 × 128,256 × 4,096 + 65 × 4,096
        parameters(model, 8.030261, 8.030261, 7.504925);
        assertThat(model.kvBytesPerToken()).isEqualTo(32 * 2 * 8 * 128 * 2);
        assertThat(model.attention()).isEqualTo(Attention.FULL);
        assertThat(model.headDim()).isEqualTo(128);
        assertThat(model.nativeContext()).isEqualTo(131072);
        assertThat(model.experts()).isNull();
    }

    @ParameterizedTest(name = "{0}: {1} B")
    @CsvSource({
        // total, active, full layers, layers with a state, bytes a token, bytes of state: as published by
        // tiiuae/Falcon-H1-7B, MiniMax-Text-01 (456 B; 45.9 B without embeddings), LiquidAI/LFM2-1.2B, Hunyuan-A13B,
        // Qwen3-Omni
        "state-beside-attention, 7.5854, 7.5854, 44, 44, 45056, 139358208",
        "lightning, 456.0891, 48.4027, 10, 70, 40960, 293601280",
        "width-in-blocks, 1.1703, 1.1703, 6, 10, 12288, 81920",
        "said-of-each-layer, 80.3932, 12.7, 32, 0, 131072, 0",
        "thinker, 30.5326, 3.3535, 48, 0, 98304, 0",
    })
    void hybrids_and_models_that_speak_are_counted(
            String name, double total, double active, int full, int linear, long perToken, long state)
            throws Exception {
        Model model = imported(name).model();
        assertThat(model.totalParametersB()).isCloseTo(total, ROUNDED);
        assertThat(model.activeParametersB()).isCloseTo(active, within(active > 10 ? 0.1 : 0.00006));
        assertThat(model.fullLayers()).isEqualTo(full);
        assertThat(model.linearLayers()).isEqualTo(linear);
        assertThat(model.kvBytesPerToken()).isEqualTo(perToken);
        assertThat(model.linearStateBytes()).isEqualTo(state);
    }

    @Test
    void a_language_model_that_is_known_is_read_whatever_is_around_it() throws Exception {
        ImportedModel read = Objects.requireNonNull(
                read("{'model_type': 'hears_too', 'audio_config': {'d': 1}, 'text_config': " + text("full") + "}")
                        .value());
        assertThat(read.model().totalParametersB()).isCloseTo(8.030261, ROUNDED);
        assertThat(read.derivations())
                .extracting(Derivation::because)
                .anyMatch(each -> each.contains("Of a hears_too"));
    }

    @Test
    void without_kv_heads_every_head_keeps_its_own() throws Exception {
        Model model = imported("multi-head").model();
        // 32 × (4 × 4,096² + 3 × 4,096 × 11,008) + 2 × 32,000 × 4,096 + 65 × 4,096 = 6,738,415,616
        parameters(model, 6.738416, 6.738416, 6.607344);
        assertThat(model.kvHeads()).isEqualTo(32);
        assertThat(model.kvBytesPerToken()).isEqualTo(32 * 2 * 32 * 128 * 2);
    }

    @Test
    void layers_with_a_window_keep_no_more_than_it_holds() throws Exception {
        ImportedModel imported = imported("sliding-window");
        Model model = imported.model();
        // 26 × (2,304 × 256 × 24 + 3 × 2,304 × 9,216) + 256,000 × 2,304 once, as it is tied, + 53 × 2,304
        parameters(model, 2.614222, 2.614222, 2.614222);
        assertThat(model.attention()).isEqualTo(Attention.SLIDING_WINDOW);
        assertThat(model.fullLayers()).isEqualTo(13);
        assertThat(model.slidingLayers()).isEqualTo(13);
        assertThat(model.kvBytesPerToken()).isEqualTo(13 * 2 * 4 * 256 * 2);
        assertThat(model.slidingCeilingBytes()).isEqualTo(13L * 2 * 4 * 256 * 2 * 4096);
        assertThat(assumed(imported)).contains("Sliding-window layers", "Total parameters (B)", "Commercial use");
    }

    @Test
    void a_latent_cache_holds_its_rank_and_the_rope_part_once() throws Exception {
        ImportedModel imported = imported("latent-with-index");
        Model model = imported.model();
        // attention and index 61 × 201,064,448; dense 3 × 396,361,728; routers and shared experts 58 × 45,875,200;
        // experts 58 × 256 × 44,040,192; embeddings 2 × 926,679,040; norms 881,664
        parameters(model, 671.877789, 38.403667, 37.476988);
        assertThat(model.attention()).isEqualTo(Attention.LATENT);
        assertThat(model.kvBytesPerToken()).isEqualTo(61 * (512 + 64) * 2);
        assertThat(model.kvHeads()).isNull();
        assertThat(model.firstDenseLayers()).isEqualTo(3);
        assertThat(imported.described()).containsEntry("KV lora rank", 512).containsEntry("RoPE head dim", 64);
        assertThat(imported.described().get("Note")).asString().contains("fp8");
    }

    @Test
    void queries_need_not_be_compressed() throws Exception {
        Model model = imported("latent-with-experts").model();
        // attention 27 × 13,762,560; dense 67,239,936; routers and shared experts 26 × 17,432,576;
        // experts 26 × 64 × 8,650,752, of which 6 of 64 are used; embeddings 2 × 209,715,200; norms 112,640
        parameters(model, 15.706470, 2.661136, 2.451421);
        assertThat(model.kvBytesPerToken()).isEqualTo(27 * (512 + 64) * 2);
        assertThat(model.sharedExperts()).isEqualTo(2);
    }

    @Test
    void linear_attention_keeps_a_state_of_constant_size() throws Exception {
        Model model = imported("linear-hybrid").model();
        // text 26,895,979,520; one layer that predicts further tokens 424,673,280; vision 460,320,768;
        // read: the text without the input embedding of 1,271,398,400
        parameters(model, 27.780974, 27.780974, 25.624581);
        assertThat(model.attention()).isEqualTo(Attention.LINEAR_HYBRID);
        assertThat(model.linearLayers()).isEqualTo(48);
        assertThat(model.fullLayers()).isEqualTo(16);
        assertThat(model.linearStateBytes()).isEqualTo(48L * (48 * 128 * 128 * 4 + 3 * 10240 * 2));
        assertThat(model.kvBytesPerToken()).isEqualTo(16 * 2 * 4 * 256 * 2);
        assertThat(model.vision()).isTrue();
    }

    @Test
    void a_token_passes_some_experts_only() throws Exception {
        Model model = imported("experts").model();
        // 32 × (41,943,040 + 4,096 × 8 + 8 × 176,160,768) + 2 × 131,072,000 + 266,240 = 46,702,792,704
        parameters(model, 46.702793, 12.879925, 12.748853);
        assertThat(model.experts()).isEqualTo(8);
        assertThat(model.expertsPerToken()).isEqualTo(2);
        assertThat(model.expertIntermediate()).isEqualTo(14336);
        assertThat(model.expertLayers()).isEqualTo(32);
        assertThat(model.slidingLayers()).isZero();
    }

    @Test
    void experts_and_windows_go_together() throws Exception {
        Model model = imported("experts-and-windows").model();
        // 24 × (2,880 × 64 × 144 + 2,880 × 32 + 32 × 24,883,200) + 2 × 579,133,440 + 141,120 = 20,907,927,360
        parameters(model, 20.907927, 4.186417, 3.607284);
        assertThat(model.fullLayers()).isEqualTo(12);
        assertThat(model.kvBytesPerToken()).isEqualTo(24576);
        assertThat(model.slidingCeilingBytes()).isEqualTo(12L * 2 * 8 * 64 * 2 * 128);
    }

    @Test
    void experts_may_stand_in_every_second_layer() throws Exception {
        Model model = imported("experts-in-every-second-layer").model();
        // attention 48 × 62,914,560; dense 24 × 251,658,240; shared experts and routers 24 × (125,829,120 + 655,360);
        // experts 24 × 128 × 125,829,120; embeddings 2 × 1,034,485,760; norms 496,640
        parameters(model, 400.711849, 17.184691, 16.150205);
        assertThat(model.expertLayers()).isEqualTo(24);
        assertThat(model.sharedExperts()).isEqualTo(1);
        assertThat(model.slidingLayers()).isEqualTo(36);
        assertThat(model.slidingWindow()).isEqualTo(8192);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "full",
                "multi-head",
                "sliding-window",
                "latent-with-index",
                "latent-with-experts",
                "linear-hybrid",
                "experts",
                "experts-and-windows",
                "experts-in-every-second-layer"
            })
    void every_row_is_a_model_that_a_request_may_bring(String fixture) throws Exception {
        ImportedModel imported = imported(fixture);
        Imported<@Nullable Model> back = ModelFields.inline(imported.fields());
        assertThat(back.problems()).isEmpty();
        assertThat(back.value()).isEqualTo(imported.model());
    }

    /**
     * Dimensions and published totals (B) of these models, in this order: LFM2-8B-A1B 8.34, Granite 4.0 H Micro 3.19 and
     * Small 32.21, Nemotron 3 Super 120.7 without the layer that predicts, Llama-3.3-Nemotron-Super-49B 49.87, MiMo-V2-Flash
     * 309.8 with it, DeepSeek-V4-Flash 284, Kimi K3 2,800, GLM-5.3-Flash 321, MiniMax-M3 427 with its encoder, Laguna XS.2
     * 33.44, Apertus 70B 70.6, ERNIE 4.5 21B-A3B 21.83, Qwen3.8 Flash Next 180 with its tables.
     */
    @ParameterizedTest
    @CsvSource({
        "short-convolution,           8.3399,    1.5577,   1.5577, LINEAR_HYBRID,   6,  0, 18,  12288,        0,    147456",
        "state-space-dense,           3.1911,    3.1911,   3.1911, LINEAR_HYBRID,   4,  0, 36,   8192,        0,  76437504",
        "state-space-experts,        32.2067,    8.8025,   8.8025, LINEAR_HYBRID,   4,  0, 36,  16384,        0, 152819712",
        "one-part-a-layer,          120.6683,   12.7698,  12.2330, LINEAR_HYBRID,   8,  0, 40,   8192,        0, 170229760",
        "blocks,                     49.8674,   49.8674,  48.8167, FULL,           49,  0,  0, 200704,        0,         0",
        "values-shorter-than-keys,  308.7788,   15.4459,  14.8210, SLIDING_WINDOW,  9, 39,  0,  23040, 25559040,         0",
        "grouped-latent,            284.2968,   13.7642,  13.2347, SLIDING_WINDOW, 41, 43,  0,   5536,  5636096,         0",
        "latent-and-linear,        2779.4805,  105.3600, 104.1856, LINEAR_HYBRID,  24,  0, 69,  27648,        0, 449372160",
        "latent-without-positions,  320.7174,   17.3352,  16.7008, LINEAR_HYBRID,  11,  0, 34,  11264,        0, 147619840",
        "marked-experts,            425.9504,   25.7383,  24.5091, FULL,           60,  0,  0, 122880,        0,         0",
        "heads-by-layer,             33.4377,    3.0122,   2.8067, SLIDING_WINDOW, 10, 30,  0,  40960, 62914560,         0",
        "two-matrices,               70.5998,   70.5998,  69.5261, FULL,           80,  0,  0, 327680,        0,         0",
        "counted-by-k,               21.8254,    3.3521,   3.3521, FULL,           28,  0,  0,  57344,        0,         0",
        "gated-experts-and-windows,  26.1238,    3.4746,   3.0646, SLIDING_WINDOW,  8, 24,  0,  16384, 100663296,        0",
        "words-looked-up,           178.8364,    6.6140,   5.9783, LINEAR_HYBRID,  12,  0, 36,  24576,        0, 115458048"
    })
    void layers_of_other_kinds_are_counted_as_they_are_published(
            String fixture,
            double total,
            double active,
            double read,
            Attention attention,
            int full,
            int sliding,
            int linear,
            long perToken,
            long ceiling,
            long state)
            throws Exception {
        ImportedModel imported = imported(fixture);
        Model model = imported.model();
        parameters(model, total, active, read);
        assertThat(model.attention()).isEqualTo(attention);
        assertThat(model.fullLayers()).isEqualTo(full);
        assertThat(model.slidingLayers()).isEqualTo(sliding);
        assertThat(model.linearLayers()).isEqualTo(linear);
        assertThat(model.kvBytesPerToken()).isEqualTo(perToken);
        assertThat(model.slidingCeilingBytes()).isEqualTo(ceiling);
        assertThat(model.linearStateBytes()).isEqualTo(state);
        assertThat(ModelFields.inline(imported.fields()).problems()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'model_type': 'nemotron_h', 'hybrid_override_pattern': 'M?'} | /hybrid_override_pattern",
                "{'model_type': 'nemotron_h', 'layers_block_type': ['mamba', 'lstm']} | /layers_block_type",
                "{'model_type': 'nemotron_h'} | /hybrid_override_pattern",
                "{'model_type': 'nemotron-nas', 'num_hidden_layers': 1, 'block_configs': [{'attention': {'window_length': 4},"
                        + " 'ffn': {'ffn_mult': 1.0}}]} | /block_configs",
                "{'model_type': 'nemotron-nas', 'num_hidden_layers': 1} | /block_configs",
                "{'model_type': 'kimi_linear', 'num_hidden_layers': 1} | /linear_attn_config/full_attn_layers",
                "{'model_type': 'granitemoehybrid', 'num_hidden_layers': 1} | /layer_types",
                "{'model_type': 'granitemoehybrid', 'num_hidden_layers': 1, 'layer_types': ['conv']} | /layer_types",
                "{'model_type': 'deepseek_v4', 'num_hidden_layers': 2, 'compress_ratios': [4]} | /compress_ratios"
            })
    void what_a_layer_is_has_to_be_said_and_known(String config, String at) throws Exception {
        assertThat(problems(config))
                .extracting(problem -> problem.at().toString())
                .contains(at);
    }

    @Test
    void an_unknown_architecture_is_refused_by_name() throws Exception {
        Problem problem = only("{'model_type': 'jamba', 'hidden_size': 4096}");
        assertThat(problem.code()).isEqualTo("unknown-architecture");
        assertThat(problem.message())
                .contains("Architecture jamba is not known.", "Known:", "deepseek_v3", "qwen3_moe")
                .contains("Filled in by hand", "KV cache per token FP16 (bytes)");
        assertThat(problem.at()).hasToString("/model_type");
    }

    @Test
    void an_architecture_whose_class_is_called_so_is_no_slip() throws Exception {
        var problem = read("{\"model_type\": \"jamba\", \"architectures\": [\"JambaForCausalLM\"]}")
                .problems()
                .get(0);

        assertThat(problem.message()).startsWith("Architecture jamba is not known.\nFilled in by hand");
    }

    @Test
    void a_misspelt_architecture_finds_its_neighbour() throws Exception {
        assertThat(only("{'model_type': 'qwen3moe_'}").message()).contains("Did you mean qwen3_moe?");
    }

    @Test
    void an_unknown_architecture_inside_another_is_refused() throws Exception {
        Problem problem = only("{'model_type': 'llava', 'text_config': {'model_type': 'rwkv7'}}");
        assertThat(problem.message()).contains("Architecture rwkv7 is not known.");
        assertThat(problem.at()).hasToString("/text_config/model_type");
    }

    @Test
    void every_missing_key_is_named() throws Exception {
        assertThat(problems("{'model_type': 'mixtral', 'hidden_size': 4096, 'num_hidden_layers': 2}"))
                .extracting(problem -> problem.at().toString())
                .containsExactlyInAnyOrder(
                        "/num_attention_heads",
                        "/vocab_size",
                        "/num_local_experts",
                        "/num_experts_per_tok",
                        "/intermediate_size");
    }

    @Test
    void a_key_of_the_wrong_type_is_named() throws Exception {
        Problem problem = only(text("full").replace("\"hidden_size\": 4096", "\"hidden_size\": \"4096\""));
        assertThat(problem.code()).isEqualTo("wrong-type");
        assertThat(problem.at()).hasToString("/hidden_size");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "0", "2000000000", "1e300"})
    void a_number_of_layers_that_no_model_has_is_a_problem(String layers) throws Exception {
        assertThat(problems(text("full").replace("\"num_hidden_layers\": 32", "\"num_hidden_layers\": " + layers)))
                .isNotEmpty()
                .allSatisfy(problem -> assertThat(problem.at()).hasToString("/num_hidden_layers"));
    }

    @Test
    void a_kind_of_layer_that_is_not_known_is_named() throws Exception {
        Problem problem = only(
                text("full").replace("\"num_hidden_layers\": 32", "'num_hidden_layers': 1, 'layer_types': ['mamba']"));
        assertThat(problem.message()).contains("mamba", "full_attention");
    }

    @Test
    void without_a_type_only_a_plain_decoder_is_read() throws Exception {
        String plain = text("full").replace("\"model_type\": \"llama\",", "");
        ImportedModel imported = Objects.requireNonNull(read(plain).value());
        assertThat(imported.model().totalParametersB()).isEqualTo(8.0303);
        assertThat(assumed(imported)).contains("Family");
        Problem problem = only(text("experts").replace("\"model_type\": \"mixtral\",", ""));
        assertThat(problem.message()).contains("Key model_type is missing.", "num_experts_per_tok");
    }

    @Test
    void a_class_stands_in_for_the_type() throws Exception {
        String typed =
                text("experts").replace("\"model_type\": \"mixtral\"", "\"architectures\": [\"MixtralForCausalLM\"]");
        assertThat(Objects.requireNonNull(read(typed).value()).model().experts())
                .isEqualTo(8);
        assertThat(only(typed.replace("Mixtral", "Hyena")).message()).contains("HyenaForCausalLM is not known");
    }

    @Test
    void published_configs_of_gemma_3_leave_out_what_is_usual() throws Exception {
        ImportedModel imported = Objects.requireNonNull(read("{'model_type': 'gemma3', 'text_config': {'model_type':"
                        + " 'gemma3_text', 'hidden_size': 2560, 'num_hidden_layers': 34, 'intermediate_size': 10240,"
                        + " 'sliding_window': 1024}}")
                .value());
        assertThat(imported.model().kvBytesPerToken()).isEqualTo(5 * 2 * 4 * 256 * 2);
        assertThat(imported.model().nativeContext()).isEqualTo(131072);
        assertThat(assumed(imported))
                .contains("Heads", "KV heads", "Head dim", "Vocabulary", "Native context (tokens)");
    }

    @Test
    void scaled_positions_lengthen_the_context() throws Exception {
        String scaled = text("experts")
                .replace(
                        "\"sliding_window\": null",
                        "'rope_scaling': {'factor': 4.0, 'original_max_position_embeddings': 32768}");
        Model model = Objects.requireNonNull(read(scaled).value()).model();
        assertThat(model.nativeContext()).isEqualTo(32768);
        assertThat(model.maxContext()).isEqualTo(131072);
    }

    @Test
    void a_licence_is_judged_by_its_name() throws Exception {
        assertThat(use("Apache-2.0")).isEqualTo(CommercialUse.YES);
        assertThat(use("Llama 3.1 Community License")).isEqualTo(CommercialUse.CONDITIONAL);
        assertThat(use("CC-BY-NC-4.0")).isEqualTo(CommercialUse.NO);
        assertThat(use(null)).isEqualTo(CommercialUse.CONDITIONAL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{\"model_type\": \"llama\"", "model_type: llama", "{} {}", "\u0000\u0001"})
    void what_is_not_json_says_where(String text) {
        assertThatThrownBy(() -> ModelConfigReader.read(text.getBytes(StandardCharsets.UTF_8), terms(null)))
                .isInstanceOf(BadJsonException.class)
                .hasMessageStartingWith("Line 1, column ");
    }

    @Test
    void json_that_is_no_object_is_a_problem() throws Exception {
        assertThat(only("[1, 2]").message()).contains("expected an object");
    }

    @Test
    void what_python_writes_and_nobody_needs_does_not_matter() throws Exception {
        String config =
                text("full").replaceFirst("\\{", "{'limit': Infinity, 'chat_template': '" + "x".repeat(9000) + "',");
        assertThat(read(config).problems()).isEmpty();
    }

    @Test
    void sparse_layers_keep_every_token_like_full_ones() throws Exception {
        String types = String.join(", ", Collections.nCopies(61, "'deepseek_sparse_attention'"));
        String spelled = text("latent-with-index").replaceFirst("\\{", "{'layer_types': [" + types + "],");

        assertThat(Objects.requireNonNull(read(spelled).value()).model())
                .isEqualTo(imported("latent-with-index").model());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = ';',
            value = {
                "{|quant_method|: |awq|, |bits|: 4, |group_size|: 128}; awq, 4 bits.",
                "{|quant_method|: |fp8|}; fp8.",
                "{|quant_method|: |mxfp4|, |modules_to_not_convert|: [|lm_head|]}; mxfp4.",
                "{|quant_method|: |modelopt|, |quant_algo|: |NVFP4|}; modelopt NVFP4.",
                "{|quant_method|: |bitsandbytes|, |load_in_4bit|: true, |load_in_8bit|: false}; bitsandbytes, 4 bits.",
                "{|quant_method|: |exl3|, |bits|: 3.5, |head_bits|: 6}; exl3, 3.5 bits.",
                "{}, |quantization|: {|group_size|: 64, |bits|: 4}; MLX, 4 bits.",
                "{|quant_method|: |compressed-tensors|, |config_groups|: {|group_0|: {|weights|: {|num_bits|: 8}}}}; compressed-tensors, 8 bits.",
            })
    void a_quantized_checkpoint_says_how_many_bits_it_has(String config, String said) throws Exception {
        String json = text("full").replaceFirst("\\{", "{'quantization_config': " + config.replace("|", "'") + ",");

        assertThat(Objects.requireNonNull(read(json).value()).described().get("Note"))
                .isEqualTo("Published weights are quantized: " + said);
    }

    private static void parameters(Model model, double total, double active, double read) {
        assertThat(model.totalParametersB()).isCloseTo(total, ROUNDED);
        assertThat(model.activeParametersB()).isCloseTo(active, ROUNDED);
        assertThat(model.readParametersB()).isCloseTo(read, ROUNDED);
    }

    private static List<String> assumed(ImportedModel imported) {
        return imported.derivations().stream()
                .filter(Derivation::assumed)
                .map(Derivation::column)
                .toList();
    }

    private static CommercialUse use(@Nullable String licence) throws Exception {
        byte[] json = text("full").getBytes(StandardCharsets.UTF_8);
        ImportedModel imported = Objects.requireNonNull(
                ModelConfigReader.read(json, terms(licence)).value());
        return imported.model().commercialUse();
    }

    private static ImportedModel imported(String fixture) throws Exception {
        Imported<@Nullable ImportedModel> imported = read(text(fixture));
        assertThat(imported.problems()).isEmpty();
        return Objects.requireNonNull(imported.value());
    }

    private static Problem only(String json) throws Exception {
        List<Problem> problems = problems(json);
        assertThat(problems).hasSize(1);
        return problems.get(0);
    }

    private static List<Problem> problems(String json) throws Exception {
        Imported<@Nullable ImportedModel> imported = read(json);
        assertThat(imported.value()).isNull();
        return imported.problems();
    }

    /** Quotes may be single ones, which reads better here. */
    private static Imported<@Nullable ImportedModel> read(String json) throws BadJsonException {
        return ModelConfigReader.read(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8), terms(null));
    }

    private static ModelTerms terms(@Nullable String licence) {
        return ModelTerms.of("config.json", "some-model", null, null, licence, TODAY);
    }

    private static String text(String fixture) throws IOException {
        String name = "/models/" + fixture + ".json";
        try (InputStream in = Objects.requireNonNull(ModelConfigReaderTest.class.getResourceAsStream(name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
