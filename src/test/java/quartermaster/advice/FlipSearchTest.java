package quartermaster.advice;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import quartermaster.decision.Assessment;
import quartermaster.estimate.Fit;
import quartermaster.request.Acquisition;
import quartermaster.request.Candidate;
import quartermaster.request.DecisionRequest;
import quartermaster.request.WorkloadType;
import quartermaster.unit.Records;

/** The smallest change of one number that gives another winner. */
class FlipSearchTest {
    private static final String WINDOW = "workload.contextTokens";
    private static final String BUDGET = "budget.purchaseUsd";
    private static final Candidate CARD = Asked.candidate("nvidia-rtx-4090", 1, Acquisition.BUY, "llama.cpp", "q4_k_m");
    private static final Candidate MAC =
            Asked.candidate("mac-studio-m3-ultra-80c-gpu-256gb", 1, Acquisition.BUY, "llama.cpp", "q4_k_m");
    private static final Candidate OTHER = Asked.candidate(
                    "mac-mini-m4-10c-gpu-16gb", 1, Acquisition.BUY, "ollama", "q3_k_m")
            .with("priceUsd", 600.0);

    @Test
    void a_window_flips_with_the_first_token_that_does_not_fit() {
        DecisionRequest request = Records.with(request(CARD.with("quantization", "bf16")), WINDOW, 8_000);
        Flip flip = nearest(Asked.of(request), WINDOW).orElseThrow();
        assertThat(flip.from()).isEqualTo(8_000);
        assertThat(flip.candidate()).as("nothing is left").isNull();
        int tokens = (Integer) flip.to();
        Assessment before = only(Records.with(request, WINDOW, tokens - 1));
        // an 8B holds 131,072 bytes for each token, and llama.cpp takes 256 tokens at a time: 32 MiB
        assertThat(only(Records.with(request, WINDOW, tokens)).fit()).isEqualTo(Fit.NO);
        assertThat(before.memory().usable().count() - before.memory().required().count())
                .isBetween(0L, 256 * 131_072L);
    }

    @Test
    void a_budget_flips_just_below_what_the_winner_costs() {
        DecisionRequest request = Records.with(request(CARD, OTHER), BUDGET, 50_000.0);
        Asked asked = Asked.of(request);
        double cost = Objects.requireNonNull(asked.best().assessment().purchaseUsd());
        Flip flip = nearest(asked, BUDGET).orElseThrow();
        assertThat(flip.candidate()).isEqualTo(OTHER);
        // it is narrowed down to 0.4 % and told with four digits
        assertThat((Double) flip.to()).isBetween(cost / 1.005, cost);
        assertThat(searches(asked, BUDGET, List.of()).get(0).found().nearest())
                .as("more money changes nothing")
                .isEmpty();
    }

    @Test
    void what_was_said_is_searched_up_and_down() {
        assertThat(searches(Asked.of(Records.with(request(CARD), BUDGET, 50_000.0)), BUDGET, List.of()))
                .hasSize(2);
    }

    @Test
    void what_nobody_said_is_searched_from_what_the_winner_reaches_towards_the_stricter_side() {
        Asked asked = Asked.of(request(CARD, OTHER));
        double reached = asked.best().assessment().timeToFirstTokenP95();
        List<FlipSearch> searches = searches(asked, "workload.maxTimeToFirstTokenSeconds", List.of());
        assertThat(searches).hasSize(1);
        Flip flip = searches.get(0).found().nearest().orElseThrow();
        assertThat(flip.from()).isNull();
        assertThat((Double) flip.to()).isBetween(reached / 1.005, reached);
    }

    @Test
    void what_nobody_said_is_not_searched_where_nothing_is_suitable() {
        Asked hopeless = Asked.of(Asked.request(Asked.workload(WorkloadType.EVALUATION, "llama-3.1-405b"), CARD));
        assertThat(searches(hopeless, BUDGET, List.of())).isEmpty();
    }

