package quartermaster.quality;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import quartermaster.unit.Records;

/**
 * Fits the benchmarks of one kind of work to one scale: {@code points = benchmark's level + benchmark's slope × model's
 * level}. Each model and each benchmark takes the values that leave least, in turn, until nothing moves. The scale is
 * such that the weighted mean of the benchmarks has level 0 and slope 1: a model of level 60 reaches 60 points in the
 * mean of them.
 *
 * <p>A slope is drawn towards 1, and a spread towards that of all, as by so many more models as {@link #PRIOR_MODELS}
 * says: few tests would fit perfectly. A benchmark that stands alone leaves nothing, so its spread is how much models
 * differ in it: it tells the best from the worst, and little more. Benchmarks that share too few models with the others
 * stay unfitted, for nothing says where their scale begins.
 */
final class OneFactorFit {
    static final int FEWEST_SHARED_MODELS = 4;
    private static final double PRIOR_MODELS = 3;
    private static final double PRIOR_MODELS_OF_SPREAD = 20; // else the scale follows one benchmark, which then fits
    private static final double FLATTEST = 0.15;
    private static final double SMALLEST_SPREAD = 2; // points: tests are no finer, whatever a few models leave
    private static final int MOST_ROUNDS = 2000;
    private static final double STILL = 1e-9;

    private final List<Benchmark> benchmarks;
    private final List<Observation> observations;
    private final Map<Benchmark, List<Observation>> byBenchmark;
    private final Map<String, List<Observation>> byModel;
    private final Map<String, Double> levels = new HashMap<>(); // of models
    private final Map<Benchmark, double[]> lines = new HashMap<>(); // level and slope
    private final Map<Benchmark, Double> spreads = new HashMap<>();

    private OneFactorFit(List<Benchmark> benchmarks, List<Observation> observations) {
        this.benchmarks = benchmarks;
        this.observations = observations;
        this.byBenchmark = observations.stream()
                .collect(Collectors.groupingBy(Observation::benchmark, LinkedHashMap::new, Collectors.toList()));
        this.byModel = observations.stream()
                .collect(Collectors.groupingBy(Observation::model, TreeMap::new, Collectors.toList()));
    }

    /** The same rows with their constants; without any where they cannot be placed. */
    static List<Benchmark> fit(List<Benchmark> ofOneUse, List<TestResult> results) {
        List<Benchmark> bare = ofOneUse.stream().map(OneFactorFit::unfitted).toList();
        Set<String> models = results.stream().map(TestResult::model).collect(Collectors.toSet());
        List<Observation> all = new ArrayList<>();
        bare.forEach(benchmark -> models.stream()
                .sorted()
                .forEach(model -> Observation.of(model, benchmark, results, Mode.DEFAULT)
                        .filter(each -> each.weight() > 0)
                        .ifPresent(all::add)));
        List<Benchmark> placed = linked(bare, all);
        if (placed.isEmpty()) {
            return bare;
        }
        OneFactorFit fit = new OneFactorFit(
                placed,
                all.stream().filter(each -> placed.contains(each.benchmark())).toList());
        fit.run();
        return bare.stream().map(fit::fitted).toList();
    }

    private static Benchmark unfitted(Benchmark row) {
        Benchmark bare = Records.with(row, "level", null);
        return Records.with(Records.with(Records.with(bare, "slope", null), "spread", null), "models", 0);
    }

    /** The largest group of benchmarks of which each shares enough models with the rest; one that stands alone is one. */
    private static List<Benchmark> linked(List<Benchmark> bare, List<Observation> all) {
        Map<Benchmark, Set<String>> tested = new LinkedHashMap<>();
        bare.forEach(each -> tested.put(
                each,
                all.stream()
                        .filter(one -> one.benchmark().equals(each))
                        .map(Observation::model)
                        .collect(Collectors.toSet())));
        List<Benchmark> largest = List.of();
        for (Benchmark start : bare) {
            if (tested.getOrDefault(start, Set.of()).size() > FEWEST_SHARED_MODELS) {
                List<Benchmark> group = groupOf(start, tested);
                largest = models(group, tested).size() > models(largest, tested).size() ? group : largest;
            }
        }
        return largest;
    }

    private static List<Benchmark> groupOf(Benchmark start, Map<Benchmark, Set<String>> tested) {
        List<Benchmark> group = new ArrayList<>(List.of(start));
        boolean grown = true;
        while (grown) {
            Set<String> known = models(group, tested);
            grown = group.addAll(tested.keySet().stream()
                    .filter(each -> !group.contains(each)
                            && tested.getOrDefault(each, Set.of()).stream()
                                            .filter(known::contains)
                                            .count()
                                    >= FEWEST_SHARED_MODELS)
                    .toList());
        }
        return group;
    }

    private static Set<String> models(Collection<Benchmark> group, Map<Benchmark, Set<String>> tested) {
        Set<String> models = new HashSet<>();
        group.forEach(each -> models.addAll(tested.getOrDefault(each, Set.of())));
        return models;
    }

