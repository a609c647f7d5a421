package quartermaster;

import java.nio.file.Path;
import java.time.Instant;
import quartermaster.catalogue.Catalogue;
import quartermaster.decision.Decider;
import quartermaster.unit.Imported;
import quartermaster.workbook.CatalogueReader;
import quartermaster.workbook.UnreadableWorkbookException;
import quartermaster.workbook.WorkbookFile;
import quartermaster.workbook.Workspace;

/** The repository's own workspace, loaded once for all tests. */
public final class TestWorkspace {
    public static final Path FOLDER = Path.of("").toAbsolutePath();
    public static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    private TestWorkspace() {}

    public static Decider decider() {
        return Loaded.DECIDER;
    }

    public static Catalogue catalogue() {
        return Read.CATALOGUE;
    }

    private static final class Loaded {
        private static final Decider DECIDER = clean(Workspace.load(FOLDER, "test", () -> NOW));
    }

    private static final class Read {
        private static final Catalogue CATALOGUE = read();

        private static Catalogue read() {
            try {
                return clean(CatalogueReader.read(WorkbookFile.open(FOLDER.resolve(Workspace.CATALOGUE))));
            } catch (UnreadableWorkbookException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static <T> T clean(Imported<T> imported) {
        if (!imported.isClean()) {
            throw new IllegalStateException("The workspace has problems: " + imported.problems());
        }
        return imported.value();
    }
}
