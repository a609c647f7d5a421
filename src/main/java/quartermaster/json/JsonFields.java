package quartermaster.json;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import quartermaster.unit.Choice;
import quartermaster.unit.Ids;
import quartermaster.unit.Numbers;
import quartermaster.unit.Problem;

/** The fields of one JSON object, read by type; what is wrong becomes a problem and reads as "not said". */
public final class JsonFields {
    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");

    private final Map<?, ?> object;
    private final String at;
    private final ProblemList problems;
    private final boolean isObject;
    private final Set<String> known = new LinkedHashSet<>();

    private JsonFields(Map<?, ?> object, String at, ProblemList problems, boolean isObject) {
        this.object = object;
        this.at = at;
        this.problems = problems;
        this.isObject = isObject;
    }

    /** The fields of a value that must be an object; none, with a problem, where it is something else. */
    public static JsonFields of(@Nullable Object value, String at, ProblemList problems) {
        if (value instanceof Map<?, ?> object) {
            return new JsonFields(object, at, problems, true);
        }
        problems.add("wrong-type", "Found " + described(value) + "; expected an object.", at);
        return new JsonFields(Map.of(), at, problems, false);
    }

    String at(String field) {
        return JsonTree.child(at, field);
    }

    public void report(String code, String field, String message) {
        problems.add(code, message, at(field));
    }

    /** Of all fields that are there. */
    public List<String> names() {
        return object.keySet().stream().map(String::valueOf).toList();
    }

    @Nullable
    public Object value(String field) {
        known.add(field);
        return object.get(field);
    }

    /** The fields of an object; none where it is not given. */
    public JsonFields object(String field) {
        Object value = value(field);
        return value == null ? new JsonFields(Map.of(), at(field), problems, isObject) : of(value, at(field), problems);
    }

