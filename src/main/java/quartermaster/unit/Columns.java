package quartermaster.unit;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Column headers such as {@code Memory (GiB)}: a name and, in parentheses or brackets, a unit. */
public final class Columns {
    private static final Pattern HEADER = Pattern.compile("(.*?)\\s*[(\\[]([^()\\[\\]]*)[)\\]]\\s*");
    private static final Pattern PER = Pattern.compile("(?i)(?:usd|us\\$|\\$|eur|€|gbp|£|chf)?\\s*(?:/|per |pro )\\s*"
            + "(?:(?:gpu|card|device|accelerator)[-/ ]*)?"
            + "(?:(?<month>mo|mon|month|monat)|(?<hour>h|hr|hrs|hour|stunde))\\.?"
            + "(?:\\s*(?:/|per |pro )\\s*(?:gpu|card|device|accelerator))?");
    private static final Pattern SPACE = Pattern.compile("\\s+");

    private static final String MARKS = "*†‡¹²³:";

    private Columns() {}

    /** Of a footnote, or a colon. */
    private static boolean hasMark(String header) {
        String text = header.strip();
        return text.length() > 1
                && MARKS.indexOf(text.charAt(text.length() - 1)) >= 0
                && MARKS.indexOf(text.charAt(0)) < 0;
    }

    private static String withoutMark(String header) {
        String text = header.strip();
        int end = text.length();
        while (end > 1 && MARKS.indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        return text.substring(0, end).strip();
    }

    /** The header without its unit: {@code Memory}. */
    public static String name(String header) {
        if (hasMark(header)) {
            return name(withoutMark(header));
        }
        if (header.indexOf('(') < 0 && header.indexOf('[') < 0) {
            return header.strip(); // as most are
        }
        Matcher matcher = HEADER.matcher(header);
        return (matcher.matches() ? matcher.group(1) : header).strip();
    }

    /** What stands in the parentheses at its end: {@code GiB}. */
    public static Optional<String> unit(String header) {
        if (hasMark(header)) {
            return unit(withoutMark(header));
        }
        if (header.indexOf('(') < 0 && header.indexOf('[') < 0) {
            return Optional.empty(); // as most have none
        }
        Matcher matcher = HEADER.matcher(header);
        return matcher.matches() ? Optional.of(matcher.group(2).strip()) : Optional.empty();
    }

    /**
     * By what headers are compared: without the unit, case, spaces, dots, hyphens and underscores. What a unit is of belongs
     * to the name: "Budget ($/mo)" is "Budget per month".
     */
    public static String key(String header) {
        String name = name(header);
        boolean isPlain = name.chars().noneMatch(each -> each < ' '); // as most are
        String key = Ids.normalise(isPlain ? name : SPACE.matcher(name).replaceAll(" "));
        String of = unit(header).flatMap(Columns::per).orElse("");
        return of.isEmpty() || key.contains(of) ? key : key + "per" + of;
    }

    private static Optional<String> per(String unit) {
        Matcher matcher = PER.matcher(unit);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        return Optional.of(matcher.group("month") == null ? "hour" : "month");
    }

    /** The name in camel case, as JSON writes it: {@code KV cache per token FP16 (bytes)} is {@code kvCachePerTokenFp16}. */
    public static String field(String header) {
        StringBuilder field = new StringBuilder();
        for (String word : name(header).toLowerCase(Locale.ROOT).split("[^\\p{Alnum}]+", -1)) {
            if (!word.isEmpty()) {
                field.append(field.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
            }
        }
        return field.toString();
    }
}
