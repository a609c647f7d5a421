package quartermaster.http;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import quartermaster.http.guard.Needs;
import quartermaster.http.guard.Refusal;
import quartermaster.json.DecisionRecord;
import quartermaster.json.JsonText;
import quartermaster.ledger.DecisionLog;
import quartermaster.ledger.KeptDecision;
import quartermaster.workspace.InForce;

/** What was decided, newest first, a line each: by label, time or version, or only what was answered with advice. */
record DecisionList(InForce inForce) {
    private static final int USUAL = 50;
    private static final int MOST = 500;
    private static final int LOOKED_AT = 2_000; // at a time; each has to be read to be found by its label
    private static final int PAGE = 100;

    void register(JavalinConfig config) {
        config.routes.get("/decisions", this::list, Needs.READ);
    }

    private void list(Context ctx) {
        int limit = limit(ctx.queryParam("limit"));
        DecisionLog.Search search = new DecisionLog.Search(
                Objects.requireNonNullElse(time(ctx, "since"), Instant.EPOCH),
                time(ctx, "until"),
                version(ctx.queryParam("version")),
                true);
        DecisionLog.Position after = position(ctx.queryParam("after"));
        String label = ctx.queryParam("label");
        boolean advised = "true".equals(ctx.queryParam("advised"));
        List<Map<String, @Nullable Object>> found = new ArrayList<>();
        int lookedAt = 0;
        do {
            DecisionLog.Page page = inForce.history().ledger().decisions(search, after, PAGE);
            after = page.next();
            for (KeptDecision kept : page.decisions()) {
                Map<String, @Nullable Object> line = DecisionRecord.line(
                        kept.id(), kept.createdAt(), kept.versionId(), kept.request(), kept.answer());
                if (isWanted(line, label, advised)) {
                    found.add(line);
                }
                lookedAt++;
                boolean isLast = after == null
                        && kept.equals(page.decisions().get(page.decisions().size() - 1));
                if (!isLast && (found.size() == limit || lookedAt == LOOKED_AT)) {
                    after = DecisionLog.Position.of(kept);
                    break;
                }
            }
        } while (after != null && found.size() < limit && lookedAt < LOOKED_AT);
        if (after != null) {
            ctx.header("Link", "<" + next(ctx, after) + ">; rel=\"next\"");
        }
        MediaTypes.giveJson(ctx, JsonText.of(Map.of("decisions", found)));
    }

    private static boolean isWanted(Map<String, @Nullable Object> line, @Nullable String label, boolean advised) {
        boolean labelled = label == null || line.get("labels") instanceof List<?> labels && labels.contains(label);
        return labelled && (!advised || line.get("headline") != null);
    }

    /** The same question about what comes after. */
    private static String next(Context ctx, DecisionLog.Position after) {
        StringBuilder query = new StringBuilder();
        ctx.queryParamMap().forEach((name, values) -> {
            if (!name.equals("after")) {
                values.forEach(value -> query.append(encoded(name))
                        .append('=')
                        .append(encoded(value))
                        .append('&'));
            }
        });
        return ctx.path() + "?" + query + "after=" + encoded(after.toString());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** A version's id, or the first digits of it. */
    private @Nullable String version(@Nullable String text) {
        return text == null ? null : inForce.history().requireVersion(text).id();
    }

    private static DecisionLog.@Nullable Position position(@Nullable String text) {
        return text == null
                ? null
                : DecisionLog.Position.parse(text)
                        .orElseThrow(() -> Refusal.invalidParameter("after", text, "what Link of the page before has"));
    }

    private static int limit(@Nullable String text) {
        if (text == null) {
            return USUAL;
        }
        if (!text.matches("\\d{1,4}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > MOST) {
            throw Refusal.invalidParameter("limit", text, "a whole number from 1 to " + MOST);
        }
        return Integer.parseInt(text);
    }

    static @Nullable Instant time(Context ctx, String name) {
        String text = ctx.queryParam(name);
        if (text == null) {
            return null;
        }
        try {
            return text.length() <= "2026-11-30".length()
                    ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw Refusal.invalidParameter(name, text, "a day or a moment, e.g. 2026-11-30 or 2026-11-30T08:00:00Z");
        }
    }
}
