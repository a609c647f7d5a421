package quartermaster.estimate.resolution;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import quartermaster.catalogue.Catalogue;
import quartermaster.catalogue.Engine;
import quartermaster.catalogue.Hardware;
import quartermaster.catalogue.LooseNames;
import quartermaster.catalogue.MemoryKind;
import quartermaster.catalogue.Model;
import quartermaster.catalogue.MultiDevice;
import quartermaster.catalogue.Offer;
import quartermaster.catalogue.Quantization;
import quartermaster.estimate.Demand;
import quartermaster.estimate.Deployment;
import quartermaster.estimate.EstimatedDeployment;
import quartermaster.estimate.Estimator;
import quartermaster.estimate.Fit;
import quartermaster.estimate.resolution.Resolver.Extent;
import quartermaster.quality.Grade;
import quartermaster.request.Acquisition;
import quartermaster.request.Candidate;
import quartermaster.request.Constraints;
import quartermaster.request.DecisionRequest;
import quartermaster.request.Workload;
import quartermaster.unit.Problem;
import quartermaster.unit.Records;

/**
 * The deployments worth judging: variants of the candidates that a request names, or else what the catalogue offers.
 *
 * <p>Device counts double from one to what a node has; for each engine and precision the cheapest count that fits and
 * serves is taken, the smallest one, and where several replicas are needed the next one. Replicas follow from the demand.
 * Small machines are linked only where one of them serves at no precision.
 */
public final class Candidates {
    private static final int COUNTS_OF_DEVICES = 3; // the cheapest that serves, the next one, and the smallest

    private static final int MOST_DEVICES = 1_024; // that are told to be needed at least

    private final Catalogue catalogue;
    private final Estimator estimator;
    private final HostedCandidates hosted;
    private final EnginesAndPrecisions choices;
    private final OpenCandidates offered;
    private final @Nullable Memory memory;
    private final Runnable stillWanted;
    private final Map<String, Long> precisionsOfOffers; // on whatever engine, by hardware and model of the catalogue

    public Candidates(Catalogue catalogue, LooseNames names, Estimator estimator) {
        this.catalogue = catalogue;
        this.estimator = estimator;
        this.hosted = new HostedCandidates(catalogue, estimator);
        this.choices = new EnginesAndPrecisions(catalogue);
        this.offered = new OpenCandidates(catalogue, new Lookup(catalogue, names), hosted, choices);
        this.memory = null;
        this.stillWanted = () -> {};
        this.precisionsOfOffers = new ConcurrentHashMap<>();
    }

    private Candidates(Candidates same, @Nullable Memory memory, Runnable stillWanted) {
        this.catalogue = same.catalogue;
        this.estimator = same.estimator;
        this.hosted = same.hosted;
        this.choices = same.choices;
        this.offered = same.offered;
        this.memory = memory;
        this.stillWanted = stillWanted;
        this.precisionsOfOffers = same.precisionsOfOffers;
    }

    /** The same which keeps the estimates that the first demand leads to, for others that differ in costs or constraints. */
    Candidates remembering() {
        return new Candidates(this, new Memory(), stillWanted);
    }

    /** The same for somebody who may go away: asked between two models on one candidate, see {@link Resolver#asLongAs}. */
    Candidates asLongAs(Runnable wanted) {
        return new Candidates(this, memory, wanted);
    }

    /** Estimates of the first demand that is asked about, of each model the first. */
    private static final class Memory {
        private final Map<String, Known> byModel = new ConcurrentHashMap<>();

        KnownEstimates of(Demand demand) {
            Demand alike = KnownEstimates.regardlessOfCosts(demand);
            Known known = byModel.computeIfAbsent(demand.model().id(), id -> new Known(alike, new KnownEstimates()));
            return alike.equals(known.first()) ? known.estimates() : new KnownEstimates();
        }

        private record Known(Demand first, KnownEstimates estimates) {}

        private final Map<String, Offered> offersByModel = new ConcurrentHashMap<>();

        @Nullable
        List<EstimatedDeployment> offersFor(Asked asked) {
            Offered known = offersByModel.get(asked.demand().model().id());
            return known != null && known.first().equals(asked) ? known.all() : null;
        }

