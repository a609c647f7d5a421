package quartermaster.json;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import quartermaster.decision.cases.Comparison;
import quartermaster.unit.Problem;

/**
 * The log under a draft as lines of JSON: what is compared, one for each decision that was kept, and the sums. They are
 * read back where work goes on, or becomes a workbook.
 */
public final class RescoreLines {
    private RescoreLines() {}

    /**
     * What is compared.
     *
     * @param before the version in force
     * @param after the version of the draft
     * @param until decisions after that moment are left out
     */
    public record Head(String before, String after, Instant since, Instant until) {
        public String json() {
            return JsonText.of(Map.of("rescore", this));
        }

        /** Whether the same is asked, at whatever time. */
        public boolean asksTheSame(Head other) {
            return before.equals(other.before) && after.equals(other.after) && since.equals(other.since);
        }

        public static Optional<Head> parse(String line) {
            if (!(tree(line).get("rescore") instanceof Map<?, ?> found)) {
                return Optional.empty();
            }
            try {
                return Optional.of(new Head(
                        String.valueOf(found.get("before")),
                        String.valueOf(found.get("after")),
                        Instant.parse(String.valueOf(found.get("since"))),
                        Instant.parse(String.valueOf(found.get("until")))));
            } catch (DateTimeException e) {
                return Optional.empty();
            }
        }
    }

    /**
     * How it went.
     *
     * @param answeredDifferently by the draft than by the version in force
     * @param otherWinners of these
     * @param otherThanAnswered whose winner under the draft is another than in the answer that was given
     * @param notReadable requests that cannot be decided any more
     */
    public record Sums(
            long decisions, long answeredDifferently, long otherWinners, long otherThanAnswered, long notReadable) {
        public static final Sums NONE = new Sums(0, 0, 0, 0, 0);

        public Sums with(Line line) {
            return new Sums(
                    decisions + 1,
                    answeredDifferently + (line.isDifferent ? 1 : 0),
                    otherWinners + (line.changesWinner() ? 1 : 0),
                    otherThanAnswered + (line.isOtherThanAnswered() ? 1 : 0),
                    notReadable + (line.problem == null ? 0 : 1));
        }

        public String json() {
            return JsonText.of(Map.of("sums", this));
        }

        /** What {@link #json} wrote; none of anything else. */
        public static Sums parse(String line) {
            if (!(tree(line).get("sums") instanceof Map<?, ?> found)) {
                return NONE;
            }
            return new Sums(
                    count(found, "decisions"),
                    count(found, "answeredDifferently"),
                    count(found, "otherWinners"),
                    count(found, "otherThanAnswered"),
                    count(found, "notReadable"));
        }

        private static long count(Map<?, ?> fields, String name) {
            return fields.get(name) instanceof Number number ? number.longValue() : 0;
        }
    }

    /** Who wins, and by how much. */
    public record Winner(
            String candidate,
            @Nullable Double score,
            @Nullable Double lead) {}

