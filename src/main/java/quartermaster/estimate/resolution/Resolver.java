package quartermaster.estimate.resolution;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import quartermaster.catalogue.Catalogue;
import quartermaster.catalogue.Companion;
import quartermaster.catalogue.LooseNames;
import quartermaster.catalogue.Model;
import quartermaster.catalogue.Quantization;
import quartermaster.estimate.Demand;
import quartermaster.estimate.Estimator;
import quartermaster.quality.Grade;
import quartermaster.request.Acquisition;
import quartermaster.request.Budget;
import quartermaster.request.Candidate;
import quartermaster.request.DecisionRequest;
import quartermaster.request.Workload;
import quartermaster.unit.Imported;
import quartermaster.unit.Problem;
import quartermaster.unit.Records;

/** Turns what somebody asks into what has to be carried: names are looked up, gaps filled, nonsense refused. */
public final class Resolver {
    private static final int MOST_GROUPS = 100_000; // more than one model has candidates

    private final Catalogue catalogue;
    private final Candidates candidates;
    private final Lookup lookup;
    private final ModelChoice choice;

    public Resolver(Catalogue catalogue, Estimator estimator) {
        this.catalogue = catalogue;
        LooseNames names = new LooseNames(catalogue);
        this.lookup = new Lookup(catalogue, names);
        this.choice = new ModelChoice(catalogue, lookup);
        this.candidates = new Candidates(catalogue, names, estimator);
    }

    private Resolver(Resolver same, Candidates candidates) {
        this.catalogue = same.catalogue;
        this.lookup = same.lookup;
        this.choice = same.choice;
        this.candidates = candidates;
    }

    /**
     * The same for many requests that are mostly alike: what the first one is estimated to need is kept for others that differ
     * in what they may cost or in what rules allow. It is to be let go with the first request.
     */
    public Resolver remembering() {
        return new Resolver(this, candidates.remembering());
    }

    /** The same for requests that ask one after the other about many candidates for the same work; likewise. */
    public Resolver rememberingReplicas() {
        return new Resolver(this, candidates.rememberingReplicas());
    }

    /**
     * The same for somebody who may go away while many models are tried.
     *
     * @param stillWanted throws where the work is not wanted any more; any thread may call it
     */
    public Resolver asLongAs(Runnable stillWanted) {
        return new Resolver(this, candidates.asLongAs(stillWanted));
    }

    /** The resolution, or null with every problem when the workload itself cannot be understood. */
    public Imported<@Nullable Resolution> resolve(DecisionRequest request) {
        return resolve(request, any -> true);
    }

    /**
     * The same where only some of what the catalogue offers is looked for.
     *
     * @param sought asked about each before it is estimated; those of which it holds come as if it held of all
     */
    public Imported<@Nullable Resolution> resolve(DecisionRequest request, Predicate<Prospect> sought) {
        Imported<@Nullable Filled> read = read(request);
        Filled filled = read.value();
        if (filled == null) {
            List<Problem> problems = new ArrayList<>(read.problems());
            problems.addAll(candidates.problems(request));
            return Imported.nothing(problems);
        }
        boolean given = !request.candidates().isEmpty();
        List<Candidates.Found> ofEach = filled.anyModel() == null
                ? IntStream.range(0, filled.demands().size())
                        .parallel()
                        .mapToObj(i -> candidates.of(
                                filled.request(),
                                filled.demands().get(i),
                                filled.grades().get(i),
                                sought))
                        .toList()
                : candidates.ofAny(filled.request(), filled.demands(), filled.anyModel(), sought);
        List<Found> found = IntStream.range(0, ofEach.size())
                .mapToObj(i -> found(filled, i, ofEach.get(i), given))
                .toList();
        List<Resolution.OfModel> models = found.stream().map(Found::model).toList();
        return new Imported<>(
                new Resolution(
                        filled.request(),
                        filled.anyModel() == null ? models : withSomething(models),
                        given,
                        filled.anyModel() != null,
                        filled.assumptions(),
                        found.stream()
                                .flatMap(each -> each.problems().stream())
                                .distinct()
                                .toList()),
                List.of());
    }

    /** Those that are tried anywhere; the first where none is. */
    private static List<Resolution.OfModel> withSomething(List<Resolution.OfModel> models) {
        List<Resolution.OfModel> tried =
                models.stream().filter(each -> !each.assessed().isEmpty()).toList();
        return tried.isEmpty() ? models.subList(0, 1) : tried;
    }

    private record Found(Resolution.OfModel model, List<Problem> problems) {}

    /** Candidates of each model are others. */
    private static Found found(Filled filled, int index, Candidates.Found found, boolean given) {
        int offset = index * (given ? filled.request().candidates().size() : MOST_GROUPS);
        return new Found(
                new Resolution.OfModel(
                        filled.demands().get(index),
                        filled.grades().get(index),
                        offset == 0
                                ? found.assessed()
                                : found.assessed().stream()
                                        .map(each ->
                                                each.ofGroup(each.deployment().group() + offset))
                                        .toList()),
                found.problems());
    }

