package quartermaster.estimate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import quartermaster.catalogue.Catalogue;
import quartermaster.catalogue.Efficiency;
import quartermaster.catalogue.Engine;
import quartermaster.catalogue.EvidenceClass;
import quartermaster.catalogue.Hardware;

/**
 * The {@code Efficiency} sheet as measurements leave it: a row for each chip class that has some, with an engine; and
 * the defaults for the rest.
 *
 * @param rows what changed, in the order of the sheet
 */
public record Calibration(List<Row> rows) {
    private static final int ENOUGH = 3;
    private static final double WORSE_BY_PERCENT = 1;

    public Calibration {
        rows = List.copyOf(rows);
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
    public static Calibration of(Catalogue catalogue, List<Sample> samples) {
        Catalogue defaults = catalogue.withEfficiencies(catalogue.efficiencyDefaults());
        ConstantsFit fit = ConstantsFit.of(defaults, samples);
        Map<String, List<Sample>> byKey = new TreeMap<>();
        for (Sample each : samples) {
            if (ConstantsFit.isUsable(each)) {
                byKey.computeIfAbsent(
                                each.hardware().chipClass() + "@"
                                        + each.engine().efficiencyAs(),
                                key -> new ArrayList<>())
                        .add(each);
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
                                    byKey.getOrDefault(key, List.of())));
                }
            }
        }
        return new Calibration(List.copyOf(rows.values()));
    }

    /**
     * Fits the defaults of a catalogue to its own sheet of measurements, and keeps the defaults of a chip and engine
     * where the fit would predict other people's rows worse than they do.
     *
     * @param progress is told what is being done, in words
     */
    public static Calibration checked(Catalogue catalogue, Consumer<String> progress) {
        Estimator estimator = new Estimator(catalogue);
        List<Sample> samples = catalogue.measurements().stream()
                .map(each -> Sample.of(each, catalogue, estimator))
                .flatMap(Optional::stream)
                .toList();
        progress.accept("fitting " + samples.size() + " rows");
        Calibration all = of(catalogue, samples);
        Map<String, List<Double>> leftOut = leftOutErrors(catalogue, samples, progress);
        return new Calibration(all.rows().stream()
                .map(row -> unlessWorse(row, leftOut.getOrDefault(key(row.after()), List.of())))
                .toList());
    }

    /** Errors of rows predicted from other publishers, by chip and engine. */
    private static Map<String, List<Double>> leftOutErrors(
            Catalogue catalogue, List<Sample> samples, Consumer<String> progress) {
        Catalogue defaults = catalogue.withEfficiencies(catalogue.efficiencyDefaults());
        Map<String, List<Double>> errors = new TreeMap<>();
        for (String publisher : new TreeSet<>(
                samples.stream().map(each -> each.measurement().publisher()).toList())) {
            progress.accept("leaving out " + publisher);
            ConstantsFit others = ConstantsFit.of(
                    defaults,
                    samples.stream()
                            .filter(each -> !each.measurement().publisher().equals(publisher))
                            .toList());
            samples.stream()
                    .filter(each -> each.measurement().publisher().equals(publisher) && ConstantsFit.isUsable(each))
                    .forEach(each -> errors.computeIfAbsent(
                                    each.hardware().chipClass() + "@"
                                            + each.engine().efficiencyAs(),
                                    key -> new ArrayList<>())
                            .add(error(each, others.constants(each.hardware(), each.engine()))));
        }
        return errors;
    }

    private static Row unlessWorse(Row row, List<Double> leftOut) {
        if (leftOut.isEmpty() || row.errorBefore() == null) {
            return row;
        }
        double after = 100
                * Accuracy.quantile(
                        leftOut.stream().mapToDouble(each -> each).sorted().toArray(), 0.5);
        boolean worse = after > row.errorBefore() + WORSE_BY_PERCENT;
        Efficiency kept = worse ? withConstantsOf(row.before(), row.after()) : row.after();
        return new Row(
                row.before(),
                kept,
                row.measurements(),
                row.errorBefore(),
                worse ? row.errorBefore() : after,
                row.worst(),
                worse);
    }

    private static Efficiency withConstantsOf(Efficiency constants, Efficiency row) {
        return new Efficiency(
                row.appliesTo(),
                row.engine(),
                constants.bandwidth(),
                constants.layerMicroseconds(),
                constants.expertLayerMicroseconds(),
                constants.stepMicroseconds(),
                constants.sequenceMicroseconds(),
                constants.attentionCost(),
                constants.prefill(),
                constants.prefillExperts(),
                constants.decodeCompute(),
                constants.smallBatch(),
                row.measurements(),
                row.errorPercent(),
                row.evidence(),
                row.lowMultiplier(),
                row.highMultiplier(),
                "defaults kept: the fit predicts other people's rows worse",
                row.asOf(),
                row.row());
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

    private static Row fitted(Efficiency before, Efficiency after, Hardware chip, Engine engine, List<Sample> samples) {
        Optional<Sample> worst = samples.stream().max(Comparator.comparingDouble(each -> error(each, after)));
        EvidenceClass evidence = samples.size() >= ENOUGH
                ? EvidenceClass.CALIBRATED
                : before.evidence().and(EvidenceClass.FAMILY);
        Efficiency row = new Efficiency(
                chip.chipClass(),
                engine.id(),
                after.bandwidth(),
                after.layerMicroseconds(),
                after.expertLayerMicroseconds(),
                after.stepMicroseconds(),
                after.sequenceMicroseconds(),
                after.attentionCost(),
                after.prefill(),
                after.prefillExperts(),
                after.decodeCompute(),
                after.smallBatch(),
                samples.size(),
                samples.isEmpty() ? null : median(samples, after),
                evidence,
                Spread.low(evidence),
                Spread.high(evidence),
                "calibrated on the sheet Measurements",
                before.asOf(),
                before.row());
        return new Row(
                before,
                row,
                samples.size(),
                samples.isEmpty() ? null : median(samples, before),
                row.errorPercent(),
                worst.map(each -> each.measurement().id()).orElse(null),
                false);
    }

    private static double median(List<Sample> samples, Efficiency constants) {
        double[] errors = samples.stream()
                .mapToDouble(each -> error(each, constants))
                .sorted()
                .toArray();
        return 100 * Accuracy.quantile(errors, 0.5);
    }

    private static double error(Sample sample, Efficiency constants) {
        return Math.abs(sample.predicted(constants) / sample.measurement().value() - 1);
    }
}
