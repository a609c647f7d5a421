package quartermaster.decision.cases;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import quartermaster.decision.Assessment;
import quartermaster.decision.Condition;
import quartermaster.decision.Decision;
import quartermaster.decision.Recommendation;
import quartermaster.decision.RuleSource;
import quartermaster.decision.cases.Coverage.TableRow;
import quartermaster.decision.engine.Decider;
import quartermaster.estimate.Deployment;
import quartermaster.estimate.Estimator;
import quartermaster.estimate.resolution.Resolution;
import quartermaster.estimate.resolution.Resolver;
import quartermaster.request.Budget;
import quartermaster.request.Candidate;
import quartermaster.request.DecisionRequest;
import quartermaster.unit.Place;

/**
 * Looks for requests that make a row or a rule speak. Each request that it returns was decided, and did; where it finds
 * none there may still be one.
 */
public final class CoverageSearch {
    private static final int TRIES_AT_MOST = 4; // of candidates of one request
    private static final String BUDGET_USED = "Budget used (%)";
    private static final List<Double> BUDGET_SHARES =
            List.of(95.0, 85.0, 75.0, 65.0, 55.0, 45.0, 35.0, 25.0, 15.0, 5.0, 120.0, 300.0);

    private final Decider decider;
    private final Resolver resolver;
    private final LocalDate asOf;

    /** @param asOf day of the requests */
    public CoverageSearch(Decider decider, LocalDate asOf) {
        this.decider = decider;
        this.resolver = new Resolver(decider.catalogue(), new Estimator(decider.catalogue()));
        this.asOf = asOf;
    }

    /** Of each row a request with one candidate of which it scores its step, where one was found. */
    public Map<TableRow, DecisionRequest> rows(Collection<TableRow> wanted) {
        return found(wanted, this::row);
    }

    private Sought row(TableRow wanted) {
        Place at = wanted.at(decider.rules().policy().file());
        List<DecisionRequest> ideas = new RequestIdeas(decider.catalogue(), asOf, wanted).requests();
        Predicate<Recommendation> decides =
                each -> each.steps().stream().anyMatch(step -> step.at().equals(at));
        Predicate<Assessment> may = each -> wanted.meetsButFor(BUDGET_USED, each);
        Condition used = wanted.condition(BUDGET_USED);
        if (used instanceof Condition.Any) {
            return new Sought(ideas, may, decides, decides, (request, assessment) -> Stream.of(request.budget()));
        }
        List<Double> shares = BUDGET_SHARES.stream().filter(used::holds).toList();
        return new Sought(
                ideas,
                may,
                each -> may.test(each.assessment()),
                decides,
                (request, assessment) -> budgets(request.budget(), assessment.monthlyUsd(), shares));
    }

    /** Of each rule a request with one candidate of which it says something, where one was found. */
    public Map<RuleSource, DecisionRequest> rules(Collection<RuleSource> wanted) {
        List<DecisionRequest> ideas = new RequestIdeas(decider.catalogue(), asOf, null).requests();
        return found(wanted, rule -> {
            Predicate<Recommendation> says =
                    each -> each.findings().stream().anyMatch(it -> it.code().equals(rule.name()));
            return new Sought(ideas, each -> true, says, says, (request, assessment) -> Stream.of(request.budget()));
        });
    }

    /** Budgets of which a price takes some shares. */
    private static Stream<Budget> budgets(Budget said, @Nullable Double monthlyUsd, List<Double> percents) {
        return monthlyUsd == null
                ? Stream.of()
                : percents.stream()
                        .map(percent -> new Budget(
                                null,
                                Math.ceil(monthlyUsd * 100 / percent),
                                said.horizonMonths(),
                                said.utilization(),
                                said.electricityUsdPerKwh()));
    }

    /**
     * What one search goes through.
     *
     * @param ideas in the order in which they are tried
     * @param may whether a candidate is worth being judged
     * @param promises whether a candidate of an idea is worth a try alone
     * @param keeps whether it does, alone, what is sought
     * @param budgets to try it with
     */
    private record Sought(
            List<DecisionRequest> ideas,
            Predicate<Assessment> may,
            Predicate<Recommendation> promises,
            Predicate<Recommendation> keeps,
            BiFunction<DecisionRequest, Assessment, Stream<Budget>> budgets) {}

    /** All at once: many have the same ideas, and to judge one takes far longer than to look through what came of it. */
    private <T> Map<T, DecisionRequest> found(Collection<T> wanted, Function<T, Sought> how) {
        Map<T, Sought> open = new LinkedHashMap<>();
        wanted.forEach(each -> open.put(each, how.apply(each)));
        Map<T, DecisionRequest> found = new HashMap<>();
        for (int turn = 0; !open.isEmpty(); turn++) {
            int next = turn;
            open.values().removeIf(each -> each.ideas().size() <= next);
            Map<DecisionRequest, List<T>> byIdea = new LinkedHashMap<>();
            open.forEach((each, sought) -> byIdea.computeIfAbsent(sought.ideas().get(next), idea -> new ArrayList<>())
                    .add(each));
            byIdea.forEach((idea, those) -> {
                List<Recommendation> judged = judged(
                        idea,
                        those.stream()
                                .map(open::get)
                                .map(Objects::requireNonNull)
                                .map(Sought::may)
                                .toList());
                those.forEach(each -> first(idea, judged, Objects.requireNonNull(open.get(each)))
                        .ifPresent(request -> found.put(each, request)));
            });
            open.keySet().removeAll(found.keySet());
        }
        return found;
    }

    /** Nobody, where no candidate of the idea may do what any search wants. */
    private List<Recommendation> judged(DecisionRequest idea, List<Predicate<Assessment>> wanted) {
        Resolution resolution = resolver.resolve(idea).value();
        List<Assessment> all = resolution == null ? List.of() : decider.assessments(resolution);
        return all.stream().anyMatch(each -> wanted.stream().anyMatch(may -> may.test(each)))
                ? decider.judge(all)
                : List.of();
    }

    private Optional<DecisionRequest> first(DecisionRequest idea, List<Recommendation> judged, Sought sought) {
        return judged.stream()
                .filter(sought.promises())
                .sorted(Comparator.comparing(Recommendation::isRuledOut))
                .limit(TRIES_AT_MOST)
                .map(Recommendation::assessment)
                .flatMap(each -> sought.budgets().apply(idea, each).map(budget -> alone(idea, budget, each)))
                .filter(request -> keeps(request, sought.keeps()))
                .findFirst();
    }

    /** The same request for nothing but that candidate. */
    private static DecisionRequest alone(DecisionRequest idea, Budget budget, Assessment assessment) {
        Deployment it = assessment.deployment();
        Candidate candidate = new Candidate(
                it.hardware().id(),
                it.devices(),
                it.maxReplicas() == assessment.replicas() ? (Integer) assessment.replicas() : null,
                it.acquisition(),
                it.offer() == null ? null : it.offer().id(),
                it.engine().id(),
                it.quantization().id(),
                null,
                null);
        return new DecisionRequest(
                idea.workload(),
                budget,
                idea.skills(),
                idea.constraints(),
                List.of(candidate),
                idea.asOf(),
                idea.explain(),
                idea.limit());
    }

    private boolean keeps(DecisionRequest request, Predicate<Recommendation> keeps) {
        Decision decision = decider.decide(request).value();
        return decision != null
                && Stream.concat(decision.ranked().stream(), decision.rejected().stream())
                        .anyMatch(keeps);
    }
}
