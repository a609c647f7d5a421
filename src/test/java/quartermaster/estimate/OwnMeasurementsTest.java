package quartermaster.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quartermaster.TestWorkspace;
import quartermaster.catalogue.Catalogue;
import quartermaster.catalogue.EvidenceClass;
import quartermaster.catalogue.measurement.Measurement;
import quartermaster.catalogue.measurement.Phase;
import quartermaster.catalogue.measurement.ServingMetric;

class OwnMeasurementsTest {
    private static final Catalogue SHIPPED = TestWorkspace.catalogue();
    private static final String CARD = "nvidia-rtx-5090";

    private static Measurement decode(String model, double tokensPerSecond) {
        return own(Phase.DECODE, model, 1, tokensPerSecond, null);
    }

    private static Measurement own(Phase phase, String model, int inFlight, double value, Double firstTokenMs) {
        return new Measurement(
                "own-" + phase + inFlight,
                "2026-11-20",
                CARD,
                1,
                phase == Phase.SERVE ? "vllm" : "llama.cpp",
                null,
                model,
                phase == Phase.SERVE ? "fp8" : "q4_k_m",
                null,
                null,
                phase,
                phase == Phase.SERVE ? ServingMetric.REQUEST_CYCLE : null,
                1000,
                300,
                null,
                phase == Phase.SERVE ? null : 1150,
                inFlight,
                null,
                null,
                null,
                1,
                value,
                firstTokenMs,
                "A",
                true,
                null,
                true,
                "our rack, run of Friday",
                4000);
    }

    private static Catalogue knowing(Measurement... own) {
        return SHIPPED.measuring(
                Stream.concat(SHIPPED.measurements().stream(), Stream.of(own)).toList());
    }

    private static Estimate estimate(
            Catalogue catalogue, String model, String hardware, String engine, String quantization, int inFlight) {
        Demand demand = Facts.demand(Facts.model(model), 1000, 300, inFlight);
        return new Estimator(catalogue)
                .assess(demand, Facts.deployment(hardware, 1, engine, quantization))
                .estimate();
    }

    private static double decodeSpeed(Catalogue catalogue, String model, String hardware) {
        return estimate(catalogue, model, hardware, "llama.cpp", "q4_k_m", 1)
                .decodeSpeed()
                .typical();
    }

    @ParameterizedTest
    @CsvSource({"0.4", "0.8", "1.3"})
    void one_row_moves_its_pairing_there(double times) {
        double before = decodeSpeed(SHIPPED, "qwen3-32b", CARD);
        Catalogue known = knowing(decode("qwen3-32b", times * before));

        assertThat(decodeSpeed(known, "qwen3-32b", CARD)).isCloseTo(times * before, within(0.03 * times * before));
    }

    @Test
    void its_pairing_is_called_measured_and_names_the_row() {
        Evidence evidence = estimate(knowing(decode("qwen3-32b", 50)), "qwen3-32b", CARD, "llama.cpp", "q4_k_m", 1)
                .evidence();

        assertThat(evidence.evidenceClass()).isEqualTo(EvidenceClass.MEASURED);
        assertThat(evidence.basis()).contains("Measurements!A4000");
        assertThat(estimate(SHIPPED, "qwen3-32b", CARD, "llama.cpp", "q4_k_m", 1)
                        .evidence()
                        .evidenceClass())
                .isNotEqualTo(EvidenceClass.MEASURED);
    }

    /** By the sheet: 0.2 + 0.4 of the way of the logarithm on the same chip, 0.2 on another one of the family. */
    @Test
    void near_pairings_move_a_part_of_the_way_and_far_ones_do_not() {
        double half = decodeSpeed(SHIPPED, "qwen3-32b", CARD) / 2;
        Catalogue known = knowing(decode("qwen3-32b", half));

        assertThat(decodeSpeed(known, "llama-3.1-8b", CARD) / decodeSpeed(SHIPPED, "llama-3.1-8b", CARD))
                .isCloseTo(Math.pow(0.5, 0.6), within(0.02));
        assertThat(decodeSpeed(known, "qwen3-32b", "nvidia-rtx-4090")
                        / decodeSpeed(SHIPPED, "qwen3-32b", "nvidia-rtx-4090"))
                .isCloseTo(Math.pow(0.5, 0.2), within(0.02));
        assertThat(decodeSpeed(known, "qwen3-32b", "mac-studio-m3-ultra-80c-gpu-256gb"))
                .isEqualTo(decodeSpeed(SHIPPED, "qwen3-32b", "mac-studio-m3-ultra-80c-gpu-256gb"));
    }

    @Test
    void throughput_under_load_is_reproduced_too_and_its_first_token() {
        Estimate before = estimate(SHIPPED, "llama-3.1-8b", CARD, "vllm", "fp8", 16);
        double measured = 0.7 * before.throughput().typical();
        Estimate known = estimate(
                knowing(own(Phase.SERVE, "llama-3.1-8b", 16, measured, null)), "llama-3.1-8b", CARD, "vllm", "fp8", 16);

        assertThat(known.throughput().typical()).isCloseTo(measured, within(0.03 * measured));
        assertThat(known.throughput().high() / known.throughput().typical()).isLessThan(1.1);
        assertThat(known.evidence().evidenceClass()).isEqualTo(EvidenceClass.MEASURED);
    }

    @Test
    void several_rows_of_one_machine_are_all_reproduced() {
        List<Integer> inFlight = List.of(1, 8, 64);
        double[] measured = inFlight.stream()
                .mapToDouble(n -> (0.5 + 0.01 * n)
                        * estimate(SHIPPED, "llama-3.1-8b", CARD, "vllm", "fp8", n)
                                .throughput()
                                .typical())
                .toArray();
        Catalogue known = knowing(
                own(Phase.SERVE, "llama-3.1-8b", 1, measured[0], null),
                own(Phase.SERVE, "llama-3.1-8b", 8, measured[1], null),
                own(Phase.SERVE, "llama-3.1-8b", 64, measured[2], null));

        for (int i = 0; i < measured.length; i++) {
            assertThat(estimate(known, "llama-3.1-8b", CARD, "vllm", "fp8", inFlight.get(i))
                            .throughput()
                            .typical())
                    .isCloseTo(measured[i], within(0.03 * measured[i]));
        }
    }

    @Test
    void what_others_published_is_not_an_own_measurement() {
        assertThat(SHIPPED.measurements()).noneMatch(Measurement::isOwn);
    }
}
