package quartermaster.modelfile;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A file of a model, given where something else is expected. */
public final class MistakenModel {
    private static final int LOOKED_AT = 200_000;
    private static final Pattern KEY_OF_CONFIG = Pattern.compile("\"(?:model_type|architectures)\"\\s*:");
    private static final Pattern KEY_OF_REQUEST = Pattern.compile("\"(?:workload|inlineModel)\"\\s*:");

    /**
     * What other programs write about models and machines.
     *
     * @param isJson whether it begins like JSON
     * @param marks that only it has beside each other
     * @param instead what to do about it, in a sentence's end
     */
    private record OtherProgram(String title, boolean isJson, List<Pattern> marks, String instead) {
        static OtherProgram json(String title, String instead, String... marks) {
            return new OtherProgram(title, true, patterns(marks), instead);
        }

        static OtherProgram text(String title, String instead, String... marks) {
            return new OtherProgram(title, false, patterns(marks), instead);
        }

        private static List<Pattern> patterns(String... marks) {
            return Stream.of(marks).map(Pattern::compile).toList();
        }

        boolean wrote(String head) {
            String start = head.stripLeading();
            return isJson == (start.startsWith("{") || start.startsWith("["))
                    && marks.stream().allMatch(mark -> mark.matcher(head).find());
        }
    }

