package quartermaster.workbook.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import quartermaster.unit.Digests;

/** What is read of the workspace's workbooks is kept as cells, and is never anything else than what would be read. */
class KeptWorkbooksTest {
    private static final String PROGRAM = Digests.of("this program");
    private static final String OTHER = "other.xlsx"; // what is read in its place shows whether it was read

    @TempDir
    private Path own;

    @ParameterizedTest
    @ValueSource(strings = {"spreadsheets/catalogue.xlsx", "rules/policy.xlsx", "rules/cases.xlsx"})
    void the_cells_that_are_kept_are_those_that_were_read(String name) throws Exception {
        byte[] bytes = Files.readAllBytes(Path.of(name));
        WorkbookFile read = WorkbookFile.openOwn(bytes, name, WorkbookLimits.OWN);
        open(bytes, name);
        WorkbookFile kept = open(bytes, name);
        assertThat(kept.sheets()).isEqualTo(read.sheets());
        assertThat(kept.digest()).isEqualTo(read.digest());
        assertThat(kept.knownDigest()).isNotNull();
    }

    @Test
    void every_kind_of_cell_comes_back() throws Exception {
        byte[] bytes = Workbooks.bytes(book -> {
            XSSFSheet sheet = book.createSheet("Ünder \"quotes\"\n");
            sheet.createRow(0).createCell(0).setCellValue("ein Wort 語 😀");
            sheet.getRow(0).createCell(300).setCellValue(-0.1);
            sheet.getRow(0).createCell(301).setCellValue(true);
            sheet.getRow(0).createCell(302).setCellErrorValue((byte) 7);
            sheet.getRow(0).createCell(303).setCellFormula("1+1");
            var dates = book.createCellStyle();
            dates.setDataFormat((short) 22);
            sheet.createRow(70_000).createCell(1).setCellValue(45_000.75);
            sheet.getRow(70_000).getCell(1).setCellStyle(dates);
            var percents = book.createCellStyle();
            percents.setDataFormat((short) 9);
            sheet.getRow(70_000).createCell(2).setCellValue(0.5);
            sheet.getRow(70_000).getCell(2).setCellStyle(percents);
            sheet.getRow(70_000).setZeroHeight(true);
            sheet.addMergedRegion(new CellRangeAddress(3, 4, 5, 6));
            book.createSheet("hidden");
            book.setSheetHidden(1, true);
        });
        WorkbookFile read = open(bytes, "a.xlsx");
        WorkbookFile kept = open(bytes, "b.xlsx");
        assertThat(kept.sheets()).isEqualTo(read.sheets());
        assertThat(kept.sheets().get(0).rows().stream()
                        .flatMap(row -> row.cells().stream())
                        .map(ReadCell::kind)
                        .distinct())
                .contains(ReadCell.Kind.TEXT, ReadCell.Kind.NUMBER, ReadCell.Kind.DATE, ReadCell.Kind.ERROR);
        assertThat(kept.name()).isEqualTo("b.xlsx");
    }

    @Test
    void another_file_or_program_finds_nothing() throws Exception {
        byte[] bytes = book("one");
        open(bytes, "a.xlsx");
        assertThat(text(open(book("two"), "a.xlsx"))).isEqualTo("two");
        assertThat(new KeptWorkbooks(own, Digests.of("the next version"))
                        .open(bytes, Digests.of(bytes), "a.xlsx", WorkbookLimits.OWN)
                        .knownDigest())
                .isNull();
    }

    @Test
    void a_file_that_was_cut_off_is_read_again_and_replaced() throws Exception {
        byte[] bytes = book("whole");
        open(bytes, "a.xlsx");
        byte[] whole = Files.readAllBytes(kept());
        for (int length = 0; length < whole.length; length += 7) {
            Files.write(kept(), Arrays.copyOf(whole, length));
            assertThat(text(open(bytes, "a.xlsx"))).isEqualTo("whole");
            assertThat(kept()).hasBinaryContent(whole);
        }
    }

    @Test
    void a_file_with_another_byte_anywhere_is_read_again() throws Exception {
        byte[] bytes = book("whole");
        open(bytes, "a.xlsx");
        byte[] whole = Files.readAllBytes(kept());
        for (int i = 0; i < whole.length; i++) {
            byte[] changed = whole.clone();
            changed[i] ^= 1;
            Files.write(kept(), changed);
            WorkbookFile read = open(bytes, "a.xlsx");
            assertThat(text(read)).isEqualTo("whole");
            assertThat(read.knownDigest()).as("byte %d", i).isNull();
        }
    }

    @Test
    void bytes_that_are_no_cells_end_in_nothing_worse_than_reading_again() throws Exception {
        byte[] bytes = book("whole");
        open(bytes, "a.xlsx");
        byte[] whole = Files.readAllBytes(kept());
        for (int i = 72; i < whole.length; i++) {
            byte[] changed = whole.clone();
            changed[i] = (byte) 0xff;
            sign(changed);
            Files.write(kept(), changed);
            assertThat(open(bytes, "a.xlsx").name()).isEqualTo("a.xlsx");
        }
    }

    @Test
    void a_folder_that_cannot_be_written_stops_nobody() throws Exception {
        Path file = Files.writeString(own.resolve("read"), "in the way");
        assertThat(text(open(book("whole"), "a.xlsx"))).isEqualTo("whole");
        assertThat(file).hasContent("in the way");
    }

    @Test
    void what_is_no_workbook_is_refused_as_ever_and_not_kept() {
        byte[] bytes = {1, 2, 3};
        assertThatThrownBy(() -> open(bytes, OTHER)).isInstanceOf(UnreadableWorkbookException.class);
        assertThat(own.resolve("read")).doesNotExist();
    }

    @Test
    void the_ten_latest_are_kept() throws Exception {
        for (int i = 0; i < 12; i++) {
            open(book("book " + i), "a.xlsx");
            for (Path each : files()) {
                FileTime before = Files.getLastModifiedTime(each);
                Files.setLastModifiedTime(
                        each,
                        FileTime.from(
                                before.toInstant().isBefore(Instant.now())
                                        ? before.toInstant().minusSeconds(60)
                                        : Instant.now()));
            }
        }
        assertThat(files()).hasSize(10);
        assertThat(open(book("book 11"), "a.xlsx").knownDigest()).isNotNull();
        assertThat(open(book("book 0"), "a.xlsx").knownDigest()).isNull();
    }

    private WorkbookFile open(byte[] bytes, String name) throws UnreadableWorkbookException {
        return new KeptWorkbooks(own, PROGRAM).open(bytes, Digests.of(bytes), name, WorkbookLimits.OWN);
    }

    private static byte[] book(String text) {
        return Workbooks.bytes(
                book -> book.createSheet("Sheet").createRow(0).createCell(0).setCellValue(text));
    }

    private static String text(WorkbookFile file) {
        return file.sheets().get(0).rows().get(0).cell(0).text();
    }

    private static void sign(byte[] bytes) {
        CRC32 checksum = new CRC32();
        checksum.update(bytes, 72, bytes.length - 72);
        ByteBuffer.wrap(bytes).putLong(64, checksum.getValue());
    }

    private Path kept() throws IOException {
        return files().get(0);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(own.resolve("read"))) {
            return files.toList();
        }
    }
}
