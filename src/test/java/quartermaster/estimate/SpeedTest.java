package quartermaster.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quartermaster.catalogue.Constants;
import quartermaster.catalogue.Model;
import quartermaster.unit.Range;

/** Speeds against numbers that were worked out by hand, many of them beside a measurement. */
class SpeedTest {
    private static final Constants H100_VLLM = Facts.constants(0.75, 25, 30, 130, 4, 1.9);

    /** 42.05 GB ÷ 679.8 GB/s + 0.4 ms of cache + 80 × 127 µs = 72.41 ms; measured 14.1 to 14.4 tokens a second. */
    @Test
    void a_70b_at_4_bit_on_an_m3_ultra() {
        ReplicaSpeed pace = Facts.pace(
                Facts.model("llama-3.1-70b"), Facts.constants(0.83, 127, 78, 0, 0, 1.6), 42.05, 0, 819, 28.4);

        ReplicaSpeed.Step step = pace.step(1, 512);

        assertThat(step.seconds() * 1e3).isCloseTo(72.41, within(0.02));
        assertThat(step.bound()).isEqualTo(Bound.MEMORY_BANDWIDTH);
    }

    @ParameterizedTest
    @CsvSource({"0, 46.04", "8192, 34.83", "32768, 20.13"})
    void an_8b_on_an_m4_pro_slows_down_with_the_context(int context, double tokensPerSecond) {
        ReplicaSpeed pace =
                Facts.pace(Facts.model("llama-3.1-8b"), Facts.constants(0.90, 86, 75, 0, 0, 1.6), 4.66, 0, 273, 9.2);

        assertThat(1 / pace.step(1, context).seconds()).isCloseTo(tokensPerSecond, within(0.01));
    }

    /** Measured 70.5 and 66.5 tokens a second; the vectors give 69.1 and 67.1. */
    @ParameterizedTest
    @CsvSource({"qwen3-30b-a3b, q4_k_m, 50, 69.1, 2.0", "gpt-oss-20b, mxfp4, 100, 67.1, 2.0"})
    void experts_on_an_m4_pro(String id, String quantization, double expertMicros, double tokensPerSecond, double off) {
        Model model = Facts.model(id);
        ReplicaSpeed pace = Facts.pace(
                model,
                Facts.constants(0.90, 86, expertMicros, 0, 0, 1.6),
                Weights.readByEveryToken(model, Facts.quantization(quantization)) / 1e9,
                Weights.routedExperts(model, Facts.quantization(quantization)) / 1e9,
                273,
                9.2);

        assertThat(1 / pace.step(1, 256).seconds()).isCloseTo(tokensPerSecond, within(off));
    }

    @ParameterizedTest
    @CsvSource({"1, 5.35", "4, 9.62", "8, 14.31", "16, 21.11", "32, 28.90", "64, 36.46"})
    void a_mixture_of_experts_reads_more_of_them_as_the_batch_grows(int batch, double milliseconds) {
        Model model = Facts.model("qwen3-30b-a3b");
        ReplicaSpeed pace = Facts.pace(model, H100_VLLM, 2.456, 57.98, 3350, 989);

        assertThat(pace.step(batch, 2048).seconds() * 1e3).isCloseTo(milliseconds, within(0.03));
    }

    @ParameterizedTest
    @CsvSource({"1, 8.0", "2, 15.5", "4, 29.1", "8, 51.6", "16, 82.4", "32, 111.8", "64, 125.9"})
    void a_batch_touches_so_many_of_128_experts(int batch, double experts) {
        assertThat(128 * ReplicaSpeed.touchedShare(Facts.model("qwen3-30b-a3b"), batch))
                .isCloseTo(experts, within(0.06));
    }

    @Test
    void reading_1024_tokens_with_an_8b_on_an_h100() {
        assertThat(eightB().prefillSeconds(1024) * 1e3).isCloseTo(33.7, within(0.1));
    }

