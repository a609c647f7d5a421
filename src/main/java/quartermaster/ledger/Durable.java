package quartermaster.ledger;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Changes to files that outlive a power cut once the method has returned. */
final class Durable {
    private Durable() {}

    static void write(Path file, byte[] content) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer left = ByteBuffer.wrap(content);
            while (left.hasRemaining()) {
                channel.write(left);
            }
            channel.force(true);
        }
    }

    static void move(Path from, Path to) throws IOException {
        rename(from, to);
        sync(folderOf(to));
    }

    /** Replaces {@code to}: everybody sees the old file or the new one. Durable when the folder is synced. */
    static void rename(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    }

    static void delete(Path file) throws IOException {
        if (Files.deleteIfExists(file)) {
            sync(folderOf(file));
        }
    }

    static void createFolder(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        Path parent = folder.toAbsolutePath().getParent();
        if (parent != null) {
            createFolder(parent);
        }
        Files.createDirectories(folder);
        if (parent != null) {
            sync(parent);
        }
    }

    static Path folderOf(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null) {
            throw new IllegalArgumentException(file + " must be a file in a folder.");
        }
        return folder;
    }

    /** A renamed file is safe only when its folder is. */
    static void sync(Path folder) throws IOException {
        if (File.separatorChar == '\\') {
            return; // Windows opens no folders, and writes their changes through
        }
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
