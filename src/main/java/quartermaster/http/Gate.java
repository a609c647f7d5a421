package quartermaster.http;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import quartermaster.http.guard.Refusal;

/**
 * Lets a few pieces of work in at the same time. Others wait for a while, each client in its own line, and lines are served
 * in turns: who sends much waits behind himself, not before others.
 */
final class Gate {
    private static final double OLD_SHARE = 0.8; // of what earlier work took in the average
    private static final long LOOK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final int places;
    private final int mostWaiting;
    private final Duration leastPatience;
    private final Duration mostPatience;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Deque<Waiting>> lines = new LinkedHashMap<>(); // by client, next one first
    private int inside;
    private int waiting;
    private long shed;
    private double averageNanos;

    /**
     * @param leastPatience how long everybody may wait, however short the work inside is
     * @param mostPatience how long anybody may wait, however long it is
     */
    Gate(int places, int mostWaiting, Duration leastPatience, Duration mostPatience) {
        this.places = places;
        this.mostWaiting = mostWaiting;
        this.leastPatience = leastPatience;
        this.mostPatience = mostPatience;
        this.averageNanos = leastPatience.toNanos();
    }

    private enum State {
        IN_LINE,
        LET_IN,
        SENT_AWAY
    }

    private static final class Waiting {
        private final Condition called;
        private State state = State.IN_LINE;

        Waiting(Condition called) {
            this.called = called;
        }
    }

    /**
     * Comes back when there is a place, which {@link #leave} gives back.
     *
     * @param stillWanted is asked now and then; throws to leave the line
     * @throws Refusal where there is none for too long
     */
    void enter(String client, Runnable stillWanted) throws InterruptedException {
        enter(client, stillWanted, true);
    }

    /** The same for one that was inside before: it waits as long as it takes. */
    void enterAgain(String client, Runnable stillWanted) throws InterruptedException {
        enter(client, stillWanted, false);
    }

    private void enter(String client, Runnable stillWanted, boolean mayBeSentAway) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            if (inside < places && lines.isEmpty()) {
                inside++;
                return;
            }
            if (mayBeSentAway && waiting >= mostWaiting) {
                sendOneAway(client);
            }
            Waiting me = new Waiting(lock.newCondition());
            lines.computeIfAbsent(client, each -> new ArrayDeque<>()).add(me);
            waiting++;
            long until = System.nanoTime() + patienceNanos();
            try {
                await(me, stillWanted, mayBeSentAway ? until : Long.MAX_VALUE);
            } catch (InterruptedException e) {
                if (me.state == State.LET_IN) {
                    inside--;
                    callNext();
                }
                throw e;
            } finally {
                if (me.state == State.IN_LINE) {
                    remove(client, me);
                }
            }
            if (me.state != State.LET_IN) {
                shed++;
                throw Refusal.overloaded(secondsUntilBetter());
            }
        } finally {
            lock.unlock();
        }
    }

    private void await(Waiting me, Runnable stillWanted, long until) throws InterruptedException {
        long left = until == Long.MAX_VALUE ? until : until - System.nanoTime();
        while (me.state == State.IN_LINE && left > 0) {
            long unused = me.called.awaitNanos(Math.min(left, LOOK_EVERY_NANOS));
            if (me.state == State.IN_LINE) {
                stillWanted.run();
            }
            left = until == Long.MAX_VALUE ? until : until - System.nanoTime();
        }
    }

    /** About as long as the work inside takes. */
    private long patienceNanos() {
        return (long) Math.max(leastPatience.toNanos(), Math.min(averageNanos, mostPatience.toNanos()));
    }

    /** The last of the longest line; where that is the new one's own, the new one. */
    private void sendOneAway(String client) {
        Map.Entry<String, Deque<Waiting>> longest = lines.entrySet().stream()
                .max(Comparator.comparingInt(each -> each.getValue().size()))
                .orElse(null);
        int own = lines.getOrDefault(client, new ArrayDeque<>()).size();
        if (longest == null || longest.getValue().size() <= own + 1) {
            shed++;
            throw Refusal.overloaded(secondsUntilBetter());
        }
        Waiting last = longest.getValue().peekLast();
        if (last != null) {
            remove(longest.getKey(), last);
            last.state = State.SENT_AWAY;
            last.called.signal();
        }
    }

    private void remove(String client, Waiting it) {
        Deque<Waiting> line = lines.get(client);
        if (line != null && line.remove(it)) {
            waiting--;
            if (line.isEmpty()) {
                lines.remove(client);
            }
        }
    }

    /** @param workedNanos how long it took; 0 where that tells nothing of others */
    void leave(long workedNanos) {
        lock.lock();
        try {
            inside--;
            if (workedNanos > 0) {
                averageNanos = OLD_SHARE * averageNanos + (1 - OLD_SHARE) * workedNanos;
            }
            callNext();
        } finally {
            lock.unlock();
        }
    }

    private void callNext() {
        if (lines.isEmpty()) {
            return;
        }
        String client = lines.keySet().iterator().next();
        Deque<Waiting> line = lines.remove(client);
        Waiting next = line == null ? null : line.poll();
        if (line != null && !line.isEmpty()) {
            lines.put(client, line); // behind the other clients
        }
        if (next != null) {
            waiting--;
            inside++;
            next.state = State.LET_IN;
            next.called.signal();
        }
    }

    private int secondsUntilBetter() {
        return (int) Math.max(1, Math.min(60, Math.ceil((waiting + 1) * averageNanos / places / 1e9)));
    }

    boolean othersWait() {
        return waiting() > 0;
    }

    int inside() {
        lock.lock();
        try {
            return inside;
        } finally {
            lock.unlock();
        }
    }

    int waiting() {
        lock.lock();
        try {
            return waiting;
        } finally {
            lock.unlock();
        }
    }

    /** How many were sent away since the start. */
    long shed() {
        lock.lock();
        try {
            return shed;
        } finally {
            lock.unlock();
        }
    }
}
