package quartermaster.workbook.read;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;

/** Work on a file that its deadline does not stop, until it is closed. */
public final class EndlessWork implements AutoCloseable {
    private final Semaphore mayEnd = new Semaphore(0);

    private final CountDownLatch begun;

    public EndlessWork(int threads) {
        begun = new CountDownLatch(threads);
        while (begun.getCount() > 0) { // it never begins where its deadline is over before
            assertThatThrownBy(() -> new Supervised("endless.xlsx", Duration.ofMillis(100)).run(this::work))
                    .hasMessageContaining("could not be worked through");
        }
    }

    private String work() {
        begun.countDown();
        mayEnd.acquireUninterruptibly();
        return "";
    }

    @Override
    public void close() {
        mayEnd.release(Integer.MAX_VALUE / 2);
        while (OverdueWork.goesOn()) {
            Thread.onSpinWait();
        }
    }
}
