package quartermaster.decision;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import quartermaster.catalogue.Engine;
import quartermaster.catalogue.Offer;
import quartermaster.estimate.Demand;
import quartermaster.estimate.EstimatedDeployment;
import quartermaster.quality.Grade;
import quartermaster.request.Constraints;
import quartermaster.request.DecisionRequest;
import quartermaster.request.Skill;
import quartermaster.unit.Choice;
import quartermaster.unit.Dates;
import quartermaster.unit.Ids;

/**
 * The fact that rules and tables judge: one deployment, what it has to carry, and what the estimator says of it.
 *
 * <p>Its methods, and those of the facts that it is made of, are the language of the rules; each is one word that a rule or
 * a column may use. Numbers that are not known are null. What stands here needs the request itself.
 */
public final class Assessment implements ModelFacts, HardwareFacts, QualityFacts, CostFacts {
    /** Least to learn, fewest machines and devices, nothing in a server room. */
    public static final Comparator<Assessment> SIMPLEST_FIRST = Comparator.comparingInt(Assessment::missingSkills)
            .thenComparingInt(it -> it.replicas() * it.machinesPerReplica())
            .thenComparingInt(it -> it.replicas() * it.devices())
            .thenComparing(Assessment::isDatacentre);

    private final DecisionRequest request;
    private final Demand demand;
    private final @Nullable Grade grade;
    private final EstimatedDeployment assessed;
    private final @Nullable Set<String> skills;
    private final @Nullable Set<String> missing;
    private final Collection<Engine> engines;

    private Assessment(Assessment other, EstimatedDeployment assessed) {
        this.request = other.request;
        this.demand = other.demand;
        this.grade = other.grade;
        this.assessed = assessed;
        this.skills = other.skills;
        this.missing = other.missing;
        this.engines = other.engines;
    }

    /** The same deployment as if the estimator had said something else of it. */
    public Assessment with(EstimatedDeployment drawn) {
        return new Assessment(this, drawn);
    }

    /**
     * @param engines all that there are; where something is trained, the tools that know the method
     * @param grade of the model; null where one is given and none are compared
     */
    public Assessment(
            NeededSkills needed,
            Collection<Engine> engines,
            DecisionRequest request,
            Demand demand,
            @Nullable Grade grade,
            EstimatedDeployment assessed) {
        this.grade = grade;
        this.engines = engines;
        this.request = request;
        this.demand = demand;
        this.assessed = assessed;
        this.skills = request.skills() == null ? null : ids(request.skills());
        this.missing = skills == null ? null : needed.missing(skills, demand.type(), deployment());
    }

    /** Whether it is the same pairing for the same request, as far as the way to come by it leaves it so. */
    boolean differsInWayAtMost(Assessment other) {
        return estimate() == other.estimate()
                && request == other.request
                && demand == other.demand
                && grade == other.grade
                && replicas() == other.replicas()
                && devices() == other.devices()
                && hardware() == other.hardware()
                && engine() == other.engine()
                && quantization() == other.quantization();
    }

    @Override
    public EstimatedDeployment assessed() {
        return assessed;
    }

    @Override
    public Demand demand() {
        return demand;
    }

    @Override
    public @Nullable Grade grade() {
        return grade;
    }

    /** That it must not fall behind; null where none is named. */
    public @Nullable String wantedModel() {
        return request.workload().atLeastAsGoodAs();
    }

    /** Typical speed in percent of what the stated use is sized for; null where none is stated. */
    public @Nullable Double decodeOfPacePercent() {
        double pace = demand.sizedForDecodeSpeed();
        return request.workload().use() == null || isTraining() || pace <= 0 || Double.isNaN(decodeSpeed())
                ? null
                : Double.valueOf(100 * decodeSpeed() / pace);
    }

    // What the request insists on.

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

    public @Nullable Double maxPowerWatts() {
        return constraints().maxPowerWatts();
    }

    public @Nullable Integer maxMachines() {
        return constraints().maxMachines();
    }

    /** Weeks that delivery comes after the date it is needed by; null without such a date or a lead time. */
    public @Nullable Double weeksTooLate() {
        Double weeks = isBought() ? leadTimeWeeks() : null;
        Integer within = availableWithinWeeks();
        return weeks == null || within == null ? null : weeks - within;
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

    private Offer.@Nullable Within within() {
        Offer offer = deployment().offer();
        String wanted = wantedRegion();
        return offer == null || wanted == null || !offer.isListed() ? null : offer.within(wanted);
    }

    // What else there is.

    public boolean someEngineRunsHere() {
        if (isHosted()) {
            return true;
        }
        for (Engine each : engines) { // asked of most candidates
            if (each.runsOn(hardware())) {
                return true;
            }
        }
        return false;
    }

    /** Whether a training tool knows the method that is asked for; true where nothing is trained. */
    public boolean toolKnowsMethod() {
        return !isTraining()
                || isHosted()
                || engines.stream().anyMatch(each -> each.id().equals(engine().id()));
    }

    /** Days from the price's date to the request's; null where the price has no date. */
    public @Nullable Double priceAgeDays() {
        String asOf = isBought() || isRented() || isHosted() ? cost().asOf() : null;
        Optional<LocalDate> date = asOf == null ? Optional.empty() : Dates.latest(asOf);
        return date.map(day -> (double) Math.max(0, ChronoUnit.DAYS.between(day, demand.asOf())))
                .orElse(null);
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
        return new LazyText(() -> missing == null ? "" : String.join(", ", missing));
    }

    private Constraints constraints() {
        return request.constraints();
    }

    private static Set<String> ids(Set<Skill> skills) {
        Set<String> ids = new TreeSet<>();
        skills.forEach(skill -> ids.add(Choice.id(skill)));
        return ids;
    }
}
