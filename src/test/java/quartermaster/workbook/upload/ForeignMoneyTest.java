package quartermaster.workbook.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.poi.xssf.usermodel.XSSFCellStyle;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Test;
import quartermaster.ChangedCells;
import quartermaster.TestWorkspace;
import quartermaster.catalogue.Catalogue;
import quartermaster.catalogue.LooseNames;
import quartermaster.estimate.resolution.Assumption;
import quartermaster.request.Candidate;
import quartermaster.request.Explain;
import quartermaster.unit.Imported;
import quartermaster.unit.Problem;
import quartermaster.workbook.read.WorkbookFile;
import quartermaster.workbook.read.Workbooks;

class ForeignMoneyTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);

    @Test
    void without_a_rate_it_is_refused_with_the_row_that_would_make_it_readable() {
        Imported<List<SheetRequest>> read = read(ForeignMoneyTest::prices, TestWorkspace.catalogue());

        assertThat(read.problems())
                .extracting(problem -> problem.at().toString())
                .contains("Candidates!B2", "Candidates!B3", "Candidates!C3", "Workload!C1");
        assertThat(read.problems().stream()
                        .map(Problem::message)
                        .filter(each -> each.contains("usdPer.EUR of Defaults")))
                .hasSize(4);
    }

    @Test
    void with_a_rate_it_is_dollars_and_the_rate_is_shown() {
        Imported<List<SheetRequest>> read = read(ForeignMoneyTest::prices, withRate("usdPer.EUR", 1.25));

        assertThat(read.problems()).isEmpty();
        SheetRequest only = read.value().get(0);
        assertThat(only.request().budget().purchaseUsd()).isEqualTo(12_500);
        assertThat(only.request().candidates())
                .extracting(Candidate::priceUsd, Candidate::pricePerHourUsd)
                .containsExactly(tuple(2500.0, null), tuple(3125.0, 1.0), tuple(1000.0, null));
        assertThat(only.assumptions())
                .extracting(Assumption::field, Assumption::value, Assumption::because)
                .contains(
                        tuple(
                                "candidates[0].priceUsd",
                                2500.0,
                                "2000 EUR at 1.25 dollars each (usdPer.EUR of Defaults, as of 2026-11-20)"),
                        tuple(
                                "budget.purchaseUsd",
                                12_500.0,
                                "10000 EUR at 1.25 dollars each (usdPer.EUR of Defaults, as of 2026-11-20)"))
                .hasSize(4);
    }

    @Test
    void columns_headed_by_it_are_read_too_and_what_is_unclear_is_not() {
        Imported<List<SheetRequest>> read = read(
                book -> {
                    Workbooks.row(book.createSheet("Workload"), 1, "Type", "Model");
                    Workbooks.row(book.getSheet("Workload"), 2, "internal-tool", "Qwen3-32B");
                    XSSFSheet sheet = book.createSheet("Candidates");
                    Workbooks.row(sheet, 1, "Hardware", "Einzelpreis (EUR)", "Price per hour");
                    Workbooks.row(sheet, 2, "RTX 5090", 2000, 0.5);
                    Workbooks.row(sheet, 3, "L40S", 8000, "1.899 €");
                    Workbooks.row(sheet, 4, "H100", 30_000, "£3");
                },
                withRate("usdPer.EUR", 1.1));

        assertThat(read.problems())
                .extracting(problem -> problem.at().toString())
                .containsExactly("Candidates!C3", "Candidates!C4");
        assertThat(read.value().get(0).request().candidates()).singleElement().satisfies(it -> {
            assertThat(it.priceUsd()).isCloseTo(2200, within(1e-9));
            assertThat(it.pricePerHourUsd()).isEqualTo(0.5);
        });
    }

    @Test
    void a_rate_is_a_number_above_zero_of_three_letters() {
        assertThat(changed("usdPer.EUR", 0).problems())
                .extracting(Problem::code)
                .contains("out-of-range");
        assertThat(changed("usdPer.Euro", 1.1).problems())
                .extracting(Problem::code)
                .contains("unknown-choice");
        assertThat(changed("usdPer.EUR", "much").problems())
                .extracting(Problem::code)
                .contains("not-a-number");
    }

    private static void prices(XSSFWorkbook book) {
        Workbooks.row(book.createSheet("Workload"), 1, "Type", "Model", "Purchase budget (EUR)");
        Workbooks.row(book.getSheet("Workload"), 2, "internal-tool", "Qwen3-32B", 10_000);
        XSSFSheet sheet = book.createSheet("Candidates");
        Workbooks.row(sheet, 1, "Hardware", "Price", "Price per hour");
        Workbooks.row(sheet, 2, "RTX 5090", 2000);
        Workbooks.row(sheet, 3, "RTX 4090", "2.500,00 €", "0,80 €/h");
        Workbooks.row(sheet, 4, "RTX 3090", 1000);
        XSSFCellStyle euros = book.createCellStyle();
        euros.setDataFormat(book.createDataFormat().getFormat("#,##0.00 [$€-407]"));
        sheet.getRow(1).getCell(1).setCellStyle(euros);
    }

    private static Catalogue withRate(String name, Object value) {
        Imported<Catalogue> changed = changed(name, value);
        assertThat(changed.problems()).isEmpty();
        return changed.value();
    }

    private static Imported<Catalogue> changed(String name, Object value) {
        return ChangedCells.read(Set.of("Defaults"), book -> {
            XSSFSheet sheet = book.getSheet("Defaults");
            Workbooks.row(
                    sheet,
                    sheet.getLastRowNum() + 2,
                    name,
                    "any",
                    value,
                    "USD",
                    "Bank's rate",
                    "https://example.org",
                    "2026-11-20");
        });
    }

    private static Imported<List<SheetRequest>> read(Consumer<XSSFWorkbook> build, Catalogue catalogue) {
        try {
            return CandidatesReader.read(
                    WorkbookFile.open(Workbooks.bytes(build), "The workbook"),
                    new LooseNames(catalogue),
                    TODAY,
                    Explain.SUMMARY);
        } catch (quartermaster.workbook.read.UnreadableWorkbookException e) {
            throw new AssertionError(e);
        }
    }
}