        void keep(Asked asked, List<EstimatedDeployment> offers) {
            offersByModel.putIfAbsent(asked.demand().model().id(), new Offered(asked, offers));
        }

        private record Offered(Asked first, List<EstimatedDeployment> all) {}
    }

    /** What decides about that which the catalogue offers, whatever rules make of the rest of a request. */
    private record Asked(
            Workload workload,
            List<Constraints.Owned> owned,
            @Nullable String region,
            Demand demand) {
        static Asked of(DecisionRequest request, Demand demand) {
            Constraints constraints = request.constraints();
            return new Asked(request.workload(), constraints.owned(), constraints.region(), demand);
        }
    }

    public record Found(List<EstimatedDeployment> assessed, List<Problem> problems) {}

    public Found of(DecisionRequest request, Demand demand) {
        return of(request, demand, null, any -> true);
    }

    /**
     * @param grade of the model; null where no models are compared
     * @param sought asked about what the catalogue offers
     */
    Found of(DecisionRequest request, Demand demand, @Nullable Grade grade, Predicate<Prospect> sought) {
        List<Problem> problems = new ArrayList<>();
        List<OpenCandidate> opens = offered.of(request, problems);
        KnownEstimates known = memory == null ? new KnownEstimates() : memory.of(demand);
        if (request.candidates().isEmpty()) {
            Acquisition only = request.constraints().acquisition();
            Asked asked = Asked.of(request, demand);
            List<EstimatedDeployment> offers = memory == null ? null : memory.offersFor(asked);
            Asking asking = new Asking(request, demand, grade, leastWeightsGiB(demand, null));
            Set<Integer> left = opens.stream()
                    .filter(open -> !isSought(open, asking, sought))
                    .map(OpenCandidate::group)
                    .collect(Collectors.toSet());
            if (offers == null) {
                offers = Stream.concat(
                                opens.stream()
                                        .filter(open -> !left.contains(open.group()))
                                        .flatMap(open -> variants(open, demand, known).stream()),
                                hosted.all(opens.size(), demand))
                        .toList();
                if (memory != null && left.isEmpty()) {
                    memory.keep(asked, offers);
                }
            }
            return new Found(
                    offers.stream()
                            .filter(each -> only == null || each.deployment().acquisition() == only)
                            .filter(each -> each.deployment().api() == null
                                    ? !left.contains(each.deployment().group())
                                    : sought.test(asking.prospect(each.deployment(), 1)))
                            .toList(),
                    problems);
        }
        List<EstimatedDeployment> assessed = new ArrayList<>();
        Demand compared = Records.with(demand, "rivals", namedRentals(opens));
        opens.forEach(open -> assessed.addAll(variants(open, compared, known)));
        assessed.addAll(meant(request, demand, problems));
        return new Found(assessed, problems);
    }

    private List<EstimatedDeployment> meant(DecisionRequest request, Demand demand, List<Problem> problems) {
        List<EstimatedDeployment> meant = new ArrayList<>();
        for (int i = 0; i < request.candidates().size(); i++) {
            Candidate candidate = request.candidates().get(i);
            if (hosted.isHosted(candidate)) {
                meant.addAll(hosted.meant(candidate, i, demand, problems));
            }
        }
        return meant;
    }

