package quartermaster.http;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import quartermaster.access.Role;
import quartermaster.http.guard.Guard;
import quartermaster.http.guard.Needs;
import quartermaster.http.guard.Refusal;
import quartermaster.json.JsonText;
import quartermaster.json.ProblemDocument;
import quartermaster.json.RescoreLines;
import quartermaster.ledger.DecisionLog;
import quartermaster.ledger.JobState;
import quartermaster.ledger.KeptRescore;
import quartermaster.ledger.Ledger;
import quartermaster.ledger.Manifest;
import quartermaster.unit.Choice;
import quartermaster.unit.Digests;
import quartermaster.unit.Imported;
import quartermaster.workbook.score.RescoreWorkbook;
import quartermaster.workspace.InForce;
import quartermaster.workspace.Workspace;

/** The log under a draft, as a job that outlives the service: asked for, looked at, and taken away. */
final class RescoreRoutes implements AutoCloseable {
    private static final String PREFIX = "rescore-";
    private static final int ACCEPTED = 202;
    private static final int NO_CONTENT = 204;
    private static final int PERCENT = 100;
    private static final int MOST_UNENDED = 3;
    private static final Duration KEPT = Duration.ofDays(7);
    private static final String ASK_AGAIN_AFTER_SECONDS = "2";
    private static final Map<String, String> PARTS =
            Map.of("policy", Workspace.POLICY, "catalogue", Workspace.CATALOGUE);

    private final InForce inForce;
    private final Clock clock;
    private final Bodies bodies;
    private final CostlyWork costly;
    private final Rescoring rescoring;

    RescoreRoutes(InForce inForce, Clock clock, Bodies bodies, CostlyWork costly) {
        this.inForce = inForce;
        this.clock = clock;
        this.bodies = bodies;
        this.costly = costly;
        this.rescoring = new Rescoring(inForce, costly);
    }

    void register(JavalinConfig config) {
        config.routes.post("/rescores", this::begin, Needs.EDIT);
    }

    private void begin(Context ctx) throws Exception {
        Map<String, byte[]> draft = new TreeMap<>();
        bodies.parts(ctx, PARTS.keySet()).forEach((part, bytes) -> draft.put(PARTS.get(part), bytes));
        Instant since = Objects.requireNonNullElse(DecisionList.time(ctx, "since"), Instant.EPOCH);
        Workspace.Loaded before = inForce.now();
        if (!draft.isEmpty()) {
            costly.runLong(ctx, turn -> requireSound(before, draft));
        }
        KeptRescore job = kept(before, draft, since, Guard.actor(ctx));
        rescoring.call();
        ctx.status(ACCEPTED).header("Location", "/jobs/" + job.id()).header("Retry-After", ASK_AGAIN_AFTER_SECONDS);
        json(ctx, fields(job));
    }

    private Workspace.Loaded requireSound(Workspace.Loaded before, Map<String, byte[]> draft) {
        Imported<Workspace.@Nullable Loaded> drafted = inForce.drafted(before, draft);
        if (drafted.value() == null) {
            throw Refusal.invalid(drafted.problems());
        }
        return drafted.value();
    }

    private KeptRescore kept(
            Workspace.Loaded before, Map<String, byte[]> draft, Instant since, @Nullable String actor) {
        Map<String, byte[]> files = new HashMap<>();
        Map<String, String> digests = new TreeMap<>();
        draft.forEach((name, bytes) -> {
            digests.put(name, Digests.of(bytes));
            files.put(Digests.of(bytes), bytes);
        });
        Instant now = clock.instant();
        KeptRescore job = KeptRescore.wanted(
                PREFIX + UUID.randomUUID(),
                now,
                actor,
                before.decider().versions().workspace(),
                Manifest.of(digests),
                since,
                now,
                ledger().count(DecisionLog.Search.oldestFirst(since, now)));
        ledger().rescores(jobs -> {
            jobs.forget(now.minus(KEPT));
            if (jobs.unended() >= MOST_UNENDED) {
                throw Refusal.busy();
            }
            jobs.add(job, files);
            return true;
        });
        return job;
    }

    /** False where it is another kind of job. */
    boolean show(Context ctx) {
        Optional<KeptRescore> found = find(ctx);
        found.ifPresent(job -> {
            if (!job.state().isEnd()) {
                ctx.header("Retry-After", ASK_AGAIN_AFTER_SECONDS);
            }
            json(ctx, fields(job));
        });
        return found.isPresent();
    }

