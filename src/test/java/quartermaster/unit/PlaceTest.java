package quartermaster.unit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where something stands, as people write it. */
class PlaceTest {
    @ParameterizedTest(name = "column {0} is {1}")
    @CsvSource({"0, A", "3, D", "25, Z", "26, AA", "701, ZZ", "702, AAA", "16383, XFD"})
    void columns_have_letters(int column, String letters) {
        assertThat(new Place.Cell("Hardware", 7, column)).hasToString("Hardware!" + letters + "7");
    }

    @Test
    void a_cell_names_its_file_where_there_are_several() {
        Place.Cell cell = new Place.Cell("Budget", 4, 2);
        assertThat(cell.in("rules/policy.xlsx")).hasToString("rules/policy.xlsx Budget!C4");
        assertThat(cell.in("rules/policy.xlsx").withoutFile()).isEqualTo(cell);
        assertThat(cell.in("rules/policy.xlsx").firstOfRow()).isEqualTo(Place.row("rules/policy.xlsx", "Budget", 4));
    }

    @Test
    void a_line_stands_in_its_file_already() {
        Place.Line line = new Place.Line("rules/fit.drl", 31);
        assertThat(line).hasToString("rules/fit.drl:31");
        assertThat(line.in("rules/policy.xlsx")).isEqualTo(line);
        assertThat(line.isIn("rules")).isTrue();
        assertThat(line.isIn("spreadsheets")).isFalse();
    }

    @Test
    void a_pointer_leads_down_and_up() {
        Place.Pointer model = new Place.Pointer("/workload").child("a/b~c");
        assertThat(model).hasToString("/workload/a~1b~0c");
        assertThat(model.upwards()).containsExactly("/workload/a~1b~0c", "/workload");
        assertThat(model.in("/3")).hasToString("/3/workload/a~1b~0c");
        assertThat(new Place.Pointer("").upwards()).isEmpty();
    }
}
