package quartermaster.workbook.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.poi.common.usermodel.HyperlinkType;
import org.apache.poi.openxml4j.exceptions.InvalidFormatException;
import org.apache.poi.openxml4j.opc.OPCPackage;
import org.apache.poi.openxml4j.opc.PackagePart;
import org.apache.poi.openxml4j.opc.PackagingURIHelper;
import org.apache.poi.openxml4j.opc.TargetMode;
import org.apache.poi.ss.SpreadsheetVersion;
import org.apache.poi.ss.usermodel.BorderStyle;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.ss.util.AreaReference;
import org.apache.poi.ss.util.CellAddress;
import org.apache.poi.xssf.usermodel.XSSFCell;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.apache.poi.xssf.usermodel.XSSFWorkbookType;
import org.junit.jupiter.api.Test;
import org.openxmlformats.schemas.spreadsheetml.x2006.main.CTSheet;
import quartermaster.TestWorkspace;
import quartermaster.decision.Decision;
import quartermaster.decision.Recommendation;
import quartermaster.json.RequestReader;
import quartermaster.unit.Choice;
import quartermaster.unit.Imported;
import quartermaster.unit.Place;
import quartermaster.unit.Problem;
import quartermaster.workbook.read.ReadSheet;
import quartermaster.workbook.read.UnreadableWorkbookException;
import quartermaster.workbook.read.WorkbookFile;
import quartermaster.workbook.read.WorkbookText;
import quartermaster.workbook.read.Workbooks;
import quartermaster.workbook.template.ExampleWorkbook;

