package quartermaster.catalogue;

/** How an engine serves several requests: together at every step, in a few slots, in batches, or one after the other. */
public enum Batching {
    CONTINUOUS,
    SLOTS,
    BATCHED,
    NONE
}
