package quartermaster.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import quartermaster.http.guard.Needs;
import quartermaster.http.guard.Refusal;
import quartermaster.json.ProblemDocument;
import quartermaster.unit.Choice;

/** The contract as OpenAPI 3.1: every route with its statuses, headers and problem codes. */
final class ApiDocument {
    private static final Pattern PARAMETER = Pattern.compile("\\{(\\w+)}");
    private static final String DESCRIPTION = "description";
    private static final String SCHEMA = "schema";
    private static final String CONTENT = "content";
    private static final String TYPE = "type";

    /** What may be wrong with any request, and where one has a body or costs work. */
    private static final Map<Integer, List<String>> ALWAYS = Map.of(
            400, List.of("bad-request"),
            421, List.of("foreign-host"),
            500, List.of("internal-server-error"));

    private static final Map<Integer, List<String>> OF_KEYS =
            Map.of(401, List.of("no-key", "unknown-key"), 403, List.of("not-allowed"));
    private static final Map<Integer, List<String>> OF_CHANGES = Map.of(403, List.of("foreign-origin"));
    private static final Map<Integer, List<String>> OF_BODIES =
            Map.of(408, List.of("slow-body"), 413, List.of("too-large"), 415, List.of("unsupported-type"));
    private static final Map<Integer, List<String>> OF_WORK =
            Map.of(503, List.of("overloaded", "busy", "not-ready"), 504, List.of("overdue"));
    private static final Map<Integer, List<String>> OF_VERSIONS = Map.of(404, List.of("unknown-version"));
    private static final Map<Integer, List<String>> OF_FILES = Map.of(
            400,
            List.of("bad-multipart"),
            413,
            List.of("too-many-rows", "too-many-sheets", "too-many-candidates", "too-many-workloads"),
            415,
            List.of("format-refused"),
            422,
            List.of(
                    "invalid-request",
                    "missing-file",
                    "missing-sheet",
                    "too-much-work",
                    "empty-file",
                    "file-not-readable",
                    "damaged-workbook",
                    "encrypted-workbook",
                    "took-too-long",
                    "unsafe-content",
                    "unusual-content",
                    "no-room-for-results"),
            503,
            List.of("no-temporary-folder"),
            507,
            List.of("disk-full"));
    private static final Map<Integer, List<String>> OF_PUBLISHING = Map.of(
            409, List.of("edited-meanwhile", "preferences-changed", "too-many-approvals"),
            412, List.of("other-version", "weak-version"),
            422, List.of("missing-reason", "invalid-request"),
            428, List.of("missing-if-match"),
            507, List.of("disk-full"));
    private static final Map<Integer, List<String>> OF_REPEATS = Map.of(
            400, List.of("bad-idempotency-key"),
            409, List.of("in-progress", "answer-not-kept"),
            422, List.of("idempotency-key-reused"));
    private static final int ACCEPTED = 202;
    private static final String CONTENT_DISPOSITION = "Content-Disposition";
    private static final Map<String, Object> TRUE_OR_FALSE = Map.of(TYPE, "boolean");
    private static final Map<String, Object> TEXT = Map.of(SCHEMA, Map.of(TYPE, "string"));
    private static final Map<Integer, List<String>> OF_APPROVALS = Map.of(404, List.of("unknown-approval"));
    private static final Map<Integer, List<String>> OF_LEDGER =
            Map.of(503, List.of("no-ledger"), 507, List.of("disk-full"));

    private final Map<String, Map<String, Object>> paths = new LinkedHashMap<>();

    private ApiDocument() {}

    static Map<String, Object> fields() {
        ApiDocument document = new ApiDocument();
        document.addDeciding();
        document.addKnowledge();
        document.addOperation();
        document.addPage();
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("openapi", "3.1.0");
        all.put(
                "info",
                Map.of(
                        "title",
                        "Quartermaster",
                        "version",
                        "1",
                        DESCRIPTION,
                        "Says which hardware should carry an AI" + " workload, and why."));
        all.put("paths", document.paths);
        all.put("components", ApiSchemas.components());
        all.put("security", List.of(Map.of(), Map.of("key", List.of())));
        return all;
    }

