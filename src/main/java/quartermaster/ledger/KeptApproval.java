package quartermaster.ledger;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * What one person wants in force, until a second one agrees.
 *
 * @param subject name of the file, or id of the version
 * @param content of the file; null for a version that is to be activated
 * @param expected the version that has to be in force, or * for any
 * @param change what the asker was told of it, as JSON
 */
public record KeptApproval(
        String id,
        Instant askedAt,
        String askedBy,
        String reason,
        String subject,
        byte @Nullable [] content,
        String expected,
        String change) {
    public KeptApproval {
        askedAt = askedAt.truncatedTo(ChronoUnit.MICROS);
    }

    long bytes() {
        return content == null ? 0 : content.length;
    }
}
