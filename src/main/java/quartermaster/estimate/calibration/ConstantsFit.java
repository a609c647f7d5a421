package quartermaster.estimate.calibration;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import quartermaster.catalogue.Batching;
import quartermaster.catalogue.Catalogue;
import quartermaster.catalogue.Constants;
import quartermaster.catalogue.Engine;
import quartermaster.catalogue.Hardware;
import quartermaster.catalogue.MemoryKind;
import quartermaster.catalogue.measurement.Measurement;
import quartermaster.catalogue.measurement.Phase;
import quartermaster.catalogue.measurement.ServingMetric;
import quartermaster.estimate.Constant;
import quartermaster.estimate.ResolvedMeasurement;
import quartermaster.estimate.training.NormalEquations;

/**
 * Factors on the default constants that make the estimator agree with measurements.
 *
 * <p>The logarithm of each factor is a sum of what a platform, a family and a chip differ by, each pulled towards
 * nothing by the spread that is expected of it (a Gaussian prior); so a chip with few rows stays near its family, and a
 * family near its platform. Measured speeds are taken as lognormal, rows far off count less (Huber), and so do old rows
 * ({@code exp(−age ÷ months)}) and rows of little trust. Solved by Gauss-Newton steps on the normal equations; the
 * order of rows does not matter.
 */
final class ConstantsFit {
    private static final double SPREAD_OF_A_ROW =
            0.15; // of the logarithm: two people measuring one thing differ by 9 %
    private static final double SPREAD_OF_A_SERVING_ROW = 0.4;
    private static final int FEW_IN_FLIGHT = 8;
    private static final double HUBER = 1.5;
    private static final int LONGEST_SERIES = 8; // rows of one series are alike: more of them say little more
    private static final int MOST_STEPS = 25;
    private static final double SMALL = 1e-3;
    private static final double LARGEST_STEP = 0.5;
    private static final double NUDGE = 1e-4;
    private static final double STEEP = 0.05; // from where on a step moves slopes by so much that they are found anew
    private static final int LEVELS = 7; // see levels()

    private final Catalogue defaults;
    private final Map<String, Integer> indexes = new HashMap<>(); // by key, e.g. "BANDWIDTH chip gb10 llama.cpp"
    private final List<Double> spreads = new ArrayList<>();
    private double[] parameters = new double[0];

    private ConstantsFit(Catalogue defaults) {
        this.defaults = defaults;
    }

    /**
     * Fits.
     *
     * @param defaults with the constants that the fit is pulled towards
     * @param near the fit of nearly the same rows: where to begin, which takes fewer steps to the same end
     */
    static ConstantsFit of(Catalogue defaults, List<ResolvedMeasurement> samples, @Nullable ConstantsFit near) {
        ConstantsFit fit = new ConstantsFit(defaults);
        fit.solve(
                thinned(samples.stream()
                        .filter(ConstantsFit::isUsable)
                        .sorted(Comparator.comparing(each -> each.measurement().id()))
                        .toList()),
                near);
        return fit;
    }

    static boolean isUsable(ResolvedMeasurement sample) {
        boolean oneDevice = sample.measurement().devices() == 1;
        return sample.measurement().include()
                && sample.phase() != Phase.MEMORY
                && (sample.phase() != Phase.TTFT || tellsOfPrompts(sample))
                && (oneDevice || sample.phase() == Phase.SERVE || sample.phase() == Phase.TTFT)
                && sample.hardware().bandwidthGBps() != null;
    }

    /** With few in flight the time to the first token is the time to read a prompt, and little else. */
    private static boolean tellsOfPrompts(ResolvedMeasurement sample) {
        return sample.measurement().metric() == ServingMetric.REQUEST_CYCLE && sample.inFlight() <= FEW_IN_FLIGHT;
    }

    /** The constants of a chip with an engine. */
    Constants constants(Hardware chip, Engine engine) {
        Constants all = defaults.efficiency(chip, engine).constants();
        for (Constant constant : Constant.values()) {
            all = constant.times(all, Math.exp(deviation(constant, chip, engine)));
        }
        return all;
    }

    private double deviation(Constant constant, Hardware chip, Engine engine) {
        double sum = 0;
        for (Level level : levels(constant, chip, engine)) {
            Integer index = indexes.get(level.key());
            sum += index == null ? 0 : parameters[index];
        }
        return sum;
    }

    /** A group whose members share a deviation. */
    private record Level(String key, double spread) {}

