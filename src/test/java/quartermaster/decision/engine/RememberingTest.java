package quartermaster.decision.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import quartermaster.TestWorkspace;
import quartermaster.decision.Finding;
import quartermaster.decision.Recommendation;
import quartermaster.request.Acquisition;
import quartermaster.request.Candidate;
import quartermaster.request.Constraints;
import quartermaster.request.DecisionRequest;
import quartermaster.request.Skill;
import quartermaster.request.WorkloadType;
import quartermaster.unit.Records;

/** Estimates that are kept for a request and its like lead to the answers that new ones lead to. */
class RememberingTest {
    private static final Decider DECIDER = TestWorkspace.decider();
    private static final List<Candidate> NAMED = List.of(
            Candidate.of("mac-studio-m3-ultra-80c-gpu-256gb"),
            Candidate.of("nvidia-rtx-4090").with("devices", 2),
            Candidate.of("nvidia-rtx-4090").with("priceUsd", 900.0),
            Candidate.of("nvidia-h100-sxm-80gb").with("acquisition", Acquisition.RENT));

    @ParameterizedTest
    @EnumSource(WorkloadType.class)
    void a_request_changed_is_answered_as_if_nothing_was_kept(WorkloadType type) {
        DecisionRequest asked = Requests.request(type, null, List.of());
        Decider remembering = DECIDER.remembering();
        remembering.ranking(asked);
        changed(asked)
                .forEach(each ->
                        assertThat(said(remembering, each)).as("%s", each).isEqualTo(said(DECIDER, each)));
    }

    @ParameterizedTest
    @EnumSource(WorkloadType.class)
    void rows_of_a_table_are_judged_as_if_nothing_was_kept(WorkloadType type) {
        Decider remembering = DECIDER.rememberingReplicas();
        DecisionRequest asked = Requests.request(type, type == WorkloadType.BATCH ? null : 20, List.of());
        for (int replicas : new int[] {1, 2, 7, 40, 2}) {
            List<Candidate> rows =
                    NAMED.stream().map(each -> each.with("replicas", replicas)).toList();
            DecisionRequest some = with(asked, "candidates", rows);
            assertThat(said(remembering, some)).as("%d", replicas).isEqualTo(said(DECIDER, some));
            DecisionRequest other = with(some, "workload.inputTokens", 9_000);
            assertThat(said(remembering, other)).isEqualTo(said(DECIDER, other));
        }
    }

    private static Stream<DecisionRequest> changed(DecisionRequest asked) {
        return Stream.of(
                asked,
                with(asked, "budget.monthlyUsd", 700.0),
                with(asked, "budget.horizonMonths", 24),
                with(asked, "budget.utilization", 0.9),
                with(asked, "budget.electricityUsdPerKwh", 0.4),
                with(asked, "constraints.dataMustStay", true),
                with(asked, "constraints.acquisition", Acquisition.RENT),
                with(asked, "constraints.region", "eu"),
                with(asked, "constraints.owned", List.of(new Constraints.Owned("nvidia-rtx-4090", 2))),
                with(asked, "skills", Set.of(Skill.MACOS)),
                with(asked, "workload.concurrency", 40),
                with(asked, "workload.inputTokens", 9_000),
                with(asked, "candidates", NAMED),
                with(with(asked, "candidates", NAMED), "budget.utilization", 0.05));
    }

    private static DecisionRequest with(DecisionRequest asked, String field, @Nullable Object value) {
        return Records.with(asked, field, value);
    }

    private static List<String> said(Decider decider, DecisionRequest request) {
        return decider.ranking(request).stream().map(RememberingTest::said).toList();
    }

    private static String said(Recommendation it) {
        var assessed = it.assessment().assessed();
        var estimate = assessed.estimate();
        return Stream.of(
                        assessed.deployment(),
                        assessed.replicas(),
                        assessed.cost(),
                        assessed.load(),
                        assessed.job(),
                        estimate.memory(),
                        estimate.decodeSpeed(),
                        estimate.timeToFirstToken(),
                        estimate.evidence(),
                        it.score(),
                        it.verdict(),
                        it.findings().stream().map(Finding::message).toList())
                .map(String::valueOf)
                .collect(Collectors.joining("\n"));
    }
}
