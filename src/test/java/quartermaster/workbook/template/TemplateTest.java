package quartermaster.workbook.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Test;
import quartermaster.TestWorkspace;
import quartermaster.request.Explain;
import quartermaster.request.RequestField;
import quartermaster.request.RequestFields;
import quartermaster.unit.Imported;
import quartermaster.unit.Problem;
import quartermaster.workbook.read.ReadCell;
import quartermaster.workbook.read.ReadSheet;
import quartermaster.workbook.read.WorkbookFile;
import quartermaster.workbook.read.Workbooks;
import quartermaster.workbook.score.ScoredWorkbookTest;
import quartermaster.workbook.upload.CandidatesReader;
import quartermaster.workbook.upload.SheetRequest;

class TemplateTest {
    private static final byte[] TEMPLATE = Template.write(TestWorkspace.catalogue());
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);

    @Test
    void its_columns_are_those_that_are_read() {
        XSSFWorkbook book = ScoredWorkbookTest.open(TEMPLATE);
        assertThat(headers(book.getSheet("Workload")))
                .isEqualTo(withNotes(RequestFields.ofWorkloads().stream().map(RequestField::header)));
        assertThat(headers(book.getSheet("Candidates")))
                .isEqualTo(withNotes(RequestFields.OF_CANDIDATES.stream().map(RequestField::header)));
    }

    @Test
    void empty_it_lacks_only_a_workload() {
        assertThat(CandidatesReader.read(Workbooks.opened(TEMPLATE), TestWorkspace.names(), TODAY, Explain.SUMMARY)
                        .problems())
                .extracting(Problem::code)
                .containsExactly("missing-value");
    }

    @Test
    void drop_downs_show_what_the_catalogue_has() {
        XSSFWorkbook book = ScoredWorkbookTest.open(TEMPLATE);
        assertThat(book.getSheet("Candidates").getDataValidations())
                .extracting(
                        each -> String.valueOf(each.getValidationConstraint().getFormula1()))
                .contains("List_hardware", "List_engines", "List_quantizations", "List_offers", "List_workloads");
        ReadSheet lists = Workbooks.opened(TEMPLATE).findSheet("Lists").orElseThrow();
        List<String> texts = lists.rows().stream()
                .flatMap(row -> row.cells().stream())
                .map(ReadCell::text)
                .toList();
        TestWorkspace.catalogue().hardware().forEach(each -> assertThat(texts).contains(each.name()));
        TestWorkspace.catalogue().engines().forEach(each -> assertThat(texts).contains(each.name()));
        TestWorkspace.catalogue()
                .quantizations()
                .forEach(each -> assertThat(texts).contains(each.name()));
    }

    @Test
    void every_column_to_fill_in_has_a_note_and_a_prompt() {
        XSSFWorkbook book = ScoredWorkbookTest.open(TEMPLATE);
        for (String name : List.of("Workload", "Candidates")) {
            XSSFSheet sheet = book.getSheet(name);
            int columns = headers(sheet).size();
            assertThat(sheet.getCellComments()).hasSize(columns);
            assertThat(sheet.getDataValidations()).hasSize(columns).allMatch(each -> each.getShowPromptBox());
            assertThat(sheet.getPaneInformation().isFreezePane()).isTrue();
        }
    }

    @Test
    void every_name_in_a_list_is_understood() {
        var catalogue = TestWorkspace.catalogue();
        catalogue
                .hardware()
                .forEach(each -> assertThat(catalogue.findHardware(each.name())).contains(each));
        catalogue
                .models()
                .forEach(each -> assertThat(catalogue.findModel(each.name())).contains(each));
    }

    @Test
    void the_example_in_the_repository_is_the_template_with_the_rows_of_the_example() throws Exception {
        WorkbookFile committed = WorkbookFile.open(Path.of("spreadsheets/candidates.xlsx"));
        WorkbookFile made = Workbooks.opened(ExampleWorkbook.bytes());
        for (String sheet : List.of("README", "Workload", "Candidates")) {
            assertThat(committed.findSheet(sheet).orElseThrow())
                    .as("sheet %s; ExampleWorkbook.main writes the file anew", sheet)
                    .isEqualTo(made.findSheet(sheet).orElseThrow());
        }
    }

    @Test
    void the_example_reads_without_a_problem() {
        Imported<List<SheetRequest>> read = CandidatesReader.read(
                Workbooks.opened(ExampleWorkbook.bytes()), TestWorkspace.names(), TODAY, Explain.SUMMARY);
        assertThat(read.problems()).isEmpty();
        assertThat(read.value()).hasSizeGreaterThanOrEqualTo(3);
    }

    private static List<String> headers(XSSFSheet sheet) {
        List<String> headers = new ArrayList<>();
        sheet.getRow(0).forEach(cell -> headers.add(cell.getStringCellValue()));
        return headers;
    }

    private static List<String> withNotes(Stream<String> headers) {
        return Stream.concat(headers, Stream.of("Notes")).toList();
    }
}
