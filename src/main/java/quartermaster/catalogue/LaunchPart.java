package quartermaster.catalogue;

/** What a row of the sheet {@code Launch} is of what starts a model. */
public enum LaunchPart {
    /** A remark, printed as a comment before the commands. */
    NOTE,
    /**
     * A file that the commands read: its name in the first line, what it holds in the others. Rows of the same name follow
     * each other in one file.
     */
    FILE,
    /** A command of its own before the one that starts. */
    BEFORE,
    /** A variable set for the command that starts, as {@code NAME=value}. */
    ENVIRONMENT,
    /** The beginning of the command that starts: the first row that applies. */
    COMMAND,
    /** What is added to it: every row that applies, in their order. */
    FLAG,
    /** A command of its own after it. */
    AFTER,
    /** A manifest that starts the same elsewhere: the first row that applies. */
    MANIFEST
}
