package quartermaster.workbook.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.function.Consumer;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.util.CellReference;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Test;
import quartermaster.catalogue.Catalogue;
import quartermaster.quality.Benchmark;
import quartermaster.quality.KindOfWork;
import quartermaster.quality.Levels;
import quartermaster.quality.PrecisionLoss;
import quartermaster.quality.TestResult;
import quartermaster.unit.Imported;
import quartermaster.unit.Problem;
import quartermaster.workbook.read.Workbooks;

class QualitySheetsTest {
    @Test
    void the_catalogue_says_what_models_reached_and_what_it_counts_for() {
        Catalogue catalogue = readWith(Set.of("Quality"), book -> {}).value();
        assertThat(catalogue.rows(TestResult.class)).hasSizeGreaterThan(500);
        assertThat(catalogue.rows(Benchmark.class)).extracting(Benchmark::use).contains(KindOfWork.values());
        assertThat(catalogue.rows(PrecisionLoss.class)).hasSizeGreaterThan(200);
    }

    @Test
    void what_is_of_another_checkpoint_stands_apart_with_the_reason() {
        assertThat(readWith(Set.of("Quality"), book -> {}).value().rows(TestResult.class))
                .filteredOn(each -> String.valueOf(each.note()).contains("OTHER CHECKPOINT"))
                .isNotEmpty()
                .allSatisfy(each -> {
                    assertThat(each.include()).isFalse();
                    assertThat(each.whyNot()).contains("checkpoint");
                });
    }

    @Test
    void a_catalogue_without_the_sheets_knows_nothing_of_it_and_goes_on() {
        Imported<Catalogue> imported = readWith(book -> {
            book.removeSheetAt(book.getSheetIndex("Quality"));
            book.removeSheetAt(book.getSheetIndex("Benchmarks"));
            book.removeSheetAt(book.getSheetIndex("Quantization loss"));
        });
        assertThat(imported.problems()).isEmpty();
        assertThat(Levels.of(imported.value()).of("qwen3.6-27b", KindOfWork.CHAT))
                .isEmpty();
    }

    @Test
    void an_unknown_model_is_told_with_what_was_meant() {
        assertThat(readWith("Quality", "Model", "qwen3.6-72b").problems())
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.code()).isEqualTo("unknown-id");
                    assertThat(problem.toString()).startsWith("Quality!A2").contains("qwen3.6-27b");
                });
    }

    @Test
    void a_vendor_counts_no_more_than_others() {
        assertThat(readWith("Benchmarks", "Weight if the vendor says so", 1.0).problems())
                .isEmpty();
        assertThat(readWith(Set.of("Benchmarks"), book -> {
                            set(book, "Benchmarks", "Weight", 0.2);
                            set(book, "Benchmarks", "Weight if the vendor says so", 0.4);
                        })
                        .problems())
                .extracting(Problem::message)
                .containsExactly("Weight if the vendor says so (0.4) must not be above the weight beside it.");
    }

    @Test
    void a_use_that_nobody_knows_and_constants_by_halves_are_told() {
        assertThat(readWith("Benchmarks", "Use", "chats").problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("chats", "chat"));
        assertThat(readWith("Benchmarks", "Benchmark slope", "").problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.at().toString()).startsWith("Benchmarks!"));
        assertThat(readWith("Benchmarks", "Best", 0).problems())
                .extracting(Problem::message)
                .containsExactly("Best (0) must be another score than the worst.");
    }

    @Test
    void what_does_not_count_says_why() {
        assertThat(readWith("Quality", "Include", "no").problems())
                .extracting(Problem::message)
                .containsExactly("Include (no) needs a reason in Why not included.");
    }

    private static Imported<Catalogue> readWith(String sheet, String header, Object value) {
        return readWith(Set.of(sheet), book -> set(book, sheet, header, value));
    }

    private static void set(XSSFWorkbook book, String sheet, String header, Object value) {
        for (Cell cell : book.getSheet(sheet).getRow(0)) {
            if (cell.getStringCellValue().equals(header)) {
                String at = CellReference.convertNumToColString(cell.getColumnIndex()) + 2;
                Workbooks.set(Workbooks.cell(book, sheet + "!" + at), value);
                return;
            }
        }
        throw new AssertionError(sheet + " has no column " + header);
    }

    private static Imported<Catalogue> readWith(Set<String> sheets, Consumer<XSSFWorkbook> change) {
        return CatalogueReader.read(Workbooks.catalogueWith(sheets, change));
    }

    private static Imported<Catalogue> readWith(Consumer<XSSFWorkbook> change) {
        return CatalogueReader.read(Workbooks.catalogueWith(change));
    }
}
