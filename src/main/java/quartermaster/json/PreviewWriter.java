package quartermaster.json;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import quartermaster.decision.Verdict;
import quartermaster.decision.analysis.PolicyFinding;
import quartermaster.decision.analysis.Preview;
import quartermaster.decision.cases.CaseKind;
import quartermaster.decision.cases.CaseOutcome;
import quartermaster.decision.cases.Comparison;
import quartermaster.unit.Choice;
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
        fields.put("winnerBefore", comparison.winnerBefore());
        fields.put("winnerAfter", comparison.winnerAfter());
        fields.put(
                "candidates",
                comparison.changes().stream().map(PreviewWriter::change).toList());
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
