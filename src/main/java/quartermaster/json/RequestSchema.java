package quartermaster.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import quartermaster.request.RequestField;
import quartermaster.request.RequestFields;
import quartermaster.unit.Choice;

/** The request as JSON Schema (2020-12), made from the table of its fields. */
public final class RequestSchema {
    private static final String TYPE = "type";
    private static final String PROPERTIES = "properties";

    private RequestSchema() {}

    public static Map<String, Object> request() {
        Map<String, Object> request = object();
        RequestFields.ALL.forEach(field -> put(field, request));
        Map<String, Object> candidate = object();
        RequestFields.OF_CANDIDATES.forEach(field -> put(field, candidate));
        candidate.remove("required"); // a hosted API has no hardware
        properties(request)
                .put(
                        "candidates",
                        Map.of(TYPE, "array", "maxItems", RequestReader.MOST_CANDIDATES, "items", candidate));
        return request;
    }

    /** An object that takes nothing that is not named. */
    private static Map<String, Object> object() {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put(TYPE, "object");
        schema.put(PROPERTIES, new LinkedHashMap<String, Object>());
        schema.put("additionalProperties", false);
        return schema;
    }

    @SuppressWarnings("unchecked") // as it was made above
    private static Map<String, Object> properties(Map<String, Object> schema) {
        return (Map<String, Object>) schema.get(PROPERTIES);
    }

    @SuppressWarnings("unchecked") // as it was made above
    private static void put(RequestField field, Map<String, Object> root) {
        Map<String, Object> at = root;
        String[] path = field.path().split("\\.", -1);
        for (int i = 0; i < path.length - 1; i++) {
            at = (Map<String, Object>) properties(at).computeIfAbsent(path[i], part -> object());
        }
        properties(at).put(field.name(), of(field));
        if (field.required()) {
            require(field.name(), at);
            if (path.length > 1) {
                require(path[0], root);
            }
        }
    }

    @SuppressWarnings("unchecked") // as it was made above
    private static void require(String name, Map<String, Object> in) {
        List<String> required = new ArrayList<>((List<String>) in.getOrDefault("required", List.of()));
        if (!required.contains(name)) {
            required.add(name);
        }
        in.put("required", required);
    }

    /** What may stand in one field. */
    public static Map<String, Object> of(RequestField field) {
        Map<String, Object> schema = new LinkedHashMap<>();
        RequestField.Column column = field.column();
        if (column != null) {
            schema.put("description", column.help());
        }
        switch (field.kind()) {
            case TEXT -> schema.put(TYPE, "string");
            case MODEL -> schema.put(TYPE, List.of("string", "object"));
            case WHOLE_NUMBER, NUMBER, POSITIVE_NUMBER, SHARE -> putNumber(field, schema);
            case YES_NO -> schema.put(TYPE, "boolean");
            case CHOICE -> schema.put("enum", Choice.ids(field.requireChoices()));
            case CHOICES -> putArray(schema, Map.of("enum", Choice.ids(field.requireChoices())));
            case TEXTS -> putArray(schema, Map.of(TYPE, "string"));
            case MODELS -> {
                putArray(schema, Map.of(TYPE, "string"));
                schema.put(TYPE, List.of("array", "string"));
            }
            case MACHINES -> putArray(schema, machines());
            case DATE -> {
                schema.put(TYPE, "string");
                schema.put("format", "date");
            }
        }
        return schema;
    }

    private static void putNumber(RequestField field, Map<String, Object> schema) {
        schema.put(TYPE, field.isWhole() ? "integer" : "number");
        if (field.kind() == RequestField.Kind.POSITIVE_NUMBER) {
            schema.put("exclusiveMinimum", 0);
        } else {
            schema.put("minimum", number(field.least()));
        }
        if (Double.isFinite(field.most()) && field.most() > field.least() && field.most() < Integer.MAX_VALUE) {
            schema.put("maximum", number(field.most()));
        }
        if (!field.unit().isEmpty()) {
            schema.put("x-unit", field.unit());
        }
    }

    private static Number number(double value) {
        return value == Math.rint(value) && Math.abs(value) < Integer.MAX_VALUE ? (Number) (int) value : value;
    }

    private static void putArray(Map<String, Object> schema, @Nullable Object items) {
        schema.put(TYPE, "array");
        schema.put("items", items);
    }

    private static Map<String, Object> machines() {
        return Map.of(
                TYPE,
                List.of("string", "object"),
                PROPERTIES,
                Map.of("hardware", Map.of(TYPE, "string"), "devices", Map.of(TYPE, "integer", "minimum", 1)),
                "required",
                List.of("hardware"),
                "additionalProperties",
                false);
    }
}
