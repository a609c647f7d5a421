package quartermaster.assistant;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import quartermaster.unit.Choice;
import quartermaster.unit.Ids;
import quartermaster.unit.Place;
import quartermaster.unit.Problem;

/** The arguments of a tool that has a few of its own: their schema, and how they are read. */
final class Parameters {
    private static final String TYPE = "type";

    private final Map<String, Map<String, Object>> properties = new LinkedHashMap<>();
    private final List<String> required = new ArrayList<>();

    Parameters text(String name, String help) {
        return of(name, Map.of(TYPE, "string", "description", help));
    }

    Parameters whole(String name, int least, int most, String help) {
        return of(name, Map.of(TYPE, "integer", "minimum", least, "maximum", most, "description", help));
    }

    Parameters number(String name, String help) {
        return of(name, Map.of(TYPE, "number", "minimum", 0, "description", help));
    }

    Parameters choice(String name, Class<? extends Enum<?>> of, String help) {
        return of(name, Map.of(TYPE, "string", "enum", Choice.ids(of), "description", help));
    }

    Parameters of(String name, Map<String, Object> schema) {
        properties.put(name, schema);
        return this;
    }

    Parameters required(String... names) {
        required.addAll(List.of(names));
        return this;
    }

    Map<String, Object> schema() {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put(TYPE, "object");
        schema.put("properties", properties);
        schema.put("required", required);
        schema.put("additionalProperties", false);
        return schema;
    }

    /** @throws ToolFailure with everything that is unknown, missing or of another type */
    Arguments read(Map<String, @Nullable Object> sent) throws ToolFailure {
        List<Problem> problems = new ArrayList<>();
        sent.forEach((name, value) -> {
            Place at = new Place.Pointer("").child(name);
            Map<String, Object> schema = properties.get(name);
            if (schema == null) {
                String hint = Ids.hint(name, properties.keySet());
                problems.add(new Problem("unknown-field", "There is no argument " + name + "." + hint, at));
            } else if (value != null && schema.get(TYPE) instanceof String type) {
                wrong(value, type, schema)
                        .ifPresent(expected -> problems.add(new Problem(
                                "wrong-value",
                                "Found " + Problem.quoted(String.valueOf(value)) + "; expected " + expected + ".",
                                at)));
            }
        });
        required.stream()
                .filter(name -> sent.get(name) == null)
                .forEach(name -> problems.add(new Problem(
                        "missing-value",
                        "Found nothing; expected " + name + ": "
                                + properties.getOrDefault(name, Map.of()).getOrDefault("description", "a value"),
                        new Place.Pointer("/" + name))));
        if (!problems.isEmpty()) {
            throw new ToolFailure(problems);
        }
        return new Arguments(sent);
    }

    /** What was expected instead; nothing where it is right. */
    private static Optional<String> wrong(Object value, String type, Map<String, Object> schema) {
        return switch (type) {
            case "string" ->
                !(value instanceof String text)
                        ? Optional.of("a text")
                        : schema.get("enum") instanceof List<?> allowed && !allowed.contains(text)
                                ? Optional.of("one of " + allowed)
                                : Optional.empty();
            case "integer", "number" -> wrongNumber(value, type.equals("integer"), schema);
            case "array" -> value instanceof List<?> ? Optional.empty() : Optional.of("a list");
            default -> value instanceof Map<?, ?> ? Optional.empty() : Optional.of("an object");
        };
    }

    private static Optional<String> wrongNumber(Object value, boolean whole, Map<String, Object> schema) {
        double least = schema.get("minimum") instanceof Number number ? number.doubleValue() : 0;
        double most = schema.get("maximum") instanceof Number number ? number.doubleValue() : Double.MAX_VALUE;
        boolean right = value instanceof Number number
                && number.doubleValue() >= least
                && number.doubleValue() <= most
                && (!whole || number.doubleValue() == Math.rint(number.doubleValue()));
        String range = most == Double.MAX_VALUE ? " of 0 or more" : " from " + (long) least + " to " + (long) most;
        return right ? Optional.empty() : Optional.of((whole ? "a whole number" : "a number") + range);
    }

    /** Arguments that are as their schema says. */
    record Arguments(Map<String, @Nullable Object> sent) {
        Optional<String> text(String name) {
            return Optional.ofNullable((String) sent.get(name))
                    .map(String::strip)
                    .filter(text -> !text.isEmpty());
        }

        int whole(String name, int otherwise) {
            return sent.get(name) instanceof Number number ? number.intValue() : otherwise;
        }

        Optional<Double> number(String name) {
            return Optional.ofNullable((Number) sent.get(name)).map(Number::doubleValue);
        }
    }
}