    /**
     * What a constant of a chip with an engine is made of, from the widest to the narrowest: a chip without rows learns
     * from its sisters, and from other engines on the same chip.
     */
    private static List<Level> levels(Constant constant, Hardware chip, Engine engine) {
        String program = " " + engine.efficiencyAs();
        String platform = platform(chip);
        double moves = unsteadiness(constant, engine);
        return List.of(
                level(constant, "platform " + platform + program, 0.4 * moves),
                level(constant, "generation " + platform + " " + chip.generation() + program, 0.3 * moves),
                level(constant, "tier " + platform + " " + chip.tier() + program, 0.3 * moves),
                level(constant, "generation " + platform + " " + chip.generation(), 0.3 * moves),
                level(constant, "tier " + platform + " " + chip.tier(), 0.3 * moves),
                level(constant, "chip " + chip.chipClass() + program, 0.3 * moves),
                level(constant, "chip " + chip.chipClass(), 0.25 * moves));
    }

    /** Servers bring their own kernels of attention, which stream the cache as they stream weights. */
    private static double unsteadiness(Constant constant, Engine engine) {
        boolean likeStreaming = constant == Constant.ATTENTION && engine.batching() == Batching.CONTINUOUS;
        return likeStreaming ? Constant.STEADY : constant.unsteadiness;
    }

    private static Level level(Constant constant, String group, double spread) {
        return new Level(constant + " " + group, spread);
    }

    static String platform(Hardware chip) {
        if (chip.isApple()) {
            return "apple";
        }
        return chip.memoryKind() == MemoryKind.UNIFIED ? "unified" : chip.vendor();
    }

    /** Series of a publisher, machine, engine, model and precision, each no longer than counts. */
    private static List<ResolvedMeasurement> thinned(List<ResolvedMeasurement> samples) {
        Map<String, List<ResolvedMeasurement>> series = new LinkedHashMap<>();
        samples.forEach(each ->
                series.computeIfAbsent(series(each), key -> new ArrayList<>()).add(each));
        return series.values().stream()
                .flatMap(rows -> IntStream.range(0, Math.min(rows.size(), LONGEST_SERIES))
                        .mapToObj(i -> rows.get(i * rows.size() / Math.min(rows.size(), LONGEST_SERIES))))
                .toList();
    }

    private static String series(ResolvedMeasurement sample) {
        Measurement row = sample.measurement();
        return String.join(
                "|",
                row.publisher(),
                sample.phase().name(),
                sample.hardware().id(),
                Integer.toString(row.devices()),
                sample.engine().id(),
                sample.model().id(),
                sample.quantization().id());
    }

    private void solve(List<ResolvedMeasurement> samples, @Nullable ConstantsFit near) {
        List<Row> rows = rows(samples);
        int n = spreads.size();
        parameters = new double[n];
        if (near != null) {
            indexes.forEach((key, place) -> {
                Integer there = near.indexes.get(key);
                parameters[place] = there == null ? 0 : near.parameters[there];
            });
        }
        double largest = LARGEST_STEP;
        for (int step = 0; step < MOST_STEPS; step++) {
            boolean anew = largest > STEEP;
            double[][] matrix = new double[n][n];
            double[] right = new double[n];
            for (int i = 0; i < n; i++) {
                double precision = 1 / (spreads.get(i) * spreads.get(i));
                matrix[i][i] = precision;
                right[i] = -precision * parameters[i];
            }
            Map<String, Constants> now = new HashMap<>();
            for (Row row : rows) {
                ResolvedMeasurement sample = row.sample();
                accumulate(
                        row,
                        now.computeIfAbsent(row.setup(), key -> constants(sample.hardware(), sample.engine())),
                        anew,
                        matrix,
                        right);
            }
            double[] change = NormalEquations.solve(matrix, right);
            largest = 0;
            for (int i = 0; i < n; i++) {
                double bounded = Math.max(-LARGEST_STEP, Math.min(LARGEST_STEP, change[i]));
                parameters[i] += bounded;
                largest = Math.max(largest, Math.abs(bounded));
            }
            if (largest < SMALL) {
                return;
            }
        }
    }

    /**
     * A sample with what every step needs of it.
     *
     * @param setup chip and engine: rows with the same have the same constants
     * @param places of its parameters: its publisher's, then those of each relevant constant's levels
     * @param slopes what the logarithm of its prediction moves by with each of them, as last found
     */
    private record Row(
            ResolvedMeasurement sample,
            String setup,
            double trust,
            List<Constant> relevant,
            int[] places,
            double[] slopes) {}

    private List<Row> rows(List<ResolvedMeasurement> samples) {
        LocalDate newest = samples.stream()
                .flatMap(sample -> sample.date().stream())
                .max(Comparator.naturalOrder())
                .orElse(LocalDate.EPOCH);
        return samples.stream()
                .map(sample -> {
                    int[] places = places(sample);
                    return new Row(
                            sample,
                            sample.hardware().id() + "@" + sample.engine().id(),
                            weight(sample, newest),
                            relevant(sample),
                            places,
                            new double[places.length]);
                })
                .toList();
    }

