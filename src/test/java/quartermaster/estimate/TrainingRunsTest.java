package quartermaster.estimate;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quartermaster.TestWorkspace;
import quartermaster.estimate.resolution.Resolution;
import quartermaster.estimate.resolution.Resolver;
import quartermaster.json.RequestReader;
import quartermaster.request.DecisionRequest;
import quartermaster.request.FineTuningMethod;
import quartermaster.unit.Bytes;
import quartermaster.unit.Imported;
import quartermaster.unit.Problem;

/** Training runs: tools, hours, money and memory, and nothing of serving. */
class TrainingRunsTest {
    private static final Resolver RESOLVER =
            new Resolver(TestWorkspace.catalogue(), new Estimator(TestWorkspace.catalogue()));
    private static final String H100 = "\"hardware\": \"nvidia-h100-sxm-80gb\", \"acquisition\": \"rent\"";

    private static EstimatedDeployment run(String model, String fineTuning, String candidate) throws Exception {
        Resolution found = requireNonNull(resolve(model, fineTuning, candidate).value());
        assertThat(found.problems()).isEmpty();
        return found.assessed().get(0);
    }

    private static Imported<Resolution> resolve(String model, String fineTuning, String candidate) throws Exception {
        byte[] json = ("{\"workload\": {\"type\": \"fine-tuning\", \"model\": \"" + model
                        + "\", \"fineTuning\": {" + fineTuning + "}}, \"candidates\": [{" + candidate
                        + "}], \"asOf\": \"2026-11-30\"}")
                .getBytes(StandardCharsets.UTF_8);
        DecisionRequest asked = requireNonNull(
                RequestReader.read(json, TestWorkspace.TODAY).requests().get(0).value());
        return RESOLVER.resolve(asked);
    }

    private static EstimatedDeployment.Job job(EstimatedDeployment of) {
        return requireNonNull(of.job());
    }

    @ParameterizedTest
    @CsvSource({"nvidia-h100-sxm-80gb, 1.25", "nvidia-a10g-aws-g5, 45"})
    void qlora_of_a_70b_on_four_cards_takes_as_long_as_published(String card, double hours) throws Exception {
        EstimatedDeployment run = run(
                "llama-3.1-70b",
                "\"method\": \"qlora\", \"examples\": 10000, \"epochs\": 3",
                "\"hardware\": \"" + card + "\", \"devices\": 4, \"acquisition\": \"rent\", \"engine\": \"trl\"");
        assertThat(job(run).hours().typical()).isBetween(hours / 1.5, hours * 1.5);
        assertThat(run.estimate().memory().fit()).isNotEqualTo(Fit.NO);
    }

    @ParameterizedTest
    @CsvSource({"trl", "unsloth", "nemo", "axolotl"})
    void lora_of_an_8b_over_100_million_tokens_takes_about_three_and_a_half_hours_on_an_h100(String tool)
            throws Exception {
        EstimatedDeployment run = run(
                "llama-3.1-8b",
                "\"method\": \"lora\", \"examples\": 50000, \"tokensPerExample\": 2000, \"epochs\": 1",
                H100 + ", \"engine\": \"" + tool + "\"");
        assertThat(job(run).hours().typical()).isBetween(3.4 / 1.5, 3.4 * 1.5);
        assertThat(job(run).tokens()).isEqualTo(100e6);
    }

    @Test
    void two_sparks_take_half_the_time_of_one() throws Exception {
        String spark = "\"hardware\": \"nvidia-dgx-spark-gb10-128gb\", \"acquisition\": \"owned\","
                + " \"engine\": \"unsloth\", \"devices\": ";
        String lora = "\"method\": \"lora\", \"examples\": 10000";
        double one = job(run("llama-3.1-8b", lora, spark + 1)).hours().typical();
        double two = job(run("llama-3.1-8b", lora, spark + 2)).hours().typical();
        assertThat(one / two).isBetween(1.8, 2.0);
    }

    @Test
    void a_run_says_nothing_of_serving() throws Exception {
        EstimatedDeployment run = run("llama-3.1-8b", "\"method\": \"qlora\"", H100);
        Estimate estimate = run.estimate();
        assertThat(estimate.isTraining()).isTrue();
        assertThat(estimate.isElsewhere()).isFalse();
        assertThat(List.of(estimate.decodeSpeed(), estimate.throughput(), estimate.timeToFirstToken()))
                .noneMatch(range -> range.isKnown());
        assertThat(run.cost().usdPerMillionOutputTokens()).isNull();
        assertThat(run.deployment().quantization().id()).isEqualTo("nf4");
        assertThat(estimate.arithmetic()).anyMatch(line -> line.contains("GFLOP"));
    }

