package quartermaster.catalogue;

import org.jspecify.annotations.Nullable;
import quartermaster.catalogue.measurement.Phase;

/**
 * How far measured values lie from estimates: one row of the sheet {@code Ranges}.
 *
 * @param experts whether it is about models that route tokens to experts
 * @param inFlightUpTo most requests at the same time that it is about; null for any, and for more than other rows say
 * @param low 10th percentile of measured to estimated
 * @param high 90th percentile of measured to estimated
 * @param measurements rows behind it, each predicted without the rows of its publisher; 0 for an assumption
 */
public record Spread(
        @Column("Phase") Phase phase,
        @Column("Kind: moe, dense") boolean experts,
        @Column("Evidence") EvidenceClass evidence,
        @Column("In flight up to") @Nullable Integer inFlightUpTo,
        @Column("Low multiplier: 0 to 1") double low,
        @Column("High multiplier: > 0") double high,
        @Column("Measurements: count") int measurements,
        @Column("Source") String source,
        @Column("As of") String asOf,
        int row) {}
