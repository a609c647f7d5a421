package quartermaster.workbook.read;

import java.time.LocalDateTime;
import java.time.LocalTime;
import org.jspecify.annotations.Nullable;
import quartermaster.unit.Numbers;
import quartermaster.unit.Place;

/**
 * One cell: what it holds, not how it looks.
 *
 * @param row as people count, from 1
 * @param column from 0; 3 is D
 * @param content a {@code String}, {@code Double}, {@code Boolean} or {@code LocalDateTime} by its kind; the sign of an
 *     error, e.g. {@code #REF!}; null where empty
 * @param format whether a number is shown as a percentage or as money
 * @param turned whether its table is read on its side: its row and its column are those of the table, not of the sheet
 */
public record ReadCell(
        String sheet,
        int row,
        int column,
        Kind kind,
        @Nullable Object content,
        Format format,
        boolean turned) {
    public ReadCell(String sheet, int row, int column, Kind kind, @Nullable Object content, Format format) {
        this(sheet, row, column, kind, content, format, false);
    }

    /** What a cell can hold. {@code UNCALCULATED} is a formula whose result nobody has stored. */
    public enum Kind {
        EMPTY,
        TEXT,
        NUMBER,
        BOOLEAN,
        DATE,
        ERROR,
        UNCALCULATED
    }

    /** How a number is shown. */
    public enum Format {
        PLAIN,
        PERCENT,
        /** US dollars, or money of which nobody says which. */
        CURRENCY,
        /** Euros, pounds and francs. */
        EUR,
        GBP,
        CHF,
        /** Money that is none of these, or of which nobody says which. */
        OTHER_CURRENCY;

        public boolean isForeign() {
            return ordinal() >= EUR.ordinal();
        }
    }

    private static final String NOT_CALCULATED = "(not calculated)"; // people see that something should stand there

    static ReadCell empty(String sheet, int row, int column) {
        return new ReadCell(sheet, row, column, Kind.EMPTY, null, Format.PLAIN);
    }

    ReadCell asTurned() {
        return new ReadCell(sheet, row, column, kind, content, format, true);
    }

    /** Where it stands, e.g. {@code Hardware!D7}. */
    public Place.Cell at() {
        return at(row);
    }

    /** The same of the cell of another row in its column. */
    Place.Cell at(int otherRow) {
        return turned ? new Place.Cell(sheet, column + 1, otherRow - 1) : new Place.Cell(sheet, otherRow, column);
    }

    /** As it stands in its table turned: the rows of one are the columns of the other. */
    ReadCell turn() {
        return new ReadCell(sheet, column + 1, row - 1, kind, content, format, !turned);
    }

    /** The same place with so many dollars in it. */
    public ReadCell with(double dollars) {
        return new ReadCell(sheet, row, column, Kind.NUMBER, dollars, Format.CURRENCY, turned);
    }

    /** The same place with another text in it. */
    public ReadCell with(String text) {
        return new ReadCell(sheet, row, column, Kind.TEXT, text, Format.PLAIN, turned);
    }

    public boolean isEmpty() {
        return kind == Kind.EMPTY || (kind == Kind.TEXT && text().isBlank());
    }

    /** The value in plain text: dates as {@code 2026-11-22}, numbers without their format. */
    public String text() {
        if (kind == Kind.UNCALCULATED) {
            return NOT_CALCULATED;
        }
        if (content == null) {
            return "";
        }
        return switch (kind) {
            case NUMBER -> Numbers.plain(number());
            case DATE -> isDay() ? date().toLocalDate().toString() : date().toString();
            case EMPTY, TEXT, BOOLEAN, ERROR, UNCALCULATED -> content.toString();
        };
    }

    public double number() {
        return (Double) required();
    }

    public boolean isTrue() {
        return (Boolean) required();
    }

    public LocalDateTime date() {
        return (LocalDateTime) required();
    }

    private boolean isDay() {
        return date().toLocalTime().equals(LocalTime.MIDNIGHT);
    }

    private Object required() {
        if (content == null) {
            throw new IllegalStateException(at() + " holds nothing.");
        }
        return content;
    }
}
