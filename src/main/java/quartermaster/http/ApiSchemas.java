package quartermaster.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import quartermaster.json.RequestSchema;
import quartermaster.ledger.JobState;
import quartermaster.unit.Choice;

/** What the OpenAPI document says of the bodies that come and go, by name. */
final class ApiSchemas {
    private static final String DESCRIPTION = "description";
    private static final String TYPE = "type";

    private ApiSchemas() {}

    static Map<String, Object> components() {
        Map<String, Object> schemas = new TreeMap<>();
        schemas.put("Request", RequestSchema.request());
        schemas.put("Problem", problem());
        schemas.put("Decision", decision());
        schemas.put("Answer", Map.of("anyOf", List.of(toSchema("Decision"), toSchema("Problem"))));
        schemas.put(
                "Sweep",
                Map.of(
                        TYPE,
                        "object",
                        "required",
                        List.of("request", "vary"),
                        "properties",
                        Map.of(
                                "request", toSchema("Request"),
                                "vary", Map.of(TYPE, "object"),
                                "from", Map.of(TYPE, "integer", "minimum", 0))));
        schemas.put(
                "Job",
                Map.of(
                        TYPE,
                        "object",
                        "required",
                        List.of("id", "status"),
                        "properties",
                        Map.of(
                                "id", Map.of(TYPE, "string"),
                                "status", Map.of("enum", Choice.ids(JobState.class)),
                                "percent", Map.of(TYPE, List.of("integer", "null")),
                                "result", Map.of(TYPE, "string"))));
        schemas.put(
                "Published",
                Map.of(
                        TYPE,
                        "object",
                        "required",
                        List.of("published", "inForce"),
                        "properties",
                        Map.of("published", Map.of(TYPE, "boolean"), "inForce", Map.of(TYPE, "object"))));
        return Map.of(
                "schemas",
                schemas,
                "securitySchemes",
                Map.of("key", Map.of(TYPE, "http", "scheme", "bearer", DESCRIPTION, "Where there are keys.")));
    }

    private static Map<String, Object> problem() {
        Map<String, Object> text = Map.of(TYPE, "string");
        Map<String, Object> error = Map.of(
                TYPE,
                "object",
                "required",
                List.of("code", "message", "at"),
                "properties",
                Map.of("code", text, "message", text, "at", text));
        return Map.of(
                TYPE,
                "object",
                "required",
                List.of("type", "title", "status", "detail"),
                "properties",
                Map.of(
                        TYPE,
                        Map.of(TYPE, "string", "pattern", "^urn:quartermaster:problem:[a-z-]+$"),
                        "title",
                        text,
                        "status",
                        Map.of(TYPE, "integer"),
                        "detail",
                        text,
                        "errors",
                        Map.of(TYPE, "array", "minItems", 1, "items", error)));
    }

    private static Map<String, Object> decision() {
        Map<String, Object> objects = Map.of(TYPE, "array", "items", Map.of(TYPE, "object"));
        Map<String, Object> judged = new LinkedHashMap<>(Map.of(
                "candidate", Map.of(TYPE, "object"),
                "verdict", Map.of(TYPE, "string"),
                "score", Map.of(TYPE, "number"),
                "steps", objects,
                "findings", objects));
        Map<String, Object> ranked = new LinkedHashMap<>(judged);
        ranked.put("rank", Map.of(TYPE, "integer", "minimum", 1));
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("decisionId", Map.of(TYPE, "string"));
        properties.put("decidedAt", Map.of(TYPE, "string", "format", "date-time"));
        properties.put("asOf", Map.of(TYPE, "string", "format", "date"));
        properties.put("versions", Map.of(TYPE, "object"));
        properties.put("outcome", Map.of("enum", List.of("recommended", "nothing-suitable")));
        properties.put("workload", Map.of(TYPE, "object"));
        properties.put("assumptions", objects);
        properties.put("questions", objects);
        properties.put("recommendations", judgements(ranked, List.of("rank", "candidate", "verdict", "score")));
        properties.put("rejected", judgements(judged, List.of("candidate", "verdict", "score")));
        properties.put("picks", Map.of(TYPE, "object"));
        properties.put("flips", objects);
        properties.put("plan", Map.of(TYPE, List.of("object", "null")));
        properties.put("problems", objects);
        properties.put(
                "kept", Map.of("const", false, DESCRIPTION, "It is not in the ledger yet, and may be there later."));
        return Map.of(
                TYPE,
                "object",
                "required",
                List.of("decisionId", "decidedAt", "asOf", "versions", "outcome", "recommendations", "rejected"),
                "properties",
                properties);
    }

    private static Map<String, Object> judgements(Map<String, Object> properties, List<String> required) {
        return Map.of(TYPE, "array", "items", Map.of(TYPE, "object", "required", required, "properties", properties));
    }

    /** A reference to one of them. */
    static Map<String, Object> toSchema(String name) {
        return Map.of("$ref", "#/components/schemas/" + name);
    }
}
