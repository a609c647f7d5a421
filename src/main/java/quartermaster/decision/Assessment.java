package quartermaster.decision;

import static java.util.Objects.requireNonNull;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import quartermaster.catalogue.Availability;
import quartermaster.catalogue.CommercialUse;
import quartermaster.catalogue.ConversionState;
import quartermaster.catalogue.Engine;
import quartermaster.catalogue.EvidenceClass;
import quartermaster.catalogue.Hardware;
import quartermaster.catalogue.HostedApi;
import quartermaster.catalogue.Model;
import quartermaster.catalogue.Offer;
import quartermaster.catalogue.Quality;
import quartermaster.catalogue.Quantization;
import quartermaster.estimate.Bound;
import quartermaster.estimate.Cost;
import quartermaster.estimate.Demand;
import quartermaster.estimate.Deployment;
import quartermaster.estimate.Estimate;
import quartermaster.estimate.EstimatedDeployment;
import quartermaster.estimate.Fit;
import quartermaster.estimate.MemoryLedger;
import quartermaster.request.Acquisition;
import quartermaster.request.Constraints;
import quartermaster.request.DecisionRequest;
import quartermaster.request.Skill;
import quartermaster.request.WorkloadType;
import quartermaster.unit.Choice;
import quartermaster.unit.Dates;
import quartermaster.unit.Ids;

/**
 * The fact that rules and tables judge: one deployment, what it has to carry, and what the estimator says of it.
 *
 * <p>Its methods are the language of the rules; each is one word that a rule or a column may use. Numbers that are not
 * known are null.
 */
public final class Assessment {
    /** Least to learn, fewest machines and devices, nothing in a server room. */
    public static final Comparator<Assessment> SIMPLEST_FIRST = Comparator.comparingInt(Assessment::missingSkills)
            .thenComparingInt(it -> it.replicas() * it.machinesPerReplica())
            .thenComparingInt(it -> it.replicas() * it.devices())
            .thenComparing(Assessment::isDatacentre);

    private final DecisionRequest request;
    private final Demand demand;
    private final EstimatedDeployment assessed;
    private final @Nullable Set<String> skills;
    private final @Nullable Set<String> missing;
    private final @Nullable Double priceAgeDays;
    private final boolean someEngineRunsHere;
    private final boolean engineIsOfTheKind;

    private Assessment(Assessment other, EstimatedDeployment assessed) {
        this.request = other.request;
        this.demand = other.demand;
        this.assessed = assessed;
        this.skills = other.skills;
        this.missing = other.missing;
        this.priceAgeDays = other.priceAgeDays;
        this.someEngineRunsHere = other.someEngineRunsHere;
        this.engineIsOfTheKind = other.engineIsOfTheKind;
    }

    /** The same deployment as if the estimator had said something else of it. */
    public Assessment with(EstimatedDeployment drawn) {
        return new Assessment(this, drawn);
    }

    /** @param engines all that there are; where something is trained, the tools that know the method */
    public Assessment(
            NeededSkills needed,
            Collection<Engine> engines,
            DecisionRequest request,
            Demand demand,
            EstimatedDeployment assessed) {
        this.someEngineRunsHere = assessed.deployment().api() != null
                || engines.stream()
                        .anyMatch(each -> each.runsOn(assessed.deployment().hardware()));
        this.engineIsOfTheKind = assessed.deployment().api() != null
                || engines.stream()
                        .anyMatch(each ->
                                each.id().equals(assessed.deployment().engine().id()));
        this.request = request;
        this.demand = demand;
        this.assessed = assessed;
        this.skills = request.skills() == null ? null : ids(request.skills());
        this.missing = skills == null ? null : needed.missing(skills, demand.type(), deployment());
        this.priceAgeDays = ageOfPrice();
    }

    public EstimatedDeployment assessed() {
        return assessed;
    }

    public Demand demand() {
        return demand;
    }

    // The workload.

    public WorkloadType workloadType() {
        return demand.type();
    }

    public int concurrency() {
        return assessed.load().inFlight();
    }

    public int inputTokens() {
        return demand.inputTokens();
    }

    public int contextTokens() {
        return demand.contextTokens();
    }

    public boolean isTraining() {
        return demand.training() != null;
    }

    public boolean asksForSpeculation() {
        return demand.speculative();
    }

    /** Typical speed in percent of the stated need; null when none is stated. */
    public @Nullable Double decodeOfNeedPercent() {
        Double need = demand.minDecodeSpeed();
        return need == null || need <= 0 || Double.isNaN(decodeSpeed()) ? null : decodeSpeed() / need * 100;
    }

