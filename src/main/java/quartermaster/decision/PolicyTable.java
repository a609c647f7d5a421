package quartermaster.decision;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import quartermaster.request.WorkloadType;
import quartermaster.unit.Choice;
import quartermaster.unit.Place;

/** The decision table of a step. Rows are tried from the top; the first whose conditions all hold scores the step. */
public final class PolicyTable {
    private final Step step;
    private final List<Column> columns;
    private final List<Integer> places; // of the columns in the sheet, from 0
    private final List<PolicyRow> rows;
    private final int[][] asked; // for each row the columns that it has a condition for, e.g. {0, 3}
    private final Condition[][] conditions; // for each row those on these columns
    private final Map<WorkloadType, int[]> rowsFor = new EnumMap<>(WorkloadType.class); // that a type of work can meet

    /** @param places of each column in the sheet, from 0 */
    public PolicyTable(Step step, List<Column> columns, List<Integer> places, List<PolicyRow> rows) {
        this.step = step;
        this.columns = List.copyOf(columns);
        this.places = List.copyOf(places);
        this.rows = List.copyOf(rows);
        int typeColumn = this.columns.indexOf(Vocabulary.find("Workload type").orElseThrow());
        this.asked =
                rows.stream().map(row -> asked(row, columns.size(), typeColumn)).toArray(int[][]::new);
        this.conditions = IntStream.range(0, rows.size())
                .mapToObj(row -> conditions(rows.get(row), asked[row]))
                .toArray(Condition[][]::new);
        for (WorkloadType type : WorkloadType.values()) {
            rowsFor.put(type, rowsFor(type, typeColumn));
        }
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

    /** The cell of a condition, e.g. {@code Budget!C4}. */
    public Place.Cell cell(PolicyRow row, int column) {
        return new Place.Cell(step.sheet(), row.row(), places.get(column));
    }

    public Optional<PolicyRow> firstMatch(Assessment assessment) {
        @Nullable Object[] values = new Object[columns.size()];
        boolean[] known = new boolean[values.length];
        for (int row : rowsFor(assessment.workloadType())) {
            if (holds(row, assessment, values, known)) {
                return Optional.of(rows.get(row));
            }
        }
        return Optional.empty();
    }

    private boolean holds(int row, Assessment assessment, @Nullable Object[] values, boolean[] known) {
        int[] on = asked[row];
        for (int i = 0; i < on.length; i++) {
            int column = on[i];
            if (!known[column]) {
                values[column] = columns.get(column).value().apply(assessment);
                known[column] = true;
            }
            if (!conditions[row][i].holds(values[column])) {
                return false;
            }
        }
        return true;
    }

    private static Condition[] conditions(PolicyRow row, int[] columns) {
        return IntStream.of(columns).mapToObj(row.conditions()::get).toArray(Condition[]::new);
    }

    private int[] rowsFor(WorkloadType type) {
        return rowsFor.getOrDefault(type, new int[0]);
    }

    private int[] rowsFor(WorkloadType type, int typeColumn) {
        String id = Choice.id(type);
        return IntStream.range(0, rows.size())
                .filter(row -> typeColumn < 0
                        || rows.get(row).conditions().get(typeColumn).holds(id))
                .toArray();
    }

    /** The columns of a row's conditions; that on the type of work is met by the choice of rows. */
    private static int[] asked(PolicyRow row, int width, int typeColumn) {
        if (row.conditions().size() != width) {
            throw new IllegalArgumentException(
                    "Row " + row.row() + " has " + row.conditions().size() + " conditions for " + width + " columns.");
        }
        return IntStream.range(0, width)
                .filter(column -> column != typeColumn && !(row.conditions().get(column) instanceof Condition.Any))
                .toArray();
    }
}
