package quartermaster.advice;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import quartermaster.ChangedCells;
import quartermaster.TestWorkspace;
import quartermaster.decision.Decision;
import quartermaster.decision.Recommendation;
import quartermaster.decision.engine.Decider;
import quartermaster.json.RequestReader;

/** One cell of the sheet Thresholds moves one limit of advice, and the words go with it. */
class LimitsOfAdviceTest {
    private static final String CUSTOMERS = """
            {"workload": {"type": "production", "model": "llama-3.1-70b", "concurrency": 100},
             "candidates": [{"hardware": "nvidia-h100-sxm-80gb", "acquisition": "buy"}],
             "constraints": {"dataMustStay": true}}""";
    private static final String BOUGHT = """
            {"workload": {"type": "production", "model": "llama-3.1-70b", "concurrency": 100},
             "candidates": [{"hardware": "nvidia-h100-sxm-80gb", "acquisition": "buy", "priceUsd": 5000},
                            {"hardware": "nvidia-h100-sxm-80gb", "acquisition": "rent"}]}""";
    private static final String QUEUE = """
            {"workload": {"type": "batch", "model": "qwen3-235b-a22b", "concurrency": 8},
             "constraints": {"dataMustStay": true}}""";
    private static final String COLLEAGUES = """
            {"workload": {"type": "internal-tool", "model": "llama-3.1-8b", "concurrency": 8},
             "candidates": [{"hardware": "nvidia-rtx-4090", "acquisition": "buy"},
                            {"hardware": "mac-studio-m3-ultra-80c-gpu-256gb"}]}""";
    private static final String VOICE = """
            {"workload": {"type": "production", "model": "llama-3.1-8b", "concurrency": 20, "inputTokens": 1200,
                          "outputTokens": 60, "minDecodeTokensPerSecond": 25, "maxTimeToFirstTokenSeconds": 0.6},
             "candidates": [{"hardware": "nvidia-l40s", "acquisition": "rent"},
                            {"hardware": "nvidia-h100-sxm-80gb", "acquisition": "rent"}]}""";
    private static final String CROWD = """
            {"workload": {"type": "internal-tool", "model": "llama-3.1-8b", "concurrency": 64},
             "candidates": [{"hardware": "nvidia-rtx-4090", "acquisition": "buy", "engine": "vllm"}]}""";
    private static final String LEVEL = """
            {"workload": {"type": "internal-tool", "model": "llama-3.3-70b", "concurrency": 2},
             "candidates": [{"hardware": "nvidia-rtx-5090", "devices": 2},
                            {"hardware": "nvidia-rtx-pro-6000-blackwell-workstation-96gb"}]}""";
    private static final String OFFICE = """
            {"workload": {"type": "internal-tool", "model": "llama-3.3-70b", "concurrency": 8}}""";
    private static final String SERVICE = """
            {"workload": {"type": "production", "model": "llama-3.3-70b", "concurrency": 40},
             "budget": {"monthlyUsd": 9000}}""";
    private static final String MADE_UP_FOR = "flips: points made up for";
    private static final Decider SHIPPED = TestWorkspace.decider();

    @Test
    void a_smaller_model_is_tried_first_where_it_is_as_cheap_as_the_sheet_says() {
        String tried = "Try Qwen3-Next-80B-A3B-Instruct first";
        assertThat(plan(SHIPPED, QUEUE)).anyMatch(line -> line.contains(tried));
        assertThat(plan(ChangedCells.decider("plan: cost of a smaller model", 1), QUEUE))
                .noneMatch(line -> line.contains(tried));
    }

    @Test
    void the_plan_says_from_how_many_requests_on_a_local_machine_no_longer_does() {
        assertThat(plan(SHIPPED, CUSTOMERS)).anyMatch(line -> line.contains("more than 10 requests at the same time"));
        assertThat(plan(ChangedCells.decider("requests at once without continuous batching", 16), CUSTOMERS))
                .anyMatch(line -> line.contains("more than 16 requests at the same time"));
    }

    @Test
    void deliveries_are_bridged_that_take_as_long_as_the_sheet_says() {
        assertThat(plan(SHIPPED, BOUGHT)).anyMatch(line -> line.contains("until it is there"));
        assertThat(plan(ChangedCells.decider("plan: weeks worth bridging", 100), BOUGHT))
                .noneMatch(line -> line.contains("until it is there"));
    }

    @Test
    void nothing_is_changed_farther_than_the_sheet_says() {
        assertThat(farthest(SHIPPED)).isBetween(1.6, 10.0);
        assertThat(farthest(ChangedCells.decider("flips: farthest", 1.5))).isLessThanOrEqualTo(1.5);
    }

    @Test
    void whoever_is_farther_behind_than_the_sheet_says_is_not_asked_about_in_between() {
        assertThat(near(ChangedCells.decider(MADE_UP_FOR, 0)))
                .isLessThan(near(SHIPPED))
                .isPositive();
        assertThat(near(SHIPPED)).isLessThan(near(ChangedCells.decider(MADE_UP_FOR, 100)));
    }

    private static long near(Decider decider) {
        Standings standings =
                new ChangedRequests(decider, decide(decider, OFFICE).request()).standings();
        return standings.all().keySet().stream()
                .filter(each -> standings.of(each) == Standings.Place.NEAR)
                .count();
    }

    @ParameterizedTest
    @ValueSource(strings = {OFFICE, SERVICE, QUEUE})
    void nothing_that_would_change_the_winner_is_lost_by_it(String request) {
        assertThat(flips(SHIPPED, request))
                .isNotEmpty()
                .containsExactlyElementsOf(flips(ChangedCells.decider(MADE_UP_FOR, 100), request));
    }

