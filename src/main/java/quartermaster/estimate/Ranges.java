package quartermaster.estimate;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import quartermaster.catalogue.Catalogue;
import quartermaster.catalogue.EvidenceClass;
import quartermaster.catalogue.Phase;
import quartermaster.catalogue.Spread;

/** How far measured values lie from estimates, by what is estimated and what it rests on. */
public final class Ranges {
    private static final double MEMORY = 1.25; // settings of cache and batch are seldom published

    private final Map<Phase, Map<EvidenceClass, Spread[]>> spreads = new EnumMap<>(Phase.class); // dense, experts

    private Ranges(List<Spread> rows) {
        rows.forEach(each -> spreads.computeIfAbsent(each.phase(), phase -> new EnumMap<>(EvidenceClass.class))
                .computeIfAbsent(each.evidence(), evidence -> new Spread[2])[each.experts() ? 1 : 0] = each);
    }

    /** What the catalogue says, and assumptions for what it leaves out. */
    public static Ranges of(Catalogue catalogue) {
        return new Ranges(catalogue.spreads());
    }

    public static Ranges of(List<Spread> spreads) {
        return new Ranges(spreads);
    }

    /** The spread of a speed, of memory where the phase says so. */
    public Spread of(Phase phase, boolean experts, EvidenceClass evidence) {
        EvidenceClass asked = evidence == EvidenceClass.MEASURED ? EvidenceClass.CALIBRATED : evidence;
        Map<EvidenceClass, Spread[]> some = spreads.getOrDefault(phase, Map.of());
        Spread[] found = some.get(asked);
        Spread spread = found == null ? null : found[experts ? 1 : 0];
        return spread == null ? assumed(phase, experts, asked) : spread;
    }

    /** Assumptions, in use where nothing was measured. */
    public static Spread assumed(Phase phase, boolean experts, EvidenceClass evidence) {
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
