package quartermaster.decision.cases;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
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
import quartermaster.estimate.Resolution;
import quartermaster.estimate.Resolver;
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

    /** A request with one candidate of which the row scores its step. */
    public Optional<DecisionRequest> row(TableRow wanted) {
        Place at = wanted.at(decider.rules().policy().file());
        List<DecisionRequest> ideas = new RequestIdeas(decider.catalogue(), asOf, wanted).requests();
        Predicate<Recommendation> decides =
                each -> each.steps().stream().anyMatch(step -> step.at().equals(at));
        Condition used = wanted.condition(BUDGET_USED);
        if (used instanceof Condition.Any) {
            return search(ideas, decides, decides, (request, assessment) -> Stream.of(request.budget()));
        }
        List<Double> shares = BUDGET_SHARES.stream().filter(used::holds).toList();
        return search(
                ideas,
                each -> wanted.meetsButFor(BUDGET_USED, each.assessment()),
                decides,
                (request, assessment) -> budgets(request.budget(), assessment.monthlyUsd(), shares));
    }

    /** A request with one candidate of which the rule says something. */
    public Optional<DecisionRequest> rule(RuleSource wanted) {
        List<DecisionRequest> ideas = new RequestIdeas(decider.catalogue(), asOf, null).requests();
        Predicate<Recommendation> says =
                each -> each.findings().stream().anyMatch(it -> it.code().equals(wanted.name()));
        return search(ideas, says, says, (request, assessment) -> Stream.of(request.budget()));
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

    private Optional<DecisionRequest> search(
            List<DecisionRequest> ideas,
            Predicate<Recommendation> promises,
            Predicate<Recommendation> keeps,
            BiFunction<DecisionRequest, Assessment, Stream<Budget>> budgets) {
        for (DecisionRequest idea : ideas) {
            Resolution resolution = resolver.resolve(idea).value();
            if (resolution == null) {
                continue;
            }
            Optional<DecisionRequest> found = decider.judge(decider.assessments(resolution)).stream()
                    .filter(promises)
                    .sorted(Comparator.comparing(Recommendation::isRuledOut))
                    .limit(TRIES_AT_MOST)
                    .map(Recommendation::assessment)
                    .flatMap(each -> budgets.apply(idea, each).map(budget -> alone(idea, budget, each)))
                    .filter(request -> keeps(request, keeps))
                    .findFirst();
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
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
