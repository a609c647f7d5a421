package quartermaster.advice;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import quartermaster.decision.Assessment;
import quartermaster.decision.Decision;
import quartermaster.decision.DeploymentWords;
import quartermaster.json.RequestReader;
import quartermaster.request.DecisionRequest;

/** The answer in a few sentences: what decides stands in it, and not only below. */
class HeadlineTest {
    private static final String SERVICE = """
            {"workload": {"type": "production", "model": "llama-3.3-70b", "concurrency": 100, "inputTokens": 2000,
                          "minDecodeTokensPerSecond": 20},
             "constraints": {"availableWithinWeeks": 4, "dataMustStay": true},
             "candidates": [{"hardware": "%s"}]}""";

    @Test
    void what_is_met_as_expected_but_not_at_the_slow_end_is_only_just_met() {
        Decision decision = decide(String.format(SERVICE, "nvidia-h200-sxm-141gb"));
        Assessment it = decision.ranked().get(0).assessment();
        assertThat(it.pessimisticDecodeSpeed()).isLessThan(20);
        assertThat(Headline.of(decision, null))
                .contains(String.format(
                        "Only just: 20 tok/s for each user are asked for; it gives %.0f typically and %.0f at the slow end.",
                        it.decodeSpeed(), it.pessimisticDecodeSpeed()));
    }

    @Test
    void what_arrives_after_it_is_needed_is_missed() {
        Decision decision = decide(String.format(SERVICE, "nvidia-h100-sxm-80gb"));
        assertThat(decision.ranked().get(0).assessment().leadTimeWeeks()).isEqualTo(52);
        assertThat(Headline.of(decision, null))
                .contains("Missed: it is needed within 4 weeks, and delivery takes up to 52.");
    }

    @Test
    void an_assumption_that_flips_is_said_there() {
        Decision decision = decide("""
                {"workload": {"type": "internal-tool", "model": "llama-3.1-70b", "concurrency": 40, "inputTokens": 6000,
                              "maxTimeToFirstTokenSeconds": 3}, "constraints": {"dataMustStay": true},
                 "team": {"skills": ["linux", "cuda"]}}""");
        assertThat(Headline.of(decision, advice(decision)))
                .contains("40 is taken as requests at the same time; if it is people, far fewer come at once: buy ");
    }

    @Test
    void beside_an_api_stands_what_would_be_recommended_where_data_must_stay_however_few_are_shown() {
        String asked = """
                {"workload": {"type": "internal-tool", "models": ["gemma-4-31b", "gpt-oss-120b", "minimax-m2.5"],
                              "concurrency": 5},
                 "team": {"skills": ["macos", "python-ml"]}%s}""";
        Assessment inHouse = decide(String.format(asked, ", \"constraints\": {\"dataMustStay\": true}"))
                .recommended()
                .orElseThrow()
                .assessment();

        Decision decision = decide(String.format(asked, ", \"limit\": 1"));
        assertThat(decision.recommended().orElseThrow().assessment().isHosted()).isTrue();
        assertThat(Headline.of(decision, null))
                .contains("Where data must stay in the house: " + DeploymentWords.how(inHouse));
    }

    @Test
    void nothing_suitable_names_the_nearest_that_is_allowed_and_the_one_limit_to_relax() {
        Decision decision = decide("""
                {"workload": {"type": "internal-tool", "model": "llama-3.3-70b", "concurrency": 10, "inputTokens": 3000,
                              "minDecodeTokensPerSecond": 15},
                 "constraints": {"dataMustStay": true}, "budget": {"purchaseUsd": 4000},
                 "team": {"skills": ["linux", "cuda"]}}""");
        Advice advice = advice(decision);
        Flip money = Relaxing.first(advice.flips()).orElseThrow();
        assertThat(money.field()).isEqualTo("budget.purchaseUsd");
        assertThat(Headline.of(decision, advice))
                .startsWith("Nothing is suitable. Nearest among what is allowed is to buy ")
                .endsWith(": it is suitable " + FieldWords.condition(money) + ".");
        assertThat(FieldWords.condition(money)).matches("with \\$[0-9],[0-9]{2}0 to buy with, or more");
    }

    @Test
    void a_model_that_tests_allow_to_fall_behind_is_only_just_good_enough() {
        Decision decision = decide("""
                {"workload": {"type": "evaluation", "models": ["qwen3-8b", "gemma-3-12b", "phi-4"], "use": "chat",
                              "atLeastAsGoodAs": "qwen3-8b", "concurrency": 1},
                 "candidates": [{"hardware": "nvidia-rtx-4090"}]}""");
        String finding = decision.recommended().orElseThrow().findings().stream()
                .filter(each -> each.code().equals("may-fall-behind"))
                .findFirst()
                .orElseThrow()
                .message();
        assertThat(Headline.of(decision, null)).contains("Only just: " + finding);
    }

    @Test
    void what_is_rented_is_not_near_where_data_must_stay() {
        Decision decision = decide("""
                {"workload": {"type": "production", "model": "llama-3.1-405b", "concurrency": 200, "inputTokens": 4000,
                              "maxTimeToFirstTokenSeconds": 1},
                 "constraints": {"dataMustStay": true}, "budget": {"monthlyUsd": 9000}}""");
        assertThat(Headline.of(decision, advice(decision)))
                .contains("Nearest among what is allowed is to buy ")
                .contains("One thing to relax: ")
                .doesNotContain("to rent ");
    }

    private static Advice advice(Decision decision) {
        return new Advisor(Asked.DECIDER).of(decision);
    }

    private static Decision decide(String json) {
        try {
            DecisionRequest request = RequestReader.read(json, LocalDate.of(2026, 11, 28))
                    .requests()
                    .get(0)
                    .value();
            return Objects.requireNonNull(
                    Asked.DECIDER.decide(Objects.requireNonNull(request)).value());
        } catch (quartermaster.json.BadJsonException e) {
            throw new AssertionError(e);
        }
    }
}