    private void addDeciding() {
        add("post", "/decide", Needs.DECIDE, "Decides about a request, or an array of them.")
                .query("version", "an earlier version to decide with")
                .query("keep", "false: the answer does not go into the log of decisions", TRUE_OR_FALSE)
                .body(true, Map.of(MediaTypes.JSON, oneOrMany("Request")))
                .problems(OF_CHANGES, OF_BODIES, OF_WORK, OF_VERSIONS)
                .mayHave("Idempotency-Key", "sent again with the same key, it is answered as before")
                .problems(OF_REPEATS)
                .problems(Map.of(
                        400,
                        List.of("bad-json"),
                        422,
                        List.of("invalid-request", "too-much-work", "invalid-parameter")))
                .answer(200, "The decision; of an array, in its order.", Map.of(MediaTypes.JSON, oneOrMany("Answer")))
                .mayGive("Server-Timing", "Idempotency-Replayed");
        add("post", "/workbooks", Needs.DECIDE, "Scores a workbook.")
                .mayHave("Idempotency-Key", "sent again with the same key, it is answered as before")
                .problems(OF_REPEATS)
                .query("version", "an earlier version to decide with")
                .body(true, files())
                .problems(OF_CHANGES, OF_BODIES, OF_WORK, OF_VERSIONS, OF_FILES, OF_LEDGER)
                .answer(200, "The scored workbook, or its decisions by Accept.", workbookOr(array("Answer")))
                .mayGive("Server-Timing", "Idempotency-Replayed", CONTENT_DISPOSITION)
                .answer(ACCEPTED, "A long one: a job, at Location.", Map.of(MediaTypes.JSON, ref("Job")));
        add("get", "/workbooks/template.xlsx", Needs.DECIDE, "An empty workbook to fill in.")
                .query("version", "whose catalogue its lists come from")
                .problems(OF_WORK, OF_VERSIONS)
                .answer(200, "The workbook.", Map.of(MediaTypes.WORKBOOK, Map.of()))
                .gives(CONTENT_DISPOSITION);
        add("post", "/sweeps", Needs.DECIDE, "Decides at every point of a grid.")
                .query("version", "an earlier version to decide with")
                .body(true, Map.of(MediaTypes.JSON, ref("Sweep")))
                .problems(OF_CHANGES, OF_BODIES, OF_WORK, OF_VERSIONS)
                .problems(Map.of(
                        400, List.of("bad-json"), 422, List.of("invalid-request", "grid-too-large", "too-much-work")))
                .answer(200, "A line for each point, and a last one.", Map.of(MediaTypes.JSON_LINES, object()));
        add("post", "/mcp", Needs.KEY, "A message of the Model Context Protocol, of a client without session.")
                .body(true, Map.of(MediaTypes.JSON, object("jsonrpc", "method")))
                .problems(OF_CHANGES, OF_BODIES, Map.of(400, List.of("bad-message")))
                .answer(200, "The answer to it.", Map.of(MediaTypes.JSON, object("jsonrpc", "id")))
                .answer(ACCEPTED, "It wants no answer.", Map.of());
        add("get", "/jobs/{id}", Needs.KEY, "How far a job is.")
                .problems(Map.of(403, List.of("not-allowed"), 404, List.of("unknown-job")), OF_LEDGER)
                .answer(200, "Its state.", Map.of(MediaTypes.JSON, ref("Job")))
                .mayGive("Retry-After");
        add("get", "/jobs/{id}/result", Needs.KEY, "What a job made.")
                .problems(
                        Map.of(
                                403, List.of("not-allowed"),
                                404, List.of("unknown-job"),
                                409, List.of("not-done"),
                                422, List.of("job-failed")),
                        OF_WORK,
                        OF_FILES,
                        OF_LEDGER)
                .answer(
                        200,
                        "The scored workbook, or its decisions by Accept; of the log a line for each decision, or a"
                                + " workbook.",
                        Map.of(
                                MediaTypes.WORKBOOK,
                                Map.of(),
                                MediaTypes.JSON,
                                array("Answer"),
                                MediaTypes.JSON_LINES,
                                object()))
                .mayGive(CONTENT_DISPOSITION);
        add("delete", "/jobs/{id}", Needs.KEY, "Ends a job and deletes its result.")
                .problems(OF_CHANGES, Map.of(403, List.of("not-allowed"), 404, List.of("unknown-job")), OF_LEDGER)
                .answer(204, "It is gone.", Map.of());
    }

