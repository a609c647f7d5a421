package quartermaster.estimate.resolution;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import quartermaster.catalogue.Catalogue;
import quartermaster.catalogue.ConversionState;
import quartermaster.catalogue.Model;
import quartermaster.catalogue.Quality;
import quartermaster.estimate.Demand;
import quartermaster.estimate.Deployment;
import quartermaster.estimate.Estimate;
import quartermaster.estimate.EstimatedDeployment;
import quartermaster.estimate.Fit;
import quartermaster.estimate.resolution.ModelChoice.Graded;
import quartermaster.quality.Grade;
import quartermaster.unit.Choice;
import quartermaster.unit.Range;

/**
 * Leaves out models that nobody would choose, where none were named: another one is at least as good by its whole range,
 * and takes no more of anything. One that nobody tested stands for the least of its like, and is in nobody's way.
 *
 * <p>On one candidate models are tried from the best downwards. Where one of them has plenty of everything with as few
 * devices as there are, lesser ones are not even estimated; the others are compared by what was estimated. How much is
 * plenty stands in Defaults.
 */
final class WorthComparing {
    private final Catalogue catalogue;
    private final List<Graded> models;
    private final int contextTokens;
    private final double alikeInCache;
    private final double alikeInCost;
    private final double farBehind;
    private final Plenty plenty;
    private final Plenty enough;

    private WorthComparing(Catalogue catalogue, Demand demand, List<Graded> models) {
        this.catalogue = catalogue;
        this.contextTokens = demand.contextTokens();
        this.alikeInCache = catalogue.number("alike.cache");
        this.alikeInCost = catalogue.number("alike.cost");
        this.models = models.stream()
                .filter(each -> models.stream().noneMatch(other -> outdoes(other, each)))
                .toList();
        this.farBehind = catalogue.number("farBehindPoints");
        this.plenty = Plenty.of(
                catalogue,
                demand,
                models.get(0).grade(),
                catalogue.number("plentyOfSpeed"),
                catalogue.number("plentyOfRoom"));
        this.enough = Plenty.of(catalogue, demand, models.get(0).grade(), 1, catalogue.number("plentyOfRoom"));
    }

    /** @param demand of any of them: they differ in nothing else */
    static WorthComparing of(Catalogue catalogue, Demand demand, List<Graded> models) {
        return new WorthComparing(catalogue, demand, models);
    }

    /** Those than which no other one is as good, smaller, and reads less for each token, on whatever machine. */
    List<Graded> models() {
        return models;
    }

    /** Models by their places in {@link #models}, in the order in which they are tried. */
    List<Integer> bestFirst() {
        return IntStream.range(0, models.size())
                .boxed()
                .sorted(Comparator.comparingDouble(
                        each -> -middle(models.get(each).grade())))
                .toList();
    }

    /** Whether one may keep the other from being compared, and not the other way round. */
    boolean isBetter(int one, int other) {
        return middle(models.get(one).grade()) > middle(models.get(other).grade());
    }

    private static double middle(@Nullable Grade grade) {
        if (grade == null || grade.level() == null) {
            return 0;
        }
        Range points = grade.level().points();
        return points.low() + points.typical();
    }

    /** Variants of one candidate that are held at most, unless its best model alone has more. */
    static final int MOST_HELD = 250;

    /** Nothing tried yet. */
    OnOne onOne() {
        return new OnOne();
    }

    /** What is worth comparing on one candidate. */
    final class OnOne {
        private final Map<String, List<Placed>> byMachine = new HashMap<>();
        private final List<Integer> withPlenty = new ArrayList<>();
        private final List<Integer> withEnough = new ArrayList<>();
        private final Map<Integer, List<Placed>> tried = new LinkedHashMap<>();
        private boolean somethingFits;

        /** Whether a model need not be tried: a better one has plenty of everything, or a far better one enough. */
        boolean isOutdone(int model) {
            return withPlenty.stream().anyMatch(other -> mayStandFor(other, model))
                    || withEnough.stream().anyMatch(other -> isFarAhead(other, model) && mayStandFor(other, model));
        }

        private boolean isFarAhead(int better, int worse) {
            Grade one = models.get(better).grade();
            Grade other = models.get(worse).grade();
            return one != null && other != null && countOn(one) >= countOn(other) + farBehind;
        }

        /** @param variants on this candidate, at least one */
        void add(int model, List<EstimatedDeployment> variants) {
            boolean mixture = models.get(model).model().isMixtureOfExperts();
            List<Placed> placed = variants.stream()
                    .map(each -> Placed.of(model, mixture, each, plenty))
                    .toList();
            tried.put(model, placed);
            for (Placed each : placed) {
                if (each.fits()) {
                    byMachine
                            .computeIfAbsent(each.machine(), key -> new ArrayList<>())
                            .add(each);
                    somethingFits = true;
                }
            }
            if (placed.stream().anyMatch(each -> each.has(plenty))) {
                withPlenty.add(model);
            }
            if (placed.stream().anyMatch(each -> each.has(enough))) {
                withEnough.add(model);
            }
        }

        boolean somethingFits() {
            return somethingFits;
        }

        /** What is left of each model, from the best downwards as long as there is room; where something fits, only what does. */
        Map<Integer, List<EstimatedDeployment>> worth() {
            Map<Integer, List<EstimatedDeployment>> held = new HashMap<>();
            int count = 0;
            for (int model : tried.keySet()) {
                List<EstimatedDeployment> worth = worth(model);
                if (count > 0 && count + worth.size() > MOST_HELD) {
                    break;
                }
                held.put(model, worth);
                count += worth.size();
            }
            return held;
        }