    /**
     * The same where it was left open which model: on each candidate those models that are worth comparing.
     *
     * @param demands of the models, in the order of {@link WorthComparing#models}
     * @param sought asked about what the catalogue offers
     */
    List<Found> ofAny(DecisionRequest request, List<Demand> demands, WorthComparing worth, Predicate<Prospect> sought) {
        List<Problem> problems = new ArrayList<>();
        List<OpenCandidate> opens = offered.of(request, problems);
        List<KnownEstimates> known = demands.stream()
                .map(each -> memory == null ? new KnownEstimates() : memory.of(each))
                .toList();
        boolean given = !request.candidates().isEmpty();
        List<Offer> rivals = given ? namedRentals(opens) : List.of();
        List<Demand> compared = demands.stream()
                .map(each -> rivals.isEmpty() ? each : Records.with(each, "rivals", rivals))
                .toList();
        List<ModelToTry> bestFirst = worth.bestFirst().stream()
                .map(i -> new ModelToTry(
                        i,
                        new Asking(
                                request,
                                compared.get(i),
                                worth.models().get(i).grade(),
                                leastWeightsGiB(compared.get(i), null)),
                        known.get(i)))
                .toList();
        Acquisition only = given ? null : request.constraints().acquisition();
        List<Map<Integer, List<EstimatedDeployment>>> onEach = opens.parallelStream()
                .filter(open -> only == null || open.ways().get(0).acquisition() == only)
                .map(open -> {
                    int tried = given ? bestFirst.size() : lastSought(open, bestFirst, worth, sought) + 1;
                    return onOne(open, bestFirst, tried, worth.onOne()).worth();
                })
                .toList();
        return IntStream.range(0, demands.size())
                .mapToObj(i -> {
                    List<Problem> ofOne = new ArrayList<>(problems);
                    Stream<EstimatedDeployment> byTheToken = given
                            ? meant(request, demands.get(i), ofOne).stream()
                            : hosted.all(opens.size(), demands.get(i))
                                    .filter(each -> sought.test(new Asking(
                                                    request,
                                                    demands.get(i),
                                                    worth.models().get(i).grade(),
                                                    0)
                                            .prospect(each.deployment(), 1)));
                    return new Found(
                            Stream.concat(
                                            onEach.stream().flatMap(each -> each.getOrDefault(i, List.of()).stream()),
                                            byTheToken)
                                    .filter(each ->
                                            only == null || each.deployment().acquisition() == only)
                                    .toList(),
                            ofOne);
                })
                .toList();
    }

    private record ModelToTry(int index, Asking asking, KnownEstimates known) {
        Demand demand() {
            return asking.demand();
        }

        double weightsGiB() {
            return asking.weightsGiB();
        }
    }

    /**
     * What is asked of one model.
     *
     * @param weightsGiB at the precision that takes least
     */
    private record Asking(
            DecisionRequest request,
            Demand demand,
            @Nullable Grade grade,
            double weightsGiB) {
        Prospect prospect(Deployment deployment, int leastDevices) {
            return new Prospect(request, demand, grade, deployment, leastDevices);
        }
    }

    private boolean isSought(OpenCandidate open, Asking asking, Predicate<Prospect> sought) {
        int devices = 1;
        if (asking.demand().training() == null
                && choices.withExpertsOnHost(open, asking.demand()).isEmpty()) {
            while (devices < MOST_DEVICES && devices * open.hardware().memoryGiB() < asking.weightsGiB()) {
                devices *= 2; // as they are counted
            }
        }
        Engine anyEngine = catalogue.engines().iterator().next();
        Quantization anyPrecision = catalogue.quantizations().iterator().next();
        for (OpenCandidate.Way way : open.ways()) {
            if (sought.test(asking.prospect(deployment(open, way, anyEngine, anyPrecision, 1), devices))) {
                return true;
            }
        }
        return false;
    }

    /**
     * The place of the last model that is sought on a candidate, or -1. A model decides only about lesser ones whether they are
     * worth comparing, so that what comes after it need not be known.
     */
    private int lastSought(
            OpenCandidate open, List<ModelToTry> bestFirst, WorthComparing worth, Predicate<Prospect> sought) {
        int last = bestFirst.size() - 1;
        while (last >= 0 && !isSought(open, bestFirst.get(last).asking(), sought)) {
            last--;
        }
        while (last >= 0
                && last < bestFirst.size() - 1
                && !worth.isBetter(
                        bestFirst.get(last).index(), bestFirst.get(last + 1).index())) {
            last++;
        }
        return last;
    }

