package quartermaster.unit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder of files that a program could make again and keeps for its next start: each is written whole or not at all,
 * and only the latest stay. Several programs may use it at once.
 *
 * @param path need not be there yet
 * @param kept how many of each ending stay
 */
public record ScratchFolder(Path path, int kept) {
    private static final Duration LEFT_BEHIND = Duration.ofHours(1); // a file that nobody is writing any more
    private static final String TEMPORARY = ".tmp";

    /** A file of it, whether it is there or not. */
    public Path file(String name) {
        return path.resolve(name);
    }

    /** Says that a file was of use: those that have been of none for longest go first. Where nothing can be written, none goes. */
    public void used(String name) {
        try {
            Files.setLastModifiedTime(file(name), FileTime.from(Instant.now()));
        } catch (IOException e) {
            return; // nothing can be deleted there either
        }
    }

    /** Puts a file in its place in one step. */
    public void write(String name, byte[] bytes) throws IOException {
        Files.createDirectories(path);
        Path temporary = Files.createTempFile(path, "new-", TEMPORARY);
        try {
            Files.write(temporary, bytes);
            Files.move(temporary, file(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /**
     * Deletes what is too much, the oldest first.
     *
     * @param ending of the files that are counted
     * @param beside ending of what lies beside each of them and goes with it
     */
    public void prune(String ending, List<String> beside) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(path)) {
            files = all.filter(Files::isRegularFile).toList();
        }
        List<Path> oldest = files.stream()
                .filter(file -> file.toString().endsWith(ending))
                .sorted(Comparator.comparing(ScratchFolder::modified).reversed())
                .skip(kept)
                .toList();
        for (Path file : oldest) {
            Files.deleteIfExists(file);
            String name = file.getFileName().toString();
            for (String other : beside) {
                Files.deleteIfExists(file(name.substring(0, name.length() - ending.length()) + other));
            }
        }
        Instant limit = Instant.now().minus(LEFT_BEHIND);
        for (Path file : files) {
            if (file.toString().endsWith(TEMPORARY)
                    && modified(file).toInstant().isBefore(limit)) {
                Files.deleteIfExists(file);
            }
        }
    }

    private static FileTime modified(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            return FileTime.fromMillis(0); // gone meanwhile
        }
    }
}
