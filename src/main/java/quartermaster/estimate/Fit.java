package quartermaster.estimate;

/** Whether a model fits: also at the pessimistic end, only at the expected one, or not at all. */
public enum Fit {
    YES,
    TIGHT,
    NO
}
