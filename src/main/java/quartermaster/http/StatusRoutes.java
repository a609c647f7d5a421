package quartermaster.http;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import quartermaster.decision.RuleSource;
import quartermaster.decision.engine.Decider;
import quartermaster.http.guard.Needs;
import quartermaster.http.guard.Refusal;
import quartermaster.http.visit.Metrics;
import quartermaster.json.JsonText;
import quartermaster.json.PreviewWriter;
import quartermaster.json.ProblemDocument;
import quartermaster.workspace.InForce;
import quartermaster.workspace.WorkspaceRefusal;

/** How the service is: whether it is alive and ready, what is in force, what is measured. */
final class StatusRoutes {
    private static final int OK = 200;

    private final InForce inForce;
    private final Clock clock;
    private final Metrics metrics;
    private final CostlyWork costly;
    private final Keeping keeping;
    private final Instant startedAt;

    StatusRoutes(InForce inForce, Clock clock, Metrics metrics, CostlyWork costly, Keeping keeping) {
        this.inForce = inForce;
        this.clock = clock;
        this.metrics = metrics;
        this.costly = costly;
        this.keeping = keeping;
        this.startedAt = clock.instant();
    }

    void register(JavalinConfig config) {
        config.routes.get(
                "/health/live", ctx -> MediaTypes.giveJson(ctx, JsonText.of(Map.of("status", "live"))), Needs.NOTHING);
        config.routes.get("/health/ready", this::ready, Needs.NOTHING);
        config.routes.get("/status", this::status, Needs.OPERATE);
        config.routes.get(
                "/metrics",
                ctx -> ctx.contentType(Metrics.MEDIA_TYPE)
                        .result(metrics.text(samples()).getBytes(StandardCharsets.UTF_8)),
                Needs.OPERATE);
    }

    /** What the port for health answers, by path. */
    Map<String, Supplier<HealthPort.Answer>> onHealthPort() {
        return Map.of("/health/live", StatusRoutes::live, "/health/ready", this::readiness, "/metrics", this::measured);
    }

    private static HealthPort.Answer live() {
        return new HealthPort.Answer(OK, MediaTypes.JSON, JsonText.of(Map.of("status", "live")));
    }

    private HealthPort.Answer measured() {
        return new HealthPort.Answer(OK, Metrics.MEDIA_TYPE, metrics.text(samples()));
    }

    private List<Metrics.Sample> samples() {
        return Samples.of(inForce, costly, keeping, clock);
    }

    private HealthPort.Answer readiness() {
        try {
            return new HealthPort.Answer(OK, MediaTypes.JSON, JsonText.of(readyFields()));
        } catch (WorkspaceRefusal e) {
            ProblemDocument problem = Refusal.of(e).document();
            return new HealthPort.Answer(problem.status(), ProblemDocument.MEDIA_TYPE, problem.toJson());
        }
    }

    private void ready(Context ctx) {
        MediaTypes.giveJson(ctx, JsonText.of(readyFields()));
    }

    private Map<String, @Nullable Object> readyFields() {
        Map<String, @Nullable Object> ready = new LinkedHashMap<>();
        ready.put("status", "ready");
        ready.put("versions", inForce.now().decider().versions());
        putNotInForce(ready);
        if (inForce.history().ledger().isFailing()) {
            ready.put("ledger", inForce.history().status());
        }
        return ready;
    }

    /** An edit that is not in force is said wherever somebody may look. */
    private void putNotInForce(Map<String, @Nullable Object> fields) {
        InForce.Broken broken = inForce.state().broken();
        if (broken != null) {
            Decider decider = inForce.decider();
            String advice = Remedy.onDisk(
                    !broken.problems().isEmpty(),
                    broken.failedCases(),
                    decider == null ? null : decider.versions().workspace());
            fields.put(
                    "notInForce",
                    PreviewWriter.broken(broken.problems(), broken.failedCases(), broken.since(), advice));
        }
    }

    private void status(Context ctx) {
        Decider decider = inForce.decider();
        Map<String, @Nullable Object> status = new LinkedHashMap<>();
        status.put("status", decider == null ? "not-ready" : "ready");
        status.put("versions", decider == null ? null : decider.versions());
        status.put("rulesInForce", decider == null ? 0 : decider.rules().rulesInForce());
        status.put(
                "rules",
                decider == null
                        ? List.of()
                        : decider.rules().rules().stream().map(RuleSource::name).toList());
        inForce.building()
                .ifPresent(each ->
                        status.put("beingBuilt", Map.of("files", List.copyOf(each.files()), "since", each.since())));
        putNotInForce(status);
        if (decider != null && !decider.takenFromProgram().isEmpty()) {
            status.put("takenFromProgram", decider.takenFromProgram());
        }
        status.put("ledger", inForce.history().status());
        status.put("startedAt", startedAt);
        status.put("uptimeSeconds", Duration.between(startedAt, clock.instant()).toSeconds());
        MediaTypes.giveJson(ctx, JsonText.of(status));
    }
}
