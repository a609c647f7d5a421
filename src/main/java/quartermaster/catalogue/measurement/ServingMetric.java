package quartermaster.catalogue.measurement;

/** What was done while many were served: the same machine gives another figure for each. */
public enum ServingMetric {
    /** So many requests in flight, each followed by the next: prompts and tokens of all, over the time of all. */
    REQUEST_CYCLE,
    /** A batch that decodes together; its prompts had been read. */
    BATCH_DECODE,
    /** All requests sent at once, over the time until the last has ended. */
    OFFLINE,
    /** Requests that come at random, so many a second on average. */
    ARRIVAL_RATE
}
