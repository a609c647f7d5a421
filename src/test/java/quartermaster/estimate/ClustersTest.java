package quartermaster.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One request on several small machines, to the same on one: what was measured, and how far the estimate may be off. */
class ClustersTest {
    private static final String SPARK = "nvidia-dgx-spark-gb10-128gb";
    private static final String M3_ULTRA = "mac-studio-m3-ultra-80c-gpu-512gb";
    private static final String M4_MAX = "mac-studio-m4-max-40c-gpu-128gb";

    /**
     * 32B at 8 bits: 33 GB ÷ (0.77 × 273 GB/s) = 156 ms on one; on two 156 ÷ 2^0.83 = 88 ms and 128 × 25 µs = 3.2 ms.
     */
    @ParameterizedTest
    @CsvSource({"2, 1.71", "4, 2.74"})
    void sparks_with_rdma_read_a_dense_model_together(int machines, double measured) {
        assertThat(timesOne(SPARK, "vllm", "qwen3-32b", "fp8", machines)).isCloseTo(measured, within(0.2 * measured));
    }

    /** Two M4 Max with gpt-oss-120b: 98 tokens a second to 80. */
    @Test
    void macs_gain_little_from_sharing_a_mixture() {
        assertThat(timesOne(M4_MAX, "mlx", "gpt-oss-120b", "mlx-mxfp4", 2)).isCloseTo(1.23, within(0.2 * 1.23));
    }

    /** Apple shows nearly three times one machine on four with a dense model, a 27B at 16 bits; here a 70B at 8. */
    @Test
    void macs_gain_most_from_sharing_a_dense_model() {
        assertThat(timesOne(M3_ULTRA, "mlx", "llama-3.1-70b", "mlx-8bit", 4)).isCloseTo(2.9, within(0.2 * 2.9));
    }

    /** A GLM 4 on four M3 Ultra: 24.6 tokens a second to 16. */
    @Test
    void four_macs_with_a_mixture_are_half_as_fast_again() {
        assertThat(timesOne(M3_ULTRA, "mlx", "glm-4.6", "mlx-4bit", 4)).isCloseTo(1.54, within(0.2 * 1.54));
    }

    /** Without RDMA every all-reduce takes 300 µs: two machines are no faster than one. */
    @Test
    void macs_before_thunderbolt_5_gain_nothing_from_sharing_a_mixture() {
        assertThat(timesOne("mac-studio-m2-ultra-60c-76c-gpu-128gb", "mlx", "gpt-oss-120b", "mlx-mxfp4", 2))
                .isLessThan(1);
    }

    private static double timesOne(String hardware, String engine, String model, String quantization, int machines) {
        return decodeSpeed(hardware, engine, model, quantization, machines)
                / decodeSpeed(hardware, engine, model, quantization, 1);
    }

    private static double decodeSpeed(String hardware, String engine, String model, String quantization, int machines) {
        return Facts.assess(
                        Facts.demand(Facts.model(model), 512, 256, 1),
                        Facts.deployment(hardware, machines, engine, quantization))
                .estimate()
                .decodeSpeed()
                .typical();
    }
}
