package quartermaster.json;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import quartermaster.decision.Verdict;
import quartermaster.decision.analysis.PolicyFinding;
import quartermaster.decision.analysis.Preview;
import quartermaster.decision.cases.CaseKind;
import quartermaster.decision.cases.CaseOutcome;
import quartermaster.decision.cases.Comparison;
import quartermaster.decision.cases.KnowledgeChange;
import quartermaster.unit.Choice;
import quartermaster.unit.Place;
import quartermaster.unit.Problem;

/** Writes previews as JSON. */
public final class PreviewWriter {
    private static final int SCORE_DECIMALS = 4;

    private PreviewWriter() {}

    public static String write(Preview preview) {
        return JsonText.of(toMap(preview));
    }

    public static Map<String, @Nullable Object> toMap(Preview preview) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("passes", preview.passes());
        fields.put("needsYes", preview.needsYes());
        fields.put("before", preview.before());
        fields.put("after", preview.after());
        fields.put("problems", preview.problems());
        fields.put(
                "analysis",
                preview.analysis().stream().map(PreviewWriter::finding).toList());
        fields.put("casesRun", preview.casesRun());
        fields.put("failedCases", outcomes(preview.cases()));
        fields.put(
                "changedCells",
                preview.edits().stream().flatMap(PreviewWriter::edited).toList());
        if (!preview.asked().isEmpty()) {
            fields.put(
                    "answers",
                    preview.asked().stream().map(PreviewWriter::comparison).toList());
        }
        fields.put("compared", preview.compared());
        fields.put("answeredDifferently", preview.comparisons().size());
        fields.put(
                "otherWinners",
                preview.comparisons().stream().filter(Comparison::changesWinner).count());
        fields.put(
                "changes",
                preview.comparisons().stream().map(PreviewWriter::comparison).toList());
        return fields;
    }

    /**
     * An edit that is not in force.
     *
     * @param advice what to do now, in words
     */
    public static Map<String, @Nullable Object> broken(
            List<Problem> problems, List<CaseOutcome> failedCases, Instant since, String advice) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("since", since);
        fields.put("advice", advice);
        fields.put("problems", problems);
        fields.put("failedCases", outcomes(failedCases));
        return fields;
    }

    private static Map<String, @Nullable Object> finding(PolicyFinding finding) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("level", Choice.id(finding.level()));
        fields.put("code", finding.code());
        fields.put("message", finding.message());
        fields.put("at", finding.at());
        fields.put("example", finding.example());
        return fields;
    }

    private static Map<String, @Nullable Object> outcome(CaseOutcome outcome) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("id", outcome.tested().id());
        fields.put("statement", outcome.tested().statement());
        fields.put("at", outcome.tested().at());
        fields.put("kind", Choice.id(outcome.breaksTruth() ? CaseKind.TRUTH : CaseKind.PREFERENCE));
        fields.put("needsYes", outcome.needsYes());
        CaseOutcome.Earlier earlier = outcome.earlier();
        if (earlier != null) {
            fields.put("winnerBefore", earlier.winner());
        }
        fields.put("winnerAfter", outcome.winner());
        fields.put("failed", outcome.failed().map(PreviewWriter::check).toList());
        return fields;
    }

    private static Map<String, @Nullable Object> check(CaseOutcome.Check check) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("column", check.column());
        fields.put("kind", Choice.id(check.kind()));
        fields.put("expected", check.expected());
        fields.put("found", check.found());
        return fields;
    }

    /** Cases, each with what it expected and did not find, and who won before and wins after. */
    public static List<Map<String, @Nullable Object>> outcomes(List<CaseOutcome> outcomes) {
        return outcomes.stream().map(PreviewWriter::outcome).toList();
    }

    private static Map<String, @Nullable Object> comparison(Comparison comparison) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("about", comparison.about());
        fields.putAll(winners(comparison));
        fields.put(
                "candidates",
                comparison.changes().stream().map(PreviewWriter::change).toList());
        return fields;
    }

    /** Who won and who wins, by how much, and by which rows. */
    static Map<String, @Nullable Object> winners(Comparison comparison) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("winnerBefore", comparison.winnerBefore());
        fields.put("winnerAfter", comparison.winnerAfter());
        fields.put("changesWinner", comparison.changesWinner());
        fields.put("before", winner(comparison.before()));
        fields.put("after", winner(comparison.after()));
        fields.put(
                "causes", comparison.causes().stream().map(PreviewWriter::cause).toList());
        return fields;
    }

    private static @Nullable Map<String, @Nullable Object> winner(Comparison.@Nullable Winner winner) {
        if (winner == null) {
            return null;
        }
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("candidate", winner.candidate());
        fields.put("score", Rounded.to(SCORE_DECIMALS, winner.score()));
        fields.put("next", winner.next());
        fields.put("lead", Rounded.to(SCORE_DECIMALS, winner.lead()));
        return fields;
    }

    private static Map<String, @Nullable Object> cause(Comparison.Cause cause) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("candidate", cause.candidate());
        fields.put("what", cause.what());
        fields.put("scoreBefore", Rounded.to(SCORE_DECIMALS, cause.scoreBefore()));
        fields.put("scoreAfter", Rounded.to(SCORE_DECIMALS, cause.scoreAfter()));
        fields.put("at", cause.at());
        fields.put("cells", cause.cells());
        return fields;
    }

    /** A changed row as its cells, any other as one thing. */
    private static Stream<Map<String, @Nullable Object>> edited(KnowledgeChange change) {
        boolean came = change.kind() == KnowledgeChange.Kind.ADDED;
        boolean went = change.kind() == KnowledgeChange.Kind.REMOVED;
        return change.cells().isEmpty()
                ? Stream.of(edited(change, change.at(), null, came ? null : change.row(), went ? null : change.row()))
                : change.cells().stream()
                        .map(cell -> edited(change, cell.at(), cell.column(), cell.before(), cell.after()));
    }

    private static Map<String, @Nullable Object> edited(
            KnowledgeChange change,
            Place at,
            @Nullable String column,
            @Nullable String before,
            @Nullable String after) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("at", at);
        fields.put("file", at.file());
        fields.put("sheet", at instanceof Place.Cell cell ? cell.sheet() : null);
        fields.put("cell", at instanceof Place.Cell cell ? cell.address() : null);
        fields.put("kind", Choice.id(change.kind()));
        fields.put("row", change.row());
        fields.put("column", column);
        fields.put("before", before);
        fields.put("after", after);
        return fields;
    }

    private static Map<String, @Nullable Object> change(Comparison.Change change) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("candidate", change.candidate());
        fields.put("scoreBefore", Rounded.to(SCORE_DECIMALS, change.scoreBefore()));
        fields.put("scoreAfter", Rounded.to(SCORE_DECIMALS, change.scoreAfter()));
        fields.put("verdictBefore", verdict(change.verdictBefore()));
        fields.put("verdictAfter", verdict(change.verdictAfter()));
        Map<String, @Nullable Object> steps = new LinkedHashMap<>();
        change.steps().forEach((step, points) -> steps.put(step.id(), Rounded.to(SCORE_DECIMALS, points)));
        fields.put("steps", steps);
        fields.put("newRejections", List.copyOf(change.newRejections()));
        return fields;
    }

    private static @Nullable String verdict(@Nullable Verdict verdict) {
        return verdict == null ? null : Choice.id(verdict);
    }
}
