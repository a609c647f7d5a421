package quartermaster.unit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * What a program has worked out and keeps for its next start, by a digest of all that it was made of. Each file begins with
 * its own key and with a checksum of the rest: what is not whole is not there.
 *
 * @param ending of the files, e.g. {@code .cells}
 */
public record KeptBytes(ScratchFolder folder, String ending) {
    private static final int KEY_LENGTH = 64;

    /** Where in what {@link #find} returns the content begins. */
    public static final int HEAD_LENGTH = KEY_LENGTH + Long.BYTES;

    /**
     * The whole file, whose first bytes are no content.
     *
     * @param key as {@link #key} makes it
     */
    public Optional<byte[]> find(String key) {
        Path file = folder.file(key + ending);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            byte[] bytes = Files.readAllBytes(file);
            return bytes.length < HEAD_LENGTH
                            || !key.equals(new String(bytes, 0, KEY_LENGTH, StandardCharsets.US_ASCII))
                            || ByteBuffer.wrap(bytes).getLong(KEY_LENGTH) != checksum(bytes)
                    ? Optional.empty()
                    : Optional.of(bytes);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Says that it was of use. */
    public void used(String key) {
        folder.used(key + ending);
    }

    /** Where nothing can be written it costs time at the next start, nothing else. */
    public void keep(String key, byte[] content) {
        try {
            byte[] bytes = new byte[HEAD_LENGTH + content.length];
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            buffer.put(key.getBytes(StandardCharsets.US_ASCII)).putLong(0).put(content);
            buffer.putLong(KEY_LENGTH, checksum(bytes));
            folder.write(key + ending, bytes);
            folder.prune(ending, List.of());
        } catch (IOException e) {
            return;
        }
    }

    /** @param madeOf digests of everything that what is kept depends on */
    public static String key(String... madeOf) {
        return Digests.of(String.join("\n", madeOf)).replace("sha256:", "");
    }

    private static long checksum(byte[] bytes) {
        CRC32 checksum = new CRC32();
        checksum.update(bytes, HEAD_LENGTH, bytes.length - HEAD_LENGTH);
        return checksum.getValue();
    }
}
