package quartermaster.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellCopyPolicy;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.xssf.usermodel.XSSFRow;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Test;
import quartermaster.TestWorkspace;
import quartermaster.decision.cases.KnowledgeChange;
import quartermaster.decision.cases.KnowledgeChange.Kind;
import quartermaster.workbook.read.Workbooks;

class VersionDifferenceTest {
    @Test
    void the_same_files_differ_in_nothing() throws Exception {
        assertThat(changes(Workspace.POLICY, book -> book.getSheet("Budget").setColumnWidth(0, 9_000)))
                .isEmpty();
    }

    @Test
    void a_changed_cell_is_named_with_its_row_its_header_and_both_values() throws Exception {
        List<KnowledgeChange> changes = changes(
                Workspace.POLICY, book -> cell(book, "Weights", "fit", 3).setCellValue(40));

        assertThat(lines(changes)).containsExactly("rules/policy.xlsx Weights!B4 fit: 19 → 40 (internal-tool)");
        assertThat(changes.get(0).at()).hasToString("rules/policy.xlsx Weights!A4");
    }

    @Test
    void a_row_put_between_others_is_one_change_and_one_beside_it_is_still_a_changed_cell() throws Exception {
        List<KnowledgeChange> changes = changes(Workspace.POLICY, book -> {
            XSSFSheet budget = book.getSheet("Budget");
            cell(book, "Budget", "Points", 8).setCellValue(12);
            insert(budget, 4);
            cell(book, "Budget", "Because", 4).setCellValue("Nothing like any other row.");
            cell(book, "Budget", "Points", 4).setCellValue(1);
        });

        assertThat(changes).extracting(KnowledgeChange::kind).containsExactly(Kind.ADDED, Kind.CHANGED);
        assertThat(lines(changes).get(0))
                .startsWith("rules/policy.xlsx Budget!A5: added: ")
                .contains("Points 1");
        assertThat(lines(changes).get(1)).startsWith("rules/policy.xlsx Budget!G10 Points: 30..16 log → 12 (");
    }

    @Test
    void a_row_that_was_taken_away_is_one_change() throws Exception {
        List<KnowledgeChange> changes = changes(Workspace.POLICY, book -> remove(book.getSheet("Budget"), 6));

        assertThat(changes).extracting(KnowledgeChange::kind).containsExactly(Kind.REMOVED);
        assertThat(changes.get(0).at()).hasToString("rules/policy.xlsx Budget!A7");
    }

    @Test
    void rows_that_change_places_are_said_because_the_first_that_matches_decides() throws Exception {
        List<KnowledgeChange> changes = changes(Workspace.POLICY, book -> {
            XSSFSheet fit = book.getSheet("Fit");
            insert(fit, 5);
            fit.getRow(5).copyRowFrom(fit.getRow(20), new CellCopyPolicy());
            remove(fit, 20);
        });

        assertThat(changes).extracting(KnowledgeChange::kind).containsExactly(Kind.MOVED);
        assertThat(lines(changes).get(0))
                .startsWith("rules/policy.xlsx Fit!A6: moved from rules/policy.xlsx Fit!A20: ");
    }

    @Test
    void catalogue_rows_are_found_again_by_their_id_wherever_they_stand() throws Exception {
        List<KnowledgeChange> changes = changes(Workspace.CATALOGUE, book -> {
            XSSFSheet hardware = book.getSheet("Hardware");
            cell(book, "Hardware", "Memory (GiB)", 3).setCellValue(123);
            XSSFRow copy = hardware.createRow(hardware.getLastRowNum() + 1);
            copy.copyRowFrom(hardware.getRow(3), new CellCopyPolicy());
            remove(hardware, 3);
        });

        assertThat(changes).hasSize(1);
        assertThat(changes.get(0).kind()).isEqualTo(Kind.CHANGED);
        assertThat(changes.get(0).cells()).singleElement().satisfies(cell -> {
            assertThat(cell.column()).isEqualTo("Memory (GiB)");
            assertThat(cell.after()).isEqualTo("123");
        });
    }

    @Test
    void a_header_that_was_renamed_is_one_cell_and_a_new_column_is_named() throws Exception {
        List<KnowledgeChange> changes = changes(Workspace.POLICY, book -> {
            Cell because = cell(book, "Thresholds", "Because", 0);
            because.setBlank(); // else the library keeps the text in the line
            because.setCellValue("Why");
            Row header = book.getSheet("Weights").getRow(0);
            header.createCell(header.getLastCellNum()).setCellValue("Note");
        });

        assertThat(lines(changes))
                .containsExactly(
                        "rules/policy.xlsx Weights!J1: added: column Note",
                        "rules/policy.xlsx Thresholds!D1 Because: Because → Why (header)");
    }

    private static List<KnowledgeChange> changes(String name, Consumer<XSSFWorkbook> change) throws Exception {
        WorkspaceFiles files = WorkspaceFiles.read(TestWorkspace.FOLDER);
        byte[] edited = Workbooks.changed(files.find(name).orElseThrow(), change);
        return VersionDifference.of(files, files.with(Map.of(name, edited)));
    }

    private static List<String> lines(List<KnowledgeChange> changes) {
        List<String> lines = new ArrayList<>();
        changes.forEach(each -> lines.addAll(each.lines()));
        return lines;
    }

    private static void insert(XSSFSheet sheet, int row) {
        sheet.shiftRows(row, sheet.getLastRowNum(), 1);
        sheet.createRow(row);
    }

    private static void remove(XSSFSheet sheet, int row) {
        sheet.removeRow(sheet.getRow(row));
        sheet.shiftRows(row + 1, sheet.getLastRowNum(), -1);
    }

    private static Cell cell(XSSFWorkbook book, String sheet, String column, int row) {
        for (Cell header : book.getSheet(sheet).getRow(0)) {
            if (header.toString().equals(column)) {
                return book.getSheet(sheet)
                        .getRow(row)
                        .getCell(header.getColumnIndex(), Row.MissingCellPolicy.CREATE_NULL_AS_BLANK);
            }
        }
        throw new AssertionError("No column " + column + " in " + sheet);
    }
}
