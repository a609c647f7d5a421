package quartermaster.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import quartermaster.TestWorkspace;
import quartermaster.catalogue.Catalogue;
import quartermaster.unit.Choice;
import quartermaster.unit.Records;

class LevelsTest {
    private static final Benchmark ONE = benchmark("One", 1, 0.5, 0.0);
    private static final Benchmark OTHER = benchmark("Other", 1, 0.5, 0.0);

    @Test
    void two_tests_that_disagree_meet_in_the_middle() {
        Level level = level(List.of(result("One", 60), result("Other", 70))).orElseThrow();
        assertThat(level.points().typical()).isEqualTo(65, within(1e-9));
        assertThat(level.points().low()).isEqualTo(55.94, within(0.01)); // 65 - 1.2816 × 10 ÷ √2
        assertThat(level.points().high()).isEqualTo(74.06, within(0.01));
        assertThat(level.tests()).isEqualTo(2);
        assertThat(level.independent()).isTrue();
    }

    @Test
    void a_missing_test_widens_the_range_and_is_no_zero() {
        Level level = level(List.of(result("One", 60))).orElseThrow();
        assertThat(level.points().typical()).isEqualTo(60, within(1e-9));
        assertThat(level.reach()).isEqualTo(12.816, within(1e-3));
    }

    @Test
    void a_test_that_fits_well_may_still_miss_the_work() {
        Level alone = new Levels(List.of(ONE), List.of(result("One", 60)), use -> 7.5)
                .of("m", KindOfWork.CHAT)
                .orElseThrow();
        assertThat(alone.reach()).isEqualTo(16.02, within(0.01)); // 1.2816 × √(10² + 7.5²)
    }

    @Test
    void the_closest_of_several_tests_does_not_outweigh_the_others() {
        Benchmark close = Records.with(ONE, "spread", 1.0);
        List<TestResult> both = List.of(result("One", 60), result("Other", 70));
        assertThat(new Levels(List.of(close, OTHER), both, use -> 0)
                        .of("m", KindOfWork.CHAT)
                        .orElseThrow()
                        .points()
                        .typical())
                .isEqualTo(60.1, within(0.01));
        assertThat(new Levels(List.of(close, OTHER), both, use -> 10)
                        .of("m", KindOfWork.CHAT)
                        .orElseThrow()
                        .points()
                        .typical())
                .as("weights of 1 ÷ 101 and 1 ÷ 200")
                .isEqualTo(63.36, within(0.01));
    }

    @Test
    void what_a_vendor_says_counts_half_where_the_sheet_says_so() {
        Level level = level(List.of(by(Reporter.VENDOR, result("One", 60)))).orElseThrow();
        assertThat(level.reach()).isEqualTo(18.12, within(0.01)); // 12.816 × √2
        assertThat(level.independent()).isFalse();
    }

    @Test
    void what_others_measured_comes_before_what_the_vendor_says() {
        Level level = level(List.of(by(Reporter.VENDOR, result("One", 90)), result("One", 60)))
                .orElseThrow();
        assertThat(level.points().typical()).isEqualTo(60, within(1e-9));
    }

    @Test
    void runs_of_one_test_are_one_test() {
        Level level = level(List.of(result("One", 50), result("One", 70))).orElseThrow();
        assertThat(level.points().typical()).isEqualTo(60, within(1e-9));
        assertThat(level.reach()).isEqualTo(12.816, within(1e-3));
    }

    @Test
    void another_version_is_another_benchmark() {
        TestResult other = new TestResult(
                "m",
                "One",
                "2",
                Mode.DEFAULT,
                null,
                60,
                "percent",
                "chat",
                Reporter.LEADERBOARD,
                true,
                null,
                "s",
                "2026",
                null,
                2);
        assertThat(level(List.of(other))).isEmpty();
    }

    @Test
    void without_a_test_nothing_is_known() {
        assertThat(level(List.of())).isEmpty();
        assertThat(new Levels(List.of(benchmark("One", 1, 0.5, null)), List.of(result("One", 60)), use -> 0)
                        .of("m", KindOfWork.CHAT))
                .as("a benchmark that could not be fitted")
                .isEmpty();
        assertThat(new Levels(List.of(ONE), List.of(result("One", 60)), use -> 0).of("m", KindOfWork.CODE))
                .as("another kind of work")
                .isEmpty();
    }

