package quartermaster.workbook.read;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveInputStream;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.poi.poifs.filesystem.DirectoryNode;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;
import org.jspecify.annotations.Nullable;
import quartermaster.workbook.read.UnreadableWorkbookException.Reason;

/** Looks at a file from outside: what it is, and how much of it there is, before anything is built from it. */
public final class WorkbookInspection {
    private static final String SAVE_AS = " Open it in your spreadsheet program and save it as .xlsx.";
    private static final int PARTS_AT_MOST = 5_000;
    private static final int MERGED_AT_MOST = 20_000;
    private static final int STYLES_AT_MOST = 65_490; // in Excel
    private static final int LOOKS_AT_MOST = 65_490; // Excel has no more formats that could use them
    private static final int COLUMNS_AT_MOST = 16_384; // of a sheet or a table, by the format
    private static final int VALIDATIONS_AT_MOST = 10_000;
    private static final int VALUE_AT_MOST = 100_000;
    private static final List<Map.Entry<Pattern, String>> OTHERS = List.of( // a table may begin with any character
            Map.entry(Pattern.compile("%PDF"), "a PDF"),
            Map.entry(Pattern.compile("\\{\\\\rtf"), "an RTF document"),
            Map.entry(Pattern.compile("\\{\\s*(}|\"[^\"]*\"\\s*:)"), "JSON or the like"),
            Map.entry(Pattern.compile("(?i)<(\\?xml|!|html|[\\w:.-]+(\\s+[\\w:.-]+\\s*=|>\\s*<))"), "XML or HTML"),
            Map.entry(Pattern.compile("MIME-Version"), "a web archive"),
            Map.entry(Pattern.compile("ID;P[^\r\n]*[\r\n]+[A-Z]{1,2};"), "a SYLK file"),
            Map.entry(Pattern.compile("TABLE\r?\n0,1"), "a DIF file"),
            Map.entry(Pattern.compile("socialcalc:"), "a SocialCalc file"));
    private static final byte[] OLE = {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0};
    private static final byte[] ZIP = {'P', 'K', 3, 4};

    private final byte[] bytes;
    private final String name;
    private final WorkbookLimits limits;
    private final long deadline;
    private final Set<String> parts = new HashSet<>();
    private final ElementCount elements = new ElementCount();
    private final boolean byDirectory;
    private final PackedParts packed = new PackedParts();
    private @Nullable ZipFile directory;
    private long unpacked;
    private long held;

    public WorkbookInspection(byte[] bytes, String name, WorkbookLimits limits, long deadline) {
        this(bytes, name, limits, deadline, false);
    }

    /** @param byDirectory whether who reads it afterwards finds the parts by the file's table of contents */
    public WorkbookInspection(byte[] bytes, String name, WorkbookLimits limits, long deadline, boolean byDirectory) {
        this.byDirectory = byDirectory;
        this.bytes = bytes;
        this.name = name;
        this.limits = limits;
        this.deadline = deadline;
    }

    /**
     * What it is, if it can be read at all.
     *
     * @throws UnreadableWorkbookException where it is empty, of another kind, encrypted or larger than the limits
     */
    public FileKind inspect() throws UnreadableWorkbookException {
        if (bytes.length == 0) {
            throw refused(Reason.CONTENT, "empty-file", name + " is empty. Was it sent completely?");
        }
        if (bytes.length > limits.fileBytes()) {
            throw tooLarge("is larger than " + limits.fileBytes() / 1_000_000 + " MB");
        }
        if (startsWith(OLE)) {
            return inspectOle();
        }
        if (!startsWith(ZIP)) {
            return inspectLoose();
        }
        try {
            inspectParts();
        } catch (IOException | IllegalArgumentException e) {
            throw damaged();
        }
        return inspectPackage();
    }

    /** Of the kinds that can be read in passing. */
    public static boolean isPackage(byte[] bytes) {
        return new WorkbookInspection(bytes, "", WorkbookLimits.DEFAULT, 0).startsWith(ZIP);
    }

    static UnreadableWorkbookException encrypted(String name) {
        return refused(
                Reason.CONTENT,
                "encrypted-workbook",
                name + " is protected by a password. Remove the password and save it as .xlsx.");
    }

    /** The parts that are read of what was inspected; of none by the file's table of contents. */
    PackedParts parts() {
        return packed;
    }

