package quartermaster.advice;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ForkJoinPool;
import quartermaster.decision.engine.Decider;
import quartermaster.json.RequestReader;
import quartermaster.request.DecisionRequest;
import quartermaster.unit.Place;
import quartermaster.workspace.Workspace;

/** How many decisions a sweep makes in a second on one core, and how many times as many on all. */
public final class SweepBenchmark {
    private static final int RUNS = 15;
    private static final Map<String, String> REQUESTS = Map.of(
            "all of the catalogue",
            "{\"workload\": {\"type\": \"production\", \"model\": \"llama-3.1-70b\"}}",
            "three candidates named",
            """
            {"workload": {"type": "production", "model": "llama-3.1-70b", "quantization": "q4_k_m"},
             "candidates": [{"hardware": "mac-studio-m3-ultra-80c-gpu-256gb"},
                            {"hardware": "nvidia-rtx-3090", "devices": 2},
                            {"hardware": "nvidia-rtx-4090", "devices": 2}]}""");

    private SweepBenchmark() {}

    public static void main(String[] args) throws Exception {
        Decider decider = Workspace.load(Path.of(""), "benchmark", Instant::now).value();
        int cores = Runtime.getRuntime().availableProcessors();
        for (Map.Entry<String, String> each : REQUESTS.entrySet()) {
            DecisionRequest request = RequestReader.read(each.getValue(), LocalDate.of(2026, 11, 24))
                    .requests()
                    .get(0)
                    .value();
            List<VariedField> varied = List.of(
                    new VariedField("concurrency", "1..512/4", new Place.Pointer("/a")),
                    new VariedField("inputTokens", "500,8000", new Place.Pointer("/b")));
            Grid grid = Sweep.grid(request, varied, 1_000).value();
            double alone = 0;
            double together = 0;
            for (int run = 0; run < RUNS; run++) { // the best of some, taken in turn
                alone = Math.max(alone, perSecond(decider, grid, 1));
                together = Math.max(together, perSecond(decider, grid, cores));
            }
            System.out.printf(
                    "%-24s %.0f decisions a second on one core, %.0f on %d: %.2f times as many%n",
                    each.getKey(), alone, together, cores, together / alone);
        }
    }

    private static double perSecond(Decider decider, Grid grid, int threads) throws Exception {
        ForkJoinPool pool = new ForkJoinPool(threads);
        try {
            long begun = System.nanoTime();
            pool.submit(() -> Sweep.run(decider, grid, 0, point -> true)).get();
            return grid.size() * 1e9 / (System.nanoTime() - begun);
        } finally {
            pool.shutdown();
        }
    }
}
