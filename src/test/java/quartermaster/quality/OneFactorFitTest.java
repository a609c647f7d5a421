package quartermaster.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static quartermaster.quality.LevelsTest.result;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import quartermaster.TestWorkspace;
import quartermaster.catalogue.Catalogue;

class OneFactorFitTest {
    @Test
    void results_that_lie_on_lines_give_the_lines_back() {
        List<TestResult> results = new ArrayList<>();
        for (int model = 0; model < 20; model++) {
            double level = 20 + 3 * model;
            results.add(result("m" + model, "Easy", 10 + level));
            results.add(result("m" + model, "Hard", -10 + level));
        }
        List<Benchmark> fitted = OneFactorFit.fit(List.of(bare("Easy"), bare("Hard")), results);
        assertThat(fitted).allMatch(Benchmark::isFitted);
        assertThat(fitted.get(0).level()).isEqualTo(10, within(0.01));
        assertThat(fitted.get(0).slope()).isEqualTo(1, within(0.01));
        assertThat(fitted.get(1).level()).isEqualTo(-10, within(0.01));
        assertThat(fitted.get(0).models()).isEqualTo(20);
    }

    @Test
    void a_benchmark_that_shares_too_few_models_stays_unfitted() {
        List<TestResult> results = new ArrayList<>();
        for (int model = 0; model < 10; model++) {
            results.add(result("m" + model, "Known", 30 + model));
            results.add(result((model < 3 ? "m" : "other") + model, "Alone", 50 + model));
        }
        List<Benchmark> fitted = OneFactorFit.fit(List.of(bare("Known"), bare("Alone")), results);
        assertThat(fitted).extracting(Benchmark::isFitted).containsExactlyInAnyOrder(true, false);
    }

    @Test
    void a_benchmark_that_stands_alone_tells_little() {
        List<TestResult> results = new ArrayList<>();
        for (int model = 0; model < 10; model++) {
            results.add(result("m" + model, "Only", 10 * model));
        }
        Benchmark only = OneFactorFit.fit(List.of(bare("Only")), results).get(0);
        assertThat(only.level()).isEqualTo(0, within(1e-6));
        assertThat(only.spread()).as("as much as models differ").isEqualTo(28.7, within(0.1));
    }

    @Test
    void the_sheet_says_what_the_fit_finds() {
        Catalogue catalogue = TestWorkspace.catalogue();
        List<Benchmark> sheet = catalogue.rows(Benchmark.class);
        List<Benchmark> fitted = FittedBenchmarks.of(catalogue);
        assertThat(sheet).hasSameSizeAs(fitted).isNotEmpty();
        for (int i = 0; i < sheet.size(); i++) {
            Benchmark row = sheet.get(i);
            assertThat(row.isFitted()).as("%s", row).isEqualTo(fitted.get(i).isFitted());
            if (row.isFitted()) {
                assertThat(Objects.requireNonNull(row.level()))
                        .as("level in row %d; FittedBenchmarks prints what has to stand there", row.row())
                        .isCloseTo(Objects.requireNonNull(fitted.get(i).level()), within(0.05));
                assertThat(Objects.requireNonNull(row.slope()))
                        .isCloseTo(Objects.requireNonNull(fitted.get(i).slope()), within(0.005));
                assertThat(Objects.requireNonNull(row.spread()))
                        .isCloseTo(Objects.requireNonNull(fitted.get(i).spread()), within(0.05));
            }
        }
    }

    private static Benchmark bare(String name) {
        return new Benchmark(KindOfWork.CHAT, name, "1", 1, 0.5, 0, 100, null, null, null, 0, "b", "s", "2026", 2);
    }
}
