package quartermaster.workbook.score;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import quartermaster.TestWorkspace;
import quartermaster.advice.AdviceLine.Part;
import quartermaster.advice.Advisor;
import quartermaster.workbook.read.ReadCell;
import quartermaster.workbook.read.ReadRow;
import quartermaster.workbook.read.WorkbookFile;
import quartermaster.workbook.read.Workbooks;

class AdviceSheetTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);

    @Test
    void every_part_of_the_advice_stands_in_the_scored_workbook() throws Exception {
        List<ReadRow> rows = advice(Workbooks.bytes(book -> {
            Workbooks.row(book.createSheet("Workload"), 1, "Name", "Type", "Named users");
            Workbooks.row(book.getSheet("Workload"), 2, "support", "production", 2000);
        }));
        assertThat(rows.get(0).cells())
                .extracting(ReadCell::text)
                .startsWith("Workload", "Part", "What", "Advice", "Per month (USD)");
        for (Part part : Part.values()) {
            assertThat(rows).as(part.title()).anySatisfy(row -> {
                assertThat(row.cell(0).text()).isEqualTo("support");
                assertThat(row.cell(1).text()).isEqualTo(part.title());
                assertThat(row.cell(3).text()).isNotBlank();
            });
        }
    }

    @Test
    void many_workloads_say_that_their_advice_was_left_out() throws Exception {
        List<ReadRow> rows = advice(Workbooks.bytes(book -> {
            Workbooks.row(book.createSheet("Workload"), 1, "Name", "Type");
            Workbooks.row(book.createSheet("Candidates"), 1, "Hardware");
            Workbooks.row(book.getSheet("Candidates"), 2, "nvidia-rtx-4090");
            for (int i = 0; i <= Advisor.MOST_AT_ONCE; i++) {
                Workbooks.row(book.getSheet("Workload"), i + 2, "w" + i, "evaluation");
            }
        }));
        assertThat(rows).hasSize(Advisor.MOST_AT_ONCE + 2);
        assertThat(rows.get(1).cell(3).text()).startsWith("left out, as there are more than");
    }

    private static List<ReadRow> advice(byte[] upload) throws Exception {
        byte[] scored =
                ScoredWorkbook.score(upload, TestWorkspace.decider(), TODAY).workbook();
        return WorkbookFile.open(scored, "scored.xlsx")
                .findSheet("Advice")
                .orElseThrow()
                .rows();
    }
}
