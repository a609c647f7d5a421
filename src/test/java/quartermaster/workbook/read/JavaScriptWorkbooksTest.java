package quartermaster.workbook.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import quartermaster.TestWorkspace;
import quartermaster.workbook.score.ScoredWorkbook;

/** Files as two JavaScript libraries write them, ExcelJS 4.4 and SheetJS 0.18. */
class JavaScriptWorkbooksTest {
    private static final Path FOLDER = Path.of("src/test/resources/workbooks");

    @ParameterizedTest
    @ValueSource(strings = {"exceljs.xlsx", "sheetjs.xlsx", "sheetjs.ods", "sheetjs.xls"})
    void what_they_write_is_read_and_scored(String name) throws Exception {
        byte[] bytes = Files.readAllBytes(FOLDER.resolve(name));
        ReadSheet workload =
                WorkbookFile.open(bytes, name).findSheet("Workload").orElseThrow();
        assertThat(workload.rows().get(1).cell(3).number()).isEqualTo(200);
        ScoredWorkbook.Result scored = ScoredWorkbook.score(bytes, TestWorkspace.decider(), LocalDate.of(2026, 11, 22));
        assertThat(scored.problems()).isEmpty();
        assertThat(scored.answers()).hasSize(2).allSatisfy(answer -> {
            int judged =
                    answer.value().ranked().size() + answer.value().rejected().size();
            assertThat(judged).isEqualTo(3);
        });
        assertThat(WorkbookFile.open(scored.workbook(), name).findSheet("Recommendations"))
                .isPresent();
    }
}
