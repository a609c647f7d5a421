package quartermaster.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FirstTokenTest {
    private static final double FOREVER = Double.POSITIVE_INFINITY;

    /** Prompts of 4,096 tokens take 0.5 s, a step 20 ms; 512 tokens written, 8,192 read a step, all of one length. */
    private static FirstToken ofOneLength(double inFlight) {
        return new FirstToken(0.5, 0.5, 0.02, 4096, 512, 8192, 1, 0.03, inFlight, 0);
    }

    /** 0.9 × (0.03 + 0.51 + 0.02 + 0.61 × 0.5 ÷ (2 × 0.39)) + 0.1 × (0.03 + 0.51 × 16.5) = 1.70. */
    @Test
    void ten_requests_on_each_of_32_streams_wait_1_7_seconds_on_average() {
        assertThat(ofOneLength(32).mean(10)).isCloseTo(1.70, within(0.005));
    }

    /** 0.51 × 33 ÷ 2 + 0.03. */
    @Test
    void requests_that_come_all_at_once_wait_for_half_of_each_other() {
        assertThat(ofOneLength(32).mean(1)).isCloseTo(8.445, within(0.001));
    }

    /** 0.03 + (0.5 + 2 × 4,096 ÷ 8,192 × 0.02) × 33 ÷ 2. */
    @Test
    void decoding_beside_prompts_holds_them_up() {
        FirstToken slower = new FirstToken(0.5, 0.5, 0.02, 4096, 512, 8192, 2, 0.03, 32, 0);

        assertThat(slower.mean(1)).isCloseTo(8.61, within(0.001));
    }

    /** From 100.8 × 512 ÷ 4,096 = 12.6 in flight on, prompts fill the steps: (32 − 12.6) × 2.139 = 41.5 s. */
    @ParameterizedTest
    @CsvSource({"32, 41.5", "48, 75.7", "64, 109.9"})
    void prompts_pile_up_where_they_fill_the_engine(double inFlight, double seconds) {
        FirstToken saturated = new FirstToken(1.979, 1.979, 0.02, 4096, 100.8, 512, 1, 0.03, inFlight, 0);

        assertThat(saturated.mean(FOREVER)).isCloseTo(seconds, within(0.1));
        assertThat(saturated.percentile(0.95)).isGreaterThanOrEqualTo(saturated.mean(FOREVER) - 0.1);
    }

    @Test
    void one_alone_waits_for_its_own_prompt_only() {
        assertThat(ofOneLength(1).percentile(0.5)).isCloseTo(0.55, within(1e-9));
        assertThat(ofOneLength(1).percentile(0.95)).isCloseTo(0.55, within(1e-9));
    }

    @Test
    void more_in_flight_never_wait_less() {
        for (double share : new double[] {0.5, 0.95, 0.99}) {
            double before = 0;
            for (int inFlight = 1; inFlight <= 300; inFlight++) {
                double now = new FirstToken(0.2, 0.2, 0.01 + inFlight * 1e-4, 2000, 300, 8192, 1, 0.03, inFlight, 1)
                        .percentile(share);
                assertThat(now).as("%d in flight", inFlight).isGreaterThanOrEqualTo(before);
                before = now;
            }
        }
    }

    @Test
    void work_of_different_lengths_waits_longer() {
        FirstToken mixed = new FirstToken(0.5, 0.5, 0.02, 4096, 512, 8192, 1, 0.03, 32, 1);

        assertThat(mixed.mean(FOREVER)).isGreaterThan(ofOneLength(32).mean(FOREVER));
    }
}
