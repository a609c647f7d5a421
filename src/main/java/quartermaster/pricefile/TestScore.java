package quartermaster.pricefile;

import org.jspecify.annotations.Nullable;
import quartermaster.unit.Place;

/**
 * What a model reached in a benchmark, in the names of whoever keeps the list; null is what the list does not say.
 *
 * @param score as it stands there, a number or not
 */
public record TestScore(
        String model,
        String benchmark,
        @Nullable String version,
        @Nullable String mode,
        @Nullable String setting,
        String score,
        @Nullable String reportedBy,
        @Nullable String source,
        @Nullable String asOf,
        Place at) {}
