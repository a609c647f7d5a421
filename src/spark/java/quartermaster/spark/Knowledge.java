package quartermaster.spark;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import quartermaster.unit.Imported;
import quartermaster.unit.Problem;
import quartermaster.workspace.Workspace;
import quartermaster.workspace.WorkspaceFiles;

/**
 * The files of a version on their way to executors. A rule base cannot be sent: each executor makes its own of these
 * bytes, once for all of its tasks.
 *
 * @param files content by name
 * @param now that decisions are dated by, the same on every executor
 */
record Knowledge(TreeMap<String, byte[]> files, Instant now) implements Serializable {
    private static final int AT_HAND = 2; // the version in force and a draft
    private static final Map<String, Workspace.Loaded> LOADED = new LinkedHashMap<>(AT_HAND, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Workspace.Loaded> eldest) {
            return size() > AT_HAND;
        }
    };

    /** Of a workspace's folder, with some files in place of those of their names. */
    static Knowledge read(Path folder, Map<String, Path> drafts, Instant now) throws IOException {
        TreeMap<String, byte[]> files =
                new TreeMap<>(WorkspaceFiles.read(folder).bytes());
        for (Map.Entry<String, Path> draft : drafts.entrySet()) {
            files.put(draft.getKey(), Files.readAllBytes(draft.getValue()));
        }
        return new Knowledge(files, now);
    }

    /**
     * What it decides with.
     *
     * @throws IllegalArgumentException with every problem of every file
     */
    Workspace.Loaded load() {
        WorkspaceFiles all = WorkspaceFiles.of(files);
        String key = all.digests() + " " + now;
        synchronized (LOADED) {
            return LOADED.computeIfAbsent(key, missing -> load(all));
        }
    }

    private Workspace.Loaded load(WorkspaceFiles all) {
        try {
            Path own = Files.createTempDirectory("quartermaster-spark-");
            Imported<Workspace.@Nullable Loaded> read =
                    Workspace.load(all, null, Workspace.Setting.of(own, "spark", () -> now));
            Workspace.Loaded loaded = read.value();
            if (loaded == null) {
                throw new IllegalArgumentException(String.join(
                        "\n", read.problems().stream().map(Problem::toString).toList()));
            }
            return loaded;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
