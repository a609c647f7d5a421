package quartermaster.decision;

import org.jspecify.annotations.Nullable;
import quartermaster.unit.Place;

/**
 * Where a rule is written down.
 *
 * @param step whose file it stands in; null for a file of the architect's own
 * @param source why it is so, from its {@code @source}; null when it does not say
 */
public record RuleSource(
        String name,
        Place at,
        @Nullable Step step,
        @Nullable String source) {}
