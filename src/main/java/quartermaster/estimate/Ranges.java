package quartermaster.estimate;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import quartermaster.catalogue.Availability;
import quartermaster.catalogue.Catalogue;
import quartermaster.catalogue.EvidenceClass;
import quartermaster.catalogue.Hardware;
import quartermaster.catalogue.MemoryKind;
import quartermaster.catalogue.Spread;
import quartermaster.catalogue.measurement.Phase;
import quartermaster.unit.Bytes;
import quartermaster.unit.Range;

/** How far measured values lie from estimates, by what is estimated and what it rests on. */
public final class Ranges {
    private final Catalogue catalogue;
    private final Map<Phase, Map<EvidenceClass, Spread[]>> spreads = new EnumMap<>(Phase.class); // dense, experts

    private Ranges(Catalogue catalogue, List<Spread> rows) {
        this.catalogue = catalogue;
        rows.forEach(each -> spreads.computeIfAbsent(each.phase(), phase -> new EnumMap<>(EvidenceClass.class))
                .computeIfAbsent(each.evidence(), evidence -> new Spread[2])[each.experts() ? 1 : 0] = each);
    }

    /** What the catalogue says, and assumptions for what it leaves out. */
    public static Ranges of(Catalogue catalogue) {
        return of(catalogue, catalogue.spreads());
    }

    /** Other spreads than those of the catalogue's own sheet. */
    public static Ranges of(Catalogue catalogue, List<Spread> spreads) {
        return new Ranges(catalogue, spreads);
    }

    /** A figure of the sheet {@code Defaults}, e.g. the factor {@code widening.severalDevices}. */
    double number(String name) {
        return catalogue.number(name);
    }

    /** The spread of a speed, of a time or of memory where the phase says so. */
    public Spread of(Phase phase, boolean experts, EvidenceClass evidence) {
        if (evidence == EvidenceClass.MEASURED) {
            double again = catalogue.number("spread.measured");
            return new Spread(phase, experts, evidence, 1 / again, again, 1, "the same measured again", "", 0);
        }
        Map<EvidenceClass, Spread[]> some = spreads.getOrDefault(phase, Map.of());
        Spread[] found = some.get(evidence);
        Spread spread = found == null ? null : found[experts ? 1 : 0];
        return spread == null ? assumed(catalogue, phase, experts, evidence) : spread;
    }

    /** The spread of a phase, and what goes beyond the rows that it comes from. */
    Uncertainty of(Demand demand, Deployment deployment, Phase phase, EvidenceClass evidence) {
        Hardware hardware = deployment.hardware();
        Spread spread = of(phase, demand.model().isMixtureOfExperts(), evidence);
        boolean speed = phase != Phase.MEMORY;
        double longTokens = catalogue.number("longContextTokens");
        return new Uncertainty(spread.low(), spread.high())
                .widenIf(
                        phase == Phase.DECODE && demand.contextTokens() > longTokens,
                        catalogue.number("widening.longContext"),
                        "context over " + Math.round(longTokens / 1024) + "k tokens")
                .widenIf(
                        phase == Phase.DECODE && deployment.devices() > 1,
                        catalogue.number("widening.severalDevices"),
                        "several devices")
                .widenIf(
                        speed && deployment.devices() > hardware.maxDevicesPerNode(),
                        catalogue.number("widening.severalMachines"),
                        "several machines")
                .widenIf(
                        speed && hardware.availability() == Availability.PROJECTED,
                        catalogue.number("widening.announced"),
                        "announced, not sold")
                .widenIf(
                        speed && hardware.bandwidthGBps() == null,
                        catalogue.number("widening.bandwidthUnknown"),
                        "bandwidth not published");
    }

    /** What a measurement would have shown, as a range: tokens a second, or GB; totals may contain a desktop's memory. */
    public Range of(ResolvedMeasurement sample, double typical, EvidenceClass evidence) {
        Range range = of(sample.demand(), sample.deployment(), sample.phase(), evidence)
                .of(typical);
        boolean ofAllPrograms =
                sample.phase() == Phase.MEMORY && sample.hardware().memoryKind() != MemoryKind.UNIFIED;
        return ofAllPrograms
                ? new Range(
                        range.low(),
                        typical,
                        range.high()
                                + Bytes.ofGiB(catalogue.number("desktopGiB")).gb())
                : range;
    }

    /** Assumptions of the sheet {@code Defaults}, in use where nothing was measured. */
    public static Spread assumed(Catalogue catalogue, Phase phase, boolean experts, EvidenceClass evidence) {
        double decode = catalogue.number(
                switch (evidence) {
                    case MEASURED, CALIBRATED -> "spread.calibrated";
                    case FAMILY -> "spread.family";
                    case SPECIFICATION -> "spread.specification";
                });
        double more = switch (phase) {
            case DECODE, MEMORY -> 1;
            case PREFILL -> catalogue.number("spread.prefill");
            case SERVE -> catalogue.number("spread.serve");
            case TTFT -> catalogue.number("spread.firstToken");
        };
        double ofExperts = experts ? catalogue.number("spread.experts") : 1;
        double factor = Math.exp(Math.sqrt(sum(Math.log(decode), Math.log(more), Math.log(ofExperts))));
        double used = phase == Phase.MEMORY ? catalogue.number("spread.memory") : factor;
        return new Spread(phase, experts, evidence, 1 / used, used, 0, "assumption", "2026-11", 0);
    }

    private static double sum(double... logarithms) {
        return Arrays.stream(logarithms).map(each -> each * each).sum();
    }
}
