package quartermaster.ledger;

import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * A job that scores a long workbook.
 *
 * @param actor who sent it; null when nobody had to say who he is
 * @param name of the file that was sent; null where it had none
 * @param versionId to decide with
 * @param asOf the day that prices and lead times are compared with
 * @param attempts services that began it, and neither ended nor gave it back
 * @param phase what is being done with the rows; null before
 * @param done of the rows or judgements of this phase
 * @param total how many there will be; 0 while nobody knows
 * @param candidates that were read; 0 until it is done
 * @param problems that were found; 0 until it is done
 * @param failure why it failed, as JSON; null where it has not
 */
public record KeptWorkbook(
        String id,
        Instant createdAt,
        @Nullable String actor,
        @Nullable String name,
        String versionId,
        LocalDate asOf,
        JobState state,
        int attempts,
        @Nullable String phase,
        long done,
        long total,
        int candidates,
        int problems,
        @Nullable String failure) {
    public KeptWorkbook {
        createdAt = createdAt.truncatedTo(ChronoUnit.MICROS);
    }

    /** One that nobody has begun. */
    public static KeptWorkbook wanted(
            String id,
            Instant createdAt,
            @Nullable String actor,
            @Nullable String name,
            String versionId,
            LocalDate asOf) {
        return new KeptWorkbook(
                id, createdAt, actor, name, versionId, asOf, JobState.WAITING, 0, null, 0, 0, 0, 0, null);
    }
}
