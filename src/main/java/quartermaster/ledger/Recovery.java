package quartermaster.ledger;

/** What was left of an interrupted publication, and what became of it. */
public enum Recovery {
    /** Nothing was left. */
    NOTHING,
    /** It had not been decided: the old files stayed. */
    ABANDONED,
    /** It had been decided: the new files are in place. */
    FINISHED,
    /** Its journal cannot be read and was put aside as {@code publication.journal.damaged}: the files stayed as found. */
    DAMAGED
}
