package quartermaster.ledger;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import quartermaster.unit.Digests;

/** Files named by the SHA-256 of what is in them: {@code objects/ab/abcdef…}. What is there never changes. */
public final class KeptFiles {
    private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");
    private static final String PREFIX = "sha256:";
    private static final String OBJECTS = "objects";
    private static final int FOLDER_DIGITS = 2;
    private static final String UNFINISHED = ".unfinished";
    private static final int ATTEMPTS = 3;

    private final Path objects;

    /** @param folder of the ledger, e.g. {@code .quartermaster} */
    public KeptFiles(Path folder) {
        this.objects = folder.resolve(OBJECTS);
    }

    /**
     * Keeps the content and says its digest; what is there already is not written again.
     *
     * @throws IOException where it cannot be written
     */
    public String put(byte[] content) throws IOException {
        String digest = Digests.of(content);
        if (!isWhole(digest)) {
            write(placeOf(digest), content);
        }
        return digest;
    }

    /** @throws IOException when it is not there, or is no longer what it was */
    public byte[] get(String digest) throws IOException {
        Path place = placeOf(digest);
        if (!Files.isRegularFile(place)) {
            throw new FileNotFoundException(digest + " is not kept in " + objects + ".");
        }
        byte[] content = Files.readAllBytes(place);
        if (!Digests.of(content).equals(digest)) {
            throw new IOException(place + " is damaged: its content has another digest than its name.");
        }
        return content;
    }

    /** Removes what a process that died was writing. */
    void deleteUnfinished() throws IOException {
        for (Path file : list(objects)) {
            if (file.toString().endsWith(UNFINISHED)) {
                Files.deleteIfExists(file);
            }
        }
    }

    static String requireDigest(String digest) {
        if (!DIGEST.matcher(digest).matches()) {
            throw new IllegalArgumentException(
                    "\"" + digest + "\" must be \"sha256:\" and 64 hexadecimal digits in lower case.");
        }
        return digest;
    }

    private boolean isWhole(String digest) throws IOException {
        Path place = placeOf(digest);
        return Files.isRegularFile(place)
                && Digests.of(Files.readAllBytes(place)).equals(digest);
    }

    /** Tries again when another process took the unfinished file for a dead one's. */
    private void write(Path place, byte[] content) throws IOException {
        Durable.createFolder(Durable.folderOf(place));
        for (int attempt = 1; ; attempt++) {
            Path unfinished = objects.resolve(UUID.randomUUID() + UNFINISHED);
            try {
                Durable.write(unfinished, content);
                Durable.move(unfinished, place);
                return;
            } catch (NoSuchFileException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            } finally {
                Files.deleteIfExists(unfinished);
            }
        }
    }

    /** Where content of that digest lies within the ledger's folder, e.g. {@code objects/ab/abcdef…}. */
    public String nameOf(String digest) {
        String hex = requireDigest(digest).substring(PREFIX.length());
        return OBJECTS + "/" + hex.substring(0, FOLDER_DIGITS) + "/" + hex;
    }

    private Path placeOf(String digest) {
        return objects.resolveSibling(nameOf(digest));
    }

    private static List<Path> list(Path folder) throws IOException {
        List<Path> found = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
                entries.forEach(found::add);
            }
        }
        return found;
    }
}
