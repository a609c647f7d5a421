package quartermaster.unit;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Dates as sources give them: a day, a month, a year or a span of those. */
public final class Dates {
    private static final Pattern DATE =
            Pattern.compile("(?<!\\d)(20\\d\\d|19\\d\\d)(?:-(\\d\\d)(?:\\.\\.(\\d\\d)(?!\\d))?(?:-(\\d\\d))?)?");

    private Dates() {}

    /** The last day of the last date in the text: "2025-08..2026" is 2026-12-31, "2026-05" is 2026-05-31. */
    public static Optional<LocalDate> latest(String text) {
        LocalDate latest = null;
        Matcher matcher = DATE.matcher(text);
        while (matcher.find()) {
            LocalDate found = lastDay(matcher);
            if (found != null && (latest == null || found.isAfter(latest))) {
                latest = found;
            }
        }
        return Optional.ofNullable(latest);
    }

    private static @org.jspecify.annotations.Nullable LocalDate lastDay(Matcher date) {
        int year = Integer.parseInt(date.group(1));
        if (date.group(2) == null) {
            return LocalDate.of(year, 12, 31);
        }
        try {
            String month = date.group(3) == null ? date.group(2) : date.group(3);
            if (date.group(4) != null) {
                return LocalDate.of(year, Integer.parseInt(month), Integer.parseInt(date.group(4)));
            }
            return YearMonth.of(year, Integer.parseInt(month)).atEndOfMonth();
        } catch (DateTimeException e) {
            return null;
        }
    }
}
