package quartermaster.workbook.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.junit.jupiter.api.Test;
import quartermaster.catalogue.LinkKind;
import quartermaster.unit.Fields;
import quartermaster.unit.Problem;

class SheetTableTest {
    private final List<Problem> problems = new ArrayList<>();

    @Test
    void columns_may_stand_in_any_order_and_spelling() {
        SheetTable table = table(sheet -> {
            Workbooks.row(sheet, 1, "BANDWIDTH (GB/s)", "my own", "i.d.");
            Workbooks.row(sheet, 2, 819, "x", "m3");
        });
        assertThat(read(table, row -> row.text("Id") + row.number("Bandwidth (GB/s)")))
                .containsExactly("m3819.0");
        assertThat(problems).isEmpty();
    }

    @Test
    void blank_rows_are_skipped_and_do_not_end_the_table() {
        SheetTable table = table(sheet -> {
            Workbooks.row(sheet, 1, "Id");
            Workbooks.row(sheet, 2, "a");
            Workbooks.row(sheet, 4, " ");
            Workbooks.row(sheet, 900, "b");
        });
        assertThat(read(table, row -> row.text("Id"))).containsExactly("a", "b");
        assertThat(table.rows()).extracting(SheetTable.TableRow::number).containsExactly(2, 900);
    }

    @Test
    void a_row_with_a_mistake_is_left_out_and_the_others_stay() {
        SheetTable table = table(sheet -> {
            Workbooks.row(sheet, 1, "Id", "Bandwidth (GB/s)");
            Workbooks.row(sheet, 2, "a", "fast");
            Workbooks.row(sheet, 3, "b", "3.35 TB/s");
            Workbooks.row(sheet, 4, null, -1);
        });
        assertThat(read(table, row -> row.text("Id") + row.number("Bandwidth (GB/s)")))
                .containsExactly("b3350.0");
        assertThat(problems)
                .extracting(Problem::toString)
                .containsExactly(
                        "Hardware!B2: Bandwidth (fast) must be a number in GB/s.",
                        "Hardware!A4: Id is missing.",
                        "Hardware!B4: Bandwidth (-1) must not be negative.");
    }

    @Test
    void a_missing_column_is_told_once() {
        SheetTable table = table(sheet -> {
            Workbooks.row(sheet, 1, "Id", "Bandwith");
            Workbooks.row(sheet, 2, "a", 1);
            Workbooks.row(sheet, 3, "b", 2);
        });
        assertThat(read(table, row -> row.number("Bandwidth (GB/s)"))).isEmpty();
        assertThat(problems)
                .extracting(Problem::toString)
                .containsExactly("Hardware!A1: Sheet Hardware has no column Bandwidth (GB/s). Did you mean Bandwith?");
    }

    @Test
    void a_column_that_stands_twice_is_told_with_both_places() {
        table(sheet -> Workbooks.row(sheet, 1, "Memory (GiB)", "Id", "memory"));
        assertThat(problems)
                .extracting(Problem::toString)
                .containsExactly("Hardware!C1: Column (memory) stands in Hardware!A1 too; the first one is read.");
    }

    @Test
    void a_cell_that_shows_an_error_or_was_never_calculated_is_told() {
        SheetTable table = table(sheet -> {
            Workbooks.row(sheet, 1, "Id", "Memory (GiB)", "Mobile");
            Workbooks.row(sheet, 2, "a", "=NOW()", "maybe");
        });
        read(table, row -> row.number("Memory (GiB)") + "" + row.yesNo("Mobile"));
        assertThat(problems).hasSize(2);
        assertThat(problems.get(0).message()).startsWith("Memory is a formula that was never calculated: open");
        assertThat(problems.get(1).message()).isEqualTo("Mobile (maybe) must be yes or no.");
    }

    @Test
    void a_choice_names_what_is_allowed() {
        SheetTable table = table(sheet -> {
            Workbooks.row(sheet, 1, "Link kind");
            Workbooks.row(sheet, 2, "Infinity Fabric");
            Workbooks.row(sheet, 3, "nvlnk");
        });
        assertThat(read(table, row -> row.choice(LinkKind.class, "Link kind")))
                .containsExactly(LinkKind.INFINITY_FABRIC);
        assertThat(problems)
                .extracting(Problem::toString)
                .containsExactly("Hardware!A3: Link kind (nvlnk) is not known. Did you mean nvlink?");
    }

    @Test
    void a_percentage_is_a_ratio_but_in_a_column_of_percents_it_is_the_number() {
        SheetTable table = table(sheet -> {
            Workbooks.row(sheet, 1, "Utilization", "Error (%)");
            Workbooks.row(sheet, 2, 0.3, 0.07);
            Workbooks.format(sheet.getRow(1).getCell(0), "0%");
            Workbooks.format(sheet.getRow(1).getCell(1), "0.0%");
            Workbooks.row(sheet, 3, "30 %", "7 %");
            Workbooks.row(sheet, 4, 30, 7);
        });
        assertThat(read(table, row -> row.share("Utilization"))).containsExactly(0.3, 0.3);
        assertThat(problems)
                .extracting(Problem::message)
                .containsExactly("Utilization (30) must lie between 0 and 1 (0 % and 100 %).\nMaybe 30 % was meant.");
        problems.clear();
        assertThat(read(table, row -> Math.round(row.number("Error (%)")))).containsExactly(7L, 7L, 7L);
    }

    @Test
    void a_table_that_others_laid_out_is_found_below_its_title() {
        List<Heading> headings =
                List.of(new Heading("Hardware", true, List.of("GPU")), new Heading("Price (USD)", false, List.of()));
        ReadSheet sheet = sheet(each -> {
            Workbooks.row(each, 1, "Our candidates");
            Workbooks.row(each, 5, "Remarks", "gpu", "Price (EUR)");
            Workbooks.row(each, 6, "good", "H100", 1);
        });
        SheetTable table = SheetTable.find(sheet, headings, problems).orElseThrow();
        assertThat(table.headerRow()).isEqualTo(5);
        assertThat(read(table, row -> row.text("Hardware") + row.numberOrNull("Price (USD)")))
                .containsExactly("H100null");
        assertThat(problems).extracting(problem -> problem.at().toString()).containsExactly("Hardware!C5");
        assertThat(problems.get(0).message()).contains("another unit", "Price (USD)");
    }

    private SheetTable table(Consumer<XSSFSheet> build) {
        return SheetTable.own(sheet(build), problems);
    }

    private static ReadSheet sheet(Consumer<XSSFSheet> build) {
        return Workbooks.file(book -> build.accept(book.createSheet("Hardware")))
                .sheets()
                .get(0);
    }

    private <T> List<T> read(SheetTable table, Function<Fields, T> make) {
        List<T> read = table.read(row -> make.apply(row.fields()));
        return read;
    }
}
