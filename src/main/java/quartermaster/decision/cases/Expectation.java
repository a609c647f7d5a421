package quartermaster.decision.cases;

import java.util.List;
import org.jspecify.annotations.Nullable;
import quartermaster.decision.Condition;

/**
 * One thing that must hold: an entry of a cell.
 *
 * @param text as written
 * @param candidates that it speaks of; two where one ranks above the other; none means the best one, or any
 * @param code of the finding that it speaks of
 * @param within what the column's number must satisfy
 */
public record Expectation(
        CaseColumn column,
        String text,
        List<CandidatePattern> candidates,
        @Nullable String code,
        @Nullable Condition within) {
    public Expectation {
        candidates = List.copyOf(candidates);
    }
}
