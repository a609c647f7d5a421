package quartermaster.http;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quartermaster.http.guard.Refusal;
import quartermaster.json.ProblemDocument;
import quartermaster.workbook.read.UnreadableWorkbookException;
import quartermaster.workbook.score.LongScoring;

/** Work that takes longer than a request may: one after another, each result kept for an hour after it was made. */
final class Jobs implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Jobs.class);
    private static final int MOST_UNENDED = 3; // each holds what was uploaded
    private static final String CLIENT = "jobs";
    private static final Duration MOST_TIME = Duration.ofHours(1); // of one
    private static final Duration KEPT = Duration.ofHours(1);
    private static final Duration PATIENCE = Duration.ofSeconds(10); // for the one that runs when all stops
    private static final int INTERNAL = 500;

    private final Path folder;
    private final AdmissionGate parses;
    private final CostlyWork costly;
    private final Clock clock;
    private final Map<String, Job> jobs = new ConcurrentHashMap<>();
    private final ExecutorService executor = Executors.newSingleThreadExecutor(Jobs::thread);

    /**
     * @param folder for results
     * @param costly the gate that they pass in turns
     * @param parses what a job waits at, together with all others that work on workbooks
     */
    Jobs(Path folder, AdmissionGate parses, CostlyWork costly, Clock clock) {
        this.costly = costly;
        this.folder = folder;
        this.parses = parses;
        this.clock = clock;
    }

    /** Scores a workbook into a file and tells how far it is. */
    interface Work {
        LongScoring.Result run(LongScoring.Watch watch, OutputStream to)
                throws UnreadableWorkbookException, IOException;
    }

    /**
     * @param uploaded name of the file that was sent
     * @param done is told of the result
     * @throws Refusal where too many wait already
     */
    synchronized Job start(@Nullable String uploaded, Work work, Consumer<LongScoring.Result> done) {
        forgetOld();
        if (jobs.values().stream().filter(job -> !job.state().isEnd()).count() >= MOST_UNENDED) {
            throw Refusal.busy();
        }
        String id = UUID.randomUUID().toString();
        Job job = new Job(id, uploaded, folder.resolve("job-" + id + ".xlsx"), clock.instant());
        jobs.put(id, job);
        executor.execute(() -> run(job, work, done));
        return job;
    }

    Job find(String id) {
        forgetOld();
        Job job = jobs.get(id);
        if (job == null) {
            throw Refusal.unknownJob(id);
        }
        return job;
    }

    /** Ends it where it still runs, and deletes its result. */
    void remove(String id) {
        Job job = find(id);
        job.cancel(clock.instant());
        jobs.remove(id);
        delete(job);
    }

    private void run(Job job, Work work, Consumer<LongScoring.Result> done) {
        if (!job.begin()) {
            return;
        }
        try {
            LongScoring.Result result = parses.passWhenever(() -> {
                try (OutputStream to = new BufferedOutputStream(Files.newOutputStream(job.file()))) {
                    return costly.runBehind(CLIENT, turn -> work.run(inTurns(job, turn), to));
                }
            });
            done.accept(result);
            job.done(result, clock.instant());
        } catch (UnreadableWorkbookException e) {
            job.failed(Failures.document(e), clock.instant());
        } catch (Refusal e) {
            job.failed(e.document(), clock.instant());
        } catch (OutOfMemoryError e) {
            LOG.error("A job ran out of memory.", e);
            job.failed(Refusal.tooMuchForMemory().document(), clock.instant());
        } catch (Exception e) {
            if (job.state() != Job.State.CANCELLED) {
                LOG.error("A job failed.", e);
                String detail = "Something failed inside the service; its log says what.";
                job.failed(
                        ProblemDocument.of(INTERNAL, "internal-server-error", "Internal Server Error", detail),
                        clock.instant());
            }
        } finally {
            if (job.state() != Job.State.DONE) {
                delete(job);
            }
        }
    }

    /** Between two parts of it, others come first; all threads that work on it wait meanwhile. */
    private LongScoring.Watch inTurns(Job job, Turn turn) {
        Instant until = clock.instant().plus(MOST_TIME);
        return (phase, done, all) -> {
            job.at(phase, done, all);
            if (clock.instant().isAfter(until)) {
                throw Refusal.overdue(MOST_TIME);
            }
            synchronized (turn) {
                try {
                    turn.letOthers();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new CancellationException("The job " + job.id() + " was interrupted.");
                }
            }
        };
    }

    private void forgetOld() {
        Instant before = clock.instant().minus(KEPT);
        jobs.values().removeIf(job -> {
            Instant ended = job.ended();
            boolean old = ended != null && ended.isBefore(before);
            if (old) {
                delete(job);
            }
            return old;
        });
    }

    private static void delete(Job job) {
        try {
            Files.deleteIfExists(job.file());
        } catch (IOException e) {
            LOG.warn("The result of a job could not be deleted: {}", e.toString());
        }
    }

    @Override
    public void close() {
        jobs.values().forEach(job -> job.cancel(clock.instant()));
        executor.shutdownNow();
        try { // else one that runs might write once more into the folder
            executor.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        jobs.values().forEach(Jobs::delete);
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "jobs");
        thread.setDaemon(true);
        return thread;
    }
}
