package quartermaster.advice;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import quartermaster.catalogue.Named;
import quartermaster.request.RequestField;
import quartermaster.request.RequestFields;
import quartermaster.unit.Choice;

/** Fields of a request and their values in words. */
public final class FieldWords {
    private static final int DIGITS = 2; // of a number at which something changes: nobody knows a need better
    private static final int DIGITS_OF_MONEY = 3;
    private static final double EXACT_BELOW = 1_000; // people and requests, which are counted

    private FieldWords() {}

    /** A value with its unit, e.g. "9 requests at the same time" or "$1,200 a month". */
    public static String value(String field, @Nullable Object value) {
        if (value == null) {
            return "nothing";
        }
        if (value instanceof Number number) {
            RequestField row = RequestFields.get(field);
            String unit = row.unit();
            return (number(row, number.doubleValue()) + " " + (number.doubleValue() == 1 ? one(unit) : unit)).strip();
        }
        if (value instanceof Enum<?> choice) {
            return Choice.id(choice);
        }
        if (value instanceof Named row) {
            return row.name();
        }
        if (value instanceof Collection<?> many) {
            return many.stream()
                    .map(each -> each instanceof Enum<?> choice ? Choice.id(choice) : String.valueOf(each))
                    .sorted()
                    .collect(Collectors.joining(", "));
        }
        return String.valueOf(value);
    }

    /** What is taken for what was not said, e.g. "prompts of 2,000 tokens", or as {@link #value}. */
    static String assumed(String field, @Nullable Object value) {
        String words = value(field, value);
        if (!(value instanceof Number)) {
            return words;
        }
        return String.format(Locale.ROOT, RequestFields.get(field).whenMore(), words)
                .replaceFirst("^(with|if|from) ", "")
                .replaceFirst(",? (or more|on)$", "");
    }

    /** "requests at the same time" of which there is one; "s" and "tok/s" stay. */
    private static String one(String unit) {
        return unit.replaceFirst("(?<=[a-z]{3})s(?= |$)", "");
    }

    /**
     * When a flip happens, e.g. "from 9 requests at the same time on"; numbers are rounded away from where they come from,
     * so that what is said of them stays true.
     */
    public static String condition(Flip flip) {
        RequestField field = RequestFields.get(flip.field());
        if (flip.from() instanceof Collection<?> known && flip.to() instanceof Collection<?> then && !known.isEmpty()) {
            return "if the team also knows "
                    + value(
                            flip.field(),
                            then.stream().filter(each -> !known.contains(each)).toList());
        }
        boolean more = isMore(field, flip);
        Object to = flip.to() instanceof Number number ? rounded(field, number.doubleValue(), more) : flip.to();
        return String.format(Locale.ROOT, more ? field.whenMore() : field.whenLess(), value(flip.field(), to));
    }

    private static double rounded(RequestField field, double value, boolean up) {
        if (field.isWhole() && value < EXACT_BELOW) {
            return value;
        }
        int digits = field.isMoney() ? DIGITS_OF_MONEY : DIGITS;
        return new BigDecimal(value)
                .round(new MathContext(digits, up ? RoundingMode.CEILING : RoundingMode.FLOOR))
                .doubleValue();
    }

    private static boolean isMore(RequestField field, Flip flip) {
        if (flip.to() instanceof Number then) {
            return flip.from() instanceof Number before
                    ? then.doubleValue() > before.doubleValue()
                    : field.tried() != null && field.tried().unsaidIsNone();
        }
        return !Boolean.FALSE.equals(flip.to());
    }

    private static String number(RequestField field, double value) {
        if (field.kind() == RequestField.Kind.SHARE) {
            return String.format(Locale.ROOT, value < 0.1 ? "%.1f %%" : "%.0f %%", 100 * value);
        }
        if (value == Math.rint(value) || value >= 1000) {
            return (field.isMoney() ? "$" : "") + String.format(Locale.ROOT, "%,.0f", value);
        }
        String digits = String.format(Locale.ROOT, value >= 10 ? "%.1f" : "%.3g", value);
        return (field.isMoney() ? "$" : "")
                + new BigDecimal(digits).stripTrailingZeros().toPlainString();
    }
}
