package quartermaster.quality;

/** Who says what a model reached. */
public enum Reporter {
    /** Somebody who publishes models, of an own one or of a rival's. */
    VENDOR,
    INDEPENDENT,
    LEADERBOARD
}
