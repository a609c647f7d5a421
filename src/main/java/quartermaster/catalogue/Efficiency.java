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
        @Column("Applies to") String appliesTo,
        @Column("Engine") String engine,
        Constants constants,
        @Column("Measurements: count") int measurements,
        @Column("Error after (%)") @Nullable Double errorPercent,
        @Column("Evidence") EvidenceClass evidence,
        @Column("Source") String source,
        @Column("As of") String asOf,
        int row) {}
