package quartermaster.ledger;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * A decision as it was asked for and answered.
 *
 * @param versionId of the version that decided
 * @param request normalised JSON
 * @param answer JSON, byte for byte as it was given
 * @param asOf the day for which it was decided
 * @param duration from the request to the answer, in whole microseconds
 * @param actor who asked; null when nobody had to say who he is
 */
public record KeptDecision(
        String id,
        Instant createdAt,
        String versionId,
        String request,
        String answer,
        LocalDate asOf,
        Duration duration,
        @Nullable String actor)
        implements Entry {
    public KeptDecision {
        createdAt = createdAt.truncatedTo(ChronoUnit.MICROS);
        duration = duration.truncatedTo(ChronoUnit.MICROS);
    }

    @Override
    public Object key() {
        return id;
    }

    @Override
    public long size() {
        return (long) id.length() + request.length() + answer.length();
    }
}
