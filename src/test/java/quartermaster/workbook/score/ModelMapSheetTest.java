package quartermaster.workbook.score;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import quartermaster.TestWorkspace;
import quartermaster.workbook.read.ReadCell;
import quartermaster.workbook.read.ReadRow;
import quartermaster.workbook.read.WorkbookFile;
import quartermaster.workbook.read.Workbooks;

class ModelMapSheetTest {
    @Test
    void models_of_their_own_sheet_are_mapped_over_the_candidates() throws Exception {
        List<ReadRow> rows = scored("qwen3-8b", "Qwen3 32B", "gpt-oss-120b")
                .findSheet("Models")
                .orElseThrow()
                .rows();
        ReadRow header = rows.stream()
                .filter(each -> each.cell(0).text().equals("Model"))
                .findFirst()
                .orElseThrow();
        assertThat(header.cells())
                .extracting(ReadCell::text)
                .containsExactly("Model", "Level", "buy NVIDIA RTX 4090", "buy Mac Studio M5 Max 40c GPU 128GB");
        List<ReadRow> models = rows.subList(rows.indexOf(header) + 1, rows.size());
        assertThat(models)
                .extracting(each -> each.cell(0).text())
                .containsExactlyInAnyOrder("Qwen3-8B", "Qwen3-32B", "gpt-oss-120b");
        assertThat(models).allSatisfy(each -> {
            assertThat(each.cell(1).text()).containsPattern("of 100 for|not known for");
            assertThat(each.cell(2).text()).containsPattern("tok/s at|does not fit: \\d+ GiB more");
            assertThat(each.cell(3).text()).contains("tok/s at");
        });
    }

    @Test
    void where_one_model_is_given_there_is_no_map() throws Exception {
        assertThat(scored().findSheet("Models")).isEmpty();
    }

    private static WorkbookFile scored(String... models) throws Exception {
        byte[] scored = ScoredWorkbook.score(
                        Workbooks.bytes(book -> {
                            Workbooks.row(book.createSheet("Workload"), 1, "Name", "Type", "Model", "Concurrency");
                            Workbooks.row(
                                    book.getSheet("Workload"),
                                    2,
                                    "team",
                                    "internal-tool",
                                    models.length == 0 ? "qwen3-8b" : null,
                                    4);
                            Workbooks.row(book.createSheet("Candidates"), 1, "Hardware", "Acquisition");
                            Workbooks.row(book.getSheet("Candidates"), 2, "nvidia-rtx-4090", "buy");
                            Workbooks.row(book.getSheet("Candidates"), 3, "mac-studio-m5-max-40c-gpu-128gb", "buy");
                            if (models.length > 0) {
                                book.createSheet("Models to compare");
                            }
                            for (int i = 0; i < models.length; i++) {
                                Workbooks.row(book.getSheet("Models to compare"), i + 1, models[i]);
                            }
                        }),
                        TestWorkspace.decider(),
                        TestWorkspace.TODAY)
                .workbook();
        return WorkbookFile.open(scored, "scored.xlsx");
    }
}
