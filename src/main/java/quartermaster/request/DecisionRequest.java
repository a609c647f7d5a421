package quartermaster.request;

import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Everything that somebody says who wants a decision.
 *
 * @param skills of the team; null means "not said"
 * @param candidates to judge; empty means that they are generated from the catalogue
 * @param asOf the only clock that a decision knows
 * @param limit how many recommendations come back
 */
public record DecisionRequest(
        Workload workload,
        Budget budget,
        @Nullable Set<Skill> skills,
        Constraints constraints,
        List<Candidate> candidates,
        LocalDate asOf,
        Explain explain,
        int limit) {
    public static final int DEFAULT_LIMIT = 20;

    public DecisionRequest {
        skills = skills == null ? null : Set.copyOf(skills);
        candidates = List.copyOf(candidates);
    }
}
