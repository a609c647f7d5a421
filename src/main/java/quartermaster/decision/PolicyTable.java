package quartermaster.decision;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
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
    private final RowsLeft[] rowsLeft; // by each column
    private final Function<Assessment, @Nullable Object>[] values; // of each column
    private final long[] askedBits; // the same as bits, where there are no more columns than those
    private final long sameForAllWays; // columns, as bits
    private final boolean[] pointsAreSameForAllWays; // of each row
    private final Map<WorkloadType, long[]> rowsFor = new EnumMap<>(WorkloadType.class); // that a type of work can meet

    /** @param places of each column in the sheet, from 0 */
    public PolicyTable(Step step, List<Column> columns, List<Integer> places, List<PolicyRow> rows) {
        this.step = step;
        this.columns = List.copyOf(columns);
        this.places = List.copyOf(places);
        this.rows = List.copyOf(rows);
        int typeColumn = this.columns.indexOf(Vocabulary.find("Workload type").orElseThrow());
        this.asked =
                rows.stream().map(row -> asked(row, columns.size(), typeColumn)).toArray(int[][]::new);
        this.rowsLeft = IntStream.range(0, columns.size())
                .mapToObj(column -> new RowsLeft(
                        rows.stream().map(row -> row.conditions().get(column)).toList()))
                .toArray(RowsLeft[]::new);
        this.values = values(this.columns);
        this.askedBits = new long[rows.size()];
        for (int row = 0; row < rows.size(); row++) {
            for (int column : asked[row]) {
                askedBits[row] |= 1L << column;
            }
        }
        long same = 0;
        for (int i = 0; i < columns.size(); i++) {
            same |= columns.get(i).source().isSameForAllWays() ? 1L << i : 0;
        }
        this.sameForAllWays = same;
        this.pointsAreSameForAllWays = new boolean[rows.size()];
        for (int i = 0; i < rows.size(); i++) {
            Points points = rows.get(i).points();
            pointsAreSameForAllWays[i] =
                    points.isLevel() || points.over().source().isSameForAllWays();
        }
        for (WorkloadType type : WorkloadType.values()) {
            rowsFor.put(type, rowsFor(type, typeColumn));
        }
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // an array of functions
    private static Function<Assessment, @Nullable Object>[] values(List<Column> columns) {
        return columns.stream().map(Column::value).toArray(Function[]::new);
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

    /**
     * The first row that an assessment meets.
     *
     * @param row null where it meets none
     * @param sameForAllWays whether the same pairing is known to get the same points of it however one comes by the hardware
     */
    public record Match(@Nullable PolicyRow row, boolean sameForAllWays) {}

    /** What the first row that is left asks about leaves others out, until it has nothing left to ask. */
    public Match match(Assessment assessment) {
        return !rows.isEmpty() && rows.size() <= Long.SIZE && values.length <= Long.SIZE
                ? matchOfFew(assessment)
                : matchOfMany(assessment);
    }

    /** The same with rows and columns as the bits of one number each. */
    private Match matchOfFew(Assessment assessment) {
        long left = rowsFor(assessment.workloadType())[0];
        long known = 0;
        while (left != 0) {
            int row = Long.numberOfTrailingZeros(left);
            long unknown = askedBits[row] & ~known;
            if (unknown == 0) {
                return new Match(rows.get(row), (known & ~sameForAllWays) == 0 && pointsAreSameForAllWays[row]);
            }
            int column = Long.numberOfTrailingZeros(unknown);
            known |= 1L << column;
            left &= rowsLeft[column].of(values[column].apply(assessment))[0];
        }
        return new Match(null, false);
    }

    private Match matchOfMany(Assessment assessment) {
        long[] left = rowsFor(assessment.workloadType()).clone();
        boolean[] known = new boolean[columns.size()];
        for (int row = RowsLeft.first(left); row >= 0; row = RowsLeft.first(left)) {
            int column = firstUnknown(asked[row], known);
            if (column < 0) {
                return new Match(rows.get(row), false);
            }
            known[column] = true;
            RowsLeft.keep(left, rowsLeft[column].of(values[column].apply(assessment)));
        }
        return new Match(null, false);
    }

    private static int firstUnknown(int[] columns, boolean[] known) {
        for (int column : columns) {
            if (!known[column]) {
                return column;
            }
        }
        return -1;
    }

    private long[] rowsFor(WorkloadType type) {
        return Objects.requireNonNull(rowsFor.get(type));
    }

    private long[] rowsFor(WorkloadType type, int typeColumn) {
        if (typeColumn >= 0) {
            return rowsLeft[typeColumn].of(Choice.id(type));
        }
        long[] all = RowsLeft.none(rows.size());
        IntStream.range(0, rows.size()).forEach(row -> RowsLeft.add(all, row));
        return all;
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