    @ParameterizedTest
    @CsvSource({"1, 1.830, 0.55", "8, 2.278, 3.51", "32, 3.812, 8.39", "64, 5.858, 10.93", "128, 9.949, 12.87"})
    void requests_share_the_steps_of_an_h100(int inFlight, double seconds, double perSecond) {
        Serving serving = servingOf8b();

        assertThat(serving.requestSeconds(inFlight)).isCloseTo(seconds, within(seconds * 0.004));
        assertThat(serving.requestsPerSecond(inFlight)).isCloseTo(perSecond, within(0.01));
    }

    @Test
    void ten_requests_a_second_keep_49_in_flight() {
        double inFlight = servingOf8b().inFlightAt(10, 256);

        assertThat(inFlight).isCloseTo(49.0, within(0.4));
        assertThat(inFlight / 10).isCloseTo(4.90, within(0.04));
    }

    /** 160 all-reduces of 8 µs and 0.04 µs on NVLink; 20 µs and more over PCIe. */
    @ParameterizedTest
    @CsvSource({"8, 450, 1, 1.286", "20, 25, 1, 3.305", "20, 25, 64, 9.911"})
    void two_devices_talk_twice_per_layer(double micros, double gbps, int batch, double milliseconds) {
        double each = new Link(micros, gbps).allReduceSeconds(2, batch, 8192);

        assertThat(160 * each * 1e3).isCloseTo(milliseconds, within(0.02));
    }

    @Test
    void more_bandwidth_is_never_slower() {
        double before = Double.MAX_VALUE;
        for (double bandwidth = 50; bandwidth < 10_000; bandwidth *= 1.3) {
            ReplicaSpeed pace = Facts.pace(Facts.model("llama-3.1-8b"), H100_VLLM, 4.66, 0, bandwidth, 100);
            double now = pace.step(4, 2000).seconds();
            assertThat(now).isLessThanOrEqualTo(before);
            before = now;
        }
    }

    @Test
    void more_users_never_raise_the_speed_per_user() {
        Serving serving = servingOf8b();
        double before = Double.MAX_VALUE;
        for (int users = 1; users <= 256; users++) {
            double now = serving.decodeSpeed(users);
            assertThat(now).as("%d users", users).isLessThanOrEqualTo(before);
            before = now;
        }
    }

    @Test
    void layer_split_does_not_make_one_stream_faster_and_tensor_parallelism_does() {
        Demand demand = Facts.demand(Facts.model("llama-3.1-70b"), 1000, 300, 1);
        double onOne = speed(demand, "nvidia-rtx-a6000", 1, "llama.cpp", "q4_k_m");
        double splitByLayers = speed(demand, "nvidia-rtx-a6000", 2, "llama.cpp", "q4_k_m");
        double oneOfVllm = speed(demand, "nvidia-rtx-a6000", 1, "vllm", "awq");
        double tensorParallel = speed(demand, "nvidia-rtx-a6000", 2, "vllm", "awq");

        assertThat(splitByLayers).isBetween(0.8 * onOne, onOne);
        assertThat(tensorParallel / oneOfVllm).isBetween(1.2, 1.9);
    }

    @ParameterizedTest
    @CsvSource({
        "nvidia-h100-sxm-80gb, llama-3.1-70b, vllm, fp8, 2000",
        "nvidia-h100-sxm-80gb, qwen3-30b-a3b, vllm, bf16, 8000",
        "nvidia-rtx-3090, llama-3.1-8b, vllm, bf16, 4000",
        "nvidia-rtx-3090, qwen3-30b-a3b, vllm, awq, 16000",
        "nvidia-rtx-pro-6000-blackwell-server-96gb, llama-3.1-70b, tensorrt-llm, nvfp4, 4000",
        "nvidia-rtx-4090, llama-3.1-8b, llama.cpp, q4_k_m, 2000"
    })
    void adding_devices_never_lowers_capacity(
            String hardware, String model, String engine, String quantization, int tokens) {
        Demand demand = Facts.demand(Facts.model(model), tokens, 300, 64);
        int before = 0;
        for (int devices : new int[] {1, 2, 4, 8}) {
            int now = Facts.assess(demand, Facts.deployment(hardware, devices, engine, quantization))
                    .estimate()
                    .maxConcurrency();
            assertThat(now).as("%d devices", devices).isGreaterThanOrEqualTo(before);
            before = now;
        }
    }

