package quartermaster.workbook.score;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
import quartermaster.catalogue.Named;
import quartermaster.json.RequestReader;
import quartermaster.unit.Place;
import quartermaster.workbook.pen.ResultSheet;
import quartermaster.workbook.read.Workbooks;
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
    void what_people_read_has_names_and_no_ids() throws Exception {
        Set<String> ids = Stream.of(
                        TestWorkspace.catalogue().quantizations(),
                        TestWorkspace.catalogue().engines(),
                        TestWorkspace.catalogue().models(),
                        TestWorkspace.catalogue().hardware())
                .flatMap(Collection::stream)
                .filter(each -> !each.id().equals(each.name()))
                .map(Named::id)
                .collect(Collectors.toSet());
        try (XSSFWorkbook book = SummarySheetTest.open(EXAMPLE.workbook())) {
            for (var sheet : book) {
                sheet.forEach(row -> row.forEach(cell -> {
                    boolean isToWriteBack = EarlierResults.text((XSSFSheet) sheet, 0, cell.getColumnIndex())
                            .equals("Hardware id");
                    if (cell.getCellType() == org.apache.poi.ss.usermodel.CellType.STRING && !isToWriteBack) {
                        List<String> words = List.of(cell.getStringCellValue().split("[,;:()\\s]+"));
                        String what = String.join(" ", words);
                        assertThat(what.contains("--") // a command
                                        || words.stream().noneMatch(ids::contains))
                                .as("%s %s: %s", sheet.getSheetName(), cell.getAddress(), what)
                                .isTrue();
                    }
                }));
            }
        }
    }

    @Test
    void what_is_printed_on_one_page_is_wide_enough_to_be_read() throws Exception {
        try (XSSFWorkbook book = SummarySheetTest.open(EXAMPLE.workbook())) {
            for (String name : List.of("Summary", "Recommendations", "Costs", "Advice", "Weights", "Estimates")) {
                XSSFSheet sheet = book.getSheet(name);
                int columns = new org.apache.poi.ss.util.AreaReference(
                                book.getPrintArea(book.getSheetIndex(sheet)) == null
                                        ? "A1:" + (char) ('A' + sheet.getRow(4).getLastCellNum() - 1) + "1"
                                        : book.getPrintArea(book.getSheetIndex(sheet)),
                                book.getSpreadsheetVersion())
                        .getLastCell()
                        .getCol();
                int characters = 0;
                for (int i = 0; i <= columns; i++) {
                    characters += sheet.getColumnWidth(i) / ResultSheet.WIDTH_UNIT;
                }
                assertThat(characters).as(name).isLessThanOrEqualTo(270); // about 6 points on A4
            }
        }
    }

    @Test
    void no_column_of_costs_is_empty_in_all_workloads() throws Exception {
        try (XSSFWorkbook book = SummarySheetTest.open(EXAMPLE.workbook())) {
            XSSFSheet sheet = book.getSheet("Costs");
            int last = 0;
            for (var row : sheet) {
                last = Math.max(last, row.getLastCellNum() - 1);
            }
            for (int i = 0; i <= last; i++) {
                int column = i;
                assertThat(Stream.of(sheet)
                                .flatMap(all -> java.util.stream.StreamSupport.stream(all.spliterator(), false))
                                .anyMatch(row -> !EarlierResults.text(sheet, row.getRowNum(), column)
                                        .isEmpty()))
                        .as("column %s", column)
                        .isTrue();
            }
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
        try (XSSFWorkbook book = SummarySheetTest.open(
                SweepWorkbook.write(grid, rows, TestWorkspace.decider().catalogue()))) {
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
            map.forEach(row -> row.forEach(cell -> {
                if (cell.getCellStyle().getWrapText()) {
                    int width = map.getColumnWidth(cell.getColumnIndex()) / ResultSheet.WIDTH_UNIT;
                    assertThat(15f * ResultSheet.lines(text(cell), width))
                            .as("%s: %s", cell.getAddress(), text(cell))
                            .isLessThanOrEqualTo(row.getHeightInPoints());
                }
            }));
            XSSFRow headers = book.getSheet("Points").getRow(0);
            for (var cell : headers) {
                XSSFRow first = book.getSheet("Points").getRow(1);
                assertThat(first.getCell(cell.getColumnIndex()).toString())
                        .as("%s is not empty", cell)
                        .isNotEmpty();
            }
            assertThat(book.getFontAt(0).getFontName()).isEqualTo("Calibri");
        }
    }

    private static byte[] comparingModels(String numberFormat) {
        return Workbooks.bytes(book -> {
            Workbooks.row(
                    book.createSheet("Workload"), 1, "Name", "Type", "Models", "Concurrency", "Monthly budget (USD)");
            Workbooks.row(
                    book.getSheet("Workload"), 2, "Assistant", "internal-tool", "qwen3-32b; llama-3.3-70b", 12, 3000);
            var style = book.createCellStyle();
            style.setDataFormat(book.createDataFormat().getFormat(numberFormat));
            book.getSheet("Workload").getRow(1).getCell(4).setCellStyle(style);
            Workbooks.row(book.createSheet("Candidates"), 1, "Hardware", "Quantity");
            Workbooks.row(book.getSheet("Candidates"), 2, "RTX 4090", 2);
            Workbooks.row(book.getSheet("Candidates"), 3, "Mac Studio M3 Ultra 80c GPU 256GB", 1);
            Workbooks.row(book.getSheet("Candidates"), 4, "L40S", 2);
        });
    }

    @Test
    void text_that_goes_on_in_the_next_line_is_not_cut_and_nothing_says_null() throws Exception {
        ScoredWorkbook.Result models = SummarySheetTest.score(comparingModels("#,##0"));
        for (byte[] written : List.of(EXAMPLE.workbook(), models.workbook())) {
            try (XSSFWorkbook book = SummarySheetTest.open(written)) {
                for (String name : List.of("Recommendations", "Models", "Winners", "Advice", "Weights", "About")) {
                    XSSFSheet sheet = book.getSheet(name);
                    if (sheet != null) {
                        sheet.forEach(row -> row.forEach(cell -> {
                            assertThat(text(cell)).doesNotContainPattern("\\bnull\\b|\\d × \\d+×");
                            if (cell.getCellStyle().getWrapText()) {
                                int width = sheet.getColumnWidth(cell.getColumnIndex()) / ResultSheet.WIDTH_UNIT;
                                assertThat(15f * Math.min(20, ResultSheet.lines(text(cell), width)))
                                        .as("%s of %s: %s", cell.getAddress(), name, text(cell))
                                        .isLessThanOrEqualTo(row.getHeightInPoints());
                            }
                        }));
                    }
                }
                book.getSheet("Charts")
                        .forEach(row ->
                                row.forEach(cell -> assertThat(text(cell)).doesNotContainPattern("\\bnull\\b")));
            }
        }
    }

    private static String text(org.apache.poi.ss.usermodel.Cell cell) {
        return cell.getCellType() == org.apache.poi.ss.usermodel.CellType.STRING ? cell.getStringCellValue() : "";
    }

    @Test
    void a_file_of_which_nothing_can_be_judged_has_no_empty_sheets_and_says_why_on_its_first_page() throws Exception {
        try (XSSFWorkbook book = SummarySheetTest.open(
                SummarySheetTest.score(comparingModels("#,##0 \"€\"")).workbook())) {
            List<String> names = new ArrayList<>();
            book.forEach(sheet -> names.add(sheet.getSheetName()));
            assertThat(names).containsExactly("Summary", "Workload", "Candidates", "Problems", "About");
            List<String> said = new ArrayList<>();
            book.getSheet("Summary").forEach(row -> row.forEach(cell -> said.add(text(cell))));
            assertThat(said).contains("Workload!E2").anyMatch(each -> each.contains("another currency"));
        }
    }

    @Test
    void a_sheet_of_the_user_that_is_wide_by_our_columns_prints_landscape_unless_he_said_how() throws Exception {
        try (XSSFWorkbook book = SummarySheetTest.open(
                SummarySheetTest.score(comparingModels("#,##0")).workbook())) {
            XSSFSheet sheet = book.getSheet("Candidates");
            assertThat(sheet.getPrintSetup().getLandscape()).isTrue();
            assertThat(sheet.getFitToPage()).isTrue();
            assertThat(book.getSheet("Workload").getPrintSetup().getLandscape()).isFalse();
        }
        byte[] upright = Workbooks.changed(comparingModels("#,##0"), book -> {
            book.getSheet("Candidates").getPrintSetup().setLandscape(false);
        });
        try (XSSFWorkbook book =
                SummarySheetTest.open(SummarySheetTest.score(upright).workbook())) {
            assertThat(book.getSheet("Candidates").getPrintSetup().getLandscape())
                    .isFalse();
        }
    }

    @Test
    void candidates_of_previews_are_called_as_people_call_them() {
        CandidateNames names = new CandidateNames(TestWorkspace.decider().catalogue());
        assertThat(names.apply("nvidia-h100-sxm-80gb × 2 rent (an-offer) vllm fp8"))
                .isEqualTo("rent 2× NVIDIA H100 SXM 80GB (an-offer), vLLM, fp8");
        assertThat(names.apply("qwen3-32b on nvidia-rtx-5090 × 1 buy vllm awq"))
                .isEqualTo("buy NVIDIA RTX 5090 for qwen3-32b, vLLM, awq");
        var api = TestWorkspace.decider().catalogue().hostedApis().get(0);
        assertThat(names.apply("glm-5.2 on " + api.id() + " × 1 api hosted-api as-served"))
                .isEqualTo("use " + api.provider() + " (hosted API) for glm-5.2");
        assertThat(names.apply("what-is-gone × 1 buy other awq")).isEqualTo("buy what-is-gone, other, awq");
        assertThat(names.apply("nothing suitable")).isEqualTo("nothing suitable");
    }

    @Test
    void what_architects_edit_prints_whole_or_says_that_it_does_not() throws Exception {
        for (String file : List.of("spreadsheets/catalogue.xlsx", "rules/policy.xlsx", "rules/cases.xlsx")) {
            try (XSSFWorkbook book =
                    SummarySheetTest.open(java.nio.file.Files.readAllBytes(java.nio.file.Path.of(file)))) {
                for (var each : book) {
                    XSSFSheet sheet = (XSSFSheet) each;
                    String printed = book.getPrintArea(book.getSheetIndex(sheet));
                    assertThat(printed == null || sheet.getHeader().getRight().startsWith("The first "))
                            .as("%s: all rows and columns of %s are printed", file, sheet.getSheetName())
                            .isTrue();
                    assertThat(sheet.getPrintSetup().getFitWidth() > 0 && sheet.getFitToPage())
                            .as("%s: %s fits the width of pages", file, sheet.getSheetName())
                            .isTrue();
                }
            }
        }
    }
}
