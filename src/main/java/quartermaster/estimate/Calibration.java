package quartermaster.estimate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
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

    public Calibration {
        rows = List.copyOf(rows);
    }

    /**
     * A row of the sheet, before and after.
     *
     * @param errorBefore median absolute error of its rows with the defaults, in percent; null without rows
     * @param worst id of the row that is furthest off afterwards
     */
    public record Row(
            Efficiency before,
            Efficiency after,
            int measurements,
            @Nullable Double errorBefore,
            @Nullable Double errorAfter,
            @Nullable String worst) {}

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
            rows.put(row.appliesTo() + "@" + row.engine(), new Row(row, row, 0, null, null, null));
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
                worst.map(each -> each.measurement().id()).orElse(null));
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
