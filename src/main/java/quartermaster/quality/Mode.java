package quartermaster.quality;

/** Whether a model thought aloud before it answered a test. */
public enum Mode {
    /** As the model comes, or the report does not say. */
    DEFAULT,
    THINKING,
    NON_THINKING
}
