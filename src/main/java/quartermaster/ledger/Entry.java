package quartermaster.ledger;

/** What can be written into the ledger. */
sealed interface Entry permits KeptDecision, KeptVersion, Activation {
    /** Entries with the same key are the same. */
    Object key();

    /** Characters that it holds in memory while it waits; 0 when it must not be lost because much else waits. */
    default long size() {
        return 0;
    }
}
