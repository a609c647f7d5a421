package quartermaster.workbook.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.time.LocalDate;
import java.util.function.UnaryOperator;
import org.apache.poi.hssf.usermodel.HSSFRow;
import org.apache.poi.hssf.usermodel.HSSFWorkbook;
import org.junit.jupiter.api.Test;
import quartermaster.TestWorkspace;
import quartermaster.workbook.read.ReadSheet;
import quartermaster.workbook.read.UnreadableWorkbookException;
import quartermaster.workbook.read.WorkbookFile;
import quartermaster.workbook.read.Workbooks;

/** What a fuzzer has found, made small: files that no program writes, and that could be scored all the same. */
class FuzzedWorkbooksTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);

    @Test
    void names_that_lack_their_name_or_their_place() throws Exception {
        assertScored("xl/workbook.xml", text -> text.replace("name=\"Favourite\"", ""));
        assertScored(
                "xl/workbook.xml",
                text -> text.replace(
                        "<definedName name=\"Favourite\">",
                        "<definedName name=\"_quartermaster_candidates\"/><definedName name=\"Favourite\">"));
    }

    @Test
    void a_sheet_without_a_name_is_refused() {
        byte[] nameless =
                Workbooks.withPart(UserWorkbook.bytes(), "xl/workbook.xml", text -> text.replace("name=\"Mine\"", ""));
        assertThatThrownBy(() -> ScoredWorkbook.score(nameless, TestWorkspace.decider(), TODAY))
                .isInstanceOf(UnreadableWorkbookException.class)
                .hasMessageContaining("a sheet without a name");
    }

    @Test
    void characters_that_no_sheet_can_hold_are_left_out() throws Exception {
        byte[] old;
        try (HSSFWorkbook book = new HSSFWorkbook();
                ByteArrayOutputStream bytes = new ByteArrayOutputStream()) {
            HSSFRow header = book.createSheet("Candidates").createRow(0);
            header.createCell(0).setCellValue("Hardware");
            header.createCell(1).setCellValue("Mine\uffff\ud800");
            HSSFRow row = book.getSheetAt(0).createRow(1);
            row.createCell(0).setCellValue("RTX 4090");
            row.createCell(1).setCellValue("\ufffe here");
            book.createSheet("Work\uffffload");
            HSSFRow work = book.createSheet("Workload").createRow(0);
            work.createCell(0).setCellValue("Type");
            book.getSheet("Workload").createRow(1).createCell(0).setCellValue("evaluation");
            book.write(bytes);
            old = bytes.toByteArray();
        }
        WorkbookFile scored = Workbooks.opened(
                ScoredWorkbook.score(old, TestWorkspace.decider(), TODAY).workbook());
        assertThat(scored.sheets()).extracting(ReadSheet::name).contains("Work load", "Recommendations");
        assertThat(scored.findSheet("Candidates")
                        .orElseThrow()
                        .rows()
                        .get(1)
                        .cell(1)
                        .text())
                .isEqualTo("  here");
    }

    @Test
    void properties_that_are_looked_at_only_when_they_are_written_are_damage_of_the_file() {
        byte[] broken = Workbooks.withPart(UserWorkbook.bytes(), "docProps/app.xml", text -> text.replace("</", "<"));
        assertThatThrownBy(() -> ScoredWorkbook.score(broken, TestWorkspace.decider(), TODAY))
                .isInstanceOf(UnreadableWorkbookException.class)
                .hasMessageContaining("damaged");
    }

    private static void assertScored(String part, UnaryOperator<String> change) throws UnreadableWorkbookException {
        byte[] sound = UserWorkbook.bytes();
        byte[] changed = Workbooks.withPart(sound, part, text -> {
            String other = change.apply(text);
            assertThat(other).as("the change").isNotEqualTo(text);
            return other;
        });
        byte[] scored =
                ScoredWorkbook.score(changed, TestWorkspace.decider(), TODAY).workbook();
        assertThat(Workbooks.opened(scored).findSheet("Recommendations")).isPresent();
    }
}
