package quartermaster.catalogue;

/** What an estimate rests on, strongest first. */
public enum EvidenceClass {
    MEASURED,
    CALIBRATED,
    FAMILY,
    SPECIFICATION;

    /** The weaker of the two. */
    public EvidenceClass and(EvidenceClass other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