    /**
     * A decision under the draft.
     *
     * @param answered who won in the answer that was given; null where nothing was suitable
     * @param because what made the difference, with row and cells, a line each
     * @param problem why it cannot be decided any more; null where it can
     */
    public record Line(
            String decisionId,
            Instant decidedAt,
            @Nullable String name,
            @Nullable String type,
            @Nullable String model,
            @Nullable String labels,
            @Nullable Winner answered,
            @Nullable Winner before,
            @Nullable Winner after,
            boolean isDifferent,
            String because,
            @Nullable String problem) {
        /** The same with candidates as people call them. */
        public Line called(UnaryOperator<String> people) {
            return new Line(
                    decisionId,
                    decidedAt,
                    name,
                    type,
                    model,
                    labels,
                    called(answered, people),
                    called(before, people),
                    called(after, people),
                    isDifferent,
                    because,
                    problem);
        }

        private static @Nullable Winner called(@Nullable Winner winner, UnaryOperator<String> people) {
            return winner == null ? null : new Winner(people.apply(winner.candidate()), winner.score(), winner.lead());
        }

        public boolean changesWinner() {
            return problem == null && !candidate(before).equals(candidate(after));
        }

        public boolean isOtherThanAnswered() {
            return problem == null && !candidate(answered).equals(candidate(after));
        }

        private static String candidate(@Nullable Winner winner) {
            return winner == null ? "" : winner.candidate;
        }

        public static Optional<Line> parse(String json) {
            Map<?, ?> found = tree(json);
            if (!(found.get("decisionId") instanceof String id) || !(found.get("decidedAt") instanceof String at)) {
                return Optional.empty();
            }
            return Optional.of(new Line(
                    id,
                    Instant.parse(at),
                    text(found, "name"),
                    text(found, "type"),
                    text(found, "model"),
                    found.get("labels") instanceof List<?> labels
                            ? labels.stream().map(String::valueOf).collect(Collectors.joining(", "))
                            : null,
                    winner(found.get("answered")),
                    winner(found.get("before")),
                    winner(found.get("after")),
                    Boolean.TRUE.equals(found.get("answeredDifferently")),
                    found.get("causes") instanceof List<?> causes
                            ? causes.stream().map(RescoreLines::cause).collect(Collectors.joining("\n"))
                            : "",
                    text(found, "problem")));
        }
    }

    /** A decision that can be decided again. */
    public static String line(
            String id, Instant decidedAt, String version, String request, String answer, Comparison comparison) {
        Map<String, @Nullable Object> fields = start(id, decidedAt, version, request, answer);
        fields.put("answeredDifferently", comparison.changesAnything());
        fields.putAll(PreviewWriter.winners(comparison));
        return JsonText.of(fields);
    }

    /** One that cannot. */
    public static String line(
            String id, Instant decidedAt, String version, String request, String answer, List<Problem> problems) {
        Map<String, @Nullable Object> fields = start(id, decidedAt, version, request, answer);
        fields.put("problem", problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        return JsonText.of(fields);
    }

    private static Map<String, @Nullable Object> start(
            String id, Instant decidedAt, String version, String request, String answer) {
        Map<String, @Nullable Object> asked = DecisionRecord.line(id, decidedAt, version, request, "{}");
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("decisionId", id);
        fields.put("decidedAt", decidedAt);
        fields.put("version", version);
        for (String name : List.of("name", "type", "model", "labels")) {
            fields.put(name, asked.get(name));
        }
        fields.put("answered", DecisionRecord.winner(answer));
        return fields;
    }

    private static Map<?, ?> tree(String line) {
        try {
            return JsonTree.read(line.getBytes(StandardCharsets.UTF_8), "a line", new ProblemList())
                            instanceof Map<?, ?> found
                    ? found
                    : Map.of();
        } catch (BadJsonException e) {
            return Map.of();
        }
    }

    private static @Nullable String text(Map<?, ?> fields, String name) {
        Object value = fields.get(name);
        return value == null ? null : value.toString();
    }

    private static @Nullable Winner winner(@Nullable Object found) {
        return found instanceof Map<?, ?> fields && fields.get("candidate") != null
                ? new Winner(
                        String.valueOf(fields.get("candidate")),
                        number(fields.get("score")),
                        number(fields.get("lead")))
                : null;
    }

    private static @Nullable Double number(@Nullable Object value) {
        return value instanceof Number number ? number.doubleValue() : null;
    }

    private static String cause(@Nullable Object found) {
        if (!(found instanceof Map<?, ?> fields)) {
            return "";
        }
        List<String> cells = new ArrayList<>();
        if (fields.get("cells") instanceof List<?> list) {
            list.forEach(each -> cells.add(String.valueOf(each)));
        }
        return new Comparison.Cause(
                        String.valueOf(fields.get("candidate")),
                        String.valueOf(fields.get("what")),
                        number(fields.get("scoreBefore")),
                        number(fields.get("scoreAfter")),
                        null,
                        List.of())
                + (fields.get("at") == null ? "" : " (" + fields.get("at") + ")")
                + (cells.isEmpty() ? "" : ": " + String.join("; ", cells));
    }
}
