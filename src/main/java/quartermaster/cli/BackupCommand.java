package quartermaster.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import quartermaster.workspace.WorkspaceArchive;

@Command(
        name = "backup",
        description = "Writes the workspace with its versions and decisions into one file, while a service runs on it.",
        footer = {"", "Example:", "  quartermaster backup /backups/quartermaster-2026-11-30.zip"})
final class BackupCommand extends Subcommand {
    @Parameters(paramLabel = "FILE.zip", description = "It must not exist yet.")
    private @Nullable Path file;

    @Override
    public Integer call() throws CommandFailure {
        Path folder = root().workspace();
        Path to = program().workspaces().current().resolve(required(file));
        try {
            int files = WorkspaceArchive.write(folder, to);
            console().say(files + " files of " + folder + " are in " + to + ".");
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.UNREADABLE, "The backup could not be made (" + e + ").");
        }
        return ExitCode.FINE;
    }
}
