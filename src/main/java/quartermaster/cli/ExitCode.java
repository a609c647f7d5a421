package quartermaster.cli;

/** What the program says to whoever started it. */
final class ExitCode {
    static final int FINE = 0;
    static final int NOTHING_SUITABLE = 1;
    static final int CHECK_FAILED = 1;
    static final int USAGE = 2;
    static final int UNREADABLE = 3;
    static final int BROKEN_WORKSPACE = 4;
    static final int NEEDS_YES = 5;

    private ExitCode() {}
}
