package quartermaster.advice;

import org.jspecify.annotations.Nullable;
import quartermaster.decision.DeploymentWords;
import quartermaster.decision.Recommendation;
import quartermaster.request.Candidate;

/**
 * A change of one field that gives another winner.
 *
 * @param field as in the request, e.g. {@code workload.concurrency}
 * @param from its value now, said or assumed; null when there is none
 * @param to the value nearest to it with which something else wins; models and precisions as rows of the catalogue
 * @param candidate that wins then; null when nothing is suitable any more
 * @param becomes the winner's judgement then
 * @param level today's winner, where the two cannot be told apart: a coin flip between these two; else null
 */
public record Flip(
        String field,
        @Nullable Object from,
        Object to,
        @Nullable Candidate candidate,
        @Nullable Recommendation becomes,
        @Nullable Recommendation level) {

    Flip(
            String field,
            @Nullable Object from,
            Object to,
            @Nullable Candidate candidate,
            @Nullable Recommendation becomes) {
        this(field, from, to, candidate, becomes, null);
    }

    /** The candidate that wins then, with its model where several are compared; null when nothing is suitable any more. */
    @Nullable
    Contender contender() {
        return candidate == null || becomes == null
                ? null
                : new Contender(candidate, ChangedRequests.model(becomes.assessment()));
    }

    /** Whether the change is smaller, or the two are closer, than anybody can tell. */
    public boolean isCoinFlip() {
        return level != null;
    }

    /** What is best then, e.g. "rent 2 × NVIDIA L4" or "buy NVIDIA L4 or rent NVIDIA L4, which are level". */
    String outcome() {
        if (becomes == null) {
            return "nothing is suitable";
        }
        String then = DeploymentWords.how(becomes.assessment());
        return level == null ? then : DeploymentWords.how(level.assessment()) + " or " + then + ", which are level";
    }

    /** How far the change goes: the logarithm of the ratio of numbers, else a constant of the field. */
    double size() {
        if (from instanceof Number before && to instanceof Number after && before.doubleValue() > 0) {
            return Math.abs(Math.log(after.doubleValue() / before.doubleValue()));
        }
        return Math.log(2);
    }
}
