package quartermaster.http;

import static org.assertj.core.api.Assertions.assertThat;
import static quartermaster.http.ServerUnderTest.LIMITS;
import static quartermaster.http.ServerUnderTest.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.Error;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import quartermaster.workspace.Workspace;

/** The document and the service say the same. */
class ApiDocumentTest {
    /** Headers that clients act on: where they are sent, the document says so. */
    private static final List<String> TOLD = List.of(
            "ETag",
            "Link",
            "Location",
            "Retry-After",
            "Server-Timing",
            "Idempotency-Replayed",
            "Content-Disposition",
            "WWW-Authenticate");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private static final String REQUEST = "{\"workload\": {\"type\": \"evaluation\", \"model\": \"llama-3.1-8b\"},"
            + " \"candidates\": [{\"hardware\": \"nvidia-rtx-4090\"}, {\"hardware\": \"nvidia-h100-sxm-80gb\"}]}";

    private static ServerUnderTest server;
    private static JsonNode document;

    @BeforeAll
    static void start() throws Exception {
        server = new ServerUnderTest(LIMITS);
        document = json(server.get("/openapi.json"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void its_paths_are_the_routes() {
        List<String> paths = new ArrayList<>();
        document.get("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .fieldNames()
                        .forEachRemaining(method -> paths.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));
        assertThat(paths).containsExactlyInAnyOrderElementsOf(server.routes());
        assertThat(document.at("/openapi").asText()).isEqualTo("3.1.0");
    }

    @Test
    void it_is_the_same_as_yaml_and_a_page() throws Exception {
        JsonNode yaml = new ObjectMapper(new YAMLFactory())
                .readTree(server.get("/openapi.yaml").body());
        assertThat(yaml).isEqualTo(document);
        String page = new String(server.get("/docs").body(), StandardCharsets.UTF_8);
        document.get("paths")
                .fieldNames()
                .forEachRemaining(path -> assertThat(page).contains(path));
        assertThat(page).doesNotContain("<script", " style=", "http://", "https://");
    }

    /** What linters of such documents look for. */
    @Test
    void it_is_tidy() {
        List<String> ids = new ArrayList<>();
        document.get("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(method -> {
                    JsonNode operation = method.getValue();
                    String name = method.getKey() + " " + path.getKey();
                    ids.add(operation.at("/operationId").asText());
                    assertThat(operation.at("/summary").asText()).as(name).endsWith(".");
                    assertThat(operation.at("/responses").properties())
                            .as(name)
                            .anyMatch(each -> each.getKey().startsWith("2"))
                            .allMatch(each ->
                                    !each.getValue().at("/description").asText().isBlank());
                    Set<String> named = new TreeSet<>();
                    operation.at("/parameters").forEach(each -> {
                        assertThat(named.add(each.at("/in").asText()
                                        + each.at("/name").asText()))
                                .as(name)
                                .isTrue();
                        assertThat(each.at("/description").asText()).as(name).isNotBlank();
                    });
                    Matcher inPath = Pattern.compile("\\{(\\w+)}").matcher(path.getKey());
                    while (inPath.find()) {
                        assertThat(named).contains("path" + inPath.group(1));
                    }
                    operation
                            .findValues("x-problem-codes")
                            .forEach(codes -> codes.forEach(
                                    code -> assertThat(code.asText()).matches("[a-z]+(-[a-z]+)*")));
                }));
        assertThat(ids).doesNotHaveDuplicates().doesNotContain("");
        document.findValuesAsText("$ref")
                .forEach(ref -> assertThat(document.at(ref.substring(1)).isMissingNode())
                        .as(ref)
                        .isFalse());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                REQUEST,
                "[]",
                "[" + REQUEST + "]",
                "{\"workload\": {\"type\": \"internal-tool\", \"namedUsers\": 30}, \"explain\": \"none\", \"limit\": 3}",
                "{\"workload\": {\"type\": \"batch\"}, \"team\": {\"skills\": [\"linux\"]},"
                        + " \"constraints\": {\"owned\": [\"nvidia-rtx-4090\", {\"hardware\": \"nvidia-l4\", \"devices\": 2}]},"
                        + " \"asOf\": \"2026-11-22\", \"explain\": \"none\", \"limit\": 1}"
            })
    void requests_that_it_allows_are_answered_and_answers_are_as_it_says(String request) throws Exception {
        assertThat(problems(bodyOf("/decide"), JSON.readTree(request))).isEmpty();
        HttpResponse<byte[]> answer = server.decide(request);
        assertThat(answer.statusCode())
                .as(new String(answer.body(), StandardCharsets.UTF_8))
                .isEqualTo(200);
        assertAsDocumented("post", "/decide", answer);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"workload\": {}}",
                "{\"workload\": {\"type\": \"sleeping\"}}",
                "{\"workload\": {\"type\": \"batch\", \"inputTokens\": 0}}",
                "{\"workload\": {\"type\": \"batch\", \"inputTokens\": \"many\"}}",
                "{\"workload\": {\"type\": \"batch\"}, \"budgt\": {}}"
            })
    void requests_that_it_forbids_are_refused_as_it_says(String request) throws Exception {
        assertThat(problems(bodyOf("/decide"), JSON.readTree(request))).isNotEmpty();
        HttpResponse<byte[]> answer = server.decide(request);
        assertThat(answer.statusCode()).isEqualTo(422);
        assertAsDocumented("post", "/decide", answer);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /catalogue, /catalogue",
        "GET, /rules, /rules",
        "GET, /rules/policy, /rules/policy",
        "GET, /versions, /versions",
        "GET, /versions/ffff/changes, /versions/{id}/changes",
        "POST, /versions/ffff/activate, /versions/{id}/activate",
        "PUT, /rules/policy, /rules/policy",
        "GET, /decisions/none, /decisions/{id}",
        "POST, /decisions/none/replay, /decisions/{id}/replay",
        "GET, /jobs/none, /jobs/{id}",
        "GET, /jobs/none/result, /jobs/{id}/result",
        "DELETE, /jobs/none, /jobs/{id}",
        "POST, /sweeps, /sweeps",
        "POST, /workbooks, /workbooks",
        "POST, /catalogue/preview, /catalogue/preview",
        "GET, /workbooks/template.xlsx, /workbooks/template.xlsx",
        "GET, /status, /status",
        "GET, /metrics, /metrics",
        "GET, /health/live, /health/live",
        "GET, /health/ready, /health/ready",
        "GET, /openapi.json, /openapi.json"
    })
    void every_route_answers_what_it_says(String method, String path, String template) throws Exception {
        HttpRequest.Builder request = server.request(path)
                .header("Accept", "application/json")
                .method(method, method.equals("GET") ? BodyPublishers.noBody() : BodyPublishers.ofString("{"));
        assertAsDocumented(method, template, server.send(request.build()));
        assertAsDocumented(
                method,
                template,
                server.send(request.header("Origin", "https://evil.example").build()));
    }

    @Test
    void what_publishing_and_the_record_say_is_documented_too() throws Exception {
        String id = json(server.decide(REQUEST)).at("/decisionId").asText();
        assertAsDocumented("get", "/decisions/{id}", server.get("/decisions/" + id));
        assertAsDocumented(
                "post", "/decisions/{id}/replay", server.post("/decisions/" + id + "/replay", "", new byte[0]));
        byte[] policy = Files.readAllBytes(server.folder().resolve(Workspace.POLICY));
        HttpRequest publish = server.request("/rules/policy")
                .header("If-Match", "*")
                .PUT(BodyPublishers.ofByteArray(policy))
                .build();
        assertAsDocumented("put", "/rules/policy", server.send(publish));
    }

    private static JsonNode bodyOf(String path) {
        return document.at("/paths").get(path).at("/post/requestBody/content/application~1json/schema");
    }

    /** The status is named, the headers are there, a problem's code is one of its codes, and the body is as it should be. */
    private static void assertAsDocumented(String method, String template, HttpResponse<byte[]> answer)
            throws Exception {
        String status = String.valueOf(answer.statusCode());
        JsonNode response = document.at("/paths")
                .get(template)
                .get(method.toLowerCase(Locale.ROOT))
                .at("/responses/" + status);
        assertThat(response.isObject())
                .as("%s %s: %s %s", method, template, status, new String(answer.body(), StandardCharsets.UTF_8))
                .isTrue();
        response.at("/headers").properties().forEach(each -> {
            if (each.getValue().at("/required").asBoolean()) {
                assertThat(answer.headers().firstValue(each.getKey()))
                        .as(each.getKey())
                        .isPresent();
            }
        });
        for (String told : TOLD) {
            if (answer.headers().firstValue(told).isPresent()) {
                assertThat(response.at("/headers").has(told))
                        .as("%s %s: %s has %s", method, template, status, told)
                        .isTrue();
            }
        }
        String type = answer.headers().firstValue("Content-Type").orElse("").split(";", 2)[0];
        if (type.isEmpty()) {
            assertThat(response.has("content")).isFalse();
            return;
        }
        JsonNode content = response.at("/content").get(type);
        assertThat(content)
                .as("%s %s: %s as %s", method, template, status, type)
                .isNotNull();
        if (type.endsWith("json") && content.has("schema")) {
            assertThat(problems(content.get("schema"), json(answer))).isEmpty();
        }
        if (type.equals("application/problem+json")) {
            String code = json(answer).at("/type").asText().replaceFirst(".*:", "");
            assertThat(response.get("x-problem-codes"))
                    .extracting(JsonNode::asText)
                    .contains(code);
        }
    }

    private static List<Error> problems(JsonNode schema, JsonNode value) {
        ObjectNode whole = ((ObjectNode) schema).deepCopy();
        whole.set("components", document.get("components"));
        return SCHEMAS.getSchema(whole).validate(value);
    }
}
