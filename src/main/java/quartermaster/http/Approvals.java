package quartermaster.http;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quartermaster.http.guard.Guard;
import quartermaster.http.guard.Needs;
import quartermaster.http.guard.Refusal;
import quartermaster.json.JsonText;
import quartermaster.ledger.KeptApproval;
import quartermaster.ledger.Ledger;
import quartermaster.ledger.WaitingApprovals;

/**
 * What one person wants in force although others win than cases want, until a second one agrees. It is held in the ledger: a
 * restart keeps it, and whichever service shares the ledger may be asked.
 */
final class Approvals {
    private static final Logger LOG = LoggerFactory.getLogger(Approvals.class);
    private static final Duration KEPT = Duration.ofDays(1);
    private static final long MOST_BYTES = 60_000_000; // of what was sent
    private static final int ACCEPTED = 202;
    private static final int NO_CONTENT = 204;

    private final boolean wanted;
    private final Ledger ledger;
    private final Clock clock;

    /** @param wanted whether a second person is asked for at all */
    Approvals(boolean wanted, Ledger ledger, Clock clock) {
        this.wanted = wanted;
        this.ledger = ledger;
        this.clock = clock;
    }

    /** What is done when it is agreed to, and answers. */
    interface Doing {
        /** @param actor both persons */
        void run(Context ctx, KeptApproval agreed, String actor) throws Exception;
    }

    boolean areWanted() {
        return wanted;
    }

    void register(JavalinConfig config, Doing doing) {
        config.routes.get("/approvals", this::list, Needs.EDIT);
        config.routes.get("/approvals/{id}", this::show, Needs.EDIT);
        config.routes.post("/approvals/{id}", ctx -> agree(ctx, doing), Needs.EDIT);
        config.routes.delete("/approvals/{id}", this::refuse, Needs.EDIT);
    }

    /**
     * Answers that somebody else has to agree.
     *
     * @param subject name of the file, or id of the version
     * @param content of the file; null for a version
     * @param expected the version that has to be in force, or * for any
     * @param change what the asker is told of it
     */
    void ask(
            Context ctx,
            String subject,
            byte @Nullable [] content,
            String expected,
            String reason,
            Map<String, @Nullable Object> change) {
        String by = Objects.requireNonNull(Guard.actor(ctx), "there are keys where two persons are wanted");
        KeptApproval asked = new KeptApproval(
                UUID.randomUUID().toString(),
                clock.instant(),
                by,
                reason,
                subject,
                content,
                expected,
                JsonText.of(change));
        if (!waiting(all -> all.add(asked, MOST_BYTES))) {
            throw Refusal.tooManyApprovals();
        }
        LOG.info("{} asks for a second person: {} ({}).", by, subject, reason);
        Map<String, @Nullable Object> answer = new LinkedHashMap<>(change);
        answer.put("advice", "A second person with the role edit has to agree: POST /approvals/" + asked.id() + ".");
        answer.put("approval", fields(asked));
        ctx.status(ACCEPTED).header("Location", "/approvals/" + asked.id());
        MediaTypes.giveJson(ctx, JsonText.of(answer));
    }

    private void list(Context ctx) {
        var all = waiting(WaitingApprovals::all);
        MediaTypes.giveJson(
                ctx,
                JsonText.of(
                        Map.of("approvals", all.stream().map(Approvals::fields).toList())));
    }

    private void show(Context ctx) {
        KeptApproval asked = find(ctx);
        String fields = JsonText.of(fields(asked));
        MediaTypes.giveJson(ctx, fields.substring(0, fields.length() - 1) + ",\"change\":" + asked.change() + "}");
    }

    private void agree(Context ctx, Doing doing) throws Exception {
        KeptApproval asked = find(ctx);
        String second = String.valueOf(Guard.actor(ctx));
        if (second.equals(asked.askedBy())) {
            throw Refusal.samePerson(second);
        }
        doing.run(ctx, asked, asked.askedBy() + " and " + second);
        delete(asked);
    }

    private void refuse(Context ctx) {
        KeptApproval asked = find(ctx);
        delete(asked);
        LOG.info("{} is not agreed to, says {}.", asked.subject(), Guard.actor(ctx));
        ctx.status(NO_CONTENT);
    }

    private KeptApproval find(Context ctx) {
        String id = ctx.pathParam("id");
        return waiting(all -> all.find(id)).orElseThrow(() -> Refusal.unknownApproval(id));
    }

    private void delete(KeptApproval asked) {
        waiting(all -> {
            all.delete(asked.id());
            return true;
        });
    }

    /** Works with what is not too old. */
    private <T> T waiting(Function<WaitingApprovals, T> work) {
        return ledger.approvals(all -> {
            all.forget(clock.instant().minus(KEPT));
            return work.apply(all);
        });
    }

    private static Map<String, @Nullable Object> fields(KeptApproval asked) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("id", asked.id());
        fields.put("what", asked.content() == null ? "version " + asked.subject() : asked.subject());
        fields.put("askedBy", asked.askedBy());
        fields.put("reason", asked.reason());
        fields.put("askedAt", asked.askedAt());
        fields.put("forgottenAt", asked.askedAt().plus(KEPT));
        return fields;
    }
}
