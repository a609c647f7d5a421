package quartermaster.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import quartermaster.ledger.DatabaseAddress;
import quartermaster.ledger.Ledger;
import quartermaster.workspace.Workspace;

/** Which of the decisions that are kept. */
final class LedgerOptions {
    @Mixin
    private final DatabaseOption database = new DatabaseOption();

    @Option(names = "--since", paramLabel = "DAY", description = "Leaves out what was decided before, e.g. 2026-11-01.")
    private @Nullable String since;

    /** Whether they are in a database that services share. */
    boolean isShared() throws CommandFailure {
        return database.address() != null;
    }

    /** @throws CommandFailure where there is none */
    Ledger open(Path folder) throws CommandFailure {
        DatabaseAddress shared = database.address();
        if (shared == null && !Files.exists(folder.resolve(Workspace.OWN).resolve(Ledger.FILE))) {
            throw CommandFailure.unreadable("No decisions are kept in the workspace " + folder + ".\n"
                    + "Maybe the service keeps them elsewhere: --workspace DIR or --database URL.");
        }
        return Ledger.open(folder.resolve(Workspace.OWN), shared);
    }

    /** The beginning of that day. */
    Instant since() throws CommandFailure {
        try {
            return since == null
                    ? Instant.EPOCH
                    : LocalDate.parse(since).atStartOfDay(ZoneOffset.UTC).toInstant();
        } catch (DateTimeParseException e) {
            throw CommandFailure.usage("Found --since " + since + "; expected a day, e.g. 2026-11-01.");
        }
    }
}
