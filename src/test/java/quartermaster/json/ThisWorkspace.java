package quartermaster.json;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import quartermaster.decision.Decider;
import quartermaster.unit.Imported;
import quartermaster.workbook.Workspace;

/** The catalogue and the rules of this repository, loaded once for all tests. */
public final class ThisWorkspace {
    public static final LocalDate TODAY = LocalDate.of(2026, 11, 22);
    public static final Decider DECIDER = load();

    private ThisWorkspace() {}

    private static Decider load() {
        Imported<@Nullable Decider> loaded = Workspace.load(Path.of("."), "0.0.0-test", Instant::now);
        return Objects.requireNonNull(loaded.value(), () -> "The workspace has problems: " + loaded.problems());
    }
}