    private int[] places(ResolvedMeasurement sample) {
        Stream<Level> ofConstants = relevant(sample).stream()
                .flatMap(constant -> levels(constant, sample.hardware(), sample.engine()).stream());
        return Stream.concat(Stream.of(publisher(sample)), ofConstants)
                .mapToInt(this::place)
                .toArray();
    }

    private int place(Level level) {
        return indexes.computeIfAbsent(level.key(), key -> {
            spreads.add(level.spread());
            return spreads.size() - 1;
        });
    }

    /** What all rows of a publisher are off by, for its settings, versions and way of measuring. */
    private static Level publisher(ResolvedMeasurement sample) {
        return new Level(
                "publisher " + sample.measurement().publisher() + " " + sample.phase() + " "
                        + platform(sample.hardware()) + " " + sample.engine().efficiencyAs(),
                switch (sample.phase()) {
                    case DECODE -> 0.15;
                    case PREFILL -> 0.3;
                    case SERVE, TTFT, MEMORY -> 0.15;
                });
    }

    private static double spreadOfARow(ResolvedMeasurement sample) {
        return sample.phase() == Phase.SERVE || sample.phase() == Phase.TTFT
                ? SPREAD_OF_A_SERVING_ROW
                : SPREAD_OF_A_ROW;
    }

    private static List<Constant> relevant(ResolvedMeasurement sample) {
        return switch (sample.phase()) {
            case DECODE ->
                List.of(
                        Constant.BANDWIDTH,
                        Constant.LAYER,
                        Constant.EXPERT_LAYER,
                        Constant.LINEAR_LAYER,
                        Constant.ATTENTION);
            case PREFILL, TTFT -> List.of(sample.isMixtureOfExperts() ? Constant.PREFILL_EXPERTS : Constant.PREFILL);
            case SERVE ->
                List.of(
                        Constant.BANDWIDTH,
                        Constant.LAYER,
                        Constant.EXPERT_LAYER,
                        Constant.DECODE_COMPUTE,
                        Constant.ATTENTION,
                        Constant.SEQUENCE,
                        sample.isMixtureOfExperts() ? Constant.PREFILL_EXPERTS : Constant.PREFILL);
            case MEMORY -> List.of();
        };
    }

    /** Adds a row to the normal equations: how its logarithm is off, and how each constant would move it. */
    private void accumulate(Row row, Constants now, boolean anew, double[][] matrix, double[] right) {
        ResolvedMeasurement sample = row.sample();
        int[] places = row.places();
        double predicted = Math.log(sample.predicted(now));
        double off = predicted + parameters[places[0]] - Math.log(sample.measured());
        double spread = spreadOfARow(sample);
        double robust = Math.min(1, HUBER * spread / Math.max(1e-12, Math.abs(off)));
        double weight = row.trust() * robust / (spread * spread);
        double[] slopes = row.slopes();
        if (anew) {
            findSlopes(row, now, predicted);
        }
        for (int i = 0; i < places.length; i++) {
            right[places[i]] -= weight * slopes[i] * off;
            for (int j = 0; j < places.length; j++) {
                matrix[places[i]][places[j]] += weight * slopes[i] * slopes[j];
            }
        }
    }

    private static void findSlopes(Row row, Constants now, double predicted) {
        double[] slopes = row.slopes();
        slopes[0] = 1;
        int place = 1;
        for (Constant constant : row.relevant()) {
            double nudged = Math.log(row.sample().predicted(constant.times(now, Math.exp(NUDGE))));
            Arrays.fill(slopes, place, place + LEVELS, (nudged - predicted) / NUDGE);
            place += LEVELS;
        }
    }

    private double weight(ResolvedMeasurement sample, LocalDate newest) {
        double trust = defaults.number("weightOfTrust." + sample.measurement().trust());
        double months = defaults.number("measurementsCountForMonths" + (sample.phase() == Phase.SERVE ? ".serve" : ""));
        boolean counts = sample.measurement().graded() || sample.phase() == Phase.SERVE || sample.phase() == Phase.TTFT;
        return trust
                * (counts ? 1 : defaults.number("weightOfUngraded"))
                * Math.exp(-sample.date()
                        .map(date -> ageMonths(date, newest) / months)
                        .orElse(1.0));
    }

    private static double ageMonths(LocalDate date, LocalDate newest) {
        return Math.max(0, ChronoUnit.DAYS.between(date, newest) / 30.44);
    }
}
