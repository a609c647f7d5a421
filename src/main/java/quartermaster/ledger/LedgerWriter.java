package quartermaster.ledger;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Entries that wait for the ledger, and the one thread that takes them there. */
final class LedgerWriter implements AutoCloseable {
    private static final int MOST_WAITING = 4_096;
    private static final long MOST_CHARACTERS = 32L << 20; // 64 MiB of heap at worst
    private static final int BATCH = 256;
    private static final long CLOSING_MILLIS = 10_000;
    private static final long IDLE_MILLIS = 500;

    private final Destination destination;
    private final Map<Object, Entry> waiting = new LinkedHashMap<>(); // by key, oldest first
    private final Map<Object, List<CompletableFuture<Boolean>>> told = new HashMap<>(); // by key, of those that wait
    private final Thread thread;

    private long characters;
    private long accepted;
    private long done;
    private long lost;
    private boolean closed;

    /** Where entries go. All but {@link #putAside} is called by one thread. */
    interface Destination {
        /** Comes first. */
        void open();

        /** Writes all of them and says true, or nothing and false. */
        boolean write(List<Entry> entries);

        /** Keeps all of them for later and says true, or nothing and false. Anybody may call it. */
        boolean putAside(List<Entry> entries);

        /** Nothing else is to be done at present. */
        void idle();
    }

    LedgerWriter(Destination destination) {
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

    /** @param written is told true when it is in the ledger, false when it is lost or comes there later */
    synchronized boolean offer(Entry entry, CompletableFuture<Boolean> written) {
        if (closed || isFullFor(entry)) {
            written.complete(false);
            boolean accepted = destination.putAside(List.of(entry));
            lost += accepted ? 0 : 1;
            return accepted;
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

    /** Returns when all that was offered before is written, put aside or lost. */
    synchronized void flush() {
        waitFor(accepted, Long.MAX_VALUE);
    }

    /** Writes what waits, within reason. */
    @Override
    public synchronized void close() {
        closed = true;
        notifyAll();
        waitFor(accepted, now() + CLOSING_MILLIS);
        if (!waiting.isEmpty() && !destination.putAside(List.copyOf(waiting.values()))) {
            lost += waiting.size();
        }
        waiting.clear();
        told.values().forEach(each -> each.forEach(one -> one.complete(false)));
        told.clear();
    }

    private boolean isFullFor(Entry entry) {
        return entry.size() > 0 && (waiting.size() >= MOST_WAITING || characters + entry.size() > MOST_CHARACTERS);
    }

    private void run() {
        destination.open();
        for (List<Entry> batch = next(); batch != null; batch = next()) {
            if (batch.isEmpty()) {
                destination.idle();
            } else {
                boolean written = destination.write(batch);
                done(batch, written, written || destination.putAside(batch));
            }
        }
    }

    /** Null when there will be no more, and empty when there is time for something else. */
    private synchronized @Nullable List<Entry> next() {
        try {
            if (waiting.isEmpty() && !closed) {
                wait(IDLE_MILLIS);
            }
            if (waiting.isEmpty() && closed) {
                return null;
            }
            return waiting.values().stream().limit(BATCH).toList();
        } catch (InterruptedException e) {
            closed = true;
            return null;
        }
    }

    private synchronized void done(List<Entry> batch, boolean written, boolean safe) {
        for (Entry entry : batch) {
            if (waiting.remove(entry.key()) != null) {
                characters -= entry.size();
                lost += safe ? 0 : 1;
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
