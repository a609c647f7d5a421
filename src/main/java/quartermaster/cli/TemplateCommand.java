package quartermaster.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import quartermaster.workbook.template.Template;

@Command(
        name = "template",
        mixinStandardHelpOptions = true,
        description = "Writes an empty workbook whose drop-downs come from this catalogue.",
        footer = {"", "Example:", "  quartermaster template -o candidates.xlsx"})
final class TemplateCommand implements Callable<Integer> {
    private final Commands root;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE.xlsx",
            description = "Where to (default: candidates.xlsx in the current folder, if there is none yet).")
    private @Nullable Path output;

    TemplateCommand(Commands root) {
        this.root = root;
    }

    @Override
    public Integer call() throws CommandFailure {
        Path to = output == null ? Path.of("candidates.xlsx") : output;
        if (output == null && FileAccess.exists(root.program(), to)) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "There is a " + to + " already. Name another file with -o, or the same to replace it.");
        }
        FileAccess.write(root.program(), to, Template.write(root.decider().catalogue()));
        root.console().say("Wrote " + to + ".");
        return ExitCode.FINE;
    }
}
