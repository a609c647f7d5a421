package quartermaster.decision.analysis;

import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import quartermaster.decision.Versions;
import quartermaster.decision.cases.CaseOutcome;
import quartermaster.decision.cases.Comparison;
import quartermaster.decision.cases.KnowledgeChange;
import quartermaster.unit.Problem;

/**
 * What changed files would do, before they are in force.
 *
 * @param after null where the files cannot decide
 * @param problems of every file
 * @param analysis of its policy
 * @param cases that do not hold: broken truths and changed preferences
 * @param casesRun how many there are
 * @param comparisons requests of cases and of past decisions whose answer would change
 * @param compared how many requests were asked again
 * @param edits what differs between both, cell by cell
 * @param asked the requests that somebody gave, each with both answers, whether they differ or not
 */
public record Preview(
        Versions before,
        @Nullable Versions after,
        List<Problem> problems,
        List<PolicyFinding> analysis,
        List<CaseOutcome> cases,
        int casesRun,
        List<Comparison> comparisons,
        int compared,
        List<KnowledgeChange> edits,
        List<Comparison> asked) {
    public Preview {
        problems = List.copyOf(problems);
        analysis = List.copyOf(analysis);
        cases = List.copyOf(cases);
        comparisons = List.copyOf(comparisons);
        edits = List.copyOf(edits);
        asked = List.copyOf(asked);
    }

    /** Whether nothing speaks against it. */
    public boolean passes() {
        return after != null
                && problems.isEmpty()
                && cases.stream().noneMatch(each -> each.breaksTruth() || each.needsYes())
                && analysis.stream().noneMatch(PolicyFinding::isProblem);
    }

    /** Whether nothing speaks against it but that others win than somebody wanted: a yes puts it in force. */
    public boolean needsYes() {
        return after != null
                && problems.isEmpty()
                && cases.stream().noneMatch(CaseOutcome::breaksTruth)
                && cases.stream().anyMatch(CaseOutcome::needsYes)
                && analysis.stream().noneMatch(PolicyFinding::isProblem);
    }

    /** Cases that break a truth. */
    public List<CaseOutcome> brokenTruths() {
        return cases.stream().filter(CaseOutcome::breaksTruth).toList();
    }

    /** Cases that fail only because others win. */
    public List<CaseOutcome> changedPreferences() {
        return cases.stream().filter(CaseOutcome::changesPreference).toList();
    }

    public boolean changesNothing() {
        return after != null && after.workspace().equals(before.workspace());
    }

    /** The same with candidates as people call them. */
    public Preview called(UnaryOperator<String> name) {
        return new Preview(
                before,
                after,
                problems,
                analysis,
                cases.stream().map(each -> each.called(name)).toList(),
                casesRun,
                comparisons.stream().map(each -> each.called(name)).toList(),
                compared,
                edits,
                asked.stream().map(each -> each.called(name)).toList());
    }
}
