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
            case NUMBER -> number(cell, column);
            case TEXT, BOOLEAN, DATE -> cell.content();
            case ERROR -> new Fields.Unreadable("shows " + cell.text());
            case UNCALCULATED -> new Fields.Unreadable(NO_SAVED_VALUE);
        };
    }

    private static Object number(ReadCell cell, String column) {
        if (cell.format() == ReadCell.Format.OTHER_CURRENCY && isOf("USD", column)) {
            return new Fields.Unreadable(
                    "is shown in another currency than US dollars: write it in dollars, or with their format");
        }
        return isPercentOfPercent(cell, column) ? cell.number() * 100 : cell.number();
    }

    private static boolean isOf(String unit, String column) {
        return Columns.unit(column).filter(unit::equals).isPresent();
    }

    private static boolean isPercentOfPercent(ReadCell cell, String column) {
        return cell.format() == ReadCell.Format.PERCENT && isOf("%", column);
    }
}
