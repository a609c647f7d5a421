package quartermaster.decision;

/** What a finding means for a candidate: it is out, it needs a look, or it is good to know. */
public enum Severity {
    REJECTION,
    WARNING,
    NOTE
}
