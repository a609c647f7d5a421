package quartermaster.request;

/** How much of the reasoning an answer shows. */
public enum Explain {
    NONE,
    SUMMARY,
    FULL
}
