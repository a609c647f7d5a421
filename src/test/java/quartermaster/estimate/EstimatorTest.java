package quartermaster.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quartermaster.TestWorkspace;
import quartermaster.catalogue.Catalogue;
import quartermaster.catalogue.Efficiency;
import quartermaster.catalogue.Engine;
import quartermaster.request.Acquisition;
import quartermaster.request.FineTuningMethod;
import quartermaster.request.WorkloadType;
import quartermaster.unit.Records;

/** How a demand falls on replicas, and what their users see, against numbers that were worked out by hand. */
class EstimatorTest {
    private static final Catalogue CATALOGUE = TestWorkspace.catalogue();
    private static final int OUTPUT = 300;

    /** Four at once and no more: an 8B at 16 bits leaves room for dozens on a card of 80 GiB. */
    private static final Engine FOUR_AT_ONCE = Records.with(Facts.engine("vllm"), "maxSequences", 4);

    private static final Deployment CARD =
            Records.with(Facts.deployment("nvidia-h100-sxm-80gb", 1, "vllm", "bf16"), "engine", FOUR_AT_ONCE);

    private final Estimator estimator = new Estimator(CATALOGUE);

    @Test
    void what_is_read_for_a_token_over_the_bandwidth_reached_is_its_time() {
        Efficiency half = Records.with(
                CATALOGUE.efficiency(CARD.hardware(), CARD.engine()),
                "constants",
                Facts.constants(0.5, 10, 0, 200, 0, 1));
        Estimator known = new Estimator(CATALOGUE.with(List.of(half), CATALOGUE.spreads()));
        // weights without the table of embeddings: (8.03 − 0.525) billion × 2 bytes = 15.01 GB
        // cache at 2,000 + 300 ÷ 2 tokens: 2,150 × 131,072 bytes = 0.282 GB
        // (15.01 + 0.282) GB ÷ (0.5 × 3,350 GB/s) + 32 layers × 10 µs + 200 µs = 9.65 ms
        assertThat(known.assess(demand(1), CARD).estimate().decodeSpeed().typical())
                .isCloseTo(1 / 0.00965, within(0.2));
    }

    @ParameterizedTest
    @CsvSource({
        "EVALUATION, 4, 1, 4, 1.0", // full, and that is fine
        "EVALUATION, 5, 2, 3, 0.625", // 5 ÷ (2 × 4)
        "EVALUATION, 10, 3, 4, 0.8333", // 10 ÷ (3 × 4)
        "PRODUCTION, 4, 2, 2, 0.5", // 4 × 0.8 = 3.2 places to be planned with
        "PRODUCTION, 10, 4, 3, 0.625" // 10 ÷ 3.2 = 3.1
    })
    void replicas_that_carry_four_each_are_as_many_as_it_takes(
            WorkloadType type, int concurrency, int replicas, int each, double load) {
        Demand demand = Records.with(Records.with(demand(concurrency), "type", type), "plannedLoad", 0.8);
        EstimatedDeployment assessed = estimator.assess(demand, CARD);
        assertThat(assessed.estimate().maxConcurrency()).isEqualTo(4);
        assertThat(assessed.replicas()).isEqualTo(replicas);
        assertThat(assessed.estimate().inFlightPerReplica()).isEqualTo(each);
        assertThat(assessed.estimate().load()).isEqualTo(load, within(1e-4));
    }

    @Test
    void replicas_that_were_asked_for_are_there_also_when_fewer_would_do() {
        assertThat(estimator.assess(demand(4), CARD.withReplicas(3)).replicas()).isEqualTo(3);
    }

    @Test
    void those_without_a_place_wait_for_those_in_front_of_them() {
        Estimate full = estimate(demand(4), CARD.withReplicas(1));
        Estimate crowded = estimate(demand(10), CARD.withReplicas(1));
        assertThat(crowded.load()).isEqualTo(2.5);
        assertThat(crowded.boundBy()).isEqualTo(Bound.QUEUE);
        assertThat(crowded.throughput()).as("no more than four are served").isEqualTo(full.throughput());
        // 6 wait, of whom throughput ÷ 300 begin every second; 95 % stay under 1.3 times that
        double wait = 6 / (full.throughput().typical() / OUTPUT);
        assertThat(crowded.timeToFirstToken().typical()
                        - full.timeToFirstToken().typical())
                .isEqualTo(wait, within(1e-6));
        assertThat(crowded.timeToFirstTokenP95Seconds() - full.timeToFirstTokenP95Seconds())
                .isEqualTo(1.3 * wait, within(1e-6));
    }

