package quartermaster.http;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import quartermaster.access.Role;
import quartermaster.catalogue.Catalogue;
import quartermaster.decision.Decision;
import quartermaster.decision.engine.Decider;
import quartermaster.http.guard.Guard;
import quartermaster.http.guard.Limits;
import quartermaster.http.guard.Needs;
import quartermaster.http.guard.Refusal;
import quartermaster.http.visit.Timing;
import quartermaster.json.DecisionWriter;
import quartermaster.json.JsonText;
import quartermaster.json.ProblemDocument;
import quartermaster.ledger.JobState;
import quartermaster.ledger.KeptWorkbook;
import quartermaster.ledger.WorkbookJobs.Content;
import quartermaster.unit.Choice;
import quartermaster.unit.Imported;
import quartermaster.workbook.read.UnreadableWorkbookException;
import quartermaster.workbook.score.LongWorkbook;
import quartermaster.workbook.score.ScoredWorkbook;
import quartermaster.workspace.InForce;

/** Workbooks that come in and go back scored: at once, or where they are long, as a job. */
final class WorkbookRoutes implements AutoCloseable {
    private static final int ACCEPTED = 202;
    private static final int NO_CONTENT = 204;
    private static final int PERCENT = 100;
    private static final String ASK_AGAIN_AFTER_SECONDS = "2";

    private final InForce inForce;
    private final WorkbookScoring scoring;
    private final Function<Catalogue, byte[]> template;
    private final Clock clock;
    private final Bodies bodies;
    private final CostlyWork costly;
    private final RescoreRoutes rescores; // jobs of another kind
    private final Repeats repeats;
    private final AdmissionGate uploads;
    private final AdmissionGate parses;
    private final Jobs jobs;

    WorkbookRoutes(
            InForce inForce,
            WorkbookScoring scoring,
            Function<Catalogue, byte[]> template,
            Clock clock,
            Limits limits,
            Path uploadFolder,
            Bodies bodies,
            CostlyWork costly,
            RescoreRoutes rescores,
            Repeats repeats) {
        this.inForce = inForce;
        this.scoring = scoring;
        this.template = template;
        this.clock = clock;
        this.bodies = bodies;
        this.costly = costly;
        this.rescores = rescores;
        this.repeats = repeats;
        this.uploads = new AdmissionGate(limits.uploadsAtOnce(), Duration.ZERO);
        this.parses = new AdmissionGate(limits.workbooksAtOnce(), limits.patience());
        this.jobs = new Jobs(inForce, uploadFolder, parses, costly, clock);
    }

    /** @param decider gives the version that a request is to be decided with */
    void register(JavalinConfig config, Function<Context, Decider> decider) {
        config.routes.post("/workbooks", ctx -> score(ctx, decider), Needs.DECIDE);
        config.routes.get("/workbooks/template.xlsx", ctx -> writeTemplate(ctx, decider), Needs.DECIDE);
        config.routes.get("/jobs/{id}", this::job, Needs.KEY);
        config.routes.get("/jobs/{id}/result", this::result, Needs.KEY);
        config.routes.delete("/jobs/{id}", this::remove, Needs.KEY);
    }

    private void score(Context ctx, Function<Context, Decider> deciders) throws Exception {
        Timing timing = new Timing();
        uploads.pass(() -> {
            Bodies.Upload upload = bodies.upload(ctx);
            if (repeats.answers(ctx, upload.bytes())) {
                return upload;
            }
            timing.end("read");
            long begun = System.nanoTime();
            LocalDate today = LocalDate.now(clock);
            Scored scored = parses.pass(() -> costly.runLong(ctx, turn -> {
                return atOnceOrLong(upload.bytes(), deciders.apply(ctx), today);
            }));
            if (scored.atOnce() == null) {
                begin(ctx, upload, scored.decider(), today);
                return scored;
            }
            timing.end("score");
            record(scored.atOnce().answers(), Duration.ofNanos(System.nanoTime() - begun), Guard.actor(ctx));
            ctx.header("Server-Timing", timing.header());
            answer(ctx, upload.name(), scored.atOnce());
            return scored;
        });
    }

    /** @param atOnce null where it takes longer */
    private record Scored(ScoredWorkbook.@Nullable Result atOnce, Decider decider) {}

    private Scored atOnceOrLong(byte[] upload, Decider decider, LocalDate today) throws UnreadableWorkbookException {
        try {
            return new Scored(scoring.score(upload, decider, today), decider);
        } catch (UnreadableWorkbookException e) {
            if (e.reason() != UnreadableWorkbookException.Reason.SIZE) {
                throw e;
            }
            LongWorkbook.open(upload, e); // whether it is of use
            return new Scored(null, decider);
        }
    }

