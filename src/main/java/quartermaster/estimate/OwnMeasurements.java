package quartermaster.estimate;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import quartermaster.catalogue.Catalogue;
import quartermaster.catalogue.measurement.Phase;
import quartermaster.estimate.training.NormalEquations;

/**
 * What an architect measured, which wins over what others did: the logarithm of measured to estimated is taken for a
 * Gaussian process over pairings. At the pairing that was measured the estimate becomes the measurement; of the rest of
 * the way, the same chip and engine with another model goes a part, a chip of the same family a smaller one.
 */
final class OwnMeasurements {
    private static final double NOISE = 0.01; // of the logarithm's variance: a measurement is reproduced within 1 %
    private static final int MOST = 300; // rows of a phase, the latest of the sheet: enough for any fleet
    private static final double DOUBLINGS = 3; // of requests in flight over which a figure is still much alike

    /** Rows of a phase, with the weights that make their residuals. */
    private record Known(List<ResolvedMeasurement> rows, double[] weights) {
        static final Known NOTHING = new Known(List.of(), new double[0]);
    }

    private final double sameFamily;
    private final double sameChip;
    private final Map<Phase, Known> known = new EnumMap<>(Phase.class);
    private boolean isEmpty = true; // until rows are learned

    private OwnMeasurements(double sameFamily, double sameChip) {
        this.sameFamily = sameFamily;
        this.sameChip = sameChip;
    }

    /**
     * Of the catalogue's own rows.
     *
     * @param plain the estimator without them
     */
    static OwnMeasurements of(Catalogue catalogue, Estimator plain) {
        OwnMeasurements all = new OwnMeasurements(
                catalogue.number("ownMeasurement.sameFamily"), catalogue.number("ownMeasurement.sameChip"));
        List<ResolvedMeasurement> rows = catalogue.measurements().stream()
                .filter(row -> row.isOwn() && row.include())
                .flatMap(row -> ResolvedMeasurement.of(row, catalogue, plain).stream())
                .flatMap(row -> Stream.concat(Stream.of(row), row.firstToken().stream()))
                .toList();
        // decoding and reading first: what serving is off by is what they leave
        for (Phase phase : List.of(Phase.DECODE, Phase.PREFILL, Phase.SERVE, Phase.TTFT)) {
            all.learn(phase, rows.stream().filter(row -> row.phase() == phase).toList());
        }
        return all;
    }

    private void learn(Phase phase, List<ResolvedMeasurement> all) {
        List<ResolvedMeasurement> rows = all.subList(Math.max(0, all.size() - MOST), all.size());
        int n = rows.size();
        double[][] alike = new double[n][n];
        double[] residuals = new double[n];
        for (int i = 0; i < n; i++) {
            ResolvedMeasurement row = rows.get(i);
            for (int j = 0; j < n; j++) {
                alike[i][j] = likeness(place(row), place(rows.get(j))) + (i == j ? NOISE : 0);
            }
            residuals[i] = Math.log(row.measured() / row.predicted(correction(row.demand(), row.deployment())));
        }
        isEmpty &= rows.isEmpty();
        known.put(phase, new Known(List.copyOf(rows), NormalEquations.solve(alike, residuals)));
    }

    /** Where a figure stands among others. */
    private record Standing(Deployment deployment, String model, double inFlight) {}

    private static Standing place(ResolvedMeasurement row) {
        return new Standing(row.deployment(), row.model().id(), row.inFlightOnEach());
    }

    private double likeness(Standing one, Standing other) {
        if (!one.deployment()
                        .engine()
                        .efficiencyAs()
                        .equals(other.deployment().engine().efficiencyAs())
                || !one.deployment()
                        .hardware()
                        .family()
                        .equals(other.deployment().hardware().family())) {
            return 0;
        }
        boolean chip = one.deployment()
                .hardware()
                .chipClass()
                .equals(other.deployment().hardware().chipClass());
        double ofPairing = 1 - sameFamily - sameChip;
        double apart = Math.abs(Math.log(one.inFlight() / other.inFlight())) / Math.log(2);
        double pairing = samePairing(one.deployment(), one.model(), other) ? Math.exp(-apart / DOUBLINGS) : 0;
        return sameFamily + (chip ? sameChip : 0) + ofPairing * pairing;
    }

    private static boolean samePairing(Deployment deployment, String model, Standing other) {
        return deployment.hardware().id().equals(other.deployment().hardware().id())
                && deployment.devices() == other.deployment().devices()
                && deployment.engine().id().equals(other.deployment().engine().id())
                && deployment
                        .quantization()
                        .id()
                        .equals(other.deployment().quantization().id())
                && model.equals(other.model());
    }

    /** A row of exactly this pairing, at about as many in flight. */
    Optional<ResolvedMeasurement> ofPairing(Demand demand, Deployment deployment, double inFlight, Phase... phases) {
        return isEmpty()
                ? Optional.empty()
                : Stream.of(phases)
                        .flatMap(phase -> rows(phase).stream())
                        .filter(row -> samePairing(deployment, demand.model().id(), place(row)))
                        .filter(row -> Math.max(row.inFlightOnEach(), inFlight)
                                <= 2 * Math.min(row.inFlightOnEach(), inFlight))
                        .findFirst();
    }

    /** Whether this pairing was measured, with however many in flight. */
    boolean knows(Demand demand, Deployment deployment) {
        return !isEmpty()
                && known.values().stream()
                        .flatMap(of -> of.rows().stream())
                        .anyMatch(row -> samePairing(deployment, demand.model().id(), place(row)));
    }

    private boolean isEmpty() {
        return isEmpty;
    }

    private List<ResolvedMeasurement> rows(Phase phase) {
        return known.getOrDefault(phase, Known.NOTHING).rows();
    }

    /** What a pairing's estimate is to be multiplied by. */
    Correction correction(Demand demand, Deployment deployment) {
        return isEmpty()
                ? Correction.NONE
                : (phase, inFlight) ->
                        factor(phase, new Standing(deployment, demand.model().id(), inFlight));
    }

    private double factor(Phase phase, Standing at) {
        Known of = known.getOrDefault(phase, Known.NOTHING);
        double sum = 0;
        for (int i = 0; i < of.rows().size(); i++) {
            sum += likeness(at, place(of.rows().get(i))) * of.weights()[i];
        }
        return Math.exp(sum);
    }

    /** A factor on what is estimated: speeds of a phase, or the time to the first token. */
    @FunctionalInterface
    interface Correction {
        Correction NONE = (phase, inFlight) -> 1;

        double factor(Phase phase, double inFlight);
    }
}
