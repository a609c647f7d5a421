package quartermaster.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import quartermaster.http.guard.Refusal;

class GateTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    @Test
    void clients_are_served_in_turns_however_much_one_of_them_sends() throws Exception {
        Gate gate = new Gate(1, 10, LONG, LONG);
        gate.enter("first", () -> {});
        List<String> served = Collections.synchronizedList(new ArrayList<>());
        List<Thread> threads = new ArrayList<>();
        for (String client : List.of("much", "much", "much", "little")) {
            int before = gate.waiting();
            threads.add(start(() -> {
                gate.enter(client, () -> {});
                served.add(client);
                gate.leave(1);
            }));
            await(() -> gate.waiting() == before + 1);
        }
        gate.leave(1);
        for (Thread each : threads) {
            each.join();
        }
        assertThat(served).containsExactly("much", "little", "much", "much");
        assertThat(gate.inside()).isZero();
    }

    @Test
    void where_too_many_wait_the_last_of_the_longest_line_is_sent_away() throws Exception {
        Gate gate = new Gate(1, 2, LONG, LONG);
        gate.enter("first", () -> {});
        List<Integer> sentAway = Collections.synchronizedList(new ArrayList<>());
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            int number = i;
            threads.add(start(() -> {
                try {
                    gate.enter("much", () -> {});
                    gate.leave(1);
                } catch (Refusal e) {
                    sentAway.add(number);
                }
            }));
            await(() -> gate.waiting() == number + 1);
        }
        assertThatExceptionOfType(Refusal.class).isThrownBy(() -> gate.enter("much", () -> {}));
        threads.add(start(() -> {
            gate.enter("little", () -> {});
            gate.leave(1);
        }));
        await(() -> !sentAway.isEmpty());
        assertThat(gate.waiting()).isEqualTo(2);
        gate.leave(1);
        for (Thread each : threads) {
            each.join();
        }
        assertThat(sentAway).containsExactly(1);
        assertThat(gate.shed()).isEqualTo(2);
    }

    @Test
    void who_waited_too_long_is_told_when_to_come_back_and_who_has_gone_leaves_the_line() throws Exception {
        Gate gate = new Gate(1, 2, Duration.ofMillis(1), Duration.ofMillis(1));
        gate.enter("first", () -> {});
        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> gate.enter("second", () -> {}))
                .satisfies(it -> assertThat(it.retryAfterSeconds()).isPositive())
                .satisfies(it -> assertThat(it.document().status()).isEqualTo(503));

        Gate patient = new Gate(1, 2, LONG, LONG);
        patient.enter("first", () -> {});
        assertThatExceptionOfType(CancellationException.class)
                .isThrownBy(() -> patient.enter("second", () -> {
                    throw new CancellationException();
                }));
        assertThat(patient.waiting()).isZero();
    }

    /** Something that may be interrupted. */
    private interface Doing {
        void run() throws InterruptedException;
    }

    private static Thread start(Doing doing) {
        Thread thread = new Thread(() -> {
            try {
                doing.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        thread.start();
        return thread;
    }

    private static void await(java.util.function.BooleanSupplier holds) throws InterruptedException {
        while (!holds.getAsBoolean()) {
            Thread.sleep(5);
        }
    }
}
