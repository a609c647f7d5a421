package quartermaster.http;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import quartermaster.decision.Decision;
import quartermaster.workspace.VersionHistory;

/** Answers are kept before they are given; where that cannot be, or takes too long, they say so. */
final class Keeping {
    private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(500); // for all of a request together

    private final VersionHistory history;
    private final AtomicLong notKept = new AtomicLong();

    Keeping(VersionHistory history) {
        this.history = history;
    }

    /** How many answers said so. */
    long notKept() {
        return notKept.get();
    }

    /** Begins to keep an answer. */
    Answered begin(Decision decision, String text, Duration took, @Nullable String actor) {
        return new Answered(text, history.record(decision, text, took, actor));
    }

    /** Keeps one answer whose text somebody else sends; whether it is on the disk. */
    boolean keep(Decision decision, String text, Duration took, @Nullable String actor) {
        long until = System.nanoTime() + (history.ledger().isFailing() ? 0 : PATIENCE_NANOS);
        boolean isKept = isKept(history.record(decision, text, took, actor), until);
        notKept.addAndGet(isKept ? 0 : 1);
        return isKept;
    }

    /** What is sent, in the same order; waits a moment until all of it is kept. */
    List<byte[]> end(List<Answered> answers) {
        long until = System.nanoTime() + (history.ledger().isFailing() ? 0 : PATIENCE_NANOS);
        List<byte[]> texts = new ArrayList<>();
        for (Answered each : answers) {
            boolean isKept = isKept(each.kept(), until);
            notKept.addAndGet(isKept ? 0 : 1);
            texts.add(each.bytes(isKept));
        }
        return texts;
    }

    private static boolean isKept(CompletableFuture<Boolean> kept, long until) {
        try {
            return kept.get(Math.max(0, until - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | ExecutionException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
