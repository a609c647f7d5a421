package quartermaster.advice;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import quartermaster.TestWorkspace;
import quartermaster.decision.Decision;
import quartermaster.decision.Recommendation;
import quartermaster.decision.engine.Decider;
import quartermaster.json.RequestReader;
import quartermaster.request.Skill;

/** What is named as a change is one that somebody would make, in the words in which somebody would say it. */
class ReasonsToChangeTest {
    private static final Decider DECIDER = TestWorkspace.decider();
    private static final String BUSY = "budget.utilization";

    @Test
    void how_long_it_is_busy_follows_from_the_work_where_that_is_stated() {
        String open = """
                {"workload": {"type": "production", "model": "qwen3-32b", "concurrency": 30%s},
                 "team": {"skills": ["linux", "cuda", "kubernetes"]}}""";
        assertThat(fields(advice(String.format(open, "")))).contains(BUSY);
        assertThat(levers(String.format(open, ""))).contains(BUSY);
        assertThat(levers(String.format(open, ", \"requestsPerDay\": 90000"))).doesNotContain(BUSY);
        assertThat(levers(String.format(open, ", \"requestsPerSecond\": 3"))).doesNotContain(BUSY);
    }

    @Test
    void an_api_gives_way_to_machines_and_not_to_another_provider() {
        Decision decision = decide("""
                {"workload": {"type": "production", "model": "llama-3.3-70b", "requestsPerDay": 20000,
                              "inputTokens": 2000, "outputTokens": 400},
                 "team": {"skills": ["linux", "cuda", "kubernetes"]}}""");
        assertThat(decision.ranked().get(0).assessment().isHosted()).isTrue();
        List<Flip> flips = new Advisor(DECIDER).of(decision).flips();
        assertThat(flips).isNotEmpty();
        assertThat(flips).noneMatch(each -> isHosted(each.becomes()));
    }

    @Test
    void nothing_is_asked_that_contradicts_what_was_said() {
        String stays = """
                {"workload": {"type": "internal-tool", "model": "qwen3-32b", "concurrency": 6},
                 "constraints": {"dataMustStay": true}, "team": {"skills": ["linux"]}}""";
        assertThat(fields(advice(stays))).doesNotContain("constraints.acquisition");
        assertThat(advice(stays).flips())
                .filteredOn(each -> each.field().equals("team.skills"))
                .allSatisfy(each -> assertThat(((Set<?>) each.to()).contains(Skill.LINUX))
                        .as("nobody unlearns anything")
                        .isTrue());
        String rents = """
                {"workload": {"type": "batch", "model": "llama-3.1-8b", "job": {"items": 1000000, "deadlineHours": 10}},
                 "constraints": {"acquisition": "rent"}, "team": {"skills": ["linux", "cuda"]}}""";
        assertThat(fields(advice(rents))).doesNotContain("constraints.dataMustStay", "constraints.offline");
    }

    @Test
    void fewer_bits_have_to_save_something_and_an_api_has_none() {
        Decision decision = decide("""
                {"workload": {"type": "internal-tool", "concurrency": 5}, "team": {"skills": ["macos", "python-ml"]}}""");
        Recommendation now = decision.ranked().get(0);
        assertThat(new Advisor(DECIDER).of(decision).flips())
                .filteredOn(each -> each.field().equals("workload.quantization"))
                .allSatisfy(each -> assertThat(Questions.isWorthKnowing(each.becomes(), now.assessment()))
                        .isTrue());
        assertThat(Questions.isWorthKnowing(now, now.assessment()))
                .as("as many bits for as much money")
                .isFalse();
    }

    @Test
    void numbers_are_said_as_roughly_as_anybody_knows_them_and_stay_true() {
        assertThat(said("workload.inputTokens", 2000, 3333)).isEqualTo("with prompts of 3,400 tokens or more");
        assertThat(said("workload.inputTokens", 2000, 1752)).isEqualTo("with prompts of 1,700 tokens or less");
        assertThat(said("workload.concurrency", 100, 119)).isEqualTo("from 119 requests at the same time on");
        assertThat(said("workload.minDecodeTokensPerSecond", 7.0, 21.3)).isEqualTo("if each user must get 22 tok/s");
        assertThat(said("budget.purchaseUsd", 4000.0, 8966.0)).isEqualTo("with $8,970 to buy with, or more");
        assertThat(FieldWords.assumed("workload.inputTokens", 2000)).isEqualTo("prompts of 2,000 tokens");
        assertThat(said("team.skills", Set.of(Skill.LINUX), Set.of(Skill.LINUX, Skill.CUDA)))
                .isEqualTo("if the team also knows cuda");
    }

    private static String said(String field, Object from, Object to) {
        return FieldWords.condition(new Flip(field, from, to, null, null));
    }

    private static boolean isHosted(@Nullable Recommendation then) {
        return then != null && then.assessment().isHosted();
    }

    private static Set<String> fields(Advice advice) {
        return advice.flips().stream().map(Flip::field).collect(Collectors.toSet());
    }

    private static Set<String> levers(String json) {
        return AdjustableNumber.of(decide(json).request()).stream()
                .map(AdjustableNumber::field)
                .collect(Collectors.toSet());
    }

    private static Advice advice(String json) {
        return new Advisor(DECIDER).of(decide(json));
    }

    private static Decision decide(String json) {
        try {
            var request = RequestReader.read(json, LocalDate.of(2026, 11, 28))
                    .requests()
                    .get(0);
            return Objects.requireNonNull(DECIDER.decide(request).value());
        } catch (quartermaster.json.BadJsonException e) {
            throw new AssertionError(e);
        }
    }
}
