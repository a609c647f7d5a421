package quartermaster.decision;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which rows of a table a value of one column leaves in question, as bits from the top: conditions are looked at when the table
 * is made, and not again for each candidate.
 */
final class RowsLeft {
    private static final int BITS = Long.SIZE;

    private final List<Condition> conditions; // of each row
    private final long[] ofNothing;
    private final long[] ofNoNumber;
    private final long[] ofOtherIds;
    private final Map<String, long[]> ofIds = new HashMap<>();
    private final double[] ends; // of all spans, in order
    private final long[][] ofNumbers; // below the first end, at it, between it and the next, …

    /** @param conditions of each row on the column */
    RowsLeft(List<Condition> conditions) {
        this.conditions = conditions;
        this.ofNothing = holding(null);
        this.ofNoNumber = holding(Double.NaN);
        List<String> ids = conditions.stream().flatMap(RowsLeft::ids).distinct().toList();
        ids.forEach(id -> ofIds.put(id, holding(id)));
        this.ofOtherIds = holding(String.join("", ids) + "?"); // longer than each, and none of them
        this.ends = conditions.stream()
                .flatMapToDouble(RowsLeft::ends)
                .map(RowsLeft::unsigned)
                .distinct()
                .sorted()
                .toArray();
        this.ofNumbers = new long[2 * ends.length + 1][];
        ofNumbers[0] = holding(ends.length == 0 ? 0.0 : Math.nextDown(ends[0]));
        for (int i = 0; i < ends.length; i++) {
            ofNumbers[2 * i + 1] = holding(ends[i]);
            ofNumbers[2 * i + 2] = holding(Math.nextUp(ends[i]));
        }
    }

    /** @param value as {@link Condition} takes it */
    long[] of(@Nullable Object value) {
        if (value == null) {
            return ofNothing;
        }
        if (value instanceof String id) {
            return ofIds.getOrDefault(id, ofOtherIds);
        }
        return value instanceof Double number ? ofNumber(number) : holding(value);
    }

    private long[] ofNumber(double number) {
        if (Double.isNaN(number)) {
            return ofNoNumber;
        }
        int found = Arrays.binarySearch(ends, unsigned(number));
        return ofNumbers[found >= 0 ? 2 * found + 1 : 2 * (-found - 1)];
    }

    private long[] holding(@Nullable Object value) {
        long[] rows = none(conditions.size());
        for (int row = 0; row < conditions.size(); row++) {
            if (conditions.get(row).holds(value)) {
                add(rows, row);
            }
        }
        return rows;
    }

    /** No row of so many. */
    static long[] none(int rows) {
        return new long[(rows + BITS - 1) / BITS];
    }

    static void add(long[] rows, int row) {
        rows[row / BITS] |= 1L << row;
    }

    /** Leaves out what is not in the others. */
    static void keep(long[] rows, long[] others) {
        for (int i = 0; i < rows.length; i++) {
            rows[i] &= others[i];
        }
    }

    /** The uppermost; -1 where there is none. */
    static int first(long[] rows) {
        for (int i = 0; i < rows.length; i++) {
            if (rows[i] != 0) {
                return i * BITS + Long.numberOfTrailingZeros(rows[i]);
            }
        }
        return -1;
    }

    private static Stream<String> ids(Condition condition) {
        if (condition instanceof Condition.Not not) {
            return ids(not.inner());
        }
        return condition instanceof Condition.OneOf list ? list.ids().stream() : Stream.empty();
    }

    private static DoubleStream ends(Condition condition) {
        if (condition instanceof Condition.Not not) {
            return ends(not.inner());
        }
        return condition instanceof Condition.Within span
                ? DoubleStream.of(span.low(), span.high())
                : DoubleStream.empty();
    }

    /** Zero is one number, whatever its sign. */
    private static double unsigned(double number) {
        return number + 0.0;
    }
}
