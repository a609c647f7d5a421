package quartermaster.ledger;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is looked for among the decisions that were kept, and a part of it at a time. */
public final class DecisionLog {
    private DecisionLog() {}

    /**
     * @param since the first moment
     * @param until the moment after the last one; null for no end
     * @param versionId of the version that decided; null for any
     * @param newestFirst or the oldest
     */
    public record Search(
            Instant since,
            @Nullable Instant until,
            @Nullable String versionId,
            boolean newestFirst) {
        public static final Search ALL = new Search(Instant.EPOCH, null, null, true);

        /** The same from the oldest to one moment: what comes meanwhile is not among them. */
        public static Search oldestFirst(Instant since, Instant until) {
            return new Search(since, until, null, false);
        }
    }

    /** A decision's place in the log; after it comes the next one. */
    public record Position(Instant at, String id) {
        public static Position of(KeptDecision decision) {
            return new Position(decision.createdAt(), decision.id());
        }

        /** As {@link #parse} reads it. */
        @Override
        public String toString() {
            return at + "_" + id;
        }

        public static Optional<Position> parse(String text) {
            int end = text.indexOf('_');
            try {
                return end < 0
                        ? Optional.empty()
                        : Optional.of(new Position(Instant.parse(text.substring(0, end)), text.substring(end + 1)));
            } catch (DateTimeParseException e) {
                return Optional.empty();
            }
        }
    }

    /**
     * Some of what was looked for, in order.
     *
     * @param next after which the rest comes; null where this is all
     */
    public record Page(
            List<KeptDecision> decisions, @Nullable Position next) {
        public Page {
            decisions = List.copyOf(decisions);
        }
    }
}
