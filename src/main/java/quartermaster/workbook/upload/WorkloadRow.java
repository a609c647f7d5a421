package quartermaster.workbook.upload;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import quartermaster.request.Budget;
import quartermaster.request.Candidate;
import quartermaster.request.Constraints;
import quartermaster.request.DecisionRequest;
import quartermaster.request.Explain;
import quartermaster.request.Skill;
import quartermaster.request.Workload;
import quartermaster.unit.Ids;

/**
 * A row of the sheet {@code Workload}.
 *
 * @param cells by JSON pointer of the field that each is for
 * @param sound false for a row with mistakes: then only its name counts
 * @param at where the row begins
 */
public record WorkloadRow(
        Workload workload,
        Budget budget,
        @Nullable Set<Skill> skills,
        Constraints constraints,
        Map<String, String> cells,
        boolean sound,
        String at) {
    public WorkloadRow {
        cells = Map.copyOf(cells);
    }

    boolean isCalled(String name) {
        return workload.name() != null && Ids.normalise(workload.name()).equals(Ids.normalise(name));
    }

    boolean saysTheSame(WorkloadRow other) {
        return workload.equals(other.workload)
                && budget.equals(other.budget)
                && Objects.equals(skills, other.skills)
                && constraints.equals(other.constraints);
    }

    /** Its request with some candidates; every one of them comes back. */
    public DecisionRequest request(List<Candidate> candidates, LocalDate asOf, Explain explain) {
        return new DecisionRequest(
                workload,
                budget,
                skills,
                constraints,
                candidates,
                asOf,
                explain,
                Math.max(DecisionRequest.DEFAULT_LIMIT, candidates.size()));
    }
}
