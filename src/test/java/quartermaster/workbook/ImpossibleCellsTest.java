package quartermaster.workbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import quartermaster.TestWorkspace;
import quartermaster.workbook.read.ReadRow;
import quartermaster.workbook.read.SheetReading;
import quartermaster.workbook.read.UnreadableWorkbookException;
import quartermaster.workbook.read.WorkbookFile;
import quartermaster.workbook.read.WorkbookLimits;
import quartermaster.workbook.read.Workbooks;
import quartermaster.workbook.score.LongRow;
import quartermaster.workbook.score.LongWorkbook;

/** Cells where no sheet has any: a reader that makes room for them takes all memory for one of them. */
class ImpossibleCellsTest {
    private static final UnreadableWorkbookException TOO_MANY_ROWS = new UnreadableWorkbookException(
            UnreadableWorkbookException.Reason.SIZE, "too-many-rows", "It has too many rows.");

    @ParameterizedTest
    @ValueSource(strings = {"XFE2", "CRXQ2", "ZZZZZZ2", "AAAAAAAAAAAAAAAAAAAA2"})
    void a_column_beyond_the_last_is_refused_however_the_file_is_read(String cell) {
        byte[] upload = upload("<row r=\"2\"", "</row>", "<c r=\"" + cell + "\"><v>1</v></c></row>");
        assertRefused(upload, cell);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1048577", "9999999", "4294967295", "4294967298"})
    void a_row_beyond_the_last_is_refused_however_the_file_is_read(String row) {
        byte[] upload = upload(
                "<row r=\"2\"",
                "</sheetData>",
                "<row r=\"" + row + "\"><c r=\"A" + row + "\"><v>1</v></c></row></sheetData>");
        assertRefused(upload, "A" + row);
    }

    @Test
    void more_cells_than_a_row_has_are_refused_where_they_do_not_say_where_they_stand() {
        byte[] upload = upload("<row r=\"2\"", "</row>", "<c><v>1</v></c>".repeat(16_384) + "</row>");
        assertRefused(upload, "XFE2");
    }

    @Test
    void the_last_cell_of_a_sheet_is_read_by_all() throws Exception {
        byte[] upload = upload(
                "<row r=\"2\"",
                "</sheetData>",
                "<row r=\"1048576\"><c r=\"A1048576\" t=\"inlineStr\"><is><t>L40S</t></is></c>"
                        + "<c r=\"XFC1048576\"><v>1</v></c></row></sheetData>");
        assertThat(WorkbookFile.open(upload, "test.xlsx")
                        .findSheet("Candidates")
                        .orElseThrow()
                        .rows())
                .extracting(ReadRow::number)
                .contains(1_048_576);
        LongWorkbook book = LongWorkbook.open(upload, TOO_MANY_ROWS);
        assertThat(book.table(book.workloads(new ArrayList<>()), TestWorkspace.names(), 10, rows -> {})
                        .rows())
                .extracting(LongRow::width)
                .containsExactly(1, 16_383);
    }

    @Test
    void one_cell_far_to_the_right_in_many_rows_takes_no_more_room_than_it_has_content() throws Exception {
        StringBuilder rows = new StringBuilder();
        for (int row = 3; row < 20_003; row++) {
            rows.append("<row r=\"").append(row).append("\"><c r=\"A").append(row);
            rows.append("\" t=\"inlineStr\"><is><t>L40S</t></is></c><c r=\"XFC")
                    .append(row)
                    .append("\"><v>1</v></c></row>");
        }
        byte[] upload = upload("<row r=\"2\"", "</sheetData>", rows + "</sheetData>");
        LongWorkbook book = LongWorkbook.open(upload, TOO_MANY_ROWS);
        LongWorkbook.Table table = book.table(book.workloads(new ArrayList<>()), TestWorkspace.names(), 10, read -> {});
        assertThat(table.rows()).hasSize(20_001);
        assertThat(table.rows().stream().mapToInt(row -> row.values().length).sum())
                .isEqualTo(40_001);
    }

    @ParameterizedTest
    @CsvSource({"16384,1", "1,1048576"})
    void in_an_open_document_too(int columns, int rows) {
        String repeated = "<table:table-row table:number-rows-repeated=\"" + rows + "\"><table:table-cell"
                + " table:number-columns-repeated=\"" + columns + "\"/></table:table-row>";
        String filled = "<table:table-row>"
                + (rows == 1 ? "<table:table-cell table:number-columns-repeated=\"" + columns + "\"/>" : "")
                + "<table:table-cell><text:p>x</text:p></table:table-cell></table:table-row>";
        byte[] bytes = Workbooks.packed(
                "mimetype",
                "application/vnd.oasis.opendocument.spreadsheet",
                "content.xml",
                "<office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\""
                        + " xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\""
                        + " xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\"><office:body>"
                        + "<office:spreadsheet><table:table table:name=\"A\">" + (rows == 1 ? "" : repeated) + filled
                        + "</table:table></office:spreadsheet></office:body></office:document-content>");
        assertThatThrownBy(() -> WorkbookFile.open(bytes, "test.ods"))
                .isInstanceOf(UnreadableWorkbookException.class)
                .hasMessageContaining("outside of what a sheet can hold");
    }

    @Test
    void in_separated_text_too() {
        byte[] bytes = ("Type" + ",".repeat(16_384) + "x\n").getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> WorkbookFile.open(bytes, "test.csv"))
                .isInstanceOf(UnreadableWorkbookException.class)
                .hasMessageContaining("Sheet1!XFE1, which lies outside of what a sheet can hold");
    }

    private static byte[] upload(String after, String instead, String of) {
        byte[] sound = Workbooks.bytes(book -> {
            Workbooks.row(book.createSheet("Workload"), 1, "Type", "Model");
            Workbooks.row(book.getSheet("Workload"), 2, "evaluation", "llama-3.1-8b");
            Workbooks.row(book.createSheet("Candidates"), 1, "Hardware");
            Workbooks.row(book.getSheet("Candidates"), 2, "RTX 4090");
        });
        return Workbooks.withPart(sound, "xl/worksheets/sheet2.xml", xml -> {
            int at = xml.indexOf(instead, xml.indexOf(after));
            return xml.substring(0, at) + of + xml.substring(at + instead.length());
        });
    }

    /** At once, in passing, and by the library. */
    private static void assertRefused(byte[] upload, String cell) {
        String said = "has a cell Candidates!" + cell + ", which lies outside of what a sheet can hold";
        assertThat(refusal(() -> WorkbookFile.open(upload, "test.xlsx"))).hasMessageContaining(said);
        assertThat(refusal(() -> {
                    LongWorkbook book = LongWorkbook.open(upload, TOO_MANY_ROWS);
                    book.table(book.workloads(new ArrayList<>()), TestWorkspace.names(), 10, rows -> {});
                }))
                .hasMessageContaining(said);
        assertThatThrownBy(() -> {
                    try (XSSFWorkbook book = new XSSFWorkbook(new ByteArrayInputStream(upload))) {
                        new SheetReading("test.xlsx", WorkbookLimits.DEFAULT, Long.MAX_VALUE, null)
                                .read(book.getSheetAt(1), false);
                    }
                })
                .isInstanceOfAny(UnreadableWorkbookException.class, NumberFormatException.class); // the library's own
    }

    private static UnreadableWorkbookException refusal(ThrowingCallable work) {
        return catchThrowableOfType(UnreadableWorkbookException.class, work);
    }
}
