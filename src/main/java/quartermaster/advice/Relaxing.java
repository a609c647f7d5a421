package quartermaster.advice;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which one thing to give up where nothing is suitable: first a limit that is a matter of degree, then what is asked of
 * the model, and last what somebody forbids, as whether data may leave the house.
 */
final class Relaxing {
    private static final Set<String> LIMITS = Set.of(
            "budget.purchaseUsd",
            "budget.monthlyUsd",
            "workload.minDecodeTokensPerSecond",
            "workload.maxTimeToFirstTokenSeconds",
            "constraints.availableWithinWeeks");

    private Relaxing() {}

    /** The smallest change of the mildest kind with which something is suitable. */
    static Optional<Flip> first(List<Flip> flips) {
        return flips.stream()
                .filter(each -> each.becomes() != null)
                .min(Comparator.comparingInt(Relaxing::severity).thenComparingDouble(Flip::size));
    }

    static boolean isLimit(Flip flip) {
        return LIMITS.contains(flip.field());
    }

    private static int severity(Flip flip) {
        if (isLimit(flip)) {
            return 0;
        }
        return flip.field().startsWith("constraints.") ? 2 : 1;
    }
}
