package quartermaster.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import quartermaster.unit.Digests;

/**
 * Changes several files of the workspace as one step.
 *
 * <p>A draft of the journal is written, then each new file beside the one that it replaces. Renaming the draft to
 * {@code publication.journal} decides: until then a crash leaves the old files, from then on {@link #recover} brings the
 * new ones. Files that are replaced or removed are kept in {@link KeptFiles} first.
 */
public final class Publication {
    private static final String LOCK = "publication.lock";
    private final Path folder;
    private final KeptFiles kept;
    private final Path draft;
    private final Path journal;
    private final Path damaged;

    /** What has to be so while nobody else can publish; throws where it is not, and then nothing changes. */
    public interface Check {
        void look() throws IOException;
    }

    /** @param folder of the ledger, e.g. {@code .quartermaster} */
    public Publication(Path folder, KeptFiles kept) {
        this.folder = folder;
        this.kept = kept;
        this.draft = folder.resolve("publication.journal.draft");
        this.journal = folder.resolve("publication.journal");
        this.damaged = folder.resolve("publication.journal.damaged");
    }

    /**
     * @param files new content by name, e.g. {@code rules/policy.xlsx}
     * @param gone names of files to remove
     * @throws IllegalArgumentException when a name leads out of the workspace, or into the ledger's own folder
     * @throws IOException when it could not be done; if {@link #isUnderWay} then, it is finished by the next
     *     publication or recovery, else nothing has changed
     */
    public void publish(Path workspace, Map<String, byte[]> files, Set<String> gone) throws IOException {
        publish(workspace, files, gone, () -> {}, () -> {});
    }

    /**
     * The same of files that were made from others, which somebody else may have changed since.
     *
     * @param before what has to be so still
     * @param after what belongs to it, done before anybody else may publish
     * @throws IOException as of the one without checks
     */
    public synchronized void publish(
            Path workspace, Map<String, byte[]> files, Set<String> gone, Check before, Check after) throws IOException {
        Journal wanted = Journal.of(files, gone);
        requireOutsideFolder(workspace, wanted);
        Durable.createFolder(folder);
        FolderLock lock = FolderLock.take(folder.resolve(LOCK));
        try {
            clearUp(workspace);
            before.look();
            for (byte[] content : files.values()) {
                kept.put(content);
            }
            decide(workspace, wanted);
            finish(workspace, wanted);
            after.look();
        } finally {
            lock.close();
        }
    }

    /**
     * Finishes what a crash interrupted, and removes what it left. Call it before the workspace is read.
     *
     * @throws IOException where it cannot be finished now
     */
    public synchronized Recovery recover(Path workspace) throws IOException {
        if (!Files.isDirectory(folder)) {
            return Recovery.NOTHING;
        }
        kept.deleteUnfinished();
        if (!Files.exists(journal) && !Files.exists(draft)) {
            return Recovery.NOTHING;
        }
        FolderLock lock = FolderLock.take(folder.resolve(LOCK));
        try {
            return clearUp(workspace);
        } finally {
            lock.close();
        }
    }

    /** While this is so, whoever reads the workspace may find old files beside new ones. */
    public boolean isUnderWay() {
        return Files.exists(journal);
    }

    private Recovery clearUp(Path workspace) throws IOException {
        Recovery recovery = Recovery.NOTHING;
        if (Files.exists(draft)) {
            Optional<Journal> undecided = Journal.parse(Files.readAllBytes(draft));
            if (undecided.isPresent()) {
                abandon(workspace, undecided.get());
            } else {
                Durable.delete(draft); // cut off while it was written: no other file was yet
            }
            recovery = Recovery.ABANDONED;
        }
        if (Files.exists(journal)) {
            Optional<Journal> decided = Journal.parse(Files.readAllBytes(journal));
            if (decided.isPresent()) {
                finish(workspace, decided.get());
                recovery = Recovery.FINISHED;
            } else {
                Durable.move(journal, damaged);
                recovery = Recovery.DAMAGED;
            }
        }
        return recovery;
    }

