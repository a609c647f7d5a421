package quartermaster.ledger;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * A version was put in force.
 *
 * @param reason why, against advice; null when nobody had to say
 */
public record Activation(
        String versionId,
        Instant at,
        Origin origin,
        @Nullable String reason) implements Entry {
    public Activation {
        at = at.truncatedTo(ChronoUnit.MICROS);
    }

    @Override
    public Object key() {
        return this;
    }
}
