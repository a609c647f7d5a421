package quartermaster.estimate.calibration;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import quartermaster.catalogue.Catalogue;
import quartermaster.catalogue.Constants;
import quartermaster.catalogue.Efficiency;
import quartermaster.catalogue.Engine;
import quartermaster.catalogue.EvidenceClass;
import quartermaster.catalogue.Hardware;
import quartermaster.catalogue.Spread;
import quartermaster.catalogue.measurement.Phase;
import quartermaster.estimate.Estimator;
import quartermaster.estimate.ResolvedMeasurement;

/**
 * The {@code Efficiency} sheet as measurements leave it: a row for each chip class that has some, with an engine; and
 * the defaults for the rest.
 *
 * @param rows what changed, in the order of the sheet
 * @param spreads of the sheet {@code Ranges}
 */
public record Calibration(List<Row> rows, List<Spread> spreads) {
    private static final int ENOUGH_PUBLISHERS = 3; // with fewer, one left out takes too much away to judge by

    public Calibration {
        rows = List.copyOf(rows);
        spreads = List.copyOf(spreads);
    }

    /**
     * A row of the sheet, before and after.
     *
     * @param errorBefore median absolute error of its rows with the defaults, in percent; null without rows
     * @param errorAfter the same with the fit, rows left out by publisher where that was checked
     * @param worst id of the row that is furthest off afterwards
     * @param refused the defaults stay in force, because the fit is worse
     */
    public record Row(
            Efficiency before,
            Efficiency after,
            int measurements,
            @Nullable Double errorBefore,
            @Nullable Double errorAfter,
            @Nullable String worst,
            boolean refused) {}

    /** Fits the defaults of a catalogue to measurements. */
    public static Calibration of(Catalogue catalogue, List<ResolvedMeasurement> samples) {
        return of(catalogue, samples, fit(catalogue, samples, null));
    }

    /** Speeds say how good a fit is; times to the first token only help to find it. */
    private static boolean isGraded(ResolvedMeasurement sample) {
        return ConstantsFit.isUsable(sample) && sample.phase() != Phase.TTFT;
    }

    static ConstantsFit fit(Catalogue catalogue, List<ResolvedMeasurement> samples, @Nullable ConstantsFit near) {
        return ConstantsFit.of(catalogue.with(catalogue.efficiencyDefaults(), catalogue.spreads()), samples, near);
    }

    static Calibration of(Catalogue catalogue, List<ResolvedMeasurement> samples, ConstantsFit fit) {
        Catalogue defaults = catalogue.with(catalogue.efficiencyDefaults(), catalogue.spreads());
        Map<String, List<ResolvedMeasurement>> byKey = new TreeMap<>();
        for (ResolvedMeasurement each : samples) {
            if (isGraded(each)) {
                byKey.computeIfAbsent(key(each), key -> new ArrayList<>()).add(each);
            }
        }
        Map<String, Row> rows = new LinkedHashMap<>();
        for (Efficiency row : defaults.efficiencies()) {
            rows.put(row.appliesTo() + "@" + row.engine(), new Row(row, row, 0, null, null, null, false));
        }
        for (Hardware chip : chips(catalogue)) {
            for (Engine engine : catalogue.engines()) {
                boolean own = engine.id().equals(engine.efficiencyAs());
                if (own && engine.runsOn(chip)) {
                    String key = chip.chipClass() + "@" + engine.id();
                    Efficiency before = defaults.efficiency(chip, engine);
                    rows.put(
                            key,
                            fitted(
                                    before,
                                    fit.constants(chip, engine),
                                    chip,
                                    engine,
                                    byKey.getOrDefault(key, List.of()),
                                    catalogue.number("calibratedFromRows")));
                }
            }
        }
        return new Calibration(List.copyOf(rows.values()), catalogue.spreads());
    }

