package quartermaster.decision.cases;

/** What it means when a case does not hold: that something is wrong, or that somebody has changed their mind. */
public enum CaseKind {
    /** Physics, licences, what fits. Nothing that breaks it comes into force. */
    TRUTH,

    /** Who wins. What changes it is shown, and comes into force with a yes. */
    PREFERENCE,

    /** Each demand after its column: who wins is a preference, all else a truth. So is a case that says nothing. */
    BOTH
}
