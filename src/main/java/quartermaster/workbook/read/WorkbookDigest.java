package quartermaster.workbook.read;

import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import quartermaster.unit.Numbers;
import quartermaster.unit.Place;

/** The typed content of a workbook in one text that stays the same when another program saves it. */
final class WorkbookDigest {
    private static final LocalDateTime DAY_ZERO = LocalDate.of(1899, 12, 30).atStartOfDay();

    private WorkbookDigest() {}

    static String canonical(WorkbookFile workbook) {
        StringBuilder text = new StringBuilder();
        for (ReadSheet sheet : workbook.sheets()) {
            text.append("sheet ").append(quoted(sheet.name())).append('\n');
            sheet.rows().forEach(row -> row.cells().forEach(cell -> append(text, cell)));
        }
        return text.toString();
    }

    private static void append(StringBuilder text, ReadCell cell) {
        if (cell.isEmpty()) {
            return;
        }
        text.append(Place.Cell.letters(cell.column())).append(cell.row()).append(' ');
        text.append(value(cell)).append('\n');
    }

    /** A date is the number of its day: whether it looks like a date is a matter of format. */
    private static String value(ReadCell cell) {
        return switch (cell.kind()) {
            case NUMBER -> Numbers.plain(cell.number());
            case DATE -> Numbers.plain(daysUntil(cell.date()));
            case TEXT -> quoted(cell.text().replace("\r\n", "\n").replace('\r', '\n'));
            case BOOLEAN, ERROR, EMPTY -> cell.text();
            case UNCALCULATED -> "uncalculated";
        };
    }

    private static double daysUntil(LocalDateTime date) {
        return Duration.between(DAY_ZERO, date).toMillis()
                / (double) Duration.ofDays(1).toMillis();
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }
}
