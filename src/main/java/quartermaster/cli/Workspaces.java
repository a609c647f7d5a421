package quartermaster.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import quartermaster.cli.report.Console;
import quartermaster.workspace.Workspace;

/**
 * Finds the folder to work with: the one that was named, else the current one, else a copy of what the jar carries.
 *
 * @param current folder that the program was started in
 * @param copies where copies are laid out, e.g. {@code ~/.quartermaster/0.1.0}
 */
public record Workspaces(Path current, Path copies) {
    private static final String CARRIED = "/workspace/";
    private static final String OF_THE_FILE_SYSTEM = "lost+found"; // at the root of a volume
    private static final List<String> FOLDERS = List.of("rules", "spreadsheets");

    /** @param named with {@code --workspace}; null when nobody named one */
    Path find(@Nullable Path named, Console console) throws CommandFailure {
        if (named != null) {
            Path folder = current.resolve(named);
            if (!Workspace.isWorkspace(folder)) {
                throw new CommandFailure(
                        ExitCode.BROKEN_WORKSPACE,
                        folder + " is no workspace: it needs " + Workspace.CATALOGUE + " and " + Workspace.POLICY
                                + ".");
            }
            return folder;
        }
        if (Workspace.isWorkspace(current)) {
            return current;
        }
        return copy(console);
    }

    /** The same, but that an empty folder becomes one: a new volume of a service. */
    Path findOrLayOut(@Nullable Path named, Console console) throws CommandFailure {
        return named != null && isEmpty(current.resolve(named))
                ? layOut(current.resolve(named), console)
                : find(named, console);
    }

    /** A copy that is there already is the architect's by now, and stays as it is. */
    private Path copy(Console console) throws CommandFailure {
        if (Workspace.isWorkspace(copies)) {
            console.say("Using the workspace " + copies + ".");
            return copies;
        }
        return layOut(copies, console);
    }

    private static Path layOut(Path folder, Console console) throws CommandFailure {
        try {
            layOut(folder);
        } catch (IOException | URISyntaxException e) {
            throw new CommandFailure(
                    ExitCode.BROKEN_WORKSPACE,
                    "The workspace could not be laid out into " + folder + " (" + e
                            + ").\nMaybe name another with --workspace DIR.");
        }
        console.say("Laid out a workspace into " + folder + ": edit its rules/ and spreadsheets/, or name another with"
                + " --workspace DIR.");
        return folder;
    }

    /** Each part beside its place first, so that half of it never stands there; the folder may be a volume of its own. */
    private static void layOut(Path folder) throws IOException, URISyntaxException {
        Path beside = Files.createTempDirectory(Files.createDirectories(folder), ".laying-out");
        try {
            for (String part : FOLDERS) {
                copyCarried(part, beside.resolve(part));
                if (!Files.exists(folder.resolve(part))) { // another program may be faster
                    Files.move(beside.resolve(part), folder.resolve(part));
                }
            }
        } catch (FileAlreadyExistsException | DirectoryNotEmptyException e) {
            if (!Workspace.isWorkspace(folder)) {
                throw e;
            }
        } finally {
            delete(beside);
        }
    }

    /** Whether it is a folder in which people have put nothing yet. */
    private static boolean isEmpty(Path folder) throws CommandFailure {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .allMatch(name -> name.startsWith(".") || name.equals(OF_THE_FILE_SYSTEM));
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.BROKEN_WORKSPACE, folder + " could not be read (" + e + ").");
        }
    }

    private static void copyCarried(String folder, Path to) throws IOException, URISyntaxException {
        URL carried = Workspaces.class.getResource(CARRIED + folder);
        if (carried == null) {
            throw new IOException("this program carries no " + folder);
        }
        URI uri = carried.toURI();
        if (uri.getScheme().equals("jar")) {
            try (FileSystem jar = FileSystems.newFileSystem(uri, Map.of())) {
                copyAll(jar.getPath(CARRIED + folder), to);
            }
        } else {
            copyAll(Path.of(uri), to);
        }
    }

    private static void copyAll(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.exists(folder) ? Files.walk(folder) : Stream.empty()) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The temporary folder " + folder + " could not be removed.", e);
        }
    }
}
