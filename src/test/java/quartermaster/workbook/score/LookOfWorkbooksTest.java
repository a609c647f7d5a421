package quartermaster.workbook.score;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.poi.xssf.usermodel.XSSFGraphicFrame;
import org.apache.poi.xssf.usermodel.XSSFRow;
import org.apache.poi.xssf.usermodel.XSSFShape;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Test;
import quartermaster.TestWorkspace;
import quartermaster.advice.Grid;
import quartermaster.advice.Sweep;
import quartermaster.advice.VariedField;
import quartermaster.json.RequestReader;
import quartermaster.unit.Place;
import quartermaster.workbook.template.ExampleWorkbook;

class LookOfWorkbooksTest {
    private static final ScoredWorkbook.Result EXAMPLE = SummarySheetTest.score(ExampleWorkbook.bytes());

    @Test
    void rows_of_what_is_ruled_out_are_grey_in_every_column() throws Exception {
        try (XSSFWorkbook book = SummarySheetTest.open(EXAMPLE.workbook())) {
            XSSFSheet sheet = book.getSheet("Recommendations");
            int ruledOut = 0;
            for (int i = 1; i <= sheet.getLastRowNum(); i++) {
                XSSFRow row = sheet.getRow(i);
                boolean isOut = row.getCell(3).getStringCellValue().equals("ruled-out");
                ruledOut += isOut ? 1 : 0;
                row.forEach(cell -> assertThat("FFF2F2F2".equals(fill((org.apache.poi.xssf.usermodel.XSSFCell) cell)))
                        .as("%s", cell.getAddress())
                        .isEqualTo(isOut));
            }
            assertThat(ruledOut).isPositive();
            var formats = sheet.getSheetConditionalFormatting();
            for (int i = 0; i < formats.getNumConditionalFormattings(); i++) {
                for (var range : formats.getConditionalFormattingAt(i).getFormattingRanges()) {
                    for (int row = range.getFirstRow(); row <= range.getLastRow(); row++) {
                        assertThat(sheet.getRow(row).getCell(3).getStringCellValue())
                                .isNotEqualTo("ruled-out");
                    }
                }
            }
        }
    }

    private static String fill(org.apache.poi.xssf.usermodel.XSSFCell cell) {
        var colour = cell.getCellStyle().getFillForegroundXSSFColor();
        return colour == null ? "" : colour.getARGBHex();
    }

    @Test
    void charts_are_named_by_workload_and_what_they_show_and_name_machines() throws Exception {
        try (XSSFWorkbook book = SummarySheetTest.open(EXAMPLE.workbook())) {
            XSSFSheet sheet = book.getSheet("Charts");
            List<String> names = new ArrayList<>();
            for (XSSFShape shape : sheet.getDrawingPatriarch().getShapes()) {
                names.add(((XSSFGraphicFrame) shape).getName());
            }
            assertThat(names)
                    .contains("Support chat: Cost per month (USD); budget $30,000")
                    .contains("Support chat: Speed (tok/s per user) against cost (USD a month); 20 needed")
                    .doesNotHaveDuplicates();
            sheet.forEach(row -> row.forEach(cell -> {
                if (cell.getCellType() == org.apache.poi.ss.usermodel.CellType.STRING) {
                    assertThat(cell.getStringCellValue()).doesNotContain("#");
                }
            }));
        }
    }

    @Test
    void long_sheets_print_a_page_and_lists_are_hidden() throws Exception {
        try (XSSFWorkbook book = SummarySheetTest.open(EXAMPLE.workbook())) {
            assertThat(book.isSheetHidden(book.getSheetIndex("Lists"))).isTrue();
            XSSFSheet explanation = book.getSheet("Explanation");
            assertThat(explanation.getLastRowNum()).isGreaterThan(100);
            assertThat(book.getPrintArea(book.getSheetIndex(explanation))).endsWith("$31");
            assertThat(explanation.getHeader().getRight()).startsWith("The first 30 of ");
        }
    }

    @Test
    void a_map_of_a_sweep_marks_where_the_request_stands() throws Exception {
        var sent = RequestReader.read(
                "{\"workload\": {\"type\": \"internal-tool\", \"model\": \"llama-3.1-8b\", \"concurrency\": 5}}"
                        .getBytes(java.nio.charset.StandardCharsets.UTF_8),
                LocalDate.of(2026, 11, 22));
        Grid grid = Sweep.grid(
                        sent.requests().get(0).value(),
                        List.of(new VariedField("concurrency", "1,4,16", new Place.Pointer("/vary"))),
                        10)
                .value();
        assertThat(grid.stands()).isEqualTo(1);
        List<List<String>> rows = new ArrayList<>();
        Sweep.run(
                TestWorkspace.decider(),
                grid,
                0,
                point -> rows.add(SweepTable.row(point).stream()
                        .map(each -> each == null ? "" : each.toString())
                        .toList()));
        try (XSSFWorkbook book = SummarySheetTest.open(SweepWorkbook.write(grid, rows))) {
            XSSFSheet map = book.getSheet("Winners");
            List<String> marked = new ArrayList<>();
            map.forEach(row -> row.forEach(cell -> {
                if (cell.getCellType() == org.apache.poi.ss.usermodel.CellType.STRING
                        && cell.getStringCellValue().startsWith(WinnersSheet.HERE)) {
                    marked.add(EarlierResults.text(map, cell.getRowIndex(), 0)
                            + (int) ((XSSFRow) row).getCell(0).getNumericCellValue());
                }
            }));
            assertThat(marked).containsExactly("4");
            assertThat(book.getFontAt(0).getFontName()).isEqualTo("Calibri");
        }
    }
}
