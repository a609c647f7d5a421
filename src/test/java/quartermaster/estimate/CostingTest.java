package quartermaster.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import quartermaster.TestWorkspace;
import quartermaster.catalogue.Offer;
import quartermaster.request.Acquisition;
import quartermaster.request.WorkloadType;
import quartermaster.unit.Records;

/** What a deployment costs, against numbers that were worked out by hand. */
class CostingTest {
    private static final Demand SERVING =
            Records.with(Facts.demand(Facts.model("llama-3.1-8b"), 2000, 300, 8), "type", WorkloadType.PRODUCTION);
    private static final Deployment CARDS = Facts.deployment("nvidia-rtx-4090", 2, "llama.cpp", "q4_k_m");
    private final Costing costing = new Costing(TestWorkspace.catalogue());

    @Test
    void whole_instances_are_rented_every_hour_of_the_month() {
        // 2 devices of instances of 8: one dollar an hour more is 8 × 730 h = 5,840 dollars a month
        assertThat(monthly(rented(3, 8), 1) - monthly(rented(2, 8), 1)).isEqualTo(5_840, within(0.01));
        // 3 replicas of 2 in instances of 1: 6 × 730 h
        assertThat(monthly(rented(3, 1), 3) - monthly(rented(2, 1), 3)).isEqualTo(4_380, within(0.01));
    }

    @Test
    void what_is_rented_costs_nothing_at_once_and_has_no_break_even() {
        Cost cost = costing.of(SERVING, rented(2, 1), 1, 100);
        assertThat(cost.purchaseUsd()).isZero();
        assertThat(cost.breakEvenMonths()).isNull();
    }

    @Test
    void a_price_that_the_request_says_replaces_the_catalogues_for_every_device() {
        // 2 replicas × 2 devices: 1,000 dollars more for each are 4,000 at once; the hosts stay
        assertThat(purchase(Records.with(CARDS, "priceUsd", 3_000.0), 2)
                        - purchase(Records.with(CARDS, "priceUsd", 2_000.0), 2))
                .isEqualTo(4_000, within(0.01));
    }

    @Test
    void what_stands_there_already_costs_only_what_it_takes_to_run() {
        Cost bought = costing.of(SERVING, CARDS, 1, 100);
        Cost owned = costing.of(SERVING, Records.with(CARDS, "acquisition", Acquisition.OWNED), 1, 100);
        assertThat(owned.purchaseUsd()).isZero();
        assertThat(owned.monthlyUsd()).isEqualTo(owned.runningUsd()).isLessThan(bought.monthlyUsd());
        assertThat(owned.breakEvenMonths()).isNull();
    }

    @Test
    void a_million_tokens_cost_the_month_divided_by_what_the_busy_share_of_it_writes() {
        Cost cost = costing.of(SERVING, rented(2, 1), 1, 100);
        // 100 tok/s × 730 h × 3,600 s × 0.3 = 78.84 million tokens
        assertThat(cost.usdPerMillionOutputTokens())
                .isEqualTo(Objects.requireNonNull(cost.monthlyUsd()) / 78.84, within(0.01));
    }

    @Test
    void fewer_replicas_by_night_are_fewer_hours_of_rent() {
        Deployment card = rented(2, 1);
        EstimatedDeployment.Night night = new EstimatedDeployment.Night(1, 10, 0.1, null, null, true);
        Cost all = costing.of(SERVING, card, 4, 100);
        Cost less = costing.of(SERVING, card, 4, 100, night);
        // three of four replicas of two cards at $2 are off for 10 of 24 hours: 6 × 2 × 730 × 10 ÷ 24
        assertThat(Objects.requireNonNull(all.monthlyUsd()) - Objects.requireNonNull(less.monthlyUsd()))
                .isEqualTo(3_650, within(0.01));
        assertThat(ServicePrice.replicasAtNight(5, 0.1)).isEqualTo(1);
        assertThat(ServicePrice.replicasAtNight(12, 0.1)).isEqualTo(2);
    }

    @Test
    void replicas_share_a_machine_as_long_as_it_holds_them_whole() {
        assertThat(Costing.machines(4, 2, 5, false)).isEqualTo(3); // two in each: ⌈5 ÷ 2⌉
        assertThat(Costing.machines(4, 3, 5, false)).isEqualTo(5); // the fourth place stays empty
        assertThat(Costing.machines(4, 6, 5, false)).isEqualTo(10); // ⌈6 ÷ 4⌉ for each
        assertThat(Costing.machines(4, 1, 5, true)).isEqualTo(5); // no two share the memory of a host
        assertThat(Costing.machines(1, 2, 3, false)).isEqualTo(6); // complete machines
    }

    @Test
    void machines_are_hosts_around_cards_and_trays_and_complete_machines() {
        // workstations for up to four cards, two to a replica
        assertThat(costing.of(SERVING, CARDS, 2, 100).machines()).isEqualTo(1);
        assertThat(costing.of(SERVING, CARDS, 3, 100).machines()).isEqualTo(2);
        // of a rack of 72, four stand in a tray
        Deployment tray = Facts.deployment("nvidia-gb200-per-gpu-nvl72", 4, "vllm", "fp8");
        assertThat(costing.of(SERVING, tray, 2, 100).machines()).isEqualTo(2);
        Deployment macs = Facts.deployment("mac-studio-m3-ultra-80c-gpu-256gb", 2, "llama.cpp", "q4_k_m");
        assertThat(costing.of(SERVING, macs, 2, 100).machines()).isEqualTo(4);
    }

    private double monthly(Deployment deployment, int replicas) {
        return Objects.requireNonNull(
                costing.of(SERVING, deployment, replicas, 100).monthlyUsd());
    }

    private double purchase(Deployment deployment, int replicas) {
        return Objects.requireNonNull(
                costing.of(SERVING, deployment, replicas, 100).purchaseUsd());
    }

    private static Deployment rented(double usdPerDeviceHour, int devicesPerInstance) {
        Offer offer = new Offer(
                "an-offer",
                false,
                "nvidia-rtx-4090",
                "somebody",
                "neocloud",
                null,
                null,
                devicesPerInstance,
                "on-demand",
                usdPerDeviceHour,
                "a test",
                "2026-11",
                2);
        return CARDS.acquired(0, Acquisition.RENT, offer);
    }
}
