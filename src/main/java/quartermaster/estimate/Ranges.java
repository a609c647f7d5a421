package quartermaster.estimate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
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
import quartermaster.estimate.Uncertainty.Widening;
import quartermaster.unit.Bytes;
import quartermaster.unit.Range;

/** How far measured values lie from estimates, by what is estimated and what it rests on. */
public final class Ranges {
    private static final int FEW = 8; // requests in flight, as classes of rows are told apart
    private static final int SEVERAL = 32;
    private static final int MANY = 128;

    private final Catalogue catalogue;
    private final Map<Phase, List<Spread>> spreads = new EnumMap<>(Phase.class); // fewest in flight first

    private final double longContextTokens;
    private final Widening forLongContext; // what spreads are widened by
    private final Widening forSeveralDevices;
    private final Widening forSeveralMachines;
    private final Widening forAnnounced;
    private final Widening forUnknownBandwidth;
    private final Widening forSeveralInFlight;
    private final Widening forExpertsOnHost;
    private final Widening forUnknownCompute;

    private Ranges(Catalogue catalogue, List<Spread> rows) {
        this.catalogue = catalogue;
        this.longContextTokens = catalogue.number("longContextTokens");
        this.forLongContext = Widening.of(
                catalogue.number("widening.longContext"),
                "context over " + Math.round(longContextTokens / 1024) + "k tokens");
        this.forSeveralDevices = Widening.of(catalogue.number("widening.severalDevices"), "several devices");
        this.forSeveralMachines = Widening.of(catalogue.number("widening.severalMachines"), "several machines");
        this.forAnnounced = Widening.of(catalogue.number("widening.announced"), "announced, not sold");
        this.forUnknownBandwidth =
                Widening.of(catalogue.number("widening.bandwidthUnknown"), "bandwidth not published");
        this.forSeveralInFlight = Widening.of(catalogue.number("widening.severalInFlight"), "several in flight");
        this.forExpertsOnHost = Widening.of(catalogue.number("widening.expertsOnHost"), "experts in host memory");
        this.forUnknownCompute = Widening.of(catalogue.number("widening.computeUnknown"), "peak compute not published");
        rows.stream()
                .sorted(Comparator.comparing(Ranges::upTo))
                .forEach(each -> spreads.computeIfAbsent(each.phase(), phase -> new ArrayList<>())
                        .add(each));
    }

    /** What the catalogue says, and assumptions for what it leaves out. */
    public static Ranges of(Catalogue catalogue) {
        return of(catalogue, catalogue.spreads());
    }

    /** Other spreads than those of the catalogue's own sheet. */
    public static Ranges of(Catalogue catalogue, List<Spread> spreads) {
        return new Ranges(catalogue, spreads);
    }

    /** What spreads are widened by where several requests are in flight. */
    Widening forSeveralInFlight() {
        return forSeveralInFlight;
    }

    Widening forExpertsOnHost() {
        return forExpertsOnHost;
    }

    Widening forUnknownCompute() {
        return forUnknownCompute;
    }

    private static int upTo(Spread spread) {
        return spread.inFlightUpTo() == null ? Integer.MAX_VALUE : spread.inFlightUpTo();
    }

    /** The spread of a speed, of a time or of memory where the phase says so, with so many requests in flight. */
    public Spread of(Phase phase, boolean experts, EvidenceClass evidence, int inFlight) {
        if (evidence == EvidenceClass.MEASURED) {
            double again = catalogue.number("spread.measured");
            return new Spread(phase, experts, evidence, null, 1 / again, again, 1, "the same measured again", "", 0);
        }
        for (Spread each : spreads.getOrDefault(phase, List.of())) {
            if (each.evidence() == evidence && each.experts() == experts && inFlight <= upTo(each)) {
                return each;
            }
        }
        return assumed(catalogue, phase, experts, evidence, inFlight);
    }

    /** The spread of a phase, and what goes beyond the rows that it comes from. */
    Uncertainty of(Demand demand, Deployment deployment, Phase phase, EvidenceClass evidence, int inFlight) {
        Hardware hardware = deployment.hardware();
        Spread spread = of(phase, demand.model().isMixtureOfExperts(), evidence, inFlight);
        boolean speed = phase != Phase.MEMORY;
        boolean isLong = phase == Phase.DECODE && demand.contextTokens() > longContextTokens;
        return new Uncertainty(spread.low(), spread.high())
                .widenIf(isLong, forLongContext)
                .widenIf(phase == Phase.DECODE && deployment.devices() > 1, forSeveralDevices)
                .widenIf(speed && deployment.devices() > hardware.maxDevicesPerNode(), forSeveralMachines)
                .widenIf(speed && hardware.availability() == Availability.PROJECTED, forAnnounced)
                .widenIf(speed && hardware.bandwidthGBps() == null, forUnknownBandwidth);
    }

    /** What a measurement would have shown, as a range: tokens a second, or GB; totals may contain a desktop's memory. */
    public Range of(ResolvedMeasurement sample, double typical, EvidenceClass evidence) {
        Range range = of(sample.demand(), sample.deployment(), sample.phase(), evidence, sample.inFlightOnEach())
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
    public static Spread assumed(
            Catalogue catalogue, Phase phase, boolean experts, EvidenceClass evidence, int inFlight) {
        double decode = catalogue.number(
                switch (evidence) {
                    case MEASURED, CALIBRATED -> "spread.calibrated";
                    case FAMILY -> "spread.family";
                    case SPECIFICATION -> "spread.specification";
                });
        double more = switch (phase) {
            case DECODE, MEMORY -> 1;
            case PREFILL -> catalogue.number("spread.prefill");
            case SERVE -> catalogue.number(ofServing(inFlight));
            case TTFT -> catalogue.number(inFlight > MANY ? "spread.firstToken.many" : "spread.firstToken");
        };
        double ofExperts = experts ? catalogue.number("spread.experts") : 1;
        double factor = Math.exp(Math.sqrt(sum(Math.log(decode), Math.log(more), Math.log(ofExperts))));
        double used = phase == Phase.MEMORY ? catalogue.number("spread.memory") : factor;
        return new Spread(phase, experts, evidence, null, 1 / used, used, 0, "assumption", "2026-11", 0);
    }

    /** The more are served at once, the more decide about it beside the speed of one: scheduling, places, compute. */
    private static String ofServing(int inFlight) {
        if (inFlight == 1) {
            return "spread.serve.one";
        }
        if (inFlight <= FEW) {
            return "spread.serve.few";
        }
        if (inFlight <= SEVERAL) {
            return "spread.serve.several";
        }
        return inFlight <= MANY ? "spread.serve.many" : "spread.serve";
    }

    private static double sum(double... logarithms) {
        return Arrays.stream(logarithms).map(each -> each * each).sum();
    }
}
