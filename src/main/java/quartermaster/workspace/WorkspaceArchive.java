package quartermaster.workspace;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import quartermaster.ledger.Ledger;
import quartermaster.ledger.Publication;

/** A workspace as one file: what the architect owns, and what the program keeps. */
public final class WorkspaceArchive {
    private static final Set<String> FOLDERS = Set.of("rules", "spreadsheets");
    private static final String LEDGER = Workspace.OWN + "/" + Ledger.FILE;

    private WorkspaceArchive() {}

    /**
     * The ledger is copied as it is at one moment, also while a service writes it; other files of the program never change
     * once they are there.
     *
     * @return how many files it has
     * @throws IOException where a file cannot be read or the archive is there already or cannot be written
     */
    public static int write(Path workspace, Path archive) throws IOException {
        if (Files.exists(archive)) {
            throw new FileAlreadyExistsException(archive.toString());
        }
        Path beside = archive.resolveSibling(archive.getFileName() + ".unfinished");
        Path ledger = Files.createTempFile("quartermaster-ledger-", ".sqlite");
        try {
            AtomicInteger files = new AtomicInteger();
            Publication.undisturbed(
                    workspace.resolve(Workspace.OWN), () -> files.set(write(workspace, beside, ledger)));
            Files.move(beside, archive, StandardCopyOption.ATOMIC_MOVE);
            return files.get();
        } finally {
            Files.deleteIfExists(beside);
            Files.deleteIfExists(ledger);
        }
    }

    private static int write(Path workspace, Path archive, Path ledger) throws IOException {
        int written = 0;
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(archive))) {
            for (Path file : files(workspace)) {
                put(name(workspace, file), file, zip);
                written++;
            }
            if (Files.exists(workspace.resolve(LEDGER))) {
                Files.delete(ledger);
                Ledger.copy(workspace.resolve(Workspace.OWN), ledger);
                put(LEDGER, ledger, zip);
                written++;
            }
        }
        return written;
    }

    private static void put(String name, Path file, ZipOutputStream zip) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        Files.copy(file, zip);
        zip.closeEntry();
    }

    /** All but the ledger, and what is made anew when it is missing. */
    private static List<Path> files(Path workspace) throws IOException {
        List<Path> files = new ArrayList<>();
        for (String folder : List.of("rules", "spreadsheets", Workspace.OWN)) {
            if (Files.isDirectory(workspace.resolve(folder))) {
                try (Stream<Path> all = Files.walk(workspace.resolve(folder))) {
                    all.filter(Files::isRegularFile)
                            .filter(each -> !name(workspace, each).startsWith(LEDGER))
                            .filter(each -> !each.getFileName().toString().endsWith(".lock"))
                            .sorted()
                            .forEach(files::add);
                }
            }
        }
        return files;
    }

    private static String name(Path workspace, Path file) {
        return workspace.relativize(file).toString().replace('\\', '/');
    }

    /**
     * Lays out what an archive holds.
     *
     * @return how many files it had
     * @throws IOException where the archive cannot be read, holds no workspace, or the folder is not empty
     */
    public static int restore(Path archive, Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            try (Stream<Path> there = Files.list(folder)) {
                if (there.findAny().isPresent()) {
                    throw new IOException(folder + " is not empty; expected a new folder");
                }
            }
        }
        int files = 0;
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            if (zip.getEntry(Workspace.CATALOGUE) == null || zip.getEntry(Workspace.POLICY) == null) {
                throw new IOException(
                        archive + " is no backup: it has no " + Workspace.CATALOGUE + " or " + Workspace.POLICY);
            }
            for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements(); ) {
                ZipEntry each = all.nextElement();
                Path to = folder.resolve(each.getName()).normalize();
                if (!to.startsWith(folder.normalize()) || !isOurs(each.getName())) {
                    throw new IOException(
                            "Found " + each.getName() + " in " + archive + "; expected files of a workspace");
                }
                Files.createDirectories(to.getParent());
                try (InputStream in = zip.getInputStream(each)) {
                    Files.copy(in, to);
                }
                files++;
            }
        }
        return files;
    }

    private static boolean isOurs(String name) {
        String first = name.replaceFirst("/.*", "");
        return FOLDERS.contains(first) || first.equals(Workspace.OWN);
    }
}
