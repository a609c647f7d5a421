package quartermaster.decision.engine;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import quartermaster.catalogue.Catalogue;
import quartermaster.decision.Assessment;
import quartermaster.decision.Decision;
import quartermaster.decision.Findings;
import quartermaster.decision.Picks;
import quartermaster.decision.Recommendation;
import quartermaster.decision.Versions;
import quartermaster.estimate.resolution.Assumption;
import quartermaster.estimate.resolution.Resolution;
import quartermaster.estimate.resolution.Resolver.Extent;
import quartermaster.request.DecisionRequest;
import quartermaster.unit.Digests;
import quartermaster.unit.Imported;
import quartermaster.unit.Problem;

/**
 * Answers requests: estimates make facts, rules make judgements, and this ranks them. Safe for any number of threads.
 */
public final class Decider {
    private static final double DAYS_PER_MONTH = 365.0 / 12;

    private final Preparation preparation;
    private final RuleBook rules;
    private final KnownRankings known;
    private final Leaders leaders;
    private final Versions versions;
    private final Supplier<Instant> clock;
    private final SecureRandom random;
    private final Runnable stillWanted;

    public Decider(Catalogue catalogue, RuleBook rules, String programVersion, Supplier<Instant> clock) {
        this(new Preparation(catalogue), rules, new KnownRankings(), programVersion, clock);
    }

    private Decider(
            Preparation preparation,
            RuleBook rules,
            KnownRankings known,
            String programVersion,
            Supplier<Instant> clock) {
        Catalogue catalogue = preparation.catalogue();
        this.preparation = preparation;
        this.rules = rules;
        this.known = known;
        this.leaders = new Leaders(preparation, rules, Ceilings.of(rules.policy(), preparation));
        this.versions = new Versions(
                programVersion,
                Digests.of(catalogue.digest() + "\n" + rules.digest()),
                catalogue.digest(),
                rules.digest());
        this.clock = clock;
        this.random = new SecureRandom();
        this.stillWanted = () -> {};
    }

    private Decider(Decider same, Preparation preparation, Ceilings ceilings, Runnable stillWanted) {
        this.preparation = preparation;
        this.rules = same.rules;
        this.known = same.known;
        this.leaders = new Leaders(preparation, rules, ceilings);
        this.versions = same.versions;
        this.clock = same.clock;
        this.random = same.random;
        this.stillWanted = stillWanted;
    }

    /**
     * The same one for somebody who may go away: between two requests, between the many that advice asks, and
     * between two models on one machine it is asked whether the work is still wanted.
     *
     * @param stillWanted throws where it is not; any thread may call it
     */
    public Decider asLongAs(Runnable stillWanted) {
        return new Decider(this, preparation.asLongAs(stillWanted), leaders.ceilings(), stillWanted);
    }

    /**
     * The same one for a request that is asked again and again with something changed: what does not follow from the change is
     * not estimated again. It is to be let go with the request.
     */
    public Decider remembering() {
        return new Decider(
                this, preparation.remembering(), Ceilings.remembering(rules.policy(), preparation), stillWanted);
    }

    /** The same one for a table that is judged some rows at a time: what a replica does is estimated once for all of them. */
    public Decider rememberingReplicas() {
        return new Decider(this, preparation.rememberingReplicas(), leaders.ceilings(), stillWanted);
    }

    /** Other rules over the same catalogue: what was estimated for cases stays so. */
    public Decider with(RuleBook others, String programVersion, Supplier<Instant> now) {
        return new Decider(preparation, others, others == rules ? known : new KnownRankings(), programVersion, now);
    }

    public Versions versions() {
        return versions;
    }

    public Catalogue catalogue() {
        return preparation.catalogue();
    }

    public RuleBook rules() {
        return rules;
    }

    /** Rows and columns that the catalogue and the policy lack: what the program carries stands for them. */
    public List<Problem> takenFromProgram() {
        return Stream.concat(catalogue().takenFromProgram().stream(), rules.policy().takenFromProgram().stream())
                .toList();
    }

