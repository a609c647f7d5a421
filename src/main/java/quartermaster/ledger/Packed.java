package quartermaster.ledger;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** Text as it is kept: an answer takes a seventh of its length. */
final class Packed {
    private Packed() {}

    static byte[] pack(String text) {
        return pack(text.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] pack(byte[] bytes) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream packing = new GZIPOutputStream(packed)) {
            packing.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("Memory can be written.", e);
        }
        return packed.toByteArray();
    }

    /** @throws LedgerException where somebody else changed it */
    static String unpack(byte[] packed) {
        return new String(unpackBytes(packed), StandardCharsets.UTF_8);
    }

    /** @throws LedgerException where somebody else changed it */
    static byte[] unpackBytes(byte[] packed) {
        try (GZIPInputStream unpacking = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            return unpacking.readAllBytes();
        } catch (IOException e) {
            throw new LedgerException("What was kept of an answer is damaged: " + e.getMessage(), e);
        }
    }
}
