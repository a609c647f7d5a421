package quartermaster.decision.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import quartermaster.ChangedCells;
import quartermaster.TestWorkspace;
import quartermaster.decision.Assessment;
import quartermaster.decision.Decision;
import quartermaster.decision.Recommendation;
import quartermaster.json.RequestReader;

/** Which of the ranking is named as what. */
class PickingTest {
    private static final Decider DECIDER = TestWorkspace.decider();
    private static final String BATCH = """
            {"workload": {"type": "batch", "model": "llama-3.1-8b", "requestsPerDay": 10000000, "inputTokens": 1500,
                          "outputTokens": 150}, "budget": {"utilization": 0.33}, "constraints": {"acquisition": "rent"}}""";
    private static final String VOICE = """
            {"workload": {"type": "production", "model": "llama-3.1-8b", "concurrency": 78, "inputTokens": 1200,
                          "outputTokens": 60, "minDecodeTokensPerSecond": 25, "maxTimeToFirstTokenSeconds": 0.3}}""";
    private static final String DESK = """
            {"workload": {"type": "internal-tool", "model": "llama-3.1-70b", "concurrency": 40, "inputTokens": 6000,
                          "maxTimeToFirstTokenSeconds": 3}, "constraints": {"dataMustStay": true}}""";
    private static final String TRYING = """
            {"workload": {"type": "evaluation", "model": "llama-3.3-70b"}, "team": {"skills": ["macos"]}}""";
    private static final String TRAINING = """
            {"workload": {"type": "fine-tuning", "model": "llama-3.1-8b",
                          "fineTuning": {"method": "lora", "batch": 4, "sequenceTokens": 2048}}}""";
    private static final String OWNER = """
            {"workload": {"type": "%s", "model": "llama-3.3-70b", "concurrency": %d},
             "constraints": {"owned": [{"hardware": "mac-studio-m3-ultra-80c-gpu-256gb"}]%s}}""";

    @ParameterizedTest
    @ValueSource(strings = {BATCH, VOICE, DESK, TRYING, TRAINING})
    void the_simplest_never_has_more_devices_than_the_best(String json) {
        Decision decision = decide(DECIDER, json);
        assertThat(devices(decision, decision.picks().simplest()))
                .isLessThanOrEqualTo(devices(decision, decision.picks().best()));
    }

    @ParameterizedTest
    @ValueSource(strings = {BATCH, VOICE, DESK, TRYING, TRAINING})
    void the_fastest_is_felt_beyond_the_ranges_and_costs_at_most_three_times_as_much(String json) {
        Decision decision = decide(DECIDER, json);
        Assessment best = facts(decision, decision.picks().best());
        if (best.isHosted()) {
            assertThat(decision.picks().fastest())
                    .as("nobody knows how fast it is")
                    .isNull();
            return;
        }
        Assessment fastest = facts(decision, decision.picks().fastest());
        if (fastest != best) {
            assertThat(fastest.estimate().decodeSpeed().low())
                    .isGreaterThan(best.estimate().decodeSpeed().high());
            assertThat(fastest.monthlyUsd()).isLessThanOrEqualTo(3 * Objects.requireNonNull(best.monthlyUsd()));
        }
    }

    /** How fast it is nobody says, and still the bill is what it is. */
    @Test
    void a_hosted_api_that_costs_least_is_the_cheapest() {
        Decision decision = decide(DECIDER, """
                {"workload": {"type": "internal-tool", "model": "llama-3.1-70b", "requestsPerDay": 3000,
                              "concurrency": 4},
                 "constraints": {"owned": [{"hardware": "nvidia-a100-80gb-sxm", "devices": 2}]}, "limit": 100}""");

        double least = decision.ranked().stream()
                .filter(each -> each.score() >= decision.ranked().get(0).score() - 30)
                .filter(each -> each.assessment().isHosted())
                .mapToDouble(each -> Objects.requireNonNull(each.assessment().monthlyUsd()))
                .min()
                .orElseThrow();
        assertThat(facts(decision, decision.picks().cheapest()).monthlyUsd()).isLessThanOrEqualTo(least);
    }

