package quartermaster.estimate.resolution;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import quartermaster.catalogue.Catalogue;
import quartermaster.catalogue.ConversionState;
import quartermaster.catalogue.Hardware;
import quartermaster.catalogue.Model;
import quartermaster.estimate.Demand;
import quartermaster.estimate.Deployment;
import quartermaster.estimate.Estimate;
import quartermaster.estimate.EstimatedDeployment;
import quartermaster.estimate.Fit;
import quartermaster.estimate.resolution.ModelChoice.Graded;
import quartermaster.quality.Grade;
import quartermaster.unit.Range;

/**
 * Leaves out models that nobody would choose, where none were named: another one is at least as good by its whole range,
 * and takes no more of anything. One that nobody tested stands for the least of its like, and is in nobody's way.
 */
final class WorthComparing {
    private static final double GB_PER_B = 0.6; // parameters at 4 to 5 bits
    private static final double ALIKE = 1.1; // of caches, which are estimates
    private static final double ROOM = 0.75; // of a machine's memory, for weights and cache
    private static final double REACHED = 0.5; // of a machine's bandwidth

    private final Catalogue catalogue;
    private final Demand demand;
    private final List<Graded> models;
    private final int contextTokens;
    private final double plenty; // tokens per second, beyond which more speed is no reason

    private WorthComparing(Catalogue catalogue, Demand demand, List<Graded> models) {
        this.catalogue = catalogue;
        this.demand = demand;
        this.contextTokens = demand.contextTokens();
        this.models = models.stream()
                .filter(each -> models.stream().noneMatch(other -> outdoes(other, each)))
                .toList();
        Grade any = models.get(0).grade();
        double wanted = Math.max(any == null ? 0 : any.fastEnough(), orZero(demand.minDecodeSpeed()));
        this.plenty = catalogue.number("plentyOfSpeed") * Math.max(wanted, demand.sizedForDecodeSpeed());
    }

    /** @param demand of any of them: they differ in nothing else */
    static WorthComparing of(Catalogue catalogue, Demand demand, List<Graded> models) {
        return new WorthComparing(catalogue, demand, models);
    }

    /** Those than which no other one is as good, smaller, and reads less for each token, on whatever machine. */
    List<Graded> models() {
        return models;
    }

    /**
     * Whether it may be the one to choose on a machine: not where another one is as good, fits with room to spare, and is
     * faster or has speed in plenty. A first look, by memory and bandwidth alone.
     */
    boolean on(Hardware hardware, Graded model) {
        return models.stream()
                .noneMatch(other -> !other.equals(model)
                        && isAsGood(other.grade(), model.grade())
                        && mayStandFor(other.model(), model.model())
                        && fitsWell(other.model(), hardware)
                        && (other.model().readParametersB() <= model.model().readParametersB()
                                || hasPlenty(other.model(), hardware)));
    }

    private boolean fitsWell(Model model, Hardware hardware) {
        return model.totalParametersB() * GB_PER_B + Math.max(1, demand.concurrency()) * cacheBytes(model) / 1e9
                <= ROOM * hardware.memoryGiB();
    }

    private boolean hasPlenty(Model model, Hardware hardware) {
        Double bandwidth = hardware.bandwidthGBps();
        boolean isKnown = demand.traffic().inFlightIsStated();
        return isKnown
                && bandwidth != null
                && demand.training() == null
                && REACHED * bandwidth / (model.readParametersB() * GB_PER_B) >= plenty * demand.concurrency();
    }

    private static double orZero(@Nullable Double number) {
        return number == null ? 0 : number;
    }

    private boolean outdoes(Graded one, Graded other) {
        Model better = one.model();
        Model worse = other.model();
        return one != other
                && isAsGood(one.grade(), other.grade())
                && better.totalParametersB() <= worse.totalParametersB()
                && better.readParametersB() <= worse.readParametersB()
                && better.activeParametersB() <= worse.activeParametersB()
                && cacheBytes(better) <= ALIKE * cacheBytes(worse)
                && mayStandFor(better, worse)
                && (catalogue.apisFor(worse).isEmpty()
                        || !catalogue.apisFor(better).isEmpty());
    }

