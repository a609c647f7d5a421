package quartermaster.estimate.calibration;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import quartermaster.catalogue.Catalogue;
import quartermaster.catalogue.TrainingKnowledge;
import quartermaster.catalogue.measurement.Measurement;
import quartermaster.catalogue.measurement.Phase;
import quartermaster.estimate.Estimator;
import quartermaster.estimate.Ranges;
import quartermaster.estimate.ResolvedMeasurement;
import quartermaster.estimate.TrainingEstimator;
import quartermaster.estimate.training.TrainingSpeeds;
import quartermaster.unit.Choice;
import quartermaster.unit.Range;

/** How far estimates are from what people measured, never judged by rows that they were fitted to. */
public final class Accuracy {
    private static final String ALL = "all";
    private static final String TRAIN = "train";

    private static final int[] CLASSES = {1, 8, 32, 128}; // most requests in flight of each class

    private final Catalogue catalogue;
    private final Consumer<String> progress;

    /** @param progress is told what is being done, in words */
    public Accuracy(Catalogue catalogue, Consumer<String> progress) {
        this.catalogue = catalogue;
        this.progress = progress;
    }

    /**
     * Errors of some rows; speeds in percent of what was measured.
     *
     * @param kind {@code dense}, {@code moe} or {@code all}
     * @param inFlight requests at the same time, e.g. {@code 2-8}, or {@code all}
     * @param medianOfPublishersPercent median error where every publisher counts once, however many rows it has;
     *     likewise the 90th percentile
     * @param biasPercent median of the signed error; positive where estimates are too high
     * @param rangeHeldPercent rows whose measured value lay between the low and the high end
     */
    public record Group(
            String phase,
            String kind,
            String family,
            String engine,
            String inFlight,
            int n,
            int publishers,
            double medianApePercent,
            double p90ApePercent,
            double medianOfPublishersPercent,
            double p90OfPublishersPercent,
            double biasPercent,
            double rangeHeldPercent) {}

    /** What a simple estimator reaches on the same rows. */
    public record Baseline(String name, String phase, String kind, double medianApePercent, double p90ApePercent) {}

    /**
     * The result.
     *
     * @param rows that were read
     * @param judged figures that were compared with an estimate: a row has two where it has a time to the first token
     * @param notJudged rows that say nothing about estimates, counted by why
     * @param unmapped rows whose hardware, engine, model or quantization the catalogue does not know, in words
     */
    public record Report(
            int rows,
            int judged,
            Map<String, Integer> notJudged,
            List<String> unmapped,
            List<Group> groups,
            List<Baseline> baselines) {
        public Report {
            notJudged = Collections.unmodifiableMap(new TreeMap<>(notJudged));
            unmapped = List.copyOf(unmapped);
            groups = List.copyOf(groups);
            baselines = List.copyOf(baselines);
        }
    }

    /** What was measured, and what was predicted for it. */
    private interface Figure {
        double measured();

        Range predicted();

        boolean isMixtureOfExperts();

        String family();

        String engine();

        String publisher();

        default double error() {
            return predicted().typical() / measured() - 1;
        }

        default boolean held() {
            return predicted().low() <= measured() && measured() <= predicted().high();
        }
    }

    /** A training run with its prediction. */
    private record Trained(TrainingSpeeds.Judged row, Range predicted) implements Figure {
        @Override
        public double measured() {
            return row.measured();
        }

        @Override
        public boolean isMixtureOfExperts() {
            return row.experts();
        }

        @Override
        public String family() {
            return row.hardware().family();
        }

        @Override
        public String engine() {
            return row.tool();
        }

        @Override
        public String publisher() {
            return row.row().publisher();
        }
    }

    /** A row with its prediction. */
    private record Judged(ResolvedMeasurement sample, Range predicted) implements Figure {
        @Override
        public double measured() {
            return sample.measured();
        }

        @Override
        public boolean isMixtureOfExperts() {
            return sample.isMixtureOfExperts();
        }

