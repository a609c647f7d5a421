package quartermaster.quality;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import quartermaster.TestWorkspace;
import quartermaster.catalogue.Catalogue;
import quartermaster.catalogue.Model;
import quartermaster.unit.Choice;

/** Prints what the columns Benchmark level, slope and spread of the sheet Benchmarks have to say, and who stands where. */
final class FittedBenchmarks {
    private FittedBenchmarks() {}

    static List<Benchmark> of(Catalogue catalogue) {
        return OneFactorFit.fitAll(catalogue.rows(Benchmark.class), catalogue.rows(TestResult.class));
    }

    public static void main(String... args) {
        Catalogue catalogue = TestWorkspace.catalogue();
        List<Benchmark> fitted = of(catalogue);
        fitted.stream()
                .filter(Benchmark::isFitted)
                .forEach(each -> System.out.printf(
                        Locale.ROOT,
                        "%s\t%s\t%s\t%.2f\t%.3f\t%.2f\t%d%n",
                        Choice.id(each.use()),
                        each.name(),
                        each.version(),
                        each.level(),
                        each.slope(),
                        each.spread(),
                        each.models()));
        Levels levels = new Levels(
                fitted, catalogue.rows(TestResult.class), use -> catalogue.number("testMisses." + Choice.id(use)));
        for (KindOfWork use : KindOfWork.values()) {
            System.err.println("== " + Choice.id(use));
            catalogue.models().stream()
                    .map(Model::id)
                    .filter(id -> levels.of(id, use).isPresent())
                    .sorted((a, b) -> Double.compare(
                            levels.of(b, use).orElseThrow().points().typical(),
                            levels.of(a, use).orElseThrow().points().typical()))
                    .forEach(id -> {
                        Optional<Level> level = levels.of(id, use);
                        level.ifPresent(it -> System.err.printf(
                                Locale.ROOT,
                                "%-28s %5.1f  %5.1f to %5.1f  %2d tests%s%s%n",
                                id,
                                it.points().typical(),
                                it.points().low(),
                                it.points().high(),
                                it.tests(),
                                it.independent() ? "" : ", vendors only",
                                it.thinking() ? ", thinking" : ""));
                    });
        }
    }
}
