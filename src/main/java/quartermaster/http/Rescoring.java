package quartermaster.http;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quartermaster.json.RescoreLines;
import quartermaster.ledger.DecisionLog;
import quartermaster.ledger.JobState;
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

    private final InForce inForce;
    private final CostlyWork costly;
    private final String owner = UUID.randomUUID().toString();
    private final JobThread thread = new JobThread(CLIENT, this::workOnNext);

    Rescoring(InForce inForce, CostlyWork costly) {
        this.inForce = inForce;
        this.costly = costly;
        thread.start();
    }

    /** There is a new one. */
    void call() {
        thread.call();
    }

    private boolean workOnNext() {
        Optional<KeptRescore> next = ledger().rescores(jobs -> jobs.claim(owner, Instant.now()));
        next.ifPresent(this::work);
        return next.isPresent();
    }

    private void work(KeptRescore job) {
        try {
            Workspace.Loaded before = inForce.version(job.versionId());
            Imported<Workspace.@Nullable Loaded> drafted = inForce.drafted(before, files(job));
            if (drafted.value() == null) {
                end(job, JobState.FAILED, inWords(drafted));
                return;
            }
            work(job, new Rescore(before, drafted.value(), job.since(), job.until(), this::check));
        } catch (CancellationException e) {
            LOG.info("The job {} is left to be gone on with.", job.id());
        } catch (LedgerException e) { // it is taken up again when that goes
            throw e;
        } catch (Exception e) {
            LOG.error("The job {} failed.", job.id(), e);
            end(job, JobState.FAILED, "Something failed inside the service; its log says what.");
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
        end(job, JobState.DONE, rescore.head().json() + "\n" + sums[0].json());
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

    private void end(KeptRescore job, JobState state, String result) {
        ledger().rescores(jobs -> jobs.end(job.id(), owner, state, result, Instant.now()));
    }

    private void check() {
        if (thread.isClosed()) {
            throw new CancellationException("The service stops.");
        }
    }

    private Ledger ledger() {
        return inForce.history().ledger();
    }

    /** What has been begun is left to others, or to the next start. */
    @Override
    public void close() {
        thread.close();
        try {
            ledger().rescores(jobs -> {
                jobs.giveBack(owner);
                return true;
            });
        } catch (LedgerException e) {
            LOG.debug("Jobs are free again when their lease is over: {}", e.toString());
        }
    }
}
