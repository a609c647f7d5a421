package quartermaster.ledger;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Decisions that wait for the disk, and the one thread that takes them there. */
final class DecisionWriter implements AutoCloseable {
    private static final int MOST_WAITING = 4_096;
    private static final long MOST_CHARACTERS = 32L << 20; // 64 MiB of heap at worst
    private static final int BATCH = 256;
    private static final long CLOSING_MILLIS = 10_000;

    private final Predicate<List<KeptDecision>> destination;
    private final Map<String, KeptDecision> waiting = new LinkedHashMap<>(); // by id, oldest first
    private final Thread thread;

    private long characters;
    private long lost;
    private boolean closed;

    /** @param destination writes all of a batch and says true, or nothing and false */
    DecisionWriter(Predicate<List<KeptDecision>> destination) {
        this.destination = destination;
        this.thread = new Thread(this::run, "ledger");
        thread.setDaemon(true);
        thread.start();
    }

    /** Never waits. False when the decision is lost, because too many others wait. */
    synchronized boolean offer(KeptDecision decision) {
        boolean full = waiting.size() >= MOST_WAITING || characters + decision.size() > MOST_CHARACTERS;
        if (closed || full) {
            lost++;
            return false;
        }
        if (waiting.putIfAbsent(decision.id(), decision) == null) {
            characters += decision.size();
            notifyAll();
        }
        return true;
    }

    synchronized Optional<KeptDecision> find(String id) {
        return Optional.ofNullable(waiting.get(id));
    }

    synchronized int waiting() {
        return waiting.size();
    }

    synchronized long lost() {
        return lost;
    }

    /** Returns when nothing waits any more. */
    synchronized void flush() {
        waitUntilEmpty(Long.MAX_VALUE);
    }

    /** Writes what waits, within reason. */
    @Override
    public synchronized void close() {
        closed = true;
        notifyAll();
        waitUntilEmpty(System.nanoTime() / 1_000_000 + CLOSING_MILLIS);
        lost += waiting.size();
        waiting.clear();
    }

    private void run() {
        for (List<KeptDecision> batch = next(); !batch.isEmpty(); batch = next()) {
            done(batch, destination.test(batch));
        }
    }

    /** Empty when there will be no more. */
    private synchronized List<KeptDecision> next() {
        try {
            while (waiting.isEmpty() && !closed) {
                wait();
            }
            return waiting.values().stream().limit(BATCH).toList();
        } catch (InterruptedException e) {
            closed = true;
            return List.of();
        }
    }

    private synchronized void done(List<KeptDecision> batch, boolean written) {
        for (KeptDecision decision : batch) {
            if (waiting.remove(decision.id()) != null) {
                characters -= decision.size();
                lost += written ? 0 : 1;
            }
        }
        notifyAll();
    }

    private void waitUntilEmpty(long untilMillis) {
        try {
            long left = untilMillis - System.nanoTime() / 1_000_000;
            while (!waiting.isEmpty() && thread.isAlive() && left > 0) {
                wait(Math.min(left, 1_000));
                left = untilMillis - System.nanoTime() / 1_000_000;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
