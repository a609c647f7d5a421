package quartermaster.http;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
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
import quartermaster.unit.Imported;
import quartermaster.workbook.read.UnreadableWorkbookException;
import quartermaster.workbook.score.LongScoring;
import quartermaster.workbook.score.LongWorkbook;
import quartermaster.workbook.score.ScoredWorkbook;
import quartermaster.workspace.InForce;

/** Workbooks that come in and go back scored: at once, or where they are long, as a job. */
final class WorkbookRoutes implements AutoCloseable {
    private static final int ACCEPTED = 202;
    private static final int NO_CONTENT = 204;
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
        this.jobs = new Jobs(uploadFolder, parses, costly, clock);
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
                begin(ctx, upload.name(), scored.later(), scored.decider(), today);
                return scored;
            }
            timing.end("score");
            record(scored.atOnce().answers(), Duration.ofNanos(System.nanoTime() - begun), Guard.actor(ctx));
            ctx.header("Server-Timing", timing.header());
            answer(ctx, upload.name(), scored.atOnce());
            return scored;
        });
    }

    /** One of the two. */
    private record Scored(
            ScoredWorkbook.@Nullable Result atOnce,
            @Nullable LongWorkbook later,
            Decider decider) {}

    private Scored atOnceOrLong(byte[] upload, Decider decider, LocalDate today) throws UnreadableWorkbookException {
        try {
            return new Scored(scoring.score(upload, decider, today), null, decider);
        } catch (UnreadableWorkbookException e) {
            if (e.reason() != UnreadableWorkbookException.Reason.SIZE) {
                throw e;
            }
            return new Scored(null, LongWorkbook.open(upload, e), decider);
        }
    }

    private void begin(
            Context ctx, @Nullable String name, @Nullable LongWorkbook workbook, Decider decider, LocalDate today) {
        if (workbook == null) {
            throw new IllegalStateException("There is nothing to score.");
        }
        long begun = System.nanoTime();
        String actor = Guard.actor(ctx);
        Job job = jobs.start(
                name,
                (watch, to) -> LongScoring.score(workbook, decider, today, watch, to),
                result -> record(result.answers(), Duration.ofNanos(System.nanoTime() - begun), actor));
        ctx.status(ACCEPTED).header("Location", job.path()).header("Retry-After", ASK_AGAIN_AFTER_SECONDS);
        MediaTypes.giveJson(ctx, JsonText.of(job.fields()));
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
        Job job = jobs.find(ctx.pathParam("id"));
        if (!job.state().isEnd()) {
            ctx.header("Retry-After", ASK_AGAIN_AFTER_SECONDS);
        }
        MediaTypes.giveJson(ctx, JsonText.of(job.fields()));
    }

    private void result(Context ctx) throws Exception {
        if (rescores.result(ctx)) {
            return;
        }
        Guard.require(ctx, Role.DECIDE);
        Job job = jobs.find(ctx.pathParam("id"));
        ProblemDocument failure = job.failure();
        if (failure != null) {
            throw new Refusal(failure);
        }
        LongScoring.Result result = job.result();
        if (result == null) {
            throw Refusal.notDone(job.id(), job.state());
        }
        ctx.header("Vary", "Accept");
        if (MediaTypes.prefersJson(ctx.header("Accept"))) {
            MediaTypes.giveJson(ctx, DecisionWriter.writeWorkbook(result.answers(), result.problems()));
            return;
        }
        String name = job.uploaded() == null ? null : job.uploaded().replaceFirst("(?i)\\.xlsm$", ".xlsx");
        ctx.header("Content-Disposition", Attachment.scored(name));
        ctx.contentType(MediaTypes.WORKBOOK).result(Files.newInputStream(job.file()));
    }

    /** Ends what runs and deletes what was made. */
    @Override
    public void close() {
        jobs.close();
    }
}
