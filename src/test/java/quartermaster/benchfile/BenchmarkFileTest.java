package quartermaster.benchfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import quartermaster.benchfile.BenchmarkRun.Load;
import quartermaster.benchfile.BenchmarkRun.Setup;
import quartermaster.catalogue.measurement.Phase;
import quartermaster.catalogue.measurement.ServingMetric;
import quartermaster.unit.Problem;

class BenchmarkFileTest {
    private static final Path SAMPLES = Path.of("src/test/resources/benchmarks");

    @ParameterizedTest
    @CsvSource({
        "llama-bench.csv, LLAMA_BENCH, 3",
        "llama-bench.json, LLAMA_BENCH, 2",
        "llama-bench.jsonl, LLAMA_BENCH, 2",
        "llama-bench.md, LLAMA_BENCH, 4",
        "batched-bench.md, LLAMA_BATCHED_BENCH, 3",
        "batched-bench.jsonl, LLAMA_BATCHED_BENCH, 3",
        "vllm-serve.json, VLLM_SERVE, 3",
        "vllm-throughput.json, VLLM_THROUGHPUT, 1",
        "sglang.jsonl, SGLANG_SERVING, 2",
        "guidellm.json, GUIDELLM, 2",
        "mlx-generate.txt, MLX_LM, 2",
        "mlx-benchmark.txt, MLX_LM, 1"
    })
    void a_result_is_known_by_its_content_whatever_it_is_called(String sample, BenchmarkTool tool, int runs)
            throws IOException {
        BenchmarkFile file = BenchmarkFile.of(bytes(sample), "unnamed").orElseThrow();
        assertThat(file.tool()).isEqualTo(tool);
        assertThat(file.runs().value()).hasSize(runs);
        assertThat(file.runs().problems()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "{\"workload\": {\"type\": \"batch\"}}",
                "id,hardware,tokens_per_second\n1,h100,70\n",
                "| model | t/s |\n|---|---|\n| a | 3 |\n",
                "We read 512 tokens, at 812 tokens-per-sec."
            })
    void anything_else_is_no_result(String text) {
        assertThat(BenchmarkFile.of(text.getBytes(StandardCharsets.UTF_8), "other"))
                .isEmpty();
    }

    @Test
    void a_shell_may_have_written_it_in_sixteen_bits() throws IOException {
        byte[] redirected = ("\uFEFF" + text("llama-bench.md")).getBytes(StandardCharsets.UTF_16LE);
        assertThat(BenchmarkFile.of(redirected, "out.md").orElseThrow().runs().value())
                .hasSize(4);
    }

    @Test
    void a_workbook_is_not_looked_through() {
        byte[] workbook = "PK\u0003\u0004\u0000 avg_ts,n_gen,n_prompt\n1,2,3".getBytes(StandardCharsets.UTF_8);
        assertThat(BenchmarkFile.of(workbook, "book.xlsx")).isEmpty();
    }

    @Test
    void llama_bench_says_what_it_ran_on_and_how_large_the_file_was() throws IOException {
        BenchmarkRun prefill = runs("llama-bench.csv").get(0);
        assertThat(prefill.setup().hardware()).isEqualTo("NVIDIA GeForce RTX 4090");
        assertThat(prefill.setup().devices()).isEqualTo(1);
        assertThat(prefill.setup().engineVersion()).isEqualTo("b7012");
        assertThat(prefill.setup().model()).isEqualTo("Qwen3-8B");
        assertThat(prefill.setup().quantization()).isEqualTo("Q4_K_M");
        assertThat(prefill.setup().bitsPerWeight()).isBetween(4.910, 4.911); // 5,027,783,680 × 8 / 8,190,735,360
        assertThat(prefill.setup().layersOnDevice()).isEqualTo(99);
        assertThat(prefill.load()).isEqualTo(new Load(Phase.PREFILL, null, 2048, null, 0, 1, null, null));
        assertThat(prefill.tokensPerSecond()).isEqualTo(9301.25);
        assertThat(prefill.date()).isEqualTo("2026-10-04");
        assertThat(prefill.at()).hasToString("llama-bench.csv:2");
    }

    @Test
    void tokens_written_behind_a_context_stand_behind_it_and_half_of_themselves() throws IOException {
        Load decode = runs("llama-bench.csv").get(1).load();
        assertThat(decode).isEqualTo(new Load(Phase.DECODE, null, null, 256, 4096 + 128, 1, null, null));
    }

