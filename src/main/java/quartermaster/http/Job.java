package quartermaster.http;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import quartermaster.http.guard.Refusal;
import quartermaster.unit.Choice;
import quartermaster.workbook.score.LongScoring;
import quartermaster.workbook.score.LongScoring.Phase;

/** A long table of candidates that this service scores at present. */
final class Job implements LongScoring.Watch {
    private static final Duration MOST_TIME = Duration.ofHours(1);

    private final String id;
    private final Clock clock;
    private final Instant until;
    private final BooleanSupplier stops;
    private volatile @Nullable Turn turn; // null until it has come in
    private volatile @Nullable Progress progress;
    private volatile boolean cancelled;

    /** @param all 0 while nobody knows */
    private record Progress(Phase phase, long done, long all) {}

    /** @param stops whether the service does */
    Job(String id, Clock clock, BooleanSupplier stops) {
        this.id = id;
        this.clock = clock;
        this.until = clock.instant().plus(MOST_TIME);
        this.stops = stops;
    }

    Job begin(Turn itsTurn) {
        check();
        turn = itsTurn;
        return this;
    }

    String id() {
        return id;
    }

    /** It is no longer ours. */
    void cancel() {
        cancelled = true;
    }

    @Nullable
    String phase() {
        Progress now = progress;
        return now == null ? null : Choice.id(now.phase());
    }

    long done() {
        Progress now = progress;
        return now == null ? 0 : now.done();
    }

    long all() {
        Progress now = progress;
        return now == null ? 0 : now.all();
    }

    /** Between two parts of it, others come first; all threads that work on it wait meanwhile. */
    @Override
    public void at(Phase phase, long done, long all) {
        check();
        progress = new Progress(phase, done, all);
        if (clock.instant().isAfter(until)) {
            throw Refusal.overdue(MOST_TIME);
        }
        Objects.requireNonNull(turn).pause();
    }

    /** Whether it is to end here, whatever becomes of it; what it throws then may be anything. */
    boolean isOver() {
        return cancelled || stops.getAsBoolean();
    }

    private void check() {
        if (isOver() || Thread.currentThread().isInterrupted()) {
            throw new CancellationException("The job " + id + " is no longer worked on here.");
        }
    }
}
