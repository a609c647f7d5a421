package quartermaster.decision;

import java.util.Formatter;
import java.util.IllegalFormatException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import quartermaster.unit.Place;

/**
 * One thing that a rule has to say about a candidate.
 *
 * @param code the rule's name, for ever
 * @param step the step whose file the rule stands in; null for a file of the architect's own
 * @param template of the message; it is put together when somebody reads it
 * @param values of the template, in order
 * @param remedy what would cure it; null when nothing does
 */
public record Finding(
        Severity severity,
        String code,
        @Nullable Step step,
        String template,
        List<Object> values,
        @Nullable String remedy,
        Place at) {
    public Finding {
        values = List.copyOf(values);
    }

    /** What is wrong with the message's format, in words; empty where it and its values agree. */
    public Optional<String> badFormat() {
        try (Formatter trial = new Formatter(Locale.ROOT)) {
            trial.format(template, values.toArray());
            return Optional.empty();
        } catch (IllegalFormatException e) {
            return values.isEmpty()
                    ? Optional.empty()
                    : Optional.of("The message \"" + template + "\" does not agree with its values " + values + " ("
                            + e.getMessage() + "). Texts want %s, whole numbers %d, others %.1f.");
        }
    }

    public String message() {
        try {
            return values.isEmpty() ? template : String.format(Locale.ROOT, template, values.toArray());
        } catch (IllegalFormatException e) {
            return template + " " + values; // one bad message must not fail a decision; cases say so
        }
    }
}