    @Test
    void devices_are_counted_and_libraries_are_none() throws IOException {
        Setup cards = runs("llama-bench.json").get(0).setup();
        assertThat(cards.devices()).isEqualTo(2);
        assertThat(cards.model()).isEqualTo("Llama-3.1-70B-Instruct");
        assertThat(cards.layersOnDevice()).isNull();
        Setup mac = runs("llama-bench.jsonl").get(0).setup();
        assertThat(mac.hardware()).isEqualTo("Apple M2 Ultra");
        assertThat(mac.devices()).isEqualTo(1);
        assertThat(mac.quantization()).isEqualTo("UD-Q4_K_XL");
    }

    @Test
    void a_table_is_read_with_the_devices_and_the_command_around_it() throws IOException {
        List<BenchmarkRun> runs = runs("llama-bench.md");
        Setup setup = runs.get(0).setup();
        assertThat(setup.hardware()).isEqualTo("NVIDIA GeForce RTX 5090");
        assertThat(setup.devices()).isEqualTo(2);
        assertThat(setup.engineVersion()).isEqualTo("b7012");
        assertThat(setup.model()).isEqualTo("Qwen3-8B");
        assertThat(setup.quantization()).isEqualTo("Q8_0");
        assertThat(runs.get(2).load()).isEqualTo(new Load(Phase.DECODE, null, null, 128, 4160, 1, null, null));
        BenchmarkRun both = runs.get(3);
        assertThat(both.load().metric()).isEqualTo(ServingMetric.REQUEST_CYCLE);
        assertThat(both.load().promptTokens()).isEqualTo(512);
        assertThat(both.unit()).isEqualTo("tokens/s total in plus out");
    }

    @Test
    void a_table_alone_names_an_architecture_and_no_model() throws IOException {
        String table = Files.readString(SAMPLES.resolve("llama-bench.md")).replaceFirst(".*\n", "");
        BenchmarkRun run = BenchmarkFile.of(table.getBytes(StandardCharsets.UTF_8), "table")
                .orElseThrow()
                .runs()
                .value()
                .get(0);
        assertThat(run.setup().model()).isNull();
        assertThat(run.setup().quantization()).isEqualTo("Q8_0");
    }

    @Test
    void a_batch_that_decodes_together_is_no_request_cycle() throws IOException {
        List<BenchmarkRun> runs = runs("batched-bench.md");
        assertThat(runs)
                .extracting(run -> run.load().phase())
                .containsExactly(Phase.PREFILL, Phase.DECODE, Phase.SERVE);
        BenchmarkRun batch = runs.get(2);
        assertThat(batch.load())
                .isEqualTo(new Load(Phase.SERVE, ServingMetric.BATCH_DECODE, 512, 128, 576, 8, 8, null));
        assertThat(batch.tokensPerSecond()).isEqualTo(598.83);
        assertThat(batch.unit()).isEqualTo("tokens/s total");
        assertThat(runs("batched-bench.jsonl").get(2).load().concurrency()).isEqualTo(16);
        assertThat(runs("mlx-benchmark.txt").get(0).load().metric()).isEqualTo(ServingMetric.BATCH_DECODE);
    }

    @Test
    void requests_in_flight_and_requests_that_arrive_are_told_apart() throws IOException {
        List<BenchmarkRun> runs = runs("vllm-serve.json");
        assertThat(runs.get(0).load())
                .isEqualTo(new Load(Phase.SERVE, ServingMetric.REQUEST_CYCLE, 1024, 256, null, 32, 256, null));
        assertThat(runs.get(1).load())
                .isEqualTo(new Load(Phase.SERVE, ServingMetric.ARRIVAL_RATE, 1024, 256, null, null, 500, 4.0));
        assertThat(runs.get(0).timeToFirstTokenMs()).isEqualTo(540.9);
        assertThat(runs.get(0).date()).isEqualTo("2026-10-02");
        assertThat(runs.get(1).note()).isEqualTo("1 of 500 requests failed");
    }

    @Test
    void as_many_requests_as_places_are_all_sent_at_once() throws IOException {
        String few = text("vllm-serve.json").replace("\"max_concurrency\": 32", "\"max_concurrency\": 256");
        Load load = BenchmarkFile.of(few.getBytes(StandardCharsets.UTF_8), "few")
                .orElseThrow()
                .runs()
                .value()
                .get(0)
                .load();
        assertThat(load.metric()).isEqualTo(ServingMetric.OFFLINE);
        assertThat(load.concurrency()).isNull();
        assertThat(load.requests()).isEqualTo(256);
    }

