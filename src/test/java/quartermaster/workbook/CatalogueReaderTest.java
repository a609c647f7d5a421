package quartermaster.workbook;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import quartermaster.catalogue.Catalogue;
import quartermaster.unit.Imported;

class CatalogueReaderTest {
    @Test
    void the_catalogue_that_comes_with_the_program_has_no_problem() throws Exception {
        Imported<Catalogue> imported = CatalogueReader.read(WorkbookFile.open(Path.of("spreadsheets/catalogue.xlsx")));
        assertThat(imported.problems()).isEmpty();
    }
}
