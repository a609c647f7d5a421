package quartermaster.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quartermaster.TestWorkspace;
import quartermaster.catalogue.Catalogue;
import quartermaster.catalogue.SpeculativeDecoding;
import quartermaster.unit.Range;
import quartermaster.unit.Records;

/** What drafts bring: only when asked for, only as measured. */
class SpeculationTest {
    private static final Catalogue CATALOGUE = TestWorkspace.catalogue();
    private static final Speculation SERIES = new Speculation(
            true, List.of(row(0, 1, 1.6), row(0, 4, 1.4), row(0, 16, 1.2), row(32_768, 1, 1.3), row(32_768, 16, 0.8)));

    @ParameterizedTest
    @CsvSource({
        "1, 500, 1.6", //
        "2, 500, 1.497", // √(1.6 × 1.4): half-way between one and four on a scale of logarithms
        "4, 500, 1.4",
        "16, 500, 1.2",
        "17, 500, 1.0", // nobody measured so many: no gain
        "1, 40000, 1.3", // what a long context leaves
        "64, 40000, 0.8" // a loss stays one
    })
    void between_rows_it_follows_a_line_and_beyond_them_only_a_loss_counts(
            double inFlight, double context, double factor) {
        assertThat(SERIES.factor(inFlight, context)).isCloseTo(factor, within(0.001));
    }

    @Test
    void without_rows_nothing_is_credited() {
        Speculation unknown = new Speculation(true, List.of());
        assertThat(unknown.factor(1, 500)).isEqualTo(1);
        assertThat(unknown.spread(1, 500)).isEqualTo(1);
        assertThat(unknown.row(1, 500)).isEmpty();
    }

    @Test
    void it_is_counted_only_when_asked_for_and_widens_the_range() {
        Demand plain = Facts.demand(Facts.model("qwen3.6-27b"), 1000, 300, 1);
        Deployment card = Facts.deployment("nvidia-rtx-pro-6000-blackwell-workstation-96gb", 1, "vllm", "fp8");
        Range without = speed(plain, card);
        Range with = speed(Records.with(plain, "speculative", true), card);
        double factor = CATALOGUE
                .speculativeDecoding(card.hardware(), card.engine(), plain.model())
                .get(0)
                .factor();
        assertThat(factor).isGreaterThan(1.3);
        assertThat(with.typical() / without.typical()).isCloseTo(factor, within(0.02));
        assertThat(with.high() / with.low()).isGreaterThan(without.high() / without.low());
    }

    @Test
    void an_engine_of_which_nothing_is_known_is_credited_with_nothing_and_says_so() {
        Demand plain = Facts.demand(Facts.model("qwen3.6-27b"), 1000, 300, 1);
        Deployment card = Facts.deployment("nvidia-h100-sxm-80gb", 1, "tensorrt-llm", "fp8");
        Demand asked = Records.with(plain, "speculative", true);
        assertThat(speed(asked, card)).isEqualTo(speed(plain, card));
        assertThat(Facts.assess(asked, card).estimate().arithmetic())
                .anyMatch(line -> line.startsWith("speculative decoding: nothing measured"));
        assertThat(Facts.assess(plain, card).estimate().arithmetic()).noneMatch(line -> line.startsWith("speculative"));
    }

    @Test
    void a_model_without_layers_of_its_own_that_draft_is_not_credited_with_them() {
        assertThat(CATALOGUE.speculativeDecoding(
                        Facts.hardware("nvidia-h100-sxm-80gb"), Facts.engine("vllm"), Facts.model("llama-3.1-70b")))
                .isEmpty();
    }

    /** So that a user never gets faster because there are more of them. */
    @Test
    void more_in_flight_never_gain_more_in_any_series_of_the_sheet() {
        for (var chip : CATALOGUE.hardware()) {
            for (var engine : CATALOGUE.engines()) {
                for (var model : CATALOGUE.models()) {
                    Speculation known = new Speculation(true, CATALOGUE.speculativeDecoding(chip, engine, model));
                    for (double context : new double[] {1000, 40_000, 200_000}) {
                        double before = Double.MAX_VALUE;
                        for (int inFlight = 1; known.row(inFlight, context).isPresent(); inFlight *= 2) {
                            double factor = known.factor(inFlight, context);
                            assertThat(factor).isLessThanOrEqualTo(before + 1e-9);
                            before = factor;
                        }
                    }
                }
            }
        }
    }

    private static Range speed(Demand demand, Deployment deployment) {
        return Facts.assess(demand, deployment).estimate().decodeSpeed();
    }

    private static SpeculativeDecoding row(int context, int inFlight, double factor) {
        return new SpeculativeDecoding(
                "any", "vllm", "MTP", List.of(), context, inFlight, factor, factor, factor, 1, "a test", "2026-11", 2);
    }
}
