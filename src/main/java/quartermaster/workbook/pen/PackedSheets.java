package quartermaster.workbook.pen;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.Deflater;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.poi.openxml4j.opc.internal.ZipHelper;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.jspecify.annotations.Nullable;

/**
 * Packs a workbook of which some sheets get cells as the text that they become: a cell in the library's model takes many
 * times as long.
 */
final class PackedSheets extends ZipArchiveOutputStream {
    private final Map<String, Addition> parts = new HashMap<>();
    private final ByteArrayOutputStream sheet = new ByteArrayOutputStream();
    private @Nullable Addition addition; // to the part that comes

    /** What a sheet gets. */
    interface Addition {
        /** Writes the sheet with it. */
        void write(String sheet, OutputStream to) throws IOException;

        /** Whether packing it quickly counts more than packing it well. */
        boolean isLong();
    }

    private PackedSheets(Map<XSSFSheet, Addition> additions, OutputStream to) {
        super(to);
        additions.forEach((of, added) -> parts.put(
                ZipHelper.getZipItemNameFromOPCName(
                        of.getPackagePart().getPartName().getName()),
                added));
    }

    static void write(XSSFWorkbook book, Map<XSSFSheet, Addition> additions, OutputStream to) throws IOException {
        book.write(new PackedSheets(additions, to)); // which it takes as the package
    }

    @Override
    public void putArchiveEntry(ZipArchiveEntry entry) throws IOException {
        addition = parts.get(entry.getName());
        setLevel(addition != null && addition.isLong() ? Deflater.BEST_SPEED : Deflater.DEFAULT_COMPRESSION);
        super.putArchiveEntry(entry);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        if (addition == null) {
            super.write(bytes, from, length);
        } else {
            sheet.write(bytes, from, length);
        }
    }

    @Override
    public void closeArchiveEntry() throws IOException {
        Addition added = addition;
        if (added != null) {
            addition = null;
            added.write(sheet.toString(StandardCharsets.UTF_8), this);
            sheet.reset();
        }
        super.closeArchiveEntry();
    }
}
