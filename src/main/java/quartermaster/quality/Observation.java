package quartermaster.quality;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** What is known of a model in one benchmark, however often it was run: one number with one weight. */
record Observation(String model, Benchmark benchmark, double points, double weight, List<TestResult> results) {

    /**
     * The mean of the runs that count: those of others before a vendor's, in the wanted mode before the model's own,
     * that before any. Empty where there is none.
     */
    static Optional<Observation> of(String model, Benchmark benchmark, List<TestResult> all, Mode wanted) {
        List<TestResult> possible = all.stream()
                .filter(each -> each.include() && each.model().equals(model) && benchmark.isOf(each))
                .toList();
        List<Mode> order = wanted == Mode.THINKING
                ? List.of(Mode.THINKING, Mode.DEFAULT)
                : Stream.of(wanted, Mode.DEFAULT, Mode.NON_THINKING, Mode.THINKING)
                        .distinct()
                        .toList();
        return possible.stream()
                .filter(each -> order.contains(each.mode()))
                .min(Comparator.comparing(TestResult::isByVendor).thenComparing(each -> order.indexOf(each.mode())))
                .map(first -> mean(model, benchmark, possible, first));
    }

    private static Observation mean(String model, Benchmark benchmark, List<TestResult> possible, TestResult like) {
        List<TestResult> taken = possible.stream()
                .filter(each -> each.isByVendor() == like.isByVendor() && each.mode() == like.mode())
                .toList();
        double points = taken.stream()
                .mapToDouble(each -> benchmark.points(each.score()))
                .average()
                .orElseThrow();
        return new Observation(model, benchmark, points, benchmark.weightOf(like.isByVendor()), taken);
    }

    /**
     * How much it tells: 1 ÷ variance of the level that it points to. Spread 8, slope 1 and weight 1, of a test that may
     * miss the work by 6 points: 1 ÷ (64 + 36) = 0.01.
     */
    double precision(double misses) {
        double off = Objects.requireNonNull(benchmark.spread()) / Objects.requireNonNull(benchmark.slope());
        return 1 / (off * off / weight + misses * misses);
    }

    /** The level at which a model would reach just these points. */
    double level() {
        return (points - Objects.requireNonNull(benchmark.level())) / Objects.requireNonNull(benchmark.slope());
    }
}