    @Test
    void how_much_more_a_faster_one_may_cost_is_in_the_sheet() {
        Decider free = ChangedCells.decider(
                TestWorkspace.catalogue(),
                Map.of("picks: cost of a faster one", 1e6, "picks: points behind the best", 100.0));
        Decision shipped = decide(DECIDER, TRYING);
        Decision unbounded = decide(free, TRYING);
        assertThat(facts(unbounded, unbounded.picks().fastest()).decodeSpeed())
                .isGreaterThan(facts(shipped, shipped.picks().fastest()).decodeSpeed());
    }

    @ParameterizedTest
    @ValueSource(strings = {BATCH, TRAINING})
    void where_nobody_reads_along_nothing_is_faster_than_the_best(String json) {
        Decision decision = decide(DECIDER, json);
        assertThat(decision.picks().fastest()).isEqualTo(decision.picks().best());
    }

    @Test
    void what_is_owned_and_suffices_is_the_best_and_the_first_of_the_ranking_comes_next() {
        String json =
                String.format(OWNER, "evaluation", 1, "").replace("m3-ultra-80c-gpu-256gb", "m4-max-40c-gpu-128gb");
        Decision decision = decide(DECIDER, json);
        assertThat(decision.ranked().get(0).assessment().isOwned()).isFalse();
        assertThat(decision.recommended().orElseThrow().assessment().isOwned()).isTrue();
        assertThat(decision.picks().runnerUp()).isEqualTo(1);
    }

    @Test
    void what_is_owned_and_too_slow_for_a_team_is_no_pick() {
        // a dense 70B writes about 2 tokens a second for each of six people there: 7 are assumed
        Decision decision = decide(DECIDER, String.format(OWNER, "internal-tool", 6, ""));
        assertThat(decision.picks().owned()).isNull();
        assertThat(decision.picks().best()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "mac-mini-m4-10c-gpu-32gb, qwen3.6-35b-a3b, 2000, false", // full to the brim
        "mac-mini-m4-pro-16c-20c-gpu-48gb, gemma-4-26b-a4b, 25000, false", // half a minute to the first token
        "mac-mini-m4-pro-16c-20c-gpu-48gb, qwen3.6-35b-a3b, 2000, true",
        "nvidia-rtx-4090, qwen3.6-35b-a3b, 1000, true"
    })
    void what_is_owned_and_hardly_does_it_is_no_pick(String hardware, String model, int inputTokens, boolean isPick) {
        String json = """
                {"workload": {"type": "evaluation", "model": "%s", "inputTokens": %d},
                 "constraints": {"owned": [{"hardware": "%s"}]}, "asOf": "2026-11-22"}""".formatted(model, inputTokens, hardware);
        Decision decision = decide(DECIDER, json);
        assertThat(decision.ranked()).anyMatch(each -> each.assessment().isOwned());
        assertThat(decision.recommended().orElseThrow().assessment().isOwned()).isEqualTo(isPick);
        assertThat(decision.picks().owned() != null).isEqualTo(isPick);
    }

    @Test
    void who_asks_what_to_buy_is_recommended_nothing_else() {
        Decision decision = decide(DECIDER, String.format(OWNER, "evaluation", 1, ", \"acquisition\": \"buy\""));
        assertThat(decision.recommended().orElseThrow().assessment().isBought()).isTrue();
    }

    private static int devices(Decision decision, Integer rank) {
        Assessment it = facts(decision, rank);
        return it.replicas() * it.devices();
    }

    private static Assessment facts(Decision decision, Integer rank) {
        return decision.at(rank).map(Recommendation::assessment).orElseThrow();
    }

    private static Decision decide(Decider decider, String json) {
        try {
            List<quartermaster.unit.Imported<quartermaster.request.DecisionRequest>> read =
                    RequestReader.read(json, LocalDate.of(2026, 11, 28)).requests();
            return Objects.requireNonNull(
                    decider.decide(Objects.requireNonNull(read.get(0).value())).value());
        } catch (quartermaster.json.BadJsonException e) {
            throw new AssertionError(e);
        }
    }
}
