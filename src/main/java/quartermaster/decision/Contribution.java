package quartermaster.decision;

import quartermaster.unit.Place;

/**
 * What one step adds to a candidate's score.
 *
 * @param weight of the step for this type of workload; all weights of a type sum to 100
 * @param points 0 to 100, from the table's row
 * @param rule the rule that applied the row
 */
public record Contribution(
        Step step, double weight, double points, StepVerdict verdict, String because, String rule, Place at) {

    /** {@code weight × points ÷ 100}. Example: a weight of 25 and 95 points are 23.75. */
    public double score() {
        return weight * points / 100;
    }

    /** The same points where a finding of the step rules the candidate out. */
    public Contribution ruledOut() {
        return new Contribution(step, weight, points, StepVerdict.RULED_OUT, because, rule, at);
    }
}
