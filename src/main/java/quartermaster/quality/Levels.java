package quartermaster.quality;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import quartermaster.catalogue.Catalogue;
import quartermaster.unit.Choice;
import quartermaster.unit.Dates;
import quartermaster.unit.Range;

/**
 * The levels of models, from whatever tests there are. Missing tests count nothing and never as zero; nothing is guessed
 * from a model's size. What stands in the catalogue about benchmarks is fixed, so a result less never makes a range
 * narrower.
 */
public final class Levels {
    private static final double TO_90TH_PERCENTILE = 1.2816; // standard deviations of a normal distribution

    private final List<Benchmark> benchmarks;
    private final List<TestResult> results;
    private final ToDoubleFunction<KindOfWork> testMisses;

    /** @param testMisses points by which one test may miss the work itself, however well it fits the others */
    public Levels(List<Benchmark> benchmarks, List<TestResult> results, ToDoubleFunction<KindOfWork> testMisses) {
        this.benchmarks = benchmarks.stream().filter(Benchmark::isFitted).toList();
        this.results = List.copyOf(results);
        this.testMisses = testMisses;
    }

    public static Levels of(Catalogue catalogue) {
        return new Levels(
                catalogue.rows(Benchmark.class),
                catalogue.rows(TestResult.class),
                use -> catalogue.number("testMisses." + Choice.id(use)));
    }

    /**
     * The level of a model: the mean of the levels that each of its tests points to, by how much each tells. What a test
     * leaves open is what its spread leaves, {@code (spread ÷ slope)² ÷ weight}, and by how much any test may miss the
     * work, squared: so one alone never decides, and of many none outweighs the rest. The range is 1.28 standard
     * deviations, {@code 1 ÷ √(sum of what they tell)}, to both sides. Two tests of slope 1, spread 8 and weight 1 that
     * may miss by 6 and point to 60 and 70: 65, from 55.9 to 74.1. Empty where no test tells anything.
     */
    public Optional<Level> of(String model, KindOfWork use, Mode wanted) {
        List<Observation> told = benchmarks.stream()
                .filter(each -> each.use() == use)
                .flatMap(each -> Observation.of(model, each, results, wanted).stream())
                .filter(each -> each.weight() > 0)
                .toList();
        if (told.isEmpty()) {
            return Optional.empty();
        }
        double misses = testMisses.applyAsDouble(use);
        double precision =
                told.stream().mapToDouble(each -> each.precision(misses)).sum();
        double mean = told.stream()
                        .mapToDouble(each -> each.precision(misses) * each.level())
                        .sum()
                / precision;
        double reach = TO_90TH_PERCENTILE / Math.sqrt(precision);
        List<TestResult> behind =
                told.stream().flatMap(each -> each.results().stream()).toList();
        return Optional.of(new Level(
                new Range(onScale(mean - reach), onScale(mean), onScale(mean + reach)),
                reach,
                behind.stream().anyMatch(each -> !each.isByVendor()),
                told.size(),
                wanted != Mode.THINKING && behind.stream().anyMatch(each -> each.mode() == Mode.THINKING),
                behind.stream()
                        .flatMap(each -> Dates.latest(each.asOf()).stream())
                        .max(Comparator.naturalOrder())
                        .orElse(null),
                behind.stream().map(TestResult::source).distinct().toList()));
    }

    private static double onScale(double points) {
        return Math.min(100, Math.max(0, points));
    }

    /** The same in the mode in which a model comes. */
    public Optional<Level> of(String model, KindOfWork use) {
        return of(model, use, Mode.DEFAULT);
    }

    /** The kinds of work about which anything can be said. */
    public List<KindOfWork> known() {
        return Stream.of(KindOfWork.values())
                .filter(use -> benchmarks.stream().anyMatch(each -> each.use() == use))
                .toList();
    }
}
