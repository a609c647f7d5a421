package quartermaster.http;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quartermaster.json.RescoreLines;
import quartermaster.ledger.DecisionLog;
import quartermaster.ledger.KeptRescore;
import quartermaster.ledger.Ledger;
import quartermaster.ledger.LedgerException;
import quartermaster.unit.Imported;
import quartermaster.unit.Problem;
import quartermaster.workspace.InForce;
import quartermaster.workspace.Rescore;
import quartermaster.workspace.Workspace;

/**
 * Works on the jobs that decide the log again, one after another, a part at a time and in turns with what clients wait for.
 * Other services on the same ledger take part; what one leaves, another goes on with.
 */
final class Rescoring implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Rescoring.class);
    private static final String CLIENT = "rescoring";
    private static final int AT_ONCE = 8; // so that nobody else waits long
    private static final long LOOK_EVERY_MILLIS = 2_000;
    private static final long PATIENCE_MILLIS = 10_000; // with the part that runs when all stops

    private final InForce inForce;
    private final CostlyWork costly;
    private final String owner = UUID.randomUUID().toString();
    private final Semaphore called = new Semaphore(0);
    private final Thread thread = new Thread(this::work, CLIENT);
    private volatile boolean closed;

    Rescoring(InForce inForce, CostlyWork costly) {
        this.inForce = inForce;
        this.costly = costly;
        thread.setDaemon(true);
        thread.start();
    }

    /** There is a new one. */
    void call() {
        called.release();
    }

    private void work() {
        while (!closed) {
            try {
                Optional<KeptRescore> next = ledger().rescores(jobs -> jobs.claim(owner, Instant.now()));
                if (next.isPresent()) {
                    work(next.get());
                } else {
                    pause();
                }
            } catch (LedgerException e) { // it says so itself
                LOG.debug("The ledger has no work at present: {}", e.toString());
                pause();
            } catch (RuntimeException | OutOfMemoryError e) {
                LOG.error("A job failed and is tried again later.", e);
                pause();
            }
        }
    }

    private void pause() {
        try {
            called.tryAcquire(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
            called.drainPermits();
        } catch (InterruptedException e) {
            closed = true;
        }
    }

    private void work(KeptRescore job) {
        try {
            Workspace.Loaded before = inForce.version(job.versionId());
            Imported<Workspace.@Nullable Loaded> drafted = inForce.drafted(before, files(job));
            if (drafted.value() == null) {
                end(job, KeptRescore.State.FAILED, inWords(drafted));
                return;
            }
            work(job, new Rescore(before, drafted.value(), job.since(), job.until(), this::check));
        } catch (CancellationException e) {
            LOG.info("The job {} is left to be gone on with.", job.id());
        } catch (LedgerException e) { // it is taken up again when that goes
            throw e;
        } catch (Exception e) {
            LOG.error("The job {} failed.", job.id(), e);
            end(job, KeptRescore.State.FAILED, "Something failed inside the service; its log says what.");
        }
    }

    private static String inWords(Imported<?> drafted) {
        return drafted.problems().stream().map(Problem::toString).collect(Collectors.joining("\n"));
    }

    private void work(KeptRescore job, Rescore rescore) throws Exception {
        RescoreLines.Sums[] sums = {RescoreLines.Sums.NONE};
        ledger().rescores(jobs -> {
            jobs.forEachLine(job.id(), line -> sums[0] = with(sums[0], line));
            return true;
        });
        DecisionLog.Position last = job.last();
        int number = job.parts();
        boolean isEnd = false;
        while (!isEnd) {
            DecisionLog.Position from = last;
            Rescore.Part part = costly.runBehind(CLIENT, turn -> rescore.next(ledger(), from, AT_ONCE));
            DecisionLog.Position reached = part.last();
            if (reached != null && !part.lines().isEmpty()) {
                int own = number;
                boolean isOurs =
                        ledger().rescores(jobs -> jobs.add(job.id(), owner, own, part.lines(), reached, Instant.now()));
                if (!isOurs) {
                    return; // cancelled, or another service has it
                }
                part.lines().forEach(line -> sums[0] = with(sums[0], line));
                number++;
                last = reached;
            }
            isEnd = part.isEnd();
        }
        end(job, KeptRescore.State.DONE, rescore.head().json() + "\n" + sums[0].json());
    }

    private static RescoreLines.Sums with(RescoreLines.Sums sums, String line) {
        return RescoreLines.Line.parse(line).map(sums::with).orElse(sums);
    }

    private Map<String, byte[]> files(KeptRescore job) {
        Map<String, byte[]> files = new TreeMap<>();
        job.draft()
                .files()
                .forEach((name, digest) ->
                        files.put(name, ledger().findFile(digest).orElseThrow()));
        return files;
    }

    private void end(KeptRescore job, KeptRescore.State state, String result) {
        ledger().rescores(jobs -> jobs.end(job.id(), owner, state, result, Instant.now()));
    }

    private void check() {
        if (closed) {
            throw new CancellationException("The service stops.");
        }
    }

    private Ledger ledger() {
        return inForce.history().ledger();
    }

    /** What has been begun is left to others, or to the next start. */
    @Override
    public void close() {
        closed = true;
        call();
        try {
            thread.join(PATIENCE_MILLIS);
            ledger().rescores(jobs -> {
                jobs.giveBack(owner);
                return true;
            });
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (LedgerException e) {
            LOG.debug("Jobs are free again when their lease is over: {}", e.toString());
        }
    }
}
