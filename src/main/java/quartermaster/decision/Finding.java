package quartermaster.decision;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

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

    public String message() {
        return values.isEmpty() ? template : String.format(Locale.ROOT, template, values.toArray());
    }
}
