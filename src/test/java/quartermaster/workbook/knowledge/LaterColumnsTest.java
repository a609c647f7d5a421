package quartermaster.workbook.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Test;

/** A workspace of an earlier version is read by a later program. */
class LaterColumnsTest {
    @Test
    void a_column_that_workspaces_of_before_lack_is_known_to_be_later() throws Exception {
        Set<String> first = Set.copyOf(Files.readAllLines(Path.of("src/test/resources/columns-of-0.1.0.txt")));
        List<String> unknown = new ArrayList<>();
        byte[] catalogue =
                Files.readAllBytes(Path.of("spreadsheets/catalogue.xlsx")); // opened by its path it is written
        try (XSSFWorkbook book = new XSSFWorkbook(new ByteArrayInputStream(catalogue))) {
            book.forEach(sheet -> {
                if (!sheet.getSheetName().equals("README")) {
                    sheet.getRow(0).forEach(cell -> {
                        String header = cell.getStringCellValue();
                        if (!first.contains(sheet.getSheetName() + "!" + header)
                                && !CarriedWorkbooks.isLater(sheet.getSheetName(), header)) {
                            unknown.add(sheet.getSheetName() + "!" + header);
                        }
                    });
                }
            });
        }
        assertThat(unknown)
                .as("give each a row in CarriedWorkbooks.LATER, or no older workspace can be read any more")
                .isEmpty();
    }
}
