package quartermaster.workbook;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Threads of the library that go on after their deadline. None can be stopped, so the whole program has one count of them. */
public final class OverdueWork {
    private static final Set<Thread> THREADS = ConcurrentHashMap.newKeySet();

    private OverdueWork() {}

    static void add(Thread thread) {
        THREADS.add(thread);
    }

    /** Whether some goes on, and takes the memory that other workbooks need. */
    public static boolean goesOn() {
        THREADS.removeIf(thread -> !thread.isAlive());
        return !THREADS.isEmpty();
    }
}
