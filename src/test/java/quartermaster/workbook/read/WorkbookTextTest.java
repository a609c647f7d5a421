package quartermaster.workbook.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkbookTextTest {
    @Test
    void a_row_is_a_line_that_names_its_columns() {
        WorkbookFile file = Workbooks.file(book -> {
            Workbooks.row(book.createSheet("README"), 2, null, "What this is");
            Workbooks.row(book.createSheet("Hardware"), 1, "Id", "Memory (GiB)", "Note");
            Workbooks.row(book.getSheet("Hardware"), 2, "m3", 512, null, true);
            Workbooks.row(book.getSheet("Hardware"), 9, "spark", "=NOW()", "two\nlines");
        });
        assertThat(WorkbookText.of(file)).isEqualTo("""
                        == README ==
                        B: What this is

                        == Hardware ==
                        Id | Memory (GiB) | Note
                        Id: m3 | Memory (GiB): 512 | D: true
                        Id: spark | Memory (GiB): (not calculated) | Note: two\\nlines
                        """);
    }

    @Test
    void a_file_that_cannot_be_read_says_why(@TempDir Path folder) throws Exception {
        Path path = Files.writeString(folder.resolve("list.xlsx"), "%PDF-1.7");
        assertThat(WorkbookText.of(path)).startsWith("list.xlsx is a PDF").endsWith("\n");
    }
}
