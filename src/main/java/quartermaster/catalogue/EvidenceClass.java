package quartermaster.catalogue;

/** What an estimate rests on, strongest first. */
public enum EvidenceClass {
    MEASURED("this pairing was measured"),
    CALIBRATED("constants fitted to measurements of this chip and engine"),
    FAMILY("of related chips"),
    SPECIFICATION("from data sheets only");

    private final String words;

    EvidenceClass(String words) {
        this.words = words;
    }

    public String inWords() {
        return words;
    }

    /** The weaker of the two. */
    public EvidenceClass and(EvidenceClass other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
