package quartermaster.decision;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import quartermaster.estimate.resolution.Assumption;
import quartermaster.request.DecisionRequest;
import quartermaster.unit.Problem;

/**
 * The answer to a request.
 *
 * @param asked as it was sent
 * @param request with its defaults filled in
 * @param ranked candidates that may be chosen, best first, cut at the request's limit
 * @param rejected candidates that may not: all that were named, or one per hardware
 * @param problems of candidates that could not be understood and were left out
 */
public record Decision(
        String id,
        Instant decidedAt,
        Versions versions,
        DecisionRequest asked,
        DecisionRequest request,
        List<Assumption> assumptions,
        List<Recommendation> ranked,
        List<Recommendation> rejected,
        Picks picks,
        List<Problem> problems) {
    /** The field of the assumption that the catalogue is ranked because a file names no candidates. */
    public static final String GENERATED = "candidates";

    public Decision {
        assumptions = List.copyOf(assumptions);
        ranked = List.copyOf(ranked);
        rejected = List.copyOf(rejected);
        problems = List.copyOf(problems);
    }

    /** What is recommended, see {@link Picks#best}: not always the first of the ranking; empty where nothing is suitable. */
    public Optional<Recommendation> recommended() {
        return at(picks.best()).or(() -> ranked.stream().findFirst());
    }

    /** Why the catalogue is ranked where a file might have named candidates; empty where it does. */
    public Optional<String> generatedInstead() {
        return assumptions.stream()
                .filter(each -> each.field().equals(GENERATED))
                .map(Assumption::because)
                .findFirst();
    }

    /** The one with a rank, among those that are shown. */
    public Optional<Recommendation> at(@Nullable Integer rank) {
        return ranked.stream()
                .filter(each -> rank != null && rank.equals(each.rank()))
                .findFirst();
    }

    /** The same answer with other picks. */
    public Decision with(Picks other) {
        return new Decision(id, decidedAt, versions, asked, request, assumptions, ranked, rejected, other, problems);
    }

    public boolean hasRecommendation() {
        return !ranked.isEmpty();
    }
}
