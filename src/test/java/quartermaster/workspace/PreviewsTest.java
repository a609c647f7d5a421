package quartermaster.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quartermaster.TestWorkspace;
import quartermaster.decision.analysis.Preview;
import quartermaster.decision.cases.CaseOutcome;
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
