package quartermaster.decision;

import static java.util.Comparator.comparingDouble;

import java.util.List;
import java.util.Optional;
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

    public Recommendation ranked(int place) {
        return new Recommendation(place, assessment, verdict, score, steps, findings);
    }

    public boolean isRuledOut() {
        return verdict == Verdict.RULED_OUT;
    }

    /**
     * One sentence: the rejection, or what spoke most for it, besides its cost, and most against it. Where several models are
     * compared, how good this one is and how fast comes first: that sets it apart.
     */
    public String why() {
        if (isRuledOut()) {
            return findings.isEmpty() ? "Ruled out." : findings.get(0).message();
        }
        Optional<Contribution> best = steps.stream()
                .filter(step -> step.step() != Step.BUDGET) // figures of cost stand beside it
                .filter(step -> step.step() != Step.MODEL_QUALITY || !assessment.comparesModels())
                .max(comparingDouble(Contribution::score));
        Optional<Contribution> worst = steps.stream()
                .filter(step ->
                        step.verdict() == StepVerdict.CAUTION && best.stream().noneMatch(step::equals))
                .max(comparingDouble(step -> step.weight() - step.score()));
        return assessment.levelAndSpeedInWords()
                + best.map(Contribution::because).orElse("")
                + worst.map(step -> " Against it: " + step.because()).orElse("");
    }
}
