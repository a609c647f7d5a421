package quartermaster.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What servers and clusters were measured to do, within what publishers differ by. */
class MeasuredServersTest {
    private static Estimate estimate(
            String model, int input, int output, int inFlight, String hardware, int devices, String engine, String q) {
        return Facts.assess(
                        Facts.demand(Facts.model(model), input, output, inFlight),
                        Facts.deployment(hardware, devices, engine, q))
                .estimate();
    }

    @Test
    void eight_l40s_carry_eight_requests_of_a_70b_at_eight_bits() {
        Estimate eight = estimate("llama-3.1-70b", 2000, 300, 8, "nvidia-l40s", 8, "vllm", "fp8");

        assertThat(eight.decodeSpeed().typical()).isGreaterThanOrEqualTo(20);
        assertThat(eight.timeToFirstToken().typical()).isLessThanOrEqualTo(2);
        assertThat(eight.timeToFirstTokenP95Seconds())
                .isLessThanOrEqualTo(5); // all-reduces over PCIe 4 take half of it
    }

    @Test
    void eight_bits_on_two_a100_grow_from_32_to_64_in_flight() {
        double at32 = estimate("llama-3.1-70b", 512, 512, 32, "nvidia-a100-80gb-sxm", 2, "vllm", "int8")
                .throughput()
                .typical();
        double at64 = estimate("llama-3.1-70b", 512, 512, 64, "nvidia-a100-80gb-sxm", 2, "vllm", "int8")
                .throughput()
                .typical();

        assertThat(at64 / at32).isGreaterThan(1.33);
    }

    @ParameterizedTest
    @CsvSource({"4, 787", "8, 1268", "16, 1938", "32, 2897", "64, 4272"})
    void gpt_oss_on_two_h100(int inFlight, double measured) {
        double typical = estimate("gpt-oss-120b", 1024, 1024, inFlight, "nvidia-h100-sxm-80gb", 2, "vllm", "mxfp4")
                .throughput()
                .typical();

        assertThat(typical).isCloseTo(measured, within(0.2 * measured));
    }

    @ParameterizedTest
    @CsvSource({"8, 597", "32, 1209", "64, 1789"})
    void deepseek_r1_on_eight_h200(int inFlight, double measured) {
        double typical = estimate("deepseek-r1", 1024, 1024, inFlight, "nvidia-h200-sxm-141gb", 8, "vllm", "fp8")
                .throughput()
                .typical();

        assertThat(typical).isCloseTo(measured, within(0.25 * measured));
    }
}