    public @Nullable Double minDecodeSpeed() {
        return demand.minDecodeSpeed();
    }

    public @Nullable Double maxTimeToFirstToken() {
        return demand.maxTimeToFirstTokenSeconds();
    }

    public boolean isOffline() {
        return constraints().offline();
    }

    public boolean dataMustStay() {
        return constraints().dataMustStay();
    }

    public boolean mustBeMobile() {
        return constraints().mobile();
    }

    public boolean allowsProjected() {
        return constraints().allowProjected();
    }

    public @Nullable Integer availableWithinWeeks() {
        return constraints().availableWithinWeeks();
    }

    /** The requester's own words as ids, e.g. {@code labels contains "health-data"} where "Health data" was said. */
    public List<String> labels() {
        return request.workload().labels().stream().map(Ids::hyphenated).toList();
    }

    /** What stands beside the model on each replica. */
    public double companionsGiB() {
        return demand.companions().memory().gib();
    }

    /** Each with what it was measured to do on this hardware. */
    public Object companionsInWords() {
        return new Words(() -> demand.companions().all().stream()
                .map(each -> each.model().name() + " (" + each.speedOn(hardware()) + ")")
                .collect(Collectors.joining(", ")));
    }

    // Work with an end, and what may fail.

    /** Work with an end, instead of a service. */
    public boolean isJob() {
        return assessed.job() != null;
    }

    /** Hours of one run, typically; null where the work has no end, or nobody knows how long it is or takes. */
    public @Nullable Double jobHours() {
        return assessed.job() == null
                        || demand.job() == null
                        || !assessed.job().hours().isKnown()
                ? null
                : assessed.job().hours().typical();
    }

    /** Hours of one run at the slow end. */
    public @Nullable Double pessimisticJobHours() {
        return jobHours() == null
                ? null
                : requireNonNull(assessed.job()).hours().high();
    }

    public @Nullable Double deadlineHours() {
        return assessed.job() == null ? null : assessed.job().deadlineHours();
    }

    /** Yes also at the slow end, tight only typically; null where there is no deadline. */
    public @Nullable Fit meetsDeadline() {
        return assessed.job() == null ? null : assessed.job().meetsDeadline();
    }

    /** Null where the work has no end, or nobody knows how long a run is. */
    public @Nullable Double usdPerRun() {
        return assessed.job() == null || demand.job() == null
                ? null
                : assessed.job().usdPerRun();
    }

    /** Tokens a second of a training run, pauses and short rows counted; null where nothing is trained. */
    public @Nullable Double trainingSpeed() {
        return !isTraining() || assessed.job() == null
                ? null
                : assessed.job().tokensPerSecond().typical();
    }

    /** Replicas without those that are spare. */
    public int replicasForLoad() {
        return assessed.load().replicasForLoad();
    }

    public int spareReplicas() {
        return assessed.load().spareReplicas();
    }

    /** Under load, all machines with their hosts. */
    public double powerWatts() {
        return cost().powerWatts();
    }

    public @Nullable Double maxPowerWatts() {
        return constraints().maxPowerWatts();
    }

    /** Complete machines, or hosts around cards, of all replicas with the spare ones; none of a hosted API. */
    public int machines() {
        return cost().machines();
    }

    public @Nullable Integer maxMachines() {
        return constraints().maxMachines();
    }

    // The model.

    public Model model() {
        return demand.model();
    }

    public boolean isMixtureOfExperts() {
        return model().isMixtureOfExperts();
    }

    public @Nullable Integer modelMaxContext() {
        return model().maxContext();
    }

    public @Nullable Integer modelNativeContext() {
        return model().nativeContext();
    }

    public Object licenceNoteInWords() {
        return new Words(() -> model().licenceNote() == null ? "" : ": " + model().licenceNote());
    }

    public Object mlxLagInWords() {
        return new Words(() -> {
            Double lag = model().mlxLagDays();
            return lag == null ? "" : String.format(Locale.ROOT, "; the first one took %.0f days", lag);
        });
    }

    public CommercialUse commercialUse() {
        return model().commercialUse();
    }

    /** State of the format that this engine loads; safetensors are what a model is published in. */
    public ConversionState formatState() {
        if (isTraining()) {
            return ConversionState.BUILT; // tools read the published weights, and pack them themselves
        }
        return switch (quantization().format()) {
            case "mlx" -> model().mlxState();
            case "gguf" -> model().ggufState();
            default ->
                switch (engine().formats().get(0)) {
                    case "mlx" -> model().mlxState();
                    case "safetensors" -> ConversionState.BUILT;
                    default -> model().ggufState();
                };
        };
    }

