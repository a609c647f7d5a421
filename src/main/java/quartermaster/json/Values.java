package quartermaster.json;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import quartermaster.unit.Numbers;

/** Values by name, as a tool wrote them: JSON, or cells of a table, in which numbers are texts. */
public record Values(Map<?, ?> named) {
    public static Values of(@Nullable Object value) {
        return new Values(value instanceof Map<?, ?> map ? map : Map.of());
    }

    public static Values of(List<String> headers, List<String> cells) {
        Map<String, String> named = new LinkedHashMap<>();
        for (int i = 0; i < Math.min(headers.size(), cells.size()); i++) {
            named.put(headers.get(i), cells.get(i));
        }
        return new Values(named);
    }

    public boolean has(String... names) {
        return List.of(names).stream().allMatch(named::containsKey);
    }

    public Values object(String name) {
        return of(named.get(name));
    }

    /** The value behind several names, one inside the other. */
    public Values path(String... names) {
        Values at = this;
        for (String name : names) {
            at = at.object(name);
        }
        return at;
    }

    public List<?> list(String name) {
        return named.get(name) instanceof List<?> list ? list : List.of();
    }

    /** The first of these names that has a text. */
    public @Nullable String text(String... names) {
        for (String name : names) {
            if (named.get(name) instanceof String text
                    && !text.isBlank()
                    && !text.strip().equalsIgnoreCase("none")) {
                return text.strip();
            }
        }
        return null;
    }

    /** The first of these names that has a number; a text counts when it is one. */
    public @Nullable Double number(String... names) {
        for (String name : names) {
            Object value = named.get(name);
            if (value instanceof Number number) {
                return number.doubleValue();
            }
            if (value instanceof String text && Numbers.parse(text, null).isPresent()) {
                return Numbers.parse(text, null).get();
            }
        }
        return null;
    }

    public @Nullable Integer integer(String... names) {
        Double number = number(names);
        return number == null ? null : (int) Math.round(number);
    }

    public int integerOr(int otherwise, String... names) {
        Integer number = integer(names);
        return number == null ? otherwise : number;
    }

    public boolean isTrue(String name) {
        Object value = named.get(name);
        return Boolean.TRUE.equals(value) || "1".equals(value) || "true".equals(value);
    }
}
