package quartermaster.workbook.read;

import java.nio.file.Path;
import java.util.Optional;
import quartermaster.unit.Digests;
import quartermaster.unit.KeptBytes;
import quartermaster.unit.ScratchFolder;

/**
 * Workbooks of the workspace that an earlier start has read: {@code read/<digest of file and program>.cells} has their
 * cells, which are there at once, while XML has to be parsed. What is not whole, or was made of another file or by another
 * program, is made again, and so it goes where nothing can be kept. These are cells and no objects: whoever could write them
 * could as well write the workbook.
 */
public final class KeptWorkbooks {
    private static final int KEPT = 10;

    private final KeptBytes kept;
    private final String program;

    /**
     * @param own folder of the program within the workspace
     * @param program digest of what reads
     */
    public KeptWorkbooks(Path own, String program) {
        this.kept = new KeptBytes(new ScratchFolder(own.resolve("read"), KEPT), ".cells");
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
        String key = KeptBytes.key(program, digest, limits.toString());
        Optional<WorkbookFile> found = find(key, name);
        if (found.isPresent()) {
            return found.get();
        }
        WorkbookFile read = WorkbookFile.openOwn(bytes, name, limits);
        kept.keep(key, CellBytes.of(read));
        return read;
    }

    private Optional<WorkbookFile> find(String key, String name) {
        try {
            Optional<WorkbookFile> found =
                    kept.find(key).map(bytes -> CellBytes.read(bytes, KeptBytes.HEAD_LENGTH, name));
            found.ifPresent(workbook -> kept.used(key));
            return found;
        } catch (RuntimeException e) {
            return Optional.empty();
        }
    }
}