    /** False where it is another kind of job. */
    boolean result(Context ctx) throws Exception {
        Optional<KeptRescore> found = find(ctx);
        if (found.isEmpty()) {
            return false;
        }
        KeptRescore job = found.get();
        if (job.state() == JobState.FAILED) {
            throw new Refusal(ProblemDocument.of(
                    Refusal.UNPROCESSABLE, "job-failed", "The job failed", String.valueOf(job.result())));
        }
        if (job.state() != JobState.DONE) {
            throw Refusal.notDone(job.id(), job.state());
        }
        ctx.header("Vary", "Accept");
        if (MediaTypes.prefersWorkbook(ctx.header("Accept"))) {
            byte[] workbook = costly.run(ctx, turn -> workbook(job));
            ctx.header("Content-Disposition", Attachment.header("rescored.xlsx"));
            ctx.contentType(MediaTypes.WORKBOOK).result(workbook);
        } else {
            ctx.contentType(MediaTypes.JSON_LINES);
            writeLines(job, ctx);
        }
        return true;
    }

    private void writeLines(KeptRescore job, Context ctx) throws IOException {
        Writer to = new BufferedWriter(new OutputStreamWriter(ctx.outputStream(), StandardCharsets.UTF_8));
        String[] headAndSums = String.valueOf(job.result()).split("\n", 2);
        line(to, headAndSums[0]);
        ledger().rescores(jobs -> {
            jobs.forEachLine(job.id(), each -> line(to, each));
            return true;
        });
        line(to, headAndSums[1]);
        to.flush();
    }

    private static void line(Writer to, String line) {
        try {
            to.write(line);
            to.write('\n');
        } catch (IOException e) {
            throw new UncheckedIOException("Nobody reads it any more.", e);
        }
    }

    private byte[] workbook(KeptRescore job) {
        RescoreWorkbook workbook = new RescoreWorkbook(
                RescoreLines.Head.parse(String.valueOf(job.result()).split("\n", 2)[0])
                        .orElseThrow(),
                inForce.now().decider().catalogue());
        ledger().rescores(jobs -> {
            jobs.forEachLine(job.id(), each -> RescoreLines.Line.parse(each).ifPresent(workbook::add));
            return true;
        });
        return workbook.write();
    }

    /** False where it is another kind of job. */
    boolean remove(Context ctx) {
        Optional<KeptRescore> found = find(ctx);
        found.ifPresent(job -> {
            ledger().rescores(jobs -> {
                jobs.delete(job.id());
                return true;
            });
            ctx.status(NO_CONTENT);
        });
        return found.isPresent();
    }

    /** What is kept is for those who may read it, or try drafts on it. */
    private Optional<KeptRescore> find(Context ctx) {
        String id = ctx.pathParam("id");
        if (!id.startsWith(PREFIX)) {
            return Optional.empty();
        }
        if (!Guard.may(ctx, Role.EDIT)) {
            Guard.require(ctx, Role.READ);
        }
        return Optional.of(ledger().rescores(jobs -> jobs.find(id)).orElseThrow(() -> Refusal.unknownJob(id)));
    }

    private static Map<String, @Nullable Object> fields(KeptRescore job) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("id", job.id());
        fields.put("kind", "rescore");
        fields.put("status", Choice.id(job.state()));
        fields.put("done", job.done());
        fields.put("of", job.total());
        fields.put("percent", job.total() == 0 ? null : Math.min(PERCENT, PERCENT * job.done() / job.total()));
        fields.put("since", job.createdAt());
        fields.put("actor", job.actor());
        if (job.state() == JobState.DONE) {
            fields.put("result", "/jobs/" + job.id() + "/result");
            fields.put(
                    "sums", RescoreLines.Sums.parse(String.valueOf(job.result()).split("\n", 2)[1]));
        } else if (job.result() != null) {
            fields.put("detail", job.result());
        }
        return fields;
    }

    private Ledger ledger() {
        return inForce.history().ledger();
    }

    private static void json(Context ctx, Map<String, ? extends @Nullable Object> fields) {
        ctx.contentType(MediaTypes.JSON).result(JsonText.of(fields).getBytes(StandardCharsets.UTF_8));
    }

    /** What runs is left to be gone on with. */
    @Override
    public void close() {
        rescoring.close();
    }
}