    @Test
    void the_nearest_value_with_which_a_wanted_one_wins_lies_beyond_the_nearest_flip() {
        DecisionRequest request = Records.with(request(MAC, CARD, OTHER), BUDGET, 50_000.0);
        Asked asked = Asked.of(request);
        assertThat(asked.trials().ranking())
                .extracting(each -> asked.trials().named(each).candidate())
                .containsExactly(MAC, CARD, OTHER);
        FlipSearch.Found found = searches(asked, BUDGET, List.of(new Contender(CARD, null), new Contender(OTHER, null)))
                .get(1)
                .found();
        assertThat(found.chances()).extracting(Flip::candidate).containsExactly(CARD, OTHER);
        assertThat(found.nearest()).contains(found.chances().get(0));
        double rented = (Double) found.chances().get(1).to();
        assertThat(rented).isLessThan((Double) found.chances().get(0).to());
        assertThat(wins(Records.with(request, BUDGET, rented))).isEqualTo(OTHER);
        assertThat(wins(Records.with(request, BUDGET, 1.01 * rented))).isEqualTo(CARD);
    }

    /** An 8B takes 131,072 tokens: of them 400 are the answer. */
    @Test
    void no_prompt_is_longer_than_its_model_takes_and_no_window_shorter_than_prompt_and_answer() {
        DecisionRequest filled = Asked.of(Records.with(
                        Records.with(request(CARD), "workload.inputTokens", 90_000), "workload.outputTokens", 400))
                .decision()
                .request();
        AdjustableNumber prompt = number("workload.inputTokens", filled);
        AdjustableNumber window = number(WINDOW, filled);
        var model = Asked.DECIDER.catalogue().findModel("llama-3.1-8b").orElseThrow();
        assertThat(prompt.mostOf(model, filled)).isEqualTo(131_072 - 400);
        assertThat(window.mostOf(model, filled)).isEqualTo(131_072);
        assertThat(window.leastOf(filled)).isEqualTo(90_400);
        assertThat(prompt.away(90_000, true, prompt.mostOf(model, filled)))
                .containsExactly(99_001.0, 112_500.0, 130_672.0);
    }

    @Test
    void nothing_is_changed_to_more_than_ten_times_what_it_is() {
        DecisionRequest filled = Asked.of(request(CARD)).decision().request();
        List<Double> away = number("workload.concurrency", filled).away(5, true, 50);
        assertThat(away.get(away.size() - 1)).isEqualTo(50);
    }

    @Test
    void so_small_a_change_is_a_coin_flip_between_the_two() {
        Asked open = Asked.of(Records.with(request(CARD, OTHER), BUDGET, 50_000.0));
        double cost = Objects.requireNonNull(open.best().assessment().purchaseUsd());
        Flip near = nearest(Asked.of(Records.with(request(CARD, OTHER), BUDGET, 1.05 * cost)), BUDGET)
                .orElseThrow();
        assertThat(near.isCoinFlip()).isTrue();
        assertThat(near.outcome()).isEqualTo("buy NVIDIA RTX 4090 or buy Mac mini M4 10c GPU 16GB, which are level");
        Flip far = nearest(Asked.of(Records.with(request(CARD, OTHER), BUDGET, 2 * cost)), BUDGET)
                .orElseThrow();
        assertThat(far.isCoinFlip()).isFalse();
        assertThat(far.outcome()).isEqualTo("buy Mac mini M4 10c GPU 16GB");
    }

    @Test
    void a_budget_that_nobody_said_is_not_searched() {
        // that the next one wins with less than the winner costs is no news
        assertThat(searches(Asked.of(request(CARD, OTHER)), BUDGET, List.of())).isEmpty();
    }

    private static AdjustableNumber number(String field, DecisionRequest filled) {
        return AdjustableNumber.of(filled).stream()
                .filter(each -> each.field().equals(field))
                .findFirst()
                .orElseThrow();
    }

    private static Candidate wins(DecisionRequest request) {
        ChangedRequests trials = new ChangedRequests(Asked.DECIDER, request);
        return trials.winner().orElseThrow().candidate();
    }

    private static Optional<Flip> nearest(Asked asked, String field) {
        return searches(asked, field, List.of()).stream()
                .flatMap(each -> each.found().nearest().stream())
                .findFirst();
    }

    private static List<FlipSearch> searches(Asked asked, String field, List<Contender> wanted) {
        DecisionRequest filled = asked.decision().request();
        return FlipSearch.of(asked.trials(), number(field, filled), filled, wanted);
    }

    private static Assessment only(DecisionRequest request) {
        return Asked.DECIDER.ranking(request).get(0).assessment();
    }

    private static DecisionRequest request(Candidate... candidates) {
        return Asked.request(Asked.workload(WorkloadType.EVALUATION, "llama-3.1-8b"), candidates);
    }
}
