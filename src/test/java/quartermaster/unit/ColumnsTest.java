package quartermaster.unit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ColumnsTest {
    @Test
    void a_header_is_a_name_and_a_unit() {
        assertThat(Columns.name("Memory (GiB)")).isEqualTo("Memory");
        assertThat(Columns.unit("Memory (GiB)")).hasValue("GiB");
        assertThat(Columns.unit("Memory")).isEmpty();
    }

    @Test
    void headers_are_compared_without_unit_case_and_spaces() {
        assertThat(Columns.key("  memory_ (GB)")).isEqualTo(Columns.key("Memory (GiB)"));
        assertThat(Columns.key("Input\ntokens")).isEqualTo(Columns.key("input-tokens"));
    }

    @Test
    void a_field_is_the_name_in_camel_case() {
        assertThat(Columns.field("Total parameters (B)")).isEqualTo("totalParameters");
        assertThat(Columns.field("KV cache per token FP16 (bytes)")).isEqualTo("kvCachePerTokenFp16");
        assertThat(Columns.field("Full-attention layers")).isEqualTo("fullAttentionLayers");
        assertThat(Columns.field("MLX 4-bit file (bytes)")).isEqualTo("mlx4BitFile");
    }
}
