package quartermaster.http;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import quartermaster.http.guard.Needs;
import quartermaster.http.guard.Refusal;
import quartermaster.json.DecisionRecord;
import quartermaster.json.JsonText;
import quartermaster.json.ProblemDocument;
import quartermaster.workspace.InForce;

/** What was decided, newest first, a line each: by label, since a day, or only what was answered with advice. */
record DecisionList(InForce inForce) {
    private static final int USUAL = 50;
    private static final int MOST = 500;
    private static final int LOOKED_AT = 2_000; // of the newest; each has to be read to be found by its label

    void register(JavalinConfig config) {
        config.routes.get("/decisions", this::list, Needs.READ);
    }

    private void list(Context ctx) {
        int limit = limit(ctx.queryParam("limit"));
        Instant since = since(ctx.queryParam("since"));
        String label = ctx.queryParam("label");
        boolean advised = "true".equals(ctx.queryParam("advised"));
        List<Map<String, @Nullable Object>> found = new ArrayList<>();
        inForce.history().ledger().flush();
        inForce.history().ledger().forEachNewestDecision(LOOKED_AT, kept -> {
            if (found.size() >= limit || kept.createdAt().isBefore(since)) {
                return;
            }
            Map<String, @Nullable Object> line =
                    DecisionRecord.line(kept.id(), kept.createdAt(), kept.versionId(), kept.request(), kept.answer());
            boolean labelled = label == null || line.get("labels") instanceof List<?> labels && labels.contains(label);
            if (labelled && (!advised || line.get("headline") != null)) {
                found.add(line);
            }
        });
        ctx.contentType(MediaTypes.JSON)
                .result(JsonText.of(Map.of("decisions", found)).getBytes(StandardCharsets.UTF_8));
    }

    private static int limit(@Nullable String text) {
        if (text == null) {
            return USUAL;
        }
        if (!text.matches("\\d{1,4}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > MOST) {
            throw wrong("limit", text, "a whole number from 1 to " + MOST);
        }
        return Integer.parseInt(text);
    }

    private static Instant since(@Nullable String text) {
        if (text == null) {
            return Instant.EPOCH;
        }
        try {
            return text.length() <= "2026-11-30".length()
                    ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw wrong("since", text, "a day or a moment, e.g. 2026-11-30 or 2026-11-30T08:00:00Z");
        }
    }

    private static Refusal wrong(String name, String found, String expected) {
        String detail = "Found ?" + name + "=" + found + "; expected " + expected + ".";
        return new Refusal(ProblemDocument.of(Refusal.UNPROCESSABLE, "invalid-parameter", "Invalid parameter", detail));
    }
}
