package quartermaster.catalogue;

import org.jspecify.annotations.Nullable;

/**
 * The constants of a chip class with an engine: one row of the sheet {@code Efficiency}.
 *
 * @param appliesTo a chip class, a family, a memory kind or {@code any}
 * @param engine an engine id or {@code any}
 * @param measurements rows behind the constants
 * @param errorPercent median absolute error of the fit, left out in turn; null where nothing was fitted
 */
public record Efficiency(
        String appliesTo,
        String engine,
        Constants constants,
        int measurements,
        @Nullable Double errorPercent,
        EvidenceClass evidence,
        String source,
        String asOf,
        int row) {}
