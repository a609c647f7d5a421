package quartermaster.advice;

import java.util.List;
import org.jspecify.annotations.Nullable;
import quartermaster.decision.Recommendation;

/**
 * What to do now, what later, and how to tell when.
 *
 * @param breakEvenMonths of buying against the named offer; null when there is nothing to compare
 * @param breakEvenUtilization share of the time from which owning is cheaper than that offer by the hour
 * @param breakEvenAgainst the offer's id
 * @param breakEvenOffer the same in words, e.g. "Verda at $0.49 an hour a device"
 * @param costOfChoosingWrongUsd what is lost when the first choice must be replaced: price without resale, and rebuilding
 */
public record Plan(
        List<Stage> stages,
        @Nullable Double breakEvenMonths,
        @Nullable Double breakEvenUtilization,
        @Nullable String breakEvenAgainst,
        @Nullable String breakEvenOffer,
        @Nullable Double costOfChoosingWrongUsd) {
    public Plan {
        stages = List.copyOf(stages);
    }

    /**
     * One step of the plan.
     *
     * @param does in one sentence
     * @param with what it is done with; null where nothing is bought or rented
     * @param until null for the last one
     * @param trigger how to tell that the next stage begins; null where there is none
     * @param monthlyUsd everything counted; null where it is not known
     */
    public record Stage(
            String does,
            @Nullable Recommendation with,
            String from,
            @Nullable String until,
            @Nullable String trigger,
            @Nullable Double monthlyUsd) {

        /** Something that was judged, at its cost. */
        static Stage of(String does, Recommendation with, String from, @Nullable String trigger) {
            return new Stage(does, with, from, null, trigger, with.assessment().monthlyUsd());
        }
    }
}
