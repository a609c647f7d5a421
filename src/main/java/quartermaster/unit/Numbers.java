package quartermaster.unit;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Numbers as people write them: with units, currency signs, percent signs and either decimal separator. */
public final class Numbers {
    private static final Pattern WRITTEN =
            Pattern.compile("(?<sign>[-+\u2212]?)(?<before>\\$|US\\$|USD)? ?(?<digits>[0-9][0-9.,' ]*|[.,][0-9]+)"
                    + "(?<exponent>[eE][-+]?[0-9]{1,3})? ?(?<unit>[^0-9 ][^0-9]*[0-9]?)?");
    private static final Pattern GROUPED_BY_COMMA = Pattern.compile("[1-9][0-9]{0,2}(,[0-9]{3})+(\\.[0-9]*)?");
    private static final Pattern GROUPED_BY_DOT =
            Pattern.compile("[1-9][0-9]{0,2}(\\.[0-9]{3})+,[0-9]*|[1-9][0-9]{0,2}(\\.[0-9]{3}){2,}");
    private static final Pattern GROUPED_BY_SPACE = Pattern.compile("[1-9][0-9]{0,2}([ '][0-9]{3})+([.,][0-9]*)?");
    private static final Pattern ABOUT =
            Pattern.compile("(?i)(?:~|≈|about |around |approx(?:\\.|imately)? |circa |ca\\.? )\\s*(.+)");
    private static final Pattern AT_MOST =
            Pattern.compile("(?i)(?:<=?|≤|under |below |up to |at most |max\\.? )\\s*(.+)");
    private static final Pattern AT_LEAST = Pattern.compile("(?i)(?:>=?|≥|over |at least |min\\.? )\\s*(.+)");
    private static final Pattern COUNTED = Pattern.compile("(?:[xX×]\\s*(?=[0-9]+$))?([0-9][0-9.,' ]*?)\\s*([kKM]?)"
            + "(?:[xX×]|\\s*(?:tokens?|users?|people|persons?|requests?|items?|devices?|GPUs?|gpus?|cards?|pcs?\\.?|pieces?"
            + "|units?|Stk\\.?|Stück))?");
    private static final Map<String, Double> THOUSANDS = Map.of("", 1.0, "k", 1000.0, "K", 1000.0, "M", 1e6);
    private static final Pattern FOREIGN =
            Pattern.compile("(?i)(?<![a-z])k?(?:eur|euros?|€|gbp|£|chf|sfr|jpy|yen|¥|cny|rmb"
                    + "|cad|aud|nzd|sek|nok|dkk|pln|czk|huf|inr|₹|krw|₩|sgd|hkd|twd|brl|ils|zar)(?![a-z])");
    private static final Pattern PER_TIME =
            Pattern.compile("(?i)\\s*(?:/|per |pro )\\s*(?:mo|month|monat|h|hr|hour|stunde)\\.?$");
    private static final Pattern NOTHING_BEHIND = Pattern.compile("(?<=\\d)[.,] ?[-–—]{1,2}$"); // "1600,-"
    private static final Map<String, String> CODES = Map.of(
            "€", "EUR", "EURO", "EUR", "EUROS", "EUR", "£", "GBP", "SFR", "CHF", "₹", "INR", "₩", "KRW", "YEN", "JPY",
            "RMB", "CNY");
    private static final Pattern THREE_BEHIND = Pattern.compile("[^0-9]*[1-9][0-9]{0,2}\\.[0-9]{3}[^0-9]*");
    private static final MathContext FIFTEEN_DIGITS = new MathContext(15, RoundingMode.HALF_UP);
    private static final Pattern SPACE = Pattern.compile("[\\s\u00a0\u2007\u2009\u202f]+");
    private static final Pattern PLAIN = Pattern.compile("[0-9]*[.,]?[0-9]*");

