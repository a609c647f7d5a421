package quartermaster.http;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quartermaster.catalogue.Catalogue;
import quartermaster.decision.analysis.Preview;
import quartermaster.decision.cases.CaseOutcome;
import quartermaster.decision.engine.Decider;
import quartermaster.http.guard.Guard;
import quartermaster.http.guard.Needs;
import quartermaster.http.guard.Refusal;
import quartermaster.json.BadJsonException;
import quartermaster.json.JsonText;
import quartermaster.json.KnowledgeWriter;
import quartermaster.json.PreviewWriter;
import quartermaster.json.ProblemDocument;
import quartermaster.json.RecalibrationWriter;
import quartermaster.ledger.KeptApproval;
import quartermaster.ledger.LedgerException;
import quartermaster.request.DecisionRequest;
import quartermaster.unit.Imported;
import quartermaster.workbook.read.UnreadableWorkbookException;
import quartermaster.workbook.score.MarkedWorkbook;
import quartermaster.workbook.score.PreviewWorkbook;
import quartermaster.workspace.GivenRequests;
import quartermaster.workspace.InForce;
import quartermaster.workspace.PastRequests;
import quartermaster.workspace.Previews;
import quartermaster.workspace.Workspace;

/**
 * What the architect owns, over HTTP: seen, tried, published, and gone back to. Rules in DRL are only ever shown.
 *
 * @param recalibrate gives a catalogue whose measurements differ from those in force constants that fit them
 * @param approvals where two persons are wanted
 */
