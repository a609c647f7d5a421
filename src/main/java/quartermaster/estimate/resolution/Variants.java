package quartermaster.estimate.resolution;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import quartermaster.catalogue.Catalogue;
import quartermaster.catalogue.Engine;
import quartermaster.catalogue.Hardware;
import quartermaster.catalogue.MemoryKind;
import quartermaster.catalogue.MultiDevice;
import quartermaster.catalogue.Quantization;
import quartermaster.estimate.Demand;
import quartermaster.estimate.Deployment;
import quartermaster.estimate.EstimatedDeployment;
import quartermaster.estimate.Estimator;
import quartermaster.estimate.Fit;
import quartermaster.estimate.KnownReplicas;

/**
 * What becomes of a candidate whose gaps are open, estimated: its engines, precisions, ways and counts of devices.
 *
 * <p>Device counts double from one to what a node has; for each engine and precision the cheapest count that fits and
 * serves is taken, the smallest one, and where several replicas are needed the next one. Replicas follow from the demand.
 * Small machines are linked only where one of them serves at no precision.
 */
final class Variants {
    /** The cheapest that serves, the next one, and the smallest. */
    static final int COUNTS_OF_DEVICES = 3;

    private final Catalogue catalogue;
    private final Estimator estimator;
    private final EnginesAndPrecisions choices;

    Variants(Catalogue catalogue, Estimator estimator, EnginesAndPrecisions choices) {
        this.catalogue = catalogue;
        this.estimator = estimator;
        this.choices = choices;
    }

    /** @param known that the same demand led to */
    List<EstimatedDeployment> of(OpenCandidate open, Demand demand, KnownEstimates known) {
        List<Deployment> without = new ArrayList<>();
        List<EstimatedDeployment> variants = variants(open, choices.engines(open, demand), demand, known, without);
        if (variants.stream().noneMatch(Variants::fits)) {
            variants(open, choices.withExpertsOnHost(open, demand), demand, known, new ArrayList<>()).stream()
                    .filter(Variants::fits)
                    .forEach(variants::add);
        }
        if (demand.training() == null && variants.stream().noneMatch(each -> fitsAndServes(demand, each))) {
            variants.addAll(linked(open, demand, known.replicas()));
        }
        List<EstimatedDeployment> fitting =
                variants.stream().filter(Variants::fits).toList();
        return fitting.isEmpty() ? closest(variants, without, demand) : fitting;
    }

    /** @param without to which those are added that would stand for a pairing, but have no room for a single request */
    private List<EstimatedDeployment> variants(
            OpenCandidate open, List<Engine> engines, Demand demand, KnownEstimates known, List<Deployment> without) {
        List<EstimatedDeployment> variants = new ArrayList<>();
        for (Engine engine : engines) {
            for (Quantization quantization : choices.quantizations(open, engine, demand)) {
                EachCount counts = null;
                int most = 0;
                for (OpenCandidate.Way way : open.ways()) {
                    if (counts == null || way.maxDevices() != most) {
                        most = way.maxDevices();
                        counts = known.of(
                                KnownEstimates.Pairing.of(open, way, engine, quantization),
                                () -> eachCount(open, way, engine, quantization, demand, known.replicas()));
                    }
                    addWorthComparing(demand, counts.acquired(demand, open.group(), way), variants, without);
                }
            }
        }
        return variants;
    }

    private static boolean fits(EstimatedDeployment assessed) {
        return assessed.estimate().memory().fit() != Fit.NO;
    }

    /** The smallest count that serves, the cheapest, and the one above it; the largest stands where none does. */
    private void addWorthComparing(
            Demand demand, EachCount counts, List<EstimatedDeployment> variants, List<Deployment> without) {
        List<EstimatedDeployment> serving = new ArrayList<>(counts.size());
        boolean onlyCostMore = estimator.moreDevicesCostMore(demand);
        int cheapest = 0;
        for (int i = 0; i < counts.size() && !(carriesAll(serving) && onlyCostMore); i++) {
            if (counts.holds(i)) {
                EstimatedDeployment each = counts.estimated(i);
                if (fitsAndServes(demand, each)) {
                    serving.add(each);
                    cheapest = monthlyUsd(each) < monthlyUsd(serving.get(cheapest)) ? serving.size() - 1 : cheapest;
                }
            }
        }
        int last = counts.size() - 1;
        if (serving.isEmpty() && counts.holds(last)) {
            variants.add(counts.estimated(last));
        } else if (serving.isEmpty()) {
            without.add(counts.deployment(last));
        }
        int next = cheapest + 1 < serving.size() && serving.get(cheapest).replicas() > 1 ? cheapest + 1 : cheapest;
        for (int i = 0; i < serving.size(); i++) {
            if (i == 0 || i == cheapest || i == next) {
                variants.add(serving.get(i));
            }
        }
    }

