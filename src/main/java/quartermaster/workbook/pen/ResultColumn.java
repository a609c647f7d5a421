package quartermaster.workbook.pen;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A column that we write.
 *
 * @param header with its unit in parentheses
 * @param characters how wide it is
 * @param wrap long text goes on in the next line of the cell
 * @param detail looked at only by those who want to know more
 * @param value a number, text, date, truth value or verdict; null leaves the cell empty
 */
public record ResultColumn<T>(
        String header,
        int characters,
        ValueFormat format,
        boolean wrap,
        boolean detail,
        Function<T, @Nullable Object> value) {

    public static <T> ResultColumn<T> text(String header, int characters, Function<T, @Nullable Object> value) {
        return new ResultColumn<>(header, characters, ValueFormat.TEXT, false, false, value);
    }

    public static <T> ResultColumn<T> wrapped(String header, int characters, Function<T, @Nullable Object> value) {
        return new ResultColumn<>(header, characters, ValueFormat.TEXT, true, false, value);
    }

    public static <T> ResultColumn<T> number(
            String header, int characters, ValueFormat format, Function<T, @Nullable Object> value) {
        return new ResultColumn<>(header, characters, format, false, false, thing -> known(value.apply(thing)));
    }

    private static @Nullable Object known(@Nullable Object number) {
        return number instanceof Double unknown && unknown.isNaN() ? null : number;
    }

    public ResultColumn<T> asDetail() {
        return new ResultColumn<>(header, characters, format, wrap, true, value);
    }

    /** The same column of things that hold such a thing. */
    public <S> ResultColumn<S> of(Function<S, @Nullable T> part) {
        return new ResultColumn<>(header, characters, format, wrap, detail, whole -> {
            T found = part.apply(whole);
            return found == null ? null : value.apply(found);
        });
    }
}
