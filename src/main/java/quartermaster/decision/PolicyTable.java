package quartermaster.decision;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The decision table of a step. Rows are tried from the top; the first whose conditions all hold scores the step. */
public final class PolicyTable {
    private final Step step;
    private final List<Column> columns;
    private final List<PolicyRow> rows;
    private final int[][] asked; // for each row the columns that it has a condition for, e.g. {0, 3}

    public PolicyTable(Step step, List<Column> columns, List<PolicyRow> rows) {
        this.step = step;
        this.columns = List.copyOf(columns);
        this.rows = List.copyOf(rows);
        this.asked = rows.stream().map(row -> asked(row, columns.size())).toArray(int[][]::new);
    }

    public Step step() {
        return step;
    }

    public List<Column> columns() {
        return columns;
    }

    public List<PolicyRow> rows() {
        return rows;
    }

    public Optional<PolicyRow> firstMatch(Assessment assessment) {
        @Nullable Object[] values = new Object[columns.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = columns.get(i).value().apply(assessment);
        }
        for (int i = 0; i < asked.length; i++) {
            if (holds(rows.get(i).conditions(), asked[i], values)) {
                return Optional.of(rows.get(i));
            }
        }
        return Optional.empty();
    }

    private static boolean holds(List<Condition> conditions, int[] asked, @Nullable Object[] values) {
        for (int column : asked) {
            if (!conditions.get(column).holds(values[column])) {
                return false;
            }
        }
        return true;
    }

    private static int[] asked(PolicyRow row, int width) {
        if (row.conditions().size() != width) {
            throw new IllegalArgumentException(
                    "Row " + row.row() + " has " + row.conditions().size() + " conditions for " + width + " columns.");
        }
        return java.util.stream.IntStream.range(0, width)
                .filter(column -> !(row.conditions().get(column) instanceof Condition.Any))
                .toArray();
    }
}
