package quartermaster.advice;

import org.jspecify.annotations.Nullable;
import quartermaster.decision.Recommendation;
import quartermaster.request.Candidate;

/**
 * A change of one field that gives another winner.
 *
 * @param field as in the request, e.g. {@code workload.concurrency}
 * @param from its value now, said or assumed; null when there is none
 * @param to the value nearest to it with which something else wins
 * @param candidate that wins then; null when nothing is suitable any more
 * @param becomes the winner's judgement then
 */
public record Flip(
        String field,
        @Nullable Object from,
        Object to,
        @Nullable Candidate candidate,
        @Nullable Recommendation becomes) {

    /** How far the change goes: the logarithm of the ratio of numbers, else a constant of the field. */
    double size() {
        if (from instanceof Number before && to instanceof Number after && before.doubleValue() > 0) {
            return Math.abs(Math.log(after.doubleValue() / before.doubleValue()));
        }
        return Math.log(2);
    }
}
