package quartermaster.workbook.read;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/** Threads of the library that go on after their deadline. None can be stopped, so the whole program has one count of them. */
public final class OverdueWork {
    private static final long BETWEEN_LOOKS_NANOS = 50_000_000;
    private static final int MOST = 1; // one that never ends must not stop the service for ever
    private static final Set<Thread> THREADS = ConcurrentHashMap.newKeySet();

    private OverdueWork() {}

    static void add(Thread thread) {
        THREADS.add(thread);
    }

    /** Waits a while for it to end; false where so much still goes on that it may take the memory of other workbooks. */
    public static boolean leavesRoomWithin(Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (goesOn() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(BETWEEN_LOOKS_NANOS);
        }
        return !goesOn() || THREADS.size() <= MOST;
    }

    static boolean goesOn() {
        THREADS.removeIf(thread -> !thread.isAlive());
        return !THREADS.isEmpty();
    }
}
