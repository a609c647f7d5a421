package quartermaster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

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
}
