package quartermaster.workbook.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.poi.xssf.usermodel.XSSFCell;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import quartermaster.TestWorkspace;
import quartermaster.decision.Policy;
import quartermaster.decision.Step;
import quartermaster.request.Explain;
import quartermaster.unit.Imported;
import quartermaster.unit.Place;
import quartermaster.unit.Problem;
import quartermaster.workbook.knowledge.CasesReader;
import quartermaster.workbook.knowledge.CatalogueReader;
import quartermaster.workbook.knowledge.PolicyReader;
import quartermaster.workbook.read.ReadCell.Kind;
import quartermaster.workbook.score.LongScoring;
import quartermaster.workbook.score.LongWorkbook;
import quartermaster.workbook.upload.CandidatesReader;
import quartermaster.workbook.upload.SheetRequest;

/** Programs that cannot calculate save formulas without a value: it is calculated or told, and never taken for zero. */
class FormulasWithoutValuesTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);
    private static final String ASK_TO_SAVE = "open the workbook in your spreadsheet program and save it";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<c r=\"A1\"><f>NOW()</f></c>",
                "<c r=\"A1\"><f>NOW()</f><v></v></c>",
                "<c r=\"A1\"><f>NOW()</f><v/></c>",
                "<c r=\"A1\"><f>NOW()</f><v> </v></c>",
                "<c r=\"A1\"><f>1/0</f><v></v></c>",
                "<c r=\"A1\" t=\"n\"><f>NOW()</f><v></v></c>",
                "<c r=\"A1\" t=\"b\"><f>NOW()</f><v></v></c>",
                "<c r=\"A1\" t=\"e\"><f>NOW()</f><v></v></c>",
                "<c r=\"A1\" t=\"str\"><f>NOW()</f></c>",
                "<c r=\"A1\"><f t=\"array\" ref=\"A1\">NOW()</f><v></v></c>"
            })
    void every_way_to_read_a_package_knows_that_it_was_never_calculated(String cell) throws Exception {
        byte[] bytes = workbook(cell);
        assertThat(only(WorkbookFile.open(bytes, "test.xlsx")).kind()).isEqualTo(Kind.UNCALCULATED);
        assertThat(only(WorkbookFile.openOwn(bytes, "test.xlsx", WorkbookLimits.DEFAULT))
                        .kind())
                .isEqualTo(Kind.UNCALCULATED);
        assertThat(byTheLibrary(bytes).rows().get(0).cell(0).kind()).isEqualTo(Kind.UNCALCULATED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<c r=\"A1\"><f>2*31</f></c>",
                "<c r=\"A1\"><f>2*31</f><v></v></c>",
                "<c r=\"A1\"><f>SUM(B1,31)*2-B1</f><v/></c>",
                "<c r=\"A1\"><f t=\"array\" ref=\"A1\">2*31</f><v></v></c>"
            })
    void what_is_safe_to_calculate_is_calculated(String cell) throws Exception {
        byte[] bytes = workbook(cell);
        assertThat(only(WorkbookFile.open(bytes, "test.xlsx")).number()).isEqualTo(62);
        assertThat(only(WorkbookFile.openOwn(bytes, "test.xlsx", WorkbookLimits.DEFAULT))
                        .number())
                .isEqualTo(62);
    }

    /** As XlsxWriter writes formulas: with a 0, under the name of Excel 2007, to be calculated when it is loaded. */
    @Test
    void a_zero_of_a_program_that_cannot_calculate_is_no_saved_value() throws Exception {
        byte[] safe = neverCalculated("<c r=\"A1\"><f>2*31</f><v>0</v></c>");
        assertThat(only(WorkbookFile.open(safe, "test.xlsx")).number()).isEqualTo(62);
        assertThat(only(openOwn(safe)).number()).isEqualTo(62);

        byte[] unsafe = neverCalculated("<c r=\"A1\"><f>NOW()</f><v>0</v></c>");
        assertThat(only(WorkbookFile.open(unsafe, "test.xlsx")).kind()).isEqualTo(Kind.UNCALCULATED);
        assertThat(byTheLibrary(unsafe).rows().get(0).cell(0).kind()).isEqualTo(Kind.UNCALCULATED);
    }

    @Test
    void any_other_saved_value_counts() throws Exception {
        for (byte[] bytes : List.of(
                neverCalculated("<c r=\"A1\"><f>NOW()*0+7</f><v>7</v></c>"),
                neverCalculated("<c r=\"A1\"><v>7</v></c>"))) {
            assertThat(only(WorkbookFile.open(bytes, "test.xlsx")).number()).isEqualTo(7);
            assertThat(byTheLibrary(bytes).rows().get(0).cell(0).number()).isEqualTo(7);
        }
        byte[] constant = neverCalculated("<c r=\"A1\"><v>0</v></c>");
        assertThat(only(WorkbookFile.open(constant, "test.xlsx")).number()).isZero();
        assertThat(byTheLibrary(constant).rows().get(0).cell(0).number()).isZero();
    }

    @Test
    void a_zero_of_a_program_that_calculates_counts() throws Exception {
        String zero = "<c r=\"A1\"><f>NOW()*0</f><v>0</v></c>";
        byte[] newer =
                Workbooks.withPart(neverCalculated(zero), "docProps/app.xml", xml -> xml.replace("12.0000", "16.0300"));
        byte[] calculated = Workbooks.withPart(
                neverCalculated(zero), "xl/workbook.xml", xml -> xml.replace(" fullCalcOnLoad=\"1\"", ""));
        for (byte[] bytes : List.of(newer, calculated)) {
            assertThat(only(WorkbookFile.open(bytes, "test.xlsx")).number()).isZero();
            assertThat(byTheLibrary(bytes).rows().get(0).cell(0).number()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<c r=\"A1\" t=\"str\"><f>\"\"</f><v></v></c>",
                "<c r=\"A1\"><v></v></c>",
                "<c r=\"A1\" t=\"b\"/>",
                "<c r=\"A1\" t=\"s\"><v></v></c>"
            })
    void the_empty_text_of_a_formula_and_a_cell_that_holds_nothing_are_empty(String cell) throws Exception {
        byte[] bytes = workbook(cell);
        assertThat(WorkbookFile.open(bytes, "test.xlsx").sheets().get(0).rows()).isEmpty();
        assertThat(byTheLibrary(bytes).rows()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "office:value-type=\"float\"",
                "office:value-type=\"float\" office:value=\"\"",
                "office:value-type=\"percentage\"",
                "office:value-type=\"date\"",
                "office:value-type=\"boolean\""
            })
    void in_an_open_document_too(String saved) throws Exception {
        byte[] bytes = Workbooks.packed(
                "mimetype",
                "application/vnd.oasis.opendocument.spreadsheet",
                "content.xml",
                "<office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\""
                        + " xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\"><office:body>"
                        + "<office:spreadsheet><table:table table:name=\"A\"><table:table-row><table:table-cell"
                        + " table:formula=\"of:=1/0\" " + saved + "/></table:table-row></table:table>"
                        + "</office:spreadsheet></office:body></office:document-content>");
        assertThat(only(WorkbookFile.open(bytes, "test.ods")).kind()).isEqualTo(Kind.UNCALCULATED);
    }

    @Test
    void in_separated_text_a_formula_is_a_text_and_no_number() throws Exception {
        byte[] bytes = "Type,Concurrency\nproduction,=1/0\n".getBytes(StandardCharsets.UTF_8);
        assertThat(CandidatesReader.read(
                                WorkbookFile.open(bytes, "test.csv"), TestWorkspace.names(), TODAY, Explain.NONE)
                        .problems())
                .extracting(problem -> problem.at().toString())
                .containsExactly("Sheet1!B2");
    }

    @Test
    void points_of_a_policy_are_calculated_and_never_fall_to_zero() throws Exception {
        Imported<@Nullable Policy> read = policyWithPoints("=2*31");
        assertThat(read.problems()).isEmpty();
        Policy policy = read.value();
        assertThat(policy).isNotNull();
        assertThat(policy.table(Step.BUDGET).rows())
                .extracting(row -> row.points().from())
                .startsWith(62.0);
    }

    @Test
    void points_of_a_policy_that_cannot_be_calculated_are_a_problem_at_their_cell() throws Exception {
        assertThat(policyWithPoints("=1/0").problems()).singleElement().satisfies(problem -> {
            assertThat(problem.at()).hasToString("Budget!" + pointsCell());
            assertThat(problem.message()).startsWith("Points is a formula").contains(ASK_TO_SAVE);
        });
    }

    @Test
    void a_heading_that_was_never_calculated_is_told() throws Exception {
        byte[] bytes = withEmptyValues(book -> {
            Workbooks.row(book.createSheet("Workload"), 1, "Type", "=NOW()");
            Workbooks.row(book.getSheet("Workload"), 2, "production", 5);
        });
        assertThat(CandidatesReader.read(Workbooks.opened(bytes), TestWorkspace.names(), TODAY, Explain.NONE)
                        .problems())
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.at()).hasToString("Workload!B1");
                    assertThat(problem.message()).contains(ASK_TO_SAVE);
                });
    }

    @Test
    void a_price_in_the_catalogue_is_calculated_or_a_problem_at_its_cell() {
        assertThat(CatalogueReader.read(Workbooks.catalogueWith(
                                Set.of("Hosts"), book -> Workbooks.set(price(book), "=4000+999")))
                        .problems())
                .isEmpty();
        assertThat(CatalogueReader.read(
                                Workbooks.catalogueWith(Set.of("Hosts"), book -> Workbooks.set(price(book), "=1/0")))
                        .problems())
                .extracting(Problem::message)
                .singleElement()
                .asString()
                .startsWith("Price is a formula")
                .contains(ASK_TO_SAVE);
    }

    @Test
    void an_uploaded_value_is_calculated_or_a_problem_at_its_cell() throws Exception {
        byte[] upload = withEmptyValues(book -> {
            Workbooks.row(book.createSheet("Workload"), 1, "Name", "Type", "Concurrency");
            Workbooks.row(book.getSheet("Workload"), 2, "a", "production", "=2*8");
            Workbooks.row(book.getSheet("Workload"), 3, "b", "production", "=1/0");
        });
        Imported<List<SheetRequest>> read =
                CandidatesReader.read(Workbooks.opened(upload), TestWorkspace.names(), TODAY, Explain.NONE);
        assertThat(read.value())
                .extracting(each -> each.request().workload().concurrency())
                .containsExactly(16);
        assertThat(read.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.at()).hasToString("Workload!C3");
            assertThat(problem.message()).startsWith("Concurrency is a formula").contains(ASK_TO_SAVE);
        });
    }

    @Test
    void a_case_whose_demand_was_never_calculated_is_a_problem_at_its_cell() throws Exception {
        byte[] cases = Files.readAllBytes(Path.of("rules/cases.xlsx"));
        byte[] changed = withEmptyValues(Workbooks.changed(
                cases, book -> Workbooks.set(Workbooks.cell(book, "Cases!" + caseCell()), "=1/0")));
        assertThat(CasesReader.read(openOwn(changed), TestWorkspace.decider()).problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains(ASK_TO_SAVE));
    }

    @Test
    void in_a_long_table_each_is_a_problem_at_its_cell_and_shown_in_the_copy() throws Exception {
        byte[] upload = withEmptyValues(book -> {
            Workbooks.row(book.createSheet("Workload"), 1, "Type", "Model");
            Workbooks.row(book.getSheet("Workload"), 2, "evaluation", "llama-3.1-8b");
            Workbooks.row(book.createSheet("Candidates"), 1, "Hardware", "Devices", "Mine");
            Workbooks.row(book.getSheet("Candidates"), 2, "RTX 4090", 1, "=NOW()");
            Workbooks.row(book.getSheet("Candidates"), 3, "RTX 4090", "=1/0", 1);
        });
        UnreadableWorkbookException refused = new UnreadableWorkbookException(
                UnreadableWorkbookException.Reason.SIZE, "too-many-rows", "It has too many rows.");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        LongScoring.Result result = LongScoring.score(
                LongWorkbook.open(upload, refused), TestWorkspace.decider(), TODAY, (phase, done, all) -> {}, bytes);
        assertThat(result.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.at()).hasToString("Candidates!B3");
            assertThat(problem.message()).startsWith("Devices is a formula").contains(ASK_TO_SAVE);
        });
        ReadSheet copy =
                Workbooks.opened(bytes.toByteArray()).findSheet("Candidates").orElseThrow();
        assertThat(copy.rows().get(1).cell(2).text()).isEqualTo("(not calculated)");
        assertThat(copy.rows().get(2).cell(1).text()).isEqualTo("(not calculated)");
    }

    private static byte[] workbook(String cell) {
        byte[] bytes = Workbooks.bytes(book -> Workbooks.row(book.createSheet("A"), 1, "text"));
        return Workbooks.withPart(
                bytes, "xl/worksheets/sheet1.xml", xml -> xml.replaceFirst("<c r=\"A1\"[^>]*>.*?</c>", cell));
    }

    private static byte[] neverCalculated(String cell) {
        byte[] asking = Workbooks.withPart(
                workbook(cell),
                "xl/workbook.xml",
                xml -> xml.replace("</sheets>", "</sheets><calcPr calcId=\"124519\" fullCalcOnLoad=\"1\"/>"));
        return Workbooks.withPart(
                asking,
                "docProps/app.xml",
                xml ->
                        "<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties\">"
                                + "<Application>Microsoft Excel</Application><AppVersion>12.0000</AppVersion></Properties>");
    }

    private static ReadCell only(WorkbookFile file) {
        return file.sheets().get(0).rows().get(0).cell(0);
    }

    private static ReadSheet byTheLibrary(byte[] bytes) throws Exception {
        try (XSSFWorkbook book = new XSSFWorkbook(new ByteArrayInputStream(bytes))) {
            return new SheetReading("test.xlsx", WorkbookLimits.DEFAULT, System.nanoTime() + 60_000_000_000L, null)
                    .read(book.getSheetAt(0), false);
        }
    }

    private static WorkbookFile openOwn(byte[] bytes) throws UnreadableWorkbookException {
        return WorkbookFile.openOwn(bytes, "test.xlsx", WorkbookLimits.DEFAULT);
    }

    /** The policy that comes with the program, with a formula for the points of its first budget row. */
    private static Imported<@Nullable Policy> policyWithPoints(String formula) throws Exception {
        byte[] shipped = Files.readAllBytes(Path.of("rules/policy.xlsx"));
        byte[] changed = withEmptyValues(Workbooks.changed(
                shipped, book -> Workbooks.set(Workbooks.cell(book, "Budget!" + pointsCell()), formula)));
        return PolicyReader.read(openOwn(changed), "rules/policy.xlsx");
    }

    private static String pointsCell() {
        return below("rules/policy.xlsx", "Budget", "Points");
    }

    private static String caseCell() {
        return below("rules/cases.xlsx", "Cases", "Input tokens");
    }

    /** The cell below a heading, e.g. {@code F2}. */
    private static String below(String file, String sheet, String heading) {
        try {
            return WorkbookFile.open(Path.of(file)).findSheet(sheet).orElseThrow().rows().get(0).cells().stream()
                    .filter(cell -> cell.text().equals(heading))
                    .map(cell -> Place.Cell.letters(cell.column()) + "2")
                    .findFirst()
                    .orElseThrow();
        } catch (UnreadableWorkbookException e) {
            throw new AssertionError(e);
        }
    }

    private static XSSFCell price(XSSFWorkbook book) {
        return Workbooks.cell(book, "Hosts!" + below("spreadsheets/catalogue.xlsx", "Hosts", "Price (USD)"));
    }

    private static byte[] withEmptyValues(Consumer<XSSFWorkbook> build) {
        return withEmptyValues(Workbooks.bytes(build));
    }

    /** As openpyxl and others write formulas. */
    private static byte[] withEmptyValues(byte[] workbook) {
        byte[] changed = workbook;
        for (int i = 1; i <= 12; i++) {
            changed = Workbooks.withPart(
                    changed, "xl/worksheets/sheet" + i + ".xml", xml -> xml.replace("</f></c>", "</f><v></v></c>"));
        }
        return changed;
    }
}
