package quartermaster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quartermaster.TestWorkspace;
import quartermaster.workbook.read.Workbooks;
import quartermaster.workspace.Workspace;

class PreviewCommandTest {
    @TempDir
    private Path folder;

    @Test
    void the_same_file_changes_nothing() {
        Terminal terminal = Terminal.inRepository();

        assertThat(terminal.run("preview", "--policy", policy().toString())).isZero();

        assertThat(terminal.out()).contains("It says the same as what is in force.");
    }

    @Test
    void other_points_show_other_scores_by_step() throws Exception {
        Path draft = folder.resolve("draft.xlsx");
        Path out = folder.resolve("preview.xlsx");
        try (XSSFWorkbook book = new XSSFWorkbook(Files.newInputStream(policy()));
                ByteArrayOutputStream bytes = new ByteArrayOutputStream()) {
            XSSFSheet budget = book.getSheet("Budget");
            int points = column(budget.getRow(0), "Points");
            for (int row = 1; row <= budget.getLastRowNum(); row++) {
                if (budget.getRow(row) != null) {
                    budget.getRow(row).createCell(points).setCellValue(50);
                }
            }
            book.write(bytes);
            Files.write(draft, bytes.toByteArray());
        }
        Terminal terminal = Terminal.inRepository();

        terminal.run("preview", "--policy", draft.toString(), "-o", out.toString());

        assertThat(terminal.out()).contains("would be answered differently", "budget ");
        try (XSSFWorkbook book = new XSSFWorkbook(Files.newInputStream(out))) {
            assertThat(book.getSheet("Changes").getLastRowNum()).isGreaterThan(50);
            assertThat(book.getSheet("Cells").getRow(1).getCell(2).getStringCellValue())
                    .startsWith("G");
            assertThat(book.getSheet("Answers"))
                    .as("a sheet on which nothing stands")
                    .isNull();
        }
    }

    @Test
    void requests_of_a_file_are_answered_both_ways_with_the_cell_that_made_the_difference() throws Exception {
        Path draft = folder.resolve("draft.xlsx");
        Files.write(draft, Workbooks.changed(Files.readAllBytes(policy()), book -> {
            XSSFSheet weights = book.getSheet("Weights");
            weights.getRow(1).getCell(column(weights.getRow(0), "budget")).setCellValue(30);
            weights.getRow(1).getCell(column(weights.getRow(0), "fit")).setCellValue(29);
        }));
        Path mine = folder.resolve("mine.json");
        Files.writeString(mine, """
                [{"workload": {"type": "evaluation", "model": "llama-3.1-8b", "concurrency": 1},
                  "candidates": [{"hardware": "nvidia-rtx-4090", "acquisition": "owned"}], "asOf": "2026-11-22"},
                 {"workload": {"type": "production", "model": "llama-3.1-8b", "concurrency": 40},
                  "candidates": [{"hardware": "nvidia-h100-sxm-80gb", "acquisition": "rent"}], "asOf": "2026-11-22"}]
                """);
        Terminal terminal = Terminal.inRepository();

        terminal.run("preview", "--policy", draft.toString(), "--for", mine.toString());

        assertThat(terminal.out())
                .contains(
                        "rules/policy.xlsx Weights!B2 fit: 24 → 29 (evaluation)",
                        "rules/policy.xlsx Weights!E2 budget: 35 → 30 (evaluation)",
                        "mine.json/0 (evaluation, llama-3.1-8b)",
                        "before: nvidia-rtx-4090 × 1 owned",
                        "after: nvidia-rtx-4090 × 1 owned",
                        "mine.json/1 (production, llama-3.1-8b)",
                        "the same: nvidia-h100-sxm-80gb")
                .containsPattern(
                        "budget \\d+\\.\\d → \\d+\\.\\d points \\(rules/policy.xlsx Budget!A\\d+\\):\\s+rules/policy.xlsx"
                                + "\\s+Weights!E2\\s+budget: 35 → 30");
    }

    @Test
    void a_file_that_holds_no_request_is_refused_by_its_name() throws Exception {
        Path mine = folder.resolve("mine.json");
        Files.writeString(mine, "{\"workload\": {\"type\": \"nonsense\"}}");
        Terminal terminal = Terminal.inRepository();

        assertThat(terminal.run("preview", "--policy", policy().toString(), "--for", mine.toString()))
                .isEqualTo(ExitCode.UNREADABLE);
        assertThat(terminal.err()).contains("/workload/type", "mine.json has no request that is understood");
    }

    @Test
    void a_file_that_does_not_import_is_said_and_fails() throws Exception {
        Path broken = folder.resolve("broken.xlsx");
        Files.writeString(broken, "no workbook");
        Terminal terminal = Terminal.inRepository();

        assertThat(terminal.run("preview", "--catalogue", broken.toString())).isEqualTo(ExitCode.CHECK_FAILED);
        assertThat(terminal.out()).contains("Problem: spreadsheets/catalogue.xlsx");
        assertThat(Terminal.inRepository().run("preview")).isEqualTo(ExitCode.USAGE);
    }

    private static Path policy() {
        return TestWorkspace.FOLDER.resolve(Workspace.POLICY);
    }

    private static int column(Row header, String name) {
        for (var cell : header) {
            if (cell.getStringCellValue().equals(name)) {
                return cell.getColumnIndex();
            }
        }
        throw new AssertionError(name);
    }
}