    private void addKnowledge() {
        for (String path : List.of("/catalogue", "/rules/policy")) {
            add("get", path, Needs.READ, "What is in force.")
                    .query("version", "an earlier version")
                    .tagged()
                    .problems(OF_WORK, OF_VERSIONS)
                    .answer(200, "The workbook, or its content by Accept.", workbookOr(object()))
                    .gives("ETag")
                    .mayGive(CONTENT_DISPOSITION);
            add("put", path, Needs.EDIT, "Publishes a workbook that passes.")
                    .query("force", "true: although others win than cases want", TRUE_OR_FALSE)
                    .query("reason", "why; needed with force")
                    .header("If-Match", "the version that was edited, or *")
                    .body(true, files())
                    .problems(OF_CHANGES, OF_BODIES, OF_WORK, OF_FILES, OF_PUBLISHING)
                    .answer(200, "It is in force.", Map.of(MediaTypes.JSON, ref("Published")))
                    .gives("ETag")
                    .refuses(ref("Published"))
                    .answer(
                            202,
                            "A second person has to agree, at Location.",
                            Map.of(MediaTypes.JSON, object("approval")));
            add("post", path + "/preview", Needs.EDIT, "What a workbook would change.")
                    .query("marked", "true: gives the workbook back with its problems marked", TRUE_OR_FALSE)
                    .body(true, filesWith("for"))
                    .problems(Map.of(400, List.of("bad-json")))
                    .problems(OF_CHANGES, OF_BODIES, OF_WORK, OF_FILES)
                    .answer(200, "The comparison.", workbookOr(object()))
                    .mayGive(CONTENT_DISPOSITION);
        }
        add("post", "/rescores", Needs.EDIT, "Decides the whole log again under a draft.")
                .query("since", "a day, or a moment: leaves out what was decided before")
                .body(false, Map.of("multipart/form-data", draft()))
                .problems(OF_CHANGES, OF_BODIES, OF_WORK, OF_LEDGER)
                .problems(Map.of(
                        400,
                        List.of("bad-multipart"),
                        422,
                        List.of("invalid-request", "missing-file", "invalid-parameter")))
                .answer(ACCEPTED, "A job, at Location.", Map.of(MediaTypes.JSON, ref("Job")));
        add("get", "/rules", Needs.READ, "Rules and tables in force.")
                .tagged()
                .query("version", "an earlier version")
                .problems(OF_WORK, OF_VERSIONS)
                .answer(200, "Them.", Map.of(MediaTypes.JSON, object("rules", "tables")))
                .gives("ETag");
        add("get", "/versions", Needs.READ, "Which versions were in force, and by whom.")
                .problems(OF_LEDGER)
                .answer(200, "Newest first.", Map.of(MediaTypes.JSON, object("versions")));
        add("get", "/versions/{id}/changes", Needs.READ, "What changed between versions.")
                .query("since", "the version before")
                .problems(OF_WORK, OF_VERSIONS, OF_LEDGER)
                .answer(200, "Row by row.", Map.of(MediaTypes.JSON, object("from", "to", "changes")));
        add("post", "/versions/{id}/activate", Needs.EDIT, "Goes back to a version.")
                .needs("reason", "why")
                .query("force", "true: although others win than its cases want", TRUE_OR_FALSE)
                .header("If-Match", "the version in force, or *")
                .problems(OF_CHANGES, OF_WORK, OF_VERSIONS, OF_PUBLISHING, OF_LEDGER)
                .answer(200, "It is in force.", Map.of(MediaTypes.JSON, object("activated", "inForce")))
                .gives("ETag")
                .refuses(object("activated", "inForce"))
                .answer(
                        ACCEPTED,
                        "A second person has to agree, at Location.",
                        Map.of(MediaTypes.JSON, object("approval")));
        add("get", "/approvals", Needs.EDIT, "What waits for a second person.")
                .problems(OF_LEDGER)
                .answer(200, "Oldest first.", Map.of(MediaTypes.JSON, object("approvals")));
        add("get", "/approvals/{id}", Needs.EDIT, "What waits, with what it would change.")
                .problems(OF_APPROVALS, OF_LEDGER)
                .answer(200, "It.", Map.of(MediaTypes.JSON, object("id", "what", "askedBy", "reason", "change")));
        add("post", "/approvals/{id}", Needs.EDIT, "Agrees, as a second person: it is put in force.")
                .problems(OF_CHANGES, OF_WORK, OF_PUBLISHING, OF_APPROVALS, OF_LEDGER)
                .problems(Map.of(403, List.of("same-person")))
                .answer(200, "It is in force.", Map.of(MediaTypes.JSON, object("inForce")))
                .gives("ETag")
                .refuses(object("inForce"));
        add("delete", "/approvals/{id}", Needs.EDIT, "Does not agree.")
                .problems(OF_CHANGES, OF_APPROVALS, OF_LEDGER)
                .answer(204, "It waits no longer.", Map.of());
        add("get", "/decisions", Needs.READ, "What was decided, newest first.")
                .query("label", "of the requester's own words")
                .query("since", "a day, or a moment")
                .query("until", "the day or moment after the last")
                .query("version", "of the version that decided")
                .query("limit", "how many at most; 50 if it is not said", number(500))
                .query("after", "as Link has it: the page after that one")
                .query("advised", "true: without what was answered without advice", TRUE_OR_FALSE)
                .problems(OF_VERSIONS, OF_LEDGER, Map.of(422, List.of("invalid-parameter")))
                .answer(200, "A line for each.", Map.of(MediaTypes.JSON, object("decisions")))
                .mayGive("Link");
        add("get", "/decisions/{id}", Needs.READ, "The record of a decision.")
                .problems(Map.of(404, List.of("unknown-decision")), OF_LEDGER)
                .answer(
                        200,
                        "It.",
                        Map.of(MediaTypes.JSON, object("id", "createdAt", "version", "actor", "request", "answer")));
        add("post", "/decisions/{id}/replay", Needs.READ, "Decides again, and compares.")
                .problems(OF_CHANGES, OF_WORK, OF_LEDGER, Map.of(404, List.of("unknown-decision", "unknown-version")))
                .answer(200, "Whether it is the same.", Map.of(MediaTypes.JSON, object("decisionId", "same")));
    }

