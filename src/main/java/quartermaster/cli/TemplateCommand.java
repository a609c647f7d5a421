package quartermaster.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import quartermaster.workbook.template.Template;

@Command(
        name = "template",
        description = "Writes an empty workbook whose drop-downs come from this catalogue.",
        footer = {"", "Example:", "  quartermaster template -o candidates.xlsx"})
final class TemplateCommand extends Subcommand {
    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE.xlsx",
            description = "Where to (default: candidates.xlsx in the current folder, if there is none yet).")
    private @Nullable Path output;

    @Override
    public Integer call() throws CommandFailure {
        Path to = output == null ? Path.of("candidates.xlsx") : output;
        if (output == null && FileAccess.exists(program(), to)) {
            throw CommandFailure.usage(
                    "There is a " + to + " already. Name another file with -o, or the same to replace it.");
        }
        FileAccess.write(program(), to, Template.write(root().decider().catalogue()));
        console().say("Wrote " + to + ".");
        return ExitCode.FINE;
    }
}
