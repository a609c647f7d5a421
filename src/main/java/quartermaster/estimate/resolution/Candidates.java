package quartermaster.estimate.resolution;

import java.util.ArrayList;
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
import quartermaster.catalogue.LooseNames;
import quartermaster.catalogue.Model;
import quartermaster.catalogue.Offer;
import quartermaster.estimate.Demand;
import quartermaster.estimate.EstimatedDeployment;
import quartermaster.estimate.Estimator;
import quartermaster.estimate.resolution.ModelSearch.ModelToTry;
import quartermaster.estimate.resolution.Resolver.Extent;
import quartermaster.quality.Grade;
import quartermaster.request.Acquisition;
import quartermaster.request.Candidate;
import quartermaster.request.DecisionRequest;
import quartermaster.unit.Problem;
import quartermaster.unit.Records;

/**
 * The deployments worth judging: variants of the candidates that a request names, or else of what the catalogue offers.
 */
public final class Candidates {
    private final Catalogue catalogue;
    private final HostedCandidates hosted;
    private final EnginesAndPrecisions choices;
    private final OpenCandidates offered;
    private final Prospects prospects;
    private final Variants variants;
    private final @Nullable EstimateMemory memory;
    private final Runnable stillWanted;
    private final Map<String, Long> precisionsOfOffers; // on whatever engine, by hardware and model of the catalogue

    public Candidates(Catalogue catalogue, LooseNames names, Estimator estimator) {
        this.catalogue = catalogue;
        this.hosted = new HostedCandidates(catalogue, estimator);
        this.choices = new EnginesAndPrecisions(catalogue);
        this.offered = new OpenCandidates(catalogue, new Lookup(catalogue, names), hosted, choices);
        this.prospects = new Prospects(catalogue, choices);
        this.variants = new Variants(catalogue, estimator, choices);
        this.memory = null;
        this.stillWanted = () -> {};
        this.precisionsOfOffers = new ConcurrentHashMap<>();
    }

    private Candidates(Candidates same, @Nullable EstimateMemory memory, Runnable stillWanted) {
        this.catalogue = same.catalogue;
        this.hosted = same.hosted;
        this.choices = same.choices;
        this.offered = same.offered;
        this.prospects = same.prospects;
        this.variants = same.variants;
        this.memory = memory;
        this.stillWanted = stillWanted;
        this.precisionsOfOffers = same.precisionsOfOffers;
    }

    /** The same which keeps the estimates that the first demand leads to, for others that differ in costs or constraints. */
    Candidates remembering() {
        return new Candidates(this, new EstimateMemory(false), stillWanted);
    }

    /** The same which keeps no more than what a replica of each pairing does: for any number of candidates. */
    Candidates rememberingReplicas() {
        return new Candidates(this, new EstimateMemory(true), stillWanted);
    }

    /** The same for somebody who may go away: asked between two models on one candidate, see {@link Resolver#asLongAs}. */
    Candidates asLongAs(Runnable wanted) {
        return new Candidates(this, memory, wanted);
    }

    public record Found(List<EstimatedDeployment> assessed, List<Problem> problems) {}

    public Found of(DecisionRequest request, Demand demand) {
        return of(request, demand, null, any -> true);
    }

    /**
     * @param grade of the model; null where no models are compared
     * @param sought asked about each candidate before it is estimated
     */
    Found of(DecisionRequest request, Demand demand, @Nullable Grade grade, Predicate<Prospect> sought) {
        List<Problem> problems = new ArrayList<>();
        List<OpenCandidate> opens = offered.of(request, problems);
        KnownEstimates known = memory == null ? new KnownEstimates() : memory.of(demand);
        if (request.candidates().isEmpty()) {
            Acquisition only = request.constraints().acquisition();
            EstimateMemory.Asked asked = EstimateMemory.Asked.of(request, demand);
            List<EstimatedDeployment> offers = memory == null ? null : memory.offersFor(asked);
            Prospects.Asking asking = prospects.asking(request, demand, grade);
            Set<Integer> left = opens.stream()
                    .filter(open -> !prospects.isSought(open, asking, sought))
                    .map(OpenCandidate::group)
                    .collect(Collectors.toSet());
            if (offers == null) {
                offers = Stream.concat(
                                opens.stream()
                                        .filter(open -> !left.contains(open.group()))
                                        .flatMap(open -> variants.of(open, demand, known).stream()),
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
                                    ? left.isEmpty()
                                            || !left.contains(each.deployment().group())
                                    : sought.test(asking.prospect(each.deployment(), 1)))
                            .toList(),
                    problems);
        }
        List<EstimatedDeployment> assessed = new ArrayList<>();
        Demand compared = Records.with(demand, "rivals", namedRentals(opens));
        Prospects.Asking asking = prospects.asking(request, compared, grade);
        opens.stream()
                .filter(open -> prospects.isSought(open, asking, sought))
                .forEach(open -> assessed.addAll(variants.of(open, compared, known)));
        meant(request, demand, problems).stream()
                .filter(each -> sought.test(asking.prospect(each.deployment(), 1)))
                .forEach(assessed::add);
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
                        prospects.asking(
                                request, compared.get(i), worth.models().get(i).grade()),
                        known.get(i)))
                .toList();
        ModelSearch search = new ModelSearch(prospects, variants, worth, bestFirst, stillWanted);
        Acquisition only = given ? null : request.constraints().acquisition();
        List<Map<Integer, List<EstimatedDeployment>>> onEach = opens.parallelStream()
                .filter(open -> only == null || open.ways().get(0).acquisition() == only)
                .map(open -> given ? search.onOne(open) : search.onOne(open, sought))
                .toList();
        return IntStream.range(0, demands.size())
                .mapToObj(i -> {
                    List<Problem> ofOne = new ArrayList<>(problems);
                    Stream<EstimatedDeployment> byTheToken = given
                            ? meant(request, demands.get(i), ofOne).stream()
                            : hosted.all(opens.size(), demands.get(i))
                                    .filter(each -> sought.test(new Prospects.Asking(
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
        return precisions * open.ways().size() * (open.devices() == null ? Variants.COUNTS_OF_DEVICES : 1);
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
}