    /** How much {@link #resolve} would have to find and others to judge; what may run any model is counted once. */
    public Extent extent(DecisionRequest request) {
        Filled filled = read(request).value();
        if (filled == null) {
            return Extent.NOTHING;
        }
        List<Demand> demands = filled.demands();
        return filled.anyModel() != null
                ? candidates.extentOfAny(filled.request(), demands)
                : demands.stream()
                        .map(each -> candidates.extent(filled.request(), each))
                        .reduce(Extent.NOTHING, Extent::plus);
    }

    /** The workload looked up and filled in, or null with every problem that it has. */
    private Imported<@Nullable Filled> read(DecisionRequest request) {
        List<Problem> problems = new ArrayList<>(RequestChecks.of(request));
        Defaults defaults = new Defaults(catalogue, request.workload());
        Optional<ModelChoice.Chosen> models = choice.of(request.workload(), defaults, problems);
        List<Companion> companions = lookup.companions(request.workload(), problems);
        Optional<Quantization> weights = request.workload().quantization() == null
                ? lookup.quantizationIn(request.workload(), defaults)
                : lookup.quantization(request.workload().quantization(), true, "/workload/quantization", problems);
        Optional<Quantization> cache = lookup.quantization(
                request.workload().kvCacheQuantization(), false, "/workload/kvCacheQuantization", problems);
        if (!problems.isEmpty() || models.isEmpty()) {
            return Imported.nothing(problems);
        }
        lookup.takenHardware(request, defaults);
        unusedPrices(request.candidates(), defaults);
        if (request.workload().trains()) {
            servers(request.candidates(), defaults);
        }
        return new Imported<>(
                fill(request, models.get(), weights.orElse(null), cache.orElse(null), companions, defaults), List.of());
    }

    /** Everything in a request that cannot be looked up or makes no sense. */
    public List<Problem> problems(DecisionRequest request) {
        Imported<@Nullable Filled> read = read(request);
        Filled filled = read.value();
        if (filled != null) {
            return candidates.problems(filled.request(), filled.demands());
        }
        List<Problem> problems = new ArrayList<>(read.problems());
        problems.addAll(candidates.problems(request));
        return problems;
    }

    /**
     * How much a request asks for, counted before anything is estimated.
     *
     * @param candidates that were named, or that the catalogue offers
     * @param variants of them that are held and judged together, at most: each engine, precision, way to come by it and
     *     count of devices that is left open
     */
    public record Extent(int candidates, long variants) {
        /** Of a request that cannot be understood. */
        static final Extent NOTHING = new Extent(0, 0);

        private Extent plus(Extent other) {
            return new Extent(candidates + other.candidates, variants + other.variants);
        }
    }

    /** @param grades of the models, null for one that is given; in the order of the demands */
    private record Filled(
            DecisionRequest request,
            List<Demand> demands,
            List<@Nullable Grade> grades,
            @Nullable WorthComparing anyModel,
            List<Assumption> assumptions) {}

    /** Of several models each has what it is to carry; all else that is filled in is the same. */
    private Filled fill(
            DecisionRequest request,
            ModelChoice.Chosen chosen,
            @Nullable Quantization weights,
            @Nullable Quantization cache,
            List<Companion> companions,
            Defaults defaults) {
        Filled first = fill(request, chosen.models().get(0).model(), weights, cache, companions, defaults);
        if (chosen.models().get(0).grade() == null) {
            return first;
        }
        Demand demand = first.demands().get(0);
        WorthComparing worth = chosen.any() ? WorthComparing.of(catalogue, demand, chosen.models()) : null;
        List<ModelChoice.Graded> models = worth == null ? chosen.models() : worth.models();
        List<String> names = chosen.any()
                ? List.of(Workload.ANY_MODEL)
                : models.stream().map(each -> each.model().id()).toList();
        DecisionRequest full =
                Records.with(Records.with(first.request(), "workload.model", null), "workload.models", names);
        List<@Nullable Grade> grades = new ArrayList<>();
        models.forEach(each -> grades.add(each.grade()));
        return new Filled(
                full,
                models.stream()
                        .map(each -> Records.with(demand, "model", each.model()))
                        .toList(),
                grades,
                worth,
                first.assumptions());
    }

