package quartermaster.estimate;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quartermaster.TestWorkspace;
import quartermaster.estimate.resolution.Resolution;
import quartermaster.estimate.resolution.Resolver;
import quartermaster.json.RequestReader;
import quartermaster.request.DecisionRequest;

/** A closed set of nights, runs, agents, calls, colleagues and days, each worked out by hand, within a factor of 1.5. */
class WorkByHandTest {
    private static final double FACTOR = 1.5;
    private static final Resolver RESOLVER =
            new Resolver(TestWorkspace.catalogue(), new Estimator(TestWorkspace.catalogue()));

    /**
     * Seconds of one item are those of its prompt, 2 × parameters × tokens at a good half of the peak, and its share of a
     * batch: tokens × step ÷ requests in flight, a step reading weights and caches once.
     *
     * @param gpuHours machines × devices × hours
     */
    @ParameterizedTest
    @CsvSource({
        "llama-3.1-8b, 1500, 150, 10000000, nvidia-h100-sxm-80gb, 1, bf16, 160",
        "llama-3.1-70b, 1500, 150, 2000000, nvidia-h100-sxm-80gb, 2, fp8, 205",
        "qwen3-32b, 3000, 300, 1000000, nvidia-h100-sxm-80gb, 1, fp8, 112",
        "qwen3-32b, 3000, 300, 1000000, nvidia-a100-sxm-80gb, 1, bf16, 750",
        "qwen3-32b, 3000, 300, 1000000, nvidia-l40s, 1, fp8, 860",
        "llama-3.1-8b, 800, 200, 100000, nvidia-rtx-4090, 1, bf16, 8.0",
        "gpt-oss-20b, 500, 300, 1000000, nvidia-h100-sxm-80gb, 1, mxfp4, 6.5",
    })
    void nights(String model, int in, int out, long items, String card, int devices, String precision, double gpuHours)
            throws Exception {
        EstimatedDeployment night = assessed(
                "\"type\": \"batch\", \"model\": \"" + model + "\", \"inputTokens\": " + in + ", \"outputTokens\": "
                        + out + ", \"job\": {\"items\": " + items + ", \"deadlineHours\": 8}",
                candidate(card, devices, "vllm", precision),
                "");
        near(requireNonNull(night.job()).hours().typical() * night.replicas() * devices, gpuHours);
    }

    /**
     * Tokens a second = devices × peak × utilisation ÷ (k × parameters): k 6 full, 4 LoRA and QLoRA, 2 + 2 × 16 ÷ layers where
     * the last 16 get adapters; 0.26 to 0.55 of the peaks of cards, 0.4 of a Mac's.
     */
    @ParameterizedTest
    @CsvSource({
        "llama-3.1-8b, lora, 100000, 1000, 1, nvidia-a100-sxm-80gb, 1, trl, bf16, 9.5",
        "llama-3.1-8b, lora, 100000, 1000, 1, nvidia-rtx-4090, 1, unsloth, bf16, 10.2",
        "llama-3.1-8b, lora, 100000, 1000, 1, M3 Ultra 256GB, 1, mlx-lm, bf16, 59",
        "llama-3.1-8b, lora, 100000, 1000, 1, M4 Max 64GB, 1, mlx-lm, bf16, 91",
        "llama-3.1-70b, qlora, 10000, 500, 3, nvidia-a100-sxm-80gb, 2, trl, nf4, 8.6",
        "llama-3.1-70b, qlora, 10000, 500, 3, M3 Ultra 256GB, 1, mlx-lm, mlx-4bit, 80",
        "llama-3.1-8b, full, 50000, 1000, 3, nvidia-h100-sxm-80gb, 8, torchtune, bf16, 0.65",
        "llama-3.1-8b, full, 50000, 1000, 3, nvidia-a100-sxm-80gb, 8, torchtune, bf16, 1.46",
    })
    void runs(
            String model,
            String method,
            int examples,
            int tokens,
            int epochs,
            String machine,
            int devices,
            String tool,
            String precision,
            double hours)
            throws Exception {
        EstimatedDeployment run = assessed(
                "\"type\": \"fine-tuning\", \"model\": \"" + model + "\", \"fineTuning\": {\"method\": \"" + method
                        + "\", \"examples\": " + examples + ", \"tokensPerExample\": " + tokens + ", \"epochs\": "
                        + epochs + "}",
                candidate(machine, devices, tool, precision),
                "");
        near(requireNonNull(run.job()).hours().typical(), hours);
    }

    /** 12 steps of 7.2 s, each 11 s after the last one: 12 × 7.2 ÷ 18.2. With 40 on two cards each step takes 12.5 s. */
    @ParameterizedTest
    @CsvSource({"12, 4.7", "40, 21"})
    void agents(int agents, double inFlight) throws Exception {
        EstimatedDeployment found = assessed(
                "\"type\": \"internal-tool\", \"use\": \"coding-agents\", \"model\": \"qwen3.6-35b-a3b\","
                        + " \"inputTokens\": 60000, \"contextTokens\": 100000, \"outputTokens\": 500, \"sessions\": "
                        + agents,
                candidate("nvidia-rtx-pro-6000-blackwell-workstation-96gb", 1, "vllm", "fp8"),
                "");
        near(found.load().inFlight(), inFlight);
    }

