package quartermaster.decision;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import quartermaster.request.WorkloadType;
import quartermaster.unit.Choice;
import quartermaster.unit.Problem;

/**
 * What the architect prefers: weights, thresholds and one decision table for each step.
 *
 * @param file as places name it, e.g. {@code rules/policy.xlsx}
 * @param digest of the typed content
 * @param weights of each step by type of workload, each type's summing to 100
 * @param weightsOfSeveralModels the same where several models are compared
 * @param takenFromProgram what the workbook lacks and the program's own has, each with its sheet
 */
public record Policy(
        String file,
        String digest,
        Map<WorkloadType, Map<Step, Double>> weights,
        Map<WorkloadType, Map<Step, Double>> weightsOfSeveralModels,
        List<Threshold> thresholds,
        Map<Step, PolicyTable> tables,
        List<Problem> takenFromProgram) {
    private static final double ROUNDING = 1e-6;

    public Policy {
        weights = Map.copyOf(weights);
        thresholds = List.copyOf(thresholds);
        takenFromProgram = List.copyOf(takenFromProgram);
        tables = Collections.unmodifiableMap(new EnumMap<>(tables)); // in the order of the steps
        weightsOfSeveralModels = Map.copyOf(weightsOfSeveralModels);
        require(weights, Step.OF_ONE_MODEL);
        require(weightsOfSeveralModels, Step.asked(true));
        for (Step step : Step.values()) {
            if (!tables.containsKey(step)) {
                throw new IllegalArgumentException("There is no table for the step " + step.id() + ".");
            }
        }
    }

    private static void require(Map<WorkloadType, Map<Step, Double>> weights, List<Step> steps) {
        for (WorkloadType type : WorkloadType.values()) {
            Map<Step, Double> row = weights.getOrDefault(type, Map.of());
            double sum = row.values().stream().mapToDouble(Double::doubleValue).sum();
            if (row.size() != steps.size() || Math.abs(sum - 100) > ROUNDING) {
                throw new IllegalArgumentException(
                        "The weights of " + Choice.id(type) + " sum to " + sum + ", not 100.");
            }
        }
    }

    /** Where one model is given. */
    public double weight(WorkloadType type, Step step) {
        return weight(type, step, false);
    }

    public double weight(WorkloadType type, Step step, boolean comparesModels) {
        return (comparesModels ? weightsOfSeveralModels : weights)
                .getOrDefault(type, Map.of())
                .getOrDefault(step, 0.0);
    }

    /** A threshold of the program, see {@link Threshold#OF_THE_PROGRAM}: without it no policy is read. */
    public double limit(String name) {
        return thresholds.stream()
                .filter(each -> each.name().equals(name))
                .mapToDouble(Threshold::value)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("Thresholds has no row named " + name + "."));
    }

    /** @throws IllegalStateException where the policy has no table for the step */
    public PolicyTable table(Step step) {
        PolicyTable table = tables.get(step);
        if (table == null) {
            throw new IllegalStateException("There is no table for the step " + step.id() + ".");
        }
        return table;
    }
}