    /** What may stand behind a number in place of a column's own unit, and what it is worth there. */
    private static final Map<String, Map<String, Double>> UNITS = Map.ofEntries(
            Map.entry("GiB", Map.of("gb", 1.0, "gib", 1.0, "g", 1.0, "tb", 1024.0, "tib", 1024.0)),
            Map.entry("GB", Map.of("gb", 1.0, "tb", 1000.0)),
            Map.entry("GB/s", Map.of("gb/s", 1.0, "gbps", 1.0, "tb/s", 1000.0)),
            Map.entry("GB/s per direction", Map.of("gb/s", 1.0, "tb/s", 1000.0)),
            Map.entry("TFLOPS", Map.of("tflops", 1.0, "tflop/s", 1.0, "pflops", 1000.0)),
            Map.entry("TOPS", Map.of("tops", 1.0, "pops", 1000.0)),
            Map.entry("W", Map.of("w", 1.0, "watt", 1.0, "watts", 1.0, "kw", 1000.0)),
            Map.entry(
                    "USD",
                    Map.of("$", 1.0, "us$", 1.0, "usd", 1.0, "k", 1000.0, "k usd", 1000.0, "k$", 1000.0, "m", 1e6)),
            Map.entry(
                    "USD/kWh",
                    Map.of("$", 1.0, "usd", 1.0, "usd/kwh", 1.0, "$/kwh", 1.0, "¢/kwh", 0.01, "cents/kwh", 0.01)),
            Map.entry("weeks", Map.of("weeks", 1.0, "week", 1.0, "wk", 1.0, "w", 1.0)),
            Map.entry(
                    "months",
                    Map.of("months", 1.0, "month", 1.0, "mo", 1.0, "years", 12.0, "year", 12.0, "yr", 12.0, "y", 12.0)),
            Map.entry("days", Map.of("days", 1.0, "day", 1.0, "d", 1.0)),
            Map.entry(
                    "s",
                    Map.of("s", 1.0, "sec", 1.0, "secs", 1.0, "second", 1.0, "seconds", 1.0, "ms", 0.001, "min", 60.0)),
            Map.entry("ms", Map.of("ms", 1.0, "s", 1000.0)),
            Map.entry("tok/s", Map.of("tok/s", 1.0, "tokens/s", 1.0, "t/s", 1.0, "tps", 1.0)),
            Map.entry("B", Map.of("b", 1.0, "m", 0.001, "t", 1000.0)),
            Map.entry("tokens", Map.of("tokens", 1.0, "token", 1.0, "tok", 1.0)),
            Map.entry("bytes", Map.of("bytes", 1.0, "b", 1.0)));

    /** What a heading without a unit may count in. */
    private static final Map<String, Double> SCALES = Map.of(
            "k",
            1000.0,
            "k tokens",
            1000.0,
            "ktokens",
            1000.0,
            "thousand",
            1000.0,
            "thousands",
            1000.0,
            "tsd",
            1000.0,
            "tsd.",
            1000.0,
            "million",
            1e6,
            "millions",
            1e6,
            "mio",
            1e6);

    private static final Pattern SHORT_UNIT =
            Pattern.compile("(?i)[a-z€£¥¢$]{1,4}|[^ ]*/[^ ]*|cents?|minutes?|hours?|days?|watts?");
    private static final Set<String> REMARKS = Set.of(
            "net", "max", "avg", "mean", "p50", "p90", "p95", "p99", "est", "opt", "incl", "excl", "each", "new",
            "used", "list", "peak", "typ", "ht", "n/a", "y/n", "yes/no", "low", "high", "now", "raw");

    private static final double[] POWERS = {1, 10, 100};
    private static final double WELL_WITHIN_DIGITS = 1e9;
    private static final double TOO_CLOSE = 1e-6; // to a half, to say without the exact digits where it is rounded

    private Numbers() {}

    /** Whether a remark behind the heading of a column with a unit may be another unit: "(ct/kWh)" is, "(net)" is none. */
    public static boolean mayBeUnit(String remark) {
        String text = remark.strip().toLowerCase(Locale.ROOT);
        return isUnit(text) || SHORT_UNIT.matcher(text).matches() && !REMARKS.contains(text);
    }