    /** Measured: 78 calls are about five requests in flight. */
    @ParameterizedTest
    @CsvSource({"78, 5", "200, 13"})
    void calls(int calls, double inFlight) throws Exception {
        EstimatedDeployment found = assessed(
                "\"type\": \"production\", \"use\": \"voice\", \"model\": \"llama-3.1-8b\", \"sessions\": " + calls,
                candidate("nvidia-l40s", 1, "vllm", "fp8"),
                "");
        near(found.load().inFlight(), inFlight);
    }

    /** One in ten at once. */
    @ParameterizedTest
    @CsvSource({"300, 30", "1000, 100"})
    void colleagues(int people, double inFlight) throws Exception {
        EstimatedDeployment found = assessed(
                "\"type\": \"internal-tool\", \"use\": \"chat\", \"model\": \"llama-3.3-70b\", \"namedUsers\": "
                        + people,
                candidate("nvidia-h100-sxm-80gb", 2, "vllm", "fp8"),
                "");
        near(found.load().inFlight(), inFlight);
    }

    /** A day's requests ÷ 86,400 × 4 at the peak; one H100 answers 22.7 a second at most, 80 % of which is planned for. */
    @ParameterizedTest
    @CsvSource({"100000, 4.6, 1", "1000000, 46, 3"})
    void days(int requests, double perSecond, int replicas) throws Exception {
        EstimatedDeployment found = assessed(
                "\"type\": \"production\", \"model\": \"llama-3.1-8b\", \"inputTokens\": 1000, \"outputTokens\": 300,"
                        + " \"requestsPerDay\": " + requests,
                candidate("nvidia-h100-sxm-80gb", 1, "vllm", "fp8"),
                "");
        near(requireNonNull(found.load().requestsPerSecond()), perSecond);
        assertThat(found.load().replicasForLoad()).isEqualTo(replicas);
    }

    @Test
    void ten_a_second_that_come_in_bursts_of_twice_as_many_with_two_to_spare() throws Exception {
        EstimatedDeployment found = assessed(
                "\"type\": \"production\", \"model\": \"llama-3.1-8b\", \"inputTokens\": 1000, \"outputTokens\": 300,"
                        + " \"requestsPerSecond\": 10",
                candidate("nvidia-h100-sxm-80gb", 1, "vllm", "fp8"),
                ", \"constraints\": {\"spareReplicas\": 2, \"burstFactor\": 2}");
        near(requireNonNull(found.load().requestsPerSecond()), 20);
        assertThat(found.load().replicasForLoad()).isEqualTo(2);
        assertThat(found.replicas()).isEqualTo(4);
    }

    /** 21,000 tokens at 47,000 a second; with 20,000 of them held, a thousand and 1.1 us for each of the others. */
    @ParameterizedTest
    @CsvSource({"0, 0.48", "20000, 0.073"})
    void a_prefix_that_all_prompts_share_is_read_once(int shared, double seconds) throws Exception {
        EstimatedDeployment found = assessed(
                "\"type\": \"production\", \"use\": \"retrieval\", \"model\": \"llama-3.1-8b\", \"inputTokens\": 21000,"
                        + " \"outputTokens\": 300, \"requestsPerSecond\": 2, \"sharedPrefixTokens\": " + shared,
                candidate("nvidia-h100-sxm-80gb", 1, "vllm", "fp8"),
                "");
        near(found.estimate().timeToFirstToken().typical(), seconds);
    }

    @Test
    void ocr_beside_the_model_takes_its_sixteen_gibibytes() throws Exception {
        String work = "\"type\": \"production\", \"model\": \"qwen3-32b\", \"inputTokens\": 4000,"
                + " \"outputTokens\": 500, \"concurrency\": 10";
        String card = candidate("nvidia-h100-sxm-80gb", 1, "vllm", "fp8");
        String closed = ", \"constraints\": {\"offline\": true, \"dataMustStay\": true}";
        double alone =
                assessed(work, card, closed).estimate().memory().required().gib();
        double beside = assessed(work + ", \"companions\": [\"olmocr-2-7b\"]", card, closed)
                .estimate()
                .memory()
                .required()
                .gib();
        near(beside - alone, 16);
    }

    private static void near(double found, double byHand) {
        assertThat(found).isBetween(byHand / FACTOR, byHand * FACTOR);
    }

    private static String candidate(String hardware, int devices, String engine, String precision) {
        return "{\"hardware\": \"" + hardware + "\", \"devices\": " + devices + ", \"engine\": \"" + engine
                + "\", \"quantization\": \"" + precision + "\"}";
    }

    private static EstimatedDeployment assessed(String workload, String candidate, String more) throws Exception {
        byte[] json = ("{\"workload\": {" + workload + "}, \"candidates\": [" + candidate + "]" + more
                        + ", \"asOf\": \"2026-11-30\"}")
                .getBytes(StandardCharsets.UTF_8);
        DecisionRequest asked = requireNonNull(
                RequestReader.read(json, TestWorkspace.TODAY).requests().get(0).value());
        Resolution found = requireNonNull(RESOLVER.resolve(asked).value());
        assertThat(found.problems()).isEmpty();
        return found.assessed().get(0);
    }
}
