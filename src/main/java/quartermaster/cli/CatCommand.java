package quartermaster.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import quartermaster.workbook.read.UnreadableWorkbookException;
import quartermaster.workbook.read.WorkbookFile;
import quartermaster.workbook.read.WorkbookText;

@Command(
        name = "cat",
        description = "Prints a workbook as plain text, so that two versions of it can be compared.",
        footer = {
            "",
            "Example, so that git shows what changed in a workbook:",
            "  git config diff.quartermaster.textconv \"java -jar target/quartermaster.jar cat --for-diff\""
        })
final class CatCommand extends Subcommand {
    @Parameters(paramLabel = "FILE.xlsx", description = "The workbook.")
    private @Nullable Path file;

    @Option(names = "--for-diff", description = "A file that cannot be read becomes one line that says so.")
    private boolean forDiff;

    @Override
    public Integer call() throws CommandFailure {
        Path path = program().workspaces().current().resolve(required(file));
        console().out().print(forDiff ? WorkbookText.of(path) : text(path));
        console().out().flush();
        return ExitCode.FINE;
    }

    private static String text(Path path) throws CommandFailure {
        try {
            return WorkbookText.of(WorkbookFile.open(path));
        } catch (UnreadableWorkbookException e) {
            throw CommandFailure.unreadable(String.valueOf(e.getMessage()));
        }
    }
}
