package quartermaster.workbook.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import quartermaster.TestWorkspace;
import quartermaster.workbook.read.FileKind;
import quartermaster.workbook.read.ReadCell;
import quartermaster.workbook.read.ReadSheet;
import quartermaster.workbook.read.UnreadableWorkbookException;
import quartermaster.workbook.read.WorkbookFile;
import quartermaster.workbook.read.WorkbookLimits;
import quartermaster.workbook.read.Workbooks;
import quartermaster.workbook.template.ExampleWorkbook;

/** LibreOffice opens and saves what we write; it runs where LibreOffice is installed. */
@EnabledIf("isInstalled")
class OtherProgramsTest {
    @TempDir
    private Path folder;

    static boolean isInstalled() {
        return Path.of("/usr/bin/soffice").toFile().canExecute();
    }

    @Test
    void a_scored_workbook_saved_by_another_program_is_scored_again_in_its_place() throws Exception {
        byte[] scored = score(ExampleWorkbook.bytes());
        XSSFWorkbook saved = ScoredWorkbookTest.open(savedByLibreOffice(scored));
        assertThat(saved.getSheet("Charts").getDrawingPatriarch().getCharts()).hasSizeGreaterThanOrEqualTo(16);
        XSSFWorkbook again = ScoredWorkbookTest.open(score(savedByLibreOffice(scored)));
        assertThat(again.getNumberOfSheets())
                .isEqualTo(ScoredWorkbookTest.open(scored).getNumberOfSheets());
        assertThat(again.getSheet("Candidates").getRow(0).getLastCellNum())
                .isEqualTo(ScoredWorkbookTest.open(scored)
                        .getSheet("Candidates")
                        .getRow(0)
                        .getLastCellNum());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ods", "xls"})
    void other_formats_of_another_program_are_answered_alike(String format) throws Exception {
        byte[] example = ExampleWorkbook.bytes();
        byte[] other = converted(example, format);
        assertThat(WorkbookFile.open(other, "example." + format).kind())
                .isEqualTo(FileKind.valueOf(format.toUpperCase(java.util.Locale.ROOT)));
        assertThat(winners(other)).isEqualTo(winners(example)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"spreadsheets/catalogue.xlsx", "rules/policy.xlsx", "rules/cases.xlsx"})
    void knowledge_that_another_program_has_saved_is_the_same(String name) throws Exception {
        byte[] ours = Files.readAllBytes(TestWorkspace.FOLDER.resolve(name));
        WorkbookFile saved = WorkbookFile.openOwn(savedByLibreOffice(ours), name, WorkbookLimits.DEFAULT);
        assertThat(saved.digest())
                .isEqualTo(
                        WorkbookFile.openOwn(ours, name, WorkbookLimits.DEFAULT).digest());
    }

    @Test
    void another_program_calculates_the_same_scores_from_weights_and_points() throws Exception {
        byte[] scored = score(ExampleWorkbook.bytes());
        ReadSheet ours = Workbooks.opened(scored).findSheet("Weights").orElseThrow();
        ReadSheet theirs = Workbooks.opened(savedByLibreOffice(scored))
                .findSheet("Weights")
                .orElseThrow();
        assertThat(theirs.rows()).hasSameSizeAs(ours.rows());
        for (int i = 0; i < ours.rows().size(); i++) {
            for (ReadCell cell : ours.rows().get(i).cells()) {
                ReadCell calculated = theirs.rows().get(i).cell(cell.column());
                if (cell.kind() == ReadCell.Kind.NUMBER) {
                    assertThat(calculated.number()).as("%s", cell.at()).isCloseTo(cell.number(), within(1e-6));
                } else {
                    assertThat(calculated.text()).as("%s", cell.at()).isEqualTo(cell.text());
                }
            }
        }
    }

    private static List<String> winners(byte[] upload) throws UnreadableWorkbookException {
        return ScoredWorkbook.score(upload, TestWorkspace.decider(), LocalDate.of(2026, 11, 22)).answers().stream()
                .map(each -> each.value().ranked().stream()
                        .map(it -> it.assessment().hardware().id() + " " + Math.round(it.score() * 1000))
                        .toList()
                        .toString())
                .toList();
    }

    private static byte[] score(byte[] upload) throws UnreadableWorkbookException {
        return ScoredWorkbook.score(upload, TestWorkspace.decider(), LocalDate.of(2026, 11, 22))
                .workbook();
    }

    private byte[] savedByLibreOffice(byte[] workbook) throws IOException, InterruptedException {
        return converted(workbook, "xlsx");
    }

    private byte[] converted(byte[] workbook, String format) throws IOException, InterruptedException {
        Path in = Files.write(folder.resolve("scored.xlsx"), workbook);
        Path out = folder.resolve("saved");
        Process process = new ProcessBuilder(
                        "/usr/bin/soffice",
                        "-env:UserInstallation=" + folder.resolve("profile").toUri(),
                        "--headless",
                        "--convert-to",
                        format,
                        "--outdir",
                        out.toString(),
                        in.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        return Files.readAllBytes(out.resolve("scored." + format));
    }
}
