package quartermaster.advice;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import quartermaster.decision.Recommendation;

/**
 * The decision at one point of a grid.
 *
 * @param number of the point, from 0
 * @param values of the varied fields, in their order
 * @param winner null where nothing is suitable
 * @param runnerUp null where there is none
 * @param problem why the request makes no sense at this point; null where it does
 */
public record SweepPoint(
        int number,
        List<@Nullable Object> values,
        @Nullable Recommendation winner,
        @Nullable Recommendation runnerUp,
        @Nullable String problem) {
    public SweepPoint {
        values = Collections.unmodifiableList(new ArrayList<>(values));
    }

    /** As answers name it, or {@code not-decided} where the request makes no sense. */
    public String outcome() {
        if (problem != null) {
            return "not-decided";
        }
        return winner == null ? "nothing-suitable" : "recommended";
    }

    /** Points that the second one is behind; null where there is no second one. */
    public @Nullable Double behind() {
        return winner == null || runnerUp == null ? null : winner.score() - runnerUp.score();
    }
}
