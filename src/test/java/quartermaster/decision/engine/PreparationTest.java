package quartermaster.decision.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import quartermaster.TestWorkspace;
import quartermaster.decision.Assessment;
import quartermaster.request.DecisionRequest;
import quartermaster.request.WorkloadType;

/** What is kept of requests that come again. */
class PreparationTest {
    private static final DecisionRequest FEW = request(2);
    private static final DecisionRequest MANY = request(200);

    private final Preparation preparation = new Preparation(TestWorkspace.catalogue());

    @Test
    void a_request_that_comes_again_is_estimated_once() {
        preparation.keep(List.of(FEW, MANY));
        Preparation.Prepared first = preparation.of(FEW);
        preparation.keep(List.of(request(2), FEW));

        assertThat(first.assessments()).isNotEmpty();
        assertThat(preparation.of(FEW)).isSameAs(first);
    }

    @Test
    void another_request_is_estimated_anew() {
        preparation.keep(List.of(FEW));
        Preparation.Prepared few = preparation.of(FEW);
        Preparation.Prepared many = preparation.of(MANY);

        assertThat(few.assessments()).extracting(Assessment::concurrency).containsOnly(2);
        assertThat(many.assessments()).extracting(Assessment::concurrency).containsOnly(200);
    }

    @Test
    void what_does_not_come_again_is_forgotten() {
        preparation.keep(List.of(FEW));
        Preparation.Prepared first = preparation.of(FEW);
        preparation.keep(List.of(MANY));

        assertThat(preparation.of(FEW)).isNotSameAs(first);
    }

    @Test
    void other_rules_over_the_same_catalogue_judge_the_same_estimates() {
        Decider decider = TestWorkspace.decider();
        Decider changed = decider.with(decider.rules(), "test", () -> Instant.EPOCH);

        assertThat(winner(changed)).isSameAs(winner(decider));
    }

    @Test
    void a_decider_of_another_catalogue_estimates_for_itself() {
        Decider decider = TestWorkspace.decider();
        Decider other = new Decider(TestWorkspace.catalogue(), decider.rules(), "test", () -> Instant.EPOCH);

        assertThat(winner(other)).isNotSameAs(winner(decider));
    }

    private static Assessment winner(Decider decider) {
        decider.keep(List.of(FEW));
        return decider.decide(FEW).value().ranked().get(0).assessment();
    }

    private static DecisionRequest request(int concurrency) {
        return Requests.request(WorkloadType.INTERNAL_TOOL, concurrency, Requests.TWELVE);
    }
}
