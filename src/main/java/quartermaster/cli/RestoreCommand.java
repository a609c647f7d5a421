package quartermaster.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import quartermaster.workspace.WorkspaceArchive;

@Command(
        name = "restore",
        description = "Lays a backup out into a new folder, from which a service can be started.",
        footer = {
            "",
            "Example:",
            "  quartermaster restore /backups/quartermaster-2026-11-30.zip /srv/quartermaster",
            "  quartermaster serve --workspace /srv/quartermaster"
        })
final class RestoreCommand extends Subcommand {
    @Parameters(index = "0", paramLabel = "FILE.zip", description = "As backup wrote it.")
    private @Nullable Path file;

    @Parameters(index = "1", paramLabel = "DIR", description = "It must be empty, or not exist yet.")
    private @Nullable Path folder;

    @Override
    public Integer call() throws CommandFailure {
        Path current = program().workspaces().current();
        Path from = current.resolve(required(file));
        Path to = current.resolve(required(folder));
        try {
            int files = WorkspaceArchive.restore(from, to);
            console().say(files + " files are laid out into " + to + ". Try: quartermaster check --workspace " + to);
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.UNREADABLE, "The backup could not be restored (" + e.getMessage() + ").");
        }
        return ExitCode.FINE;
    }
}
