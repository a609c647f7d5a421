package quartermaster.decision;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A candidate with its judgement.
 *
 * @param rank from 1; null when it is ruled out
 * @param score 0 to 100, the sum of the steps' scores
 * @param steps in their order
 * @param findings rejections first, then warnings, then notes
 */
public record Recommendation(
        @Nullable Integer rank,
        Assessment assessment,
        Verdict verdict,
        double score,
        List<Contribution> steps,
        List<Finding> findings) {
    public Recommendation {
        steps = List.copyOf(steps);
        findings = List.copyOf(findings);
    }

    Recommendation ranked(int place) {
        return new Recommendation(place, assessment, verdict, score, steps, findings);
    }

    public boolean isRuledOut() {
        return verdict == Verdict.RULED_OUT;
    }

    /** One sentence: the rejection, or what spoke most for it and most against it. */
    public String why() {
        if (isRuledOut()) {
            return findings.isEmpty() ? "Ruled out." : findings.get(0).message();
        }
        Contribution best = null;
        Contribution worst = null;
        for (Contribution step : steps) {
            if (best == null || step.score() > best.score()) {
                best = step;
            }
            if (worst == null || step.weight() - step.score() > worst.weight() - worst.score()) {
                worst = step;
            }
        }
        if (best == null || worst == null) {
            return "";
        }
        boolean oneReason = best.equals(worst) || worst.points() >= 85;
        return oneReason ? best.because() : best.because() + " Against it: " + worst.because();
    }
}
