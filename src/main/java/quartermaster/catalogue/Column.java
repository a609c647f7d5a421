package quartermaster.catalogue;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/**
 * The column of {@code catalogue.xlsx} that a record's component is read from and written to: {@code Memory (GiB)}.
 * The component's type says what may stand there: nothing where it may be null, an enum's constants, yes or no, a list,
 * a text, a whole number of 1 or more, a number of 0 or more. What is narrower or wider follows a colon: {@code > 0},
 * {@code 0 to 1}, {@code any sign}, {@code count}, or the words to choose from, of which the first one means yes.
 */
@Retention(RetentionPolicy.RUNTIME)
public @interface Column {
    String value();
}