    /** The table of contents of what was inspected by it. It lies in memory, so nobody has to close it. */
    public ZipFile directory() {
        return Objects.requireNonNull(directory);
    }

    private void inspectParts() throws IOException, UnreadableWorkbookException {
        if (byDirectory) {
            directory = ZipFile.builder().setByteArray(bytes).get();
            for (ZipArchiveEntry entry : Collections.list(directory.getEntriesInPhysicalOrder())) {
                inspectPart(entry.getName(), directory.getInputStream(entry), part -> {});
            }
            return;
        }
        try (ZipArchiveInputStream zip = PackedParts.zip(bytes)) {
            for (ZipArchiveEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                inspectPart(entry.getName(), zip, packed.keeping(entry));
            }
        }
        if (!contains(new byte[] {'P', 'K', 5, 6})) {
            throw damaged(); // the table of contents at the end is missing
        }
    }

    private void inspectPart(String part, InputStream content, Consumer<byte[]> keeper)
            throws IOException, UnreadableWorkbookException {
        if (!parts.add(part.toLowerCase(Locale.ROOT))) {
            throw damaged(); // two parts of one name: which one counts is anybody's guess
        }
        if (parts.size() > PARTS_AT_MOST) {
            throw tooLarge("has more than " + PARTS_AT_MOST + " parts");
        }
        inspectContent(content, keeper);
    }

    private void inspectContent(InputStream part, Consumer<byte[]> keeper)
            throws IOException, UnreadableWorkbookException {
        byte[] buffer = new byte[1 << 16];
        int read = part.readNBytes(buffer, 0, buffer.length);
        XmlEncoding letters = XmlEncoding.of(buffer, read);
        if (letters == XmlEncoding.STRANGE) {
            throw damaged();
        }
        elements.startPart(letters);
        for (; read > 0; read = part.readNBytes(buffer, 0, buffer.length)) {
            elements.count(buffer, read);
            keeper.accept(Arrays.copyOf(buffer, read));
            unpacked += read;
            held += elements.inSheet() ? 0 : read;
            refuseTooMuch();
            if (System.nanoTime() > deadline) {
                throw refused(Reason.CONTENT, "took-too-long", name + " took too long to read. Send fewer rows.");
            }
        }
    }

    private void refuseTooMuch() throws UnreadableWorkbookException {
        if (unpacked > limits.contentBytes() || held > limits.heldBytes()) {
            long most = unpacked > limits.contentBytes() ? limits.contentBytes() : limits.heldBytes();
            throw tooLarge("unpacks to more than " + most / 1_000_000 + " MB");
        }
        refuseMore(elements.styles(), STYLES_AT_MOST, "has more than %,d cell formats");
        refuseMore(elements.looks(), LOOKS_AT_MOST, "has more than %,d fonts, fills and borders");
        refuseMore(elements.columns(), COLUMNS_AT_MOST, "defines more than %,d columns in one sheet or table");
        refuseMore(elements.validations(), VALIDATIONS_AT_MOST, "has more than %,d data validations in one sheet");
        refuseMore(elements.longestValue(), VALUE_AT_MOST, "has a format or rule of more than %,d characters");
        refuseMore(elements.merged(), MERGED_AT_MOST, "has more than %,d merged areas");
        refuseMore(elements.rows(), limits.rows(), "has more than %,d rows");
        refuseMore(elements.cells(), limits.cells(), "has more than %,d cells, formatted empty ones included");
        refuseMore(elements.all(), limits.elements(), "has more than %,d pieces of content and format");
    }

    private void refuseMore(long found, long most, String what) throws UnreadableWorkbookException {
        if (found > most) {
            throw tooLarge(String.format(Locale.ROOT, what, most));
        }
    }

    private FileKind inspectOle() throws UnreadableWorkbookException {
        if (bytes.length > limits.oldFileBytes()) {
            throw tooLarge("is an old workbook (.xls), or one with a password, larger than "
                    + limits.oldFileBytes() / 1_000_000 + " MB");
        }
        try (POIFSFileSystem container = new POIFSFileSystem(new ByteArrayInputStream(bytes))) {
            return inspectRoot(container.getRoot());
        } catch (IOException | RuntimeException e) {
            throw damaged();
        }
    }

