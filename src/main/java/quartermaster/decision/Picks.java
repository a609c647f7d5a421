package quartermaster.decision;

import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Ranks of the recommendations that most people ask for; null where there is none.
 *
 * @param best what is recommended: what stands there already, where it suffices and the request does not ask what to buy;
 *     else the first of the ranking
 * @param runnerUp the first of the ranking that is not the best
 * @param fastest that a user feels to be faster than the best, at a cost in proportion; else the best
 * @param simplest to run: least to learn, fewest machines; never more devices than the best
 * @param owned what stands there already and meets the need
 * @param models where several are compared; else null
 */
public record Picks(
        @Nullable Integer best,
        @Nullable Integer runnerUp,
        @Nullable Integer cheapest,
        @Nullable Integer fastest,
        @Nullable Integer simplest,
        @Nullable Integer owned,
        @Nullable ModelPicks models) {
    public static final Picks NONE = new Picks(null, null, null, null, null, null, null);

    public Set<Integer> ranks() {
        return Stream.concat(
                        Stream.of(best, runnerUp, cheapest, fastest, simplest, owned),
                        models == null ? Stream.empty() : models.ranks())
                .filter(Objects::nonNull)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
