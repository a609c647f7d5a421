package quartermaster.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Waiting and cost against numbers that were worked out by hand. */
class QueueAndMoneyTest {

    @Test
    void erlang_c_gives_the_share_that_waits() {
        assertThat(Queue.erlangC(8, 6)).isCloseTo(0.3570, within(0.0001));
        assertThat(Queue.erlangC(1, 0.5)).isCloseTo(0.5, within(1e-9));
        assertThat(Queue.erlangC(4, 4)).isEqualTo(1);
    }

    @Test
    void the_95th_percentile_of_the_wait() {
        assertThat(Queue.waitPercentile(8, 10, 0.6, 0.95)).isCloseTo(9.83, within(0.01));
        assertThat(Queue.waitPercentile(8, 10, 0.8, 0.95)).isInfinite();
    }

    /** $9,499, 36 months, 35 % residual, 243 W and 12 W, 30 % busy, $0.15: $180 a month, $16.23 at 14.1 tokens a second. */
    @Test
    void an_m3_ultra_costs_180_dollars_a_month() {
        double writeOff = Money.writeOff(9499, 0.35, 36, 0);
        double power = Money.power(243, 12, 0.30, 1, 0.15);

        assertThat(writeOff).isCloseTo(171.51, within(0.01));
        assertThat(power).isCloseTo(8.90, within(0.01));
        assertThat(Money.perMillionTokens(writeOff + power, 14.1, 0.30)).isCloseTo(16.23, within(0.01));
        assertThat(243 / 14.1).isCloseTo(17.2, within(0.05)); // joules per token
    }

    @Test
    void an_own_h100_breaks_even_after_25_months_around_the_clock() {
        Double months = Money.breakEvenMonths(40_000, 2.50 * Money.HOURS_PER_MONTH, 250);
        double owned = Money.writeOff(40_000, 0.20, 36, 0) + 250;

        assertThat(months).isCloseTo(25.4, within(0.05));
        assertThat(Money.breakEvenUtilization(owned, 2.50) * Money.HOURS_PER_MONTH)
                .isCloseTo(456, within(1.0));
        assertThat(Money.breakEvenMonths(40_000, 200, 250)).isNull();
    }

    @Test
    void owned_hardware_is_never_free() {
        Demand demand = Facts.demand(Facts.model("llama-3.1-8b"), 1000, 300, 1);
        Deployment bought = Facts.deployment("nvidia-rtx-4090", 1, "llama.cpp", "q4_k_m");
        Deployment owned = new Deployment(
                0,
                bought.hardware(),
                1,
                1,
                1,
                quartermaster.request.Acquisition.OWNED,
                null,
                bought.engine(),
                bought.quantization(),
                null,
                null);

        Cost cost = Facts.assess(demand, owned).cost();

        assertThat(cost.purchaseUsd()).isZero();
        assertThat(cost.monthlyUsd()).isPositive();
        assertThat(Facts.assess(demand, bought).cost().monthlyUsd()).isGreaterThan(cost.monthlyUsd());
    }

    @Test
    void low_use_makes_a_token_dear() {
        double busy = Money.perMillionTokens(1000, 100, 0.5);
        double idle = Money.perMillionTokens(1000, 100, 0.05);

        assertThat(idle / busy).isCloseTo(10, within(1e-9));
    }
}