    /** The same as {@code "%,.2f"} writes with two decimals in {@link Locale#ROOT}, of which long tables have very many. */
    public static String grouped(double value, int decimals) {
        double scaled = value * POWERS[decimals];
        double whole = Math.floor(scaled);
        double rest = scaled - whole;
        boolean isPlain = value > 0 && scaled < WELL_WITHIN_DIGITS && Math.abs(rest - 0.5) > TOO_CLOSE;
        if (!isPlain) {
            return String.format(Locale.ROOT, "%,." + decimals + "f", value);
        }
        long digits = (long) whole + (rest > 0.5 ? 1 : 0);
        long power = (long) POWERS[decimals];
        StringBuilder text = new StringBuilder().append(digits / power);
        for (int at = text.length() - 3; at > 0; at -= 3) {
            text.insert(at, ',');
        }
        if (decimals > 0) {
            text.append('.').append(Long.toString(power + digits % power), 1, decimals + 1);
        }
        return text.toString();
    }

    /** No more than is known: 0.84, 13.8, 2,350. */
    public static String threeFigures(double value) {
        double size = Math.abs(value);
        return grouped(value, size >= 99.95 ? 0 : size >= 9.995 ? 1 : 2);
    }

    /**
     * What the text says, where that is clear: "1.234,5", "192GB" in a column of GiB, "$5,000" in one of USD. A percentage
     * is a ratio, but in a column of percents it is the number itself.
     *
     * @param unit of the column; null where it has none
     */
    public static Optional<Double> parse(String text, @Nullable String unit) {
        String squeezed =
                SPACE.matcher(text).replaceAll(" ").replace('\u2019', '\'').strip();
        Matcher matcher = WRITTEN.matcher(squeezed);
        if (!matcher.matches() || (matcher.group("before") != null && !isMoney(unit))) {
            return Optional.empty();
        }
        Optional<Double> factor = factor(matcher.group("unit"), unit);
        Optional<String> digits = plainDigits(matcher.group("digits").strip());
        if (factor.isEmpty() || digits.isEmpty()) {
            return Optional.empty();
        }
        String exponent = matcher.group("exponent") == null ? "" : matcher.group("exponent");
        double value = new BigDecimal(digits.get() + exponent)
                .multiply(BigDecimal.valueOf(factor.get()))
                .doubleValue();
        boolean negative =
                matcher.group("sign").equals("-") || matcher.group("sign").equals("\u2212");
        return Optional.of(negative ? -value : value).filter(Double::isFinite);
    }

    /**
     * The same as people fill in tables: "~20", "about 100 users", "8k" of tokens, "$5k/month" in a column of a month, "&lt; 3 s"
     * in one of what may be at most. A range is none of these.
     *
     * @param header of the column, with its unit
     */
    public static Optional<Double> inColumn(String text, String header) {
        String unit = Columns.unit(header).orElse(null);
        String column = header.toLowerCase(Locale.ROOT);
        String plain = text.strip();
        plain = NOTHING_BEHIND.matcher(rest(ABOUT, plain)).replaceFirst("");
        if (column.startsWith("max")
                || column.contains("budget")
                || column.contains("within")
                || column.contains("users")
                || column.startsWith("concurrency")) {
            plain = rest(AT_MOST, plain);
        } else if (column.startsWith("min")) {
            plain = rest(AT_LEAST, plain);
        }
        if (column.contains("month")) {
            plain = plain.replaceFirst("(?i)(?<=.)\\s*(?:/|per |a )\\s*mo(?:nth)?$", "");
        } else if (column.contains("hour")) {
            plain = plain.replaceFirst("(?i)(?<=.)\\s*(?:/|per |an )\\s*h(?:r|our)?$", "");
        }
        if (isMoney(unit) && isEither(plain)) {
            return Optional.empty();
        }
        Optional<Double> read = parse(plain, unit);
        Matcher counted = COUNTED.matcher(plain);
        return read.isPresent() || unit != null || !counted.matches()
                ? read
                : parse(counted.group(1), null).map(number -> number * THOUSANDS.get(counted.group(2)));
    }

    /** Whether its dot may part thousands as well as decimals: "1.899". */
    static boolean isEither(String text) {
        return THREE_BEHIND.matcher(text).matches();
    }

    private static String rest(Pattern before, String text) {
        Matcher matcher = before.matcher(text);
        return matcher.matches() ? matcher.group(1) : text;
    }

