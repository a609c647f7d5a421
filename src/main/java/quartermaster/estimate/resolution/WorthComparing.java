package quartermaster.estimate.resolution;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
        Map<String, List<Placed>> byMachine = new HashMap<>();
        models.forEach(model -> model.assessed().stream()
                .filter(each -> each.deployment().api() == null)
                .map(each -> new Placed(Objects.requireNonNull(model.grade()), each))
                .forEach(each -> byMachine
                        .computeIfAbsent(each.machine(), key -> new ArrayList<>())
                        .add(each)));
        return models.stream()
                .map(model -> new Resolution.OfModel(
                        model.demand(),
                        model.grade(),
                        model.assessed().stream()
                                .filter(each ->
                                        !isOutdone(new Placed(Objects.requireNonNull(model.grade()), each), byMachine))
                                .toList()))
                .filter(each -> !each.assessed().isEmpty())
                .toList();
    }

    private static boolean isOutdone(Placed it, Map<String, List<Placed>> byMachine) {
        return byMachine.getOrDefault(it.machine(), List.of()).stream().anyMatch(other -> other.outdoes(it));
    }

    /** A model where it is to run. */
    private record Placed(Grade grade, EstimatedDeployment on) {
        String machine() {
            Deployment it = on.deployment();
            return it.hardware().id() + "/" + it.acquisition() + "/" + it.devices() * on.replicas();
        }

        boolean outdoes(Placed other) {
            Estimate mine = on.estimate();
            Estimate its = other.on.estimate();
            return grade != other.grade
                    && mine.memory().fit() != Fit.NO
                    && isAsGood(grade, other.grade)
                    && mine.decodeSpeed().typical() >= its.decodeSpeed().typical()
                    && mine.timeToFirstTokenP95Seconds() <= its.timeToFirstTokenP95Seconds()
                    && mine.memory().headroomPercent() >= its.memory().headroomPercent()
                    && precision(this) <= precision(other)
                    && usd(this) <= usd(other);
        }

        private static int precision(Placed of) {
            var quality = of.on.deployment().quantization().quality();
            return quality == null ? 0 : quality.ordinal();
        }

        private static double usd(Placed of) {
            Double month = of.on.cost().exactMonthlyUsd();
            return month == null ? Double.MAX_VALUE : month;
        }
    }
}
