package quartermaster.decision.cases;

import java.util.List;
import org.jspecify.annotations.Nullable;
import quartermaster.request.DecisionRequest;
import quartermaster.unit.Place;

/**
 * Something that must stay true whatever is changed: a request, and what its decision must look like.
 *
 * @param statement in one sentence
 * @param source where experts say so
 * @param at the row, e.g. {@code Cases!A12}
 */
public record Case(
        String id,
        String statement,
        DecisionRequest request,
        List<Expectation> expectations,
        @Nullable String source,
        Place at) {
    public Case {
        expectations = List.copyOf(expectations);
    }
}