    @Test
    void what_comes_at_random_is_carried_by_its_rate() {
        double perSecond = estimate(demand(4), CARD).throughput().typical() / OUTPUT;
        Demand coming = Records.with(
                demand(1), "traffic", new Demand.Traffic(false, 2.5 * perSecond, null, 0, 0, 0, null, false));
        EstimatedDeployment assessed = estimator.assess(coming, CARD);
        assertThat(assessed.replicas()).isEqualTo(3);
        assertThat(assessed.estimate().load()).isEqualTo(2.5 / 3, within(1e-9));
        // 2.5 ÷ 0.8 = 3.1
        assertThat(estimator
                        .assess(Records.with(coming, "plannedLoad", 0.8), CARD)
                        .replicas())
                .isEqualTo(4);
    }

    @Test
    void a_replica_carries_no_more_than_keep_the_stated_speed() {
        double withThree = estimate(demand(3), CARD).decodeSpeed().typical();
        Demand fast = Records.with(demand(7), "minDecodeSpeed", withThree);
        EstimatedDeployment assessed = estimator.assess(fast, CARD);
        assertThat(assessed.estimate().maxConcurrency()).isEqualTo(3);
        assertThat(assessed.replicas()).isEqualTo(3); // 7 ÷ 3
    }

    @Test
    void a_speed_that_not_even_one_user_gets_is_no_reason_for_replicas() {
        Demand hopeless = Records.with(demand(4), "minDecodeSpeed", 1e6);
        assertThat(estimator.assess(hopeless, CARD).replicas()).isEqualTo(1);
    }

    @Test
    void a_model_that_does_not_fit_carries_nobody() {
        EstimatedDeployment assessed = estimator.assess(
                Facts.demand(Facts.model("llama-3.1-70b"), 2000, OUTPUT, 10),
                Facts.deployment("nvidia-h100-sxm-80gb", 1, "vllm", "bf16")); // 141 GB
        assertThat(assessed.estimate().memory().fit()).isEqualTo(Fit.NO);
        assertThat(assessed.estimate().maxConcurrency()).isZero();
        assertThat(assessed.replicas()).isEqualTo(1);
        assertThat(assessed.estimate().load()).isEqualTo(1);
    }

    @Test
    void a_beginning_that_all_prompts_share_is_read_once() {
        // 2,000 tokens of which 1,500 are shared: 500 are left to read, where there is somebody to share with
        Demand shared = Records.with(demand(2), "sharedPrefixTokens", 1_500);
        assertThat(estimate(shared, CARD).workings().serving().promptTokens()).isEqualTo(500);
        assertThat(estimate(shared.withConcurrency(1), CARD)
                        .workings()
                        .serving()
                        .promptTokens())
                .isEqualTo(2_000);
    }

    @Test
    void ranges_say_why_they_are_wide() {
        assertThat(estimate(demand(1), CARD).evidence().widenedBy()).isEmpty();
        assertThat(estimate(demand(4), CARD).evidence().widenedBy()).containsExactly("several in flight");
        assertThat(estimate(demand(1), Records.with(CARD, "devices", 2))
                        .evidence()
                        .widenedBy())
                .containsExactly("several devices");
    }

    @Test
    void training_takes_one_run_whoever_waits_and_all_of_a_card_but_a_margin() {
        Demand training = Facts.demand(
                Facts.model("llama-3.1-8b"),
                2000,
                OUTPUT,
                2300,
                50,
                new Demand.Training(FineTuningMethod.LORA, 1, 2048, 16, null));
        Deployment pair = Records.with(Records.with(CARD, "devices", 2), "engine", Facts.trainer("trl"));
        EstimatedDeployment assessed = estimator.assess(training, pair);
        assertThat(assessed.replicas()).isEqualTo(1);
        // 2 × (80 − 1.6) GiB
        assertThat(assessed.estimate().memory().usable().gib()).isEqualTo(156.8, within(0.001));
    }

    @Test
    void another_way_to_come_by_it_changes_the_cost_and_nothing_else() {
        EstimatedDeployment bought = estimator.assess(demand(10), CARD);
        EstimatedDeployment owned = estimator.priced(demand(10), bought, CARD.acquired(7, Acquisition.OWNED, null));
        assertThat(owned.estimate()).isSameAs(bought.estimate());
        assertThat(owned.replicas()).isEqualTo(bought.replicas());
        assertThat(owned.deployment().group()).isEqualTo(7);
        assertThat(owned.cost().purchaseUsd()).isZero();
        assertThat(bought.cost().purchaseUsd()).isPositive();
    }

    private Estimate estimate(Demand demand, Deployment deployment) {
        return estimator.assess(demand, deployment).estimate();
    }

    private static Demand demand(int concurrency) {
        return Facts.demand(Facts.model("llama-3.1-8b"), 2000, OUTPUT, concurrency);
    }
}
