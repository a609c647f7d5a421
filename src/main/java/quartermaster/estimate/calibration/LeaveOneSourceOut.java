package quartermaster.estimate.calibration;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import quartermaster.catalogue.Catalogue;
import quartermaster.catalogue.Constants;
import quartermaster.catalogue.Efficiency;
import quartermaster.catalogue.EvidenceClass;
import quartermaster.estimate.ResolvedMeasurement;

/** Rows of a sheet of measurements, each predicted with constants that were fitted without its publisher. */
public final class LeaveOneSourceOut {
    private LeaveOneSourceOut() {}

    /**
     * A row with its prediction.
     *
     * @param publisher of the sample
     * @param evidence of the prediction, when its publisher is left out
     */
    public record Row(ResolvedMeasurement sample, String publisher, Constants constants, EvidenceClass evidence) {
        double predicted() {
            return sample.predicted(constants);
        }

        /** Logarithm of measured to predicted. */
        public double residual() {
            return Math.log(sample.measured() / predicted());
        }

        double error() {
            return predicted() / sample.measured() - 1;
        }
    }

    /** @param progress is told what is done, in words, by several threads */
    static List<Row> of(Catalogue catalogue, List<ResolvedMeasurement> samples, Consumer<String> progress) {
        Map<String, List<ResolvedMeasurement>> byPublisher = new TreeMap<>();
        samples.forEach(each -> byPublisher
                .computeIfAbsent(each.measurement().publisher(), key -> new ArrayList<>())
                .add(each));
        ConstantsFit ofAll = Calibration.fit(catalogue, samples, null);
        AtomicInteger done = new AtomicInteger();
        return byPublisher.entrySet().parallelStream()
                .map(rows -> {
                    String publisher = rows.getKey();
                    Set<ResolvedMeasurement> own = Collections.newSetFromMap(new IdentityHashMap<>());
                    own.addAll(rows.getValue());
                    List<ResolvedMeasurement> others =
                            samples.stream().filter(each -> !own.contains(each)).toList();
                    List<Row> predicted = predicted(catalogue, rows.getValue(), others, ofAll);
                    progress.accept(done.incrementAndGet() + " of " + byPublisher.size()
                            + " publishers predicted from the others: " + publisher);
                    return predicted;
                })
                .flatMap(List::stream)
                .toList();
    }

    /** Rows predicted from other rows. */
    static List<Row> predicted(Catalogue catalogue, List<ResolvedMeasurement> rows, List<ResolvedMeasurement> fitted) {
        return predicted(catalogue, rows, fitted, null);
    }

    private static List<Row> predicted(
            Catalogue catalogue,
            List<ResolvedMeasurement> rows,
            List<ResolvedMeasurement> fitted,
            @Nullable ConstantsFit near) {
        ConstantsFit fit = Calibration.fit(catalogue, fitted, near);
        Catalogue without =
                catalogue.with(Calibration.of(catalogue, fitted, fit).efficiencies(), catalogue.spreads());
        return rows.stream().map(each -> row(without, each)).toList();
    }

    private static Row row(Catalogue catalogue, ResolvedMeasurement sample) {
        Efficiency efficiency = catalogue.efficiency(sample.hardware(), sample.engine());
        return new Row(sample, sample.measurement().publisher(), efficiency.constants(), efficiency.evidence());
    }
}
