package quartermaster.estimate.resolution;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import quartermaster.catalogue.Catalogue;
import quartermaster.catalogue.Companion;
import quartermaster.catalogue.LooseNames;
import quartermaster.catalogue.Model;
import quartermaster.catalogue.Named;
import quartermaster.catalogue.Quantization;
import quartermaster.catalogue.model.ModelFields;
import quartermaster.estimate.Demand;
import quartermaster.estimate.Estimator;
import quartermaster.request.Acquisition;
import quartermaster.request.Budget;
import quartermaster.request.Candidate;
import quartermaster.request.DecisionRequest;
import quartermaster.request.FineTuning;
import quartermaster.request.FineTuningMethod;
import quartermaster.request.Job;
import quartermaster.request.Workload;
import quartermaster.request.WorkloadType;
import quartermaster.unit.Choice;
import quartermaster.unit.Ids;
import quartermaster.unit.Imported;
import quartermaster.unit.Place;
import quartermaster.unit.Problem;
import quartermaster.unit.Records;

/** Turns what somebody asks into what has to be carried: names are looked up, gaps filled, nonsense refused. */
public final class Resolver {
    private static final double SECONDS_PER_DAY = 86_400;
    private static final double HOURS_PER_DAY = 24;
    private static final double DAYS_PER_MONTH = 730 / HOURS_PER_DAY;

    private static final String NEW_MODEL = " A model that it lacks: import-model makes its row of a config.json or a"
            + " GGUF file (--json: for this request).";

    private final Catalogue catalogue;
    private final Candidates candidates;
    private final LooseNames names;

    public Resolver(Catalogue catalogue, Estimator estimator) {
        this.catalogue = catalogue;
        this.names = new LooseNames(catalogue);
        this.candidates = new Candidates(catalogue, names, estimator);
    }

    /** The resolution, or null with every problem when the workload itself cannot be understood. */
    public Imported<@Nullable Resolution> resolve(DecisionRequest request) {
        Imported<@Nullable Filled> read = read(request);
        Filled filled = read.value();
        if (filled == null) {
            List<Problem> problems = new ArrayList<>(read.problems());
            problems.addAll(candidates.problems(request));
            return Imported.nothing(problems);
        }
        Candidates.Found found = candidates.of(filled.request(), filled.demand());
        return new Imported<>(
                new Resolution(
                        filled.request(),
                        filled.demand(),
                        found.assessed(),
                        !request.candidates().isEmpty(),
                        filled.assumptions(),
                        found.problems()),
                List.of());
    }

    /** How much {@link #resolve} would have to find and others to judge. */
    public Extent extent(DecisionRequest request) {
        Filled filled = read(request).value();
        return filled == null ? Extent.NOTHING : candidates.extent(filled.request(), filled.demand());
    }

    /** The workload looked up and filled in, or null with every problem that it has. */
    private Imported<@Nullable Filled> read(DecisionRequest request) {
        List<Problem> problems = new ArrayList<>(RequestChecks.of(request));
        Defaults defaults = new Defaults(catalogue, request.workload());
        Optional<Model> model = model(request.workload(), defaults, problems);
        List<Companion> companions = companions(request.workload(), problems);
        Optional<Quantization> weights =
                quantization(request.workload().quantization(), true, "/workload/quantization", problems);
        Optional<Quantization> cache = quantization(
                request.workload().kvCacheQuantization(), false, "/workload/kvCacheQuantization", problems);
        if (!problems.isEmpty() || model.isEmpty()) {
            return Imported.nothing(problems);
        }
        takenHardware(request, defaults);
        unusedPrices(request.candidates(), defaults);
        if (isTraining(request.workload())) {
            servers(request.candidates(), defaults);
        }
        return new Imported<>(
                fill(request, model.get(), weights.orElse(null), cache.orElse(null), companions, defaults), List.of());
    }

    /** Everything in a request that cannot be looked up or makes no sense. */
    public List<Problem> problems(DecisionRequest request) {
        Imported<@Nullable Resolution> resolved = resolve(request);
        Resolution resolution = resolved.value();
        return resolution == null ? resolved.problems() : resolution.problems();
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
    }

    private record Filled(DecisionRequest request, Demand demand, List<Assumption> assumptions) {}