        @Override
        public String family() {
            return sample.hardware().family();
        }

        @Override
        public String engine() {
            return sample.engine().id();
        }

        @Override
        public String publisher() {
            return sample.measurement().publisher();
        }
    }

    /** Every row of the sheet, its value and its range predicted from the rows of all other publishers. */
    public Report leaveOneSourceOut() {
        List<LeaveOneSourceOut.Row> rows =
                graded(LeaveOneSourceOut.of(catalogue, samples(catalogue.measurements(), null), progress));
        List<Judged> judged = new ArrayList<>();
        Map<String, Ranges> ranges = new TreeMap<>();
        for (LeaveOneSourceOut.Row row : rows) {
            Ranges others = ranges.computeIfAbsent(
                    row.publisher(),
                    publisher -> rangesOf(rows.stream()
                            .filter(each -> !each.publisher().equals(publisher))
                            .toList()));
            judged.add(judged(row, others));
        }
        return report(catalogue.measurements(), catalogue.training().runs(), judged, trained(), List.of());
    }

    /** Rows of a file, predicted from the sheets without the rows that have an id or a publisher of the file. */
    public Report of(List<Measurement> file) {
        return of(file, List.of());
    }

    /** @param runs of training, in the same file */
    public Report of(List<Measurement> file, List<TrainingKnowledge.Run> runs) {
        List<String> unmapped = new ArrayList<>();
        List<Trained> trained = TrainingSpeeds.others(
                        catalogue,
                        TrainingEstimator.peak(catalogue),
                        runs,
                        row -> unmapped.add(row.id() + ": " + row.hardware() + ", " + row.tool() + ", " + row.model()
                                + ", " + row.method() + " at " + row.precision()))
                .stream()
                .map(row -> new Trained(row, TrainingEstimator.range(catalogue, row)))
                .toList();
        List<ResolvedMeasurement> wanted = samples(file, unmapped);
        Set<String> ids = file.stream().map(Measurement::id).collect(Collectors.toSet());
        Set<String> publishers = file.stream().map(Measurement::publisher).collect(Collectors.toSet());
        List<ResolvedMeasurement> fitted = samples(
                catalogue.measurements().stream()
                        .filter(each -> !ids.contains(each.id()) && !publishers.contains(each.publisher()))
                        .toList(),
                null);
        boolean grades = wanted.stream().anyMatch(each -> each.measurement().graded());
        List<ResolvedMeasurement> judged = wanted.stream()
                .filter(each -> each.measurement().include())
                .filter(each -> !grades || isGraded(each))
                .toList();
        if (judged.isEmpty()) {
            return report(file, runs, List.of(), trained, unmapped);
        }
        Ranges ranges = rangesOf(graded(LeaveOneSourceOut.of(catalogue, fitted, progress)));
        progress.accept("predicting the rows of the file");
        return report(
                file,
                runs,
                LeaveOneSourceOut.predicted(catalogue, judged, fitted).stream()
                        .map(row -> judged(row, ranges))
                        .toList(),
                trained,
                unmapped);
    }

    /** Every run of {@code Training measurements} that is in use. */
    private List<Trained> trained() {
        return TrainingSpeeds.leaveOnePublisherOut(catalogue, TrainingEstimator.peak(catalogue)).stream()
                .map(row -> new Trained(row, TrainingEstimator.range(catalogue, row)))
                .toList();
    }

    private static Judged judged(LeaveOneSourceOut.Row row, Ranges ranges) {
        return new Judged(row.sample(), ranges.of(row.sample(), row.predicted(), row.evidence()));
    }

    private static List<LeaveOneSourceOut.Row> graded(List<LeaveOneSourceOut.Row> rows) {
        return rows.stream().filter(each -> isGraded(each.sample())).toList();
    }