    /**
     * Models on one candidate from the best downwards; where none fits, the smallest stands for all.
     *
     * @param most that are tried, unless none of them fits; 0 to try nothing
     */
    private WorthComparing.OnOne onOne(
            OpenCandidate open, List<ModelToTry> bestFirst, int most, WorthComparing.OnOne found) {
        for (int i = 0; i < bestFirst.size() && (i < most || !found.somethingFits()); i++) {
            ModelToTry each = bestFirst.get(i);
            stillWanted.run();
            if (most > 0 && mayFit(open, each) && !found.isOutdone(each.index())) {
                found.add(each.index(), variants(open, each.demand(), each.known()));
            }
        }
        if (most > 0 && !found.somethingFits()) {
            bestFirst.stream()
                    .min(Comparator.comparingDouble(ModelToTry::weightsGiB))
                    .ifPresent(each -> found.add(each.index(), variants(open, each.demand(), each.known())));
        }
        return found;
    }

    /** A first look: whether the weights find room in as many devices as there may be, or beside them. */
    private boolean mayFit(OpenCandidate open, ModelToTry model) {
        int perNode = open.hardware().maxDevicesPerNode();
        double devices = open.devices() != null
                ? open.devices()
                : perNode > 1 ? perNode : catalogue.number("machinesOfACluster");
        double weights =
                open.quantization() == null ? model.weightsGiB() : leastWeightsGiB(model.demand(), open.quantization());
        return weights <= devices * open.hardware().memoryGiB()
                || !choices.withExpertsOnHost(open, model.demand()).isEmpty();
    }

    private double leastWeightsGiB(Demand demand, @Nullable Quantization named) {
        Quantization wanted = named == null ? demand.quantization() : named;
        return (wanted == null ? catalogue.quantizations().stream() : Stream.of(wanted))
                .filter(each -> wanted != null || each.forWeights() && each.considered())
                .mapToDouble(each -> Estimator.weights(demand.model(), each).gib())
                .min()
                .orElse(0);
    }

    /** Offers of candidates that say which one they mean, or its price. */
    private static List<Offer> namedRentals(List<OpenCandidate> opens) {
        return opens.stream()
                .map(open -> open.ways().stream()
                        .map(OpenCandidate.Way::offer)
                        .filter(Objects::nonNull)
                        .toList())
                .filter(offers -> offers.size() == 1)
                .map(offers -> offers.get(0))
                .toList();
    }

    /** How much {@link #of} will find. */
    Extent extent(DecisionRequest request, Demand demand) {
        List<OpenCandidate> opens = offered.of(request, new ArrayList<>());
        Extent byTheToken = byTheToken(request, demand);
        return new Extent(
                opens.size() + byTheToken.candidates(),
                byTheToken.variants()
                        + opens.stream()
                                .mapToLong(open -> mostVariants(open, demand))
                                .sum());
    }

    /** The same where any of some models will do, of which no more than so many are held on one candidate. */
    Extent extentOfAny(DecisionRequest request, List<Demand> demands) {
        List<OpenCandidate> opens = offered.of(request, new ArrayList<>());
        Extent byTheToken = demands.stream()
                .map(each -> byTheToken(request, each))
                .reduce(
                        Extent.NOTHING,
                        (one, other) -> new Extent(
                                Math.max(one.candidates(), other.candidates()), one.variants() + other.variants()));
        long held = opens.stream()
                .mapToLong(open -> Math.max(
                        WorthComparing.MOST_HELD,
                        demands.stream()
                                .mapToLong(each -> mostVariants(open, each))
                                .max()
                                .orElse(0)))
                .sum();
        return new Extent(opens.size() + byTheToken.candidates(), held + byTheToken.variants());
    }

    private Extent byTheToken(DecisionRequest request, Demand demand) {
        int serving = catalogue.apisFor(demand.model()).size();
        if (request.candidates().isEmpty()) {
            int offered = demand.training() == null ? serving : 0;
            return new Extent(offered, offered);
        }
        int named = (int) request.candidates().stream().filter(hosted::isHosted).count();
        return new Extent(named, (long) named * serving);
    }