record KnowledgeRoutes(
        InForce inForce,
        Clock clock,
        Bodies bodies,
        CostlyWork costly,
        BiFunction<byte[], Catalogue, byte[]> recalibrate,
        Approvals approvals) {
    private static final Logger LOG = LoggerFactory.getLogger(KnowledgeRoutes.class);
    private static final int PAST_DECISIONS = 200;
    private static final int MOST_GIVEN = 200; // each is decided twice while the client waits
    private static final String GIVEN = "for"; // the part of a form with requests to be answered both ways

    void register(JavalinConfig config) {
        config.routes.get("/catalogue", costly.inTurn(ctx -> show(ctx, Workspace.CATALOGUE)), Needs.READ);
        config.routes.put("/catalogue", ctx -> publish(ctx, Workspace.CATALOGUE), Needs.EDIT);
        config.routes.post("/catalogue/preview", ctx -> preview(ctx, Workspace.CATALOGUE), Needs.EDIT);
        config.routes.get("/rules", costly.inTurn(this::rules), Needs.READ);
        config.routes.get("/rules/policy", costly.inTurn(ctx -> show(ctx, Workspace.POLICY)), Needs.READ);
        config.routes.put("/rules/policy", ctx -> publish(ctx, Workspace.POLICY), Needs.EDIT);
        config.routes.post("/rules/policy/preview", ctx -> preview(ctx, Workspace.POLICY), Needs.EDIT);
        config.routes.post("/versions/{id}/activate", this::activate, Needs.EDIT);
        approvals.register(config, this::agreed);
    }

    private void show(Context ctx, String file) {
        Workspace.Loaded loaded = asked(ctx);
        tag(ctx, loaded);
        ctx.header("Vary", "Accept");
        if (MediaTypes.prefersJson(ctx.header("Accept"))) {
            MediaTypes.giveJson(
                    ctx,
                    file.equals(Workspace.CATALOGUE)
                            ? KnowledgeWriter.catalogue(loaded.decider().catalogue())
                            : KnowledgeWriter.rules(loaded.decider().rules()));
            return;
        }
        ctx.header(
                "Content-Disposition",
                Attachment.header(Path.of(file).getFileName().toString()));
        ctx.contentType(MediaTypes.WORKBOOK)
                .result(loaded.files().find(file).orElseThrow(() -> new IllegalStateException(file + " is missing.")));
    }

    private void rules(Context ctx) {
        Workspace.Loaded loaded = asked(ctx);
        tag(ctx, loaded);
        MediaTypes.giveJson(ctx, KnowledgeWriter.rules(loaded.decider().rules()));
    }

    /** The version that {@code ?version=} names, else the one in force. */
    private Workspace.Loaded asked(Context ctx) {
        String version = ctx.queryParam("version");
        return version == null ? inForce.now() : inForce.version(version);
    }

    private void preview(Context ctx, String file) throws Exception {
        Bodies.Uploads sent = bodies.uploads(ctx, GIVEN);
        byte[] bytes = sent.file().bytes();
        costly.runLong(ctx, turn -> preview(ctx, file, bytes, sent.other(), turn));
    }

    private Preview preview(Context ctx, String file, byte[] bytes, Bodies.@Nullable Upload asked, Turn turn)
            throws IOException, UnreadableWorkbookException, BadJsonException {
        Map<String, DecisionRequest> given = asked == null ? Map.of() : given(asked);
        Previews.Built built = inForce.preview(Map.of(file, bytes), pastRequests(), given, turn::pause);
        ctx.header("Vary", "Accept");
        if ("true".equals(ctx.queryParam("marked"))) {
            ctx.header("Content-Disposition", Attachment.header("marked.xlsx"));
            ctx.contentType(MediaTypes.WORKBOOK)
                    .result(MarkedWorkbook.mark(bytes, built.preview().problems()));
        } else if (MediaTypes.prefersWorkbook(ctx.header("Accept"))) {
            ctx.header("Content-Disposition", Attachment.header("preview.xlsx"));
            ctx.contentType(MediaTypes.WORKBOOK)
                    .result(PreviewWorkbook.write(
                            built.preview(), inForce.now().decider().catalogue()));
        } else {
            MediaTypes.giveJson(ctx, PreviewWriter.write(built.preview()));
        }
        return built.preview();
    }

    /** The requests of the part {@code for}; all of them have to be understood. */
    private Map<String, DecisionRequest> given(Bodies.Upload asked)
            throws UnreadableWorkbookException, BadJsonException {
        String name = asked.name() == null ? GIVEN : asked.name();
        Catalogue catalogue = inForce.now().decider().catalogue();
        Imported<Map<String, DecisionRequest>> read =
                GivenRequests.read(asked.bytes(), name, catalogue, LocalDate.now(clock));
        if (!read.isClean()) {
            throw Refusal.invalid(read.problems());
        }
        if (read.value().size() > MOST_GIVEN) {
            throw Refusal.tooManyGiven(read.value().size(), MOST_GIVEN);
        }
        return read.value();
    }

    private Map<String, DecisionRequest> pastRequests() {
        try {
            return PastRequests.newest(inForce.history().ledger(), PAST_DECISIONS);
        } catch (LedgerException e) { // what is published or tried is so without them
            LOG.warn("Earlier requests are not compared: {}", e.toString());
            return Map.of();
        }
    }

    private void publish(Context ctx, String file) throws Exception {
        byte[] bytes = bodies.upload(ctx).bytes(); // first: who sends hears nothing
        String expected = expected(ctx);
        Why why = Why.of(ctx);
        inForce.requireVersion(expected); // before what takes time, and again when it is done
        costly.runLong(ctx, turn -> publish(ctx, file, bytes, expected, why, turn));
    }

    private boolean publish(Context ctx, String file, byte[] bytes, String expected, Why why, Turn turn)
            throws IOException {
        byte[] fitted = file.equals(Workspace.CATALOGUE)
                ? recalibrate.apply(bytes, inForce.now().decider().catalogue())
                : bytes;
        boolean recalibrated = !Arrays.equals(fitted, bytes);
        boolean yes = why.forced() && !approvals.areWanted();
        InForce.Published published =
                inForce.publish(Map.of(file, fitted), expected, why.reason(), yes, Guard.actor(ctx), turn::pause);
        boolean needsYes = published.built().preview().needsYes();
        if (!published.done() && needsYes && why.forced() && why.reason() != null) {
            Map<String, @Nullable Object> change = answer(published, published.before(), recalibrated, turn);
            List.of("type", "title", "status", "detail").forEach(change::remove);
            approvals.ask(ctx, file, fitted, expected, why.reason(), change);
            return false;
        }
        tell(ctx, published, recalibrated, turn);
        return published.done();
    }

    private void agreed(Context ctx, KeptApproval agreed, String actor) throws Exception {
        byte[] file = agreed.content();
        costly.runLong(ctx, turn -> {
            if (file == null) {
                InForce.Activated activated = inForce.activate(
                        agreed.subject(), agreed.expected(), agreed.reason(), true, actor, turn::pause);
                tell(ctx, activated);
                return activated.done();
            }
            InForce.Published published = inForce.publish(
                    Map.of(agreed.subject(), file), agreed.expected(), agreed.reason(), true, actor, turn::pause);
            tell(ctx, published, false, turn);
            return published.done();
        });
    }

    private void tell(Context ctx, InForce.Published published, boolean recalibrated, Turn turn) {
        Workspace.Loaded inForceNow = published.done() && published.built().loaded() != null
                ? published.built().loaded()
                : published.before();
        tag(ctx, inForceNow);
        MediaTypes.giveJson(ctx, JsonText.of(answer(published, inForceNow, recalibrated, turn)));
        refuse(ctx, published.done(), published.built().preview().needsYes());
    }

    /** @param recalibrated whether the catalogue was given other constants on the way */
    private Map<String, @Nullable Object> answer(
            InForce.Published published, Workspace.Loaded now, boolean recalibrated, Turn turn) {
        Preview preview = compared(published, turn);
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        String advice = Remedy.sent(preview);
        if (!published.done() && preview.needsYes()) {
            answer.putAll(preferencesChanged(preview.cases(), advice));
        }
        answer.put("published", published.done());
        answer.put("inForce", now.decider().versions());
        if (!published.done()) {
            answer.put("advice", advice);
        }
        Workspace.Loaded built = published.built().loaded();
        if (recalibrated && built != null) {
            answer.put(
                    "recalibration",
                    RecalibrationWriter.toMap(
                            published.before().decider().catalogue(),
                            built.decider().catalogue()));
        }
        answer.putAll(PreviewWriter.toMap(preview));
        return answer;
    }

    /** It is in force by then: a comparison that fails must not say otherwise. */
    private Preview compared(InForce.Published published, Turn turn) {
        try {
            return Previews.compared(published.before(), published.built(), pastRequests(), turn::pause)
                    .preview();
        } catch (RuntimeException e) {
            LOG.warn("What was published could not be compared with what was before.", e);
            return published.built().preview();
        }
    }

    /** Other winners conflict with what somebody wanted, until the sender says yes; all else is wrong. */
    private static void refuse(Context ctx, boolean done, boolean needsYes) {
        if (!done) {
            ctx.status(needsYes ? Refusal.CONFLICT : Refusal.UNPROCESSABLE);
            ctx.contentType(needsYes ? ProblemDocument.MEDIA_TYPE : MediaTypes.JSON);
        }
    }

    /** What a problem of RFC 9457 says, before what is known besides. */
    private static Map<String, @Nullable Object> preferencesChanged(List<CaseOutcome> failed, String advice) {
        long needYes = failed.stream().filter(CaseOutcome::needsYes).count();
        ProblemDocument problem = ProblemDocument.of(
                Refusal.CONFLICT,
                "preferences-changed",
                "Others would win",
                needYes + (needYes == 1 ? " case wants" : " cases want") + " another winner. " + advice);
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("type", problem.type());
        fields.put("title", problem.title());
        fields.put("status", problem.status());
        fields.put("detail", problem.detail());
        return fields;
    }

    private String expected(Context ctx) {
        Decider now = inForce.decider();
        return EntityTags.expected(ctx, now == null ? "" : now.versions().workspace());
    }

    /**
     * Why something is put in force.
     *
     * @param forced although others win than cases want
     */
    private record Why(@Nullable String reason, boolean forced) {
        static Why of(Context ctx) {
            String reason = ctx.queryParam("reason");
            String said = reason == null || reason.isBlank() ? null : reason.strip();
            boolean forced = "true".equals(ctx.queryParam("force"));
            if (forced && said == null) {
                throw Refusal.missingReason(
                        "To publish although others win than cases want, say why: force=true&reason=….");
            }
            return new Why(said, forced);
        }
    }

    private void activate(Context ctx) throws Exception {
        String expected = expected(ctx);
        String reason = ctx.queryParam("reason");
        if (reason == null || reason.isBlank()) {
            throw Refusal.missingReason("To go back to a version, say why: reason=….");
        }
        boolean yes = Why.of(ctx).forced();
        String id = ctx.pathParam("id");
        costly.runLong(ctx, turn -> activate(ctx, id, expected, reason, yes, turn));
    }

    private boolean activate(Context ctx, String id, String expected, String reason, boolean yes, Turn turn)
            throws IOException {
        InForce.Activated activated =
                inForce.activate(id, expected, reason, yes && !approvals.areWanted(), Guard.actor(ctx), turn::pause);
        boolean needsYes = activated.preview().brokenTruths().isEmpty();
        if (!activated.done() && needsYes && yes) {
            Map<String, @Nullable Object> change = new LinkedHashMap<>();
            change.put("activated", false);
            change.put("failedCases", PreviewWriter.outcomes(activated.preview().cases()));
            approvals.ask(ctx, id, null, expected, reason, change);
            return false;
        }
        tell(ctx, activated);
        return activated.done();
    }

    private static void tell(Context ctx, InForce.Activated activated) {
        tag(ctx, activated.loaded());
        List<CaseOutcome> failed = activated.preview().cases();
        boolean needsYes = activated.preview().brokenTruths().isEmpty();
        String advice = Remedy.activated(failed);
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        if (!activated.done() && needsYes) {
            answer.putAll(preferencesChanged(failed, advice));
        }
        answer.put("activated", activated.done());
        if (!activated.done()) {
            answer.put("advice", advice);
            answer.put("failedCases", PreviewWriter.outcomes(failed));
        }
        answer.put("inForce", activated.loaded().decider().versions());
        answer.put(
                "overwrittenDrafts",
                activated.overwritten().entrySet().stream()
                        .map(each -> Map.of("file", each.getKey(), "keptAs", each.getValue()))
                        .toList());
        MediaTypes.giveJson(ctx, JsonText.of(answer));
        refuse(ctx, activated.done(), needsYes);
    }

    private static void tag(Context ctx, Workspace.Loaded loaded) {
        ctx.header("ETag", "\"" + id(loaded) + "\"");
    }

    static String id(Workspace.Loaded loaded) {
        return loaded.decider().versions().workspace();
    }
}