    /**
     * Fits the defaults of a catalogue to its own sheet of measurements, and keeps the defaults of a chip and engine
     * where the fit would predict other people's rows worse than they do.
     *
     * @param asOf the day of the calibration
     * @param progress is told what is being done, in words
     */
    public static Calibration checked(Catalogue catalogue, String asOf, Consumer<String> progress) {
        Estimator estimator = Estimator.withoutOwnMeasurements(catalogue);
        List<ResolvedMeasurement> samples = catalogue.measurements().stream()
                .map(each -> ResolvedMeasurement.of(each, catalogue, estimator))
                .flatMap(Optional::stream)
                .flatMap(each -> Stream.concat(Stream.of(each), each.firstToken().stream()))
                .toList();
        progress.accept("fitting " + samples.size() + " rows");
        Calibration all = of(catalogue, samples);
        List<LeaveOneSourceOut.Row> leftOut = LeaveOneSourceOut.of(catalogue, samples, progress);
        Map<String, List<LeaveOneSourceOut.Row>> byKey = new TreeMap<>();
        leftOut.stream()
                .filter(each -> isGraded(each.sample()))
                .forEach(each -> byKey.computeIfAbsent(key(each.sample()), key -> new ArrayList<>())
                        .add(each));
        return new Calibration(
                all.rows().stream()
                        .map(row -> unlessWorse(
                                row,
                                byKey.getOrDefault(key(row.after()), List.of()),
                                catalogue.number("fitMayBeWorsePercent")))
                        .toList(),
                MeasuredRanges.of(
                        catalogue,
                        leftOut.stream()
                                .filter(each -> Accuracy.isGraded(each.sample()))
                                .toList(),
                        asOf));
    }

    private static Row unlessWorse(Row row, List<LeaveOneSourceOut.Row> leftOut, double mayBeWorsePercent) {
        if (leftOut.isEmpty() || row.errorBefore() == null) {
            return row;
        }
        double after = 100
                * Accuracy.quantile(
                        leftOut.stream()
                                .mapToDouble(each -> Math.abs(each.error()))
                                .sorted()
                                .toArray(),
                        0.5);
        long publishers = leftOut.stream()
                .map(LeaveOneSourceOut.Row::publisher)
                .distinct()
                .count();
        double judged = publishers >= ENOUGH_PUBLISHERS || row.errorAfter() == null ? after : row.errorAfter();
        boolean worse = judged > row.errorBefore() + mayBeWorsePercent;
        return new Row(
                row.before(),
                worse ? defaultsKept(row) : row.after(),
                row.measurements(),
                row.errorBefore(),
                worse ? row.errorBefore() : after,
                row.worst(),
                worse);
    }

    private static Efficiency defaultsKept(Row row) {
        Efficiency after = row.after();
        return new Efficiency(
                after.appliesTo(),
                after.engine(),
                row.before().constants(),
                after.measurements(),
                after.errorPercent(),
                after.evidence(),
                "defaults kept: the fit predicts other people's rows worse",
                after.asOf(),
                after.row());
    }

    private static String key(ResolvedMeasurement sample) {
        return sample.hardware().chipClass() + "@" + sample.engine().efficiencyAs();
    }

    private static String key(Efficiency row) {
        return row.appliesTo() + "@" + row.engine();
    }

    public List<Efficiency> efficiencies() {
        return rows.stream().map(Row::after).toList();
    }

    /** One machine for each chip class, so that families are known. */
    private static List<Hardware> chips(Catalogue catalogue) {
        Map<String, Hardware> chips = new TreeMap<>();
        catalogue.hardware().stream()
                .sorted(Comparator.comparing(Hardware::id))
                .forEach(each -> chips.putIfAbsent(each.chipClass(), each));
        return List.copyOf(chips.values());
    }

    private static Row fitted(
            Efficiency before,
            Constants after,
            Hardware chip,
            Engine engine,
            List<ResolvedMeasurement> samples,
            double enough) {
        Optional<ResolvedMeasurement> worst =
                samples.stream().max(Comparator.comparingDouble(each -> error(each, after)));
        EvidenceClass evidence = samples.size() >= enough
                ? EvidenceClass.CALIBRATED
                : before.evidence().and(EvidenceClass.FAMILY);
        Double errorAfter = samples.isEmpty() ? null : median(samples, after);
        Efficiency row = new Efficiency(
                chip.chipClass(),
                engine.id(),
                after,
                samples.size(),
                errorAfter,
                evidence,
                "calibrated on the sheet Measurements",
                before.asOf(),
                before.row());
        return new Row(
                before,
                row,
                samples.size(),
                samples.isEmpty() ? null : median(samples, before.constants()),
                errorAfter,
                worst.map(each -> each.measurement().id()).orElse(null),
                false);
    }

    private static double median(List<ResolvedMeasurement> samples, Constants constants) {
        double[] errors = samples.stream()
                .mapToDouble(each -> error(each, constants))
                .sorted()
                .toArray();
        return 100 * Accuracy.quantile(errors, 0.5);
    }

    private static double error(ResolvedMeasurement sample, Constants constants) {
        return Math.abs(sample.predicted(constants) / sample.measured() - 1);
    }
}
