package quartermaster.workbook.read;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveInputStream;
import org.jspecify.annotations.Nullable;

/**
 * What is read of a packed workbook, unpacked once: whoever looks at the whole file keeps these parts on the way, in the
 * pieces in which they come. Each is given once and not held any longer.
 */
final class PackedParts {
    private final Map<String, List<byte[]>> pieces = new HashMap<>(); // by the part's name
    private boolean usual = true;

    /** Encrypted parts are stored with their size behind them, which the library reads only where it is told to. */
    static ZipArchiveInputStream zip(byte[] bytes) {
        return new ZipArchiveInputStream(new ByteArrayInputStream(bytes), StandardCharsets.UTF_8.name(), true, true);
    }

    /** Takes the pieces of a part, and forgets them where nobody reads that part. */
    Consumer<byte[]> keeping(ZipArchiveEntry entry) {
        usual &= entry.getMethod() != ZipArchiveEntry.STORED
                || !entry.getGeneralPurposeBit().usesDataDescriptor();
        return PlainWorkbook.reads(entry.getName()) || OpenDocument.reads(entry.getName())
                ? pieces.computeIfAbsent(entry.getName(), name -> new ArrayList<>())::add
                : piece -> {};
    }

    /** Whether all parts are packed as the library reads them, too: else it has to say what is wrong. */
    boolean areUsual() {
        return usual;
    }

    /** Null where there is no such part, or where it has been given. */
    @Nullable
    InputStream open(String part) {
        List<byte[]> kept = pieces.remove(part);
        return kept == null
                ? null
                : new SequenceInputStream(Collections.enumeration(
                        kept.stream().map(ByteArrayInputStream::new).toList()));
    }

    /** Null likewise. */
    byte @Nullable [] take(String part) {
        List<byte[]> kept = pieces.remove(part);
        if (kept == null) {
            return null;
        }
        ByteArrayOutputStream whole = new ByteArrayOutputStream(
                kept.stream().mapToInt(piece -> piece.length).sum());
        kept.forEach(whole::writeBytes);
        return whole.toByteArray();
    }
}
