package quartermaster.advice;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import quartermaster.decision.Picks;
import quartermaster.decision.Recommendation;

/**
 * What follows from a decision.
 *
 * @param questions most decisive first
 * @param flips of each field the smallest change that gives another winner, smallest first
 * @param assumption the nearest change of an assumption that gives another winner; null where none is near
 * @param wins of each candidate of interest that did not win, what would make it win; empty where nothing that was
 *     tried does
 * @param nearest of what is allowed, where nothing is suitable; else null
 * @param hosted the same model served by somebody else for less than what is recommended; null where nobody does
 * @param plan null where nothing is suitable and nothing would help
 * @param stability null where nothing is suitable
 * @param picks those of the decision, but for the best where another one is the safer choice
 * @param pickReasons by the pick's name, e.g. {@code cheapest}
 */
public record Advice(
        List<Question> questions,
        List<Flip> flips,
        @Nullable Flip assumption,
        List<Chance> wins,
        @Nullable Recommendation nearest,
        @Nullable Recommendation hosted,
        @Nullable Plan plan,
        @Nullable Stability stability,
        Picks picks,
        Map<String, String> pickReasons) {
    public Advice {
        questions = List.copyOf(questions);
        flips = List.copyOf(flips);
        wins = List.copyOf(wins);
    }

    /** Whether another one than the first of the ranking is first in most draws. */
    public boolean isRivalSafer() {
        return stability != null && stability.isRivalSafer();
    }

    /** What would make a candidate win: single changes, smallest first. */
    public record Chance(Recommendation candidate, List<Flip> flips) {
        public Chance {
            flips = List.copyOf(flips);
        }
    }
}
