package quartermaster.http;

import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import quartermaster.json.ProblemDocument;
import quartermaster.unit.Choice;
import quartermaster.workbook.score.LongScoring;
import quartermaster.workbook.score.LongScoring.Phase;

/** A long table of candidates that is scored while its sender does something else. */
final class Job implements LongScoring.Watch {
    private static final int PERCENT = 100;

    private final String id;
    private final @Nullable String uploaded;
    private final Instant since;
    private final Path file;
    private volatile State state = State.WAITING;
    private volatile @Nullable Progress progress;
    private volatile LongScoring.@Nullable Result result;
    private volatile @Nullable ProblemDocument failure;
    private volatile @Nullable Instant ended;

    /** How far a job is. */
    enum State {
        WAITING,
        RUNNING,
        DONE,
        FAILED,
        CANCELLED;

        boolean isEnd() {
            return ordinal() >= DONE.ordinal();
        }
    }

    /** @param all 0 while nobody knows */
    private record Progress(Phase phase, long done, long all) {}

    /**
     * @param uploaded name of the file that was sent
     * @param file that the result is written to
     */
    Job(String id, @Nullable String uploaded, Path file, Instant since) {
        this.id = id;
        this.uploaded = uploaded;
        this.file = file;
        this.since = since;
    }

    String id() {
        return id;
    }

    String path() {
        return "/jobs/" + id;
    }

    @Nullable
    String uploaded() {
        return uploaded;
    }

    Path file() {
        return file;
    }

    State state() {
        return state;
    }

    @Nullable
    Instant ended() {
        return ended;
    }

    /** Null until it is done. */
    LongScoring.@Nullable Result result() {
        return result;
    }

    /** Why it failed; null where it has not. */
    @Nullable
    ProblemDocument failure() {
        return failure;
    }

    /** False where it was cancelled before it could begin. */
    synchronized boolean begin() {
        if (state == State.WAITING) {
            state = State.RUNNING;
        }
        return state == State.RUNNING;
    }

    synchronized void cancel(Instant now) {
        end(State.CANCELLED, now);
    }

    synchronized void done(LongScoring.Result made, Instant now) {
        result = made;
        end(State.DONE, now);
    }

    synchronized void failed(ProblemDocument why, Instant now) {
        failure = why;
        end(State.FAILED, now);
    }

    private void end(State wanted, Instant now) {
        if (!state.isEnd()) {
            state = wanted;
            ended = now;
        }
    }

    @Override
    public void at(Phase phase, long done, long all) {
        if (state == State.CANCELLED || Thread.currentThread().isInterrupted()) {
            throw new CancellationException("The job " + id + " was cancelled.");
        }
        progress = new Progress(phase, done, all);
    }

    /** What its sender is told. */
    Map<String, @Nullable Object> fields() {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("id", id);
        fields.put("status", Choice.id(state));
        Progress far = progress;
        if (far != null && state == State.RUNNING) {
            fields.put("phase", Choice.id(far.phase()));
            fields.put("done", far.done());
            fields.put("of", far.all() == 0 ? null : far.all());
            fields.put("percent", far.all() == 0 ? null : PERCENT * far.done() / far.all());
        }
        fields.put("since", since);
        LongScoring.Result made = result;
        if (state == State.DONE && made != null) {
            fields.put("candidates", made.candidates());
            fields.put("problems", made.problems().size());
            fields.put("result", path() + "/result");
        }
        ProblemDocument why = failure;
        if (why != null) {
            fields.put("detail", why.detail());
        }
        return fields;
    }
}
