package quartermaster.decision.engine;

import java.util.Comparator;
import java.util.List;
import quartermaster.decision.Assessment;
import quartermaster.decision.Contribution;
import quartermaster.decision.Finding;
import quartermaster.decision.Findings;
import quartermaster.decision.Recommendation;
import quartermaster.decision.Severity;
import quartermaster.decision.Step;
import quartermaster.decision.StepVerdict;
import quartermaster.decision.Verdict;

/** What comes of all that was said of a candidate. */
final class Judgement {
    private static final Comparator<Contribution> BY_STEP = Comparator.comparing(Contribution::step);
    private static final Comparator<Finding> WORST_FIRST = Comparator.comparing(Finding::severity)
            .thenComparing(Finding::step, Comparator.nullsLast(Comparator.naturalOrder()))
            .thenComparing(Finding::code);

    private Judgement() {}

    static Recommendation of(Assessment assessment, Findings said) {
        List<Finding> findings = said.findingsOn(assessment);
        findings.sort(WORST_FIRST);
        List<Contribution> steps = said.contributionsTo(assessment);
        double score = score(steps);
        for (int i = 0; i < steps.size(); i++) {
            Contribution step = steps.get(i);
            if (rejects(findings, step.step())) {
                steps.set(i, step.ruledOut());
            }
        }
        return new Recommendation(null, assessment, verdict(steps, findings), score, steps, findings);
    }

    /** The sum of the steps, which are put into their order. */
    static double score(List<Contribution> steps) {
        steps.sort(BY_STEP);
        double score = 0;
        for (Contribution step : steps) {
            score += step.score();
        }
        return score;
    }

    static boolean isRuledOut(List<Finding> findings) {
        for (Finding finding : findings) {
            if (finding.severity() == Severity.REJECTION) {
                return true;
            }
        }
        return false;
    }

    private static boolean rejects(List<Finding> findings, Step step) {
        for (Finding finding : findings) {
            if (finding.severity() == Severity.REJECTION && finding.step() == step) {
                return true;
            }
        }
        return false;
    }

    private static Verdict verdict(List<Contribution> steps, List<Finding> worstFirst) {
        Severity worst =
                worstFirst.isEmpty() ? Severity.NOTE : worstFirst.get(0).severity();
        if (worst != Severity.NOTE) {
            return worst == Severity.REJECTION ? Verdict.RULED_OUT : Verdict.CAUTION;
        }
        for (Contribution step : steps) {
            if (step.verdict() == StepVerdict.CAUTION) {
                return Verdict.CAUTION;
            }
        }
        return Verdict.RECOMMENDED;
    }
}
