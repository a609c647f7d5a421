package quartermaster.workbook.read;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import quartermaster.unit.Digests;
import quartermaster.unit.ScratchFolder;

/**
 * Workbooks of the workspace that an earlier start has read: {@code read/<digest of file and program>.cells} has their
 * cells, which are there at once, while XML has to be parsed. What is not whole, or was made of another file or by another
 * program, is made again, and so it goes where nothing can be kept. These are cells and no objects: whoever could write them
 * could as well write the workbook.
 */
public final class KeptWorkbooks {
    private static final int KEPT = 10;
    private static final String ENDING = ".cells";
    private static final int KEY_LENGTH = 64;
    private static final int HEAD_LENGTH = KEY_LENGTH + Long.BYTES;

    private final ScratchFolder folder;
    private final String program;

    /**
     * @param own folder of the program within the workspace
     * @param program digest of what reads
     */
    public KeptWorkbooks(Path own, String program) {
        this.folder = new ScratchFolder(own.resolve("read"), KEPT);
        this.program = program;
    }

    /**
     * As {@link WorkbookFile#openOwn} of the same bytes.
     *
     * @param digest of the bytes, see {@link Digests}
     * @throws UnreadableWorkbookException where it is no .xlsx, damaged or larger than the limits
     */
    public WorkbookFile open(byte[] bytes, String digest, String name, WorkbookLimits limits)
            throws UnreadableWorkbookException {
        String key = Digests.of(program + "\n" + digest + "\n" + limits).replace("sha256:", "");
        Optional<WorkbookFile> kept = find(key, name);
        if (kept.isPresent()) {
            return kept.get();
        }
        WorkbookFile read = WorkbookFile.openOwn(bytes, name, limits);
        keep(key, read);
        return read;
    }

    private Optional<WorkbookFile> find(String key, String name) {
        Path file = folder.file(key + ENDING);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            byte[] bytes = Files.readAllBytes(file);
            if (bytes.length < HEAD_LENGTH
                    || !key.equals(new String(bytes, 0, KEY_LENGTH, StandardCharsets.US_ASCII))
                    || ByteBuffer.wrap(bytes).getLong(KEY_LENGTH) != checksum(bytes)) {
                return Optional.empty();
            }
            WorkbookFile workbook = CellBytes.read(bytes, HEAD_LENGTH, name);
            folder.used(key + ENDING);
            return Optional.of(workbook);
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    private void keep(String key, WorkbookFile workbook) {
        try {
            byte[] cells = CellBytes.of(workbook);
            byte[] bytes = new byte[HEAD_LENGTH + cells.length];
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            buffer.put(key.getBytes(StandardCharsets.US_ASCII)).putLong(0).put(cells);
            buffer.putLong(KEY_LENGTH, checksum(bytes));
            folder.write(key + ENDING, bytes);
            folder.prune(ENDING, List.of());
        } catch (IOException e) {
            return; // it costs time at the next start, nothing else
        }
    }

    private static long checksum(byte[] bytes) {
        CRC32 checksum = new CRC32();
        checksum.update(bytes, HEAD_LENGTH, bytes.length - HEAD_LENGTH);
        return checksum.getValue();
    }
}