    private long mostVariants(OpenCandidate open, Demand demand) {
        Model model = demand.model();
        boolean isOffered =
                catalogue.findModel(model.id()).filter(known -> known == model).isPresent()
                        && open.engines().isEmpty()
                        && open.quantization() == null
                        && demand.quantization() == null
                        && demand.training() == null;
        long precisions = isOffered
                ? precisionsOfOffers.computeIfAbsent(
                        open.hardware().id() + "@" + model.id(), key -> precisions(open, demand))
                : precisions(open, demand);
        return precisions * open.ways().size() * (open.devices() == null ? COUNTS_OF_DEVICES : 1);
    }

    private long precisions(OpenCandidate open, Demand demand) {
        return Stream.concat(choices.engines(open, demand).stream(), choices.withExpertsOnHost(open, demand).stream())
                .mapToLong(engine -> choices.quantizations(open, engine, demand).size())
                .sum();
    }

    /** Names of candidates that the catalogue does not know. */
    List<Problem> problems(DecisionRequest request) {
        List<Problem> problems = new ArrayList<>();
        offered.of(request, problems);
        return problems;
    }

    /** The same where it is known which models are meant: hosted APIs that serve none of them, too. */
    List<Problem> problems(DecisionRequest request, List<Demand> demands) {
        List<Problem> problems = problems(request);
        demands.forEach(each -> meant(request, each, problems));
        return problems.stream().distinct().toList();
    }

    /** @param known that the same demand led to */
    private List<EstimatedDeployment> variants(OpenCandidate open, Demand demand, KnownEstimates known) {
        List<Deployment> without = new ArrayList<>();
        List<EstimatedDeployment> variants = variants(open, choices.engines(open, demand), demand, known, without);
        if (variants.stream().noneMatch(Candidates::fits)) {
            variants(open, choices.withExpertsOnHost(open, demand), demand, known, new ArrayList<>()).stream()
                    .filter(Candidates::fits)
                    .forEach(variants::add);
        }
        if (demand.training() == null && variants.stream().noneMatch(each -> fitsAndServes(demand, each))) {
            variants.addAll(linked(open, demand));
        }
        List<EstimatedDeployment> fitting =
                variants.stream().filter(Candidates::fits).toList();
        return fitting.isEmpty() ? closest(variants, without, demand) : fitting;
    }

    /** @param without to which those are added that would stand for a pairing, but have no room for a single request */
    private List<EstimatedDeployment> variants(
            OpenCandidate open, List<Engine> engines, Demand demand, KnownEstimates known, List<Deployment> without) {
        List<EstimatedDeployment> variants = new ArrayList<>();
        for (Engine engine : engines) {
            for (Quantization quantization : choices.quantizations(open, engine, demand)) {
                for (OpenCandidate.Way way : open.ways()) {
                    KnownEstimates.Pairing pairing = KnownEstimates.Pairing.of(open, way, engine, quantization);
                    EachCount counts = known.of(pairing);
                    if (counts == null) {
                        counts = eachCount(open, way, engine, quantization, demand);
                        known.put(pairing, counts);
                    } else {
                        counts = counts.acquired(demand, open.group(), way);
                    }
                    addWorthComparing(demand, counts, variants, without);
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

    private static Deployment deployment(
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
            OpenCandidate open, OpenCandidate.Way way, Engine engine, Quantization quantization, Demand demand) {
        if (open.devices() != null) {
            return new EachCount(
                    estimator, demand, List.of(deployment(open, way, engine, quantization, open.devices())));
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
        return new EachCount(estimator, demand, byCount);
    }

    /** As many machines as carry the model together, at each precision. */
    private List<EstimatedDeployment> linked(OpenCandidate open, Demand demand) {
        List<EstimatedDeployment> linked = new ArrayList<>();
        for (Engine engine : choices.engines(open, demand)) {
            if (!canBeLinked(open, engine)) {
                continue;
            }
            for (Quantization quantization : choices.quantizations(open, engine, demand)) {
                for (OpenCandidate.Way way : open.ways()) {
                    int machines = (int) Math.min(way.maxDevices(), catalogue.number("machinesOfACluster"));
                    IntStream.iterate(2, devices -> devices <= machines, devices -> devices * 2)
                            .mapToObj(devices ->
                                    estimator.assess(demand, deployment(open, way, engine, quantization, devices)))
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