        private List<EstimatedDeployment> worth(int model) {
            return tried.getOrDefault(model, List.of()).stream()
                    .filter(each -> each.fits() || !somethingFits)
                    .filter(each -> byMachine.getOrDefault(each.machine(), List.of()).stream()
                            .noneMatch(other -> other.model() != model
                                    && other.outdoes(each, alikeInCost)
                                    && mayStandFor(other.model(), model)))
                    .map(Placed::on)
                    .toList();
        }

        private boolean mayStandFor(int better, int worse) {
            return isAsGood(models.get(better).grade(), models.get(worse).grade())
                    && WorthComparing.this.mayStandFor(
                            models.get(better).model(), models.get(worse).model());
        }
    }

    private boolean outdoes(Graded one, Graded other) {
        Model better = one.model();
        Model worse = other.model();
        return one != other
                && isAsGood(one.grade(), other.grade())
                && better.totalParametersB() <= worse.totalParametersB()
                && better.readParametersB() <= worse.readParametersB()
                && better.activeParametersB() <= worse.activeParametersB()
                && cacheBytes(better) <= alikeInCache * cacheBytes(worse)
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

    /** By its middle and its low end no worse, and by one of them better; by more than its vendor's word where the other is. */
    private static boolean isAsGood(@Nullable Grade one, @Nullable Grade other) {
        if (one == null || other == null || one.level() == null) {
            return false;
        }
        Range better = one.level().points();
        if (other.level() == null) {
            return other.ofItsLike() == null || one.toCountOn() != null && one.toCountOn() >= other.ofItsLike();
        }
        Range worse = other.level().points();
        return (one.level().independent() || !other.level().independent())
                && better.low() >= worse.low()
                && better.typical() >= worse.typical()
                && better.low() + better.typical() > worse.low() + worse.typical();
    }

    private static double countOn(Grade grade) {
        Double points = grade.level() == null ? grade.ofItsLike() : grade.toCountOn();
        return points == null ? 0 : points;
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

    /**
     * What more of is no reason to take a lesser model.
     *
     * @param speed in tokens per second for each user
     * @param firstToken in seconds
     * @param headroom in percent of the usable memory
     */
    private record Plenty(double speed, double firstToken, double headroom, double load) {
        static Plenty of(Catalogue catalogue, Demand demand, @Nullable Grade any, double times, double room) {
            double wanted = Math.max(any == null ? 0 : any.fastEnough(), orZero(demand.minDecodeSpeed()));
            double soon = catalogue.number("soonEnoughSeconds", Choice.id(demand.type()));
            Double longest = demand.maxTimeToFirstTokenSeconds();
            return new Plenty(
                    times * Math.max(wanted, demand.sizedForDecodeSpeed()),
                    longest == null ? soon : Math.min(soon, longest),
                    room,
                    demand.plannedLoad());
        }

        private static double orZero(@Nullable Double number) {
            return number == null ? 0 : number;
        }
    }

    /**
     * A model where it is to run; beyond plenty, nothing counts as more.
     *
     * @param machine the devices of all replicas, and how they are come by
     * @param sharesSteps whether many at once read weights together, or only few of them
     * @param needsHost for experts that the devices have no room for
     */
    private record Placed(
            int model,
            EstimatedDeployment on,
            String machine,
            double speed,
            double firstToken,
            double headroom,
            boolean keepsQuality,
            boolean sharesSteps,
            boolean needsHost,
            double usd) {
        static Placed of(int model, boolean mixture, EstimatedDeployment on, Plenty plenty) {
            Deployment it = on.deployment();
            Estimate estimate = on.estimate();
            double speed = Math.min(plenty.speed(), estimate.decodeSpeed().typical());
            double firstToken = Math.max(plenty.firstToken(), estimate.timeToFirstTokenP95Seconds());
            double headroom = Math.min(plenty.headroom(), estimate.memory().headroomPercent());
            Quality quality = it.quantization().quality();
            boolean keepsQuality = quality == null || quality.compareTo(Quality.GOOD) <= 0;
            boolean sharesSteps = it.engine().batchesContinuously() || estimate.inFlightPerReplica() == 1 || mixture;
            return new Placed(
                    model,
                    on,
                    it.hardware().id() + "/" + it.acquisition() + "/" + it.devices() * on.replicas(),
                    speed,
                    firstToken,
                    headroom,
                    keepsQuality,
                    sharesSteps,
                    estimate.expertsOnHost().count() > 0,
                    usd(on));
        }

        /** So much, with as few devices as there are. */
        boolean has(Plenty much) {
            Estimate estimate = on.estimate();
            return estimate.memory().fit() == Fit.YES
                    && estimate.decodeSpeed().typical() >= much.speed()
                    && estimate.timeToFirstTokenP95Seconds() <= much.firstToken()
                    && headroom >= much.headroom()
                    && keepsQuality
                    && sharesSteps
                    && !needsHost
                    && on.deployment().devices() == 1
                    && on.load().replicasForLoad() == 1
                    && estimate.load() <= much.load();
        }

        private static double usd(EstimatedDeployment of) {
            Double month = of.cost().exactMonthlyUsd();
            return month == null ? Double.MAX_VALUE : month;
        }

        boolean fits() {
            return on.estimate().memory().fit() != Fit.NO;
        }

        /** Of one that is as good and fits. */
        boolean outdoes(Placed other, double alikeInCost) {
            return speed >= other.speed
                    && firstToken <= other.firstToken
                    && headroom >= other.headroom
                    && (keepsQuality || !other.keepsQuality)
                    && (sharesSteps || !other.sharesSteps)
                    && (!needsHost || other.needsHost)
                    && usd <= alikeInCost * other.usd;
        }
    }
}
