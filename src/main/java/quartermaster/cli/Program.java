package quartermaster.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import quartermaster.access.Keys;
import quartermaster.catalogue.Catalogue;
import quartermaster.cli.report.Console;
import quartermaster.decision.engine.Decider;
import quartermaster.ledger.DatabaseAddress;
import quartermaster.unit.Imported;
import quartermaster.workspace.Workspace;

/**
 * What all commands share: the terminal, the workspace, the clock and the service that {@code serve} starts.
 *
 * @param version of the program
 */
public record Program(
        String version,
        Console console,
        Workspaces workspaces,
        Loader loader,
        Service service,
        Supplier<Instant> clock) {

    /** Makes what decides out of a workspace. */
    public interface Loader {
        Imported<@Nullable Decider> load(Path folder);

        /** The catalogue alone, whatever the rules are. */
        default Imported<@Nullable Catalogue> catalogue(Path folder) {
            return Workspace.catalogue(folder);
        }
    }

    /**
     * Where the service listens.
     *
     * @param host an address of this machine, or a name of it
     * @param port 0 for any that is free
     * @param allowedHosts other names by which it is reached
     * @param keys that it takes; where there are none, whoever reaches it may do everything
     * @param twoPersons whether what others win by than cases want needs a second key
     * @param healthPort on which it says how it is, besides its own; null for none
     * @param accessLog file for a line about each request; - for standard error, null for none
     */
    public record Listening(
            String host,
            int port,
            List<String> allowedHosts,
            Keys keys,
            boolean twoPersons,
            @Nullable Integer healthPort,
            @Nullable String accessLog) {
        public Listening {
            allowedHosts = List.copyOf(allowedHosts);
        }
    }

    /**
     * What the service keeps, and where.
     *
     * @param decisions how long they are kept; null for ever
     * @param database that it shares with others; null for the workspace's own folder
     * @param publishFolder whether what stands in the folder takes the place of what is in force in the database
     */
    public record Keeping(
            @Nullable Duration decisions, @Nullable DatabaseAddress database, boolean publishFolder) {}

    /** Answers over HTTP. */
    public interface Service {
        /**
         * Starts to listen; it goes on until the program ends.
         *
         * @return the address; null with every problem when the folder holds nothing that could decide
         */
        Imported<@Nullable String> start(Path folder, Listening listening, Keeping keeping);
    }

    LocalDate today() {
        return LocalDate.ofInstant(clock.get(), ZoneId.systemDefault());
    }
}
