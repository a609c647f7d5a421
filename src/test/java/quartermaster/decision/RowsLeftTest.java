package quartermaster.decision;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import quartermaster.decision.Condition.Any;
import quartermaster.decision.Condition.Not;
import quartermaster.decision.Condition.OneOf;
import quartermaster.decision.Condition.Within;

class RowsLeftTest {
    @Test
    void a_number_leaves_the_rows_whose_spans_it_lies_in() {
        isAsConditionsSay(
                List.of(
                        new Within(1, true, 4, false),
                        new Within(4, false, Double.POSITIVE_INFINITY, true),
                        new Within(0, true, 0, true),
                        new Not(new Within(2, true, 4, true)),
                        new Any()),
                List.of(
                        -1.0,
                        -0.0,
                        0.0,
                        0.5,
                        1.0,
                        3.9,
                        Math.nextDown(4.0),
                        4.0,
                        Math.nextUp(4.0),
                        1e300,
                        Double.POSITIVE_INFINITY,
                        Double.NEGATIVE_INFINITY,
                        Double.NaN));
    }

    @Test
    void an_id_leaves_the_rows_that_list_it() {
        isAsConditionsSay(
                List.of(
                        new OneOf(Set.of("buy", "rent")),
                        new OneOf(Set.of("owned")),
                        new Not(new OneOf(Set.of("buy"))),
                        new Any()),
                List.of("buy", "rent", "owned", "api", "", List.of("api", "owned"), List.of()));
    }

    @Test
    void rows_are_told_apart_beyond_the_bits_of_one_number() {
        List<Condition> rows = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            rows.add(new Within(i, true, i, true));
        }
        RowsLeft column = new RowsLeft(rows);

        assertThat(RowsLeft.first(column.of(0.0))).isZero();
        assertThat(RowsLeft.first(column.of(64.0))).isEqualTo(64);
        assertThat(RowsLeft.first(column.of(149.0))).isEqualTo(149);
        assertThat(RowsLeft.first(column.of(150.0))).isEqualTo(-1);
    }

    private static void isAsConditionsSay(List<Condition> rows, List<Object> values) {
        RowsLeft column = new RowsLeft(rows);
        for (Object value : values) {
            isAsConditionsSay(rows, column, value);
        }
        isAsConditionsSay(rows, column, null);
    }

    private static void isAsConditionsSay(List<Condition> rows, RowsLeft column, Object value) {
        long[] left = column.of(value);
        for (int row = 0; row < rows.size(); row++) {
            assertThat((left[0] & 1L << row) != 0)
                    .as("row %d for %s", row, value)
                    .isEqualTo(rows.get(row).holds(value));
        }
    }
}
