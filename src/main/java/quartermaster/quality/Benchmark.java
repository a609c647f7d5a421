package quartermaster.quality;

import org.jspecify.annotations.Nullable;
import quartermaster.catalogue.Column;

/**
 * What a benchmark counts for a kind of work: one row of the sheet {@code Benchmarks}. Its result in points is {@code
 * level + slope × level of the model}, give or take {@code spread}; the three are fitted, and null where too few models
 * were tested to tell: then it does not count.
 *
 * @param weight 0 to 1, of a result that somebody else than a vendor reports
 * @param vendorWeight of one that a vendor reports; not above the other
 * @param worst score that is worth 0 points; above {@code best} where lower is better
 * @param best score that is worth 100
 * @param level points of a model of level 0
 * @param slope points for each point of level
 * @param spread standard deviation, in points, of what the fit leaves
 * @param models behind the fit
 */
public record Benchmark(
        @Column("Use") KindOfWork use,
        @Column("Benchmark") String name,
        @Column("Version") String version,
        @Column("Weight: 0 to 1") double weight,
        @Column("Weight if the vendor says so: 0 to 1") double vendorWeight,
        @Column("Worst") double worst,
        @Column("Best") double best,
        @Column("Benchmark level: any sign") @Nullable Double level,
        @Column("Benchmark slope: > 0") @Nullable Double slope,
        @Column("Spread (points): > 0") @Nullable Double spread,
        @Column("Models: count") int models,
        @Column("Because") String because,
        @Column("Source") String source,
        @Column("As of") String asOf,
        int row) {

    /** Worst 1 and best 10: a score of 8.2 is 80 points. Lower is better: worst 5, best 1, a score of 2 is 75. */
    static double points(double score, double worst, double best) {
        return 100 * (score - worst) / (best - worst);
    }

    double points(double score) {
        return points(score, worst, best);
    }

    double weightOf(boolean byVendor) {
        return byVendor ? vendorWeight : weight;
    }

    /** Whether results in it can be placed. */
    public boolean isFitted() {
        return level != null && slope != null && spread != null;
    }

    boolean isOf(TestResult result) {
        return result.benchmark().equals(name) && result.version().equals(version);
    }
}
