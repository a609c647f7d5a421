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
        }
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
