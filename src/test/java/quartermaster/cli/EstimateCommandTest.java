package quartermaster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import quartermaster.cli.report.Console;

class EstimateCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Terminal terminal = Terminal.inRepository();

    @Test
    void a_fact_sheet_shows_memory_speed_cost_and_arithmetic() {
        assertThat(terminal.run("estimate", "--model", "llama-3.1-70b", "--hardware", "H100 SXM", "--devices", "2"))
                .isZero();
        assertThat(terminal.out())
                .contains("2× NVIDIA H100", "KV cache", "headroom", "fits                yes", "time to first token")
                .contains("bound by", "evidence", "buy", "rent", "owned", "Arithmetic", "GB/s", "Assumed");
        assertThat(terminal.out().lines())
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(Console.WIDTH));
    }

    @Test
    void a_fact_sheet_shows_how_quiet_hours_and_a_second_replica_are_reckoned() throws Exception {
        List<String> one =
                List.of("estimate", "--model", "llama-3.1-8b", "--hardware", "H100 SXM", "--type", "production");
        terminal.run(one.toArray(String[]::new));
        assertThat(terminal.out()).contains("a second replica: hardware ", "a second replica: rent ");
        List<String> eight = new ArrayList<>(one);
        eight.addAll(List.of("--replicas", "8"));
        Terminal many = Terminal.inRepository();
        many.run(eight.toArray(String[]::new));
        assertThat(many.out()).contains("quiet hours: nightLoadShare 0.1 × ").doesNotContain("a second replica");
        eight.add("--json");
        Terminal json = Terminal.inRepository();
        json.run(eight.toArray(String[]::new));
        JsonNode load = JSON.readTree(json.out()).get("load");
        assertThat(load.get("replicasForLoad").asInt()
                        + load.get("spareReplicas").asInt())
                .isEqualTo(8);
    }

    @Test
    void a_machine_to_be_put_somewhere_says_how_large_it_is() {
        terminal.run("estimate", "--model", "qwen3-8b", "--hardware", "DGX Spark");
        assertThat(terminal.out()).contains("Each machine measures 150 x 150 x 50.5 mm.");
        Terminal card = Terminal.inRepository();
        card.run("estimate", "--model", "qwen3-8b", "--hardware", "H100 SXM");
        assertThat(card.out()).doesNotContain("measures");
    }

    @Test
    void a_fact_sheet_says_how_it_is_started_in_lines_for_a_shell() throws Exception {
        String[] sheet = {
            "estimate", "--model", "qwen3-8b", "--hardware", "H100 SXM", "--engine", "vllm", "--quantization", "awq"
        };
        terminal.run(sheet);
        assertThat(terminal.out())
                .contains("Start with\n  # ./Qwen3-8B-awq stands for a folder or repository with these weights")
                .contains("\n  vllm serve ./Qwen3-8B-awq --tensor-parallel-size 1 ", " \\\n    --max-")
                .contains("for vLLM 0.29, checked against https://docs.vllm.ai/");
        String[] json = java.util.Arrays.copyOf(sheet, sheet.length + 1);
        json[sheet.length] = "--json";
        Terminal again = Terminal.inRepository();
        again.run(json);
        JsonNode start = JSON.readTree(again.out()).get("start");
        assertThat(start.get("command").asText())
                .startsWith("# ./Qwen3-8B-awq stands")
                .contains("\nvllm serve ./");
        assertThat(start.get("engineVersion").asText()).isEqualTo("0.29");
        assertThat(start.get("checked").asText()).endsWith("not run here");
    }

    @Test
    void its_numbers_are_those_of_a_decision() throws Exception {
        terminal.run(
                "estimate",
                "--model",
                "llama-3.1-70b",
                "--hardware",
                "m3 ultra 256gb",
                "--engine",
                "llama.cpp",
                "--quantization",
                "q4_k_m",
                "--input",
                "2000",
                "--output",
                "300",
                "--json");
        Terminal decision = Terminal.inRepository().withInput("""
                        {"workload": {"type": "evaluation", "model": "llama-3.1-70b", "inputTokens": 2000,
                          "outputTokens": 300, "concurrency": 1},
                         "candidates": [{"hardware": "m3 ultra 256gb", "engine": "llama.cpp",
                          "quantization": "q4_k_m"}], "explain": "full"}
                        """);
        decision.run("decide", "-", "--json");
        JsonNode answer = JSON.readTree(decision.out());
        JsonNode only = answer.at(answer.at("/recommendations").isEmpty() ? "/rejected/0" : "/recommendations/0");
        JsonNode sheet = JSON.readTree(terminal.out());
        assertThat(sheet.at("/estimate/decodeTokensPerSecond/typical").asDouble())
                .isBetween(8.0, 20.0);
        assertThat(sheet.get("estimate")).isEqualTo(only.get("estimate"));
        assertThat(sheet.get("cost")).isEqualTo(only.get("cost"));
    }

    @Test
    void the_longest_context_and_the_cache_follow_its_precision() throws Exception {
        String[] base = {"estimate", "--model", "llama-3.1-70b", "--hardware", "H100 SXM", "--devices", "2", "--json"};
        terminal.run(base);
        Terminal smaller = Terminal.inRepository();
        String[] withCache = java.util.Arrays.copyOf(base, base.length + 2);
        withCache[base.length] = "--kv-cache";
        withCache[base.length + 1] = "kv-cache-fp8";
        assertThat(smaller.run(withCache)).as(smaller.err()).isZero();
        String cache = "/estimate/memory/kvCacheGiB";
        assertThat(JSON.readTree(smaller.out()).at(cache).asDouble())
                .isLessThan(JSON.readTree(terminal.out()).at(cache).asDouble());
    }

    @Test
    void an_unknown_model_finds_its_neighbour() {
        assertThat(terminal.run("estimate", "--model", "lama-3.1-70b", "--hardware", "H100 SXM"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(terminal.err()).contains("Did you mean llama-3.1-70b?");
        assertThat(terminal.out()).isEmpty();
    }

    @Test
    void an_unknown_kind_of_work_is_refused() {
        assertThat(terminal.run("estimate", "--model", "llama-3.1-70b", "--hardware", "H100", "--type", "productio"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(terminal.err()).contains("Did you mean production?");
    }

    @Test
    void the_commands_that_would_verify_it_are_those_of_the_tool_for_its_weights() throws Exception {
        assertThat(verifyWith("RTX 4090", "--engine", "llama.cpp", "--quantization", "q4_k_m"))
                .containsExactly(
                        "llama-bench -m Qwen3-8B-Q4_K_M.gguf -ngl 99 -sm none -p 2000 -n 0 -o jsonl > result.jsonl",
                        "llama-bench -m Qwen3-8B-Q4_K_M.gguf -ngl 99 -sm none -p 0 -n 300 -d 2000 -o jsonl"
                                + " >> result.jsonl",
                        "quartermaster import-measurements result.jsonl --hardware nvidia-rtx-4090 --devices 1"
                                + " --engine llama.cpp --model qwen3-8b --quantization q4_k_m");
        assertThat(verifyWith("RTX 4090", "--engine", "llama.cpp", "--quantization", "q4_k_m", "--concurrency", "4"))
                .first()
                .asString()
                .contains("llama-batched-bench", "-c 9200 -npp 2000 -ntg 300 -npl 4");
        assertThat(verifyWith("H100 SXM", "--engine", "vllm", "--quantization", "fp8", "--concurrency", "32"))
                .startsWith(
                        "vllm serve Qwen3-8B-fp8 --tensor-parallel-size 1 --max-model-len 2300",
                        "vllm bench serve --model Qwen3-8B-fp8 --dataset-name random --random-input-len 2000"
                                + " --random-output-len 300 --ignore-eos --max-concurrency 32 --num-prompts 256"
                                + " --save-result --result-filename result.json");
        assertThat(verifyWith("m4 max 64gb", "--engine", "mlx", "--quantization", "mlx-4bit"))
                .first()
                .isEqualTo("mlx_lm.benchmark --model Qwen3-8B-mlx-4bit --prompt-tokens 2000 --generation-tokens 300"
                        + " --batch-size 1 > result.txt");
    }

    @Test
    void what_was_measured_with_another_cache_is_not_imported() throws Exception {
        assertThat(verifyWith("RTX 4090", "--engine", "llama.cpp", "--quantization", "q4_k_m", "--kv-cache", "q8_0"))
                .hasSize(2)
                .allSatisfy(command -> assertThat(command).contains("-ctk q8_0 -ctv q8_0"));
    }

    private static List<String> verifyWith(String hardware, String... more) throws Exception {
        List<String> args = new ArrayList<>(List.of(
                "estimate", "--model", "qwen3-8b", "--hardware", hardware, "--input", "2000", "--output", "300"));
        args.addAll(List.of(more));
        Terminal printing = Terminal.inRepository();
        printing.run(args.toArray(String[]::new));
        assertThat(printing.out()).contains("Verify with");
        args.add("--json");
        Terminal terminal = Terminal.inRepository();
        terminal.run(args.toArray(String[]::new));
        List<String> commands = new ArrayList<>();
        JSON.readTree(terminal.out()).get("verifyWith").forEach(each -> commands.add(each.asText()));
        return commands;
    }
}
