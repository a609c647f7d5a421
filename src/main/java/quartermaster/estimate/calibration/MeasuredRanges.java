package quartermaster.estimate.calibration;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import quartermaster.catalogue.Catalogue;
import quartermaster.catalogue.EvidenceClass;
import quartermaster.catalogue.Spread;
import quartermaster.catalogue.measurement.Phase;
import quartermaster.estimate.Ranges;
import quartermaster.estimate.calibration.LeaveOneSourceOut.Row;

/**
 * The sheet {@code Ranges} as measurements leave it: from the residuals of rows that were predicted without their
 * publishers. Few publishers are pulled towards an assumption, which counts as if it were some of them.
 */
final class MeasuredRanges {
    private static final double[] STUDENT = // 90 % quantile to that of the normal distribution, by publishers
            {2.40, 2.40, 2.40, 1.47, 1.28, 1.20, 1.15, 1.12, 1.10, 1.09, 1.08, 1.07, 1.06, 1.06, 1.05};

    private static final int MORE = Integer.MAX_VALUE;
    private static final int[] CLASSES = {1, 8, 32, 128, MORE}; // most requests in flight of each class
    private static final int[] ANY = {MORE};

    private final Catalogue catalogue;
    private final double publishersOfAnAssumption;
    private final double enoughPublishers;
    private final double least; // machines of one kind and settings differ by as much

    private MeasuredRanges(Catalogue catalogue) {
        this.catalogue = catalogue;
        this.publishersOfAnAssumption = catalogue.number("publishersOfAnAssumption");
        this.enoughPublishers = catalogue.number("rangesFromPublishers");
        this.least = Math.log(catalogue.number("spread.least"));
    }

    /** One row for each phase, kind and evidence; of serving and waiting, one for each class of requests in flight. */
    static List<Spread> of(Catalogue catalogue, List<Row> rows, String asOf) {
        MeasuredRanges ranges = new MeasuredRanges(catalogue);
        List<Spread> all = new ArrayList<>();
        for (Phase phase : Phase.values()) {
            for (boolean experts : new boolean[] {false, true}) {
                List<Row> some = rows.stream()
                        .filter(each -> each.sample().phase() == phase)
                        .filter(each -> phase == Phase.MEMORY || each.sample().isMixtureOfExperts() == experts)
                        .toList();
                for (int inFlightUpTo : hasClasses(phase) ? CLASSES : ANY) {
                    all.addAll(ranges.ofOneKind(phase, experts, inFlightUpTo, some, asOf));
                }
            }
        }
        return all;
    }

    private List<Spread> ofOneKind(Phase phase, boolean experts, int inFlightUpTo, List<Row> rows, String asOf) {
        List<Spread> all = new ArrayList<>();
        for (EvidenceClass evidence :
                List.of(EvidenceClass.CALIBRATED, EvidenceClass.FAMILY, EvidenceClass.SPECIFICATION)) {
            Spread own = measured(
                    Ranges.assumed(catalogue, phase, experts, evidence, inFlightUpTo), inFlightUpTo, rows, asOf);
            all.add(all.isEmpty() ? own : noNarrower(own, all.get(all.size() - 1)));
        }
        return all;
    }

    /** Weaker evidence never makes a range narrower, whatever the rows of its class happened to be. */
    private static Spread noNarrower(Spread own, Spread stronger) {
        return new Spread(
                own.phase(),
                own.experts(),
                own.evidence(),
                own.inFlightUpTo(),
                Math.min(own.low(), stronger.low()),
                Math.max(own.high(), stronger.high()),
                own.measurements(),
                own.source(),
                own.asOf(),
                own.row());
    }

    /**
     * From the rows of an evidence class and of a class of requests in flight; where only few publishers have some, from
     * those of every evidence. How much the next publisher differs, all rows of the phase and kind tell.
     */
    private Spread measured(Spread assumed, int inFlightUpTo, List<Row> rows, String asOf) {
        List<Row> ofEvidence = rows.stream()
                .filter(each -> each.evidence() == assumed.evidence())
                .toList();
        List<Row> used = publishers(ofEvidence) < enoughPublishers ? rows : ofEvidence;
        List<Row> ofClass = used.stream()
                .filter(each ->
                        !hasClasses(assumed.phase()) || classOf(each.sample().inFlightOnEach()) == inFlightUpTo)
                .toList();
        double[] residuals =
                ofClass.stream().mapToDouble(Row::residual).sorted().toArray();
        int n = residuals.length;
        double low = n == 0 ? 0 : Math.min(0, Accuracy.quantile(residuals, 0.1));
        double high = n == 0 ? 0 : Math.max(0, Accuracy.quantile(residuals, 0.9));
        int publishers = publishers(ofClass);
        double unseen = unseen(publishers(used));
        boolean extrapolated = assumed.evidence() == EvidenceClass.SPECIFICATION;
        double measuredLow = Math.exp(-pooled(-low, -Math.log(assumed.low()), publishers, unseen));
        double measuredHigh = Math.exp(pooled(high, Math.log(assumed.high()), publishers, unseen));
        return new Spread(
                assumed.phase(),
                assumed.experts(),
                assumed.evidence(),
                inFlightUpTo == MORE ? null : inFlightUpTo,
                extrapolated ? Math.min(assumed.low(), measuredLow) : measuredLow,
                extrapolated ? Math.max(assumed.high(), measuredHigh) : measuredHigh,
                extrapolated ? 0 : n,
                n == 0 || extrapolated
                        ? assumed.source()
                        : "residuals of rows of " + publishers + " publishers, each predicted without its publisher",
                asOf.isEmpty() ? assumed.asOf() : asOf,
                0);
    }

    private static boolean hasClasses(Phase phase) {
        return phase == Phase.SERVE || phase == Phase.TTFT;
    }

    private static int classOf(int inFlight) {
        return Arrays.stream(CLASSES)
                .filter(most -> inFlight <= most)
                .findFirst()
                .orElse(MORE);
    }

    private static int publishers(List<Row> rows) {
        return (int) rows.stream().map(Row::publisher).distinct().count();
    }

    /** Spreads of logarithms, weighed by publishers: the rows of one are alike. */
    private double pooled(double measured, double assumed, int publishers, double unseen) {
        double widened = unseen * Math.max(least, measured);
        return Math.sqrt((publishers * widened * widened + publishersOfAnAssumption * assumed * assumed)
                / (publishers + publishersOfAnAssumption));
    }

    /** What Student's distribution is wider than the normal one: few publishers say little about the next. */
    private static double unseen(int publishers) {
        return STUDENT[Math.min(publishers, STUDENT.length - 1)];
    }
}
