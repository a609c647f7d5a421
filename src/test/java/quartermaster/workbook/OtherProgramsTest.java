package quartermaster.workbook;

import static org.assertj.core.api.Assertions.assertThat;

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
