package quartermaster.advice;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import quartermaster.decision.Decision;
import quartermaster.decision.engine.Decider;
import quartermaster.json.RequestReader;
import quartermaster.request.DecisionRequest;
import quartermaster.workspace.Workspace;

/** What questions, flips, plan and stability cost, in multiples of the plain decision. */
public final class AdviceBenchmark {
    private static final int WARM_UP = 12;
    private static final int RUNS = 15;
    private static final Map<String, String> REQUESTS = Map.of(
            "generated, internal tool for 5",
            "{\"workload\": {\"type\": \"internal-tool\", \"concurrency\": 5}}",
            "generated, 2,000 customers",
            "{\"workload\": {\"type\": \"production\", \"namedUsers\": 2000}}",
            "three candidates named",
            """
            {"workload": {"type": "evaluation", "model": "llama-3.1-70b", "quantization": "q4_k_m"},
             "candidates": [{"hardware": "mac-studio-m3-ultra-80c-gpu-256gb"},
                            {"hardware": "nvidia-rtx-3090", "devices": 2},
                            {"hardware": "nvidia-rtx-4090", "devices": 2}]}""");

    private AdviceBenchmark() {}

    public static void main(String[] args) throws Exception {
        Decider decider = Workspace.load(Path.of(""), "benchmark", Instant::now).value();
        for (Map.Entry<String, String> each : REQUESTS.entrySet()) {
            DecisionRequest request = RequestReader.read(each.getValue(), LocalDate.of(2026, 11, 24))
                    .requests()
                    .get(0)
                    .value();
            Advisor advisor = new Advisor(decider);
            Decision decision = decider.decide(request).value();
            for (int i = 0; i < WARM_UP; i++) {
                decider.decide(request);
                advisor.of(decision);
            }
            List<Long> plain = new ArrayList<>();
            List<Long> advised = new ArrayList<>();
            for (int i = 0; i < RUNS; i++) {
                long begun = System.nanoTime();
                decider.decide(request);
                plain.add(System.nanoTime() - begun);
                begun = System.nanoTime();
                advisor.of(decision);
                advised.add(System.nanoTime() - begun);
            }
            double decided = median(plain) / 1e6;
            double advice = median(advised) / 1e6;
            System.out.printf(
                    "%-32s plain %.1f ms, advice %.0f ms: %.0f times the plain decision%n",
                    each.getKey(), decided, advice, advice / decided);
        }
    }

    private static double median(List<Long> nanos) {
        return nanos.stream().sorted().toList().get(nanos.size() / 2);
    }
}
