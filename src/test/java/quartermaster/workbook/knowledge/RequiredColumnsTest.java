package quartermaster.workbook.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Test;

class RequiredColumnsTest {
    @Test
    void the_readme_of_the_catalogue_names_every_column_that_a_row_needs() throws IOException {
        try (XSSFWorkbook book = new XSSFWorkbook(Files.newInputStream(Path.of("spreadsheets/catalogue.xlsx")))) {
            assertThat(RequiredColumns.written(book))
                    .as("RequiredColumns.main writes it anew")
                    .isEqualTo(RequiredColumns.all());
        }
    }

    @Test
    void an_empty_row_is_asked_for_what_it_is_and_where_it_comes_from() {
        Map<String, String> required = RequiredColumns.all();
        assertThat(required)
                .containsKeys("Hardware", "Hosts", "Models", "Engines", "Offers", "Defaults", "Measurements");
        assertThat(required.get("Hardware")).startsWith("Id, Name, Vendor, Family, Chip class, Memory kind");
        assertThat(required.get("Hosts")).doesNotContain("Memory (GiB)");
        assertThat(required.values()).allSatisfy(columns -> assertThat(columns).contains("Source"));
    }
}