    @Test
    void layers_with_linear_attention_take_their_time() {
        Model model = Facts.model("qwen3-next-80b-a3b"); // 36 of its 48 layers
        Constants without = Facts.constants(0.8, 40, 40, 0, 0, 1.5);
        Constants with = new Constants(0.8, 40, 40, 60, 0, 0, 1.5, 0.45, 0.45, 0.3, null);

        double more = Facts.pace(model, with, 2, 40, 500, 50).step(1, 256).seconds()
                - Facts.pace(model, without, 2, 40, 500, 50).step(1, 256).seconds();

        assertThat(more).isCloseTo(36 * 60e-6, within(1e-9));
    }

    @Test
    void short_prompts_that_are_read_together_share_the_reading_of_the_weights() {
        ReplicaSpeed pace = Facts.pace(Facts.model("qwen3-30b-a3b"), H100_VLLM, 2.5, 58, 3350, 989);

        double alone = pace.prefillSeconds(64);
        double inSixteen = pace.prefillSeconds(64, 16);

        assertThat(inSixteen).isLessThan(alone / 3);
        assertThat(16 * inSixteen).isGreaterThan(alone);
    }

    @Test
    void cards_without_a_fast_link_carry_more_in_stages_where_the_engine_can() {
        Demand demand = Facts.demand(Facts.model("llama-3.1-70b"), 2000, 200, 256);
        String card = "nvidia-rtx-pro-6000-blackwell-server-96gb";
        double eight = throughput(demand, card, 8, "tensorrt-llm");
        double one = throughput(demand, card, 1, "tensorrt-llm");

        assertThat(eight / one).isBetween(2.5, 8.0);
    }

    private static double throughput(Demand demand, String hardware, int devices, String engine) {
        Deployment deployment = Facts.deployment(hardware, devices, engine, "nvfp4");
        Estimate estimate = Facts.assess(demand, deployment).estimate();
        return estimate.throughput().typical();
    }

    @Test
    void a_range_is_wider_where_the_estimate_goes_beyond_its_evidence() {
        Range known = new Uncertainty(0.88, 1.12).of(14);
        Range beyond =
                new Uncertainty(0.88, 1.12).widenIf(true, 1.10, "experts").of(14);

        assertThat(known.low()).isCloseTo(12.32, within(0.01));
        assertThat(known.high()).isCloseTo(15.68, within(0.01));
        // exp(√(ln²(1 ÷ 0.88) + ln² 1.10)) = 1.1737
        assertThat(beyond.low()).isCloseTo(11.93, within(0.01));
        assertThat(beyond.high()).isGreaterThan(known.high());
        assertThat(beyond.typical()).isEqualTo(14);
    }

    @Test
    void llama_70b_at_4_bit_on_an_m3_ultra_writes_12_to_18_tokens_a_second() {
        Demand demand = Facts.demand(Facts.model("llama-3.1-70b"), 512, 256, 1);

        Range speed = Facts.assess(
                        demand, Facts.deployment("mac-studio-m3-ultra-80c-gpu-256gb", 1, "llama.cpp", "q4_k_m"))
                .estimate()
                .decodeSpeed();

        assertThat(speed.typical()).isBetween(12.0, 18.0);
    }

    private static ReplicaSpeed eightB() {
        return Facts.pace(Facts.model("llama-3.1-8b"), H100_VLLM, 15.0, 0, 3350, 989);
    }

    private static Serving servingOf8b() {
        return new Serving(eightB(), Facts.engine("vllm"), 1024, 256, 1152, 1, Serving.Layers.SHARED);
    }

    private static double speed(Demand demand, String hardware, int devices, String engine, String quantization) {
        return Facts.assess(demand, Facts.deployment(hardware, devices, engine, quantization))
                .estimate()
                .decodeSpeed()
                .typical();
    }
}