    private static List<String> flips(Decider decider, String request) {
        return advice(decider, request).flips().stream()
                .map(each -> each.field() + " " + each.from() + " " + each.size() + " " + each.candidate())
                .toList();
    }

    /** Of what was said or assumed, how many times as much or as little the farthest flip asks. */
    private static double farthest(Decider decider) {
        return advice(decider, VOICE).flips().stream()
                .filter(each -> each.from() instanceof Number)
                .mapToDouble(each -> Math.exp(each.size()))
                .max()
                .orElse(1);
    }

    @Test
    void a_change_so_small_as_the_sheet_says_is_a_coin_flip() {
        assertThat(coinFlips(ChangedCells.decider("flips: coin flip, change", 1e6)))
                .isPositive();
        Decider never = ChangedCells.decider(
                TestWorkspace.catalogue(), Map.of("flips: coin flip, change", 0.0, "flips: coin flip, points", 0.0));
        assertThat(coinFlips(never)).isZero();
    }

    private static long coinFlips(Decider decider) {
        return advice(decider, VOICE).flips().stream().filter(Flip::isCoinFlip).count();
    }

    @Test
    void people_are_asked_after_from_as_many_requests_as_the_sheet_says() {
        String question = "Are these people, or requests at the same time?";
        assertThat(questions(SHIPPED)).contains(question);
        assertThat(questions(ChangedCells.decider("questions: requests that may be people", 65)))
                .doesNotContain(question);
    }

    @Test
    void nothing_is_asked_whose_answer_is_farther_than_the_sheet_says() {
        Decider near = ChangedCells.decider("questions: farthest assumption", 1);
        assertThat(advice(SHIPPED, COLLEAGUES).questions()).anyMatch(each -> each.flipsAt() instanceof Number);
        assertThat(advice(near, COLLEAGUES).questions()).noneMatch(each -> each.flipsAt() instanceof Number);
    }

    @Test
    void draws_vary_the_weights_by_as_much_as_the_sheet_says() {
        assertThat(stability(ChangedCells.decider("sure: weights vary", 90)).inputs())
                .anyMatch(each -> each.name().startsWith("weight of"));
        assertThat(stability(ChangedCells.decider("sure: weights vary", 0)).inputs())
                .noneMatch(each -> each.name().startsWith("weight of"));
    }

    @Test
    void what_is_called_a_coin_flip_and_what_safer_is_in_the_sheet() {
        Stability.Limits shipped = Stability.Limits.of(SHIPPED.rules().policy());
        assertThat(shipped).isEqualTo(new Stability.Limits(60, 75, 30, 200, 50));
        assertThat(of(55, 40, shipped).isCoinFlip()).isTrue();
        assertThat(of(55, 40, new Stability.Limits(50, 75, 30, 200, 50)).isCoinFlip())
                .isFalse();
        assertThat(of(55, 40, new Stability.Limits(60, 96, 30, 200, 50)).isCoinFlip())
                .isFalse();
        assertThat(of(55, 40, new Stability.Limits(60, 75, 10, 200, 50)).isCoinFlip())
                .isFalse();
        Recommendation any = decide(SHIPPED, LEVEL).ranked().get(0);
        Stability dear = new Stability(200, 55, any, 40, 201, List.of(), shipped);
        assertThat(dear.isCoinFlip()).as("one costs twice as much").isFalse();
        assertThat(dear.isLevelButForTheMoney()).isTrue();
        assertThat(of(20, 52, shipped).isRivalSafer()).isTrue();
        assertThat(of(20, 52, new Stability.Limits(60, 75, 30, 200, 60)).isRivalSafer())
                .isFalse();
        assertThat(of(40, 58, shipped).isRivalSafer()).as("a coin flip").isFalse();
        assertThat(of(55, 40, new Stability.Limits(60, 75, 30, 200, 60)).isOpen())
                .isTrue();
        Decider never = ChangedCells.decider(
                TestWorkspace.catalogue(), Map.of("sure: coin flip", 0.0, "sure: most draws", 100.0));
        assertThat(sure(never)).contains("Several are too close to call").doesNotContain("coin flip");
    }

    private static Stability of(double first, double rival, Stability.Limits limits) {
        Recommendation any = decide(SHIPPED, LEVEL).ranked().get(0);
        return new Stability(200, first, any, rival, 100, List.of(), limits);
    }

    private static String sure(Decider decider) {
        return AdviceLine.of(advice(decider, LEVEL)).stream()
                .filter(line -> line.part() == AdviceLine.Part.SURE)
                .map(AdviceLine::says)
                .findFirst()
                .orElseThrow();
    }

    private static Stability stability(Decider decider) {
        return Objects.requireNonNull(advice(decider, LEVEL).stability());
    }

    private static List<String> questions(Decider decider) {
        return advice(decider, CROWD).questions().stream().map(Question::text).toList();
    }

    private static List<String> plan(Decider decider, String json) {
        return AdviceLine.of(advice(decider, json)).stream()
                .filter(line -> line.part() == AdviceLine.Part.PLAN)
                .map(line -> line.what() + ": " + line.says())
                .toList();
    }

    private static Advice advice(Decider decider, String json) {
        return new Advisor(decider).of(decide(decider, json));
    }

    private static Decision decide(Decider decider, String json) {
        try {
            var request = RequestReader.read(json, LocalDate.of(2026, 11, 22))
                    .requests()
                    .get(0);
            return Objects.requireNonNull(decider.decide(request).value());
        } catch (quartermaster.json.BadJsonException e) {
            throw new AssertionError(e);
        }
    }
}