    private void begin(Context ctx, Bodies.Upload upload, Decider decider, LocalDate today) {
        KeptWorkbook job = jobs.start(upload.bytes(), upload.name(), decider, today, Guard.actor(ctx));
        ctx.status(ACCEPTED).header("Location", path(job)).header("Retry-After", ASK_AGAIN_AFTER_SECONDS);
        MediaTypes.giveJson(ctx, JsonText.of(fields(job)));
    }

    private static String path(KeptWorkbook job) {
        return "/jobs/" + job.id();
    }

    /** What its sender is told. */
    private static Map<String, @Nullable Object> fields(KeptWorkbook job) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("id", job.id());
        fields.put("status", Choice.id(job.state()));
        if (job.state() == JobState.RUNNING && job.phase() != null) {
            fields.put("phase", job.phase());
            fields.put("done", job.done());
            fields.put("of", job.total() == 0 ? null : job.total());
            fields.put("percent", job.total() == 0 ? null : PERCENT * job.done() / job.total());
        }
        fields.put("since", job.createdAt());
        if (job.state() == JobState.DONE) {
            fields.put("candidates", job.candidates());
            fields.put("problems", job.problems());
            fields.put("result", path(job) + "/result");
        }
        if (job.failure() != null) {
            fields.put("detail", ProblemDocument.parse(job.failure()).detail());
        }
        return fields;
    }

    private static void answer(Context ctx, @Nullable String name, ScoredWorkbook.Result scored) {
        ctx.header("Vary", "Accept");
        if (MediaTypes.prefersJson(ctx.header("Accept"))) {
            MediaTypes.giveJson(ctx, DecisionWriter.writeWorkbook(scored.answers(), scored.problems()));
        } else {
            boolean macros = Attachment.hasMacros(name);
            ctx.header("Content-Disposition", Attachment.scored(name));
            ctx.contentType(macros ? MediaTypes.WORKBOOK_WITH_MACROS : MediaTypes.WORKBOOK);
            ctx.result(scored.workbook());
        }
    }

    /** @param took for all of its decisions together */
    private void record(List<Imported<@Nullable Decision>> answers, Duration took, @Nullable String actor) {
        for (Imported<@Nullable Decision> answer : answers) {
            Decision decision = answer.value();
            if (decision != null) {
                CompletableFuture<Boolean> unused = inForce.history()
                        .record(decision, DecisionWriter.write(decision, null), took.dividedBy(answers.size()), actor);
            }
        }
    }

    private void writeTemplate(Context ctx, Function<Context, Decider> deciders) throws Exception {
        byte[] workbook =
                costly.run(ctx, turn -> template.apply(deciders.apply(ctx).catalogue()));
        ctx.header("Content-Disposition", Attachment.header("candidates.xlsx"));
        ctx.contentType(MediaTypes.WORKBOOK).result(workbook);
    }

    private void remove(Context ctx) {
        if (!rescores.remove(ctx)) {
            Guard.require(ctx, Role.DECIDE);
            jobs.remove(ctx.pathParam("id"));
            ctx.status(NO_CONTENT);
        }
    }

    private void job(Context ctx) {
        if (rescores.show(ctx)) {
            return;
        }
        Guard.require(ctx, Role.DECIDE);
        KeptWorkbook job = jobs.find(ctx.pathParam("id"));
        if (!job.state().isEnd()) {
            ctx.header("Retry-After", ASK_AGAIN_AFTER_SECONDS);
        }
        MediaTypes.giveJson(ctx, JsonText.of(fields(job)));
    }

    private void result(Context ctx) throws Exception {
        if (rescores.result(ctx)) {
            return;
        }
        Guard.require(ctx, Role.DECIDE);
        KeptWorkbook job = jobs.find(ctx.pathParam("id"));
        if (job.failure() != null) {
            throw new Refusal(ProblemDocument.parse(job.failure()));
        }
        if (job.state() != JobState.DONE) {
            throw Refusal.notDone(job.id(), job.state());
        }
        ctx.header("Vary", "Accept");
        if (MediaTypes.prefersJson(ctx.header("Accept"))) {
            ctx.contentType(MediaTypes.JSON).result(jobs.open(job.id(), Content.ANSWERS));
            return;
        }
        String name = job.name() == null ? null : job.name().replaceFirst("(?i)\\.xlsm$", ".xlsx");
        ctx.header("Content-Disposition", Attachment.scored(name));
        ctx.contentType(MediaTypes.WORKBOOK).result(jobs.open(job.id(), Content.WORKBOOK));
    }

    /** What runs is left to be gone on with. */
    @Override
    public void close() {
        jobs.close();
    }
}
