package quartermaster.http;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import quartermaster.advice.Advice;
import quartermaster.advice.Advisor;
import quartermaster.decision.Decision;
import quartermaster.decision.engine.Decider;
import quartermaster.http.guard.Needs;
import quartermaster.http.guard.Refusal;
import quartermaster.json.BadJsonException;
import quartermaster.json.DecisionRecord;
import quartermaster.json.DecisionWriter;
import quartermaster.json.RequestReader;
import quartermaster.ledger.KeptDecision;
import quartermaster.workspace.InForce;

/** Decisions that were kept, and what they would be now by the version of then. */
record KeptDecisionRoutes(InForce inForce, CostlyWork costly) {
    void register(JavalinConfig config) {
        config.routes.get("/decisions/{id}", this::decision, Needs.READ);
        config.routes.post("/decisions/{id}/replay", this::replay, Needs.READ);
    }

    private void decision(Context ctx) {
        KeptDecision kept = kept(ctx);
        MediaTypes.giveJson(
                ctx,
                DecisionRecord.write(
                        kept.id(),
                        kept.createdAt(),
                        kept.versionId(),
                        kept.duration(),
                        kept.actor(),
                        kept.request(),
                        kept.answer()));
    }

    private KeptDecision kept(Context ctx) {
        String id = ctx.pathParam("id");
        inForce.history().ledger().flush();
        return inForce.history().ledger().findDecision(id).orElseThrow(() -> Refusal.unknownDecision(id));
    }

    /** Decides again with the version of then, and compares the answers byte for byte but for id and time. */
    private void replay(Context ctx) throws Exception {
        KeptDecision kept = kept(ctx);
        MediaTypes.giveJson(ctx, costly.run(ctx, turn -> replayed(kept, turn)));
    }

    private String replayed(KeptDecision kept, Turn turn) throws BadJsonException {
        Decider then = inForce.version(kept.versionId()).decider().asLongAs(turn::check);
        Decision again = then.decide(RequestReader.read(kept.request(), kept.asOf())
                        .requests()
                        .get(0))
                .value();
        Advice advice = again != null && DecisionRecord.isAdvised(kept.answer()) ? new Advisor(then).of(again) : null;
        String answer = again == null ? "" : DecisionWriter.write(again, advice);
        return DecisionRecord.replayed(kept.id(), kept.versionId(), kept.answer(), answer);
    }
}
