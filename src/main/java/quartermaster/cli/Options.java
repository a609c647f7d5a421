package quartermaster.cli;

import org.jspecify.annotations.Nullable;

/** Options and parameters after parsing. */
final class Options {
    private Options() {}

    /** One that is never missing once the command runs. */
    static <T> T required(@Nullable T given) {
        if (given == null) {
            throw new IllegalStateException("The command ran without its required option.");
        }
        return given;
    }
}
