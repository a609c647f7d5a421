package quartermaster.json;

/** Text that is not JSON. The message says where it stops being so, and why. */
public final class BadJsonException extends Exception {
    private final int line;
    private final int column;
    private final String at;

    BadJsonException(String because, int line, int column, String at) {
        super("Line " + line + ", column " + column + ": " + because);
        this.line = line;
        this.column = column;
        this.at = at;
    }

    /** From 1. */
    public int line() {
        return line;
    }

    /** From 1. */
    public int column() {
        return column;
    }

    /** A JSON pointer to the value that was being read. */
    public String at() {
        return at;
    }
}
