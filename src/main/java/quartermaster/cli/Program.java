package quartermaster.cli;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import quartermaster.decision.Decider;
import quartermaster.unit.Imported;

/**
 * What all commands share: the terminal, the workspace and the clock.
 *
 * @param version of the program
 */
public record Program(String version, Console console, Workspaces workspaces, Loader loader, Supplier<Instant> clock) {

    /** Makes what decides out of a workspace. */
    public interface Loader {
        Imported<@Nullable Decider> load(Path folder);
    }

    LocalDate today() {
        return LocalDate.ofInstant(clock.get(), ZoneId.systemDefault());
    }
}