    private void run() {
        double mean =
                observations.stream().mapToDouble(Observation::points).average().orElseThrow();
        byModel.keySet().forEach(each -> levels.put(each, mean));
        benchmarks.forEach(each -> {
            double own = byBenchmark.getOrDefault(each, List.of()).stream()
                    .mapToDouble(Observation::points)
                    .average()
                    .orElse(mean);
            lines.put(each, new double[] {own - mean, 1});
            spreads.put(each, 10.0);
        });
        for (int round = 0; round < MOST_ROUNDS; round++) {
            double moved = placeModels();
            placeBenchmarks();
            setScale();
            spreadBenchmarks();
            if (moved < STILL && round > 1) {
                return;
            }
        }
    }

    private double placeModels() {
        double moved = 0;
        for (Map.Entry<String, List<Observation>> each : byModel.entrySet()) {
            double weights = 0;
            double sum = 0;
            for (Observation one : each.getValue()) {
                double[] line = line(one.benchmark());
                double ratio = line[1] / spreads.getOrDefault(one.benchmark(), 1.0);
                double weight = one.weight() * ratio * ratio;
                weights += weight;
                sum += weight * (one.points() - line[0]) / line[1];
            }
            double placed = sum / weights;
            moved = Math.max(moved, Math.abs(placed - level(each.getKey())));
            levels.put(each.getKey(), placed);
        }
        return moved;
    }

    private void placeBenchmarks() {
        double mean =
                levels.values().stream().mapToDouble(each -> each).average().orElse(0);
        double variance = levels.values().stream()
                .mapToDouble(each -> (each - mean) * (each - mean))
                .average()
                .orElse(0);
        for (Benchmark each : benchmarks) {
            List<Observation> own = byBenchmark.getOrDefault(each, List.of());
            double x = own.stream()
                    .mapToDouble(one -> level(one.model()))
                    .average()
                    .orElse(0);
            double y = own.stream().mapToDouble(Observation::points).average().orElse(0);
            double xx = PRIOR_MODELS * variance;
            double xy = PRIOR_MODELS * variance;
            for (Observation one : own) {
                double off = level(one.model()) - x;
                xx += off * off;
                xy += off * (one.points() - y);
            }
            double slope = xx == 0 ? 1 : Math.max(FLATTEST, xy / xx);
            lines.put(each, new double[] {y - slope * x, slope});
        }
    }

    /** Weighted mean of the benchmarks: level 0, slope 1. */
    private void setScale() {
        double weights = benchmarks.stream().mapToDouble(Benchmark::weight).sum();
        double level = benchmarks.stream()
                        .mapToDouble(each -> each.weight() * line(each)[0])
                        .sum()
                / weights;
        double slope = benchmarks.stream()
                        .mapToDouble(each -> each.weight() * line(each)[1])
                        .sum()
                / weights;
        levels.replaceAll((model, old) -> level + slope * old);
        lines.replaceAll((benchmark, line) -> new double[] {line[0] - line[1] * level / slope, line[1] / slope});
    }

    private void spreadBenchmarks() {
        double free = Math.max(1, observations.size() - levels.size() - 2.0 * benchmarks.size() + 2);
        double pooled = observations.stream().mapToDouble(this::leftSquared).sum() / free;
        for (Benchmark each : benchmarks) {
            List<Observation> own = byBenchmark.getOrDefault(each, List.of());
            double left = own.stream().mapToDouble(this::leftSquared).sum();
            double shrunk = (left * observations.size() / free + PRIOR_MODELS_OF_SPREAD * pooled)
                    / (own.size() + PRIOR_MODELS_OF_SPREAD);
            double variance = benchmarks.size() == 1 ? variance(own) : shrunk;
            spreads.put(each, Math.max(SMALLEST_SPREAD, Math.sqrt(variance)));
        }
    }

    private static double variance(List<Observation> own) {
        double mean = own.stream().mapToDouble(Observation::points).average().orElse(0);
        return own.stream()
                .mapToDouble(each -> (each.points() - mean) * (each.points() - mean))
                .average()
                .orElse(0);
    }

    private double leftSquared(Observation one) {
        double[] line = line(one.benchmark());
        double left = one.points() - line[0] - line[1] * level(one.model());
        return left * left;
    }

    private double[] line(Benchmark benchmark) {
        return lines.getOrDefault(benchmark, new double[] {0, 1});
    }

    private double level(String model) {
        return levels.getOrDefault(model, 0.0);
    }

    private Benchmark fitted(Benchmark bare) {
        if (!benchmarks.contains(bare)) {
            return bare;
        }
        Benchmark placed = Records.with(Records.with(bare, "level", line(bare)[0]), "slope", line(bare)[1]);
        return Records.with(
                Records.with(placed, "spread", spreads.get(bare)),
                "models",
                byBenchmark.getOrDefault(bare, List.of()).size());
    }

    /** All kinds of work, each for itself. */
    static List<Benchmark> fitAll(List<Benchmark> rows, List<TestResult> results) {
        return rows.stream()
                .collect(Collectors.groupingBy(Benchmark::use, TreeMap::new, Collectors.toList()))
                .values()
                .stream()
                .flatMap(each -> fit(each, results).stream())
                .sorted(Comparator.comparingInt(Benchmark::row))
                .toList();
    }
}
