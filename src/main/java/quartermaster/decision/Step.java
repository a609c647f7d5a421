package quartermaster.decision;

import java.util.List;
import quartermaster.unit.Choice;

/** The questions that every candidate is asked, in their order; the last one only where several models are compared. */
public enum Step {
    FIT,
    WORKLOAD_TYPE,
    CONCURRENCY,
    BUDGET,
    MODEL_AVAILABILITY,
    TEAM_EXPERTISE,
    MODEL_QUALITY;

    /** Those that are asked where one model is given. */
    public static final List<Step> OF_ONE_MODEL =
            List.of(FIT, WORKLOAD_TYPE, CONCURRENCY, BUDGET, MODEL_AVAILABILITY, TEAM_EXPERTISE);

    private static final List<Step> ALL = List.of(values());

    private final String id = Choice.id(this);
    private final String sheet =
            Character.toUpperCase(id.charAt(0)) + id.substring(1).replace('-', ' ');

    /** Those that are asked. */
    public static List<Step> asked(boolean comparesModels) {
        return comparesModels ? ALL : OF_ONE_MODEL;
    }

    /** As in answers and file names, e.g. {@code workload-type}. */
    public String id() {
        return id;
    }

    /** As on the tab of the policy workbook, e.g. {@code Workload type}. */
    public String sheet() {
        return sheet;
    }
}
