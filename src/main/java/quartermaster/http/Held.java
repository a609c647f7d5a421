package quartermaster.http;

import java.util.concurrent.Semaphore;
import quartermaster.http.guard.Refusal;

/** Memory for what clients send and are sent, until they have it: many slow ones must not take all of it. */
final class Held {
    private static final int UNIT = 1_024; // bytes

    private final Semaphore units;
    private final int all;

    Held(long mostBytes) {
        this.all = units(mostBytes);
        this.units = new Semaphore(all);
    }

    /** Bytes that one of them takes; fewer later, and none when all is done. */
    final class Share {
        private int taken;

        /** @throws Refusal where others have too much of it */
        synchronized Share take(long bytes) {
            int wanted = Math.min(all, units(bytes));
            if (wanted > taken && !units.tryAcquire(wanted - taken)) {
                throw Refusal.overloaded(1);
            }
            if (wanted < taken) {
                units.release(taken - wanted);
            }
            taken = wanted;
            return this;
        }

        synchronized void giveBack() {
            units.release(taken);
            taken = 0;
        }
    }

    private static int units(long bytes) {
        return (int) Math.min(Integer.MAX_VALUE, (bytes + UNIT - 1) / UNIT);
    }
}