    /** As free to use, as long a window where it is needed, and no engine lost. */
    private boolean mayStandFor(Model better, Model worse) {
        return reach(better) >= Math.min(contextTokens, reach(worse))
                && better.commercialUse().compareTo(worse.commercialUse()) <= 0
                && (better.mlxState() != ConversionState.UNSUPPORTED || worse.mlxState() == ConversionState.UNSUPPORTED)
                && (better.ggufState() != ConversionState.UNSUPPORTED
                        || worse.ggufState() == ConversionState.UNSUPPORTED);
    }

    /** By its middle and its low end no worse, and by one of them better. */
    private static boolean isAsGood(@Nullable Grade one, @Nullable Grade other) {
        if (one == null || other == null || one.level() == null) {
            return false;
        }
        Range better = one.level().points();
        if (other.level() == null) {
            return other.ofItsLike() == null || one.toCountOn() != null && one.toCountOn() >= other.ofItsLike();
        }
        Range worse = other.level().points();
        return better.low() >= worse.low()
                && better.typical() >= worse.typical()
                && better.low() + better.typical() > worse.low() + worse.typical();
    }

    private double cacheBytes(Model model) {
        double window = model.slidingWindow() == null ? 0 : Math.min(contextTokens, model.slidingWindow());
        return (double) model.kvBytesPerToken() * contextTokens
                + model.slidingBytesPerToken() * window
                + model.linearStateBytes();
    }

    private static int reach(Model model) {
        Integer most = model.maxContext();
        return most == null ? Integer.MAX_VALUE : most;
    }

    /** After estimating: on the same machine, come by in the same way, another model is as good, as fast and no dearer. */
    static List<Resolution.OfModel> onEachMachine(List<Resolution.OfModel> models) {
        List<List<Placed>> placed = models.stream()
                .map(model -> model.assessed().stream()
                        .map(each -> Placed.of(Objects.requireNonNull(model.grade()), each))
                        .toList())
                .toList();
        Map<String, Map<Grade, List<Placed>>> byMachine = new HashMap<>(); // grades are told apart by what they are of
        placed.forEach(ofModel -> ofModel.stream()
                .filter(each -> each.on().deployment().api() == null
                        && each.on().estimate().memory().fit() != Fit.NO)
                .forEach(each -> byMachine
                        .computeIfAbsent(each.machine(), key -> new IdentityHashMap<>())
                        .computeIfAbsent(each.grade(), key -> new ArrayList<>())
                        .add(each)));
        return IntStream.range(0, models.size())
                .mapToObj(i -> new Resolution.OfModel(
                        models.get(i).demand(),
                        models.get(i).grade(),
                        placed.get(i).stream()
                                .filter(each -> !isOutdone(each, byMachine.getOrDefault(each.machine(), Map.of())))
                                .map(Placed::on)
                                .toList()))
                .filter(each -> !each.assessed().isEmpty())
                .toList();
    }

    private static boolean isOutdone(Placed it, Map<Grade, List<Placed>> onItsMachine) {
        for (Map.Entry<Grade, List<Placed>> others : onItsMachine.entrySet()) {
            if (others.getKey() != it.grade() && isAsGood(others.getKey(), it.grade())) {
                for (Placed other : others.getValue()) {
                    if (other.outdoes(it)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    /** A model where it is to run. */
    private record Placed(
            Grade grade,
            EstimatedDeployment on,
            String machine,
            double speed,
            double firstToken,
            double headroom,
            int precision,
            double usd) {
        static Placed of(Grade grade, EstimatedDeployment on) {
            Deployment it = on.deployment();
            Estimate estimate = on.estimate();
            return new Placed(
                    grade,
                    on,
                    it.hardware().id() + "/" + it.acquisition() + "/" + it.devices() * on.replicas(),
                    estimate.decodeSpeed().typical(),
                    estimate.timeToFirstTokenP95Seconds(),
                    estimate.memory().headroomPercent(),
                    precision(on),
                    usd(on));
        }

        /** Of one that is as good and fits. */
        boolean outdoes(Placed other) {
            return speed >= other.speed
                    && firstToken <= other.firstToken
                    && headroom >= other.headroom
                    && precision <= other.precision
                    && usd <= other.usd;
        }

        private static int precision(EstimatedDeployment of) {
            var quality = of.deployment().quantization().quality();
            return quality == null ? 0 : quality.ordinal();
        }

        private static double usd(EstimatedDeployment of) {
            Double month = of.cost().exactMonthlyUsd();
            return month == null ? Double.MAX_VALUE : month;
        }
    }
}
