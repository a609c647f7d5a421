package quartermaster.http;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import quartermaster.http.guard.Refusal;

/** Lets a few through at the same time; others wait, and those that wait too long are asked to come back. */
final class AdmissionGate {
    private final Semaphore places;
    private final Duration patience;

    AdmissionGate(int places, Duration patience) {
        this.places = new Semaphore(places, true);
        this.patience = patience;
    }

    <T> T pass(Callable<T> work) throws Exception {
        if (!places.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            throw Refusal.busy();
        }
        return inside(work);
    }

    /** The same for work that nobody waits for: it waits as long as it takes. */
    <T> T passWhenever(Callable<T> work) throws Exception {
        places.acquire();
        return inside(work);
    }

    private <T> T inside(Callable<T> work) throws Exception {
        try {
            return work.call();
        } finally {
            places.release();
        }
    }
}