    private Filled fill(
            DecisionRequest request,
            Model model,
            @Nullable Quantization weights,
            @Nullable Quantization cache,
            List<Companion> companions,
            Defaults defaults) {
        Workload workload = request.workload();
        Demand.Training training = training(workload, defaults);
        Defaults ofServing = training == null ? defaults : new Defaults(catalogue, workload); // nobody is served
        int output = ofServing.integer(workload.outputTokens(), "workload.outputTokens");
        int input = inputTokens(workload, output, ofServing);
        int context = contextTokens(workload, input, output, ofServing);
        int shared = workload.sharedPrefixTokens() == null ? 0 : Math.min(input - 1, workload.sharedPrefixTokens());
        Demand.Traffic traffic = training == null ? traffic(request, defaults) : runs(training);
        Integer concurrency = training == null
                ? concurrency(workload, traffic, request.constraints().burstFactor(), defaults)
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
                workload.maxTimeToFirstTokenSeconds(),
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
                request.asOf());
        Workload said = workload.with("model", model.id())
                .with("quantization", weights == null ? null : weights.id())
                .with("companions", companions.stream().map(Companion::id).toList())
                .with("kvCacheQuantization", cache == null ? null : cache.id())
                .with("fineTuning", training == null ? null : filled(workload.fineTuning(), training));
        if (training == null) {
            said = said.with("inputTokens", input)
                    .with("outputTokens", output)
                    .with("contextTokens", context)
                    .with("concurrency", concurrency);
        }
        DecisionRequest full = Records.with(Records.with(request, "workload", said), "budget", budget);
        return new Filled(full, demand, defaults.assumptions());
    }

    private Optional<Model> model(Workload workload, Defaults defaults, List<Problem> problems) {
        if (workload.inlineModel() != null) {
            Imported<@Nullable Model> read =
                    ModelFields.inline(workload.inlineModel().fields());
            problems.addAll(read.problems());
            return Optional.ofNullable(read.value());
        }
        String name = defaults.text(workload.model(), "workload.model");
        Optional<Companion> silent =
                names.findModel(name).isPresent() ? Optional.empty() : catalogue.findCompanion(name);
        if (silent.isPresent()) {
            problems.add(new Problem(
                    "model-generates-no-text",
                    silent.get().name() + " (" + silent.get().kind() + ") generates no text. Name it in companions,"
                            + " beside a model that does.",
                    new Place.Pointer("/workload/model")));
            return Optional.empty();
        }
        int before = problems.size();
        Optional<Model> found = look(name, names::findModel, catalogue.models(), "model", "/workload/model", problems);
        if (found.isEmpty() && problems.get(before).code().equals("unknown-model")) {
            Problem unknown = problems.get(before);
            problems.set(before, new Problem(unknown.code(), unknown.message() + NEW_MODEL, unknown.at()));
        }
        found.ifPresent(model -> taken("workload.model", name, model, defaults));
        return found;
    }

    private List<Companion> companions(Workload workload, List<Problem> problems) {
        List<Companion> found = new ArrayList<>();
        for (int i = 0; i < workload.companions().size(); i++) {
            String name = workload.companions().get(i);
            String at = "/workload/companions/" + i;
            if (catalogue.findCompanion(name).isEmpty() && names.findModel(name).isPresent()) {
                problems.add(new Problem(
                        "companion-generates-text",
                        "\"" + name + "\" generates text, and wants devices for its requests: it is a workload of its"
                                + " own, not a companion.",
                        new Place.Pointer(at)));
            } else {
                look(name, catalogue::findCompanion, catalogue.companions(), "companion", at, problems)
                        .ifPresent(found::add);
            }
        }
        return found;
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

    /** Hardware of the catalogue by name or alias says itself in the answer what it is; what is found by its words does not. */
    private void takenHardware(DecisionRequest request, Defaults defaults) {
        Map<String, String> names = new LinkedHashMap<>();
        for (int i = 0; i < request.candidates().size(); i++) {
            names.put(
                    "candidates[" + i + "].hardware",
                    request.candidates().get(i).hardware());
        }
        for (int i = 0; i < request.constraints().owned().size(); i++) {
            names.put(
                    "constraints.owned[" + i + "].hardware",
                    request.constraints().owned().get(i).hardware());
        }
        names.forEach((field, name) -> {
            if (catalogue.findHardware(name).isEmpty()) {
                this.names.findHardware(name).ifPresent(hardware -> taken(field, name, hardware, defaults));
            }
        });
    }

    /** Candidates that name what serves and trains nothing. */
    private void servers(List<Candidate> all, Defaults defaults) {
        for (int i = 0; i < all.size(); i++) {
            if (candidates.namesAServer(all.get(i))) {
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

    private static void taken(String field, String name, Named row, Defaults defaults) {
        if (!name.equals(row.id())) {
            defaults.assume(field, row.id(), "taken for \"" + name + "\"");
        }
    }

    private Optional<Quantization> quantization(
            @Nullable String name, boolean forWeights, String at, List<Problem> problems) {
        if (name == null) {
            return Optional.empty();
        }
        List<Quantization> allowed = catalogue.quantizations().stream()
                .filter(each -> each.forWeights() == forWeights)
                .toList();
        return look(
                name,
                text -> forWeights
                        ? catalogue.findQuantization(text).filter(allowed::contains)
                        : cacheType(text, allowed),
                allowed,
                forWeights ? "quantization" : "KV cache quantization",
                at,
                problems);
    }

    /** Types of the KV cache are also known by what comes after "KV cache": "q8_0" or "fp8". */
    private Optional<Quantization> cacheType(String text, List<Quantization> allowed) {
        String wanted = Ids.normalise(text);
        return catalogue
                .findQuantization(text)
                .filter(allowed::contains)
                .or(() -> allowed.stream()
                        .filter(each -> Ids.normalise(each.id()).startsWith("kvcache" + wanted))
                        .findFirst());
    }

    static <T extends Named> Optional<T> look(
            String name,
            Function<String, Optional<T>> find,
            Collection<T> known,
            String kind,
            String at,
            List<Problem> problems) {
        Optional<T> found = find.apply(name);
        if (found.isEmpty()) {
            List<String> possible = LooseNames.possible(name, known);
            boolean several = possible.size() > 1;
            problems.add(new Problem(
                    (several ? "ambiguous-" : "unknown-")
                            + kind.toLowerCase(java.util.Locale.ROOT).replace(' ', '-'),
                    several
                            ? "The " + kind + " \"" + name + "\" could be " + Ids.alternatives(possible)
                                    + "; say which."
                            : "The catalogue has no " + kind + " \"" + name + "\"."
                                    + Ids.hint(name, Catalogue.ids(known)),
                    new Place.Pointer(at)));
        }
        return found;
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

    /** How requests come, where something is said of it; what is stated in flight wins. */
    private Demand.Traffic traffic(DecisionRequest request, Defaults defaults) {
        Workload workload = request.workload();
        double burst = orOne(request.constraints().burstFactor());
        Double share = workload.cachedPromptShare() != null
                ? workload.cachedPromptShare()
                : defaults.constantOrNull("cachedPromptShare");
        if (workload.cachedPromptShare() == null && share != null && share > 0) {
            defaults.number(null, "workload.cachedPromptShare");
        }
        Demand.Job job = job(workload, request.budget(), defaults);
        boolean stated = workload.concurrency() != null || workload.namedUsers() != null;
        Integer perDay = workload.requestsPerDay();
        Double perSecond = workload.requestsPerSecond();
        Double arrivals = perSecond != null
                ? perSecond
                : perDay == null || job != null ? null : perDay * defaults.constant("peakFactor") / SECONDS_PER_DAY;
        Integer sessions = stated || job != null ? null : workload.sessions();
        return new Demand.Traffic(
                stated || job == null && arrivals == null && sessions == null,
                arrivals == null ? null : arrivals * burst,
                sessions == null ? null : sessions * burst,
                sessions == null ? 0 : defaults.number(workload.thinkSeconds(), "workload.thinkSeconds"),
                share == null ? 0 : share,
                spareReplicas(request, job, defaults),
                job);
    }

    /** A run is a job: it ends, and its machines may do something else. */
    private static Demand.Traffic runs(Demand.Training training) {
        Demand.Run run = training.run();
        return run == null
                ? Demand.Traffic.STATED
                : new Demand.Traffic(
                        true,
                        null,
                        null,
                        0,
                        0,
                        0,
                        new Demand.Job(run.examples() * run.epochs(), run.deadlineHours(), run.timesPerMonth()));
    }

    /** What comes in a day is a job of each day, where nobody waits for single answers. */
    private static Demand.@Nullable Job job(Workload workload, Budget budget, Defaults defaults) {
        Job said = workload.job();
        if (workload.type() != WorkloadType.BATCH || workload.concurrency() != null) {
            return null;
        }
        if (said != null && said.items() != null) {
            return new Demand.Job(
                    said.items(), said.deadlineHours(), said.timesPerMonth() == null ? 1 : said.timesPerMonth());
        }
        if (workload.requestsPerDay() == null) {
            return null;
        }
        double share = defaults.number(budget.utilization(), "budget.utilization");
        Double hours = said == null ? null : said.deadlineHours();
        if (hours == null) {
            hours = HOURS_PER_DAY * share;
            defaults.assume(
                    "workload.job.deadlineHours",
                    hours,
                    "what comes in a day is done within the share of it that the machines are to be busy");
        }
        Double times = said == null ? null : said.timesPerMonth();
        return new Demand.Job(workload.requestsPerDay(), hours, times == null ? DAYS_PER_MONTH : times);
    }

    private static int spareReplicas(DecisionRequest request, Demand.@Nullable Job job, Defaults defaults) {
        Integer said = request.constraints().spareReplicas();
        if (said != null || job != null) {
            return said == null ? 0 : said;
        }
        Double usual = defaults.constantOrNull("spareReplicas");
        return usual == null || usual == 0 ? 0 : defaults.integer(null, "constraints.spareReplicas");
    }

    private static double orOne(@Nullable Double factor) {
        return factor == null ? 1 : factor;
    }

    /** Stated or assumed; null where it follows for each candidate from what is said of the traffic. */
    private static @Nullable Integer concurrency(
            Workload workload, Demand.Traffic traffic, @Nullable Double burstFactor, Defaults defaults) {
        double burst = orOne(burstFactor);
        Integer said = workload.concurrency();
        if (said != null) {
            return (int) Math.ceil(said * burst);
        }
        if (workload.namedUsers() != null) {
            double share = defaults.constant("concurrentShareOfNamedUsers");
            int atOnce = Math.max(1, (int) Math.ceil(workload.namedUsers() * share));
            defaults.assume(
                    "workload.concurrency",
                    (long) atOnce,
                    Math.round(100 * share) + " % of " + workload.namedUsers() + " named users at the same time");
            return (int) Math.ceil(atOnce * burst);
        }
        return traffic.inFlightIsStated()
                ? Integer.valueOf((int) Math.ceil(defaults.integer(null, "workload.concurrency") * burst))
                : null;
    }

    private Demand.@Nullable Training training(Workload workload, Defaults defaults) {
        FineTuning said = workload.fineTuning();
        if (!isTraining(workload)) {
            return null;
        }
        FineTuning run = said == null ? FineTuning.UNSAID : said;
        FineTuningMethod method = run.method() != null
                ? run.method()
                : Choice.find(
                                FineTuningMethod.class,
                                defaults.text(null, "workload.fineTuning.method", "fineTuningMethod"))
                        .orElse(FineTuningMethod.QLORA);
        return new Demand.Training(
                method,
                defaults.integer(run.batch(), "workload.fineTuning.batch", "fineTuningBatch"),
                defaults.integer(
                        run.sequenceTokens(), "workload.fineTuning.sequenceTokens", "fineTuningSequenceTokens"),
                (int) defaults.constant("loraRank"),
                run(run, defaults));
    }

    /** Whether something is to be trained. */
    static boolean isTraining(Workload workload) {
        return workload.type() == WorkloadType.FINE_TUNING || workload.fineTuning() != null;
    }

    private static Demand.@Nullable Run run(FineTuning said, Defaults defaults) {
        Integer examples = said.examples();
        if (examples != null) {
            return new Demand.Run(
                    examples,
                    defaults.integer(said.tokensPerExample(), "workload.fineTuning.tokensPerExample"),
                    defaults.number(said.epochs(), "workload.fineTuning.epochs"),
                    said.deadlineHours(),
                    said.timesPerMonth() == null ? 1 : said.timesPerMonth());
        }
        defaults.assume(
                "workload.fineTuning.examples",
                "unknown",
                "not said: hours and cost are those of a million tokens, and a month costs what utilization makes it"
                        + (said.deadlineHours() == null ? "" : "; a deadline cannot be compared"));
        return null;
    }

    private static FineTuning filled(@Nullable FineTuning said, Demand.Training training) {
        FineTuning run = said == null ? FineTuning.UNSAID : said;
        Demand.Run length = training.run();
        return new FineTuning(
                training.method(),
                training.batch(),
                training.sequenceTokens(),
                run.examples(),
                length == null ? run.tokensPerExample() : Integer.valueOf((int) length.tokensPerExample()),
                length == null ? run.epochs() : Double.valueOf(length.epochs()),
                length == null ? run.timesPerMonth() : Double.valueOf(length.timesPerMonth()),
                run.deadlineHours());
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