    private static final List<OtherProgram> OTHER_PROGRAMS = List.of(
            OtherProgram.json(
                    "a result of gguf-parser",
                    "\"import-model\" reads the GGUF file itself",
                    "\"estimate\"\\s*:",
                    "\"(?:offloadLayers|blockCount)\"\\s*:"),
            OtherProgram.json(
                    "a result of llmfit",
                    "\"models --hardware\" lists what a machine can run, and \"estimate\" says how fast",
                    "\"fit_level\"\\s*:",
                    "\"(?:system|run_mode)\"\\s*:"),
            OtherProgram.json(
                    "a result of lm-eval",
                    "\"import-quality\" takes its scores as a list of model, benchmark and score",
                    "\"results\"\\s*:",
                    "\"(?:n-shot|acc_stderr,none|acc,none)\"\\s*:"),
            OtherProgram.json(
                    "a result of LLMPerf",
                    "it measures a service and not what it runs on; \"import-measurements\" reads vllm bench serve, SGLang's"
                            + " bench_serving and GuideLLM",
                    "\"(?:results_)?(?:ttft_s|inter_token_latency_s)[\"_]",
                    "\"(?:results_)?(?:end_to_end_latency_s|request_output_throughput_token_per_s)[\"_]"),
            OtherProgram.json(
                    "a result of GenAI-Perf or AIPerf",
                    "\"import-measurements\" reads vllm bench serve, SGLang's bench_serving and GuideLLM",
                    "\"(?:time_to_first_token|ttft)\"\\s*:\\s*\\{",
                    "\"(?:inter_token_latency|output_token_throughput(?:_per_user)?)\"\\s*:\\s*\\{"),
            OtherProgram.json(
                    "a checkpoint's list of weights",
                    "\"import-model\" reads the config.json beside it",
                    "\"weight_map\"\\s*:",
                    "\\.(?:safetensors|bin)\""),
            OtherProgram.text(
                    "a result of vllm bench serve or SGLang's bench_serving, as printed",
                    "saved by --save-result or --output-file, \"import-measurements\" reads it",
                    "=+ Serving Benchmark Result =+"),
            OtherProgram.text(
                    "a result of ollama run --verbose",
                    "\"import-measurements\" reads llama-bench, which measures the same engine",
                    "(?m)^prompt eval rate:",
                    "(?m)^eval rate:"),
            OtherProgram.json(
                    "a report of trtllm-bench",
                    "a row of the sheet Measurements is filled in by hand from it, or \"import-measurements\" reads a run of"
                            + " vllm bench serve against trtllm-serve",
                    "\"performance\"\\s*:",
                    "\"(?:system_output_throughput_tok_s|request_throughput_req_s)\"\\s*:"),
            OtherProgram.json(
                    "an answer of Ollama's API",
                    "\"import-measurements\" reads llama-bench, which measures the same engine",
                    "\"eval_count\"\\s*:",
                    "\"eval_duration\"\\s*:"),
            OtherProgram.json(
                    "an answer of llama.cpp's server",
                    "\"import-measurements\" reads llama-bench, which measures the same engine",
                    "\"timings\"\\s*:",
                    "\"predicted_per_second\"\\s*:"),
            OtherProgram.json(
                    "a result of vllm bench latency",
                    "\"import-measurements\" reads vllm bench serve and vllm bench throughput",
                    "\"avg_latency\"\\s*:",
                    "\"latencies\"\\s*:"),
            OtherProgram.text(
                    "a table of GuideLLM",
                    "\"import-measurements\" reads its benchmarks.json",
                    "^\"?Run Info\"?,",
                    "Time to First Token"),
            OtherProgram.text(
                    "a page of GuideLLM",
                    "\"import-measurements\" reads its benchmarks.json",
                    "(?i)^\\s*<(?:!doctype html|html)",
                    "(?i)guidellm"),
            OtherProgram.text(
                    "a table of GenAI-Perf or AIPerf",
                    "\"import-measurements\" reads vllm bench serve, SGLang's bench_serving and GuideLLM",
                    "(?m)^\"?Metric\"?,\"?avg\"?,",
                    "(?im)^\"?(?:Time to First Token|Inter Token Latency|Request Latency)"),
            OtherProgram.text(
                    "a list of llmfit",
                    "\"models --hardware\" lists what a machine can run, and \"estimate\" says how fast",
                    "=== (?:Model Compatibility Analysis|System Specifications) ==="),
            OtherProgram.text(
                    "a table of gguf-parser",
                    "\"import-model\" reads the GGUF file itself",
                    "(?m)^\\|\\s+METADATA\\s+\\|",
                    "(?m)^\\|\\s+(?:ARCHITECTURE|ESTIMATE|TOKENIZER)\\s+\\|"),
            OtherProgram.text(
                    "a table of lm-eval",
                    "\"import-quality\" takes its scores as a list of model, benchmark and score",
                    "(?m)^\\|\\s*(?:Tasks|Groups)\\s*\\|\\s*Version\\s*\\|"),
            OtherProgram.text(
                    "what trtllm-bench prints",
                    "a row of the sheet Measurements is filled in by hand from it",
                    "PERFORMANCE OVERVIEW",
                    "Request Throughput \\(req/sec\\)"),
            OtherProgram.text(
                    "a list of Ollama",
                    "what has to run stands in a table with a column Type; a model's tag (qwen3:32b) is read there as it is",
                    "(?m)^NAME\\s+ID\\s+SIZE\\s+(?:PROCESSOR|MODIFIED)\\b"),
            OtherProgram.text(
                    "a result of MLPerf's load generator",
                    "a row of the sheet Measurements is filled in by hand from it",
                    "MLPerf Results Summary"));

    private MistakenModel() {}

    /** What to say to somebody who took it for something else; empty where it is none. */
    public static Optional<String> in(byte[] bytes, String name) {
        String head = new String(bytes, 0, Math.min(bytes.length, LOOKED_AT), StandardCharsets.UTF_8);
        boolean isConfig = head.stripLeading().startsWith("{")
                && KEY_OF_CONFIG.matcher(head).find()
                && !KEY_OF_REQUEST.matcher(head).find();
        Optional<OtherProgram> other = KEY_OF_REQUEST.matcher(head).find()
                ? Optional.empty()
                : OTHER_PROGRAMS.stream().filter(each -> each.wrote(head)).findFirst();
        if (other.isPresent()) {
            return other.map(program ->
                    name + " is " + program.title() + ", which no command reads as it is: " + program.instead() + ".");
        }
        return isConfig || head.startsWith("GGUF")
                ? Optional.of(name + " describes a model. \"import-model " + name
                        + "\" makes a row of the sheet Models from it.")
                : Optional.empty();
    }
}
