package quartermaster.decision;

/** The judgement on a candidate as a whole. */
public enum Verdict {
    RECOMMENDED,
    CAUTION,
    RULED_OUT
}