    @Test
    void the_scale_may_run_backwards() {
        assertThat(Benchmark.points(2, 5, 1)).isEqualTo(75, within(1e-9));
        assertThat(Benchmark.points(8.2, 1, 10)).isEqualTo(80, within(1e-9));
    }

    @Test
    void thinking_counts_where_nothing_else_is_there_and_is_said() {
        List<TestResult> both =
                List.of(mode(Mode.THINKING, result("One", 80)), mode(Mode.NON_THINKING, result("One", 60)));
        Levels levels = new Levels(List.of(ONE), both, use -> 0);
        assertThat(levels.of("m", KindOfWork.CHAT).orElseThrow().points().typical())
                .isEqualTo(60, within(1e-9));
        assertThat(levels.of("m", KindOfWork.CHAT, Mode.THINKING)
                        .orElseThrow()
                        .points()
                        .typical())
                .isEqualTo(80, within(1e-9));
        Level only = new Levels(List.of(ONE), both.subList(0, 1), use -> 0)
                .of("m", KindOfWork.CHAT)
                .orElseThrow();
        assertThat(only.thinking()).isTrue();
    }

    @Test
    void models_whose_ranges_overlap_are_about_equal() {
        Level low = level(List.of(result("One", 50))).orElseThrow();
        assertThat(low.isAboutEqualTo(level(List.of(result("One", 75))).orElseThrow()))
                .isTrue();
        assertThat(low.isAboutEqualTo(level(List.of(result("One", 76))).orElseThrow()))
                .isFalse();
    }

    /** Of the real sheets, each row in turn. */
    @Test
    void a_row_less_never_makes_a_range_narrower() {
        Catalogue catalogue = TestWorkspace.catalogue();
        List<Benchmark> benchmarks = catalogue.rows(Benchmark.class);
        List<TestResult> results = catalogue.rows(TestResult.class);
        Levels all = Levels.of(catalogue);
        for (TestResult removed : results) {
            List<TestResult> ofModel = new ArrayList<>(results.stream()
                    .filter(each -> each.model().equals(removed.model()) && each != removed)
                    .toList());
            Levels fewer = new Levels(benchmarks, ofModel, use -> catalogue.number("testMisses." + Choice.id(use)));
            for (KindOfWork use : KindOfWork.values()) {
                Optional<Level> before = all.of(removed.model(), use);
                Optional<Level> after = fewer.of(removed.model(), use);
                assertThat(after.map(Level::reach).orElse(Double.POSITIVE_INFINITY))
                        .as("%s for %s without row %d", removed.model(), use, removed.row())
                        .isGreaterThanOrEqualTo(before.map(Level::reach).orElse(Double.POSITIVE_INFINITY) - 1e-9);
            }
        }
    }

    private static Optional<Level> level(List<TestResult> results) {
        return new Levels(List.of(ONE, OTHER), results, use -> 0).of("m", KindOfWork.CHAT);
    }

    private static Benchmark benchmark(String name, double weight, double vendorWeight, @Nullable Double level) {
        return new Benchmark(
                KindOfWork.CHAT, name, "1", weight, vendorWeight, 0, 100, level, 1.0, 10.0, 5, "b", "s", "2026", 2);
    }

    static TestResult result(String benchmark, double score) {
        return result("m", benchmark, score);
    }

    static TestResult result(String model, String benchmark, double score) {
        return new TestResult(
                model,
                benchmark,
                "1",
                Mode.DEFAULT,
                null,
                score,
                "percent",
                "chat",
                Reporter.LEADERBOARD,
                true,
                null,
                "s",
                "2026",
                null,
                2);
    }

    private static TestResult by(Reporter reporter, TestResult like) {
        return Records.with(like, "reportedBy", reporter);
    }

    private static TestResult mode(Mode mode, TestResult like) {
        return Records.with(like, "mode", mode);
    }
}