    private void addPage() {
        add("get", "/", Needs.NOTHING, "The page.")
                .tagged()
                .answer(200, "The page.", Map.of("text/html", TEXT))
                .gives("ETag");
        add("get", "/page/{file}", Needs.NOTHING, "A part of the page.")
                .problems(Map.of(404, List.of("not-found")))
                .tagged()
                .answer(200, "It.", Map.of("text/javascript", TEXT, "text/css", TEXT, "image/svg+xml", TEXT))
                .gives("ETag");
        add("get", "/fields", Needs.NOTHING, "The fields of a request.")
                .tagged()
                .answer(200, "Them.", Map.of(MediaTypes.JSON, object()))
                .gives("ETag");
        add("get", "/names", Needs.DECIDE, "What there is to choose from, by name.")
                .tagged()
                .answer(
                        200,
                        "Machines, models and what runs them.",
                        Map.of(MediaTypes.JSON, object("hardware", "models")))
                .gives("ETag");
        add("get", "/models", Needs.DECIDE, "Which models a machine runs, best first.")
                .needs("hardware", "id or name of the machine")
                .query(
                        "devices",
                        "that hold a model together; 1 if it is not said",
                        Map.of(TYPE, "integer", "minimum", 1))
                .query("use", "what for; chat if it is not said")
                .query(
                        "contextTokens",
                        "the window that one request needs; what the use needs if it is not said",
                        Map.of(TYPE, "integer", "minimum", 1))
                .query("engine", "what runs them; what scores best for each if it is not said")
                .problems(OF_WORK, Map.of(422, List.of("invalid-parameter", "invalid-request")))
                .answer(200, "The ladder.", Map.of(MediaTypes.JSON, object("hardware", "models", "doNotFit")));
        add("get", "/access", Needs.KEY, "What whoever asks may do.")
                .answer(200, "Name and roles.", Map.of(MediaTypes.JSON, object("may")));
    }

    private void addOperation() {
        add("get", "/status", Needs.OPERATE, "How the service is.")
                .answer(200, "It.", Map.of(MediaTypes.JSON, object("status", "versions", "ledger")));
        add("get", "/metrics", Needs.OPERATE, "For Prometheus.").answer(200, "Text.", Map.of("text/plain", TEXT));
        add("get", "/health/live", Needs.NOTHING, "Whether it runs.")
                .answer(200, "It does.", Map.of(MediaTypes.JSON, object("status")));
        add("get", "/health/ready", Needs.NOTHING, "Whether it can decide.")
                .problems(Map.of(503, List.of("not-ready")))
                .answer(200, "It can.", Map.of(MediaTypes.JSON, object("status", "versions")));
        add("get", "/openapi.json", Needs.NOTHING, "This document.")
                .tagged()
                .answer(200, "It.", Map.of(MediaTypes.JSON, object("openapi")))
                .gives("ETag");
        add("get", "/openapi.yaml", Needs.NOTHING, "This document, as YAML.")
                .tagged()
                .answer(200, "It.", Map.of(ApiRoutes.YAML, TEXT))
                .gives("ETag");
        add("get", "/docs", Needs.NOTHING, "This document, as a page.")
                .tagged()
                .answer(200, "It.", Map.of("text/html", TEXT))
                .gives("ETag");
    }

