package quartermaster.advice;

import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import quartermaster.request.RequestField;
import quartermaster.request.RequestFields;
import quartermaster.unit.Choice;

/** Fields of a request and their values in words. */
public final class FieldWords {
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
        if (value instanceof Collection<?> many) {
            return many.stream()
                    .map(each -> each instanceof Enum<?> choice ? Choice.id(choice) : String.valueOf(each))
                    .sorted()
                    .collect(Collectors.joining(", "));
        }
        return String.valueOf(value);
    }

    /** "requests at the same time" of which there is one; "s" and "tok/s" stay. */
    private static String one(String unit) {
        return unit.replaceFirst("(?<=[a-z]{3})s(?= |$)", "");
    }

    /** When a flip happens, e.g. "from 9 requests at the same time on". */
    public static String condition(Flip flip) {
        RequestField field = RequestFields.get(flip.field());
        String says = isMore(field, flip) ? field.whenMore() : field.whenLess();
        return String.format(Locale.ROOT, says, value(flip.field(), flip.to()));
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
        String digits = value == Math.rint(value) || value >= 1000 ? "%,.0f" : value >= 10 ? "%.1f" : "%.3g";
        return (field.isMoney() ? "$" : "") + String.format(Locale.ROOT, digits, value);
    }
}
