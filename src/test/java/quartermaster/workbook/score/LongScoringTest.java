package quartermaster.workbook.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.junit.jupiter.api.Test;
import quartermaster.TestWorkspace;
import quartermaster.advice.Advisor;
import quartermaster.catalogue.Hardware;
import quartermaster.workbook.read.ReadCell;
import quartermaster.workbook.read.ReadRow;
import quartermaster.workbook.read.ReadSheet;
import quartermaster.workbook.read.UnreadableWorkbookException;
import quartermaster.workbook.read.WorkbookFile;
import quartermaster.workbook.read.Workbooks;
import quartermaster.workbook.score.LongScoring.Phase;

/** Long tables are written as a streaming library writes them, and read back by other means than they were written by. */
class LongScoringTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);
    private static final UnreadableWorkbookException TOO_MANY_ROWS = new UnreadableWorkbookException(
            UnreadableWorkbookException.Reason.SIZE, "too-many-rows", "It has too many rows.");
    private static final List<String> COMPARED =
            List.of("For workload", "Rank", "Verdict", "Score", "Judged as", "Why");

    @Test
    void a_long_table_is_judged_and_ranked_like_a_short_one() throws Exception {
        byte[] upload = candidates(150);
        ReadSheet inPlace = sheet(
                ScoredWorkbook.score(upload, TestWorkspace.decider(), TODAY).workbook(), "Candidates");
        ReadSheet streamed = sheet(score(upload), "Candidates");
        assertThat(streamed.rows()).hasSize(151);
        for (String header : COMPARED) {
            assertThat(column(streamed, header)).as(header).isEqualTo(column(inPlace, header));
        }
        assertThat(column(streamed, "Rank").stream().filter(rank -> !rank.isEmpty()))
                .doesNotHaveDuplicates();
    }

    @Test
    void the_same_candidate_in_many_rows_is_judged_the_same_and_ranked_in_each() throws Exception {
        byte[] upload = Workbooks.bytes(book -> {
            Workbooks.row(book.createSheet("Workload"), 1, "Type", "Model");
            Workbooks.row(book.getSheet("Workload"), 2, "evaluation", "llama-3.1-8b");
            Workbooks.row(book.createSheet("Candidates"), 1, "Hardware", "Site");
            for (int row = 2; row < 12; row++) {
                String hardware = row % 3 == 0 ? "No such machine" : row % 3 == 1 ? "RTX 4090" : "L40S";
                Workbooks.row(book.getSheet("Candidates"), row, hardware, "site " + row);
            }
        });
        LongScoring.Result[] result = new LongScoring.Result[1];
        ReadSheet streamed = sheet(score(upload, EnumSet.noneOf(Phase.class), result), "Candidates");
        ReadSheet inPlace = sheet(
                ScoredWorkbook.score(upload, TestWorkspace.decider(), TODAY).workbook(), "Candidates");
        for (String header : COMPARED) {
            assertThat(column(streamed, header)).as(header).isEqualTo(column(inPlace, header));
        }
        assertThat(result[0].problems())
                .extracting(problem -> problem.at().toString())
                .containsExactlyInAnyOrder("Candidates!A3", "Candidates!A6", "Candidates!A9");
    }

    @Test
    void what_is_ruled_out_is_grey_in_all_our_columns() throws Exception {
        try (XSSFWorkbook book = new XSSFWorkbook(new ByteArrayInputStream(score(candidates(60))))) {
            var sheet = book.getSheet("Candidates");
            int verdict = -1;
            int first = -1;
            for (var cell : sheet.getRow(0)) {
                verdict = cell.getStringCellValue().equals("Verdict") ? cell.getColumnIndex() : verdict;
                first = cell.getStringCellValue().equals("For workload") ? cell.getColumnIndex() : first;
            }
            int ruledOut = 0;
            for (int i = 1; i <= sheet.getLastRowNum(); i++) {
                var row = sheet.getRow(i);
                boolean isOut = row.getCell(verdict).getStringCellValue().equals("ruled-out");
                ruledOut += isOut ? 1 : 0;
                for (int column = first; column < row.getLastCellNum(); column++) {
                    var cell = row.getCell(column);
                    if (cell != null) {
                        var fill = cell.getCellStyle().getFillForegroundXSSFColor();
                        assertThat(fill != null && "FFF2F2F2".equals(fill.getARGBHex()))
                                .as("%s", cell.getAddress())
                                .isEqualTo(isOut);
                    }
                }
            }
            assertThat(ruledOut).isPositive();
        }
    }

    @Test
    void what_the_user_wrote_stands_where_it_stood() throws Exception {
        byte[] upload = Workbooks.bytes(book -> {
            Workbooks.row(book.createSheet("Workload"), 1, "Type", "Model");
            Workbooks.row(book.getSheet("Workload"), 2, "evaluation", "llama-3.1-8b");
            var sheet = book.createSheet("Candidates");
            Workbooks.row(sheet, 2, "Our machines");
            Workbooks.row(sheet, 4, "Hardware", "Qty", "Discount", "Since", "Remark", "Sum");
            Workbooks.row(sheet, 5, "RTX 4090", 2, 0.15, 46_000, " a <b> & \"c\"\nd _x005F_x0041_ ", "=B5*2");
            Workbooks.format(Workbooks.cell(book, "Candidates!C5"), "0%");
            Workbooks.format(Workbooks.cell(book, "Candidates!D5"), "yyyy-mm-dd");
            Workbooks.row(sheet, 7, "M3 Ultra 256", "two", true, null, "", null);
            Workbooks.row(sheet, 9, "No such machine", 1);
            sheet.getRow(8).setZeroHeight(true);
            book.getCreationHelper().createFormulaEvaluator().evaluateAll();
        });
        LongScoring.Result[] result = new LongScoring.Result[1];
        ReadSheet sheet = sheet(score(upload, EnumSet.noneOf(Phase.class), result), "Candidates");
        assertThat(sheet.rows().stream().map(ReadRow::number)).containsExactly(2, 4, 5, 7, 9);
        ReadRow first = sheet.rows().get(2);
        assertThat(first.cell(2).format()).isEqualTo(ReadCell.Format.PERCENT);
        assertThat(first.cell(2).number()).isEqualTo(0.15);
        assertThat(first.cell(3).text()).isEqualTo("2025-12-09");
        assertThat(first.cell(4).text()).isEqualTo(" a <b> & \"c\"\nd _x0041_ ");
        assertThat(first.cell(5).number()).isEqualTo(4);
        assertThat(sheet.rows().get(3).cell(2).isTrue()).isTrue();
        assertThat(sheet.rows().get(4).hidden()).isTrue();
        assertThat(column(sheet, "Verdict").subList(1, 3)).containsExactly("not judged", "not judged");
        assertThat(column(sheet, "Why").get(1)).contains("two");
        assertThat(column(sheet, "Why").get(2)).contains("No such machine");
        assertThat(result[0].candidates()).isEqualTo(3);
        assertThat(result[0].problems())
                .anySatisfy(problem -> assertThat(problem.at()).hasToString("Candidates!B7"))
                .anySatisfy(problem -> assertThat(problem.at()).hasToString("Candidates!A9"));
    }

    @Test
    void text_is_never_a_formula() throws Exception {
        byte[] upload = longTable(2, (sheet, row) -> sheet.value(row, 2, "=cmd|'/c calc'!A1"));
        try (XSSFWorkbook book = new XSSFWorkbook(new ByteArrayInputStream(score(upload)))) {
            var cell = Workbooks.cell(book, "Candidates!C2");
            assertThat(cell.getCellType()).isEqualTo(org.apache.poi.ss.usermodel.CellType.STRING);
            assertThat(cell.getStringCellValue()).isEqualTo("=cmd|'/c calc'!A1");
            assertThat(cell.getCellStyle().getQuotePrefixed()).isTrue();
        }
    }

    @Test
    void a_result_that_is_scored_again_has_our_columns_once() throws Exception {
        byte[] once = score(candidates(Advisor.MOST_CANDIDATES + 1)); // so many go without advice, which takes long
        ReadSheet again = sheet(score(once), "Candidates");
        assertThat(again.equals(sheet(once, "Candidates"))).isTrue();
        assertThat(sheet(
                                ScoredWorkbook.score(once, TestWorkspace.decider(), TODAY)
                                        .workbook(),
                                "Candidates")
                        .rows()
                        .get(0)
                        .cells())
                .hasSameSizeAs(again.rows().get(0).cells());
    }

    @Test
    void the_best_are_presented_and_the_form_is_said() throws Exception {
        Set<Phase> phases = EnumSet.noneOf(Phase.class);
        byte[] result = score(candidates(200), phases, new LongScoring.Result[1]);
        WorkbookFile file = WorkbookFile.open(result, "result");
        assertThat(file.sheets().stream().map(ReadSheet::name))
                .contains("Workload", "Candidates", "Recommendations", "Advice", "Charts", "Explanation", "About");
        assertThat(file.findSheet("Recommendations").orElseThrow().rows()).hasSize(61);
        assertThat(file.findSheet("About").orElseThrow().rows().toString()).contains("200 candidates, is too large");
        assertThat(phases).containsExactly(Phase.READING, Phase.JUDGING, Phase.WRITING);
    }

    @Test
    void the_users_sheets_that_are_left_out_are_named() throws Exception {
        byte[] upload = Workbooks.changed(candidates(3), book -> {
            book.createSheet("Tabelle1");
            book.createSheet("Charts");
        });
        ReadSheet about = sheet(score(upload), "About");
        assertThat(about.rows().toString()).contains("Left out: Tabelle1. Recommendations");
    }

    @Test
    void a_table_that_reaches_to_the_last_column_leaves_no_room() {
        byte[] upload = Workbooks.changed(
                candidates(3), book -> Workbooks.cell(book, "Candidates!XFD2").setCellValue("x"));
        assertThatThrownBy(() -> score(upload)).hasMessageContaining("no room for results");
    }

    @Test
    void other_formats_and_useless_workbooks_are_refused_before_anything_is_judged() {
        byte[] text = "a;b\n1;2\n".getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> LongWorkbook.open(text, TOO_MANY_ROWS))
                .isInstanceOf(UnreadableWorkbookException.class)
                .hasMessage("It has too many rows. Or save it as .xlsx: of that, many more are read.");
        byte[] openDocument = Workbooks.packed("mimetype", "x", "content.xml", "<a/>");
        UnreadableWorkbookException sheets = new UnreadableWorkbookException(
                UnreadableWorkbookException.Reason.SIZE, "too-many-sheets", "It has 5000 sheets.");
        assertThatThrownBy(() -> LongWorkbook.open(openDocument, sheets)).hasMessage("It has 5000 sheets.");
        byte[] none = Workbooks.bytes(book -> Workbooks.row(book.createSheet("Candidates"), 1, "Hardware"));
        assertThatThrownBy(() -> LongWorkbook.open(none, TOO_MANY_ROWS)).hasMessageContaining("no sheet Workload");
        byte[] wrong = Workbooks.bytes(book -> {
            Workbooks.row(book.createSheet("Workload"), 1, "Type");
            Workbooks.row(book.getSheet("Workload"), 2, "productio");
        });
        assertThatThrownBy(() -> LongWorkbook.open(wrong, TOO_MANY_ROWS)).hasMessageContaining("production");
    }

    @Test
    void what_a_streaming_library_writes_is_read_in_place_too() throws Exception {
        WorkbookFile file = WorkbookFile.open(candidates(3), "streamed.xlsx");
        assertThat(file.findSheet("Candidates").orElseThrow().rows()).hasSize(4);
    }

    @Test
    void what_is_not_understood_is_refused_with_what_it_is() {
        byte[] saved = Workbooks.changed(candidates(3), book -> {});
        byte[] upload = Workbooks.withPart(
                saved, "xl/worksheets/sheet2.xml", xml -> xml.replace("<row r=\"3\"", "<row r=\"1\""));
        assertThatThrownBy(() -> score(upload))
                .isInstanceOf(UnreadableWorkbookException.class)
                .hasMessageContaining("The workbook holds rows out of order");
    }

    /** Different machines in turn, and two columns of the user's own. */
    static byte[] candidates(int count) {
        return longTable(count, (sheet, row) -> {
            sheet.value(row, 2, "note " + row);
            sheet.value(row, 3, row * 1.5);
        });
    }

    private interface RowWriter {
        void write(Worksheet sheet, int row);
    }

    private static byte[] longTable(int count, RowWriter own) {
        List<Hardware> hardware = new ArrayList<>(TestWorkspace.catalogue().hardware());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (Workbook book = new Workbook(bytes, "test", "1.0")) {
            Worksheet workload = book.newWorksheet("Workload");
            String[][] cells = {{"Name", "Type", "Model"}, {"Chat", "internal-tool", "llama-3.1-8b"}};
            for (int i = 0; i < 3; i++) {
                workload.value(0, i, cells[0][i]);
                workload.value(1, i, cells[1][i]);
            }
            Worksheet sheet = book.newWorksheet("Candidates");
            sheet.value(0, 0, "Hardware");
            sheet.value(0, 1, "Replicas");
            sheet.value(0, 2, "Note");
            sheet.value(0, 3, "Own number");
            for (int i = 1; i <= count; i++) {
                sheet.value(i, 0, hardware.get(i % hardware.size()).id());
                sheet.value(i, 1, 1 + i / hardware.size());
                own.write(sheet, i);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static byte[] score(byte[] upload) throws Exception {
        return score(upload, EnumSet.noneOf(Phase.class), new LongScoring.Result[1]);
    }

    private static byte[] score(byte[] upload, Set<Phase> phases, LongScoring.Result[] result) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        result[0] = LongScoring.score(
                LongWorkbook.open(upload, TOO_MANY_ROWS),
                TestWorkspace.decider(),
                TODAY,
                (phase, done, all) -> {
                    synchronized (phases) {
                        phases.add(phase);
                    }
                },
                bytes);
        return bytes.toByteArray();
    }

    private static ReadSheet sheet(byte[] workbook, String name) throws UnreadableWorkbookException {
        return WorkbookFile.open(workbook, "result").findSheet(name).orElseThrow();
    }

    /** The texts below a header. */
    private static List<String> column(ReadSheet sheet, String header) {
        ReadRow headers = sheet.rows().stream()
                .filter(row -> row.cells().stream().anyMatch(cell -> cell.text().equals(header)))
                .findFirst()
                .orElseThrow();
        Optional<ReadCell> found = headers.cells().stream()
                .filter(cell -> cell.text().equals(header))
                .findFirst();
        return sheet.rows().stream()
                .filter(row -> row.number() > headers.number())
                .map(row -> row.cell(found.orElseThrow().column()).text())
                .toList();
    }
}