    /** A list that may be left out: then it is empty. */
    public List<?> list(String field, int most) {
        Object value = value(field);
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof List<?> list)) {
            wrongType(field, value, "a list");
            return List.of();
        }
        if (list.size() > most) {
            report("too-many", field, "Found " + list.size() + " entries; expected " + most + " at most.");
            return List.of();
        }
        return list;
    }

    @Nullable
    String text(String field) {
        Object value = value(field);
        if (value == null || value instanceof String text && text.isBlank()) {
            return null;
        }
        if (value instanceof String text) {
            return text.strip();
        }
        wrongType(field, value, "a text");
        return null;
    }

    String requiredText(String field) {
        String text = text(field);
        if (text == null) {
            reportMissing(field, "Field " + field + " is missing.");
        }
        return text == null ? "" : text;
    }

    /** Nothing to report where the value is there but of a wrong type, or where there is no object to look into. */
    void reportMissing(String field, String message) {
        Object value = value(field);
        if (isObject && (value == null || value instanceof String text && text.isBlank())) {
            report("missing-value", field, message);
        }
    }

    @Nullable
    public Integer integer(String field) {
        Object value = value(field);
        if (value instanceof Long number) {
            return fitting(field, number);
        }
        if (value instanceof Double number) {
            String found = "Found " + Numbers.plain(number) + "; expected a whole number.";
            report("not-an-integer", field, found);
        } else if (value != null) {
            wrongType(field, value, "a whole number");
        }
        return null;
    }

    @Nullable
    Double number(String field) {
        Object value = value(field);
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        if (value != null) {
            wrongType(field, value, "a number");
        }
        return null;
    }

    public boolean yesNo(String field) {
        return Boolean.TRUE.equals(yesNoOrNull(field));
    }

    @Nullable
    Boolean yesNoOrNull(String field) {
        Object value = value(field);
        if (value instanceof Boolean answer) {
            return answer;
        }
        if (value != null) {
            wrongType(field, value, "true or false");
        }
        return null;
    }

    <E extends Enum<?>> @Nullable E choice(Class<E> type, String field) {
        String text = text(field);
        return text == null ? null : choice(type, text, at(field)).orElse(null);
    }

    /** Every entry of a list of texts, each once; null where there is no list. */
    <E extends Enum<?>> @Nullable Set<E> choices(Class<E> type, String field, int most) {
        if (value(field) == null) {
            return null;
        }
        Set<E> chosen = new LinkedHashSet<>();
        List<?> list = list(field, most);
        for (int i = 0; i < list.size(); i++) {
            String place = at(field) + "/" + i;
            if (list.get(i) instanceof String text) {
                choice(type, text, place).ifPresent(chosen::add);
            } else {
                problems.add("wrong-type", "Found " + described(list.get(i)) + "; expected a text.", place);
            }
        }
        return chosen;
    }

    /** Every entry of a list of texts, each once; null where there is no list. */
    @Nullable
    List<String> texts(String field, int most) {
        if (value(field) == null) {
            return null;
        }
        Set<String> texts = new LinkedHashSet<>();
        List<?> list = list(field, most);
        for (int i = 0; i < list.size(); i++) {
            if (list.get(i) instanceof String text && !text.isBlank()) {
                texts.add(text.strip());
            } else {
                problems.add(
                        "wrong-type", "Found " + described(list.get(i)) + "; expected a text.", at(field) + "/" + i);
            }
        }
        return List.copyOf(texts);
    }

    @Nullable
    LocalDate date(String field) {
        String text = text(field);
        if (text == null) {
            return null;
        }
        try {
            if (DATE.matcher(text).matches()) {
                return LocalDate.parse(text);
            }
        } catch (DateTimeException e) {
            // A day that no calendar has is reported as any other text.
        }
        report("not-a-date", field, "Found " + described(text) + "; expected a date such as 2026-11-22.");
        return null;
    }

    /** To be called when all fields have been asked for: the others are not known. */
    void reportUnknown() {
        for (Object key : object.keySet()) {
            String field = String.valueOf(key);
            if (!known.contains(field)) {
                report(
                        "unknown-field",
                        field,
                        "Field " + Problem.quoted(field) + " is not known." + Ids.hint(field, known));
            }
        }
    }

    private @Nullable Integer fitting(String field, long number) {
        if (number == (int) number) {
            return (int) number;
        }
        report("out-of-range", field, "Found " + number + "; expected a whole number of at most 2147483647.");
        return null;
    }

    private <E extends Enum<?>> Optional<E> choice(Class<E> type, String text, String place) {
        Optional<E> found = Choice.find(type, text);
        if (found.isEmpty()) {
            List<String> ids = Choice.ids(type);
            String known = Problem.quoted(text);
            String meant = Ids.nearest(known, ids)
                    .map(id -> " Did you mean " + id + "?")
                    .orElse("");
            String message = "\"" + known + "\" is not known." + meant + " " + Ids.allowed(ids);
            problems.add("unknown-choice", message, place);
        }
        return found;
    }

    private void wrongType(String field, Object value, String expected) {
        List<String> lines = new ArrayList<>();
        lines.add("Found " + described(value) + "; expected " + expected + ".");
        boolean quoted = value instanceof String text
                && (expected.endsWith("number") && Numbers.parse(text, null).isPresent()
                        || expected.equals("true or false") && text.matches("true|false"));
        if (quoted) {
            lines.add("Maybe it is " + value + " without the quotes.");
        }
        report("wrong-type", field, String.join("\n", lines));
    }

    public static String described(@Nullable Object value) {
        if (value == null) {
            return "null";
        }
        if (value instanceof String text) {
            return "the text \"" + Problem.quoted(text) + "\"";
        }
        if (value instanceof Number number) {
            return "the number " + Numbers.plain(number.doubleValue());
        }
        if (value instanceof Boolean) {
            return value.toString();
        }
        return value instanceof List ? "a list" : "an object";
    }
}
