package quartermaster.catalogue.model;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import quartermaster.catalogue.Attention;
import quartermaster.catalogue.CommercialUse;
import quartermaster.catalogue.ConversionState;
import quartermaster.catalogue.Model;
import quartermaster.unit.Problem;

class ModelFieldsTest {
    private static final Map<String, Object> LLAMA_8B =
            Map.of("totalParameters", 8.03, "layers", 32, "hiddenSize", 4096, "heads", 32, "vocabulary", 128256);

    @Test
    void five_fields_make_a_dense_model() {
        Model model = model(Map.of("kvHeads", 8));
        assertThat(model.activeParametersB()).isEqualTo(8.03);
        assertThat(model.readParametersB()).isEqualTo(8.03 - 128256 * 4096 / 1e9);
        assertThat(model.kvBytesPerToken()).isEqualTo(32 * 2 * 8 * 128 * 2); // 131,072 bytes
        assertThat(model.fullLayers()).isEqualTo(32);
        assertThat(model.attention()).isEqualTo(Attention.FULL);
        assertThat(model.commercialUse()).isEqualTo(CommercialUse.YES);
        assertThat(model.mlxState()).isEqualTo(ConversionState.CONVERTIBLE);
        assertThat(model.name()).isEqualTo("inline model");
    }

    @Test
    void without_kv_heads_every_head_has_its_own() {
        assertThat(model(Map.of()).kvBytesPerToken()).isEqualTo(32 * 2 * 32 * 128 * 2);
    }

    @Test
    void what_is_said_is_not_derived() {
        Model model = model(Map.of("KV_cache-per-token FP16", "98304"));
        assertThat(model.kvBytesPerToken()).isEqualTo(98304);
    }

    @Test
    void layers_with_a_window_leave_the_growing_cache() {
        Model model = model(Map.of("kvHeads", 8, "slidingWindowLayers", 16, "slidingWindow", 1024));
        assertThat(model.attention()).isEqualTo(Attention.SLIDING_WINDOW);
        assertThat(model.kvBytesPerToken()).isEqualTo(16 * 2 * 8 * 128 * 2);
        assertThat(model.slidingCeilingBytes()).isEqualTo(16L * 2 * 8 * 128 * 2 * 1024);
    }

    @Test
    void a_latent_cache_holds_its_rank_and_the_rope_part_once() {
        Model model = model(Map.of("kvLoraRank", 512, "ropeHeadDim", 64));
        assertThat(model.attention()).isEqualTo(Attention.LATENT);
        assertThat(model.kvBytesPerToken()).isEqualTo(32 * (512 + 64) * 2);
    }

    @Test
    void idle_experts_are_not_active() {
        Model model = model(
                Map.of("totalParameters", 30.5, "experts", 128, "expertsPerToken", 8, "expertIntermediateSize", 768));
        double idle = 3.0 * 120 * 4096 * 768 * 32 / 1e9; // 36.2 B: more than there are, so the share of experts decides
        assertThat(idle).isGreaterThan(30.5);
        assertThat(model.activeParametersB()).isEqualTo(30.5 * 8 / 128);
    }

    @Test
    void everything_wrong_is_told_at_its_field() {
        Map<String, Object> given = new HashMap<>(LLAMA_8B);
        given.remove("layers");
        given.put("heads", "many");
        given.put("totalParameters", 8_030_000_000L);
        given.put("vocabulry", 1);
        List<Problem> problems = ModelFields.inline(given).problems();
        assertThat(problems)
                .extracting(problem -> problem.at().toString())
                .containsExactlyInAnyOrder(
                        "/workload/model/layers",
                        "/workload/model/heads",
                        "/workload/model/totalParameters",
                        "/workload/model/vocabulry");
        assertThat(problems)
                .extracting(Problem::message)
                .anySatisfy(message -> assertThat(message).contains("Did you mean vocabulary?"));
        assertThat(problems)
                .extracting(Problem::message)
                .anySatisfy(message -> assertThat(message).contains("in billions", "Maybe 8.03"));
        assertThat(ModelFields.inline(given).value()).isNull();
    }

    @Test
    void a_state_that_nothing_else_tells_must_be_said() {
        Map<String, Object> given = new HashMap<>(LLAMA_8B);
        given.put("linearLayers", 24);
        assertThat(ModelFields.inline(given).problems())
                .extracting(problem -> problem.at().toString())
                .containsExactly("/workload/model/linearState");
    }

    private static Model model(Map<String, Object> more) {
        Map<String, Object> given = new HashMap<>(LLAMA_8B);
        given.putAll(more);
        var read = ModelFields.inline(given);
        assertThat(read.problems()).isEmpty();
        return requireNonNull(read.value());
    }
}
