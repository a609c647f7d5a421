package quartermaster.decision;

/** The judgement of one step on a candidate. */
public enum StepVerdict {
    GOOD,
    CAUTION,
    RULED_OUT
}
