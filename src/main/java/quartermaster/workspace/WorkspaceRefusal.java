package quartermaster.workspace;

import java.util.Collection;
import java.util.List;
import quartermaster.unit.Problem;

/** Something that the workspace does not do, with what to say to whoever asked for it. */
public final class WorkspaceRefusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Reason reason;
    private final transient List<Problem> problems;

    private WorkspaceRefusal(Reason reason, String message, List<Problem> problems) {
        super(message);
        this.reason = reason;
        this.problems = List.copyOf(problems);
    }

    /** Why it is not done. */
    public enum Reason {
        NOT_READY,
        UNKNOWN_VERSION,
        OTHER_VERSION,
        EDITED_MEANWHILE,
        INVALID
    }

    static WorkspaceRefusal notReady() {
        return refusal(Reason.NOT_READY, "No version of the rules and the catalogue is in force yet.");
    }

    static WorkspaceRefusal unknownVersion(String id) {
        return refusal(Reason.UNKNOWN_VERSION, "No version " + id + " is kept; GET /versions lists those that are.");
    }

    static WorkspaceRefusal otherVersion(String expected, String inForce) {
        return refusal(
                Reason.OTHER_VERSION,
                "If-Match names " + expected + ", but " + inForce
                        + " is in force by now. Look at what has changed and send it again.");
    }

    static WorkspaceRefusal publishedMeanwhile(Collection<String> files) {
        return refusal(
                Reason.OTHER_VERSION,
                "Somebody else has published meanwhile: " + String.join(", ", files)
                        + ". Look at what has changed and send it again.");
    }

    static WorkspaceRefusal editedMeanwhile(Collection<String> files) {
        return refusal(
                Reason.EDITED_MEANWHILE,
                "The workspace holds an edit that is not in force: " + String.join(", ", files)
                        + ". Mend or undo it first; GET /status says what is wrong with it.");
    }

    static WorkspaceRefusal invalid(List<Problem> problems) {
        return new WorkspaceRefusal(Reason.INVALID, problems.size() + " problems.", problems);
    }

    private static WorkspaceRefusal refusal(Reason reason, String message) {
        return new WorkspaceRefusal(reason, message, List.of());
    }

    public Reason reason() {
        return reason;
    }

    /** Of the files that are wanted; only where the reason is {@link Reason#INVALID}. */
    public List<Problem> problems() {
        return problems;
    }
}
