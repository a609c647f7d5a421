package quartermaster.decision.engine;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import quartermaster.catalogue.Catalogue;
import quartermaster.catalogue.Engine;
import quartermaster.decision.Assessment;
import quartermaster.decision.NeededSkills;
import quartermaster.estimate.Demand;
import quartermaster.estimate.Estimator;
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
    private final Resolver resolver;
    private final NeededSkills neededSkills;
    private volatile Map<DecisionRequest, Prepared> kept = Map.of();

    Preparation(Catalogue catalogue) {
        this.catalogue = catalogue;
        this.resolver = new Resolver(catalogue, new Estimator(catalogue));
        this.neededSkills = new NeededSkills(catalogue);
    }

    private Preparation(Preparation same, Resolver resolver) {
        this.catalogue = same.catalogue;
        this.resolver = resolver;
        this.neededSkills = same.neededSkills;
        this.kept = same.kept;
    }

    /** See {@link Resolver#remembering}. */
    Preparation remembering() {
        return new Preparation(this, resolver.remembering());
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
