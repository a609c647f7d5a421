package quartermaster.decision.cases;

import java.util.List;
import org.jspecify.annotations.Nullable;
import quartermaster.request.DecisionRequest;
import quartermaster.unit.Place;

/**
 * Something that must stay true whatever is changed: a request, and what its decision must look like.
 *
 * @param statement in one sentence
 * @param kind what it means when it does not hold
 * @param source where experts say so
 * @param at the row, e.g. {@code Cases!A12}
 */
public record Case(
        String id,
        String statement,
        CaseKind kind,
        DecisionRequest request,
        List<Expectation> expectations,
        @Nullable String source,
        Place at) {
    public Case {
        expectations = List.copyOf(expectations);
    }

    boolean demandsTheSame(@Nullable Case other) {
        return other != null && request.equals(other.request) && expectations.equals(other.expectations);
    }

    /** A truth or a preference, never both. */
    CaseKind kindOf(CaseColumn column) {
        if (kind != CaseKind.BOTH) {
            return kind;
        }
        return column.saysWhoWins() ? CaseKind.PREFERENCE : CaseKind.TRUTH;
    }
}
