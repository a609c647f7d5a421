package quartermaster.workbook.score;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import quartermaster.TestWorkspace;
import quartermaster.decision.DeploymentWords;
import quartermaster.workbook.read.ReadCell;
import quartermaster.workbook.read.ReadRow;
import quartermaster.workbook.read.WorkbookFile;
import quartermaster.workbook.read.Workbooks;

class WinnersSheetTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);

    @Test
    void a_map_says_who_would_win_with_other_numbers_of_requests() throws Exception {
        ScoredWorkbook.Result scored = ScoredWorkbook.score(
                Workbooks.bytes(book -> {
                    Workbooks.row(book.createSheet("Workload"), 1, "Name", "Type", "Model", "Concurrency");
                    Workbooks.row(book.getSheet("Workload"), 2, "chat", "production", "llama-3.1-8b", 8);
                    Workbooks.row(book.createSheet("Candidates"), 1, "Hardware", "Acquisition");
                    Workbooks.row(book.getSheet("Candidates"), 2, "nvidia-l4", "rent");
                    Workbooks.row(book.getSheet("Candidates"), 3, "mac-studio-m5-max-40c-gpu-128gb", "buy");
                }),
                TestWorkspace.decider(),
                TODAY);
        List<ReadRow> rows = WorkbookFile.open(scored.workbook(), "scored.xlsx")
                .findSheet("Winners")
                .orElseThrow()
                .rows();
        assertThat(rows).hasSize(2);
        assertThat(rows.get(0).cells())
                .extracting(ReadCell::text)
                .startsWith("Workload", "Stated", "1 at once")
                .endsWith("512 at once");
        assertThat(rows.get(1).cell(1).number()).isEqualTo(8);
        String winner = DeploymentWords.how(
                scored.answers().get(0).value().ranked().get(0).assessment());
        assertThat(rows.get(1).cell(5).text()).isEqualTo(WinnersSheet.HERE + winner); // 8 at once, as stated
        assertThat(rows.get(1).cells()).hasSize(12);
    }

    @Test
    void a_workbook_without_advice_has_no_map() throws Exception {
        byte[] scored = ScoredWorkbook.score(
                        Workbooks.bytes(book -> {
                            Workbooks.row(book.createSheet("Workload"), 1, "Name", "Type");
                            Workbooks.row(book.createSheet("Candidates"), 1, "Hardware");
                            Workbooks.row(book.getSheet("Candidates"), 2, "nvidia-rtx-4090");
                            for (int i = 0; i <= 10; i++) {
                                Workbooks.row(book.getSheet("Workload"), i + 2, "w" + i, "evaluation");
                            }
                        }),
                        TestWorkspace.decider(),
                        TODAY)
                .workbook();
        assertThat(WorkbookFile.open(scored, "scored.xlsx").findSheet("Winners"))
                .isEmpty();
    }
}
