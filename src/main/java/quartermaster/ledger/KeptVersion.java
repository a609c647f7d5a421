package quartermaster.ledger;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * One state of the workspace that was in force.
 *
 * @param id {@code sha256:…}
 * @param reason why; null when nobody said
 * @param catalogue digest of what the catalogue says
 * @param rules digest of what the rules say
 * @param program version of the program that first loaded it
 * @param actor who brought it; null when nobody had to say who he is
 */
public record KeptVersion(
        String id,
        Instant createdAt,
        Origin origin,
        @Nullable String reason,
        Manifest manifest,
        String catalogue,
        String rules,
        String program,
        @Nullable String actor)
        implements Entry {
    public KeptVersion {
        KeptFiles.requireDigest(id);
        createdAt = createdAt.truncatedTo(ChronoUnit.MICROS);
    }

    @Override
    public Object key() {
        return this;
    }
}
