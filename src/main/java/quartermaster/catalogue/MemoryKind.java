package quartermaster.catalogue;

/** Whether CPU and GPU share one pool of memory, or a card has its own. */
public enum MemoryKind {
    UNIFIED,
    DISCRETE
}