    /** What lies deeper belongs to objects inside of it. */
    private FileKind inspectRoot(DirectoryNode root) throws UnreadableWorkbookException {
        if (root.hasEntry("EncryptedPackage")) {
            throw encrypted(name);
        }
        if (root.hasEntryCaseInsensitive("Workbook")) {
            return FileKind.XLS;
        }
        throw foreign(
                name,
                root.hasEntryCaseInsensitive("Book")
                        ? "an Excel 95 workbook or older"
                        : "a document of another program");
    }

    private FileKind inspectPackage() throws UnreadableWorkbookException {
        if (parts.contains("xl/workbook.bin")) {
            throw foreign(name, "a binary workbook (.xlsb)");
        }
        if (parts.contains("encrypted-package")) {
            throw encrypted(name); // as LibreOffice does it since 2024: the workbook as a whole
        }
        if (parts.contains("content.xml") && (parts.contains("mimetype") || parts.contains("meta-inf/manifest.xml"))) {
            return FileKind.ODS;
        }
        if (parts.stream().anyMatch(part -> part.endsWith(".iwa"))) {
            throw foreign(name, "a Numbers document");
        }
        if (!parts.contains("[content_types].xml") || parts.stream().noneMatch(part -> part.startsWith("xl/"))) {
            throw foreign(name, "an archive of another kind");
        }
        return FileKind.XLSX;
    }

    private FileKind inspectLoose() throws UnreadableWorkbookException {
        if (startsWith(new byte[] {'P', 'K'})) {
            throw damaged();
        }
        if (bytes.length >= 4 && bytes[0] == 9 && bytes[1] <= 8 && bytes[1] >= 0 && bytes[1] % 2 == 0) {
            throw foreign(name, "an Excel 95 workbook or older");
        }
        String start = new String(bytes, 0, Math.min(bytes.length, 4096), StandardCharsets.ISO_8859_1);
        String text = start.replaceFirst("^\u00ef\u00bb\u00bf", "").stripLeading();
        for (Map.Entry<Pattern, String> other : OTHERS) {
            if (other.getKey().matcher(text).lookingAt()) {
                throw foreign(
                        name,
                        start.contains("office:document") ? "a flat OpenDocument file (.fods)" : other.getValue());
            }
        }
        if (!SeparatedText.isText(bytes)) {
            throw foreign(name, "a file of an unknown kind");
        }
        return FileKind.CSV;
    }

    static UnreadableWorkbookException foreign(String name, String what) {
        return refused(Reason.FORMAT, "format-refused", name + " is " + what + ", which is not read." + SAVE_AS);
    }

    /** Where only workbooks of the workspace are expected. */
    static UnreadableWorkbookException notHere(String name, FileKind kind) {
        String what = switch (kind) {
            case XLS -> "an old workbook (.xls)";
            case ODS -> "an OpenDocument file (.ods)";
            case CSV -> "plain text (perhaps .csv), not a workbook";
            case XLSX -> "a workbook";
        };
        return refused(Reason.FORMAT, "format-refused", name + " is " + what + "; only .xlsx is read here." + SAVE_AS);
    }

    private UnreadableWorkbookException tooLarge(String why) {
        return refused(
                Reason.SIZE, "too-large", name + " " + why + ". Send a workbook with only the sheets that are needed.");
    }

    private UnreadableWorkbookException damaged() {
        return refused(
                Reason.CONTENT,
                "damaged-workbook",
                name + " is damaged or was not sent completely. Open it in your spreadsheet program, save it as .xlsx"
                        + " and send it again.");
    }

    private static UnreadableWorkbookException refused(Reason reason, String code, String message) {
        return new UnreadableWorkbookException(reason, code, message);
    }

    private boolean startsWith(byte[] start) {
        return matchesAt(0, start);
    }

    private boolean contains(byte[] wanted) {
        for (int i = bytes.length - wanted.length; i >= 0; i--) {
            if (matchesAt(i, wanted)) {
                return true;
            }
        }
        return false;
    }

    private boolean matchesAt(int offset, byte[] wanted) {
        for (int i = 0; i < wanted.length; i++) {
            if (offset + i >= bytes.length || bytes[offset + i] != wanted[i]) {
                return false;
            }
        }
        return true;
    }
}
