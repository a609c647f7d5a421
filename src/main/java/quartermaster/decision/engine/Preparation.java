package quartermaster.decision.engine;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import quartermaster.catalogue.Catalogue;
import quartermaster.catalogue.Engine;
import quartermaster.decision.Assessment;
import quartermaster.decision.NeededSkills;
import quartermaster.estimate.Demand;
import quartermaster.estimate.Estimator;
import quartermaster.estimate.resolution.Prospect;
import quartermaster.estimate.resolution.Resolution;
import quartermaster.estimate.resolution.Resolver;
import quartermaster.estimate.resolution.Resolver.Extent;
import quartermaster.request.DecisionRequest;
import quartermaster.unit.Imported;
import quartermaster.unit.Problem;

/**
 * What comes before the rules: looking up names, and estimating. It depends on one catalogue and on nothing else, so rules
 * and tables may change over it.
 */
final class Preparation {
    private final Catalogue catalogue;
    private final Estimator estimator;
    private final Resolver resolver;
    private final NeededSkills neededSkills;
    private volatile Map<DecisionRequest, Prepared> kept = Map.of();

    Preparation(Catalogue catalogue) {
        this.catalogue = catalogue;
        this.estimator = new Estimator(catalogue);
        this.resolver = new Resolver(catalogue, estimator);
        this.neededSkills = new NeededSkills(catalogue);
    }

    private Preparation(Preparation same, Resolver resolver) {
        this.catalogue = same.catalogue;
        this.estimator = same.estimator;
        this.resolver = resolver;
        this.neededSkills = same.neededSkills;
        this.kept = same.kept;
    }

    /** See {@link Resolver#remembering}. */
    Preparation remembering() {
        return new Preparation(this, resolver.remembering());
    }

    /** See {@link Resolver#rememberingReplicas}. */
    Preparation rememberingReplicas() {
        return new Preparation(this, resolver.rememberingReplicas());
    }

    /** See {@link Resolver#asLongAs}. */
    Preparation asLongAs(Runnable stillWanted) {
        return new Preparation(this, resolver.asLongAs(stillWanted));
    }

    /** @param assessments none where the request cannot be understood */
    record Prepared(Imported<@Nullable Resolution> resolved, List<Assessment> assessments) {}

    Catalogue catalogue() {
        return catalogue;
    }

    Prepared of(DecisionRequest request) {
        Prepared known = kept.get(request);
        return known == null ? prepare(request) : known;
    }

    private Prepared prepare(DecisionRequest request) {
        Imported<@Nullable Resolution> resolved = resolver.resolve(request);
        Resolution resolution = resolved.value();
        return new Prepared(resolved, resolution == null ? List.of() : assessments(resolution));
    }

    /** Those assessments of a request that are sought, see {@link Resolver#resolve(DecisionRequest, Predicate)}. */
    List<Assessment> assessments(DecisionRequest request, Predicate<Prospect> sought) {
        Resolution resolution = resolver.resolve(request, sought).value();
        return resolution == null ? List.of() : assessments(resolution);
    }

    /** A prospect with replicas of so many devices, as if it had been estimated: nothing is known of it but what it costs at least. */
    Assessment unestimated(Prospect it, int devices) {
        return new Assessment(
                neededSkills,
                catalogue.engines(),
                it.request(),
                it.demand(),
                it.grade(),
                estimator.unestimated(it.demand(), it.deployment(), devices));
    }

    /** Remembers what some requests need, because they will come again; others that were kept are forgotten. */
    void keep(Collection<DecisionRequest> requests) {
        kept = requests.parallelStream().distinct().collect(Collectors.toConcurrentMap(Function.identity(), this::of));
    }

    /** Whether it is this that is kept of the request. */
    boolean keeps(DecisionRequest request, Prepared prepared) {
        return kept.get(request) == prepared;
    }

    int keptRequests() {
        return kept.size();
    }

    Extent extent(DecisionRequest request) {
        return resolver.extent(request);
    }

    List<Problem> problems(DecisionRequest request) {
        return resolver.problems(request);
    }

    List<Assessment> assessments(Resolution resolution) {
        Demand.Training training = resolution.demand().training();
        Collection<Engine> engines =
                training == null ? catalogue.engines() : catalogue.training().enginesFor(training.methodId());
        return resolution.models().stream()
                .flatMap(model -> model.assessed().stream()
                        .map(each -> new Assessment(
                                neededSkills, engines, resolution.request(), model.demand(), model.grade(), each)))
                .toList();
    }
}