    @Test
    void the_server_of_sglang_says_what_it_ran_on_how_many_devices() throws IOException {
        BenchmarkRun run = runs("sglang.jsonl").get(0);
        assertThat(run.setup().model()).isEqualTo("Qwen3-32B");
        assertThat(run.setup().quantization()).isEqualTo("bfloat16");
        assertThat(run.setup().devices()).isEqualTo(4);
        assertThat(run.setup().replicas()).isEqualTo(2);
        assertThat(run.load().concurrency()).isEqualTo(64);
        assertThat(run.load().requestsPerSecond()).isNull();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"backend\": \"sglang\", \"request_throughput\": 2, \"output_throughput\": 400, \"completed\": 9,"
                        + " \"total_input_tokens\": 900} | SGLang's bench_serving",
                "{\"backend\": \"sglang\", \"tokenizer_id\": \"q\", \"request_throughput\": 2, \"output_throughput\": 400,"
                        + " \"completed\": 9, \"total_input_tokens\": 900} | vllm bench serve",
            })
    void a_serving_result_says_whose_tool_wrote_it(String json, String tool) {
        assertThat(BenchmarkFile.mistaken(json.getBytes(StandardCharsets.UTF_8), "run.json"))
                .hasValueSatisfying(told -> assertThat(told).contains(tool, "import-measurements"));
    }

    @Test
    void streams_of_guidellm_are_requests_in_flight() throws IOException {
        BenchmarkRun run = runs("guidellm.json").get(0);
        assertThat(run.load())
                .isEqualTo(new Load(Phase.SERVE, ServingMetric.REQUEST_CYCLE, 512, 256, null, 16, 240, null));
        assertThat(run.tokensPerSecond()).isEqualTo(1024);
        assertThat(run.date()).isEqualTo("2026-09-21");
        assertThat(run.setup().engine()).isNull();
        assertThat(run.at()).hasToString("guidellm.json/benchmarks/0");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "vllm-serve.json | 2 | speculatively",
                "sglang.jsonl | 1 | speculatively (EAGLE3)",
                "guidellm.json | 1 | even intervals",
                "llama-bench.json | 1 | KV cache is of type q8_0"
            })
    void what_no_estimate_is_about_says_why(String sample, int index, String why) throws IOException {
        assertThat(runs(sample).get(index).whyNot()).contains(why);
        assertThat(runs(sample).get(0).whyNot()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"n_cpu_moe\": 0 | \"n_cpu_moe\": 12 | outside of the devices (n_cpu_moe)",
                "\"no_kv_offload\": false | \"no_kv_offload\": true | outside of the devices (no_kv_offload)",
                "overrides\": \"none\" | overrides\": \"exps=CPU\" | outside of the devices (tensor_buft_overrides)",
                "\"backends\": \"CUDA\" | \"backends\": \"CUDA,RPC\" | several machines",
                "RTX 3090, | RTX 4090, | different devices",
                "\"n_gen\": 128 | \"n_gen\": 0 | neither"
            })
    void a_run_beside_its_devices_is_not_one_of_them(String plain, String changed, String why) throws IOException {
        String text = text("llama-bench.json").replace(plain, changed);
        BenchmarkRun run = BenchmarkFile.of(text.getBytes(StandardCharsets.UTF_8), "x")
                .orElseThrow()
                .runs()
                .value()
                .get(0);
        assertThat(run.whyNot()).contains(why);
    }

    @Test
    void a_row_without_a_speed_is_a_problem_at_its_place() throws IOException {
        String text = text("llama-bench.jsonl").replace("\"avg_ts\": 79.8", "\"avg_ts\": null");
        List<Problem> problems = BenchmarkFile.of(text.getBytes(StandardCharsets.UTF_8), "runs.jsonl")
                .orElseThrow()
                .runs()
                .problems();
        assertThat(problems)
                .extracting(Problem::toString)
                .containsExactly("runs.jsonl:2: Found no speed; expected tokens per second above zero.");
    }

    private static List<BenchmarkRun> runs(String sample) throws IOException {
        return BenchmarkFile.of(bytes(sample), sample).orElseThrow().runs().value();
    }

    private static String text(String sample) throws IOException {
        return Files.readString(SAMPLES.resolve(sample));
    }

    private static byte[] bytes(String sample) throws IOException {
        return Files.readAllBytes(SAMPLES.resolve(sample));
    }
}