    @Test
    void without_examples_hours_and_dollars_are_of_a_million_tokens() throws Exception {
        EstimatedDeployment run = run("llama-3.1-8b", "\"method\": \"lora\"", H100);
        assertThat(job(run).tokens()).isEqualTo(1e6);
        double share = job(run).hours().typical() / (730 * 0.2);
        assertThat(job(run).usdPerRun()).isCloseTo(requireNonNull(run.cost().monthlyUsd()) * share, within(0.01));
        Resolution resolution = requireNonNull(
                resolve("llama-3.1-8b", "\"method\": \"lora\"", H100).value());
        assertThat(resolution.assumptions())
                .anyMatch(each -> each.field().equals("workload.fineTuning.examples"))
                .noneMatch(each -> each.field().equals("workload.inputTokens"));
    }

    @Test
    void a_weekly_run_costs_its_hours_and_misses_a_deadline_or_meets_it() throws Exception {
        String weekly = "\"method\": \"lora\", \"examples\": 50000, \"tokensPerExample\": 2000, \"epochs\": 1,"
                + " \"timesPerMonth\": 4, \"deadlineHours\": ";
        EstimatedDeployment day = run("llama-3.1-8b", weekly + 24, H100 + ", \"devices\": 1");
        assertThat(job(day).meetsDeadline()).isEqualTo(Fit.YES);
        assertThat(day.cost().monthlyUsd()).isCloseTo(4 * requireNonNull(job(day).usdPerRun()), within(0.01));
        assertThat(job(day).busyShare()).isCloseTo(4 * job(day).hours().typical() / 730, within(1e-9));
        assertThat(job(run("llama-3.1-8b", weekly + 1, H100 + ", \"devices\": 1"))
                        .meetsDeadline())
                .isEqualTo(Fit.NO);
    }

    @Test
    void what_is_left_open_takes_as_many_devices_as_the_deadline_asks_for() throws Exception {
        String hurry = "\"method\": \"lora\", \"examples\": 50000, \"tokensPerExample\": 2000, \"epochs\": 1,"
                + " \"deadlineHours\": 1";
        Resolution found = requireNonNull(
                resolve("llama-3.1-8b", hurry, H100 + ", \"engine\": \"trl\"").value());
        assertThat(found.assessed())
                .anyMatch(each ->
                        job(each).meetsDeadline() != Fit.NO && each.deployment().devices() >= 4);
    }

    @Test
    void an_engine_that_serves_trains_nothing() throws Exception {
        Resolution found = requireNonNull(resolve(
                        "llama-3.1-8b",
                        "\"method\": \"lora\"",
                        H100 + ", \"engine\": \"vllm\", \"quantization\": \"fp8\"")
                .value());
        assertThat(found.problems()).isEmpty();
        assertThat(found.assessed())
                .allSatisfy(each ->
                        assertThat(each.deployment().quantization().id()).isEqualTo("bf16"));
        assertThat(found.assumptions())
                .anySatisfy(each -> assertThat(each.because()).startsWith("vllm serves and trains nothing"));
        Resolution unknown =
                requireNonNull(resolve("llama-3.1-8b", "\"method\": \"lora\"", H100 + ", \"engine\": \"unslot\"")
                        .value());
        assertThat(unknown.problems()).extracting(Problem::code).containsExactly("unknown-training-tool");
        assertThat(unknown.problems().get(0).message()).contains("training tool", "unsloth");
        // what serves on a Mac and what trains there are one project
        assertThat(run(
                                "llama-3.1-8b",
                                "\"method\": \"qlora\"",
                                "\"hardware\": \"mac-studio-m4-max-40c-gpu-64gb\", \"engine\": \"mlx\"")
                        .deployment()
                        .engine()
                        .id())
                .isEqualTo("mlx-lm");
    }

    /** 8.03 × 18 = 144.5 GB of states are shared by two devices; activations are each one's own. */
    @Test
    void states_are_shared_where_the_tool_shards_them_and_held_whole_where_it_copies_them() {
        TrainingMemory.Run full = new TrainingMemory.Run(FineTuningMethod.FULL, 1, 2048, 16);
        MemoryLedger one = ledger("trl", 1, full);
        MemoryLedger two = ledger("trl", 2, full);
        assertThat(one.weights().gb() + 8.03 * 16).isCloseTo(8.03 * 18, within(0.01));
        assertThat(two.required().gb() - one.required().gb())
                .as("activations, logits and the tool itself")
                .isBetween(2.0, 5.0);
        assertThat(ledger("unsloth", 1, full).required().gb()).isBetween(8.03 * 8, 8.03 * 8 + 5);
    }

    private static MemoryLedger ledger(String tool, int devices, TrainingMemory.Run run) {
        return TrainingMemory.ledger(
                Facts.model("llama-3.1-8b"),
                Facts.tool(tool),
                Facts.quantization("bf16"),
                devices,
                Bytes.ofGiB(512),
                run,
                1.15);
    }
}
