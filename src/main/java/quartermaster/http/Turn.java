package quartermaster.http;

import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A piece of work inside the gate: may be told to stop, and lets others in between. */
final class Turn implements AutoCloseable {
    private static final long LONG_ENOUGH_NANOS = 250_000_000;

    private final Gate gate;
    private final String client;
    private final long deadlineNanos;
    private final @Nullable Peer peer;
    private final AtomicReference<@Nullable Why> stopped = new AtomicReference<>();
    private final long begun = System.nanoTime();
    private long since;
    private long workedNanos;
    private boolean inside;

    /** Why work ends before it is done. */
    enum Why {
        DEADLINE,
        GONE
    }

    /** @param peer whoever waits for the answer; null where nobody is looked after */
    Turn(Gate gate, String client, long deadlineNanos, @Nullable Peer peer) {
        this.gate = gate;
        this.client = client;
        this.deadlineNanos = deadlineNanos;
        this.peer = peer;
    }

    void begin() throws InterruptedException {
        gate.enter(client, this::check);
        entered();
    }

    /** Somebody else has waited for it. */
    void entered() {
        inside = true;
        since = System.nanoTime();
    }

    /** Throws where the work is no longer wanted; any thread that does a part of it may ask. */
    void check() {
        if (stopped.get() != null) {
            throw new CancellationException("Nobody waits for it any more.");
        }
    }

    @Nullable
    Why stopped() {
        return stopped.get();
    }

    /** Called by the one who watches. */
    void look(long now) {
        if (now - begun > deadlineNanos) {
            stopped.compareAndSet(null, Why.DEADLINE);
        } else if (peer != null && peer.hasGone()) {
            stopped.compareAndSet(null, Why.GONE);
        }
    }

    /** Between two parts of long work: where others wait and this one had its share, they come first. */
    void letOthers() throws InterruptedException {
        check();
        if (isLongEnough() && gate.othersWait()) {
            outside(() -> {});
        }
    }

    /** The same for work of several threads: while others come first, all of them wait. */
    synchronized void pause() {
        try {
            letOthers();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("The service stops.");
        }
    }

    boolean isLongEnough() {
        return System.nanoTime() - since > LONG_ENOUGH_NANOS;
    }

    /** Does what needs no processor, such as waiting for a slow client, without a place. */
    void outside(Runnable rest) throws InterruptedException {
        leave();
        rest.run();
        gate.enterAgain(client, this::check);
        entered();
    }

    private void leave() {
        workedNanos += System.nanoTime() - since;
        inside = false;
        gate.leave(0);
    }

    @Override
    public void close() {
        if (peer != null) {
            peer.lookNoMore();
        }
        if (inside) {
            inside = false;
            gate.leave(workedNanos + System.nanoTime() - since);
        }
    }
}
