package quartermaster.benchfile;

import org.jspecify.annotations.Nullable;

/** A program that measures engines and whose results can be read. */
public enum BenchmarkTool {
    LLAMA_BENCH("llama-bench", "llama-cpp", "A"),
    LLAMA_BATCHED_BENCH("llama-batched-bench", "llama-cpp", "A"),
    VLLM_SERVE("vllm bench serve", "vLLM", "A"),
    VLLM_THROUGHPUT("vllm bench throughput", "vLLM", "A"),
    SGLANG_SERVING("SGLang's bench_serving", "SGLang", "A"),
    GUIDELLM("GuideLLM", null, "A"),
    MLX_LM("mlx-lm", "mlx-lm", "B");

    private final String title;
    private final @Nullable String engine;
    private final String trust;

    /**
     * @param engine that the tool belongs to; null where it measures any server
     * @param trust of its figures, as in the sheet {@code Measurements}: B where one run is all there is
     */
    BenchmarkTool(String title, @Nullable String engine, String trust) {
        this.title = title;
        this.engine = engine;
        this.trust = trust;
    }

    public String title() {
        return title;
    }

    public @Nullable String engine() {
        return engine;
    }

    public String trust() {
        return trust;
    }
}
