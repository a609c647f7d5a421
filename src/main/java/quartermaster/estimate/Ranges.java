package quartermaster.estimate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import quartermaster.catalogue.Catalogue;
import quartermaster.catalogue.EvidenceClass;
import quartermaster.catalogue.Phase;
import quartermaster.catalogue.Spread;

/**
 * How far measured values lie from estimates, by what is estimated and what it rests on: from the residuals of rows
 * that were predicted without their publishers. Few publishers are pulled towards an assumption, which counts as
 * {@value #PUBLISHERS_OF_AN_ASSUMPTION}.
 */
final class Ranges {
    private static final int PUBLISHERS_OF_AN_ASSUMPTION = 3;
    private static final int ENOUGH_PUBLISHERS = 4;
    private static final double[] STUDENT = // 90 % quantile to that of the normal distribution, by publishers
            {2.40, 2.40, 2.40, 1.47, 1.28, 1.20, 1.15, 1.12, 1.10, 1.09, 1.08, 1.07, 1.06, 1.06, 1.05};
    private static final double MEMORY = 1.25; // settings of cache and batch are seldom published
    private static final double LEAST = Math.log(1.05); // machines of one kind and settings differ by as much

    private final Map<Phase, Map<EvidenceClass, Spread[]>> spreads = new EnumMap<>(Phase.class); // dense, experts

    private Ranges(List<Spread> rows) {
        rows.forEach(each -> spreads.computeIfAbsent(each.phase(), phase -> new EnumMap<>(EvidenceClass.class))
                .computeIfAbsent(each.evidence(), evidence -> new Spread[2])[each.experts() ? 1 : 0] = each);
    }

    /** What the catalogue says, and assumptions for what it leaves out. */
    static Ranges of(Catalogue catalogue) {
        return new Ranges(catalogue.spreads());
    }

    static Ranges of(List<LeftOut.Row> rows) {
        return new Ranges(measured(rows, ""));
    }

    /** The spread of a speed, of memory where the phase says so. */
    Spread of(Phase phase, boolean experts, EvidenceClass evidence) {
        EvidenceClass asked = evidence == EvidenceClass.MEASURED ? EvidenceClass.CALIBRATED : evidence;
        Map<EvidenceClass, Spread[]> some = spreads.getOrDefault(phase, Map.of());
        Spread[] found = some.get(asked);
        Spread spread = found == null ? null : found[experts ? 1 : 0];
        return spread == null ? assumed(phase, experts, asked) : spread;
    }

    /** One row for each phase, kind and evidence. */
    static List<Spread> measured(List<LeftOut.Row> rows, String asOf) {
        List<Spread> all = new ArrayList<>();
        for (Phase phase : Phase.values()) {
            for (boolean experts : new boolean[] {false, true}) {
                for (EvidenceClass evidence :
                        List.of(EvidenceClass.CALIBRATED, EvidenceClass.FAMILY, EvidenceClass.SPECIFICATION)) {
                    all.add(measured(assumed(phase, experts, evidence), rows, asOf));
                }
            }
        }
        return all;
    }

    /** From the rows of an evidence class; where only few publishers have some, from those of every class. */
    private static Spread measured(Spread assumed, List<LeftOut.Row> rows, String asOf) {
        List<LeftOut.Row> alike = rows.stream()
                .filter(each -> each.sample().phase() == assumed.phase())
                .filter(each ->
                        assumed.phase() == Phase.MEMORY || each.sample().isMixtureOfExperts() == assumed.experts())
                .toList();
        List<LeftOut.Row> own = alike.stream()
                .filter(each -> each.evidence() == assumed.evidence())
                .toList();
        List<LeftOut.Row> used = publishers(own) < ENOUGH_PUBLISHERS ? alike : own;
        double[] residuals =
                used.stream().mapToDouble(LeftOut.Row::residual).sorted().toArray();
        int n = residuals.length;
        double low = n == 0 ? 0 : Math.min(0, Accuracy.quantile(residuals, 0.1));
        double high = n == 0 ? 0 : Math.max(0, Accuracy.quantile(residuals, 0.9));
        int publishers = publishers(used);
        boolean extrapolated = assumed.evidence() == EvidenceClass.SPECIFICATION;
        double measuredLow = Math.exp(-pooled(-low, -Math.log(assumed.low()), publishers));
        double measuredHigh = Math.exp(pooled(high, Math.log(assumed.high()), publishers));
        return new Spread(
                assumed.phase(),
                assumed.experts(),
                assumed.evidence(),
                extrapolated ? Math.min(assumed.low(), measuredLow) : measuredLow,
                extrapolated ? Math.max(assumed.high(), measuredHigh) : measuredHigh,
                extrapolated ? 0 : n,
                n == 0 || extrapolated
                        ? assumed.source()
                        : "residuals of rows of " + publishers + " publishers, each predicted without its publisher",
                asOf.isEmpty() ? assumed.asOf() : asOf,
                0);
    }

    private static int publishers(List<LeftOut.Row> rows) {
        return (int) rows.stream().map(LeftOut.Row::publisher).distinct().count();
    }

    /** Spreads of logarithms, weighed by publishers: the rows of one are alike. */
    private static double pooled(double measured, double assumed, int publishers) {
        double widened = unseen(publishers) * Math.max(LEAST, measured);
        return Math.sqrt((publishers * widened * widened + PUBLISHERS_OF_AN_ASSUMPTION * assumed * assumed)
                / (publishers + PUBLISHERS_OF_AN_ASSUMPTION));
    }

    /** What Student's distribution is wider than the normal one: few publishers say little about the next. */
    private static double unseen(int publishers) {
        return STUDENT[Math.min(publishers, STUDENT.length - 1)];
    }

    /** Assumptions, in use where nothing was measured. */
    private static Spread assumed(Phase phase, boolean experts, EvidenceClass evidence) {
        double decode = switch (evidence) {
            case MEASURED, CALIBRATED -> 1.22;
            case FAMILY -> 1.40;
            case SPECIFICATION -> 1.70;
        };
        double more = switch (phase) {
            case DECODE, MEMORY -> 1;
            case PREFILL -> 1.3;
            case SERVE -> 2;
        };
        double factor = Math.exp(Math.sqrt(sum(Math.log(decode), Math.log(more), experts ? Math.log(1.15) : 0)));
        double used = phase == Phase.MEMORY ? MEMORY : factor;
        return new Spread(phase, experts, evidence, 1 / used, used, 0, "assumption", "2026-11", 0);
    }

    private static double sum(double... logarithms) {
        return Arrays.stream(logarithms).map(each -> each * each).sum();
    }
}
