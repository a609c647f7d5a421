package quartermaster.estimate.resolution;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import quartermaster.catalogue.Arithmetic;
import quartermaster.catalogue.Availability;
import quartermaster.catalogue.Catalogue;
import quartermaster.catalogue.Engine;
import quartermaster.catalogue.Hardware;
import quartermaster.catalogue.HostedApi;
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
import quartermaster.request.Acquisition;
import quartermaster.request.Candidate;
import quartermaster.request.Constraints;
import quartermaster.request.DecisionRequest;
import quartermaster.request.Workload;
import quartermaster.request.WorkloadType;
import quartermaster.unit.Choice;
import quartermaster.unit.Ids;
import quartermaster.unit.Place;
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

    private static final String YOUR_PRICE = "your-price"; // stands for an offer's id

    private final Catalogue catalogue;
    private final LooseNames names;
    private final Estimator estimator;

    public Candidates(Catalogue catalogue, LooseNames names, Estimator estimator) {
        this.catalogue = catalogue;
        this.names = names;
        this.estimator = estimator;
    }

    public record Found(List<EstimatedDeployment> assessed, List<Problem> problems) {}

    public Found of(DecisionRequest request, Demand demand) {
        List<Problem> problems = new ArrayList<>();
        List<Open> opens = opens(request, problems);
        if (request.candidates().isEmpty()) {
            Acquisition only = request.constraints().acquisition();
            List<EstimatedDeployment> generated = Stream.concat(
                            generated(opens, demand).stream(), hosted(opens.size(), demand))
                    .filter(each -> only == null || each.deployment().acquisition() == only)
                    .toList();
            return new Found(generated, problems);
        }
        List<EstimatedDeployment> assessed = new ArrayList<>();
        opens.forEach(open -> assessed.addAll(variants(open, demand, new HashMap<>())));
        for (int i = 0; i < request.candidates().size(); i++) {
            Candidate candidate = request.candidates().get(i);
            if (isHosted(candidate)) {
                assessed.addAll(hosted(candidate, i, demand, problems));
            }
        }
        return new Found(assessed, problems);
    }

    /** Who serves the model by the token, each a candidate of its own; nobody trains it so. */
    private Stream<EstimatedDeployment> hosted(int firstGroup, Demand demand) {
        List<HostedApi> serving = demand.training() == null ? catalogue.apisFor(demand.model()) : List.of();
        return IntStream.range(0, serving.size())
                .mapToObj(i -> estimator.hosted(demand, firstGroup + i, serving.get(i)));
    }

    private boolean isHosted(Candidate candidate) {
        return candidate.acquisition() == Acquisition.API || catalogue.isHostedApi(candidate.hardware());
    }

    /** Everybody who serves the model and is meant, as variants of one candidate. */
    private List<EstimatedDeployment> hosted(Candidate candidate, int index, Demand demand, List<Problem> problems) {
        String name = candidate.offer() == null ? candidate.hardware() : candidate.offer();
        List<HostedApi> serving = catalogue.apisFor(demand.model());
        List<HostedApi> meant =
                serving.stream().filter(each -> each.isCalled(name)).toList();
        if (candidate.acquisition() != null && candidate.acquisition() != Acquisition.API) {
            problems.add(new Problem(
                    "out-of-range",
                    "A hosted API is neither bought, rented nor owned; found " + Choice.id(candidate.acquisition())
                            + ", expected api.",
                    new Place.Pointer("/candidates/" + index + "/acquisition")));
        }
        if (meant.isEmpty()) {
            problems.add(new Problem(
                    "unknown-hosted-api",
                    HostedApi.isAnyOne(name)
                            ? "The sheet Offers knows nobody who serves "
                                    + demand.model().name() + " by the token."
                            : "\"" + name + "\" is no hosted API for "
                                    + demand.model().id() + "."
                                    + Ids.hint(
                                            name,
                                            serving.stream().map(HostedApi::id).toList()),
                    new Place.Pointer("/candidates/" + index + (candidate.offer() == null ? "/hardware" : "/offer"))));
        }
        return meant.stream().map(each -> estimator.hosted(demand, index, each)).toList();
    }

    /** How much {@link #of} will find. */
    Extent extent(DecisionRequest request, Demand demand) {
        List<Open> opens = opens(request, new ArrayList<>());
        int serving = catalogue.apisFor(demand.model()).size();
        int hosted = request.candidates().isEmpty()
                ? demand.training() == null ? serving : 0
                : (int) request.candidates().stream().filter(this::isHosted).count();
        return new Extent(
                opens.size() + hosted,
                (request.candidates().isEmpty() ? hosted : hosted * serving)
                        + opens.stream()
                                .mapToLong(open -> mostVariants(open, demand))
                                .sum());
    }

    private long mostVariants(Open open, Demand demand) {
        long precisions = Stream.concat(engines(open, demand).stream(), withExpertsOnHost(open, demand).stream())
                .mapToLong(engine -> quantizations(open, engine, demand).size())
                .sum();
        return precisions * open.ways().size() * (open.devices() == null ? COUNTS_OF_DEVICES : 1);
    }

    /** Names of candidates that the catalogue does not know. */
    List<Problem> problems(DecisionRequest request) {
        List<Problem> problems = new ArrayList<>();
        opens(request, problems);
        return problems;
    }

    private List<Open> opens(DecisionRequest request, List<Problem> problems) {
        Map<Hardware, Integer> owned = owned(request.constraints(), problems);
        if (request.candidates().isEmpty()) {
            return offered(owned, Terms.of(request), engines(Resolver.isTraining(request.workload())));
        }
        List<Open> opens = new ArrayList<>();
        for (int i = 0; i < request.candidates().size(); i++) {
            if (isHosted(request.candidates().get(i))) {
                continue; // which ones depends on the model
            }
            Open open = given(request, i, owned, problems);
            if (open != null) {
                opens.add(open);
            }
        }
        return opens;
    }

    /** On what terms something may be rented. */
    private record Terms(boolean mayBeInterrupted, @Nullable String region) {
        /** Work with an end goes on where it stopped, so that spot instances may carry it. */
        static Terms of(DecisionRequest request) {
            Workload work = request.workload();
            boolean mayBeInterrupted = work.type() == WorkloadType.FINE_TUNING
                    || work.type() == WorkloadType.BATCH
                            && work.concurrency() == null
                            && (work.job() != null || work.requestsPerDay() != null);
            return new Terms(mayBeInterrupted, request.constraints().region());
        }

        /** Those in the region, or perhaps in it; all where there are none, so that a rule can say so. */
        List<Offer> near(List<Offer> offers) {
            if (region == null) {
                return offers;
            }
            List<Offer> near = offers.stream()
                    .filter(each -> each.within(region) != Offer.Within.ELSEWHERE)
                    .toList();
            return near.isEmpty() ? offers : near;
        }
    }

    /** A candidate whose gaps are still open: empty lists stand for "whatever is best". */
    private record Open(
            int group,
            Hardware hardware,
            @Nullable Integer devices,
            int minReplicas,
            int maxReplicas,
            List<Way> ways,
            List<Engine> engines,
            @Nullable Quantization quantization,
            @Nullable Double priceUsd) {}

    /** One way to come by hardware. */
    private record Way(Acquisition acquisition, @Nullable Offer offer, int maxDevices) {}

    /**
     * Whether a candidate says what would serve with it and trains nothing, as a row of a workbook does that is for several
     * workloads: then tool and precision are left open.
     */
    boolean namesAServer(Candidate candidate) {
        String engine = candidate.engine();
        return engine != null
                && catalogue.training().findEngine(engine).isEmpty()
                && catalogue.findEngine(engine).isPresent();
    }

    /** What may run something, or train it. */
    private Collection<Engine> engines(boolean training) {
        return training ? catalogue.training().engines() : catalogue.engines();
    }

    private @Nullable Open given(
            DecisionRequest request, int index, Map<Hardware, Integer> owned, List<Problem> problems) {
        Candidate candidate = request.candidates().get(index);
        Terms terms = Terms.of(request);
        boolean training = Resolver.isTraining(request.workload());
        String at = "/candidates/" + index;
        int before = problems.size();
        Optional<Hardware> hardware = Resolver.look(
                candidate.hardware(),
                names::findHardware,
                catalogue.hardware(),
                "hardware",
                at + "/hardware",
                problems);
        boolean serves = training && namesAServer(candidate);
        Optional<Engine> engine = candidate.engine() == null || serves
                ? Optional.empty()
                : Resolver.look(
                        candidate.engine(),
                        training ? catalogue.training()::findEngine : catalogue::findEngine,
                        engines(training),
                        training ? "training tool" : "engine",
                        at + "/engine",
                        problems);
        Optional<Quantization> quantization = candidate.quantization() == null || serves
                ? Optional.empty()
                : Resolver.look(
                        candidate.quantization(),
                        name -> catalogue.findQuantization(name).filter(Quantization::forWeights),
                        catalogue.quantizations().stream()
                                .filter(Quantization::forWeights)
                                .toList(),
                        "quantization",
                        at + "/quantization",
                        problems);
        Optional<Offer> offer = hardware.flatMap(found -> offer(candidate, found, at, problems));
        if (hardware.isEmpty() || problems.size() > before) {
            return null;
        }
        List<Way> ways = ways(candidate, hardware.get(), offer.orElse(null), owned, terms);
        int replicas = candidate.replicas() == null ? 1 : candidate.replicas();
        int most = candidate.replicas() == null ? Integer.MAX_VALUE : candidate.replicas();
        return new Open(
                index,
                hardware.get(),
                candidate.devices(),
                replicas,
                most,
                ways,
                engine.map(List::of).orElse(List.of()),
                quantization.orElse(null),
                candidate.priceUsd());
    }

    private Optional<Offer> offer(Candidate candidate, Hardware hardware, String at, List<Problem> problems) {
        if (candidate.offer() == null) {
            return Optional.empty();
        }
        Optional<Offer> found = catalogue.findOffer(candidate.offer());
        List<String> known =
                catalogue.offersFor(hardware).stream().map(Offer::id).toList();
        if (found.isEmpty() || !known.contains(found.get().id())) {
            problems.add(new Problem(
                    "unknown-offer",
                    "\"" + candidate.offer() + "\" is no rental offer for " + hardware.id() + "."
                            + Ids.hint(candidate.offer(), known),
                    new Place.Pointer(at + "/offer")));
            return Optional.empty();
        }
        return found;
    }

    private List<Way> ways(
            Candidate candidate, Hardware hardware, @Nullable Offer offer, Map<Hardware, Integer> owned, Terms terms) {
        int has = owned.getOrDefault(hardware, candidate.devices() == null ? 1 : candidate.devices());
        if (candidate.pricePerHourUsd() != null
                && (candidate.acquisition() == null || candidate.acquisition() == Acquisition.RENT)) {
            Offer own = ownPrice(hardware, offer, candidate.pricePerHourUsd());
            Way rented = new Way(Acquisition.RENT, own, Integer.MAX_VALUE);
            return candidate.acquisition() == null && candidate.priceUsd() != null
                    ? List.of(new Way(Acquisition.BUY, null, Integer.MAX_VALUE), rented) // whichever is better
                    : List.of(rented);
        }
        if (offer != null) {
            return List.of(new Way(Acquisition.RENT, offer, Integer.MAX_VALUE));
        }
        if (candidate.acquisition() == null) {
            List<Way> open = new ArrayList<>();
            if (owned.containsKey(hardware)) {
                open.add(new Way(Acquisition.OWNED, null, has));
            }
            if (!hardware.cloudOnly() && (hardware.priceUsd().isPresent() || candidate.priceUsd() != null)) {
                open.add(new Way(Acquisition.BUY, null, Integer.MAX_VALUE));
            }
            open.addAll(rentals(hardware, terms));
            return open.isEmpty() ? List.of(new Way(Acquisition.BUY, null, Integer.MAX_VALUE)) : open;
        }
        return switch (candidate.acquisition()) {
            case BUY -> List.of(new Way(Acquisition.BUY, null, Integer.MAX_VALUE));
            case OWNED -> List.of(new Way(Acquisition.OWNED, null, has));
            case RENT -> {
                List<Way> rentals = rentals(hardware, terms);
                yield rentals.isEmpty() ? List.of(new Way(Acquisition.RENT, null, Integer.MAX_VALUE)) : rentals;
            }
            case API -> throw new IllegalStateException("What is hosted has no hardware.");
        };
    }

    /** What the request says an hour costs, of the offer that it names or of nobody's. */
    private static Offer ownPrice(Hardware hardware, @Nullable Offer named, double usdPerDeviceHour) {
        return named == null
                ? new Offer(
                        YOUR_PRICE,
                        false,
                        hardware.id(),
                        "as you say",
                        "neocloud",
                        null,
                        1,
                        "on-demand",
                        usdPerDeviceHour,
                        "the request",
                        "",
                        0)
                : Records.with(named, "usdPerDeviceHour", usdPerDeviceHour);
    }

    /** Of every tier the cheapest on-demand price of today, so that tiers are compared and not averaged. */
    private List<Way> rentals(Hardware hardware, Terms terms) {
        Map<String, Offer> newest = new LinkedHashMap<>(); // by provider, tier and size, e.g. "Lambda/neocloud/8"
        for (Offer offer : terms.near(catalogue.offersFor(hardware))) {
            String key = offer.provider() + "/" + offer.tier() + "/" + offer.devicesPerInstance() + "/"
                    + offer.provisioning();
            newest.merge(key, offer, Candidates::later);
        }
        Map<String, Offer> cheapest = new LinkedHashMap<>(); // by tier
        newest.values().stream()
                .filter(offer -> terms.mayBeInterrupted() || !offer.isSpot())
                .forEach(offer -> cheapest.merge(
                        offer.tier() + "/" + (offer.devicesPerInstance() > 1) + "/" + offer.isSpot(),
                        offer,
                        (one, other) -> other.usdPerDeviceHour() < one.usdPerDeviceHour() ? other : one));
        return cheapest.values().stream()
                .map(offer -> new Way(Acquisition.RENT, offer, Integer.MAX_VALUE))
                .toList();
    }

    /** That of the later day; of one day, such as that of several regions, the cheaper. */
    private static Offer later(Offer one, Offer other) {
        int days = other.asOf().compareTo(one.asOf());
        return days > 0 || days == 0 && other.usdPerDeviceHour() < one.usdPerDeviceHour() ? other : one;
    }

    private List<EstimatedDeployment> generated(List<Open> offered, Demand demand) {
        List<EstimatedDeployment> all = new ArrayList<>();
        Map<String, Map<Alike, List<EstimatedDeployment>>> alike = new HashMap<>(); // by hardware
        for (Open open : offered) {
            String hardware = open.hardware().id();
            all.addAll(variants(open, demand, alike.computeIfAbsent(hardware, any -> new HashMap<>())));
        }
        return all;
    }

    /** What the catalogue has, by each way to come by it. */
    private List<Open> offered(Map<Hardware, Integer> owned, Terms terms, Collection<Engine> engines) {
        List<Open> opens = new ArrayList<>();
        for (Hardware hardware : catalogue.hardware()) {
            if (engines.stream().noneMatch(engine -> engine.runsOn(hardware))) {
                continue; // nobody can say what it would do
            }
            Integer has = owned.get(hardware);
            if (has != null) {
                opens.add(open(opens.size(), hardware, List.of(new Way(Acquisition.OWNED, null, has))));
            }
            if (isSold(hardware)) {
                opens.add(open(opens.size(), hardware, List.of(new Way(Acquisition.BUY, null, Integer.MAX_VALUE))));
            }
            List<Way> rentals = rentals(hardware, terms);
            if (!rentals.isEmpty()) {
                opens.add(open(opens.size(), hardware, rentals));
            }
        }
        return opens;
    }

    private static boolean isSold(Hardware hardware) {
        if (hardware.availability() == Availability.PROJECTED) {
            return true; // estimated and shown; a rule keeps it from being recommended
        }
        return hardware.availability() != Availability.DISCONTINUED
                && !hardware.cloudOnly()
                && hardware.priceUsd().isPresent();
    }

    private static Open open(int group, Hardware hardware, List<Way> ways) {
        return new Open(group, hardware, null, 1, Integer.MAX_VALUE, ways, List.of(), null, null);
    }

    /** @param alike estimates of the same hardware that the same demand led to */
    private List<EstimatedDeployment> variants(Open open, Demand demand, Map<Alike, List<EstimatedDeployment>> alike) {
        List<EstimatedDeployment> variants = variants(open, engines(open, demand), demand, alike);
        if (variants.stream().noneMatch(Candidates::fits)) {
            variants(open, withExpertsOnHost(open, demand), demand, alike).stream()
                    .filter(Candidates::fits)
                    .forEach(variants::add);
        }
        if (demand.training() == null && variants.stream().noneMatch(each -> fitsAndServes(demand, each))) {
            variants.addAll(linked(open, demand));
        }
        return withoutHopelessOnes(variants);
    }

    private List<EstimatedDeployment> variants(
            Open open, List<Engine> engines, Demand demand, Map<Alike, List<EstimatedDeployment>> alike) {
        List<EstimatedDeployment> variants = new ArrayList<>();
        for (Engine engine : engines) {
            for (Quantization quantization : quantizations(open, engine, demand)) {
                for (Way way : open.ways()) {
                    variants.addAll(sized(open, way, engine, quantization, demand, alike));
                }
            }
        }
        return variants;
    }

    private static boolean fits(EstimatedDeployment assessed) {
        return assessed.estimate().memory().fit() != Fit.NO;
    }

    /** Engines that nobody named and that are tried where a mixture fits no device: the host's memory helps out. */
    private List<Engine> withExpertsOnHost(Open open, Demand demand) {
        Quantization wanted = wanted(open, demand);
        return open.engines().isEmpty() && demand.model().isMixtureOfExperts() && demand.training() == null
                ? catalogue.engines().stream()
                        .filter(engine -> engine.keepsExpertsOnHost() && engine.considered())
                        .filter(engine -> engine.runsOn(open.hardware()))
                        .filter(engine -> wanted == null || engine.loads(wanted))
                        .toList()
                : List.of();
    }

    /** What decides about an estimate of one hardware; ways to come by it differ in nothing else but what they cost. */
    private record Alike(Engine engine, Quantization quantization, int maxDevices) {}

    private List<EstimatedDeployment> sized(
            Open open,
            Way way,
            Engine engine,
            Quantization quantization,
            Demand demand,
            Map<Alike, List<EstimatedDeployment>> alike) {
        Alike key = new Alike(engine, quantization, way.maxDevices());
        List<EstimatedDeployment> known = alike.get(key);
        if (known == null) {
            List<EstimatedDeployment> ofEachCount = ofEachCount(open, way, engine, quantization, demand);
            alike.put(key, ofEachCount);
            return worthComparing(ofEachCount, demand);
        }
        return worthComparing(
                known.stream()
                        .map(each -> estimator.priced(
                                demand, each, each.deployment().acquired(open.group(), way.acquisition(), way.offer())))
                        .toList(),
                demand);
    }

    /** The smallest count that serves, the cheapest, and the one above it; the largest stands where none does. */
    private static List<EstimatedDeployment> worthComparing(List<EstimatedDeployment> byCount, Demand demand) {
        List<EstimatedDeployment> serving =
                byCount.stream().filter(each -> fitsAndServes(demand, each)).toList();
        if (serving.isEmpty()) {
            return byCount.subList(byCount.size() - 1, byCount.size());
        }
        int cheapest = 0;
        for (int i = 1; i < serving.size(); i++) {
            cheapest = monthlyUsd(serving.get(i)) < monthlyUsd(serving.get(cheapest)) ? i : cheapest;
        }
        int next = serving.get(cheapest).replicas() > 1 ? cheapest + 1 : cheapest;
        return IntStream.of(0, cheapest, next)
                .distinct()
                .filter(i -> i < serving.size())
                .mapToObj(serving::get)
                .toList();
    }

    private static double monthlyUsd(EstimatedDeployment assessed) {
        Double known = assessed.cost().monthlyUsd();
        return known == null ? Double.MAX_VALUE : known;
    }

    /** Variants that fit, when there are any; else the one that comes closest stands for the candidate. */
    private static List<EstimatedDeployment> withoutHopelessOnes(List<EstimatedDeployment> variants) {
        List<EstimatedDeployment> fitting =
                variants.stream().filter(Candidates::fits).toList();
        if (!fitting.isEmpty()) {
            return fitting;
        }
        return variants.stream()
                .max(Comparator.comparingDouble(each -> each.estimate().memory().headroomPercent()))
                .map(List::of)
                .orElse(List.of());
    }

    private static Deployment deployment(Open open, Way way, Engine engine, Quantization quantization, int devices) {
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

    /** Engines that were named, or those that run here and are considered when nobody names one. */
    private List<Engine> engines(Open open, Demand demand) {
        if (!open.engines().isEmpty()) {
            return open.engines();
        }
        Quantization wanted = wanted(open, demand);
        Demand.Training training = demand.training();
        Collection<Engine> all = engines(training != null);
        List<Engine> running =
                all.stream().filter(engine -> engine.runsOn(open.hardware())).toList();
        if (training != null) {
            List<Engine> able = catalogue.training().enginesFor(training.methodId()).stream()
                    .filter(engine -> engine.runsOn(open.hardware()))
                    .toList();
            running = able.isEmpty() ? running : able;
        }
        List<Engine> loading = running.stream()
                .filter(engine -> wanted == null || engine.loads(wanted))
                .toList();
        List<Engine> considered = loading.stream()
                .filter(engine -> engine.considered() && !engine.keepsExpertsOnHost())
                .toList();
        return Stream.of(considered, loading, running, List.copyOf(all))
                .filter(list -> !list.isEmpty())
                .findFirst()
                .map(list -> list == considered ? list : list.subList(0, 1))
                .orElseThrow();
    }

    private static @Nullable Quantization wanted(Open open, Demand demand) {
        return open.quantization() != null ? open.quantization() : demand.quantization();
    }

    /** The precision that was named, the model's native one, or those considered when nobody names one. */
    private List<Quantization> quantizations(Open open, Engine engine, Demand demand) {
        Quantization wanted = wanted(open, demand);
        if (wanted != null) {
            return List.of(wanted);
        }
        if (demand.training() != null) {
            return basePrecisions(open, engine, demand.model(), demand.training());
        }
        List<Quantization> loadable = catalogue.quantizations().stream()
                .filter(Quantization::forWeights)
                .filter(Quantization::considered)
                .filter(engine::loads)
                .filter(each -> each.loadsOn(open.hardware()))
                .filter(each -> each.arithmetic() == Arithmetic.FP16 || each.computesNativelyOn(open.hardware()))
                .filter(each -> each.existsFor(demand.model()))
                .toList();
        List<Quantization> natives = loadable.stream()
                .filter(each -> !each.onlyModelFamilies().isEmpty())
                .toList();
        if (!natives.isEmpty()) {
            return natives;
        }
        return loadable.isEmpty()
                ? catalogue.quantizations().stream()
                        .filter(Quantization::forWeights)
                        .limit(1)
                        .toList()
                : loadable;
    }

    /** Precisions of the base weights that a tool trains on in this way; its first one where none fits. */
    private List<Quantization> basePrecisions(Open open, Engine tool, Model model, Demand.Training training) {
        List<Quantization> known = tool.formats().stream()
                .flatMap(id -> catalogue.findQuantization(id).stream())
                .toList();
        List<Quantization> fitting = known.stream()
                .filter(each -> training.trainsOn(each) && each.loadsOn(open.hardware()) && each.existsFor(model))
                .toList();
        return fitting.isEmpty() ? known.subList(0, 1) : fitting;
    }

    /** With the devices that were named, or else with every count that a node has. */
    private List<EstimatedDeployment> ofEachCount(
            Open open, Way way, Engine engine, Quantization quantization, Demand demand) {
        if (open.devices() != null) {
            return List.of(estimator.assess(demand, deployment(open, way, engine, quantization, open.devices())));
        }
        int most = engine.multiDevice() == MultiDevice.NONE
                ? 1
                : Math.max(1, Math.min(way.maxDevices(), open.hardware().maxDevicesPerNode()));
        List<EstimatedDeployment> byCount = new ArrayList<>();
        for (int devices = 1; devices <= most; devices *= 2) {
            byCount.add(estimator.assess(demand, deployment(open, way, engine, quantization, devices)));
        }
        return byCount;
    }

    /** As many machines as carry the model together, at each precision. */
    private List<EstimatedDeployment> linked(Open open, Demand demand) {
        List<EstimatedDeployment> linked = new ArrayList<>();
        for (Engine engine : engines(open, demand)) {
            if (!canBeLinked(open, engine)) {
                continue;
            }
            for (Quantization quantization : quantizations(open, engine, demand)) {
                for (Way way : open.ways()) {
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
    private boolean canBeLinked(Open open, Engine engine) {
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

    private Map<Hardware, Integer> owned(Constraints constraints, List<Problem> problems) {
        Map<Hardware, Integer> owned = new LinkedHashMap<>();
        List<Constraints.Owned> list = constraints.owned();
        for (int i = 0; i < list.size(); i++) {
            Constraints.Owned each = list.get(i);
            int devices = each.devices() == null ? 1 : each.devices();
            Resolver.look(
                            each.hardware(),
                            names::findHardware,
                            catalogue.hardware(),
                            "hardware",
                            "/constraints/owned/" + i,
                            problems)
                    .ifPresent(hardware -> owned.merge(hardware, devices, Integer::sum));
        }
        return owned;
    }
}
