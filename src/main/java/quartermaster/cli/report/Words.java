package quartermaster.cli.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import quartermaster.unit.Numbers;
import quartermaster.unit.Range;

/** Text and numbers as a terminal shows them. */
public final class Words {
    static final String UNKNOWN = "–";

    private static final Pattern REPLICAS = Pattern.compile(" \\([\\d,]+ replicas[^)]*\\)$");

    private Words() {}

    /** Lines of at most so many characters, broken between words where that is possible. */
    public static List<String> wrap(String text, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.strip().split("\\s+", -1)) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        if (!line.isEmpty()) {
            lines.add(line.toString());
        }
        return lines;
    }

    /**
     * The beginning and the last word, as the end of a name says how much memory it has. How many replicas share devices is
     * left out first, then what is said of nobody else.
     */
    public static String cut(String text, int width) {
        if (text.length() <= width) {
            return text;
        }
        String named = REPLICAS.matcher(text).replaceFirst("");
        if (named.length() <= width) {
            return named;
        }
        named = named.replace("NVIDIA ", "").replace(" Workstation ", " ");
        if (named.length() <= width) {
            return named;
        }
        String last = named.substring(named.lastIndexOf(' ') + 1);
        String end = last.length() <= width / 3 ? last : "";
        return named.substring(0, width - 1 - end.length()).stripTrailing() + "…" + end;
    }

    /** The same over as many lines as it takes, of a cell of a table. */
    static List<String> wrapCell(String text, int width) {
        return text.length() <= width
                ? List.of(text)
                : wrap(REPLICAS.matcher(text).replaceFirst(""), width);
    }

    /** Three figures, no more than is known: 0.84, 13.8, 2,350. */
    public static String number(double value) {
        if (Double.isNaN(value)) {
            return UNKNOWN;
        }
        return Numbers.threeFigures(value);
    }

    static String whole(double value) {
        return String.format(Locale.ROOT, "%,.0f", value);
    }

    static String percent(double value) {
        return Double.isNaN(value) ? UNKNOWN : String.format(Locale.ROOT, "%.0f %%", value);
    }

    static String seconds(double seconds) {
        if (Double.isNaN(seconds)) {
            return UNKNOWN;
        }
        return (seconds >= 3600 ? "> 1 h" : number(seconds) + " s");
    }

    static String usd(@Nullable Double usd) {
        if (usd == null) {
            return UNKNOWN;
        }
        return String.format(Locale.ROOT, usd != 0 && Math.abs(usd) < 100 ? "$%,.2f" : "$%,.0f", usd);
    }

    /** E.g. "13.8 (11.9 to 15.2)". */
    static String range(Range range) {
        if (!range.isKnown()) {
            return UNKNOWN;
        }
        return number(range.typical()) + " (" + number(range.low()) + " to " + number(range.high()) + ")";
    }

    public static String count(long number, String one, String many) {
        return String.format(Locale.ROOT, "%,d %s", number, number == 1 ? one : many);
    }
}
