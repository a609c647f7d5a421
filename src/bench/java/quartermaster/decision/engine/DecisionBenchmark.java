package quartermaster.decision.engine;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import quartermaster.decision.Assessment;
import quartermaster.decision.Contribution;
import quartermaster.decision.Decision;
import quartermaster.decision.Finding;
import quartermaster.decision.Policy;
import quartermaster.decision.Recommendation;
import quartermaster.estimate.Estimator;
import quartermaster.estimate.resolution.Resolver;
import quartermaster.request.Acquisition;
import quartermaster.request.Budget;
import quartermaster.request.Candidate;
import quartermaster.request.Constraints;
import quartermaster.request.DecisionRequest;
import quartermaster.request.Explain;
import quartermaster.request.Skill;
import quartermaster.request.Workload;
import quartermaster.request.WorkloadType;
import quartermaster.workspace.Workspace;

/**
 * Decisions per second and core for a request with 40 candidates, every one named down to engine and precision.
 *
 * <p>{@code rules} and {@code handWritten} judge and rank the same ready facts; before anything is timed they must agree
 * on verdict, score and codes of every candidate. {@code rowsAsRules} is {@code rules} with every table row a rule of
 * its own. {@code whole} is the decision from the request on, with its estimates.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class DecisionBenchmark {
    private static final int CANDIDATES = 40;

    private Decider decider;
    private HandWritten handWritten;
    private RowsAsRules rowsAsRules;
    private DecisionRequest request;
    private List<Assessment> facts;

    @Setup
    public void prepare() {
        decider = Workspace.load(Path.of(""), "benchmark", Instant::now).value();
        handWritten = new HandWritten(decider.rules());
        rowsAsRules = new RowsAsRules(decider.rules().policy());
        request = request(decider);
        facts = decider.assessments(new Resolver(decider.catalogue(), new Estimator(decider.catalogue()))
                .resolve(request)
                .value());
        if (facts.size() != CANDIDATES) {
            throw new IllegalStateException("Expected " + CANDIDATES + " facts, found " + facts.size() + ".");
        }
        requireSame(rules(), handWritten());
        requireSameRows();
    }

    List<Assessment> facts() {
        return facts;
    }

    Policy policy() {
        return decider.rules().policy();
    }

    @Benchmark
    public List<Recommendation> rules() {
        return Decider.best(decider.judge(facts));
    }

    @Benchmark
    public List<Recommendation> handWritten() {
        return Decider.best(handWritten.judge(facts));
    }

    @Benchmark
    public List<Contribution> rowsAsRules() {
        return rowsAsRules.score(facts);
    }

    @Benchmark
    public Decision whole() {
        return decider.decide(request).value();
    }

    private static DecisionRequest request(Decider decider) {
        List<Candidate> candidates = new ArrayList<>();
        decider.catalogue().hardware().stream()
                .filter(hardware -> hardware.priceUsd().isPresent() && !hardware.cloudOnly())
                .filter(hardware -> hardware.isApple() || hardware.family().startsWith("nvidia"))
                .limit(200)
                .forEach(hardware -> {
                    boolean server = hardware.family().endsWith("datacenter");
                    if (candidates.size() < CANDIDATES && (server || candidates.size() < 26)) {
                        candidates.add(new Candidate(
                                hardware.id(),
                                1,
                                null,
                                Acquisition.BUY,
                                null,
                                server ? "vllm" : "llama.cpp",
                                server ? "bf16" : "q4_k_m",
                                null,
                                null));
                    }
                });
        while (candidates.size() < CANDIDATES) {
            candidates.add(candidates.get(candidates.size() - 26));
        }
        Workload workload = Workload.of(WorkloadType.INTERNAL_TOOL)
                .with("name", "benchmark")
                .with("model", "llama-3.1-8b")
                .with("inputTokens", 2000)
                .with("outputTokens", 300)
                .with("concurrency", 6)
                .with("minDecodeTokensPerSecond", 10.0)
                .with("maxTimeToFirstTokenSeconds", 5.0);
        return new DecisionRequest(
                workload,
                new Budget(20_000.0, 2_000.0, 36, 0.3, 0.15),
                Set.of(Skill.LINUX, Skill.PYTHON_ML),
                Constraints.NONE,
                candidates,
                LocalDate.of(2026, 11, 22),
                Explain.SUMMARY,
                CANDIDATES);
    }

    private static void requireSame(List<Recommendation> engine, List<Recommendation> java) {
        for (int i = 0; i < engine.size(); i++) {
            Recommendation one = engine.get(i);
            Recommendation other = java.get(i);
            boolean same = one.assessment() == other.assessment()
                    && one.verdict() == other.verdict()
                    && Math.abs(one.score() - other.score()) < 1e-9
                    && one.findings().stream()
                            .map(Finding::code)
                            .toList()
                            .equals(other.findings().stream().map(Finding::code).toList());
            if (!same) {
                throw new IllegalStateException(
                        "Rules and Java differ on " + one.assessment().deployment());
            }
        }
    }

    private void requireSameRows() {
        List<Contribution> asRules = rowsAsRules.score(facts);
        double sum = asRules.stream().mapToDouble(Contribution::points).sum();
        double expected = decider.judge(facts).stream()
                .flatMap(each -> each.steps().stream())
                .mapToDouble(Contribution::points)
                .sum();
        if (Math.abs(sum - expected) > 1e-6) {
            throw new IllegalStateException("Rows as rules score " + sum + " points, tables " + expected + ".");
        }
    }
}
