package quartermaster.estimate;

/** What limits the speed of a replica. */
public enum Bound {
    MEMORY_BANDWIDTH,
    COMPUTE,
    KV_CACHE,
    EXPERTS,
    OVERHEAD,
    INTERCONNECT,
    QUEUE
}
