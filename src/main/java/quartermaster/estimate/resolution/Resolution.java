package quartermaster.estimate.resolution;

import java.util.List;
import quartermaster.estimate.Demand;
import quartermaster.estimate.EstimatedDeployment;
import quartermaster.request.DecisionRequest;
import quartermaster.unit.Problem;

/**
 * A request with its names looked up and its gaps filled.
 *
 * @param request as asked, defaults filled in
 * @param demand what has to be carried
 * @param assessed every variant of every candidate that is worth judging, with its estimate
 * @param given whether the candidates were named; otherwise they came from the catalogue
 * @param problems of single candidates, which were left out
 */
public record Resolution(
        DecisionRequest request,
        Demand demand,
        List<EstimatedDeployment> assessed,
        boolean given,
        List<Assumption> assumptions,
        List<Problem> problems) {
    public Resolution {
        assessed = List.copyOf(assessed);
        assumptions = List.copyOf(assumptions);
        problems = List.copyOf(problems);
    }
}
