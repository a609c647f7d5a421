package quartermaster.quality;

import org.jspecify.annotations.Nullable;
import quartermaster.catalogue.Column;

/**
 * What a model reached in a benchmark: one row of the sheet {@code Quality}.
 *
 * @param version edition, subset and protocol; results of different versions are never compared
 * @param setting as the report says it
 * @param kindOfWork as whoever made the benchmark calls it; what it counts for is said in {@code Benchmarks}
 * @param include whether it may count
 */
public record TestResult(
        @Column("Model") String model,
        @Column("Benchmark") String benchmark,
        @Column("Version") String version,
        @Column("Mode") Mode mode,
        @Column("Setting") @Nullable String setting,
        @Column("Score") double score,
        @Column("Unit: percent, index") String unit,
        @Column("Kind of work") String kindOfWork,
        @Column("Reported by") Reporter reportedBy,
        @Column("Include") boolean include,
        @Column("Why not included") @Nullable String whyNot,
        @Column("Source") String source,
        @Column("As of") String asOf,
        @Column("Note") @Nullable String note,
        int row) {

    public boolean isByVendor() {
        return reportedBy == Reporter.VENDOR;
    }
}
