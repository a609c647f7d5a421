package quartermaster.decision;

import java.time.Instant;
import java.util.List;
import quartermaster.estimate.Assumption;
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
    public Decision {
        assumptions = List.copyOf(assumptions);
        ranked = List.copyOf(ranked);
        rejected = List.copyOf(rejected);
        problems = List.copyOf(problems);
    }

    public boolean hasRecommendation() {
        return !ranked.isEmpty();
    }
}
