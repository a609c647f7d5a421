package quartermaster.ledger;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * A job that decides the log again under a draft.
 *
 * @param actor who asked for it; null when nobody had to say who he is
 * @param versionId in force when it was asked for
 * @param draft files that take the place of others
 * @param since decisions before are left out
 * @param until decisions from then on are left out
 * @param done decisions so far
 * @param total decisions that there were
 * @param parts so far
 * @param last where it goes on; null at the beginning
 * @param result the sums, or why it failed; null until it has ended
 */
public record KeptRescore(
        String id,
        Instant createdAt,
        @Nullable String actor,
        String versionId,
        Manifest draft,
        Instant since,
        Instant until,
        JobState state,
        long done,
        long total,
        int parts,
        DecisionLog.@Nullable Position last,
        @Nullable String result) {
    public KeptRescore {
        createdAt = createdAt.truncatedTo(ChronoUnit.MICROS);
        since = since.truncatedTo(ChronoUnit.MICROS);
        until = until.truncatedTo(ChronoUnit.MICROS);
    }

    /** One that nobody has begun. */
    public static KeptRescore wanted(
            String id,
            Instant createdAt,
            @Nullable String actor,
            String versionId,
            Manifest draft,
            Instant since,
            Instant until,
            long total) {
        return new KeptRescore(
                id, createdAt, actor, versionId, draft, since, until, JobState.WAITING, 0, total, 0, null, null);
    }
}