    private void decide(Path workspace, Journal wanted) throws IOException {
        try {
            Durable.write(draft, wanted.bytes());
            Durable.sync(folder);
            stage(workspace, wanted);
            Durable.move(draft, journal);
        } catch (IOException | RuntimeException e) {
            abandon(workspace, wanted);
            throw e;
        }
    }

    private void abandon(Path workspace, Journal undecided) throws IOException {
        for (String name : undecided.changes().keySet()) {
            Path staged = staged(workspace.resolve(name));
            if (Files.exists(staged)) { // a name may lead through what is no folder
                Files.delete(staged);
            }
        }
        Durable.delete(draft);
    }

    private void finish(Path workspace, Journal decided) throws IOException {
        stage(workspace, decided); // whatever a crash has lost; all of it before the first file changes
        replace(workspace, decided);
        Durable.delete(journal);
    }

    /** Writes each new file beside the one that it will replace, unless that is so already. */
    private void stage(Path workspace, Journal wanted) throws IOException {
        for (Map.Entry<String, String> change : wanted.changes().entrySet()) {
            Path file = workspace.resolve(change.getKey());
            Path staged = staged(file);
            String found = Files.exists(file) ? kept.put(Files.readAllBytes(file)) : Journal.GONE;
            if (found.equals(change.getValue())) {
                Files.deleteIfExists(staged);
            } else if (!change.getValue().equals(Journal.GONE) && !holds(staged, change.getValue())) {
                Durable.createFolder(Durable.folderOf(file));
                Durable.write(staged, kept.get(change.getValue()));
                copyPermissions(file, staged);
            }
        }
    }

    /** Only renames and deletions: they need no space and take no time. */
    private static void replace(Path workspace, Journal decided) throws IOException {
        Set<Path> folders = new TreeSet<>();
        for (Map.Entry<String, String> change : decided.changes().entrySet()) {
            Path file = workspace.resolve(change.getKey());
            if (change.getValue().equals(Journal.GONE)) {
                Files.deleteIfExists(file);
            } else if (Files.exists(staged(file))) {
                Durable.rename(staged(file), file);
            }
            folders.add(Durable.folderOf(file));
        }
        for (Path changed : folders) {
            if (Files.isDirectory(changed)) {
                Durable.sync(changed);
            }
        }
    }

    private static boolean holds(Path file, String digest) throws IOException {
        return Files.exists(file) && Digests.of(Files.readAllBytes(file)).equals(digest);
    }

    private static void copyPermissions(Path from, Path to) throws IOException {
        if (Files.exists(from) && Files.getFileAttributeView(from, PosixFileAttributeView.class) != null) {
            Files.setPosixFilePermissions(to, Files.getPosixFilePermissions(from));
        }
    }

    private void requireOutsideFolder(Path workspace, Journal wanted) {
        Path own = folder.toAbsolutePath().normalize();
        for (String name : wanted.changes().keySet()) {
            if (workspace.resolve(name).toAbsolutePath().normalize().startsWith(own)) {
                throw new IllegalArgumentException(
                        "\"" + name + "\" must not be a file that the program keeps for itself.");
            }
        }
    }

    /** In the same folder, because a rename works within one file system only. */
    private static Path staged(Path file) {
        return file.resolveSibling("." + file.getFileName() + ".publishing");
    }

    /** Something that reads a workspace. */
    public interface Reading {
        void run() throws IOException;
    }

    /**
     * Reads while nobody publishes.
     *
     * @param own folder of the program within the workspace
     * @throws IOException that reading meets
     */
    public static void undisturbed(Path own, Reading reading) throws IOException {
        if (!Files.isDirectory(own)) {
            reading.run(); // nothing was ever published here
            return;
        }
        FolderLock lock = FolderLock.take(own.resolve(LOCK));
        try (lock) {
            reading.run();
        }
    }
}
