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
        if (!isInOrder(steps)) {
            steps.sort(BY_STEP);
        }
        double score = 0;
        for (int i = 0; i < steps.size(); i++) {
            score += steps.get(i).score();
        }
        return score;
    }

    private static boolean isInOrder(List<Contribution> steps) {
        for (int i = 1; i < steps.size(); i++) {
            if (steps.get(i).step().compareTo(steps.get(i - 1).step()) < 0) {
                return false;
            }
        }
        return true;
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

    /** Ruled out by a rejection; with caution where something warns, or a step is only met with caution. */
    static Verdict verdict(List<Contribution> steps, List<Finding> findings) {
        boolean warned = false;
        for (int i = 0; i < findings.size(); i++) {
            Severity severity = findings.get(i).severity();
            if (severity == Severity.REJECTION) {
                return Verdict.RULED_OUT;
            }
            warned |= severity == Severity.WARNING;
        }
        if (warned) {
            return Verdict.CAUTION;
        }
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i).verdict() == StepVerdict.CAUTION) {
                return Verdict.CAUTION;
            }
        }
        return Verdict.RECOMMENDED;
    }
}
