package quartermaster.workbook.read;

import org.jspecify.annotations.Nullable;
import quartermaster.unit.Columns;
import quartermaster.unit.Fields;

/** What a cell means in a column. */
final class CellValues {
    static final String NO_SAVED_VALUE =
            "is a formula that was never calculated: open the workbook in your spreadsheet" + " program and save it";

    private CellValues() {}

    /** A cell shown as a percentage holds a ratio; in a column of percents the number that people see counts. */
    static @Nullable Object of(ReadCell cell, String column) {
        return switch (cell.kind()) {
            case EMPTY -> null;
            case NUMBER -> isPercentOfPercent(cell, column) ? (Object) (cell.number() * 100) : cell.number();
            case TEXT, BOOLEAN, DATE -> cell.content();
            case ERROR -> new Fields.Unreadable("shows " + cell.text());
            case UNCALCULATED -> new Fields.Unreadable(NO_SAVED_VALUE);
        };
    }

    private static boolean isPercentOfPercent(ReadCell cell, String column) {
        return cell.format() == ReadCell.Format.PERCENT
                && Columns.unit(column).filter("%"::equals).isPresent();
    }
}