    /** The decision; of a request that was only understood in part, every problem that reading and looking up find. */
    public Imported<@Nullable Decision> decide(Imported<@Nullable DecisionRequest> read) {
        DecisionRequest request = read.value();
        if (request == null) {
            return Imported.nothing(read.problems());
        }
        if (read.isClean()) {
            return decide(request);
        }
        List<Problem> problems = new ArrayList<>(read.problems());
        problems.addAll(preparation.problems(request));
        return Imported.nothing(problems);
    }

    /** The decision, or null with every problem when the request cannot be understood. */
    public Imported<@Nullable Decision> decide(DecisionRequest request) {
        Preparation.Prepared prepared = preparation.of(request);
        Resolution resolution = prepared.resolved().value();
        if (resolution == null) {
            return Imported.nothing(prepared.resolved().problems());
        }
        return new Imported<>(decision(request, resolution, ranking(request, prepared)), List.of());
    }

    /** How much a request asks for, without doing any of it. */
    public Extent extent(DecisionRequest request) {
        return preparation.extent(request);
    }

    /** Everything in a request that cannot be looked up or makes no sense. */
    public List<Problem> problems(DecisionRequest request) {
        return preparation.problems(request);
    }

    /** Every candidate by its best variant, best first; empty where the request cannot be understood. */
    public List<Recommendation> ranking(DecisionRequest request) {
        return ranking(request, preparation.of(request));
    }

    /**
     * The same of those that may have a score of so many points; others may stand among them.
     *
     * @param least negative infinity for all
     */
    public List<Recommendation> ranking(DecisionRequest request, double least) {
        if (!rules.judgesEachAlone() || least == Double.NEGATIVE_INFINITY) {
            return ranking(request);
        }
        stillWanted.run();
        return leaders.rankingOf(request, least);
    }

    private List<Recommendation> ranking(DecisionRequest request, Preparation.Prepared prepared) {
        stillWanted.run();
        return known.of(request, prepared, preparation, () -> ranking(prepared.assessments()));
    }

    /** The same as the best of all that are judged; where rules allow it, those that cannot be the best are not. */
    private List<Recommendation> ranking(List<Assessment> assessments) {
        if (!rules.judgesEachAlone()) {
            return best(judge(assessments));
        }
        return RankingKey.sorted(BestVariants.of(assessments, rules));
    }

    /** The first of the same ranking, and what is owned: those among which it is decided what would be recommended. */
    public List<Recommendation> leading(DecisionRequest request) {
        return leading(request, Set.of());
    }

    /**
     * The same, found sooner where it is known who is likely to lead: only that is estimated which may score as high.
     *
     * @param likely hardware by its ids; none where nothing is known
     */
    public List<Recommendation> leading(DecisionRequest request, Set<String> likely) {
        stillWanted.run();
        return rules.judgesEachAlone()
                ? leaders.of(request, likely)
                : ranking(preparation.of(request).assessments());
    }

    /**
     * Of a request with candidates those of the same that may come before one that is known besides.
     *
     * @param least the score of that one, which is suitable; negative infinity where none is known
     */
    public List<Recommendation> leading(DecisionRequest request, double least) {
        stillWanted.run();
        return rules.judgesEachAlone()
                ? leaders.of(request, least)
                : ranking(preparation.of(request).assessments());
    }

    /** Every variant of every candidate, judged. */
    public List<Recommendation> variants(DecisionRequest request) {
        return judge(preparation.of(request).assessments());
    }

    /** Some requests come again with every change, see {@link Preparation#keep}. */
    public void keep(Collection<DecisionRequest> requests) {
        preparation.keep(requests);
    }

    /** Facts for the rules: every deployment with its estimate. */
    public List<Assessment> assessments(Resolution resolution) {
        return preparation.assessments(resolution);
    }

