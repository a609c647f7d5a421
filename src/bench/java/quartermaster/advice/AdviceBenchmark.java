package quartermaster.advice;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import quartermaster.Ratio;
import quartermaster.decision.Decision;
import quartermaster.decision.engine.Decider;
import quartermaster.json.DecisionWriter;
import quartermaster.json.RequestReader;
import quartermaster.request.DecisionRequest;
import quartermaster.workspace.Workspace;

/**
 * What a decision takes, and what a full answer (the decision, its questions, flips, plan and stability, written as JSON)
 * takes in multiples of it: medians of processor time of all threads, their quarters, and bytes that they allocate. Rounds
 * are few and always as many, so that it comes to an end on a machine that has other work. With the argument {@code plain}
 * decisions alone.
 */
public final class AdviceBenchmark {
    private static final int WARM_UP = 6;
    private static final int RUNS = 7;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final List<Asked> REQUESTS = List.of(
            new Asked(
                    "generated, internal tool for 5",
                    "{\"workload\": {\"type\": \"internal-tool\", \"concurrency\": 5}}"),
            new Asked(
                    "the same, one model",
                    "{\"workload\": {\"type\": \"internal-tool\", \"model\": \"gemma-4-31b\", \"concurrency\": 5}}"),
            new Asked("generated, 2,000 customers", "{\"workload\": {\"type\": \"production\", \"namedUsers\": 2000}}"),
            new Asked("three candidates named", """
                    {"workload": {"type": "evaluation", "model": "llama-3.1-70b", "quantization": "q4_k_m"},
                     "candidates": [{"hardware": "mac-studio-m3-ultra-80c-gpu-256gb"},
                                    {"hardware": "nvidia-rtx-3090", "devices": 2},
                                    {"hardware": "nvidia-rtx-4090", "devices": 2}]}"""));

    private AdviceBenchmark() {}

    private record Asked(String name, String json) {}

    public static void main(String[] args) throws Exception {
        Decider decider = Workspace.load(Path.of(""), "benchmark", Instant::now).value();
        Advisor advisor = new Advisor(decider);
        for (Asked each : REQUESTS) {
            DecisionRequest request = RequestReader.read(each.json(), LocalDate.of(2026, 11, 24))
                    .requests()
                    .get(0)
                    .value();
            Measured plain = measured(() -> decider.decide(request), 4);
            if (List.of(args).contains("plain")) {
                System.out.printf(Locale.ROOT, "%-32s decision %s%n", each.name(), plain);
                continue;
            }
            Measured full = measured(() -> answer(decider, advisor, request), 1);
            System.out.printf(
                    Locale.ROOT,
                    "%-32s decision %s, full answer %s: %.0f times the decision%n",
                    each.name(),
                    plain,
                    full,
                    full.median() / plain.median());
            Ratio.print(
                    each.name() + ": full answer",
                    String.format(Locale.ROOT, "%.0f ms, %.0f MB", full.median(), full.megabytes()),
                    full.median() / plain.median(),
                    String.format(
                            Locale.ROOT, "its plain decision (%.1f ms, %.1f MB)", plain.median(), plain.megabytes()));
        }
    }

    private static String answer(Decider decider, Advisor advisor, DecisionRequest request) {
        Decision decision = decider.decide(request).value();
        return DecisionWriter.write(decision, advisor.of(decision));
    }

    /** @param megabytes allocated by all threads, each time */
    private record Measured(double low, double median, double high, double megabytes) {
        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%.1f ms (%.1f to %.1f), %.2f MB", median, low, high, megabytes);
        }
    }

    private static Measured measured(Runnable work, int atOnce) {
        for (int i = 0; i < WARM_UP * atOnce; i++) {
            work.run();
        }
        List<Double> times = new ArrayList<>();
        long allocated = allocated();
        for (int i = 0; i < RUNS; i++) {
            long begun = cpuNanos();
            for (int j = 0; j < atOnce; j++) {
                work.run();
            }
            times.add((cpuNanos() - begun) / 1e6 / atOnce);
        }
        double megabytes = (allocated() - allocated) / 1e6 / RUNS / atOnce;
        times.sort(null);
        return new Measured(times.get(RUNS / 4), times.get(RUNS / 2), times.get(RUNS * 3 / 4), megabytes);
    }

    private static long cpuNanos() {
        long sum = 0;
        for (long nanos : THREADS.getThreadCpuTime(THREADS.getAllThreadIds())) {
            sum += Math.max(0, nanos);
        }
        return sum;
    }

    private static long allocated() {
        long sum = 0;
        for (long bytes : THREADS.getThreadAllocatedBytes(THREADS.getAllThreadIds())) {
            sum += Math.max(0, bytes);
        }
        return sum;
    }
}
