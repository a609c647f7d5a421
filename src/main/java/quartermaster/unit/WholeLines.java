package quartermaster.unit;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;

/** Files of lines that grow, and of which the last may be half there. */
public final class WholeLines {
    private WholeLines() {}

    /**
     * Cuts off what comes after the last whole line.
     *
     * @throws IOException where it cannot be read or shortened
     */
    public static void keep(Path file) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            long end = bytes.length();
            while (end > 0) {
                bytes.seek(end - 1);
                if (bytes.read() == '\n') {
                    break;
                }
                end--;
            }
            bytes.setLength(end);
        }
    }
}
