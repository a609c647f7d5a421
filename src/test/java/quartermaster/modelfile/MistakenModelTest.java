package quartermaster.modelfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MistakenModelTest {
    @ParameterizedTest(name = "{1}")
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '\0',
            value = {
                "{\"system\": {}, \"models\": [{\"fit_level\": \"Perfect\"}]} ~ llmfit ~ models --hardware",
                "{\"estimate\": {\"items\": [{\"offloadLayers\": 33}]}} ~ gguf-parser ~ import-model",
                "{\"results\": {\"mmlu\": {\"acc,none\": 0.68}}} ~ lm-eval ~ import-quality",
                "{\"model_type\": \"llama\"} ~ a model ~ import-model",
                "{\"results_ttft_s_mean\": 0.4, \"results_end_to_end_latency_s_mean\": 3} ~ LLMPerf ~ import-measurements",
                "[{\"ttft_s\": 0.4, \"end_to_end_latency_s\": 3}] ~ LLMPerf ~ import-measurements",
                "{\"time_to_first_token\": {\"avg\": 1}, \"inter_token_latency\": {\"avg\": 1}} ~ AIPerf ~ import-measurements",
                "{\"weight_map\": {\"a\": \"model-1.safetensors\"}} ~ list of weights ~ config.json",
                "{\"engine\": {}, \"performance\": {\"system_output_throughput_tok_s\": 900}} ~ trtllm-bench ~ Measurements",
                "{\"model\": \"qwen3\", \"eval_count\": 10, \"eval_duration\": 9} ~ Ollama ~ llama-bench",
                "{\"content\": \"\", \"timings\": {\"predicted_per_second\": 9}} ~ llama.cpp ~ llama-bench",
                "{\"avg_latency\": 1.2, \"latencies\": [1.2], \"percentiles\": {}} ~ vllm bench latency ~ import-measurements",
                "Run Info,Run Info,Benchmark,Time to First Token ~ GuideLLM ~ benchmarks.json",
                "<!DOCTYPE html><html><title>GuideLLM Report</title> ~ GuideLLM ~ benchmarks.json",
                "Metric,avg,min,max,p99\\nTime to First Token (ms),18,11,106,68 ~ AIPerf ~ import-measurements",
                "=== Model Compatibility Analysis ===\\nFound 385 compatible model(s) ~ llmfit ~ models --hardware",
                "+---+\\n|  METADATA  |\\n+---+\\n|  ARCHITECTURE  |\\n ~ gguf-parser ~ import-model",
                "NAME          ID            SIZE    PROCESSOR  UNTIL\\nqwen3:32b  1 ~ Ollama ~ Type",
                "============ Serving Benchmark Result ============ ~ vllm bench serve ~ --save-result",
            })
    void what_another_program_wrote_is_told_with_the_command_for_it(String json, String tool, String command) {
        assertThat(MistakenModel.in(json.replace("\\n", "\n").getBytes(StandardCharsets.UTF_8), "file.json"))
                .hasValueSatisfying(told -> assertThat(told).contains(tool, command));
    }
}
