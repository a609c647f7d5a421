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

    /** As in answers and file names, e.g. {@code workload-type}. */
    public String id() {
        return Choice.id(this);
    }

    /** As on the tab of the policy workbook, e.g. {@code Workload type}. */
    public String sheet() {
        String words = id().replace('-', ' ');
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }
}
