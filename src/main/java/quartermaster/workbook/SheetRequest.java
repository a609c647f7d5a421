package quartermaster.workbook;

import java.util.List;
import java.util.Map;
import quartermaster.request.DecisionRequest;
import quartermaster.unit.Problem;

/**
 * A request out of a workbook, and where each part of it stands.
 *
 * @param at the workload's row, e.g. {@code Workload!A2}
 * @param cells by JSON pointer, e.g. {@code /candidates/3/hardware} is {@code Candidates!A5}
 * @param candidateRows for each candidate its row on the sheet {@code Candidates}; none where they are generated
 */
public record SheetRequest(DecisionRequest request, String at, Map<String, String> cells, List<Integer> candidateRows) {
    public SheetRequest {
        cells = Map.copyOf(cells);
        candidateRows = List.copyOf(candidateRows);
    }

    /** The same problem at its cell; at the workload's row where it concerns no cell. */
    public Problem inSheet(Problem problem) {
        for (String path = problem.at(); path.startsWith("/"); path = path.substring(0, path.lastIndexOf('/'))) {
            String cell = cells.get(path);
            if (cell != null) {
                return problem.at(cell);
            }
        }
        return problem.at(at);
    }
}
