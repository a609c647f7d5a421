package quartermaster.ledger;

/** How far a job is that outlives whoever works on it. */
public enum JobState {
    WAITING,
    RUNNING,
    DONE,
    FAILED,
    CANCELLED;

    public boolean isEnd() {
        return ordinal() >= DONE.ordinal();
    }
}
