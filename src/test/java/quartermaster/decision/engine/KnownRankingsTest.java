package quartermaster.decision.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import quartermaster.TestWorkspace;
import quartermaster.decision.Decision;
import quartermaster.decision.Recommendation;
import quartermaster.request.DecisionRequest;
import quartermaster.request.WorkloadType;

/** Requests that come again are judged once by each book of rules. */
class KnownRankingsTest {
    private static final DecisionRequest CASE = request(3);
    private static final DecisionRequest ANOTHER = request(30);

    private final Decider decider =
            new Decider(TestWorkspace.catalogue(), TestWorkspace.decider().rules(), "test", () -> TestWorkspace.NOW);

    @Test
    void what_comes_again_is_judged_once_and_decided_each_time() {
        decider.keep(List.of(CASE));
        Decision first = decision(decider, CASE);
        Decision second = decision(decider, CASE);

        assertThat(decider.ranking(CASE)).isSameAs(decider.ranking(CASE));
        assertThat(second.ranked()).isEqualTo(first.ranked()).isNotEmpty();
        assertThat(second.id()).isNotEqualTo(first.id());
    }

    @Test
    void what_comes_once_is_judged_anew() {
        decider.keep(List.of(CASE));

        assertThat(decider.ranking(ANOTHER)).isNotSameAs(decider.ranking(ANOTHER));
    }

    @Test
    void the_same_rules_go_on_with_it_and_others_judge_for_themselves() {
        decider.keep(List.of(CASE));
        List<Recommendation> ranking = decider.ranking(CASE);
        RuleBook same = RuleBook.of(decider.rules().policy(), TestWorkspace.rules(), null);

        assertThat(decider.with(decider.rules(), "later", () -> Instant.EPOCH).ranking(CASE))
                .isSameAs(ranking);
        assertThat(decider.with(same, "later", () -> Instant.EPOCH).ranking(CASE))
                .isNotSameAs(ranking);
    }

    @Test
    void what_is_no_longer_kept_is_forgotten() {
        decider.keep(List.of(CASE));
        List<Recommendation> ranking = decider.ranking(CASE);
        decider.keep(List.of(ANOTHER));

        assertThat(decider.ranking(CASE)).isNotSameAs(ranking);
        decider.keep(List.of(CASE));
        assertThat(decider.ranking(CASE)).isNotSameAs(ranking);
    }

    @Test
    void what_was_kept_is_judged_as_what_never_was() {
        List<Recommendation> fresh = decider.ranking(CASE);
        decider.keep(List.of(CASE));
        decider.ranking(CASE);

        List<Recommendation> known = decider.ranking(CASE);
        assertThat(known).hasSameSizeAs(fresh);
        for (int i = 0; i < fresh.size(); i++) {
            assertThat(known.get(i).score()).isEqualTo(fresh.get(i).score());
            assertThat(known.get(i).verdict()).isEqualTo(fresh.get(i).verdict());
            assertThat(known.get(i).assessment().deployment())
                    .isEqualTo(fresh.get(i).assessment().deployment());
        }
    }

    private static Decision decision(Decider by, DecisionRequest request) {
        return by.decide(request).value();
    }

    private static DecisionRequest request(int concurrency) {
        return Requests.request(WorkloadType.INTERNAL_TOOL, concurrency, Requests.TWELVE);
    }
}
