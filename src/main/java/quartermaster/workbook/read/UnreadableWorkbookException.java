package quartermaster.workbook.read;

/** A file of which nothing can be used. The message is for the person who sent it, and says what to do. */
public final class UnreadableWorkbookException extends Exception {
    private final Reason reason;
    private final String code;

    public UnreadableWorkbookException(Reason reason, String code, String message) {
        super(message);
        this.reason = reason;
        this.code = code;
    }

    public UnreadableWorkbookException(Reason reason, String code, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
        this.code = code;
    }

    /** What kind of refusal it is: HTTP answers 415, 413 or 422. */
    public enum Reason {
        FORMAT,
        SIZE,
        CONTENT
    }

    public Reason reason() {
        return reason;
    }

    /** Stable, for programs, e.g. {@code format-refused}. */
    public String code() {
        return code;
    }
}
