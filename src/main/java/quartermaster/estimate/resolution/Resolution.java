package quartermaster.estimate.resolution;

import java.util.List;
import org.jspecify.annotations.Nullable;
import quartermaster.estimate.Demand;
import quartermaster.estimate.EstimatedDeployment;
import quartermaster.quality.Grade;
import quartermaster.request.DecisionRequest;
import quartermaster.unit.Problem;

/**
 * A request with its names looked up and its gaps filled.
 *
 * @param request as asked, defaults filled in
 * @param models with what each has to carry; one unless several are compared
 * @param given whether the candidates were named; otherwise they came from the catalogue
 * @param ofAnyModel whether it was left open which model
 * @param problems of single candidates, which were left out
 */
public record Resolution(
        DecisionRequest request,
        List<OfModel> models,
        boolean given,
        boolean ofAnyModel,
        List<Assumption> assumptions,
        List<Problem> problems) {
    public Resolution {
        models = List.copyOf(models);
        assumptions = List.copyOf(assumptions);
        problems = List.copyOf(problems);
    }

    /**
     * What one model has to carry, and what may carry it.
     *
     * @param grade null where no models are compared
     * @param assessed every variant of every candidate that is worth judging, with its estimate
     */
    public record OfModel(Demand demand, @Nullable Grade grade, List<EstimatedDeployment> assessed) {
        public OfModel {
            assessed = List.copyOf(assessed);
        }
    }

    /** What has to be carried; of several models by the first, from which the others differ in the model only. */
    public Demand demand() {
        return models.get(0).demand();
    }

    public List<EstimatedDeployment> assessed() {
        return models.stream().flatMap(each -> each.assessed().stream()).toList();
    }
}