    /** Whether the smallest that serves needs one replica only, so that more devices could at best do the same. */
    private static boolean carriesAll(List<EstimatedDeployment> serving) {
        return serving.size() == 1 && serving.get(0).replicas() == 1;
    }

    private static double monthlyUsd(EstimatedDeployment assessed) {
        Double known = assessed.cost().exactMonthlyUsd();
        return known == null ? Double.MAX_VALUE : known;
    }

    /** Where nothing fits, the one that comes closest stands for the candidate. */
    private List<EstimatedDeployment> closest(
            List<EstimatedDeployment> variants, List<Deployment> without, Demand demand) {
        without.stream()
                .max(Comparator.comparingDouble(
                        each -> estimator.ledger(demand, each, 1).headroomPercent()))
                .ifPresent(each -> variants.add(estimator.assess(demand, each)));
        return variants.stream()
                .max(Comparator.comparingDouble(each -> each.estimate().memory().headroomPercent()))
                .map(List::of)
                .orElse(List.of());
    }

    static Deployment deployment(
            OpenCandidate open, OpenCandidate.Way way, Engine engine, Quantization quantization, int devices) {
        int most = way.maxDevices() == Integer.MAX_VALUE
                ? open.maxReplicas()
                : Math.max(1, Math.min(open.maxReplicas(), way.maxDevices() / devices));
        return new Deployment(
                open.group(),
                open.hardware(),
                devices,
                Math.min(open.minReplicas(), most),
                most,
                way.acquisition(),
                way.offer(),
                engine,
                quantization,
                open.priceUsd(),
                null);
    }

    /** With the devices that were named, or else with every count that a node has. */
    private EachCount eachCount(
            OpenCandidate open,
            OpenCandidate.Way way,
            Engine engine,
            Quantization quantization,
            Demand demand,
            KnownReplicas replicas) {
        if (open.devices() != null) {
            return new EachCount(
                    estimator, demand, List.of(deployment(open, way, engine, quantization, open.devices())), replicas);
        }
        int most = engine.multiDevice() == MultiDevice.NONE
                ? 1
                : Math.max(1, Math.min(way.maxDevices(), open.hardware().maxDevicesPerNode()));
        double weights = demand.training() == null && !engine.keepsExpertsOnHost()
                ? Estimator.weights(demand.model(), quantization).gib()
                : 0;
        List<Deployment> byCount = new ArrayList<>();
        for (int devices = 1; devices <= most; devices *= 2) {
            boolean isLast = devices > most / 2;
            if (isLast
                    || weights <= devices * open.hardware().memoryGiB()) { // fewer than hold the weights serve nobody
                byCount.add(deployment(open, way, engine, quantization, devices));
            }
        }
        return new EachCount(estimator, demand, byCount, replicas);
    }

    /** As many machines as carry the model together, at each precision. */
    private List<EstimatedDeployment> linked(OpenCandidate open, Demand demand, KnownReplicas replicas) {
        List<EstimatedDeployment> linked = new ArrayList<>();
        for (Engine engine : choices.engines(open, demand)) {
            if (!canBeLinked(open, engine)) {
                continue;
            }
            for (Quantization quantization : choices.quantizations(open, engine, demand)) {
                for (OpenCandidate.Way way : open.ways()) {
                    int machines = (int) Math.min(way.maxDevices(), catalogue.number("machinesOfACluster"));
                    IntStream.iterate(2, devices -> devices <= machines, devices -> devices * 2)
                            .mapToObj(devices -> estimator.assess(
                                    demand, deployment(open, way, engine, quantization, devices), replicas))
                            .filter(each -> fitsAndServes(demand, each))
                            .findFirst()
                            .ifPresent(linked::add);
                }
            }
        }
        return linked;
    }

    /** Small machines of which it is known how fast they speak to each other, and an engine that shares layers. */
    private boolean canBeLinked(OpenCandidate open, Engine engine) {
        Hardware hardware = open.hardware();
        return open.devices() == null
                && hardware.memoryKind() == MemoryKind.UNIFIED
                && hardware.maxDevicesPerNode() == 1
                && !hardware.mobile()
                && engine.multiDevice().sharesLayers()
                && estimator.knowsLinkOf(hardware);
    }

    private static boolean fitsAndServes(Demand demand, EstimatedDeployment assessed) {
        Double least = demand.minDecodeSpeed();
        Double longest = demand.maxTimeToFirstTokenSeconds();
        EstimatedDeployment.Job job = assessed.job();
        if (demand.training() != null) {
            return fits(assessed) && (job == null || job.meetsDeadline() != Fit.NO);
        }
        return assessed.estimate().memory().fit() != Fit.NO
                && (least == null || assessed.estimate().decodeSpeed().typical() >= least)
                && (longest == null || assessed.estimate().timeToFirstTokenP95Seconds() <= longest);
    }
}
