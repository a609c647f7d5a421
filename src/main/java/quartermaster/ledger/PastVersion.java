package quartermaster.ledger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A line of the history.
 *
 * @param lastActivated when it was last put in force; null when that was never recorded
 */
public record PastVersion(KeptVersion version, @Nullable Instant lastActivated) {}
