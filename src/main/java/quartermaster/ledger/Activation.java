package quartermaster.ledger;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * A version was put in force.
 *
 * @param reason why; null when nobody had to say
 * @param actor who did it; null when nobody had to say who he is
 */
public record Activation(
        String versionId,
        Instant at,
        Origin origin,
        @Nullable String reason,
        @Nullable String actor) implements Entry {
    public Activation {
        at = at.truncatedTo(ChronoUnit.MICROS);
    }

    /** By nobody in particular. */
    public Activation(String versionId, Instant at, Origin origin, @Nullable String reason) {
        this(versionId, at, origin, reason, null);
    }

    @Override
    public Object key() {
        return this;
    }
}
