package quartermaster.unit;

import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The values of one row, or of one JSON object, read by type. What is wrong becomes a problem at the value's place and
 * reads as a stand-in, so that one pass finds everything: ask {@link #isSound} before you use what was built.
 */
public final class Fields {

    private static final Pattern AND = Pattern.compile("\\s*[&+/]\\s*|\\s+and\\s+");
    private static final Pattern RANGE = Pattern.compile("[0-9]\\w*\\s*(?:-|–|\\.\\.|to)\\s*[0-9]");

    private final Source source;
    private final List<Problem> problems = new ArrayList<>();
    private final Set<String> asked = new LinkedHashSet<>();
    private boolean incomplete;

    public Fields(Source source) {
        this.source = source;
    }

    /** Where values come from. A column is named by its header, e.g. {@code Memory (GiB)}. */
    public interface Source {
        /** A text, number, truth value, date or {@link Unreadable}; null where nothing is given. */
        @Nullable
        Object value(String column);

        Place place(String column);

        /** Told that a required value is missing: true where the source has said so already, once for all rows. */
        default boolean reportsMissing(String column) {
            return false;
        }

        /** How the column is headed there. */
        default String heading(String column) {
            return column;
        }

        /** What messages call the column. */
        default String label(String column) {
            return Columns.name(column);
        }
    }

    /**
     * A value that is there and cannot be read.
     *
     * @param because a sentence's end, e.g. "shows #REF!"
     */
    public record Unreadable(String because) {}

    public boolean isSound() {
        return problems.isEmpty() && !incomplete;
    }

    public List<Problem> problems() {
        return List.copyOf(problems);
    }

    /** Every column that was asked for until now. */
    public Set<String> asked() {
        return Set.copyOf(asked);
    }

    public Place place(String column) {
        return source.place(column);
    }

    /** How the column is headed where its values stand. */
    public String heading(String column) {
        return source.heading(column);
    }

    public void report(String code, String column, String message) {
        problems.add(new Problem(code, message, source.place(column)));
    }

    public boolean has(String column) {
        return value(column) != null;
    }

    /** Whether it is given as one of some words, whatever their case. */
    public boolean isOneOf(Set<String> words, String column) {
        return value(column) instanceof String text
                && words.contains(text.strip().toLowerCase(Locale.ROOT));
    }

    public String text(String column) {
        String text = textOrNull(column);
        if (text == null) {
            reportMissing(column);
            return "";
        }
        return text;
    }

    public @Nullable String textOrNull(String column) {
        Object value = value(column);
        if (value instanceof Unreadable unreadable) {
            reportUnreadable(column, unreadable);
            return null;
        }
        return value == null ? null : written(value);
    }

    public String textOr(String column, String otherwise) {
        String text = textOrNull(column);
        return text == null ? otherwise : text;
    }

    /** Zero or more. */
    public double number(String column) {
        return required(column, numberOrNull(column), 0.0);
    }

    public @Nullable Double numberOrNull(String column) {
        return within(column, signedOrNull(column), 0, Double.MAX_VALUE, "must not be negative");
    }

    /** More than zero. */
    public double positive(String column) {
        return required(column, positiveOrNull(column), 1.0);
    }

    public @Nullable Double positiveOrNull(String column) {
        return within(column, signedOrNull(column), Double.MIN_VALUE, Double.MAX_VALUE, "must be more than zero");
    }

    /** A ratio from 0 to 1, also written as a percentage. */
    public double share(String column) {
        return required(column, shareOrNull(column), 0.0);
    }

    public @Nullable Double shareOrNull(String column) {
        return within(column, signedOrNull(column), 0, 1, "must lie between 0 and 1 (0 % and 100 %)");
    }

    public int integer(String column, int atLeast) {
        Integer number = integerOrNull(column, atLeast);
        return required(column, number, atLeast);
    }

    public @Nullable Integer integerOrNull(String column, int atLeast) {
        Double number = whole(column, atLeast, Integer.MAX_VALUE);
        return number == null ? null : number.intValue();
    }

    public int integerOr(String column, int atLeast, int otherwise) {
        Integer number = integerOrNull(column, atLeast);
        return number == null ? otherwise : number;
    }

    /** A whole number of bytes or the like, zero or more. */
    public @Nullable Long countOrNull(String column) {
        Double number = whole(column, 0, 1L << 53);
        return number == null ? null : number.longValue();
    }

    /** A number of any sign. */
    public @Nullable Double signedOrNull(String column) {
        return read(
                column,
                value -> asNumber(value, column),
                "not-a-number",
                () -> "must be a number" + inUnit(column) + "."
                        + foreign(column)
                        + (isRange(column) ? " Write one of the two." : "")
                        + (isEither(column) ? " Its dot may part thousands or decimals: write it without." : ""));
    }

    private String foreign(String column) {
        return Columns.unit(column).filter("USD"::equals).isPresent() && value(column) instanceof String text
                ? Numbers.currency(text)
                        .map(currency -> " It is in " + currency + ": write it in dollars, or have "
                                + Numbers.rateWanted(currency) + ".")
                        .orElse("")
                : "";
    }

    private boolean isEither(String column) {
        return value(column) instanceof String text && Numbers.isEither(text) && !Numbers.isForeignMoney(text);
    }

    private boolean isRange(String column) {
        return value(column) instanceof String text && RANGE.matcher(text).find();
    }

    public boolean yesNo(String column) {
        return required(column, yesNoOrNull(column), false);
    }

    public @Nullable Boolean yesNoOrNull(String column) {
        return read(column, Fields::asYesNo, "not-yes-or-no", () -> "must be yes or no.");
    }

    public boolean yesNoOr(String column, boolean otherwise) {
        Boolean answer = yesNoOrNull(column);
        return answer == null ? otherwise : answer;
    }

    public <E extends Enum<?>> E choice(Class<E> type, String column) {
        return required(column, choiceOrNull(type, column), type.getEnumConstants()[0]);
    }

    public <E extends Enum<?>> @Nullable E choiceOrNull(Class<E> type, String column) {
        String text = textOrNull(column);
        return text == null ? null : choiceOf(type, column, text).orElse(null);
    }

    /** Every entry of a list, each once. */
    public <E extends Enum<?>> Set<E> choices(Class<E> type, String column) {
        Set<E> chosen = new LinkedHashSet<>();
        list(column).stream()
                .flatMap(entry -> AND.splitAsStream(entry))
                .filter(entry -> !entry.isEmpty())
                .forEach(entry -> choiceOf(type, column, entry).ifPresent(chosen::add));
        return chosen;
    }

    /** One of a few texts, spelt as in the list. */
    public String oneOf(Collection<String> allowed, String column) {
        String text = text(column);
        if (text.isEmpty() || allowed.contains(text)) {
            return text;
        }
        String wanted = Ids.normalise(text);
        Optional<String> found = allowed.stream()
                .filter(each -> Ids.normalise(each).equals(wanted))
                .findFirst();
        if (found.isEmpty()) {
            reportUnknown("unknown-choice", column, text, allowed);
        }
        return found.orElse("");
    }

    /** Entries separated by semicolons or line ends, or by commas where there are no semicolons. */
    public List<String> list(String column) {
        String text = textOrNull(column);
        if (text == null) {
            return List.of();
        }
        boolean byLines = text.indexOf(';') >= 0 || text.indexOf('\n') >= 0;
        List<String> entries = new ArrayList<>();
        int from = 0;
        for (int i = 0; i <= text.length(); i++) {
            char at = i == text.length() ? ';' : text.charAt(i);
            if (i == text.length() || (byLines ? at == ';' || at == '\n' : at == ',')) {
                String entry = text.substring(from, i).strip();
                if (!entry.isEmpty()) {
                    entries.add(entry);
                }
                from = i + 1;
            }
        }
        return List.copyOf(entries);
    }

    /** Something that is neither allowed nor known, with what was probably meant. */
    public void reportUnknown(String code, String column, String text, Collection<String> known) {
        reportWrong(code, column, text, "is not known." + Ids.hint(text, known));
    }

    public void reportWrong(String code, String column, Object value, String expected) {
        report(code, column, source.label(column) + " (" + Problem.quoted(written(value)) + ") " + expected);
    }

    private <E extends Enum<?>> Optional<E> choiceOf(Class<E> type, String column, String text) {
        Optional<E> found = Choice.find(type, text);
        if (found.isEmpty()) {
            reportUnknown("unknown-choice", column, text, Choice.ids(type));
        }
        return found;
    }

    private @Nullable Double whole(String column, double atLeast, double atMost) {
        String low = Numbers.plain(atLeast);
        if (isEither(column)) {
            reportWrong(
                    "not-a-number",
                    column,
                    Objects.requireNonNull(value(column)),
                    "must be a whole number. Its dot may part thousands or decimals: write it without.");
            return null;
        }
        Double number =
                within(column, signedOrNull(column), atLeast, atMost, "must be a whole number of at least " + low);
        if (number != null && number != Math.rint(number)) {
            reportWrong("not-whole", column, number, "must be a whole number.");
            return null;
        }
        return number;
    }

    private @Nullable Double within(
            String column, @Nullable Double number, double low, double high, String expectation) {
        if (number != null && !(number >= low && number <= high)) {
            String cure = high == 1 && number > 1 && number <= 100
                    ? "\nMaybe " + Numbers.plain(number) + " % was meant."
                    : "";
            reportWrong("out-of-range", column, number, expectation + "." + cure);
            return null;
        }
        return number;
    }

    /** The value, or a stand-in for one that is missing; a value that is wrong has been reported already. */
    private <T> T required(String column, @Nullable T value, T standIn) {
        if (value == null && value(column) == null) {
            reportMissing(column);
        }
        return value == null ? standIn : value;
    }

    private @Nullable Object value(String column) {
        asked.add(column);
        Object value = source.value(column);
        return value instanceof String text && text.isBlank() ? null : value;
    }

    private void reportMissing(String column) {
        if (source.reportsMissing(column)) {
            incomplete = true;
        } else if (problems.stream().noneMatch(each -> each.at().equals(source.place(column)))) {
            report("missing-value", column, source.label(column) + " is missing.");
        }
    }

    private void reportUnreadable(String column, Unreadable unreadable) {
        report("unreadable-value", column, source.label(column) + " " + unreadable.because() + ".");
    }

    /** The value as something; null where nothing is given, or where it is none, which is reported. */
    private <T> @Nullable T read(
            String column, Function<Object, Optional<T>> as, String code, Supplier<String> expected) {
        Object value = value(column);
        if (value instanceof Unreadable unreadable) {
            reportUnreadable(column, unreadable);
            return null;
        }
        Optional<T> read = Optional.ofNullable(value).flatMap(as);
        if (value != null && read.isEmpty()) {
            reportWrong(code, column, value, expected.get());
        }
        return read.orElse(null);
    }

    private static String inUnit(String column) {
        return Columns.unit(column).map(unit -> " in " + unit).orElse("");
    }

    private static Optional<Double> asNumber(Object value, String column) {
        if (value instanceof Number number) {
            return Optional.of(number.doubleValue()).filter(Double::isFinite);
        }
        return value instanceof String text ? Numbers.inColumn(text, column) : Optional.empty();
    }

    private static Optional<Boolean> asYesNo(Object value) {
        if (value instanceof Boolean answer) {
            return Optional.of(answer);
        }
        return switch (Ids.normalise(written(value))) {
            case "yes", "y", "true", "1", "x", "✓", "✔", "☑", "ja", "wahr", "oui", "vrai" -> Optional.of(true);
            case "no", "n", "false", "0", "✗", "✘", "☐", "nein", "falsch", "non", "faux" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    /** The value as a person would type it. */
    private static String written(Object value) {
        if (value instanceof Number number) {
            return Numbers.plain(number.doubleValue());
        }
        if (value instanceof LocalDateTime moment && moment.toLocalTime().equals(LocalTime.MIDNIGHT)) {
            return moment.toLocalDate().toString();
        }
        return value.toString().strip();
    }
}
