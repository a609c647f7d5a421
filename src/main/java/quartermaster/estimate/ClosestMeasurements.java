package quartermaster.estimate;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import quartermaster.catalogue.Catalogue;
import quartermaster.catalogue.Engine;
import quartermaster.catalogue.Hardware;
import quartermaster.catalogue.Model;
import quartermaster.catalogue.measurement.Measurement;
import quartermaster.catalogue.measurement.Phase;

/** The measurements that an estimate rests on most: of the same chip and engine, of models most like its own. */
final class ClosestMeasurements {
    private static final int MOST = 3;

    private final Catalogue catalogue;
    private final Map<Pairing, List<String>> places = new ConcurrentHashMap<>(); // e.g. "Measurements!A12"

    ClosestMeasurements(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** Places in the catalogue, the closest first. */
    List<String> of(Hardware chip, Engine engine, Model model) {
        return places.computeIfAbsent(
                new Pairing(chip.chipClass(), engine.efficiencyAs(), model.id()),
                key -> closest(catalogue.measurementsOf(chip, engine), model));
    }

    private record Pairing(String chipClass, String efficiencyAs, String model) {}

    private List<String> closest(List<Measurement> rows, Model model) {
        return rows.stream()
                .filter(row -> row.phase() == Phase.DECODE || row.phase() == Phase.SERVE)
                .sorted(Comparator.comparingDouble((Measurement row) -> distance(row, model))
                        .thenComparing(row -> !row.graded())
                        .thenComparing(Measurement::id))
                .limit(MOST)
                .map(row -> "Measurements!A" + row.row())
                .toList();
    }

    /** How unlike the models are: by the weights that a token reads, and by whether they have experts. */
    private double distance(Measurement row, Model model) {
        return catalogue
                .findModel(row.model())
                .map(other -> Math.abs(Math.log(other.readParametersB() / model.readParametersB()))
                        + (other.isMixtureOfExperts() == model.isMixtureOfExperts() ? 0 : 1))
                .orElse(Double.MAX_VALUE);
    }
}
