package quartermaster.modelfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quartermaster.catalogue.Attention;
import quartermaster.catalogue.CommercialUse;
import quartermaster.catalogue.ConversionState;
import quartermaster.catalogue.Model;
import quartermaster.catalogue.model.ImportedModel;
import quartermaster.unit.Imported;
import quartermaster.unit.Problem;

class GgufModelReaderTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);

    @TempDir
    private Path folder;

    @Test
    void parameters_are_counted_tensor_by_tensor() throws Exception {
        ImportedModel imported = imported(dense());
        Model model = imported.model();
        // 2 × (4,096 × 4,096 × 2 + 4,096 × 1,024 × 2 + 3 × 4,096 × 14,336) + 2 × 128,256 × 4,096 = 1,486,880,768
        assertThat(model.totalParametersB()).isEqualTo(1.4869);
        assertThat(model.activeParametersB()).isEqualTo(1.4869);
        assertThat(model.readParametersB()).isEqualTo(0.9615); // without 525,336,576
        assertThat(model.layers()).isEqualTo(2);
        assertThat(model.vocabulary()).isEqualTo(128256);
        assertThat(model.kvBytesPerToken()).isEqualTo(2 * 2 * 8 * 128 * 2);
        assertThat(model.name()).isEqualTo("Llama Two Layers");
        assertThat(model.id()).isEqualTo("llama-two-layers");
        assertThat(model.licence()).isEqualTo("apache-2.0");
        assertThat(model.commercialUse()).isEqualTo(CommercialUse.YES);
        assertThat(model.ggufState()).isEqualTo(ConversionState.BUILT);
        assertThat(imported.described().get("Note")).asString().contains("Q4_K_M");
    }

    @Test
    void experts_are_counted_apart() throws Exception {
        Model model = imported(experts()).model();
        // experts 3 × 2,048 × 768 × 128 = 603,979,776, of which 8 of 128; embedding 2,048 × 151,936 = 311,164,928,
        // tied;
        // attention 2,048 × 4,096 × 2 + 2 × 2,048 × 512; router 2,048 × 128
        assertThat(model.totalParametersB()).isEqualTo(0.9343); // 934,281,216
        assertThat(model.activeParametersB()).isEqualTo(0.3681); // 368,050,176
        assertThat(model.readParametersB()).isEqualTo(0.3681);
        assertThat(model.experts()).isEqualTo(128);
        assertThat(model.expertsPerToken()).isEqualTo(8);
        assertThat(model.expertIntermediate()).isEqualTo(768);
    }

    @Test
    void layers_that_predict_further_tokens_are_no_layers_of_the_model() throws Exception {
        GgufBytes file =
                dense().number("llama.nextn_predict_layers", 1).tensor("blk.1.nextn.eh_proj.weight", 8192, 4096);
        Model model = imported(file).model();
        assertThat(model.layers()).isEqualTo(1);
        assertThat(model.kvBytesPerToken()).isEqualTo(2 * 8 * 128 * 2);
        assertThat(model.activeParametersB()).isEqualTo(model.totalParametersB());
        assertThat(model.readParametersB()).isEqualTo(0.7434); // head 525,336,576 and one layer of 218,103,808
    }

    @Test
    void windows_are_where_the_pattern_says() throws Exception {
        GgufBytes file = basics("gemma4", 3)
                .number("gemma4.attention.sliding_window", 1024)
                .truths("gemma4.attention.sliding_window_pattern", List.of(true, true, false))
                .number("gemma4.attention.key_length_swa", 256)
                .number("gemma4.attention.key_length", 512)
                .raw("gemma4.attention.head_count_kv", 9, ints(4), longs(3), ints(8), ints(8), ints(2))
                .tensor("token_embd.weight", 4096, 1000);
        Model model = imported(file).model();
        assertThat(model.attention()).isEqualTo(Attention.SLIDING_WINDOW);
        assertThat(model.kvBytesPerToken()).isEqualTo(2 * 2 * 512 * 2);
        assertThat(model.slidingCeilingBytes()).isEqualTo(2L * 2 * 8 * 256 * 2 * 1024);
        assertThat(model.slidingLayers()).isEqualTo(2);
    }

    @Test
    void windows_follow_from_the_architecture_where_no_pattern_stands() throws Exception {
        GgufBytes file = basics("gemma3", 12)
                .number("gemma3.attention.sliding_window", 512)
                .number("gemma3.attention.head_count_kv", 4)
                .tensor("token_embd.weight", 4096, 1000);
        Model model = imported(file).model();
        assertThat(model.fullLayers()).isEqualTo(2);
        assertThat(model.slidingLayers()).isEqualTo(10);
    }

    @Test
    void a_latent_cache_is_known_by_its_rank() throws Exception {
        Model model = imported(latent()).model();
        assertThat(model.attention()).isEqualTo(Attention.LATENT);
        assertThat(model.kvBytesPerToken()).isEqualTo(2 * (512 + 64) * 2);
        assertThat(model.firstDenseLayers()).isEqualTo(1);
    }

    @Test
    void recurrent_layers_are_known_by_their_tensors() throws Exception {
        GgufBytes file = basics("qwen3next", 2)
                .number("qwen3next.attention.head_count_kv", 2)
                .number("qwen3next.attention.key_length", 256)
                .number("qwen3next.expert_count", 512)
                .number("qwen3next.expert_used_count", 10)
                .number("qwen3next.expert_feed_forward_length", 512)
                .number("qwen3next.ssm.state_size", 128)
                .number("qwen3next.ssm.group_count", 16)
                .number("qwen3next.ssm.time_step_rank", 32)
                .number("qwen3next.ssm.inner_size", 4096)
                .number("qwen3next.ssm.conv_kernel", 4)
                .tensor("token_embd.weight", 4096, 1000)
                .tensor("blk.0.ssm_out.weight", 4096, 4096);
        Model model = imported(file).model();
        assertThat(model.attention()).isEqualTo(Attention.LINEAR_HYBRID);
        assertThat(model.linearLayers()).isEqualTo(1);
        assertThat(model.linearStateBytes()).isEqualTo(32 * 128 * 128 * 4 + 3 * 8192 * 2);
        assertThat(model.kvBytesPerToken()).isEqualTo(2 * 2 * 256 * 2);
    }

    @Test
    void without_tensors_the_dimensions_are_counted() throws Exception {
        GgufBytes file = basics("llama", 32)
                .number("llama.attention.head_count_kv", 8)
                .texts("tokenizer.ggml.tokens", Collections.nCopies(32768, "word"));
        // 7,248,019,456: 32 × 218,103,808 + 2 × 32,768 × 4,096 + 65 × 4,096
        assertThat(imported(file).model().totalParametersB()).isEqualTo(7.248);
    }

    @Test
    void a_model_in_several_files_is_read_from_all_of_them() throws Exception {
        Path first = folder.resolve("model-00001-of-00002.gguf");
        GgufBytes head = basics("llama", 1)
                .number("llama.attention.head_count_kv", 8)
                .number("split.count", 2)
                .tensor("token_embd.weight", 4096, 1000);
        Files.write(first, head.bytes());
        assertThatThrownBy(() -> GgufModelReader.read(first, terms()))
                .isInstanceOf(BadGgufException.class)
                .hasMessageContaining("model-00002-of-00002.gguf is missing");
        GgufBytes rest = new GgufBytes().number("split.count", 2).tensor("output.weight", 4096, 1000);
        Files.write(folder.resolve("model-00002-of-00002.gguf"), rest.bytes());
        Model model = Objects.requireNonNull(
                        GgufModelReader.read(first, terms()).value())
                .model();
        assertThat(model.totalParametersB()).isEqualTo(0.0082);
        assertThat(model.readParametersB()).isEqualTo(0.0041);
    }

    @Test
    void an_unknown_architecture_is_refused_by_name() throws Exception {
        Problem problem = only(basics("rwkv7", 2));
        assertThat(problem.code()).isEqualTo("unknown-architecture");
        assertThat(problem.message()).contains("Architecture rwkv7 is not known.", "Known:", "qwen3moe");
        assertThat(only(basics("qwen3-moe", 2)).message()).contains("Did you mean qwen3moe?");
    }

    @Test
    void missing_keys_have_the_names_that_the_file_gives_them() throws Exception {
        GgufBytes file = new GgufBytes()
                .text("general.architecture", "llama")
                .number("llama.embedding_length", 4096)
                .number("llama.attention.head_count", 32)
                .number("llama.feed_forward_length", 14336)
                .tensor("token_embd.weight", 4096, 1000);
        Problem problem = only(file);
        assertThat(problem.at()).hasToString("llama.block_count");
        assertThat(problem.message()).isEqualTo("Key llama.block_count is missing.");
    }

    @Test
    void a_file_cut_off_anywhere_is_refused() {
        byte[] whole = dense().bytes();
        for (int length = 0; length < whole.length; length++) {
            byte[] part = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> GgufParser.read(new ByteArrayInputStream(part)))
                    .as("%d of %d bytes", length, whole.length)
                    .isInstanceOf(BadGgufException.class)
                    .hasMessageContaining("The file ends after " + length + " bytes");
        }
    }

    @Test
    void nothing_is_read_behind_the_header() throws Exception {
        byte[] header = dense().bytes();
        ByteArrayInputStream in = new ByteArrayInputStream(Arrays.copyOf(header, header.length + 1000));
        GgufParser.read(in);
        assertThat(in.available()).isEqualTo(1000);
    }

    @Test
    void counts_and_lengths_beyond_reason_are_refused() {
        GgufBytes one = new GgufBytes().number("a", 1);
        refused(one.bytes(3, Long.MIN_VALUE, 1), "claims 9223372036854775808 tensors");
        refused(one.bytes(3, 0, -1), "claims 18446744073709551615 keys");
        refused(one.bytes(1, 0, 1), "Version 1 of GGUF is not known");
        refused(one.bytes(0x9e3779b9, 0, 1), "Version 2654435769 of GGUF is not known");
        refused(one.bytes(0x03000000, 0, 1), "highest byte first");
        refused(new GgufBytes().raw("a", 8, longs(Long.MAX_VALUE)).bytes(), "a text of 9223372036854775807 bytes");
        refused(new GgufBytes().raw("a", 9, ints(4), longs(-5)).bytes(), "a list of 18446744073709551611 entries");
        refused(new GgufBytes().raw("a", 99).bytes(), "type 99 is not known");
        refused(new GgufBytes().number("a", 1).number("a", 2).bytes(), "Key a stands here more than once");
        refused(new GgufBytes().tensor("t", 1, 1, 1, 1, 1).bytes(), "Tensor t has 5 dimensions");
        refused(new GgufBytes().tensor("t", -1).bytes(), "dimension of 18446744073709551615");
        refused(new GgufBytes().tensor("t", 1).tensor("t", 1).bytes(), "Tensor t stands here more than once");
        refused("PK\u0003\u0004 something else".getBytes(StandardCharsets.US_ASCII), "not begin with GGUF");
    }

    @Test
    void lists_inside_lists_end_somewhere() {
        byte[][] lists = new byte[40][];
        for (int i = 0; i < lists.length; i += 2) {
            lists[i] = ints(9);
            lists[i + 1] = longs(1);
        }
        refused(new GgufBytes().raw("a", 9, lists).bytes(), "lists inside each other");
    }

    @Test
    void a_header_without_end_is_refused() {
        byte[] beginning = new GgufBytes()
                .raw("a", 9, ints(10), longs(GgufParser.LONGEST_HEADER / 8))
                .bytes();
        InputStream endless = new InputStream() {
            private int position;

            @Override
            public int read() {
                return position < beginning.length ? beginning[position++] & 0xff : 0;
            }

            @Override
            public int read(byte[] to, int offset, int length) {
                for (int i = 0; i < length; i++) {
                    to[offset + i] = (byte) read();
                }
                return length;
            }
        };
        assertThatThrownBy(() -> GgufParser.read(endless))
                .isInstanceOf(BadGgufException.class)
                .hasMessageContaining("longer than 256 MiB");
    }

    private static GgufBytes basics(String architecture, int layers) {
        return new GgufBytes()
                .text("general.architecture", architecture)
                .number(architecture + ".block_count", layers)
                .number(architecture + ".context_length", 131072)
                .number(architecture + ".embedding_length", 4096)
                .number(architecture + ".attention.head_count", 32)
                .number(architecture + ".feed_forward_length", 14336);
    }

    private static GgufBytes dense() {
        GgufBytes file = basics("llama", 2)
                .text("general.name", "Llama Two Layers")
                .text("general.license", "apache-2.0")
                .number("general.file_type", 15)
                .number("llama.attention.head_count_kv", 8)
                .number("llama.rope.dimension_count", 128)
                .texts("tokenizer.ggml.tokens", List.of("a", "b"))
                .tensor("token_embd.weight", 4096, 128256)
                .tensor("output.weight", 4096, 128256);
        for (int layer = 0; layer < 2; layer++) {
            file.tensor("blk." + layer + ".attn_q.weight", 4096, 4096)
                    .tensor("blk." + layer + ".attn_k.weight", 4096, 1024)
                    .tensor("blk." + layer + ".attn_v.weight", 4096, 1024)
                    .tensor("blk." + layer + ".attn_output.weight", 4096, 4096)
                    .tensor("blk." + layer + ".ffn_gate.weight", 4096, 14336)
                    .tensor("blk." + layer + ".ffn_up.weight", 4096, 14336)
                    .tensor("blk." + layer + ".ffn_down.weight", 14336, 4096);
        }
        return file;
    }

    private static GgufBytes experts() {
        return new GgufBytes()
                .text("general.architecture", "qwen3moe")
                .number("qwen3moe.block_count", 1)
                .number("qwen3moe.context_length", 40960)
                .number("qwen3moe.embedding_length", 2048)
                .number("qwen3moe.attention.head_count", 32)
                .number("qwen3moe.attention.head_count_kv", 4)
                .number("qwen3moe.attention.key_length", 128)
                .number("qwen3moe.feed_forward_length", 6144)
                .number("qwen3moe.expert_feed_forward_length", 768)
                .number("qwen3moe.expert_count", 128)
                .number("qwen3moe.expert_used_count", 8)
                .tensor("token_embd.weight", 2048, 151936)
                .tensor("blk.0.attn_q.weight", 2048, 4096)
                .tensor("blk.0.attn_k.weight", 2048, 512)
                .tensor("blk.0.attn_v.weight", 2048, 512)
                .tensor("blk.0.attn_output.weight", 4096, 2048)
                .tensor("blk.0.ffn_gate_inp.weight", 2048, 128)
                .tensor("blk.0.ffn_gate_exps.weight", 2048, 768, 128)
                .tensor("blk.0.ffn_up_exps.weight", 2048, 768, 128)
                .tensor("blk.0.ffn_down_exps.weight", 768, 2048, 128);
    }

    private static GgufBytes latent() {
        return basics("deepseek2", 2)
                .number("deepseek2.attention.head_count_kv", 1)
                .number("deepseek2.attention.kv_lora_rank", 512)
                .number("deepseek2.attention.key_length", 576)
                .number("deepseek2.attention.value_length", 512)
                .number("deepseek2.attention.key_length_mla", 192)
                .number("deepseek2.attention.value_length_mla", 128)
                .number("deepseek2.rope.dimension_count", 64)
                .number("deepseek2.expert_count", 64)
                .number("deepseek2.expert_used_count", 6)
                .number("deepseek2.expert_shared_count", 2)
                .number("deepseek2.expert_feed_forward_length", 1408)
                .number("deepseek2.leading_dense_block_count", 1)
                .tensor("token_embd.weight", 4096, 1000);
    }

    private static byte[] ints(int value) {
        return GgufBytes.ints(value);
    }

    private static byte[] longs(long value) {
        return GgufBytes.longs(value);
    }

    private static void refused(byte[] bytes, String because) {
        assertThatThrownBy(() -> GgufParser.read(new ByteArrayInputStream(bytes)))
                .isInstanceOf(BadGgufException.class)
                .hasMessageContaining(because);
    }

    private ImportedModel imported(GgufBytes file) throws Exception {
        Imported<@Nullable ImportedModel> imported = read(file);
        assertThat(imported.problems()).isEmpty();
        return Objects.requireNonNull(imported.value());
    }

    private Problem only(GgufBytes file) throws Exception {
        Imported<@Nullable ImportedModel> imported = read(file);
        assertThat(imported.problems()).hasSize(1);
        assertThat(imported.value()).isNull();
        return imported.problems().get(0);
    }

    private Imported<@Nullable ImportedModel> read(GgufBytes file) throws Exception {
        Path path = folder.resolve("model.gguf");
        Files.write(path, file.bytes());
        return GgufModelReader.read(path, terms());
    }

    private static ModelTerms terms() {
        return ModelTerms.of("model.gguf", null, null, null, null, TODAY);
    }
}
