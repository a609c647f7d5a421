package quartermaster.http;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quartermaster.http.guard.Guard;
import quartermaster.http.guard.Limits;
import quartermaster.http.guard.Refusal;

/**
 * The one gate before everything that takes a processor for long. Long pieces of work stand in a line of their own first,
 * so that a place is left for short ones.
 */
final class CostlyWork implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CostlyWork.class);
    private static final long LOOK_EVERY_MILLIS = 250;

    private final Gate gate;
    private final AdmissionGate longOnes;
    private final Limits.Load load;
    private final Set<Turn> turns = ConcurrentHashMap.newKeySet();
    private final AtomicLong cancelled = new AtomicLong();
    private final AtomicLong overdue = new AtomicLong();
    private final ScheduledExecutorService watching = Executors.newSingleThreadScheduledExecutor(CostlyWork::thread);

    /** Something to do in its turn. */
    interface Work<T extends @Nullable Object> {
        T with(Turn turn) throws Exception;
    }

    CostlyWork(Limits limits) {
        this.load = limits.load();
        int places = Math.max(1, load.places());
        this.gate = new Gate(places, load.mostWaiting(), load.leastPatience(), load.mostPatience());
        this.longOnes = new AdmissionGate(Math.max(1, places - 1), limits.patience());
        ScheduledFuture<?> unused = watching.scheduleWithFixedDelay(
                this::look, LOOK_EVERY_MILLIS, LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    Gate gate() {
        return gate;
    }

    /** How often work ended because its client had gone. */
    long cancelled() {
        return cancelled.get();
    }

    /** How often it ended because it took too long. */
    long overdue() {
        return overdue.get();
    }

    /** Work that ends at its deadline, or when its client has gone. The body is read before. */
    <T extends @Nullable Object> T run(Context ctx, Work<T> work) throws Exception {
        return run(new Turn(gate, client(ctx), load.deadline().toNanos(), Peer.of(ctx.req())), work);
    }

    /** The same of one that goes on as long as somebody listens, and lets others in between. */
    <T extends @Nullable Object> T runInParts(Context ctx, Work<T> work) throws Exception {
        return run(new Turn(gate, client(ctx), Long.MAX_VALUE, Peer.of(ctx.req())), work);
    }

    /** Long work that comes to its end whatever happens: half of it would be worse than all of it. */
    <T extends @Nullable Object> T runLong(Context ctx, Work<T> work) throws Exception {
        return longOnes.pass(() -> {
            Turn turn = new Turn(gate, client(ctx), Long.MAX_VALUE, null);
            try (turn) {
                gate.enterAgain(client(ctx), () -> {});
                turn.entered();
                return work.with(turn);
            }
        });
    }

    /** Work that no client waits for: it comes in its turn, however long that takes. */
    <T extends @Nullable Object> T runBehind(String client, Work<T> work) throws Exception {
        Turn turn = new Turn(gate, client, Long.MAX_VALUE, null);
        try (turn) {
            gate.enterAgain(client, () -> {});
            turn.entered();
            return work.with(turn);
        }
    }

    private <T extends @Nullable Object> T run(Turn turn, Work<T> work) throws Exception {
        turns.add(turn);
        try (turn) {
            turn.begin();
            return work.with(turn);
        } catch (RuntimeException e) {
            Turn.Why why = turn.stopped();
            if (why == null) {
                throw e;
            }
            (why == Turn.Why.GONE ? cancelled : overdue).incrementAndGet();
            throw why == Turn.Why.GONE ? Refusal.gone() : Refusal.overdue(load.deadline());
        } finally {
            turns.remove(turn);
        }
    }

    /** Owners of keys, else addresses: each has its own line. */
    private static String client(Context ctx) {
        String actor = Guard.actor(ctx);
        return actor == null ? ctx.ip() : "key of " + actor;
    }

    private void look() {
        long now = System.nanoTime();
        for (Turn turn : turns) {
            try {
                turn.look(now);
            } catch (RuntimeException e) {
                LOG.warn("It cannot be seen whether a client is still there: {}", e.toString());
            }
        }
    }

    @Override
    public void close() {
        watching.shutdownNow();
    }

    private static Thread thread(Runnable looking) {
        Thread thread = new Thread(looking, "watching clients");
        thread.setDaemon(true);
        return thread;
    }

    /** A route that may have to load an earlier version first. */
    Handler inTurn(Handler route) {
        return ctx -> run(ctx, turn -> {
            route.handle(ctx);
            return turn;
        });
    }
}
