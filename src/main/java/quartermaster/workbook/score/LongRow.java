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
 * @param values of the user's columns, by column: texts, numbers, truth values and dates; null where empty
 * @param wrong with it; null where nothing is
 */
record LongRow(
        CandidateRow candidate,
        boolean hidden,
        @Nullable Object[] values,
        @Nullable String wrong) {

    /** @param ours columns that an earlier run has written */
    static LongRow of(CandidateRow candidate, ReadRow row, Set<Integer> ours, List<Problem> problems) {
        List<String> messages = new ArrayList<>();
        problems.forEach(each -> messages.add(each.message()));
        int last = row.cells().isEmpty()
                ? -1
                : row.cells().get(row.cells().size() - 1).column();
        Object[] values = new Object[last + 1];
        row.cells().stream()
                .filter(cell -> !ours.contains(cell.column()))
                .forEach(cell -> values[cell.column()] = value(cell));
        return new LongRow(candidate, row.hidden(), values, messages.isEmpty() ? null : String.join(" ", messages));
    }

    /** A cell's content, numbers and texts as they are. */
    static @Nullable Object value(ReadCell cell) {
        return switch (cell.kind()) {
            case EMPTY -> null;
            case TEXT, ERROR, UNCALCULATED -> cell.text();
            case NUMBER -> cell.number();
            case BOOLEAN -> cell.isTrue();
            case DATE -> cell.date();
        };
    }

    int number() {
        return candidate.number();
    }
}
