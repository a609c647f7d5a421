package quartermaster.workbook.score;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import quartermaster.unit.Problem;
import quartermaster.workbook.read.ReadCell;
import quartermaster.workbook.read.ReadRow;
import quartermaster.workbook.upload.CandidateRow;

/**
 * A row of a long table of candidates, in as little memory as it takes.
 *
 * @param columns of the user's cells that hold something, from the left; one may stand far to the right of all others
 * @param values of these cells: texts, numbers, truth values and dates
 * @param wrong with it; null where nothing is
 */
public record LongRow(
        CandidateRow candidate,
        boolean hidden,
        char[] columns,
        Object[] values,
        @Nullable String wrong) {

    /** @param ours columns that an earlier run has written */
    static LongRow of(CandidateRow candidate, ReadRow row, Set<Integer> ours, List<Problem> problems) {
        List<String> messages = new ArrayList<>();
        problems.forEach(each -> messages.add(each.message()));
        List<ReadCell> cells = row.cells().stream()
                .filter(cell -> !ours.contains(cell.column()))
                .toList();
        char[] columns = new char[cells.size()];
        Object[] values = new Object[cells.size()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = (char) cells.get(i).column();
            values[i] = value(cells.get(i));
        }
        return new LongRow(
                candidate, row.hidden(), columns, values, messages.isEmpty() ? null : String.join(" ", messages));
    }

    /** A cell's content, numbers and texts as they are. */
    private static Object value(ReadCell cell) {
        return switch (cell.kind()) {
            case EMPTY, TEXT, ERROR, UNCALCULATED -> cell.text();
            case NUMBER -> cell.number();
            case BOOLEAN -> cell.isTrue();
            case DATE -> cell.date();
        };
    }

    /** The column behind the last of the user's; 0 where there is none. */
    public int width() {
        return columns.length == 0 ? 0 : columns[columns.length - 1] + 1;
    }

    int number() {
        return candidate.number();
    }
}
