package quartermaster.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Kept decisions as JSON, and the proof that they can be made again. */
public final class DecisionRecord {
    private static final JsonFactory JSON = new JsonFactory();
    private static final Pattern NEW_EACH_TIME =
            Pattern.compile("(?<=^\\{)\"decisionId\":\"[^\"]*\",\"decidedAt\":\"[^\"]*\",");
    private static final int MOST_DIFFERENCES = 20;

    private DecisionRecord() {}

    /** @param actor who asked; null when nobody had to say who he is */
    public static String write(
            String id,
            Instant createdAt,
            String version,
            Duration duration,
            @Nullable String actor,
            String request,
            String answer) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("id", id);
        fields.put("createdAt", createdAt);
        fields.put("version", version);
        fields.put("durationMicroseconds", duration.toNanos() / 1000);
        fields.put("actor", actor);
        fields.put("request", tree(request));
        fields.put("answer", tree(answer));
        return JsonText.of(fields);
    }

    /** What {@link #write} was given. */
    public record Written(
            String id,
            Instant createdAt,
            String version,
            Duration duration,
            @Nullable String actor,
            String request,
            String answer,
            LocalDate asOf) {}

    /** What {@link #write} wrote; empty for anything else. */
    public static Optional<Written> read(String line) {
        if (!(treeOrNull(line) instanceof Map<?, ?> fields)
                || !(fields.get("request") instanceof Map<?, ?> request)
                || !(fields.get("answer") instanceof Map<?, ?> answer)
                || !(fields.get("durationMicroseconds") instanceof Number duration)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Written(
                    String.valueOf(fields.get("id")),
                    Instant.parse(String.valueOf(fields.get("createdAt"))),
                    String.valueOf(fields.get("version")),
                    Duration.of(duration.longValue(), ChronoUnit.MICROS),
                    fields.get("actor") instanceof String actor ? actor : null,
                    JsonText.of(request),
                    JsonText.of(answer),
                    LocalDate.parse(String.valueOf(answer.get("asOf")))));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** What a list of decisions says of one; of the answer, which is long, only its own first fields are read. */
    public static Map<String, @Nullable Object> line(
            String id, Instant createdAt, String version, String request, String answer) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("id", id);
        fields.put("createdAt", createdAt);
        fields.put("version", version);
        if (tree(request) instanceof Map<?, ?> asked && asked.get("workload") instanceof Map<?, ?> workload) {
            for (String name : List.of("name", "type", "model", "labels")) {
                fields.put(name, workload.get(name));
            }
        }
        for (String name : List.of("outcome", "headline")) {
            fields.put(name, text(name, answer));
        }
        return fields;
    }

    /** The text of a field of the answer itself. */
    private static @Nullable String text(String name, String answer) {
        try (JsonParser parser = JSON.createParser(answer)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean found = parser.currentName().equals(name);
                parser.nextToken();
                if (found) {
                    return parser.getValueAsString();
                }
                parser.skipChildren();
            }
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException("What was kept is no JSON.", e);
        }
    }

    /** Who won in a kept answer: {@code candidate} as comparisons name it, and {@code score}; null where nobody did. */
    static @Nullable Map<String, @Nullable Object> winner(String answer) {
        try (JsonParser parser = JSON.createParser(answer)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean found = parser.currentName().equals("recommendations");
                parser.nextToken();
                if (found) {
                    return parser.nextToken() == JsonToken.START_OBJECT ? winner(parser) : null;
                }
                parser.skipChildren();
            }
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException("What was kept is no JSON.", e);
        }
    }

    private static Map<String, @Nullable Object> winner(JsonParser recommendation) throws IOException {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        while (recommendation.nextToken() == JsonToken.FIELD_NAME && fields.size() < 2) {
            String name = recommendation.currentName();
            recommendation.nextToken();
            if (name.equals("candidate")) {
                Object candidate = JsonTree.read(recommendation, new ProblemList());
                fields.put(name, candidate instanceof Map<?, ?> it ? named(it) : null);
            } else if (name.equals("score")) {
                fields.put(name, recommendation.getDoubleValue());
            } else {
                recommendation.skipChildren();
            }
        }
        return fields;
    }

    private static String named(Map<?, ?> candidate) {
        Object offer = candidate.get("offer");
        Object model = candidate.get("model"); // there where several are compared
        return (model == null ? "" : model + " on ") + candidate.get("hardware") + " × " + candidate.get("devices")
                + " " + candidate.get("acquisition")
                + (offer == null ? "" : " (" + offer + ")") + " " + candidate.get("engine") + " "
                + candidate.get("quantization");
    }

    /** Whether a kept answer holds what follows from the decision, too. */
    public static boolean isAdvised(String answer) {
        return tree(answer) instanceof Map<?, ?> fields && fields.containsKey("stability");
    }

    /** Whether both answers are the same, byte for byte but for id and time; else where they differ. */
    public static String replayed(String id, String version, String kept, String again) {
        boolean same = withoutWhatIsNew(kept).equals(withoutWhatIsNew(again));
        List<Map<String, @Nullable Object>> differences = new ArrayList<>();
        if (!same) {
            compare("", tree(withoutWhatIsNew(kept)), tree(withoutWhatIsNew(again)), differences);
        }
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("decisionId", id);
        fields.put("version", version);
        fields.put("same", same);
        fields.put("differences", differences);
        return JsonText.of(fields);
    }

    private static String withoutWhatIsNew(String answer) {
        return NEW_EACH_TIME.matcher(answer).replaceAll("");
    }

    private static void compare(
            String at, @Nullable Object kept, @Nullable Object again, List<Map<String, @Nullable Object>> found) {
        if (found.size() >= MOST_DIFFERENCES) {
            return;
        }
        if (kept instanceof Map<?, ?> one && again instanceof Map<?, ?> other) {
            Set<Object> names = new LinkedHashSet<>(one.keySet());
            names.addAll(other.keySet());
            names.forEach(
                    name -> compare(JsonTree.child(at, String.valueOf(name)), one.get(name), other.get(name), found));
        } else if (kept instanceof List<?> one && again instanceof List<?> other) {
            for (int i = 0; i < Math.max(one.size(), other.size()); i++) {
                compare(
                        at + "/" + i,
                        i < one.size() ? one.get(i) : null,
                        i < other.size() ? other.get(i) : null,
                        found);
            }
        } else if (!Objects.equals(kept, again)) {
            Map<String, @Nullable Object> difference = new LinkedHashMap<>();
            difference.put("at", at);
            difference.put("kept", kept);
            difference.put("again", again);
            found.add(difference);
        }
    }

    /** Null of what is no JSON. */
    private static @Nullable Object treeOrNull(String json) {
        try {
            return tree(json);
        } catch (UncheckedIOException e) {
            return null;
        }
    }

    private static @Nullable Object tree(String json) {
        try (JsonParser parser = JSON.createParser(json)) {
            parser.nextToken();
            return JsonTree.read(parser, new ProblemList());
        } catch (IOException e) {
            throw new UncheckedIOException("What was kept is no JSON.", e);
        }
    }
}