    public @Nullable Double mlxLagDays() {
        return model().mlxLagDays();
    }

    // The hardware.

    public Hardware hardware() {
        return deployment().hardware();
    }

    public boolean isApple() {
        return hardware().isApple();
    }

    public double machineMemoryGiB() {
        return hardware().memoryGiB();
    }

    /** What is required of the whole memory of the machines, the operating system's part included, in percent. */
    public double requiredShareOfMachinePercent() {
        return 100 * memory().required().gib() / (hardware().memoryGiB() * devices());
    }

    public boolean isConstrained() {
        return hardware().availability() == Availability.CONSTRAINED;
    }

    public Object leadTimeInWords() {
        return new Words(() -> {
            Double weeks = leadTimeWeeks();
            return weeks == null ? "" : String.format(Locale.ROOT, "; delivery takes up to %.0f weeks", weeks);
        });
    }

    public boolean isMobile() {
        return hardware().mobile();
    }

    public boolean isDatacentre() {
        return hardware().datacentre();
    }

    public Availability availability() {
        return hardware().availability();
    }

    public boolean isProjected() {
        return hardware().availability() == Availability.PROJECTED;
    }

    public boolean isDiscontinued() {
        return hardware().availability() == Availability.DISCONTINUED;
    }

    /** The longest that delivery is said to take; null where nobody says. */
    public @Nullable Double leadTimeWeeks() {
        Double high = hardware().leadTimeHighWeeks();
        return high != null ? high : hardware().leadTimeLowWeeks();
    }

    /** Weeks that delivery comes after the date it is needed by; null without such a date or a lead time. */
    public @Nullable Double weeksTooLate() {
        Double weeks = isBought() ? leadTimeWeeks() : null;
        Integer within = availableWithinWeeks();
        return weeks == null || within == null ? null : weeks - within;
    }

    // The deployment.

    public Deployment deployment() {
        return assessed.deployment();
    }

    public Engine engine() {
        return deployment().engine();
    }

    public String engineId() {
        return engine().id();
    }

    public Quantization quantization() {
        return deployment().quantization();
    }

    public @Nullable Quality quality() {
        return quantization().quality();
    }

    public int devices() {
        return deployment().devices();
    }

    public int replicas() {
        return assessed.replicas();
    }

    /** No more replicas can be had: so many are owned, or so many were asked for. */
    public boolean replicasAreFixed() {
        return deployment().maxReplicas() <= replicas();
    }

    /** Machines of their own that one replica spans: more than one only where devices are whole machines or nodes. */
    public int machinesPerReplica() {
        int perNode = Math.max(1, hardware().maxDevicesPerNode());
        return (devices() + perNode - 1) / perNode;
    }

    /** Every device works on every layer; else each has layers of its own and works in its turn. */
    public boolean sharesLayers() {
        return engine().multiDevice().sharesLayers();
    }

    /** Where what is rented must stand; null for anywhere. */
    public @Nullable String wantedRegion() {
        return constraints().region();
    }

    /** Rented, and not where it must stand. */
    public boolean isOfferedElsewhere() {
        return within() == Offer.Within.ELSEWHERE;
    }

    /** Rented or hosted where nobody says, though it must stand somewhere. */
    public boolean isOfferedSomewhere() {
        return wantedRegion() != null && isHosted() || within() == Offer.Within.UNKNOWN;
    }

    public @Nullable String offerRegion() {
        return deployment().offer() == null ? null : deployment().offer().region();
    }

    private Offer.@Nullable Within within() {
        Offer offer = deployment().offer();
        String wanted = wantedRegion();
        return offer == null || wanted == null || !offer.isListed() ? null : offer.within(wanted);
    }

    public Acquisition acquisition() {
        return deployment().acquisition();
    }

    public boolean isBought() {
        return acquisition() == Acquisition.BUY;
    }

    public boolean isRented() {
        return acquisition() == Acquisition.RENT;
    }

    public boolean isOwned() {
        return acquisition() == Acquisition.OWNED;
    }

    /** Somebody else serves the model, paid by the token. */
    public boolean isHosted() {
        return deployment().api() != null;
    }

    /** Tokens that a hosted API takes in one request; null where nobody says, or it is none. */
    public @Nullable Integer hostedContext() {
        return deployment().api() == null ? null : deployment().api().contextTokens();
    }