    private Operation add(String method, String path, Needs needs, String summary) {
        Operation operation = new Operation(method, path, needs, summary);
        paths.computeIfAbsent(path, each -> new LinkedHashMap<>()).put(method, operation.fields);
        return operation;
    }

    /** A method of a path. */
    private static final class Operation {
        private final Map<String, Object> fields = new LinkedHashMap<>();
        private final List<Object> parameters = new ArrayList<>();
        private final Map<String, Object> responses = new TreeMap<>();

        Operation(String method, String path, Needs needs, String summary) {
            fields.put("operationId", method + path.replaceAll("\\W+", "-").replaceAll("-$", ""));
            fields.put("summary", summary);
            fields.put("parameters", parameters);
            fields.put("responses", responses);
            Matcher names = PARAMETER.matcher(path);
            while (names.find()) {
                parameters.add(parameter("path", names.group(1), "its id", true));
            }
            problems(ALWAYS);
            if (needs == Needs.NOTHING) {
                fields.put("security", List.of());
            } else {
                fields.put("x-role", Choice.id(needs));
                problems(OF_KEYS);
            }
        }

        private static Map<String, Object> parameter(String in, String name, String means, boolean required) {
            return parameter(in, name, means, required, Map.of(TYPE, "string"));
        }

        private static Map<String, Object> parameter(
                String in, String name, String means, boolean required, Map<String, Object> schema) {
            return Map.of("in", in, "name", name, DESCRIPTION, means, "required", required, SCHEMA, schema);
        }

        Operation query(String name, String means) {
            parameters.add(parameter("query", name, means, false));
            return this;
        }

        Operation query(String name, String means, Map<String, Object> schema) {
            parameters.add(parameter("query", name, means, false, schema));
            return this;
        }

        /** Without it, the request is refused. */
        Operation needs(String name, String means) {
            parameters.add(parameter("query", name, means, true));
            return this;
        }

        /** Headers of what is answered with 200, besides those of every answer. */
        Operation gives(String... names) {
            return gives(List.of(names), true);
        }

        /** The same of those that only some answers have. */
        Operation mayGive(String... names) {
            return gives(List.of(names), false);
        }

        @SuppressWarnings("unchecked") // as it was made here
        private Operation gives(List<String> names, boolean always) {
            Map<String, Object> response = (Map<String, Object>) responses.get("200");
            Map<String, Object> all = (Map<String, Object>) response.get("headers");
            names.forEach(each -> all.put(each, header(always)));
            return this;
        }

        Operation header(String name, String means) {
            parameters.add(parameter("header", name, means, true));
            return this;
        }

        Operation mayHave(String name, String means) {
            parameters.add(parameter("header", name, means, false));
            return this;
        }

        /** Its answer has a tag, and is left out where the client has it. */
        Operation tagged() {
            mayHave("If-None-Match", "the ETag of what the client has");
            responses.put("304", Map.of(DESCRIPTION, "The client has it.", "headers", headers(List.of("ETag"))));
            return this;
        }

        Operation body(boolean required, Map<String, Object> content) {
            fields.put("requestBody", Map.of("required", required, CONTENT, content));
            return this;
        }

        @SafeVarargs
        final Operation problems(Map<Integer, List<String>>... all) {
            for (Map<Integer, List<String>> some : all) {
                some.forEach(this::problem);
            }
            return this;
        }

        @SuppressWarnings("unchecked") // as it was made here
        private void problem(int status, List<String> codes) {
            Map<String, Object> response = (Map<String, Object>)
                    responses.computeIfAbsent(String.valueOf(status), each -> new LinkedHashMap<String, Object>());
            List<String> known = new ArrayList<>((List<String>) response.getOrDefault("x-problem-codes", List.of()));
            codes.stream().filter(code -> !known.contains(code)).forEach(known::add);
            response.put(DESCRIPTION, "Refused: " + String.join(", ", known) + ".");
            response.put("x-problem-codes", known);
            response.put("headers", headers(more(status)));
            response.put(CONTENT, Map.of(ProblemDocument.MEDIA_TYPE, ref("Problem")));
        }

