package quartermaster.catalogue;

/**
 * How far measured values lie from estimates: one row of the sheet {@code Ranges}.
 *
 * @param experts whether it is about models that route tokens to experts
 * @param low 10th percentile of measured to estimated
 * @param high 90th percentile of measured to estimated
 * @param measurements rows behind it, each predicted without the rows of its publisher; 0 for an assumption
 */
public record Spread(
        Phase phase,
        boolean experts,
        EvidenceClass evidence,
        double low,
        double high,
        int measurements,
        String source,
        String asOf,
        int row) {}