    /** Rules and verdicts over ready facts, in the order of the facts. */
    public List<Recommendation> judge(List<Assessment> assessments) {
        stillWanted.run();
        Findings findings = rules.judge(assessments);
        return assessments.stream().map(each -> Judgement.of(each, findings)).toList();
    }

    /** The same where not all of them may have to be judged. */
    public Judging judging(List<Assessment> assessments) {
        stillWanted.run();
        return new Judging(rules, assessments);
    }

    /** Whether one that is suitable may come before others of which one scores as high as that. */
    public static boolean mayLead(Recommendation it, double highest) {
        return RankingKey.mayLead(it.score(), highest);
    }

    /** The order of these, see {@link RankingKey}. */
    public static Comparator<Recommendation> bestFirst(Collection<Recommendation> all) {
        return Comparator.comparing(
                RankingKey::of,
                RankingKey.bestFirst(all.stream().map(RankingKey::of).toList()));
    }

    /** Of every candidate its best variant, whichever the others are, best first. */
    static List<Recommendation> best(List<Recommendation> judged) {
        Map<Integer, List<Recommendation>> byGroup = new LinkedHashMap<>();
        for (Recommendation each : judged) {
            byGroup.computeIfAbsent(each.assessment().deployment().group(), group -> new ArrayList<>())
                    .add(each);
        }
        List<Recommendation> best = byGroup.values().stream()
                .map(variants -> variants.stream().min(bestFirst(variants)).orElseThrow())
                .toList();
        return RankingKey.sorted(best);
    }

    /** Of a ranking those that somebody would choose: of generated ones none that is dearer and no better in anything. */
    public List<Recommendation> worthShowing(List<Recommendation> ranking, DecisionRequest asked) {
        return worthShowing(ranking, !asked.candidates().isEmpty());
    }

    private static List<Recommendation> worthShowing(List<Recommendation> ranking, boolean given) {
        List<Recommendation> suitable =
                ranking.stream().filter(each -> !each.isRuledOut()).toList();
        return given ? suitable : Dominance.undominated(suitable);
    }

    /** What would be recommended of a ranking, see {@link Picks#best}; empty where nothing is suitable. */
    public Optional<Recommendation> recommended(DecisionRequest request, List<Recommendation> ranking) {
        List<Recommendation> suitable =
                ranking.stream().filter(each -> !each.isRuledOut()).toList();
        if (suitable.stream().noneMatch(each -> each.assessment().isOwned())) {
            return suitable.stream().findFirst();
        }
        Integer best = Picking.of(ranked(suitable), rules.policy(), request).best();
        return best == null ? Optional.empty() : Optional.of(suitable.get(best - 1));
    }

    private static List<Recommendation> ranked(List<Recommendation> bestFirst) {
        List<Recommendation> ranked = new ArrayList<>();
        for (Recommendation each : bestFirst) {
            ranked.add(each.ranked(ranked.size() + 1));
        }
        return ranked;
    }

    /** The picks where another one of those that are shown is recommended. */
    public Picks picks(Decision decision, Recommendation best) {
        return Picking.of(decision.ranked(), best, rules.policy(), decision.request());
    }

    private Decision decision(DecisionRequest asked, Resolution resolution, List<Recommendation> ordered) {
        List<Recommendation> suitable = ranked(worthShowing(ordered, resolution.given()));
        Picks picks = Picking.of(suitable, rules.policy(), resolution.request());
        Instant now = clock.get();
        return new Decision(
                Ulid.of(now, random),
                now,
                versions,
                asked,
                resolution.request(),
                assumptions(resolution, ordered),
                shown(suitable, picks, resolution.request().limit()),
                rejected(ordered, resolution),
                picks,
                resolution.problems());
    }

    /**
     * Those with which nothing leaves the house, best first among themselves: what is level with a hosted API need not be
     * level among these.
     */
    public static List<Recommendation> inHouse(List<Recommendation> ranked) {
        return RankingKey.sorted(ranked.stream()
                .filter(each ->
                        each.assessment().isBought() || each.assessment().isOwned())
                .toList());
    }

