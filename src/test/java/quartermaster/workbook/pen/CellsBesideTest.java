package quartermaster.workbook.pen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.poi.xssf.usermodel.XSSFRow;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Test;

/** Cells that are put into a sheet as text. */
class CellsBesideTest {
    @Test
    void cells_stand_at_the_end_of_their_rows() throws IOException {
        assertThat(written(
                        "<worksheet><sheetData><row r=\"1\"><c r=\"A1\"/></row><row r=\"2\" ht=\"15.0\"><c r=\"A2\"/></row>"
                                + "<row r=\"3\"/></sheetData></worksheet>",
                        "<c r=\"B2\" t=\"inlineStr\"><is><t>x</t></is></c>",
                        2))
                .isEqualTo(
                        "<worksheet><sheetData><row r=\"1\"><c r=\"A1\"/></row><row r=\"2\" ht=\"15.0\"><c r=\"A2\"/>"
                                + "<c r=\"B2\" t=\"inlineStr\"><is><t>x</t></is></c></row><row r=\"3\"/></sheetData></worksheet>");
    }

    @Test
    void where_elements_have_a_prefix_theirs_do_too() throws IOException {
        assertThat(written(
                        "<x:worksheet xmlns:x=\"m\"><x:row r=\"7\"><x:c r=\"A7\"/></x:row></x:worksheet>",
                        "<c r=\"B7\"><v>1</v></c>",
                        7))
                .isEqualTo("<x:worksheet xmlns:x=\"m\"><x:row r=\"7\"><x:c r=\"A7\"/><x:c r=\"B7\"><x:v>1</x:v></x:c>"
                        + "</x:row></x:worksheet>");
    }

    @Test
    void what_only_looks_like_the_end_of_a_row_is_none() throws IOException {
        assertThat(written(
                        "<worksheet><row r=\"1\"><c r=\"A1\"><f><![CDATA[\"</row><row r=\"]]></f></c><!-- </row> --></row></worksheet>",
                        "<c r=\"B1\"/>",
                        1))
                .endsWith("<!-- </row> --><c r=\"B1\"/></row></worksheet>");
    }

    @Test
    void a_row_that_is_not_there_is_never_passed_over() {
        assertThatThrownBy(() -> written("<worksheet><row r=\"1\"><c r=\"A1\"/></row></worksheet>", "<c r=\"B2\"/>", 2))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void a_row_that_reaches_further_is_written_cell_by_cell() throws IOException {
        try (XSSFWorkbook book = new XSSFWorkbook()) {
            XSSFRow row = book.createSheet().createRow(0);
            row.createCell(0);
            row.createCell(5);
            assertThat(CellsBeside.fit(row, 6)).isTrue();
            assertThat(CellsBeside.fit(row, 5)).isFalse();
            CellWriter pen = new CellWriter(book);
            pen.beside(row, 5, List.of(pen.content("x", CellLook.PLAIN, ValueFormat.TEXT, false)));
            assertThat(row.getCell(5).getStringCellValue()).isEqualTo("x");
        }
    }

    private static String written(String sheet, String cells, int row) throws IOException {
        CellsBeside beside = new CellsBeside();
        beside.put(row, cells);
        ByteArrayOutputStream to = new ByteArrayOutputStream();
        beside.write(sheet, to);
        return to.toString(StandardCharsets.UTF_8);
    }
}
