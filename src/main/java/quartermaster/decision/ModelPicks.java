package quartermaster.decision;

import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Ranks of what people ask for where several models are compared; null where there is none.
 *
 * @param bestOwned the best model that runs on what stands there already
 * @param smallestGoodEnough the smallest model that is as good as what is asked for, or else that tests do not tell from
 *     the one that is recommended
 * @param bestQuality the best model of all that may be chosen, within the budget where one is stated
 */
public record ModelPicks(
        @Nullable Integer bestOwned,
        @Nullable Integer smallestGoodEnough,
        @Nullable Integer bestQuality) {

    Stream<Integer> ranks() {
        return Stream.of(bestOwned, smallestGoodEnough, bestQuality).filter(Objects::nonNull);
    }
}
