package quartermaster.workbook;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;

/** The typed content of a workbook in one text that stays the same when another program saves it. */
final class WorkbookDigest {
    private static final LocalDateTime DAY_ZERO = LocalDate.of(1899, 12, 30).atStartOfDay();
    private static final MathContext AS_EXCEL_COUNTS = new MathContext(14, RoundingMode.HALF_EVEN);

    private WorkbookDigest() {}

    static String canonical(WorkbookFile workbook) {
        StringBuilder text = new StringBuilder();
        for (Sheet sheet : workbook.sheets()) {
            text.append("sheet ").append(quoted(sheet.name())).append('\n');
            sheet.rows().forEach(row -> row.cells().forEach(cell -> append(text, cell)));
        }
        return text.toString();
    }

    private static void append(StringBuilder text, Cell cell) {
        if (cell.isEmpty()) {
            return;
        }
        text.append(Cell.letters(cell.column())).append(cell.row()).append(' ');
        text.append(value(cell)).append('\n');
    }

    /** A date is the number of its day: whether it looks like a date is a matter of format. */
    private static String value(Cell cell) {
        return switch (cell.kind()) {
            case NUMBER -> number(BigDecimal.valueOf(cell.number()));
            case DATE -> number(daysUntil(cell.date()));
            case TEXT -> quoted(cell.text().replace("\r\n", "\n").replace('\r', '\n'));
            case BOOLEAN, ERROR, EMPTY -> cell.text();
            case UNCALCULATED -> "uncalculated";
        };
    }

    private static String number(BigDecimal number) {
        return number.round(AS_EXCEL_COUNTS).stripTrailingZeros().toString();
    }

    private static BigDecimal daysUntil(LocalDateTime date) {
        BigDecimal seconds = BigDecimal.valueOf(Duration.between(DAY_ZERO, date).toMillis());
        return seconds.divide(BigDecimal.valueOf(86_400_000), MathContext.DECIMAL64);
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }
}