    /** E.g. "15,208,333 requests a month: 22,813 million tokens at $0.10 in and 4,563 million at $0.32 out". */
    public Object hostedUseInWords() {
        return new Words(() -> {
            Cost.Use use = cost().use();
            HostedApi api = deployment().api();
            if (use == null || api == null) {
                return "";
            }
            String cached = use.cachedTokens() > 0 && api.cachedInputUsd() != null
                    ? String.format(
                            Locale.ROOT,
                            ", of which %,.0f million were read before at $%.2f",
                            use.cachedTokens() / 1e6,
                            api.cachedInputUsd())
                    : "";
            return String.format(
                    Locale.ROOT,
                    "%,.0f requests a month are %,.0f million tokens at $%.2f in%s, and %,.0f million at $%.2f out",
                    use.requests(),
                    use.inputTokens() / 1e6,
                    api.inputUsd(),
                    cached,
                    use.outputTokens() / 1e6,
                    api.outputUsd());
        });
    }

    public boolean isOffered() {
        return deployment().offer() != null;
    }

    public boolean isSpot() {
        return deployment().offer() != null && deployment().offer().isSpot();
    }

    public @Nullable String offerTier() {
        return deployment().offer() == null ? null : deployment().offer().tier();
    }

    public boolean batchesContinuously() {
        return engine().batchesContinuously();
    }

    public boolean isProductionServer() {
        return engine().productionServer();
    }

    public boolean someEngineRunsHere() {
        return someEngineRunsHere;
    }

    public boolean engineRunsHere() {
        return engine().runsOn(hardware());
    }

    /** Whether a training tool knows the method that is asked for; true where nothing is trained. */
    public boolean toolKnowsMethod() {
        return engineIsOfTheKind || !isTraining();
    }

    public boolean precisionLoadsHere() {
        return engine().loads(quantization())
                && (demand.training() == null || demand.training().trainsOn(quantization()))
                && quantization().loadsOn(hardware())
                && quantization().existsFor(model());
    }

    // What the estimator says.

    public Estimate estimate() {
        return assessed.estimate();
    }

    public MemoryLedger memory() {
        return estimate().memory();
    }

    public Fit fit() {
        return memory().fit();
    }

    /** E.g. "weights 15.0, KV cache 1.2, working memory 0.9; most of it is weights". */
    public Object memoryInWords() {
        return new Words(() -> isTraining()
                ? String.format(
                        Locale.ROOT,
                        "base weights %.1f, adapters, optimizer and activations %.1f",
                        memory().weights().gib(),
                        memory().overhead().gib())
                : String.format(
                        Locale.ROOT,
                        "weights %.1f, KV cache %.1f, working memory %.1f; most of it is %s",
                        memory().weights().gib(),
                        memory().kvCache().gib(),
                        memory().overhead().gib(),
                        memory().largestLine()));
    }

    public double headroomPercent() {
        return memory().headroomPercent();
    }

    public double decodeSpeed() {
        return estimate().decodeSpeed().typical();
    }

    /** Experts that only the memory of the host has room for. */
    public double expertsOnHostGiB() {
        return estimate().expertsOnHost().gib();
    }

    /** Whether a measurement of speculative decoding is counted: it was asked for, and is known for so many in flight. */
    public boolean countsSpeculation() {
        return demand.speculative() && estimate().speculativeDecoding().isPresent();
    }

    /** Decode speed with speculative decoding to that without; 1 where it is not asked for or not known. */
    public double speculativeFactor() {
        return estimate().speculativeFactor();
    }

    public Object speculationInWords() {
        return new Words(() -> estimate()
                .speculativeDecoding()
                .map(row -> String.format(
                        Locale.ROOT, "%s on %s with %s, %s", row.method(), row.appliesTo(), row.engine(), row.source()))
                .orElse("nothing"));
    }

    public double pessimisticDecodeSpeed() {
        return estimate().decodeSpeed().low();
    }

    public double timeToFirstToken() {
        return estimate().timeToFirstToken().typical();
    }

    public double timeToFirstTokenP95() {
        return estimate().timeToFirstTokenP95Seconds();
    }

    public double pessimisticTimeToFirstToken() {
        double spread = estimate().timeToFirstToken().high()
                / estimate().timeToFirstToken().typical();
        return timeToFirstTokenP95() * spread;
    }

    public int maxConcurrency() {
        return estimate().maxConcurrency();
    }

    public int concurrencyPerReplica() {
        return estimate().inFlightPerReplica();
    }

