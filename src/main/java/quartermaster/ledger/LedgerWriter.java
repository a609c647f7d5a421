package quartermaster.ledger;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/** Entries that wait for the disk, and the one thread that takes them there. */
final class LedgerWriter implements AutoCloseable {
    private static final int MOST_WAITING = 4_096;
    private static final long MOST_CHARACTERS = 32L << 20; // 64 MiB of heap at worst
    private static final int BATCH = 256;
    private static final long CLOSING_MILLIS = 10_000;

    private final Runnable opening;
    private final Predicate<List<Entry>> destination;
    private final Map<Object, Entry> waiting = new LinkedHashMap<>(); // by key, oldest first
    private final Map<Object, List<CompletableFuture<Boolean>>> told = new HashMap<>(); // by key, of those that wait
    private final Thread thread;

    private long characters;
    private long accepted;
    private long done;
    private long lost;
    private boolean closed;

    /**
     * @param opening comes first, on the same thread
     * @param destination writes all of a batch and says true, or nothing and false
     */
    LedgerWriter(Runnable opening, Predicate<List<Entry>> destination) {
        this.opening = opening;
        this.destination = destination;
        this.thread = new Thread(this::run, "ledger");
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Never waits. False when the entry is lost, because too many others wait. */
    boolean offer(Entry entry) {
        return offer(entry, new CompletableFuture<>());
    }

    /** @param written is told when it is on the disk or lost */
    synchronized boolean offer(Entry entry, CompletableFuture<Boolean> written) {
        if (closed || isFullFor(entry)) {
            lost++;
            written.complete(false);
            return false;
        }
        told.computeIfAbsent(entry.key(), key -> new ArrayList<>()).add(written);
        if (waiting.putIfAbsent(entry.key(), entry) == null) {
            characters += entry.size();
            accepted++;
            notifyAll();
        }
        return true;
    }

    synchronized Optional<Entry> find(Object key) {
        return Optional.ofNullable(waiting.get(key));
    }

    synchronized int waiting() {
        return waiting.size();
    }

    synchronized long lost() {
        return lost;
    }

    /** Returns when all that was offered before is written or lost. */
    synchronized void flush() {
        waitFor(accepted, Long.MAX_VALUE);
    }

    /** Writes what waits, within reason. */
    @Override
    public synchronized void close() {
        closed = true;
        notifyAll();
        waitFor(accepted, now() + CLOSING_MILLIS);
        lost += waiting.size();
        waiting.clear();
        told.values().forEach(each -> each.forEach(one -> one.complete(false)));
        told.clear();
    }

    private boolean isFullFor(Entry entry) {
        return entry.size() > 0 && (waiting.size() >= MOST_WAITING || characters + entry.size() > MOST_CHARACTERS);
    }

    private void run() {
        opening.run();
        for (List<Entry> batch = next(); !batch.isEmpty(); batch = next()) {
            done(batch, destination.test(batch));
        }
    }

    /** Empty when there will be no more. */
    private synchronized List<Entry> next() {
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

    private synchronized void done(List<Entry> batch, boolean written) {
        for (Entry entry : batch) {
            if (waiting.remove(entry.key()) != null) {
                characters -= entry.size();
                lost += written ? 0 : 1;
            }
            List<CompletableFuture<Boolean>> listening = told.remove(entry.key());
            if (listening != null) {
                listening.forEach(each -> each.complete(written));
            }
        }
        done += batch.size();
        notifyAll();
    }

    private void waitFor(long count, long untilMillis) {
        try {
            for (long left = untilMillis - now();
                    done < count && thread.isAlive() && left > 0;
                    left = untilMillis - now()) {
                wait(Math.min(left, 1_000));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static long now() {
        return System.nanoTime() / 1_000_000;
    }
}
