package quartermaster.decision;

import quartermaster.unit.Choice;

/** The six questions that every candidate is asked, in their order. */
public enum Step {
    FIT,
    WORKLOAD_TYPE,
    CONCURRENCY,
    BUDGET,
    MODEL_AVAILABILITY,
    TEAM_EXPERTISE;

    private final String id = Choice.id(this);
    private final String sheet =
            Character.toUpperCase(id.charAt(0)) + id.substring(1).replace('-', ' ');

    /** As in answers and file names, e.g. {@code workload-type}. */
    public String id() {
        return id;
    }

    /** As on the tab of the policy workbook, e.g. {@code Workload type}. */
    public String sheet() {
        return sheet;
    }
}