    private List<ResolvedMeasurement> samples(List<Measurement> rows, @Nullable List<String> unmapped) {
        Estimator estimator = Estimator.withoutOwnMeasurements(catalogue);
        List<ResolvedMeasurement> samples = new ArrayList<>();
        for (Measurement row : rows) {
            Optional<ResolvedMeasurement> sample = ResolvedMeasurement.of(row, catalogue, estimator);
            sample.ifPresent(samples::add);
            sample.flatMap(ResolvedMeasurement::firstToken).ifPresent(samples::add);
            if (sample.isEmpty() && unmapped != null) {
                unmapped.add(row.id() + ": " + row.hardware() + ", " + row.engine() + ", " + row.model() + ", "
                        + row.quantization());
            }
        }
        return samples;
    }

    static boolean isGraded(ResolvedMeasurement sample) {
        boolean everyRowCounts = sample.phase() != Phase.DECODE && sample.phase() != Phase.PREFILL;
        return sample.measurement().include()
                && (everyRowCounts || sample.measurement().graded());
    }

    private Report report(
            List<Measurement> rows,
            List<TrainingKnowledge.Run> runs,
            List<Judged> judged,
            List<Trained> trained,
            List<String> unmapped) {
        List<Group> groups = new ArrayList<>();
        for (Phase phase : Phase.values()) {
            for (String kind : List.of("dense", "moe", ALL)) {
                List<Judged> some = judged.stream()
                        .filter(each -> each.sample().phase() == phase && isKind(each, kind))
                        .toList();
                if (!some.isEmpty()) {
                    groups.add(group(Choice.id(phase), kind, ALL, ALL, ALL, some));
                    if (phase == Phase.SERVE || phase == Phase.TTFT) {
                        parts(some, each -> inFlight(each.sample()))
                                .forEach((name, part) ->
                                        groups.add(group(Choice.id(phase), kind, ALL, ALL, name, part)));
                    }
                    parts(some, each -> each.family() + "|" + each.engine())
                            .values()
                            .forEach(part -> groups.add(group(
                                    Choice.id(phase),
                                    kind,
                                    part.get(0).family(),
                                    part.get(0).engine(),
                                    ALL,
                                    part)));
                }
            }
        }
        groups.addAll(groups(trained));
        Map<String, Integer> notJudged = new TreeMap<>();
        rows.stream()
                .filter(row -> !row.include())
                .forEach(row ->
                        notJudged.merge(row.whyNot() == null ? "no reason given" : row.whyNot(), 1, Integer::sum));
        runs.stream()
                .filter(row -> !row.include())
                .forEach(row -> notJudged.merge(
                        "training: " + (row.whyNot() == null ? "no reason given" : row.whyNot()), 1, Integer::sum));
        return new Report(
                rows.size() + runs.size(),
                judged.size() + trained.size(),
                notJudged,
                unmapped,
                groups,
                baselines(judged));
    }

    private static List<Group> groups(List<Trained> trained) {
        List<Group> groups = new ArrayList<>();
        for (String kind : List.of("dense", "moe", ALL)) {
            List<Trained> some =
                    trained.stream().filter(each -> isKind(each, kind)).toList();
            if (!some.isEmpty()) {
                groups.add(group(TRAIN, kind, ALL, ALL, ALL, some));
                parts(some, each -> each.family() + "|" + each.engine())
                        .values()
                        .forEach(part -> groups.add(group(
                                TRAIN, kind, part.get(0).family(), part.get(0).engine(), ALL, part)));
            }
        }
        return groups;
    }

    private static <T extends Figure> Map<String, List<T>> parts(List<T> all, Function<T, String> name) {
        Map<String, List<T>> parts = new TreeMap<>();
        all.forEach(each -> parts.computeIfAbsent(name.apply(each), key -> new ArrayList<>())
                .add(each));
        return parts;
    }

    /** The class of requests in flight, in words. */
    private static String inFlight(ResolvedMeasurement sample) {
        int least = 1;
        for (int most : CLASSES) {
            if (sample.inFlight() <= most) {
                return least == most ? "1" : least + "-" + most;
            }
            least = most + 1;
        }
        return "more than " + CLASSES[CLASSES.length - 1];
    }

