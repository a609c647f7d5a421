package quartermaster.ledger;

/** How a version came into force. */
public enum Origin {
    /** Found on the disk, at start or after somebody saved a file. */
    LOADED,
    /** Sent to the service. */
    PUBLISHED,
    /** The same, although others win by it than cases want: somebody said yes. */
    FORCED,
    /** An earlier version, chosen again. */
    ACTIVATED
}
