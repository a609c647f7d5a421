package quartermaster.http;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quartermaster.ledger.LedgerException;

/** Works on jobs of the ledger, one after another, and looks now and then whether another service has left one. */
final class JobThread implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(JobThread.class);
    private static final long LOOK_EVERY_MILLIS = 2_000;
    private static final long PATIENCE_MILLIS = 10_000; // with the part that runs when all stops

    private final BooleanSupplier workOnNext;
    private final Semaphore called = new Semaphore(0);
    private final Thread thread;
    private volatile boolean closed;

    /** @param workOnNext false where there is nothing to do */
    JobThread(String name, BooleanSupplier workOnNext) {
        this.workOnNext = workOnNext;
        this.thread = new Thread(this::work, name);
        thread.setDaemon(true);
    }

    JobThread start() {
        thread.start();
        return this;
    }

    /** There is a new one. */
    void call() {
        called.release();
    }

    /** What runs has to come to its end. */
    boolean isClosed() {
        return closed;
    }

    private void work() {
        while (!closed) {
            try {
                if (!workOnNext.getAsBoolean()) {
                    pause();
                }
            } catch (LedgerException e) { // it says so itself
                LOG.debug("The ledger has no work at present: {}", e.toString());
                pause();
            } catch (RuntimeException | OutOfMemoryError e) {
                LOG.error("A job failed and is tried again later.", e);
                pause();
            }
        }
    }

    private void pause() {
        try {
            called.tryAcquire(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
            called.drainPermits();
        } catch (InterruptedException e) {
            closed = true;
        }
    }

    @Override
    public void close() {
        closed = true;
        call();
        try {
            thread.join(PATIENCE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
