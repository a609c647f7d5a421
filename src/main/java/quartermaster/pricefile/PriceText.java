package quartermaster.pricefile;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import quartermaster.json.BadJsonException;
import quartermaster.json.JsonTree;
import quartermaster.json.ProblemList;
import quartermaster.json.Values;

/** What every file of prices is: a text, and perhaps JSON; and days, of which the time does not matter. */
final class PriceText {
    private static final Pattern DAY = Pattern.compile("(\\d{4}-\\d{2}(?:-\\d{2})?).*");

    private PriceText() {}

    static String of(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8).replaceFirst("^\uFEFF", "");
    }

    static boolean isJson(String text) {
        return text.stripLeading().startsWith("{") || text.stripLeading().startsWith("[");
    }

    /** Nothing where it is no JSON. */
    static Values json(String text) {
        try {
            // texts that are too long to be kept say nothing of prices
            return Values.of(
                    JsonTree.readOfPython(text.getBytes(StandardCharsets.UTF_8), "a price list", new ProblemList()));
        } catch (BadJsonException e) {
            return Values.of(null);
        }
    }

    /** {@code 2026-10-01T05:20:03.061Z} is 2026-10-01; what is no date stays as it is. */
    static @Nullable String day(@Nullable String written) {
        Matcher day = DAY.matcher(written == null ? "" : written);
        return day.matches() ? day.group(1) : written;
    }
}