        private static List<String> more(int status) {
            return switch (status) {
                case Refusal.UNAVAILABLE -> List.of("Retry-After");
                case Refusal.UNAUTHORIZED -> List.of("WWW-Authenticate");
                default -> List.of();
            };
        }

        /** What is sent but does not pass comes back with the outcome of its cases, and is no problem document. */
        @SuppressWarnings("unchecked") // as it was made here
        Operation refuses(Map<String, Object> outcome) {
            Map<String, Object> response = (Map<String, Object>) responses.get(String.valueOf(Refusal.UNPROCESSABLE));
            response.put(CONTENT, Map.of(ProblemDocument.MEDIA_TYPE, ref("Problem"), MediaTypes.JSON, outcome));
            for (int status : new int[] {Refusal.UNPROCESSABLE, Refusal.CONFLICT}) {
                response = (Map<String, Object>) responses.get(String.valueOf(status));
                ((Map<String, Object>) response.get("headers")).put("ETag", header(false));
            }
            return this;
        }

        Operation answer(int status, String means, Map<String, Object> content) {
            Map<String, Object> response = new LinkedHashMap<>();
            response.put(DESCRIPTION, means);
            response.put(
                    "headers",
                    headers(status == ACCEPTED && !content.isEmpty() ? List.of("Location", "Retry-After") : List.of()));
            if (!content.isEmpty()) {
                response.put(CONTENT, content);
            }
            responses.put(String.valueOf(status), response);
            return this;
        }

        private static Map<String, Object> header(boolean always) {
            return Map.of("required", always, SCHEMA, Map.of(TYPE, "string"));
        }

        private static Map<String, Object> headers(List<String> more) {
            Map<String, Object> headers = new TreeMap<>();
            List<String> all = new ArrayList<>(List.of("X-Request-Id", "traceparent"));
            all.addAll(more);
            all.forEach(each -> headers.put(each, header(true)));
            return headers;
        }
    }

    private static Map<String, Object> ref(String name) {
        return Map.of(SCHEMA, ApiSchemas.toSchema(name));
    }

    private static Map<String, Object> array(String name) {
        return Map.of(SCHEMA, Map.of(TYPE, "array", "items", ApiSchemas.toSchema(name)));
    }

    private static Map<String, Object> oneOrMany(String name) {
        return Map.of(
                SCHEMA,
                Map.of(
                        "anyOf",
                        List.of(ApiSchemas.toSchema(name), Map.of(TYPE, "array", "items", ApiSchemas.toSchema(name)))));
    }

    private static Map<String, Object> object(String... required) {
        return Map.of(SCHEMA, Map.of(TYPE, "object", "required", List.of(required)));
    }

    private static Map<String, Object> workbookOr(Map<String, Object> json) {
        return Map.of(MediaTypes.WORKBOOK, Map.of(), MediaTypes.JSON, json);
    }

    private static Map<String, Object> draft() {
        Map<String, Object> workbook = Map.of("contentMediaType", MediaTypes.WORKBOOK);
        return Map.of(SCHEMA, Map.of(TYPE, "object", "properties", Map.of("policy", workbook, "catalogue", workbook)));
    }

    private static Map<String, Object> number(int most) {
        return Map.of(TYPE, "integer", "minimum", 1, "maximum", most);
    }

    private static Map<String, Object> files() {
        return filesWith();
    }

    /** @param more parts of a form that may be there too */
    private static Map<String, Object> filesWith(String... more) {
        Map<String, Object> parts = new TreeMap<>();
        parts.put("file", Map.of("contentMediaType", MediaTypes.WORKBOOK));
        for (String each : more) {
            parts.put(each, Map.of(DESCRIPTION, "requests to be answered both ways: JSON, or a workbook"));
        }
        Map<String, Object> form =
                Map.of(SCHEMA, Map.of(TYPE, "object", "required", List.of("file"), "properties", parts));
        return Map.of(MediaTypes.WORKBOOK, Map.of(), "application/octet-stream", Map.of(), "multipart/form-data", form);
    }
}
