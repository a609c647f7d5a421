package quartermaster.workbook.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.apache.commons.compress.archivers.zip.GeneralPurposeBit;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.junit.jupiter.api.Test;

/** An upload is unpacked once: who reads it is given the parts that were looked at, and has no file to open again. */
class PackedPartsTest {
    private static final String SHEET = "xl/worksheets/sheet1.xml";
    private static final byte[] BOOK = Workbooks.bytes(book -> {
        XSSFSheet sheet = book.createSheet("A");
        for (int row = 1; row <= 3_000; row++) { // more than one piece
            Workbooks.row(sheet, row, "text", row);
        }
    });

    @Test
    void what_is_read_of_a_workbook_is_kept_as_it_stands_in_the_file() throws Exception {
        PackedParts parts = inspected(BOOK);

        assertThat(parts.open(SHEET)).hasBinaryContent(part(BOOK, SHEET));
        assertThat(parts.take("xl/sharedStrings.xml")).isEqualTo(part(BOOK, "xl/sharedStrings.xml"));
    }

    @Test
    void what_nobody_reads_is_not_kept() throws Exception {
        assertThat(part(BOOK, "docProps/core.xml")).isNotEmpty();
        assertThat(inspected(BOOK).open("docProps/core.xml")).isNull();
    }

    @Test
    void a_part_is_given_once_and_not_held_any_longer() throws Exception {
        PackedParts parts = inspected(BOOK);

        assertThat(parts.open(SHEET)).isNotNull();
        assertThat(parts.open(SHEET)).isNull();
        assertThat(parts.take(SHEET)).isNull();
    }

    /** Encrypted parts of OpenDocument files are packed so; the library unpacks no workbook of the kind. */
    @Test
    void a_workbook_that_only_we_could_unpack_is_left_to_the_library_to_refuse() throws Exception {
        GeneralPurposeBit sizeBehind = new GeneralPurposeBit();
        sizeBehind.useDataDescriptor(true);
        ZipArchiveEntry entry = new ZipArchiveEntry(SHEET);
        entry.setMethod(ZipArchiveEntry.STORED);
        entry.setGeneralPurposeBit(sizeBehind);
        PackedParts parts = inspected(BOOK);

        assertThat(read(parts)).isPresent();
        parts = inspected(BOOK);
        parts.keeping(entry);
        assertThat(read(parts)).isEmpty();
    }

    private static Optional<WorkbookFile> read(PackedParts parts) throws UnreadableWorkbookException {
        return PlainWorkbook.read(parts, "a.xlsx", WorkbookLimits.DEFAULT, System.nanoTime() + 60_000_000_000L);
    }

    private static PackedParts inspected(byte[] bytes) throws UnreadableWorkbookException {
        WorkbookInspection inspection =
                new WorkbookInspection(bytes, "a.xlsx", WorkbookLimits.DEFAULT, System.nanoTime() + 60_000_000_000L);
        inspection.inspect();
        return inspection.parts();
    }

    private static byte[] part(byte[] bytes, String wanted) throws IOException {
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (entry.getName().equals(wanted)) {
                    return zip.readAllBytes();
                }
            }
        }
        throw new AssertionError("no part " + wanted);
    }
}
