package quartermaster.workbook.read;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import quartermaster.unit.Columns;
import quartermaster.unit.Fields;
import quartermaster.unit.Numbers;

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

    /** The same below, or beside, a heading that may name another unit than the column's: "TTFT (ms)", "Utilization (%)". */
    static @Nullable Object of(ReadCell cell, ReadCell heading, String column) {
        Object value = of(cell, column);
        if (value == null || heading.text().equals(column)) {
            return value; // as most are
        }
        String written = Columns.unit(heading.text()).orElse(null);
        double factor =
                Numbers.factor(written, Columns.unit(column).orElse(null)).orElse(1.0);
        if (written == null || factor == 1 || cell.format() == ReadCell.Format.PERCENT) {
            return value;
        }
        if (value instanceof Double number) {
            return inOwnUnit(number, factor);
        }
        return value instanceof String text
                ? Numbers.parse(text, written)
                        .<Object>map(number -> inOwnUnit(number, factor))
                        .orElse(text)
                : value;
    }

    private static double inOwnUnit(double number, double factor) {
        return BigDecimal.valueOf(number).multiply(BigDecimal.valueOf(factor)).doubleValue();
    }

    private static Object number(ReadCell cell, String column) {
        if (cell.format().isForeign() && isOf("USD", column)) {
            return new Fields.Unreadable("(" + cell.text()
                    + ") is shown in another currency than US dollars: write it in dollars, or with their format"
                    + (cell.format() == ReadCell.Format.OTHER_CURRENCY
                            ? ""
                            : ", or have " + Numbers.rateWanted(cell.format().name())));
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
