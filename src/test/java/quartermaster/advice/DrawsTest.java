package quartermaster.advice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quartermaster.decision.Assessment;
import quartermaster.request.Acquisition;
import quartermaster.request.Candidate;
import quartermaster.request.DecisionRequest;
import quartermaster.request.WorkloadType;
import quartermaster.unit.Records;

/** How often the first stays first when everything uncertain is drawn anew. */
class DrawsTest {
    private static final Candidate CARD = Asked.candidate("nvidia-rtx-4090", 1, Acquisition.BUY, "ollama", "q4_k_m");
    private static final Candidate OTHER =
            Asked.candidate("mac-mini-m4-10c-gpu-16gb", 1, Acquisition.OWNED, "ollama", "q3_k_m");

    @Test
    void one_alone_has_nothing_to_lose_and_none_suitable_nothing_to_win() {
        assertThat(Draws.of(Asked.DECIDER, Asked.of(request(CARD)).trials())).isNull();
        assertThat(Draws.of(
                        Asked.DECIDER,
                        Asked.of(Asked.request(Asked.workload(WorkloadType.EVALUATION, "llama-3.1-405b"), CARD, OTHER))
                                .trials()))
                .isNull();
    }

    @Test
    void what_is_first_by_far_stays_first_in_all_draws() {
        Stability stability = stability(request(CARD, OTHER));
        assertThat(stability.draws()).isEqualTo(200);
        assertThat(stability.staysFirstPercent()).isEqualTo(100);
        assertThat(stability.rival()).isNull();
        assertThat(stability.rivalFirstPercent()).isZero();
        assertThat(stability.inputs()).isEmpty();
    }

    /** Prices are as often above as below the typical one, and one time in ten beyond the end of their range. */
    @ParameterizedTest
    @CsvSource({"0, 50, 8", "1, 90, 6"})
    void a_price_goes_beyond_the_budget_as_often_as_its_range_says(int ends, double stays, double off) {
        Assessment card = Asked.of(request(CARD)).best().assessment();
        double end = Objects.requireNonNull(card.cost().monthlyUsdHigh()) / Objects.requireNonNull(card.monthlyUsd());
        double budget = Objects.requireNonNull(card.purchaseUsd()) * Math.pow(end, ends);
        Stability stability = stability(Records.with(request(CARD, OTHER), "budget.purchaseUsd", budget));
        assertThat(stability.staysFirstPercent()).isCloseTo(stays, within(off));
        assertThat(stability.rivalFirstPercent()).isEqualTo(100 - stability.staysFirstPercent());
        assertThat(stability.inputs().get(0).name()).isEqualTo("prices");
    }

    @Test
    void what_shares_its_chip_and_engine_is_off_by_the_same_factor() {
        // the dearer one of the same is never the better one, however fast it turns out to be
        Stability stability = stability(request(CARD, CARD.with("priceUsd", 20_000.0)));
        assertThat(stability.staysFirstPercent()).isEqualTo(100);
    }

    @Test
    void shares_are_counts_of_200_draws_and_of_60_for_one_input() {
        Stability stability = stability(Records.with(request(CARD, OTHER), "budget.purchaseUsd", purchase()));
        assertThat(stability.staysFirstPercent() * 200 / 100 % 1).isZero();
        assertThat(stability.inputs())
                .isNotEmpty()
                .allSatisfy(each -> assertThat(each.staysFirstPercent() * 60 / 100)
                        .isCloseTo(Math.rint(each.staysFirstPercent() * 60 / 100), within(1e-9)));
    }

    @Test
    void the_same_request_is_drawn_the_same_way() {
        DecisionRequest request = Records.with(request(CARD, OTHER), "budget.purchaseUsd", purchase());
        assertThat(stability(request).staysFirstPercent())
                .isEqualTo(stability(request).staysFirstPercent());
        assertThat(stability(request).inputs()).isEqualTo(stability(request).inputs());
    }

    private static double purchase() {
        return Objects.requireNonNull(
                Asked.of(request(CARD)).best().assessment().purchaseUsd());
    }

    private static Stability stability(DecisionRequest request) {
        return Objects.requireNonNull(Draws.of(Asked.DECIDER, new ChangedRequests(Asked.DECIDER, request)));
    }

    private static DecisionRequest request(Candidate... candidates) {
        return Asked.request(Asked.workload(WorkloadType.EVALUATION, "llama-3.1-8b"), candidates);
    }
}
