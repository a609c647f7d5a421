package quartermaster.decision;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The decision table of a step. Rows are tried from the top; the first whose conditions all hold scores the step. */
public record PolicyTable(Step step, List<Column> columns, List<PolicyRow> rows) {
    public PolicyTable {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
        int width = columns.size();
        for (PolicyRow row : rows) {
            requireWidth(row, width);
        }
    }

    public Optional<PolicyRow> firstMatch(Assessment assessment) {
        @Nullable Object[] values = new Object[columns.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = columns.get(i).value().apply(assessment);
        }
        for (PolicyRow row : rows) {
            if (matches(row, values)) {
                return Optional.of(row);
            }
        }
        return Optional.empty();
    }

    private static boolean matches(PolicyRow row, @Nullable Object[] values) {
        List<Condition> conditions = row.conditions();
        for (int i = 0; i < values.length; i++) {
            if (!conditions.get(i).holds(values[i])) {
                return false;
            }
        }
        return true;
    }

    private static void requireWidth(PolicyRow row, int width) {
        if (row.conditions().size() != width) {
            throw new IllegalArgumentException(
                    "Row " + row.row() + " has " + row.conditions().size() + " conditions for " + width + " columns.");
        }
    }
}