    private Filled fill(
            DecisionRequest request,
            Model model,
            @Nullable Quantization weights,
            @Nullable Quantization cache,
            List<Companion> companions,
            Defaults defaults) {
        Workload workload = request.workload();
        Demand.Training training = AskedTraining.of(workload, defaults);
        Defaults ofServing = training == null ? defaults : new Defaults(catalogue, workload); // nobody is served
        int output = ofServing.integer(workload.outputTokens(), "workload.outputTokens");
        int input = inputTokens(workload, output, ofServing);
        int context = contextTokens(workload, input, output, ofServing);
        int shared = workload.sharedPrefixTokens() == null ? 0 : Math.min(input - 1, workload.sharedPrefixTokens());
        Demand.Traffic traffic = training == null ? Arrivals.of(request, defaults) : Arrivals.ofRuns(training);
        Integer concurrency = training == null
                ? Arrivals.concurrency(workload, traffic, request.constraints().burstFactor(), defaults)
                : Integer.valueOf(1);
        Budget budget = budget(request.budget(), defaults);
        Demand demand = new Demand(
                workload.type(),
                model,
                weights,
                cache,
                input,
                output,
                context,
                shared,
                concurrency == null ? 1 : concurrency,
                workload.minDecodeTokensPerSecond(),
                training == null ? Arrivals.maxWait(workload, ofServing) : workload.maxTimeToFirstTokenSeconds(),
                defaults.constant("sizedForDecodeTokensPerSecond"),
                defaults.constantOrNull("sizedForTimeToFirstTokenSeconds"),
                defaults.constant("plannedLoad"),
                Boolean.TRUE.equals(workload.speculativeDecoding()),
                traffic,
                training == null ? beside(companions) : notBeside(companions, defaults),
                training,
                budget.purchaseUsd(),
                budget.monthlyUsd(),
                orThrow(budget.horizonMonths()),
                orThrow(budget.utilization()),
                orThrow(budget.electricityUsdPerKwh()),
                request.asOf(),
                List.of());
        Workload said = workload.with("model", model.id())
                .with("quantization", weights == null ? null : weights.id())
                .with("companions", companions.stream().map(Companion::id).toList())
                .with("kvCacheQuantization", cache == null ? null : cache.id())
                .with("fineTuning", training == null ? null : AskedTraining.filled(workload.fineTuning(), training));
        if (training == null) {
            said = said.with("inputTokens", input)
                    .with("outputTokens", output)
                    .with("contextTokens", context)
                    .with("concurrency", concurrency);
        }
        DecisionRequest full = Records.with(Records.with(request, "workload", said), "budget", budget);
        return new Filled(full, List.of(demand), Collections.singletonList(null), null, defaults.assumptions());
    }

    private Demand.Companions beside(List<Companion> companions) {
        return companions.isEmpty()
                ? Demand.Companions.NONE
                : new Demand.Companions(
                        companions.stream()
                                .map(each -> new Demand.Beside(each, catalogue.speedsOf(each)))
                                .toList(),
                        catalogue.number("companionOverheadGiB"));
    }

    private static Demand.Companions notBeside(List<Companion> companions, Defaults defaults) {
        if (!companions.isEmpty()) {
            defaults.assume("workload.companions", "none", "not counted: while it trains, nothing is served beside it");
        }
        return Demand.Companions.NONE;
    }

    /** Candidates that name what serves and trains nothing. */
    private void servers(List<Candidate> all, Defaults defaults) {
        for (int i = 0; i < all.size(); i++) {
            if (lookup.namesAServer(all.get(i))) {
                defaults.assume(
                        "candidates[" + i + "].engine",
                        "any tool",
                        all.get(i).engine()
                                + " serves and trains nothing: tool and precision are chosen for the best score");
            }
        }
    }

    /** A price that says nothing about the way in which a candidate is come by. */
    private static void unusedPrices(List<Candidate> candidates, Defaults defaults) {
        for (int i = 0; i < candidates.size(); i++) {
            Candidate each = candidates.get(i);
            Acquisition way = each.acquisition();
            boolean rented = way == Acquisition.RENT;
            if (each.priceUsd() != null && (rented || way == Acquisition.API)) {
                defaults.assume(
                        "candidates[" + i + "].priceUsd",
                        each.priceUsd(),
                        "not used: nothing is bought, it is paid as it runs");
            }
            if (each.pricePerHourUsd() != null && way != null && !rented) {
                defaults.assume(
                        "candidates[" + i + "].pricePerHourUsd", each.pricePerHourUsd(), "not used: nothing is rented");
            }
        }
    }

    /** A window that was stated bounds the prompt that is assumed. */
    private static int inputTokens(Workload workload, int output, Defaults defaults) {
        Integer said = workload.inputTokens();
        Integer window = workload.contextTokens();
        int usual = (int) defaults.constant("inputTokens");
        if (said == null && window != null && window - output < usual) {
            int rest = Math.max(1, window - output);
            defaults.assume("workload.inputTokens", (long) rest, "what the stated context leaves beside the answer");
            return rest;
        }
        return defaults.integer(said, "workload.inputTokens");
    }

    private static int contextTokens(Workload workload, int input, int output, Defaults defaults) {
        Integer said = workload.contextTokens();
        if (said != null) {
            return Math.max(said, input + output);
        }
        defaults.assume("workload.contextTokens", (long) input + output, "prompt and answer of one request");
        return input + output;
    }

    private static Budget budget(Budget said, Defaults defaults) {
        return new Budget(
                said.purchaseUsd(),
                said.monthlyUsd(),
                defaults.integer(said.horizonMonths(), "budget.horizonMonths"),
                defaults.number(said.utilization(), "budget.utilization"),
                defaults.number(said.electricityUsdPerKwh(), "budget.electricityUsdPerKwh"));
    }

    private static <T> T orThrow(@Nullable T filled) {
        if (filled == null) {
            throw new IllegalStateException("A default was not filled in.");
        }
        return filled;
    }
}
