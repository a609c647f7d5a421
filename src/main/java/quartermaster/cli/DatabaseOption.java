package quartermaster.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import quartermaster.ledger.DatabaseAddress;

/** Where decisions and versions are kept, if not in the workspace's own folder. */
final class DatabaseOption {
    private static final String URL = "QM_DATABASE";
    private static final String USER = "QM_DATABASE_USER";
    private static final String PASSWORD = "QM_DATABASE_PASSWORD";

    @Option(
            names = "--database",
            paramLabel = "URL",
            description = "A PostgreSQL database, jdbc:postgresql://…, that keeps versions and decisions instead of the"
                    + " workspace's folder, for any number of services (default: the environment's " + URL + ", with "
                    + USER + " and " + PASSWORD + "; else the folder).")
    private @Nullable String url;

    /** Null for the folder. */
    @Nullable
    DatabaseAddress address() throws CommandFailure {
        String wanted = url == null ? System.getenv(URL) : url;
        if (wanted == null || wanted.isBlank()) {
            return null;
        }
        try {
            return new DatabaseAddress(wanted.strip(), System.getenv(USER), System.getenv(PASSWORD));
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage(String.valueOf(e.getMessage()));
        }
    }
}
