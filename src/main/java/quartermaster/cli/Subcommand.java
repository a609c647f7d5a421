package quartermaster.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;
import quartermaster.cli.report.Console;

/** What every command below {@code quartermaster} has: {@code --help}, the program, and the terminal. */
@Command(mixinStandardHelpOptions = true)
abstract class Subcommand implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init") // by picocli, before it calls the command
    private Commands root;

    Commands root() {
        return root;
    }

    Program program() {
        return root.program();
    }

    Console console() {
        return root.program().console();
    }

    /** An option or parameter that is never missing once the command runs. */
    static <T> T required(@Nullable T given) {
        if (given == null) {
            throw new IllegalStateException("The command ran without its required option.");
        }
        return given;
    }
}