    private static boolean isKind(Figure sample, String kind) {
        return kind.equals(ALL) || kind.equals(sample.isMixtureOfExperts() ? "moe" : "dense");
    }

    private static Group group(
            String phase, String kind, String family, String engine, String inFlight, List<? extends Figure> rows) {
        double[] errors = rows.stream().mapToDouble(Figure::error).sorted().toArray();
        double[] absolute = Arrays.stream(errors).map(Math::abs).sorted().toArray();
        long held = rows.stream().filter(Figure::held).count();
        return new Group(
                phase,
                kind,
                family,
                engine,
                inFlight,
                rows.size(),
                (int) rows.stream().map(Figure::publisher).distinct().count(),
                100 * quantile(absolute, 0.5),
                100 * quantile(absolute, 0.9),
                100 * quantileOfPublishers(rows, 0.5),
                100 * quantileOfPublishers(rows, 0.9),
                100 * quantile(errors, 0.5),
                100.0 * held / rows.size());
    }

    /** The quantile of absolute errors where the rows of each publisher share one vote. */
    private static double quantileOfPublishers(List<? extends Figure> rows, double share) {
        Map<String, List<Figure>> byPublisher = parts(List.copyOf(rows), Figure::publisher);
        List<Figure> sorted = List.<Figure>copyOf(rows).stream()
                .sorted(Comparator.comparingDouble(each -> Math.abs(each.error())))
                .toList();
        double votes = 0;
        for (Figure each : sorted) {
            votes += 1.0 / byPublisher.get(each.publisher()).size();
            if (votes >= share * byPublisher.size() - 1e-9) {
                return Math.abs(each.error());
            }
        }
        return Double.NaN;
    }

    /** The quantile of sorted values, between neighbours in proportion. */
    public static double quantile(double[] sorted, double share) {
        double place = share * (sorted.length - 1);
        int below = (int) Math.floor(place);
        int above = Math.min(sorted.length - 1, below + 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }

    /** What web calculators do, on the decode rows of one device. */
    private static List<Baseline> baselines(List<Judged> judged) {
        List<ResolvedMeasurement> rows = judged.stream()
                .map(Judged::sample)
                .filter(each ->
                        each.phase() == Phase.DECODE && each.measurement().devices() == 1)
                .toList();
        Map<String, ToDoubleFunction<ResolvedMeasurement>> simple = new TreeMap<>(Comparator.naturalOrder());
        simple.put("bandwidth ÷ file size", ResolvedMeasurement::bandwidthOverSize);
        simple.put("bandwidth ÷ active bytes", ResolvedMeasurement::bandwidthOverActiveBytes);
        simple.put(
                "0.69 (dense) or 0.40 (experts) × bandwidth ÷ active bytes",
                each -> (each.isMixtureOfExperts() ? 0.40 : 0.69) * each.bandwidthOverActiveBytes());
        List<Baseline> baselines = new ArrayList<>();
        for (String kind : List.of("dense", "moe", ALL)) {
            List<ResolvedMeasurement> some = rows.stream()
                    .filter(each -> kind.equals(ALL) || kind.equals(each.isMixtureOfExperts() ? "moe" : "dense"))
                    .toList();
            if (some.isEmpty()) {
                continue;
            }
            simple.forEach((name, estimator) -> {
                double[] errors = some.stream()
                        .mapToDouble(each -> Math.abs(estimator.applyAsDouble(each) / each.measured() - 1))
                        .sorted()
                        .toArray();
                baselines.add(
                        new Baseline(name, "decode", kind, 100 * quantile(errors, 0.5), 100 * quantile(errors, 0.9)));
            });
        }
        return baselines;
    }

    private Ranges rangesOf(List<LeaveOneSourceOut.Row> rows) {
        return Ranges.of(catalogue, MeasuredRanges.of(catalogue, rows, ""));
    }
}