public class ScoredWorkbookTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);
    private static final String THEMED = "<top style=\"thin\"><color theme=\"1\"/></top>";
    private static final ScoredWorkbook.Result EXAMPLE = score(ExampleWorkbook.bytes());
    private static final ScoredWorkbook.Result AGAIN = score(EXAMPLE.workbook());

    @Test
    void every_judged_candidate_is_a_row_as_the_decision_says() {
        XSSFSheet sheet = open(EXAMPLE.workbook()).getSheet("Recommendations");
        int row = 1;
        for (Imported<Decision> answer : EXAMPLE.answers()) {
            List<Recommendation> all = new ArrayList<>(answer.value().ranked());
            all.addAll(answer.value().rejected());
            for (Recommendation each : all) {
                assertThat(text(sheet, row, "Workload"))
                        .isEqualTo(answer.value().request().workload().name());
                assertThat(text(sheet, row, "Hardware"))
                        .isEqualTo(each.assessment().hardware().name());
                assertThat(text(sheet, row, "Verdict")).isEqualTo(Choice.id(each.verdict()));
                assertThat(number(sheet, row, "Score")).isCloseTo(each.score(), within(1e-9));
                assertThat(number(sheet, row, "Headroom (%)") * 100)
                        .isCloseTo(each.assessment().headroomPercent(), within(1e-6));
                double decode = each.assessment().decodeSpeed();
                assertThat(number(sheet, row, "Decode (tok/s)"))
                        .isCloseTo(Double.isNaN(decode) ? 0 : decode, within(1e-9));
                assertThat(text(sheet, row, "Why")).isEqualTo(quartermaster.advice.Reason.of(each));
                row++;
            }
        }
        assertThat(sheet.getLastRowNum()).isEqualTo(row - 1);
    }

    @Test
    void step_columns_add_up_to_the_score() {
        XSSFSheet sheet = open(EXAMPLE.workbook()).getSheet("Recommendations");
        for (int row = 1; row <= sheet.getLastRowNum(); row++) {
            double sum = 0;
            for (String step :
                    List.of("Fit", "Workload type", "Concurrency", "Budget", "Model availability", "Team expertise")) {
                sum += number(sheet, row, step);
            }
            assertThat(sum).isCloseTo(number(sheet, row, "Score"), within(1e-6));
        }
    }

    @Test
    void beside_a_candidate_stands_the_workload_that_ranked_it_best() {
        XSSFWorkbook book = open(EXAMPLE.workbook());
        XSSFSheet all = book.getSheet("Recommendations");
        XSSFSheet candidates = book.getSheet("Candidates");
        for (int row = 1; row <= 15; row++) {
            String workload = text(candidates, row, "For workload");
            assertThat(workload).isNotEmpty();
            double score = number(candidates, row, "Score");
            String hardware = candidates.getRow(row).getCell(0).getStringCellValue();
            assertThat(rows(all)).anySatisfy(other -> {
                assertThat(text(all, other, "Workload")).isEqualTo(workload);
                assertThat(text(all, other, "Hardware")).isEqualTo(hardware);
                assertThat(number(all, other, "Score")).isCloseTo(score, within(1e-9));
            });
        }
    }

    @Test
    void a_row_that_names_a_workload_shows_the_result_for_that_one() {
        XSSFSheet candidates = open(EXAMPLE.workbook()).getSheet("Candidates");
        int named = 0;
        for (int row = 1; row <= 15; row++) {
            String asked = candidates.getRow(row).getCell(7) == null
                    ? ""
                    : candidates.getRow(row).getCell(7).getStringCellValue();
            if (!asked.isEmpty()) {
                named++;
                assertThat(asked.split("; *")).contains(text(candidates, row, "For workload"));
            }
        }
        assertThat(text(candidates, 0, "For workload")).isEqualTo("For workload");
        assertThat(candidates.getRow(0).getCell(7).getStringCellValue()).isEqualTo("Workload");
        assertThat(named).isGreaterThanOrEqualTo(4);
    }

    @Test
    void dialogs_and_macros_of_old_are_read_past_and_kept() {
        byte[] with = changed(ExampleWorkbook.bytes(), book -> {
            try {
                var part = PackagingURIHelper.createPartName("/xl/dialogsheets/sheet1.xml");
                var dialog = book.getPackage()
                        .createPart(
                                part, "application/vnd.openxmlformats-officedocument.spreadsheetml.dialogsheet+xml");
                dialog.getOutputStream()
                        .write(("<dialogsheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"/>")
                                .getBytes(StandardCharsets.UTF_8));
                var relation = book.getPackagePart()
                        .addRelationship(
                                part,
                                TargetMode.INTERNAL,
                                "http://schemas.openxmlformats.org/officeDocument/2006/relationships/dialogsheet");
                var listed = book.getCTWorkbook().getSheets().insertNewSheet(1);
                listed.setName("Dialog1");
                listed.setSheetId(77);
                listed.setId(relation.getId());
            } catch (InvalidFormatException | IOException e) {
                throw new AssertionError(e);
            }
        });

        byte[] scored = score(score(with).workbook()).workbook();

        assertThat(open(scored).getSheet("Recommendations")).isNotNull();
        assertThat(open(scored).getCTWorkbook().getSheets().getSheetList())
                .extracting(CTSheet::getName)
                .endsWith("About", "Dialog1")
                .startsWith("Summary", "README", "Workload");
    }

    @Test
    void a_workbook_that_lists_no_view_of_itself_is_scored() {
        byte[] without = changed(
                ExampleWorkbook.bytes(),
                book -> book.getCTWorkbook().getBookViews().removeWorkbookView(0));

        assertThat(open(score(without).workbook()).getSheet("Recommendations")).isNotNull();
    }

    @Test
    void of_a_table_on_its_side_nothing_changes_and_results_stand_on_sheets_of_their_own() {
        byte[] sideways = Workbooks.bytes(book -> {
            Workbooks.row(book.createSheet("Workload"), 1, "Type", "Model");
            Workbooks.row(book.getSheet("Workload"), 2, "internal-tool", "Qwen3-32B");
            XSSFSheet sheet = book.createSheet("Options");
            Workbooks.row(sheet, 1, "GPU", "L40S", "RTX 5090");
            Workbooks.row(sheet, 2, "Count", 2, 1);
        });

        ScoredWorkbook.Result once = score(sideways);
        ScoredWorkbook.Result twice = score(once.workbook());

        assertThat(twice.answers().get(0).value().asked())
                .isEqualTo(once.answers().get(0).value().asked());
        XSSFWorkbook book = open(twice.workbook());
        assertThat(book.getSheet("Options").getLastRowNum()).isEqualTo(1);
        assertThat(book.getSheet("Options").getRow(0).getLastCellNum()).isEqualTo((short) 3);
        assertThat(rows(book.getSheet("Recommendations"))).hasSize(2);
    }

    @Test
    void a_print_area_that_ends_with_the_candidates_takes_our_columns_in_and_gives_them_back() {
        XSSFWorkbook once = open(EXAMPLE.workbook());
        String printed = once.getPrintArea(once.getSheetIndex("Candidates"));
        int last = once.getSheet("Candidates").getRow(0).getLastCellNum();
        assertThat(printed).startsWith("Candidates!$A$1:$" + Place.Cell.letters(last - 1) + "$");
        XSSFWorkbook twice = open(score(EXAMPLE.workbook()).workbook());
        assertThat(twice.getPrintArea(twice.getSheetIndex("Candidates"))).isEqualTo(printed);
        byte[] narrow = changed(
                ExampleWorkbook.bytes(), book -> book.setPrintArea(book.getSheetIndex("Candidates"), 0, 3, 0, 10));
        XSSFWorkbook wanted = open(score(narrow).workbook());
        assertThat(wanted.getPrintArea(wanted.getSheetIndex("Candidates"))).isEqualTo("Candidates!$A$1:$D$11");
    }

    @Test
    void a_file_scored_again_has_no_link_twice() throws Exception {
        byte[] again = score(EXAMPLE.workbook()).workbook();
        try (OPCPackage parts = OPCPackage.open(new ByteArrayInputStream(again))) {
            for (PackagePart part : parts.getParts()) {
                if (!part.isRelationshipPart()) {
                    List<String> links = new ArrayList<>();
                    part.getRelationships()
                            .forEach(link -> links.add(link.getRelationshipType() + " " + link.getTargetURI()));
                    assertThat(links).as(part.getPartName().getName()).doesNotHaveDuplicates();
                }
            }
        }
    }

    @Test
    void a_file_scored_again_keeps_no_text_of_the_run_before() {
        byte[] once = score(EXAMPLE.workbook()).workbook();
        byte[] again = score(once).workbook();
        assertThat(open(again).getSharedStringSource().getUniqueCount())
                .isEqualTo(open(once).getSharedStringSource().getUniqueCount());
        assertThat(open(again).getSheet("About").getRow(5).getCell(1).getStringCellValue())
                .endsWith(" UTC");
    }

    @Test
    void names_that_nobody_knows_in_rows_with_other_mistakes_are_said_in_the_same_round() {
        byte[] upload = Workbooks.bytes(book -> {
            Workbooks.row(book.createSheet("Workload"), 1, "Type", "Model", "Concurrency");
            Workbooks.row(book.getSheet("Workload"), 2, "production", "qwenfoo", -4);
            Workbooks.row(book.createSheet("Candidates"), 1, "Hardware", "Devices", "Engine", "Price (USD)");
            Workbooks.row(book.getSheet("Candidates"), 2, "RTX 409O", 5000, "vlm", "cheap");
        });
        assertThat(score(upload).problems())
                .extracting(each -> each.at().toString())
                .containsExactlyInAnyOrder(
                        "Workload!C2",
                        "Workload!B2",
                        "Candidates!A2",
                        "Candidates!B2",
                        "Candidates!C2",
                        "Candidates!D2");
    }

    @Test
    void charts_are_native_and_our_tables_have_filters() {
        XSSFWorkbook book = open(EXAMPLE.workbook());
        assertThat(book.getSheet("Charts").getDrawingPatriarch().getCharts()).hasSizeGreaterThanOrEqualTo(4 * 5 + 4);
        for (String name : List.of("Recommendations", "Explanation", "Estimates")) {
            assertThat(book.getSheet(name).getTables()).hasSize(1);
            assertThat(book.getSheet(name).getTables().get(0).getCTTable().isSetAutoFilter())
                    .isTrue();
            assertThat(book.getSheet(name).getPaneInformation().isFreezePane()).isTrue();
        }
        assertThat(book.getSheet("Problems")).isNull();
    }

    @Test
    void what_is_paid_for_buying_and_for_renting_meets_where_buying_breaks_even() {
        XSSFSheet sheet = open(score(Workbooks.bytes(book -> {
                            Workbooks.row(
                                    book.createSheet("Workload"), 1, "Type", "Model", "Concurrency", "Utilization");
                            Workbooks.row(book.getSheet("Workload"), 2, "production", "llama-3.3-70b", 30, 1);
                            Workbooks.row(book.createSheet("Candidates"), 1, "Hardware", "Acquisition");
                            Workbooks.row(book.getSheet("Candidates"), 2, "H100 SXM", "buy");
                        }))
                        .workbook())
                .getSheet("Charts");
        XSSFCell rented = cellThatEndsWith(sheet, " around the clock");
        int header = rented.getRowIndex();
        int column = rented.getColumnIndex();
        int months = column - 2;
        assertThat(sheet.getRow(header).getCell(months).getStringCellValue()).isEqualTo("Months");
        assertThat(sheet.getRow(header).getCell(months + 1).getStringCellValue())
                .isEqualTo(rented.getStringCellValue().replace("rent ", "buy ").replace(" around the clock", ""));
        String marked = sheet.getRow(header).getCell(column + 1).getStringCellValue();
        double last = sheet.getRow(header + 7).getCell(months).getNumericCellValue();
        double breakEven = sheet.getRow(header + 8).getCell(months).getNumericCellValue();
        assertThat(marked).isEqualTo(String.format("Break-even: %.0f months", breakEven));
        double[] buying = line(sheet, header, months + 1);
        double[] renting = line(sheet, header, column);
        assertThat(renting[0]).isZero();
        assertThat(buying[0]).isPositive();
        double share = breakEven / last;
        assertThat(buying[0] + share * (buying[1] - buying[0]))
                .isCloseTo(renting[0] + share * (renting[1] - renting[0]), withinPercentage(0.1));
    }

    @Test
    void weights_times_points_make_the_scores_and_ranks_that_were_decided() {
        XSSFWorkbook book = open(EXAMPLE.workbook());
        XSSFSheet sheet = book.getSheet("Weights");
        var evaluator = book.getCreationHelper().createFormulaEvaluator();
        int candidates = 0;
        int rank = 0;
        for (int row = 3; row <= sheet.getLastRowNum(); row++) {
            XSSFCell score =
                    sheet.getRow(row) == null ? null : sheet.getRow(row).getCell(7);
            if (score == null || score.getCellType() != CellType.FORMULA) {
                rank = 0;
                continue;
            }
            double shown = score.getNumericCellValue();
            assertThat(evaluator.evaluate(score).getNumberValue()).isCloseTo(shown, within(1e-9));
            XSSFCell decided = sheet.getRow(row).getCell(9);
            if (decided.getCellType() == CellType.NUMERIC) {
                assertThat(decided.getNumericCellValue()).isCloseTo(shown, within(1e-9));
                XSSFCell ranked = sheet.getRow(row).getCell(8);
                assertThat(evaluator.evaluate(ranked).getNumberValue())
                        .isEqualTo(ranked.getNumericCellValue())
                        .isEqualTo(++rank);
                candidates++;
            } else {
                assertThat(shown).isEqualTo(100);
            }
        }
        assertThat(candidates).isGreaterThan(20);
    }

    @Test
    void each_step_of_a_recommendation_bears_its_reason_as_a_note_and_only_once() {
        for (byte[] workbook : List.of(EXAMPLE.workbook(), AGAIN.workbook())) {
            XSSFSheet sheet = open(workbook).getSheet("Recommendations");
            Recommendation best = EXAMPLE.answers().get(0).value().ranked().get(0);
            assertThat(sheet.getCellComments()).hasSize(6 * sheet.getLastRowNum());
            for (var step : best.steps()) {
                XSSFCell cell =
                        sheet.getRow(1).getCell(column(sheet, step.step().sheet()));
                assertThat(cell.getCellComment().getString().getString()).startsWith(step.because());
            }
        }
    }

    /** What is paid at once, and after all months. */
    private static double[] line(XSSFSheet sheet, int header, int column) {
        return new double[] {
            sheet.getRow(header + 1).getCell(column).getNumericCellValue(),
            sheet.getRow(header + 7).getCell(column).getNumericCellValue()
        };
    }

    private static XSSFCell cellThatEndsWith(XSSFSheet sheet, String text) {
        for (var row : sheet) {
            for (var cell : row) {
                if (cell.getCellType() == CellType.STRING
                        && cell.getStringCellValue().endsWith(text)) {
                    return (XSSFCell) cell;
                }
            }
        }
        throw new AssertionError(sheet.getSheetName() + " has no cell that ends with " + text);
    }

    @Test
    void scoring_a_scored_workbook_changes_nothing_but_the_ids() {
        byte[] once = EXAMPLE.workbook();
        byte[] third = score(AGAIN.workbook()).workbook();
        assertThat(AGAIN.problems()).isEmpty();
        assertThat(content(AGAIN.workbook())).isEqualTo(content(once));
        assertThat(content(third)).isEqualTo(content(once));
        assertThat(parts(third)).isEqualTo(parts(once));
        assertThat(open(third).getNumCellStyles()).isEqualTo(open(once).getNumCellStyles());
    }

    @Test
    void an_earlier_run_is_known_by_its_headers_where_a_program_dropped_the_names() {
        byte[] nameless = changed(
                EXAMPLE.workbook(),
                book -> new ArrayList<>(book.getAllNames())
                        .stream()
                                .filter(name -> name.getNameName().startsWith("_quartermaster"))
                                .forEach(book::removeName));
        assertThat(content(score(nameless).workbook())).isEqualTo(content(EXAMPLE.workbook()));
    }

    @Test
    void the_table_of_candidates_takes_our_columns_in() {
        XSSFWorkbook book = open(EXAMPLE.workbook());
        var table = book.getSheet("Candidates").getTables().get(0);
        int last = book.getSheet("Candidates").getRow(0).getLastCellNum() - 1;
        assertThat(table.getEndColIndex()).isEqualTo(last);
        assertThat(table.getColumns())
                .extracting(column -> column.getName())
                .doesNotHaveDuplicates()
                .endsWith("Why");
    }

    @Test
    void what_is_the_users_survives() {
        XSSFWorkbook book = open(score(UserWorkbook.bytes()).workbook());
        UserWorkbook.assertIntact(book);
        assertThat(text(book.getSheet("Candidates"), 1, "For workload")).isEqualTo("chat");
    }

    @Test
    void a_cell_without_a_style_in_a_column_with_one_stays_plain() {
        byte[] upload = Workbooks.withPart(
                Workbooks.bytes(book -> {
                    small(book);
                    var percent = book.createCellStyle();
                    percent.setDataFormat((short) 10);
                    Workbooks.row(book.createSheet("Mine"), 1, 1, 2);
                    book.getSheet("Mine").setDefaultColumnStyle(0, percent);
                }),
                "xl/worksheets/sheet3.xml",
                xml -> xml.replaceAll("<c r=\"A1\"[^>]*>", "<c r=\"A1\" t=\"n\">"));
        String sheet = Workbooks.part(score(upload).workbook(), "xl/worksheets/sheet3.xml");
        assertThat(sheet).contains("style=\"1\"").containsPattern("<c r=\"A1\"[^>]* s=\"0\"");
    }

    @Test
    void one_sheet_with_both_tables_is_scored_and_scored_again() {
        String separated =
                "Hardware;Devices\nRTX 4090;1\nL40S;1\n\nType;Model;Concurrency;Mine\nbatch;llama-3.1-8b;5;x\n";
        byte[] once = score(separated.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .workbook();
        XSSFSheet sheet = open(once).getSheetAt(1); // behind the summary
        assertThat(sheet.getRow(4).getCell(3).getStringCellValue()).isEqualTo("Mine");
        assertThat(sheet.getRow(0).getCell(4).getStringCellValue()).isEqualTo("For workload");
        assertThat(sheet.getRow(2).getCell(4).getStringCellValue()).isEqualTo("batch");
        assertThat(content(score(once).workbook())).isEqualTo(content(once));
    }

    @Test
    void names_are_matched_loosely_where_one_row_has_all_their_words_and_the_match_is_shown() {
        ScoredWorkbook.Result result = score(Workbooks.bytes(book -> {
            Workbooks.row(book.createSheet("Workload"), 1, "Type", "Model");
            Workbooks.row(book.getSheet("Workload"), 2, "evaluation", "Meta Llama 3.1 8B");
            Workbooks.row(book.createSheet("Candidates"), 1, "Hardware");
            Workbooks.row(book.getSheet("Candidates"), 2, "Apple Mac Studio (M3 Ultra, 256 GB RAM)");
            Workbooks.row(book.getSheet("Candidates"), 3, "GeForce RTX4090");
            Workbooks.row(book.getSheet("Candidates"), 4, "Mac Studio");
            Workbooks.row(book.getSheet("Candidates"), 5, "NVIDIA GeForce RTX 3090");
        }));
        XSSFSheet candidates = open(result.workbook()).getSheet("Candidates");
        assertThat(text(candidates, 1, "Judged as")).startsWith("Mac Studio M3 Ultra 80c GPU 256GB, ");
        assertThat(text(candidates, 2, "Judged as")).startsWith("NVIDIA RTX 4090, ");
        assertThat(text(candidates, 3, "Verdict")).isEqualTo("not judged");
        assertThat(result.problems())
                .extracting(problem -> problem.at().toString())
                .containsOnly("Candidates!A4");
        assertThat(result.problems()).extracting(Problem::code).containsExactly("ambiguous-hardware");
        assertThat(WorkbookText.of(Workbooks.opened(result.workbook())))
                .contains("taken for \"Meta Llama 3.1 8B\"")
                .contains("no other hardware is meant by its words (256, m3ultra, mac, studio).")
                .contains("NVIDIA RTX 3090: no other hardware is meant by its words (3090, rtx).");
    }

    @Test
    void memory_beside_a_name_tells_which_one_is_meant_and_hidden_rows_are_said() {
        ScoredWorkbook.Result result = score(Workbooks.bytes(book -> {
            workload(book);
            XSSFSheet sheet = book.createSheet("Candidates");
            Workbooks.row(sheet, 1, "Machine", "RAM (GiB)");
            Workbooks.row(sheet, 2, "Mac Studio M3 Ultra", "256GB");
            Workbooks.row(sheet, 3, "RTX 4090", 24);
            Workbooks.row(sheet, 4, "RTX 4090", 64);
            sheet.getRow(3).setZeroHeight(true);
        }));
        assertThat(result.problems()).isEmpty();
        XSSFSheet candidates = open(result.workbook()).getSheet("Candidates");
        assertThat(text(candidates, 1, "Judged as")).startsWith("Mac Studio M3 Ultra 80c GPU 256GB, ");
        assertThat(text(candidates, 2, "Judged as")).startsWith("NVIDIA RTX 4090, ");
        assertThat(WorkbookText.of(Workbooks.opened(result.workbook())))
                .contains("NVIDIA RTX 4090 has 24 GB; the 64 GB beside it are read as its host's.")
                .contains("Row 4 of the candidates is hidden")
                .contains("no other hardware with as much memory is meant by its words (256, m3ultra, mac, studio).");
    }

    @Test
    void a_sheet_that_is_filled_to_its_last_column_is_told_that_there_is_no_room() {
        byte[] upload = Workbooks.bytes(book -> {
            small(book);
            Workbooks.cell(book, "Candidates!XFD2").setCellValue("x");
        });
        assertThatThrownBy(() -> ScoredWorkbook.score(upload, TestWorkspace.decider(), TODAY))
                .isInstanceOf(UnreadableWorkbookException.class)
                .hasMessageContaining("Sheet Candidates")
                .hasMessageContaining("no room for results");
    }

    @Test
    void a_sheet_that_is_called_by_one_letter_is_not_meant_by_workload() {
        byte[] upload = Workbooks.bytes(book -> book.createSheet("A"));
        assertThatThrownBy(() -> ScoredWorkbook.score(upload, TestWorkspace.decider(), TODAY))
                .hasMessageContaining("no sheet Workload")
                .hasMessageNotContaining("Did you mean");
    }

    @Test
    void columns_of_a_table_without_headers_keep_their_names() {
        byte[] upload = Workbooks.bytes(book -> {
            small(book);
            XSSFSheet sheet = book.createSheet("Mine");
            Workbooks.row(sheet, 1, "Fruit", "Weight");
            Workbooks.row(sheet, 2, "apple", "pear");
            Workbooks.row(sheet, 3, 1, 2);
            sheet.createTable(new AreaReference("A1:B3", SpreadsheetVersion.EXCEL2007));
        });
        byte[] without = Workbooks.withPart(
                upload,
                "xl/tables/table1.xml",
                xml -> xml.replace("ref=\"A1:B3\"", "ref=\"A2:B3\" headerRowCount=\"0\""));
        assertThat(Workbooks.part(without, "xl/tables/table1.xml")).contains("headerRowCount=\"0\"", "\"Fruit\"");
        byte[] scored = score(without).workbook();
        assertThat(Workbooks.part(scored, "xl/tables/table1.xml"))
                .isEqualTo(Workbooks.part(without, "xl/tables/table1.xml"));
    }

    @Test
    void a_link_to_what_is_no_address_by_the_book_keeps_its_target() {
        byte[] upload = Workbooks.bytes(book -> {
            small(book);
            for (int i = 0; i < 3; i++) {
                var link = book.getCreationHelper().createHyperlink(HyperlinkType.URL);
                link.setAddress("http://example.com/" + i);
                Workbooks.cell(book, "Candidates!A" + (i + 1)).setHyperlink(link);
            }
        });
        String links = "xl/worksheets/_rels/sheet2.xml.rels";
        byte[] odd = Workbooks.withPart(
                upload,
                links,
                xml -> xml.replace("http://example.com/0", "mailto:#%@")
                        .replace("example.com/1", "example.com/a|b%20c[d]#e"));
        assertThat(Workbooks.part(score(odd).workbook(), links))
                .contains("mailto:%23%25@", "http://example.com/a%7Cb%20c%5Bd%5D#e", "http://example.com/2")
                .doesNotContain("invalid");
    }

    @Test
    void colours_of_borders_stay_as_they_are_named() {
        byte[] upload = Workbooks.bytes(book -> {
            small(book);
            var style = book.createCellStyle();
            style.setBorderTop(BorderStyle.THIN);
            Workbooks.cell(book, "Candidates!A2").setCellStyle(style);
        });
        byte[] themed = Workbooks.withPart(
                withTheme(upload), "xl/styles.xml", xml -> xml.replace("<top style=\"thin\"/>", THEMED));
        assertThat(Workbooks.part(themed, "xl/styles.xml")).contains(THEMED);
        assertThat(Workbooks.part(score(themed).workbook(), "xl/styles.xml")).contains(THEMED);
    }

    private static byte[] withTheme(byte[] workbook) {
        byte[] themed =
                Workbooks.changed(workbook, book -> book.getStylesSource().ensureThemesTable());
        return Workbooks.withPart(
                themed,
                "xl/theme/theme-1.xml",
                xml -> "<a:theme xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\"><a:themeElements>"
                        + "<a:clrScheme name=\"x\"><a:dk1><a:srgbClr val=\"010203\"/></a:dk1>"
                        + "<a:lt1><a:srgbClr val=\"F0F0F0\"/></a:lt1></a:clrScheme></a:themeElements></a:theme>");
    }

    @Test
    void a_sheet_of_the_users_that_is_called_like_ours_stays() {
        byte[] theirs = Workbooks.bytes(book -> {
            small(book);
            Workbooks.row(book.createSheet("Recommendations"), 1, "Ask Ann first");
        });
        XSSFWorkbook twice = open(score(score(theirs).workbook()).workbook());
        assertThat(twice.getSheet("Recommendations").getRow(0).getCell(0).getStringCellValue())
                .isEqualTo("Ask Ann first");
        assertThat(text(twice.getSheet("Recommendations (2)"), 1, "Workload")).isEqualTo("chat");
        assertThat(twice.getSheet("Recommendations (3)")).isNull();
    }

    @Test
    void a_column_of_the_users_that_is_called_like_ours_stays() {
        byte[] theirs = Workbooks.bytes(book -> {
            small(book);
            Workbooks.cell(book, "Candidates!C1").setCellValue("Score");
            Workbooks.cell(book, "Candidates!C2").setCellValue("my guess: 7");
        });
        XSSFSheet sheet = open(score(score(theirs).workbook()).workbook()).getSheet("Candidates");
        assertThat(text(sheet, 1, "Score")).isEqualTo("my guess: 7");
        assertThat(number(sheet, 1, "Score (result)")).isPositive();
    }

    @Test
    void bad_rows_are_told_at_their_cells_and_the_others_are_scored() {
        ScoredWorkbook.Result result = score(Workbooks.bytes(book -> {
            small(book);
            Workbooks.row(book.getSheet("Candidates"), 3, "H100 SMX 80GB", 1);
            Workbooks.row(book.getSheet("Candidates"), 4, "NVIDIA RTX 5090", "two");
            Workbooks.row(book.getSheet("Workload"), 3, "second", "prodction");
            Workbooks.row(book.getSheet("Workload"), 4, "third", "batch", "no-such-model");
        }));
        assertThat(result.answers()).hasSize(2);
        assertThat(result.answers().get(0).value()).isNotNull();
        assertThat(result.answers().get(1).value()).isNull();
        assertThat(result.problems())
                .extracting(problem -> problem.at().toString())
                .containsExactlyInAnyOrder("Candidates!A3", "Candidates!B4", "Workload!B3", "Workload!C4");
        XSSFWorkbook book = open(result.workbook());
        assertThat(rows(book.getSheet("Problems"))).hasSize(4);
        assertThat(book.getSheet("Candidates")
                        .getRow(2)
                        .getCell(0)
                        .getCellComment()
                        .getString()
                        .getString())
                .contains("H100 SMX 80GB");
        assertThat(text(book.getSheet("Candidates"), 2, "Verdict")).isEqualTo("not judged");
        assertThat(text(book.getSheet("Candidates"), 2, "Why")).contains("H100 SMX 80GB");
        assertThat(text(book.getSheet("Candidates"), 1, "Verdict")).isNotEqualTo("not judged");
    }

    @Test
    void a_row_with_two_mistakes_side_by_side_is_two_problems_and_no_damage() {
        ScoredWorkbook.Result result = score(Workbooks.bytes(book -> {
            small(book);
            Workbooks.row(book.getSheet("Candidates"), 3, "H100 SMX 80GB", 20_500);
        }));
        assertThat(result.problems())
                .extracting(problem -> problem.at().toString())
                .containsExactlyInAnyOrder("Candidates!A3", "Candidates!B3");
        XSSFSheet candidates = open(result.workbook()).getSheet("Candidates");
        assertThat(candidates.getCellComments().keySet())
                .extracting(CellAddress::formatAsString)
                .containsExactlyInAnyOrder("A3", "B3");
    }

    @Test
    void notes_go_when_the_mistake_is_mended_and_the_users_own_note_stays() {
        byte[] wrong = Workbooks.bytes(book -> {
            small(book);
            XSSFCell cell = Workbooks.cell(book, "Candidates!B2");
            cell.setCellValue("two");
            UserWorkbook.note(cell, "Ben counted them.");
        });
        byte[] told = score(Workbooks.bytes(book -> {
                    small(book);
                    Workbooks.row(book.getSheet("Candidates"), 3, "H100 SMX 80GB", 1);
                }))
                .workbook();
        byte[] mended =
                changed(told, book -> Workbooks.cell(book, "Candidates!A3").setCellValue("NVIDIA RTX 5090"));
        assertThat(open(score(mended).workbook()).getSheet("Candidates").getCellComments())
                .isEmpty();

        XSSFWorkbook both = open(score(score(wrong).workbook()).workbook());
        assertThat(Workbooks.cell(both, "Candidates!B2")
                        .getCellComment()
                        .getString()
                        .getString())
                .startsWith("Quartermaster: ")
                .endsWith("\nBen counted them.")
                .containsOnlyOnce("Quartermaster: ");
    }

    @Test
    void text_that_looks_like_a_formula_stays_text() {
        String hostile = "=HYPERLINK(\"http://example.org\",\"x\")";
        XSSFSheet sheet = open(score(Workbooks.bytes(book -> {
                            small(book);
                            Workbooks.cell(book, "Workload!A2").setCellValue(hostile);
                        }))
                        .workbook())
                .getSheet("Recommendations");
        XSSFCell cell = sheet.getRow(1).getCell(0);
        assertThat(cell.getCellType()).isEqualTo(CellType.STRING);
        assertThat(cell.getStringCellValue()).isEqualTo(hostile);
        assertThat(cell.getCellStyle().getQuotePrefixed()).isTrue();
    }

    @Test
    void without_candidates_they_are_generated() {
        ScoredWorkbook.Result result = score(Workbooks.bytes(book -> workload(book)));
        XSSFWorkbook book = open(result.workbook());
        assertThat(book.getSheet("Candidates")).isNull();
        assertThat(rows(book.getSheet("Recommendations")).size())
                .isEqualTo(result.answers().get(0).value().ranked().size()
                        + result.answers().get(0).value().rejected().size());
    }

    @Test
    void generated_candidates_count_as_what_they_are() throws Exception {
        int offered = TestWorkspace.decider()
                .extent(RequestReader.read("{\"workload\": {\"type\": \"internal-tool\"}}", TODAY)
                        .requests()
                        .get(0)
                        .value())
                .candidates();
        int workloads = 1_500 / offered + 1;
        byte[] upload = Workbooks.bytes(book -> {
            Workbooks.row(book.createSheet("Workload"), 1, "Name", "Type");
            for (int i = 0; i < workloads; i++) {
                Workbooks.row(book.getSheet("Workload"), i + 2, "w" + i, "internal-tool");
            }
        });
        assertThatThrownBy(() -> ScoredWorkbook.score(upload, TestWorkspace.decider(), TODAY))
                .isInstanceOf(UnreadableWorkbookException.class)
                .hasMessageContaining("asks for " + workloads * offered + " judgements");
    }

    @Test
    void a_workbook_with_macros_keeps_its_kind() {
        byte[] macros = Workbooks.bytes(book -> {
            small(book);
            book.setWorkbookType(XSSFWorkbookType.XLSM);
        });
        assertThat(open(score(macros).workbook()).isMacroEnabled()).isTrue();
        assertThat(open(EXAMPLE.workbook()).isMacroEnabled()).isFalse();
    }

    @Test
    void a_workbook_that_says_nothing_about_work_is_refused() {
        byte[] holidays = Workbooks.bytes(book -> Workbooks.row(book.createSheet("Holidays"), 1, "Ann", "June"));
        assertThatThrownBy(() -> ScoredWorkbook.score(holidays, TestWorkspace.decider(), TODAY))
                .isInstanceOf(UnreadableWorkbookException.class)
                .hasMessageContaining("no sheet Workload");
        assertThatThrownBy(() -> ScoredWorkbook.score(new byte[] {1, 2, 3}, TestWorkspace.decider(), TODAY))
                .isInstanceOf(UnreadableWorkbookException.class);
    }

    static void small(XSSFWorkbook book) {
        workload(book);
        Workbooks.row(book.createSheet("Candidates"), 1, "Hardware", "Devices");
        Workbooks.row(book.getSheet("Candidates"), 2, "Mac Studio M4 Max 40c GPU 128GB", 1);
    }

    private static void workload(XSSFWorkbook book) {
        Workbooks.row(book.createSheet("Workload"), 1, "Name", "Type", "Model");
        Workbooks.row(book.getSheet("Workload"), 2, "chat", "internal-tool", "Llama-3.1-8B-Instruct");
    }

    private static ScoredWorkbook.Result score(byte[] upload) {
        try {
            return ScoredWorkbook.score(upload, TestWorkspace.decider(), TODAY);
        } catch (UnreadableWorkbookException e) {
            throw new AssertionError(e);
        }
    }

    public static XSSFWorkbook open(byte[] bytes) {
        try {
            return new XSSFWorkbook(new ByteArrayInputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] changed(byte[] bytes, Consumer<XSSFWorkbook> change) {
        try (XSSFWorkbook book = open(bytes)) {
            change.accept(book);
            var out = new java.io.ByteArrayOutputStream();
            book.write(out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every sheet's values but for the ids of decisions. */
    private static Map<String, String> content(byte[] bytes) {
        Map<String, String> content = new TreeMap<>();
        for (ReadSheet sheet : Workbooks.opened(bytes).sheets()) {
            String text = WorkbookText.of(new WorkbookFile("x", List.of(sheet)));
            content.put(sheet.name(), text.replaceAll("01[0-9A-Z]{24}", "ID"));
        }
        return content;
    }

    private static List<String> parts(byte[] bytes) {
        try {
            return open(bytes).getPackage().getParts().stream()
                    .map(PackagePart::getContentType)
                    .sorted()
                    .toList();
        } catch (org.apache.poi.openxml4j.exceptions.InvalidFormatException e) {
            throw new AssertionError(e);
        }
    }

    private static List<Integer> rows(XSSFSheet sheet) {
        List<Integer> rows = new ArrayList<>();
        for (int row = 1; row <= sheet.getLastRowNum(); row++) {
            rows.add(row);
        }
        return rows;
    }

    private static String text(XSSFSheet sheet, int row, String header) {
        return sheet.getRow(row).getCell(column(sheet, header)).getStringCellValue();
    }

    private static double number(XSSFSheet sheet, int row, String header) {
        return sheet.getRow(row).getCell(column(sheet, header)).getNumericCellValue();
    }

    private static int column(XSSFSheet sheet, String header) {
        for (var cell : sheet.getRow(0)) {
            if (cell.getStringCellValue().equals(header)) {
                return cell.getColumnIndex();
            }
        }
        throw new AssertionError(sheet.getSheetName() + " has no column " + header);
    }
}
