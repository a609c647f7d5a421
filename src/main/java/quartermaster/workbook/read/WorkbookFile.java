package quartermaster.workbook.read;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import quartermaster.unit.Digests;
import quartermaster.unit.Ids;

/**
 * A workbook's content as it was when it was opened. The file itself is only read, never written.
 *
 * @param knownDigest what {@link #digest} is, where somebody has found it before; null where it has to be found
 */
public record WorkbookFile(
        String name,
        FileKind kind,
        List<ReadSheet> sheets,
        @Nullable String knownDigest) {
    public WorkbookFile {
        sheets = List.copyOf(sheets);
    }

    public WorkbookFile(String name, FileKind kind, List<ReadSheet> sheets) {
        this(name, kind, sheets, null);
    }

    public WorkbookFile(String name, List<ReadSheet> sheets) {
        this(name, FileKind.XLSX, sheets);
    }

    /** @throws UnreadableWorkbookException where it is not there, no workbook, damaged or larger than the limits */
    public static WorkbookFile open(Path path) throws UnreadableWorkbookException {
        return open(path, WorkbookLimits.DEFAULT);
    }

    /** @throws UnreadableWorkbookException where it is not there, no workbook, damaged or larger than the limits */
    public static WorkbookFile open(Path path, WorkbookLimits limits) throws UnreadableWorkbookException {
        String name = path.getFileName() == null
                ? path.toString()
                : path.getFileName().toString();
        try (InputStream file = Files.newInputStream(path)) {
            return open(file.readNBytes((int) Math.min(limits.fileBytes() + 1, Integer.MAX_VALUE - 8)), name, limits);
        } catch (IOException e) {
            throw new UnreadableWorkbookException(
                    UnreadableWorkbookException.Reason.CONTENT,
                    "file-not-readable",
                    path + " cannot be read. Is it there, and is it a file?",
                    e);
        }
    }

    /**
     * An upload.
     *
     * @param name of the file, for messages
     * @throws UnreadableWorkbookException where it is no workbook, damaged or larger than the limits
     */
    public static WorkbookFile open(byte[] bytes, String name) throws UnreadableWorkbookException {
        return open(bytes, name, WorkbookLimits.DEFAULT);
    }

    /** @throws UnreadableWorkbookException where it is no workbook, damaged or larger than the limits */
    public static WorkbookFile open(byte[] bytes, String name, WorkbookLimits limits)
            throws UnreadableWorkbookException {
        return new WorkbookOpening(bytes, name, WorkbookOpening.From.UPLOAD, limits).open();
    }

    /**
     * A workbook of the workspace: only .xlsx.
     *
     * @throws UnreadableWorkbookException where it is no .xlsx, damaged or larger than the limits
     */
    public static WorkbookFile openOwn(byte[] bytes, String name, WorkbookLimits limits)
            throws UnreadableWorkbookException {
        return new WorkbookOpening(bytes, name, WorkbookOpening.From.WORKSPACE, limits).open();
    }

    /** The sheet of that name, ignoring case, spaces, dots, hyphens and underscores. */
    public Optional<ReadSheet> findSheet(String wanted) {
        Optional<ReadSheet> exact =
                sheets.stream().filter(sheet -> sheet.name().equals(wanted)).findFirst();
        String key = Ids.normalise(wanted);
        return exact.or(() -> sheets.stream()
                .filter(sheet -> Ids.normalise(sheet.name()).equals(key))
                .findFirst());
    }

    /** Names the typed content: sheets and values, neither bytes nor looks. */
    public String digest() {
        return knownDigest == null ? Digests.of(WorkbookDigest.canonical(this)) : knownDigest;
    }
}
