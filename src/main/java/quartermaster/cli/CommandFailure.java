package quartermaster.cli;

import java.util.List;
import java.util.stream.Collectors;
import quartermaster.unit.Problem;

/** A command that cannot go on; the message is for the person at the terminal. */
final class CommandFailure extends Exception {
    private static final long serialVersionUID = 1;
    private final int exitCode;

    CommandFailure(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    /** @param what was looked at, above its problems */
    CommandFailure(int exitCode, String what, List<Problem> problems) {
        this(exitCode, what + problems.stream().map(each -> "\n  " + each).collect(Collectors.joining()));
    }

    static CommandFailure usage(String message) {
        return new CommandFailure(ExitCode.USAGE, message);
    }

    static CommandFailure usage(List<Problem> problems) {
        return usage(problems.stream().map(Problem::message).collect(Collectors.joining("\n")));
    }

    static CommandFailure unreadable(String message) {
        return new CommandFailure(ExitCode.UNREADABLE, message);
    }

    int exitCode() {
        return exitCode;
    }
}