    /** The first of the list, and wherever they stand the picks, what is owned, and beside an API what would do in the house. */
    private static List<Recommendation> shown(List<Recommendation> suitable, Picks picks, int limit) {
        Set<Integer> picked = picks.ranks();
        if (suitable.stream()
                .anyMatch(each -> Objects.equals(each.rank(), picks.best())
                        && each.assessment().isHosted())) {
            List<Recommendation> inHouse = inHouse(suitable);
            Stream.concat(
                            inHouse.stream().limit(1),
                            inHouse.stream().max(Comparator.comparingDouble(Recommendation::score)).stream())
                    .forEach(each -> picked.add(Objects.requireNonNull(each.rank())));
        }
        return suitable.stream()
                .filter(each -> each.rank() != null
                        && (each.rank() <= limit
                                || picked.contains(each.rank())
                                || each.assessment().isOwned()))
                .toList();
    }

    /**
     * All that were named; of generated ones, and where any model will do, the best of each that has no suitable one.
     */
    private static List<Recommendation> rejected(List<Recommendation> ordered, Resolution resolution) {
        int named = resolution.request().candidates().size();
        if (resolution.given() && !resolution.ofAnyModel()) {
            return ordered.stream().filter(Recommendation::isRuledOut).toList();
        }
        Map<Object, Recommendation> byHardware = new LinkedHashMap<>();
        ordered.forEach(each -> byHardware.putIfAbsent(
                resolution.given()
                        ? each.assessment().deployment().group() % named // each model has all candidates
                        : kind(each.assessment()),
                each));
        return byHardware.values().stream().filter(Recommendation::isRuledOut).toList();
    }

    private static String kind(Assessment it) {
        return it.isHosted() ? it.hardware().family() : it.hardware().id();
    }

    private List<Assumption> assumptions(Resolution resolution, List<Recommendation> ordered) {
        Map<String, Assumption> assumptions = new TreeMap<>();
        resolution.assumptions().forEach(each -> assumptions.put(each.field(), each));
        if (resolution.request().skills() == null) {
            assumptions.put(
                    "team.skills",
                    new Assumption("team.skills", "not stated", "no candidate gains or loses by what the team knows"));
        }
        if (resolution.demand().minDecodeSpeed() == null && resolution.demand().sizedForDecodeSpeed() > 0) {
            assumptions.put(
                    "workload.minDecodeTokensPerSecond",
                    new Assumption(
                            "workload.minDecodeTokensPerSecond",
                            resolution.demand().sizedForDecodeSpeed(),
                            "replicas are counted for this speed per user; nothing is ruled out by it unless it is stated"));
        }
        if (resolution.demand().quantization() == null) {
            ordered.stream()
                    .map(Recommendation::assessment)
                    .filter(each -> !each.isHosted())
                    .findFirst()
                    .ifPresent(
                            first -> assumptions.put(
                                    "workload.quantization",
                                    new Assumption(
                                            "workload.quantization",
                                            first.quantization().id(),
                                            "not stated: each machine gets the precision that scores best on it; this is the best machine's")));
        }
        boolean saysHowMany = resolution.request().workload().requestsPerDay() != null
                || resolution.demand().job() != null;
        ordered.stream()
                .map(each -> each.assessment().cost().use())
                .filter(use -> use != null && !saysHowMany)
                .findFirst()
                .ifPresent(
                        use -> assumptions.put(
                                "workload.requestsPerDay",
                                new Assumption(
                                        "workload.requestsPerDay",
                                        Math.max(1, Math.round(use.requests() / DAYS_PER_MONTH)),
                                        "for what a hosted API costs only: what so many at the same time come to while the service is busy")));
        int taken = takenFromProgram().size();
        if (taken > 0) {
            assumptions.put(
                    "workbooks",
                    new Assumption(
                            "workbooks",
                            "the program's in " + taken + " rows or columns",
                            "catalogue or policy are older and lack them; check and GET /status name each"));
        }
        return List.copyOf(assumptions.values());
    }
}
