package quartermaster.http;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quartermaster.http.guard.Guard;
import quartermaster.http.guard.Needs;
import quartermaster.http.guard.Refusal;
import quartermaster.json.JsonText;

/**
 * What one person wants in force although others win than cases want, until a second one agrees. It is held in memory: whoever
 * asked asks again after a restart.
 */
final class Approvals {
    private static final Logger LOG = LoggerFactory.getLogger(Approvals.class);
    private static final Duration KEPT = Duration.ofDays(1);
    private static final long MOST_BYTES = 60_000_000; // of what was sent
    private static final int ACCEPTED = 202;
    private static final int NO_CONTENT = 204;

    private final boolean wanted;
    private final Clock clock;
    private final Map<String, Asked> pending = new LinkedHashMap<>();

    /** @param wanted whether a second person is asked for at all */
    Approvals(boolean wanted, Clock clock) {
        this.wanted = wanted;
        this.clock = clock;
    }

    /** What is done when it is agreed to, and answers. */
    interface Doing {
        /** @param actor both persons */
        void run(Context ctx, String actor) throws Exception;
    }

    /**
     * @param what is to be put in force, in words
     * @param change what the asker was told of it
     * @param bytes that it holds
     */
    private record Asked(
            String id, String what, String by, String reason, Instant at, String change, long bytes, Doing doing) {
        Map<String, @Nullable Object> fields() {
            Map<String, @Nullable Object> fields = new LinkedHashMap<>();
            fields.put("id", id);
            fields.put("what", what);
            fields.put("askedBy", by);
            fields.put("reason", reason);
            fields.put("askedAt", at);
            fields.put("forgottenAt", at.plus(KEPT));
            return fields;
        }
    }

    boolean areWanted() {
        return wanted;
    }

    void register(JavalinConfig config) {
        config.routes.get("/approvals", this::list, Needs.EDIT);
        config.routes.get("/approvals/{id}", this::show, Needs.EDIT);
        config.routes.post("/approvals/{id}", this::agree, Needs.EDIT);
        config.routes.delete("/approvals/{id}", this::refuse, Needs.EDIT);
    }

    /** Answers that somebody else has to agree. */
    void ask(Context ctx, String what, String reason, Map<String, @Nullable Object> change, long bytes, Doing doing) {
        String by = Objects.requireNonNull(Guard.actor(ctx), "there are keys where two persons are wanted");
        String told = JsonText.of(change);
        Asked asked = new Asked(UUID.randomUUID().toString(), what, by, reason, clock.instant(), told, bytes, doing);
        synchronized (pending) {
            forgetOld();
            long held = pending.values().stream().mapToLong(Asked::bytes).sum();
            if (held + bytes > MOST_BYTES) {
                throw Refusal.tooManyApprovals();
            }
            pending.put(asked.id(), asked);
        }
        LOG.info("{} asks for a second person: {} ({}).", by, what, reason);
        Map<String, @Nullable Object> answer = new LinkedHashMap<>(change);
        answer.put("advice", "A second person with the role edit has to agree: POST /approvals/" + asked.id() + ".");
        answer.put("approval", asked.fields());
        ctx.status(ACCEPTED).header("Location", "/approvals/" + asked.id());
        json(ctx, answer);
    }

    private void list(Context ctx) {
        synchronized (pending) {
            forgetOld();
            json(
                    ctx,
                    Map.of(
                            "approvals",
                            pending.values().stream().map(Asked::fields).toList()));
        }
    }

    private void show(Context ctx) {
        Asked asked = find(ctx);
        String fields = JsonText.of(asked.fields());
        String all = fields.substring(0, fields.length() - 1) + ",\"change\":" + asked.change() + "}";
        ctx.contentType(MediaTypes.JSON).result(all.getBytes(StandardCharsets.UTF_8));
    }

    private void agree(Context ctx) throws Exception {
        Asked asked = find(ctx);
        String second = String.valueOf(Guard.actor(ctx));
        if (second.equals(asked.by())) {
            throw Refusal.samePerson(second);
        }
        asked.doing().run(ctx, asked.by() + " and " + second);
        synchronized (pending) {
            pending.remove(asked.id());
        }
    }

    private void refuse(Context ctx) {
        Asked asked = find(ctx);
        synchronized (pending) {
            pending.remove(asked.id());
        }
        LOG.info("{} is not agreed to, says {}.", asked.what(), Guard.actor(ctx));
        ctx.status(NO_CONTENT);
    }

    private Asked find(Context ctx) {
        String id = ctx.pathParam("id");
        synchronized (pending) {
            forgetOld();
            Asked asked = pending.get(id);
            if (asked == null) {
                throw Refusal.unknownApproval(id);
            }
            return asked;
        }
    }

    private void forgetOld() {
        Instant before = clock.instant().minus(KEPT);
        pending.values().removeIf(each -> each.at().isBefore(before));
    }

    private static void json(Context ctx, Map<String, ? extends @Nullable Object> fields) {
        ctx.contentType(MediaTypes.JSON).result(JsonText.of(fields).getBytes(StandardCharsets.UTF_8));
    }
}
