package quartermaster.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quartermaster.TestWorkspace;
import quartermaster.decision.Decision;
import quartermaster.decision.analysis.Preview;
import quartermaster.decision.cases.CaseOutcome;
import quartermaster.json.RequestReader;
import quartermaster.workbook.read.Workbooks;

/** Cases prove the files that they are asked about, whatever was estimated for them before. */
class PreviewsTest {
    @TempDir
    private Path own;

    @Test
    void cases_see_every_change_of_tables_and_catalogue_and_that_it_was_taken_back() throws Exception {
        Workspace.Setting setting = new Workspace.Setting(own, "test", () -> TestWorkspace.NOW);
        WorkspaceFiles files = WorkspaceFiles.read(TestWorkspace.FOLDER);
        Workspace.Loaded loaded = Workspace.load(files, null, setting).value();

        assertThat(Previews.build(loaded, files, setting).preview().cases()).isEmpty();

        WorkspaceFiles noFit = edited(files, Workspace.POLICY, book -> numbers(book, "Fit", "Points", 0));
        Preview preferences = Previews.build(loaded, noFit, setting).preview();
        assertThat(preferences.cases()).isNotEmpty().allMatch(CaseOutcome::needsYes);
        assertThat(preferences.needsYes()).isTrue();
        assertThat(preferences.passes()).isFalse();

        WorkspaceFiles fast = edited(files, Workspace.CATALOGUE, book -> numbers(book, "Hardware", "Bandwidth", 90));
        Previews.Built faster = Previews.build(loaded, fast, setting);
        assertThat(faster.preview().brokenTruths()).isNotEmpty();
        assertThat(faster.preview().needsYes()).isFalse();
        assertThat(faster.preview().cases())
                .anyMatch(each -> each.toString().contains("Decode between"))
                .hasSizeGreaterThan(10);

        Preview back = Previews.build(faster.loaded(), files, setting).preview();
        assertThat(back.cases()).isEmpty();
        assertThat(back.casesRun()).isGreaterThan(100);
    }

    @Test
    void requests_of_kept_decisions_are_read_while_the_service_runs() throws Exception {
        Path folder = TestWorkspace.copy();
        assertThat(PastRequests.newest(folder, null, 5)).isEmpty();
        Clock clock = Clock.fixed(TestWorkspace.NOW, ZoneOffset.UTC);
        try (InForce inForce = new InForce(folder, "test", clock).start()) {
            Decision decision = inForce.now()
                    .decider()
                    .decide(RequestReader.read("{\"workload\": {\"type\": \"evaluation\"}}", LocalDate.of(2026, 11, 22))
                            .requests()
                            .get(0))
                    .value();
            inForce.history().record(decision, "{}", Duration.ofMillis(1));
            inForce.history().ledger().flush();

            assertThat(PastRequests.newest(folder, null, 5)).containsOnlyKeys("decision " + decision.id());
            assertThat(PastRequests.newest(folder, null, 0)).isEmpty();
        }
    }

    private static WorkspaceFiles edited(WorkspaceFiles files, String name, Consumer<XSSFWorkbook> change) {
        byte[] before = files.find(name).orElseThrow();
        return files.with(Map.of(name, Workbooks.changed(before, change)));
    }

    /** Multiplies the numbers of the columns whose headers begin so. */
    private static void numbers(XSSFWorkbook book, String sheet, String header, double factor) {
        for (Cell head : book.getSheet(sheet).getRow(0)) {
            if (head.toString().startsWith(header)) {
                for (Row row : book.getSheet(sheet)) {
                    Cell cell = row.getCell(head.getColumnIndex());
                    if (cell != null && row.getRowNum() > 0 && cell.getCellType() == CellType.NUMERIC) {
                        cell.setCellValue(cell.getNumericCellValue() * factor);
                    }
                }
            }
        }
    }
}
