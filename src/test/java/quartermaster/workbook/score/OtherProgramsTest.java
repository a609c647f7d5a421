package quartermaster.workbook.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import quartermaster.TestWorkspace;
import quartermaster.workbook.read.FileKind;
import quartermaster.workbook.read.ReadCell;
import quartermaster.workbook.read.ReadSheet;
import quartermaster.workbook.read.WorkbookFile;
import quartermaster.workbook.read.WorkbookLimits;
import quartermaster.workbook.read.Workbooks;
import quartermaster.workbook.template.ExampleWorkbook;
import quartermaster.workspace.Workspace;

/** LibreOffice opens and saves what we write; it runs where LibreOffice is installed. */
@EnabledIf("isInstalled")
class OtherProgramsTest {
    private static final String SCORED = "scored.xlsx";
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);

    @TempDir
    private static Path folder;

    private static byte[] example = {};
    private static ScoredWorkbook.Result scored = new ScoredWorkbook.Result(List.of(), List.of(), List.of(), example);

    static boolean isInstalled() {
        return Path.of("/usr/bin/soffice").toFile().canExecute();
    }

    /** Each start of LibreOffice takes seconds: everything is saved by as few of them as there are formats. */
    @BeforeAll
    static void saveAll() throws Exception {
        example = ExampleWorkbook.bytes();
        scored = ScoredWorkbook.score(example, TestWorkspace.decider(), TODAY);
        Path ours = Files.write(folder.resolve("example.xlsx"), example);
        convert("ods", List.of(ours));
        convert("xls", List.of(ours));
        convert(
                "xlsx",
                List.of(
                        Files.write(folder.resolve(SCORED), scored.workbook()),
                        Files.write(folder.resolve("costs.xlsx"), withoutValues(scored.workbook())),
                        TestWorkspace.FOLDER.resolve(Workspace.CATALOGUE),
                        TestWorkspace.FOLDER.resolve(Workspace.POLICY),
                        TestWorkspace.FOLDER.resolve(Workspace.CASES)));
    }

    @Test
    void a_scored_workbook_saved_by_another_program_is_scored_again_in_its_place() throws Exception {
        XSSFWorkbook first = ScoredWorkbookTest.open(scored.workbook());
        XSSFWorkbook saved = ScoredWorkbookTest.open(saved(SCORED));
        assertThat(saved.getSheet("Charts").getDrawingPatriarch().getCharts()).hasSizeGreaterThanOrEqualTo(16);
        XSSFWorkbook again = ScoredWorkbookTest.open(ScoredWorkbook.score(saved(SCORED), TestWorkspace.decider(), TODAY)
                .workbook());
        assertThat(again.getNumberOfSheets()).isEqualTo(first.getNumberOfSheets());
        assertThat(again.getSheet("Candidates").getRow(0).getLastCellNum())
                .isEqualTo(first.getSheet("Candidates").getRow(0).getLastCellNum());
    }

    @Test
    void sums_of_the_costs_calculated_by_another_program_are_those_of_the_json() throws Exception {
        try (XSSFWorkbook saved = ScoredWorkbookTest.open(saved("costs.xlsx"))) {
            int compared = CostsSheetTest.compare(
                    saved.getSheet("Costs"), scored, org.apache.poi.xssf.usermodel.XSSFCell::getNumericCellValue);
            assertThat(compared).isEqualTo(5);
        }
    }

    /** Its formulas have to be calculated by whoever opens it. */
    private static byte[] withoutValues(byte[] workbook) throws IOException {
        try (XSSFWorkbook book = ScoredWorkbookTest.open(workbook)) {
            book.getSheet("Costs")
                    .forEach(row -> row.forEach(cell -> {
                        if (cell.getCellType() == org.apache.poi.ss.usermodel.CellType.FORMULA) {
                            String formula = cell.getCellFormula();
                            cell.setBlank();
                            cell.setCellFormula(formula);
                        }
                    }));
            java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
            book.write(bytes);
            return bytes.toByteArray();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ods", "xls"})
    void other_formats_of_another_program_are_answered_alike(String format) throws Exception {
        byte[] other = saved("example." + format);
        assertThat(WorkbookFile.open(other, "example." + format).kind())
                .isEqualTo(FileKind.valueOf(format.toUpperCase(Locale.ROOT)));
        assertThat(winners(ScoredWorkbook.score(other, TestWorkspace.decider(), TODAY)))
                .isEqualTo(winners(scored))
                .isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {Workspace.CATALOGUE, Workspace.POLICY, Workspace.CASES})
    void knowledge_that_another_program_has_saved_is_the_same(String name) throws Exception {
        Path ours = TestWorkspace.FOLDER.resolve(name);
        byte[] saved = saved(ours.getFileName().toString());
        assertThat(WorkbookFile.openOwn(saved, name, WorkbookLimits.DEFAULT).digest())
                .isEqualTo(WorkbookFile.openOwn(Files.readAllBytes(ours), name, WorkbookLimits.DEFAULT)
                        .digest());
    }

    @Test
    void another_program_calculates_the_same_scores_from_weights_and_points() throws Exception {
        ReadSheet ours =
                Workbooks.opened(scored.workbook()).findSheet("Weights").orElseThrow();
        ReadSheet theirs = Workbooks.opened(saved(SCORED)).findSheet("Weights").orElseThrow();
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

    private static List<String> winners(ScoredWorkbook.Result result) {
        return result.answers().stream()
                .map(each -> each.value().ranked().stream()
                        .map(it -> it.assessment().hardware().id() + " " + Math.round(it.score() * 1000))
                        .toList()
                        .toString())
                .toList();
    }

    private static byte[] saved(String name) throws IOException {
        return Files.readAllBytes(folder.resolve("saved").resolve(name));
    }

    private static void convert(String format, List<Path> workbooks) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                "/usr/bin/soffice",
                "-env:UserInstallation=" + folder.resolve("profile").toUri(),
                "--headless",
                "--convert-to",
                format,
                "--outdir",
                folder.resolve("saved").toString()));
        workbooks.forEach(each -> command.add(each.toString()));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        assertThat(process.waitFor(300, TimeUnit.SECONDS)).isTrue();
    }
}