    /** Share of the capacity that is asked for, in percent. */
    public double loadPercent() {
        return 100 * estimate().load();
    }

    /** The load that replicas are planned for where requests may wait, in percent. */
    public double plannedLoadPercent() {
        return 100 * demand.plannedLoad();
    }

    public double speedLossAtFullContextPercent() {
        return 100 * (1 - estimate().speedShareAtFullContext());
    }

    public Bound boundBy() {
        return estimate().boundBy();
    }

    public EvidenceClass evidence() {
        return estimate().evidence().evidenceClass();
    }

    // Money.

    public Cost cost() {
        return assessed.cost();
    }

    public @Nullable Double purchaseUsd() {
        return cost().purchaseUsd();
    }

    public @Nullable Double monthlyUsd() {
        return cost().monthlyUsd();
    }

    /** The larger of the purchase's and the month's share of its budget, in percent; null without a budget or price. */
    public @Nullable Double budgetUsedPercent() {
        Double purchase = share(cost().purchaseUsd(), demand.purchaseBudgetUsd());
        Double monthly = share(cost().monthlyUsd(), demand.monthlyBudgetUsd());
        if (purchase == null || monthly == null) {
            return purchase == null ? monthly : purchase;
        }
        return Math.max(purchase, monthly);
    }

    /** E.g. "$5,499 at once, which with all else is $230 a month over 36 months": no sum of the two. */
    public Object costInWords() {
        return new Words(() -> {
            Double month = cost().monthlyUsd();
            String monthly = (month == null ? "unknown a month" : String.format(Locale.ROOT, "$%,.0f a month", month));
            if (isTraining()
                    && demand.job() == null
                    && assessed.job() != null
                    && assessed.job().usdPerRun() != null) {
                monthly = String.format(
                        Locale.ROOT,
                        "$%,.2f a million tokens, %s",
                        assessed.job().usdPerRun(),
                        monthly);
            }
            if (usdPerRun() != null && isRented()) {
                monthly = String.format(
                        Locale.ROOT,
                        "$%,.0f a run%s, %s",
                        usdPerRun(),
                        jobHours() == null ? "" : String.format(Locale.ROOT, " of %.1f hours", jobHours()),
                        monthly);
            }
            Double purchase = cost().purchaseUsd();
            return purchase == null || purchase == 0
                    ? monthly
                    : String.format(
                            Locale.ROOT,
                            "$%,.0f at once, which with all else is %s over %d months",
                            purchase,
                            monthly,
                            demand.horizonMonths());
        });
    }

    public double utilizationPercent() {
        return 100
                * (assessed.job() == null
                        ? demand.utilization()
                        : assessed.job().busyShare());
    }

    /** Days from the price's date to the request's; null where the price has no date. */
    public @Nullable Double priceAgeDays() {
        return priceAgeDays;
    }

    public String priceAsOf() {
        String asOf = cost().asOf();
        return asOf == null ? "unknown" : asOf;
    }

    // The team.

    public boolean skillsAreKnown() {
        return skills != null;
    }

    /** What the team knows; null when nobody said. */
    public @Nullable Collection<String> teamHas() {
        return skills;
    }

    /** What this candidate asks for and the team does not know; null when nobody said what it knows. */
    public @Nullable Collection<String> teamLacks() {
        return missing;
    }

    public int missingSkills() {
        return missing == null ? 0 : missing.size();
    }

    public Object missingSkillsInWords() {
        return new Words(() -> missing == null ? "" : String.join(", ", missing));
    }

    private @Nullable Double ageOfPrice() {
        String asOf = isBought() || isRented() || isHosted() ? cost().asOf() : null;
        Optional<LocalDate> date = asOf == null ? Optional.empty() : Dates.latest(asOf);
        return date.map(day -> (double) Math.max(0, ChronoUnit.DAYS.between(day, demand.asOf())))
                .orElse(null);
    }

    private Constraints constraints() {
        return request.constraints();
    }

    private static @Nullable Double share(@Nullable Double cost, @Nullable Double budget) {
        if (cost == null || budget == null) {
            return null;
        }
        if (budget == 0) {
            return cost == 0 ? 0.0 : 1e6;
        }
        return 100 * cost / budget;
    }

    private static Set<String> ids(Set<Skill> skills) {
        Set<String> ids = new TreeSet<>();
        skills.forEach(skill -> ids.add(Choice.id(skill)));
        return ids;
    }

    /** A text that is put together when somebody reads it. */
    private record Words(Supplier<String> text) {
        @Override
        public String toString() {
            return text.get();
        }
    }
}