    /** Whether money is named that is no US dollars: "EUR excl. VAT", "k€". */
    public static boolean isForeignMoney(String text) {
        return FOREIGN.matcher(text).find();
    }

    /** Which money a text names that is no US dollars, as three letters: "1.899,00 €" is in {@code EUR}. */
    public static Optional<String> currency(String text) {
        Matcher found = FOREIGN.matcher(text);
        if (!found.find()) {
            return Optional.empty();
        }
        String written = found.group().toUpperCase(Locale.ROOT);
        String plain = isOfThousands(written) ? written.substring(1) : written;
        return Optional.of(CODES.getOrDefault(plain, plain)).filter(code -> code.matches("[A-Z]{3}"));
    }

    /** How much of it, where that is clear: "1.899,00 €", "EUR 12k"; "1.899 €" may be two or two thousand. */
    public static Optional<Double> amount(String text) {
        String plain = FOREIGN.matcher(PER_TIME.matcher(text.strip()).replaceFirst(""))
                .replaceAll(money -> isOfThousands(money.group().toUpperCase(Locale.ROOT)) ? "k" : "")
                .strip();
        return isEither(plain)
                ? Optional.empty()
                : parse(NOTHING_BEHIND.matcher(plain).replaceFirst(""), "USD");
    }

    /** "k€", but not "KRW". */
    private static boolean isOfThousands(String money) {
        return money.startsWith("K") && !money.equals("KRW");
    }

    /** What makes such money readable, as the end of a sentence. */
    public static String rateWanted(String currency) {
        return "its rate entered in the catalogue: a row usdPer." + currency
                + " of Defaults, the dollars for one, with its date";
    }

    /** What a number in the written unit is worth in the wanted one; empty where that is not known. */
    public static Optional<Double> factor(@Nullable String written, @Nullable String wanted) {
        if (written == null || written.isBlank()) {
            return Optional.of(1.0);
        }
        String unit = written.strip().toLowerCase(Locale.ROOT);
        if (unit.equals("%")) {
            return wanted == null ? Optional.of(0.01) : Optional.of(1.0).filter(one -> wanted.equals("%"));
        }
        if (wanted == null) {
            return Optional.ofNullable(SCALES.get(unit));
        }
        return unit.equals(wanted.toLowerCase(Locale.ROOT))
                ? Optional.of(1.0)
                : Optional.ofNullable(UNITS.getOrDefault(wanted, Map.of()).get(unit));
    }

    /** Whether the text is a unit of any column, or a currency: so that "(EUR)" in a header is not taken for a remark. */
    public static boolean isUnit(String text) {
        String unit = text.strip().toLowerCase(Locale.ROOT);
        return unit.equals("%")
                || isForeignMoney(unit)
                || UNITS.keySet().stream().anyMatch(known -> known.equalsIgnoreCase(unit))
                || UNITS.values().stream().anyMatch(known -> known.containsKey(unit));
    }

    /** A number in at most 15 digits, which is what spreadsheet programs keep, and without ".0": 70, 0.15. */
    public static String plain(double number) {
        if (number == Math.rint(number) && Math.abs(number) < 1e15) {
            return String.valueOf((long) number);
        }
        if (!Double.isFinite(number)) {
            return String.valueOf(number);
        }
        return BigDecimal.valueOf(number)
                .round(FIFTEEN_DIGITS)
                .stripTrailingZeros()
                .toPlainString();
    }

    private static boolean isMoney(@Nullable String unit) {
        return unit != null && unit.startsWith("USD");
    }

    /** Digits with a dot as the decimal separator and nothing between groups; empty where that would be a guess. */
    private static Optional<String> plainDigits(String digits) {
        if (GROUPED_BY_COMMA.matcher(digits).matches()) {
            return Optional.of(digits.replace(",", ""));
        }
        if (GROUPED_BY_DOT.matcher(digits).matches()) {
            return Optional.of(digits.replace(".", "").replace(',', '.'));
        }
        if (GROUPED_BY_SPACE.matcher(digits).matches()) {
            return Optional.of(digits.replaceAll("[ ']", "").replace(',', '.'));
        }
        return PLAIN.matcher(digits).matches() ? Optional.of(digits.replace(',', '.')) : Optional.empty();
    }
}
