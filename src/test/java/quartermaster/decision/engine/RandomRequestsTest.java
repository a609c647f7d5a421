package quartermaster.decision.engine;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import quartermaster.TestWorkspace;
import quartermaster.advice.Headline;
import quartermaster.catalogue.Model;
import quartermaster.decision.Assessment;
import quartermaster.decision.Decision;
import quartermaster.decision.DeploymentWords;
import quartermaster.decision.Recommendation;
import quartermaster.estimate.Cost;
import quartermaster.request.Budget;
import quartermaster.request.Constraints;
import quartermaster.request.DecisionRequest;
import quartermaster.request.Explain;
import quartermaster.request.Workload;
import quartermaster.request.WorkloadType;
import quartermaster.unit.Records;

/** What must hold of every answer, whatever is asked: requests drawn at random, the same ones each time. */
class RandomRequestsTest {
    private static final Decider DECIDER = TestWorkspace.decider();
    private static final int REQUESTS = Integer.getInteger("quartermaster.requests", 60);
    private static final List<WorkloadType> SERVED =
            List.of(WorkloadType.EVALUATION, WorkloadType.INTERNAL_TOOL, WorkloadType.PRODUCTION);

    static List<DecisionRequest> requests() {
        Random random = new Random(17);
        List<Model> models = List.copyOf(DECIDER.catalogue().models());
        List<DecisionRequest> requests = new ArrayList<>();
        for (int i = 0; i < REQUESTS; i++) {
            Workload work = Workload.of(SERVED.get(random.nextInt(SERVED.size())))
                    .with("model", models.get(random.nextInt(models.size())).id())
                    .with("inputTokens", 100 + random.nextInt(6_000))
                    .with("outputTokens", 50 + random.nextInt(800));
            work = random.nextBoolean()
                    ? work.with("concurrency", 1 + random.nextInt(60))
                    : work.with("requestsPerDay", 100 + random.nextInt(200_000));
            if (random.nextBoolean()) {
                work = work.with("minDecodeTokensPerSecond", 5.0 + random.nextInt(25));
            }
            if (random.nextInt(3) == 0) {
                work = work.with("maxTimeToFirstTokenSeconds", 1.0 + random.nextInt(8));
            }
            Constraints constraints =
                    random.nextInt(3) == 0 ? Records.with(Constraints.NONE, "dataMustStay", true) : Constraints.NONE;
            requests.add(new DecisionRequest(
                    work, Budget.UNSAID, null, constraints, List.of(), TestWorkspace.TODAY, Explain.SUMMARY, 1_000));
        }
        return requests;
    }

    @ParameterizedTest
    @MethodSource("requests")
    void parts_are_the_total_and_nobody_carries_less_than_a_request(DecisionRequest asked) {
        Decision decision = decision(asked);
        for (Recommendation each : decision.ranked()) {
            Assessment it = each.assessment();
            Cost.Breakdown parts = it.cost().breakdown();
            if (parts != null) {
                assertThat(parts.totalUsd()).isCloseTo(requireNonNull(it.monthlyUsd()), within(0.005));
            }
            assertThat(it.replicasForLoad()).isLessThanOrEqualTo(Math.max(1, it.concurrency()));
            assertThat(each.steps().stream().mapToDouble(step -> step.score()).sum())
                    .isCloseTo(each.score(), within(1e-9));
        }
    }

    @ParameterizedTest
    @MethodSource("requests")
    void a_lower_need_never_costs_more(DecisionRequest asked) {
        DecisionRequest lower = asked;
        Workload work = asked.workload();
        lower = work.concurrency() != null
                ? Records.with(lower, "workload.concurrency", Math.max(1, work.concurrency() / 2))
                : Records.with(lower, "workload.requestsPerDay", requireNonNull(work.requestsPerDay()) / 2);
        OptionalDouble more = cheapest(asked);
        OptionalDouble less = cheapest(lower);
        if (more.isPresent()) {
            assertThat(less).isPresent();
            assertThat(less.getAsDouble()).isLessThanOrEqualTo(more.getAsDouble() * 1.001);
        }
    }

    @ParameterizedTest
    @MethodSource("requests")
    void the_headline_names_what_is_picked(DecisionRequest asked) {
        Decision decision = decision(asked);
        decision.recommended()
                .ifPresent(best -> assertThat(Headline.of(decision, null))
                        .containsIgnoringCase(DeploymentWords.machines(best.assessment())));
    }

    private static OptionalDouble cheapest(DecisionRequest asked) {
        return DECIDER.variants(asked).stream()
                .filter(each -> !each.isRuledOut())
                .map(each -> each.assessment().monthlyUsd())
                .filter(Objects::nonNull)
                .mapToDouble(Double::doubleValue)
                .min();
    }

    private static Decision decision(DecisionRequest asked) {
        return requireNonNull(DECIDER.decide(asked).value());
    }
}
