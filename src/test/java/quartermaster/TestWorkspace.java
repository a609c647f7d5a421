package quartermaster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import quartermaster.catalogue.Catalogue;
import quartermaster.catalogue.LooseNames;
import quartermaster.decision.engine.Decider;
import quartermaster.decision.rules.RuleFile;
import quartermaster.unit.Imported;
import quartermaster.workbook.knowledge.CatalogueReader;
import quartermaster.workbook.read.UnreadableWorkbookException;
import quartermaster.workbook.read.WorkbookFile;
import quartermaster.workspace.Workspace;
import quartermaster.workspace.WorkspaceFiles;

/** The repository's own workspace, loaded once for all tests. */
public final class TestWorkspace {
    public static final Path FOLDER = Path.of("").toAbsolutePath();
    public static final LocalDate TODAY = LocalDate.of(2026, 11, 22);
    public static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    private static final int A_FEW = 3; // that tests go on with
    private static final Map<WorkspaceFiles, Imported<Workspace.Loaded>> LATELY = aFew();
    private static final Map<ByteBuffer, Imported<Catalogue>> CATALOGUES_LATELY = aFew();

    private TestWorkspace() {}

    private static <K, V> Map<K, V> aFew() {
        return Collections.synchronizedMap(new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > A_FEW;
            }
        });
    }

    public static Decider decider() {
        return loaded().decider();
    }

    /** With it a service begins at once: what is unchanged in its own copy is neither read nor estimated again. */
    public static Workspace.Loaded loaded() {
        return Loaded.LOADED;
    }

    public static Catalogue catalogue() {
        return Read.CATALOGUE;
    }

    /** What a folder decides with; what stands in it as in the repository, or as it was lately, is not read again. */
    public static Imported<Decider> load(Path folder) {
        try {
            WorkspaceFiles files = WorkspaceFiles.read(folder);
            Imported<Workspace.Loaded> loaded = LATELY.computeIfAbsent(
                    files, those -> Workspace.load(those, loaded(), Workspace.Setting.of(folder, "test", () -> NOW)));
            return loaded.value() == null
                    ? Imported.nothing(loaded.problems())
                    : new Imported<>(loaded.value().decider(), loaded.problems());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The catalogue of a folder, likewise. */
    public static Imported<Catalogue> catalogue(Path folder) {
        try {
            return Files.mismatch(FOLDER.resolve(Workspace.CATALOGUE), folder.resolve(Workspace.CATALOGUE)) < 0
                    ? new Imported<>(catalogue(), List.of())
                    : CATALOGUES_LATELY.computeIfAbsent(
                            ByteBuffer.wrap(Files.readAllBytes(folder.resolve(Workspace.CATALOGUE))),
                            bytes -> Workspace.catalogue(folder));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Hardware and models as people write them. */
    public static LooseNames names() {
        return new LooseNames(catalogue());
    }

    /** The same with so few measurements that constants are fitted to them at once. */
    public static Catalogue withFewMeasurements() {
        return catalogue()
                .measuring(catalogue().measurements().stream()
                        .filter(each -> each.hardware().startsWith("nvidia-rtx-4090")
                                || each.hardware().startsWith("mac-studio"))
                        .toList());
    }

    /** Its files of rules, by name. */
    public static List<RuleFile> rules() {
        try {
            return WorkspaceFiles.read(FOLDER).bytes().entrySet().stream()
                    .filter(file -> file.getKey().endsWith(".drl"))
                    .map(file -> new RuleFile(file.getKey(), new String(file.getValue(), StandardCharsets.UTF_8)))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A copy to edit, gone when the tests end. */
    public static Path copy() {
        Path copy = emptyFolder();
        try {
            for (String name : WorkspaceFiles.read(FOLDER).bytes().keySet()) {
                Path to = copy.resolve(name);
                Files.createDirectories(to.getParent());
                Files.copy(FOLDER.resolve(name), to);
            }
            return copy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Path emptyFolder() {
        try {
            Path folder = Files.createTempDirectory("quartermaster-test-");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Loaded {
        private static final Workspace.Loaded LOADED = load();

        private static Workspace.Loaded load() {
            try {
                return clean(Workspace.load(
                        WorkspaceFiles.read(FOLDER), null, Workspace.Setting.of(FOLDER, "test", () -> NOW)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
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
