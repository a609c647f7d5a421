package quartermaster.http;

import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quartermaster.decision.Decision;
import quartermaster.decision.engine.Decider;
import quartermaster.http.guard.Refusal;
import quartermaster.json.DecisionWriter;
import quartermaster.json.ProblemDocument;
import quartermaster.ledger.KeptDecision;
import quartermaster.ledger.KeptWorkbook;
import quartermaster.ledger.Ledger;
import quartermaster.ledger.LedgerException;
import quartermaster.ledger.WorkbookJobs.Content;
import quartermaster.unit.Imported;
import quartermaster.workbook.read.UnreadableWorkbookException;
import quartermaster.workbook.score.LongScoring;
import quartermaster.workbook.score.LongWorkbook;
import quartermaster.workspace.InForce;
import quartermaster.workspace.VersionHistory;

/**
 * Workbooks that take longer than a request may: one after another, each result kept for an hour after it was made. They are
 * in the ledger, so other services on it take part; what one leaves, another begins anew.
 */
final class Jobs implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Jobs.class);
    private static final int MOST_UNENDED = 8;
    private static final long MOST_BYTES = 512_000_000; // of all uploads and results
    private static final int MOST_ATTEMPTS = 3; // one that ends services is not handed on for ever
    private static final String CLIENT = "jobs";
    private static final Duration KEPT = Duration.ofHours(1);
    private static final long TELL_EVERY_MILLIS = 1_000;
    private static final int INTERNAL = 500;

    private final InForce inForce;
    private final Path folder;
    private final AdmissionGate parses;
    private final CostlyWork costly;
    private final Clock clock;
    private final String owner = UUID.randomUUID().toString();
    private final JobThread thread = new JobThread(CLIENT, this::workOnNext);
    private final ScheduledExecutorService telling = Executors.newSingleThreadScheduledExecutor(Jobs::thread);
    private volatile @Nullable Job running;

    /**
     * @param folder for results while they are made
     * @param parses what a job waits at, together with all others that work on workbooks
     * @param costly the gate that they pass in turns
     */
    Jobs(InForce inForce, Path folder, AdmissionGate parses, CostlyWork costly, Clock clock) {
        this.inForce = inForce;
        this.folder = folder;
        this.parses = parses;
        this.costly = costly;
        this.clock = clock;
        thread.start();
        ScheduledFuture<?> unused =
                telling.scheduleWithFixedDelay(this::tell, TELL_EVERY_MILLIS, TELL_EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    /**
     * @param name of the file that was sent
     * @throws Refusal where too many wait already
     */
    KeptWorkbook start(byte[] upload, @Nullable String name, Decider decider, LocalDate today, @Nullable String actor) {
        KeptWorkbook job = KeptWorkbook.wanted(
                UUID.randomUUID().toString(),
                clock.instant(),
                actor,
                name,
                decider.versions().workspace(),
                today);
        forgetOld();
        if (!ledger().<Boolean>workbooks(jobs -> jobs.add(job, upload, MOST_UNENDED, MOST_BYTES))) {
            throw Refusal.busy();
        }
        thread.call();
        return job;
    }

    KeptWorkbook find(String id) {
        forgetOld();
        return ledger().workbooks(jobs -> jobs.find(id)).orElseThrow(() -> Refusal.unknownJob(id));
    }

    /** A file that a job has made. */
    InputStream open(String id, Content content) {
        return ledger().workbooks(jobs -> jobs.open(id, content)).orElseThrow(() -> Refusal.unknownJob(id));
    }

    /** Deletes it and its result; where it still runs, that ends. */
    void remove(String id) {
        find(id);
        ledger().workbooks(jobs -> {
            jobs.delete(id);
            return true;
        });
        Job now = running;
        if (now != null && now.id().equals(id)) {
            now.cancel();
        }
    }

    private void forgetOld() {
        if (ledger().workbooks(jobs -> jobs.forget(clock.instant().minus(KEPT))) > 0) {
            ledger().giveBackSpace();
        }
    }

    private boolean workOnNext() {
        Optional<KeptWorkbook> next = ledger().workbooks(jobs -> jobs.claim(owner, Instant.now()));
        next.ifPresent(this::work);
        return next.isPresent();
    }

    /** Says how far the one that runs is, and hears whether it is still wanted. */
    private void tell() {
        Job job = running;
        if (job == null) {
            return;
        }
        try {
            if (!ledger().<Boolean>workbooks(
                            jobs -> jobs.reached(job.id(), owner, job.phase(), job.done(), job.all(), Instant.now()))) {
                job.cancel();
            }
        } catch (RuntimeException e) { // the next time it may go better; the lease is longer
            LOG.debug("How far a job is cannot be told: {}", e.toString());
        }
    }

    private void work(KeptWorkbook job) {
        if (job.attempts() > MOST_ATTEMPTS) {
            String detail =
                    "It was begun " + MOST_ATTEMPTS + " times, and each time the service ended. Send fewer rows.";
            fail(job, ProblemDocument.of(Refusal.UNPROCESSABLE, "job-failed", "The job failed", detail));
            return;
        }
        Path file = folder.resolve("job-" + job.id() + ".xlsx");
        try {
            work(job, file);
        } catch (CancellationException e) {
            LOG.info("{}", e.getMessage());
        } catch (LedgerException e) { // it is begun anew when that goes
            throw e;
        } catch (UnreadableWorkbookException e) {
            fail(job, Failures.document(e));
        } catch (Refusal e) {
            fail(job, e.document());
        } catch (OutOfMemoryError e) {
            LOG.error("A job ran out of memory.", e);
            fail(job, Refusal.tooMuchForMemory().document());
        } catch (Exception e) {
            Job now = running;
            if (now != null && now.isOver()) {
                LOG.info("The job {} is no longer worked on here.", job.id());
                return;
            }
            LOG.error("A job failed.", e);
            String detail = "Something failed inside the service; its log says what.";
            fail(
                    job,
                    Failures.isDiskFull(e)
                            ? Refusal.diskFull().document()
                            : ProblemDocument.of(INTERNAL, "internal-server-error", "Internal Server Error", detail));
        } finally {
            running = null;
            delete(file);
        }
    }

    private void work(KeptWorkbook job, Path file) throws Exception {
        long begun = System.nanoTime();
        Job now = new Job(job.id(), clock, thread::isClosed);
        running = now;
        Decider decider = inForce.version(job.versionId()).decider();
        LongScoring.Result result = parses.passWhenever(() -> costly.runBehind(CLIENT, turn -> {
            byte[] upload = ledger().workbooks(jobs -> jobs.read(job.id(), Content.UPLOAD))
                    .orElseThrow(() -> new CancellationException("The job " + job.id() + " was deleted."));
            try (OutputStream to = new BufferedOutputStream(Files.newOutputStream(file))) {
                return LongScoring.score(LongWorkbook.openAgain(upload), decider, job.asOf(), now.begin(turn), to);
            }
        }));
        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        byte[] answers = DecisionWriter.writeWorkbook(result.answers(), result.problems())
                .getBytes(StandardCharsets.UTF_8);
        try (InputStream made = Files.newInputStream(file)) {
            boolean isKept = ledger().<Boolean>workbooks(jobs -> {
                return jobs.add(job.id(), owner, Content.WORKBOOK, made)
                        && jobs.add(job.id(), owner, Content.ANSWERS, new ByteArrayInputStream(answers))
                        && jobs.done(
                                job.id(),
                                owner,
                                result.candidates(),
                                result.problems().size(),
                                decisions(result.answers(), took, job.actor()),
                                clock.instant());
            });
            if (!isKept) {
                throw new CancellationException("The job " + job.id() + " was deleted, or another service has it.");
            }
        }
    }

    /** @param took for all of them together */
    private static List<KeptDecision> decisions(
            List<Imported<@Nullable Decision>> answers, Duration took, @Nullable String actor) {
        List<KeptDecision> decisions = new ArrayList<>();
        for (Imported<@Nullable Decision> answer : answers) {
            Decision decision = answer.value();
            if (decision != null) {
                decisions.add(VersionHistory.kept(
                        decision, DecisionWriter.write(decision, null), took.dividedBy(answers.size()), actor));
            }
        }
        return decisions;
    }

    private void fail(KeptWorkbook job, ProblemDocument why) {
        ledger().<Boolean>workbooks(jobs -> jobs.failed(job.id(), owner, why.toJson(), clock.instant()));
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warn("The result of a job could not be deleted: {}", e.toString());
        }
    }

    private Ledger ledger() {
        return inForce.history().ledger();
    }

    /** What has been begun is left to others, or to the next start. */
    @Override
    public void close() {
        thread.close();
        telling.shutdownNow();
        try {
            ledger().workbooks(jobs -> {
                jobs.giveBack(owner);
                return true;
            });
        } catch (LedgerException e) {
            LOG.debug("Jobs are free again when their lease is over: {}", e.toString());
        }
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "telling of jobs");
        thread.setDaemon(true);
        return thread;
    }
}
