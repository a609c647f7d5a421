package quartermaster.http;

import static org.assertj.core.api.Assertions.assertThat;
import static quartermaster.http.ServerUnderTest.LIMITS;
import static quartermaster.http.ServerUnderTest.json;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import quartermaster.TestWorkspace;
import quartermaster.access.Keys;
import quartermaster.http.guard.Door;
import quartermaster.workspace.Workspace;

/** Where there are keys, each opens what its roles say, and its owner stands in what is kept. */
class GuardTest {
    private static final String REQUEST = """
            {"workload": {"type": "evaluation", "model": "llama-3.1-8b", "concurrency": 1},
             "candidates": [{"hardware": "nvidia-rtx-4090", "acquisition": "owned"}], "asOf": "2026-11-22"}
            """;
    private static final String ALL_ROLES = "decide,read,edit,operate";
    private static ServerUnderTest server;

    @BeforeAll
    static void start() {
        String keys = ServerUnderTest.keyOf("dora", "decide")
                + ServerUnderTest.keyOf("rita", "read")
                + ServerUnderTest.keyOf("edda", "edit")
                + ServerUnderTest.keyOf("otto", "operate")
                + ServerUnderTest.keyOf("alba", ALL_ROLES);
        server = new ServerUnderTest(
                TestWorkspace.copy(),
                LIMITS,
                new Door(List.of(), Keys.parse(keys, "keys").value(), null, null));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /decide, dora",
        "POST, /sweeps, dora",
        "POST, /workbooks, dora",
        "GET, /workbooks/template.xlsx, dora",
        "GET, /names, dora",
        "GET, /models?hardware=nvidia-rtx-4090, dora",
        "GET, /jobs/1, dora",
        "GET, /jobs/1/result, dora",
        "DELETE, /jobs/1, dora",
        "GET, /catalogue, rita",
        "GET, /rules, rita",
        "GET, /rules/policy, rita",
        "GET, /versions, rita",
        "GET, /versions/ffff/changes, rita",
        "GET, /decisions/1, rita",
        "POST, /decisions/1/replay, rita",
        "POST, /catalogue/preview, edda",
        "POST, /rules/policy/preview, edda",
        "PUT, /catalogue, edda",
        "PUT, /rules/policy, edda",
        "POST, /versions/ffff/activate, edda",
        "GET, /status, otto"
    })
    void each_route_opens_to_its_role_and_to_no_other(String method, String path, String owner) throws Exception {
        HttpResponse<byte[]> none = send(method, path, null);
        assertProblem(none, 401, "no-key");
        assertThat(none.headers().firstValue("WWW-Authenticate"))
                .hasValueSatisfying(it -> assertThat(it).startsWith("Bearer"));
        assertProblem(send(method, path, "Bearer secret of nobody"), 401, "unknown-key");
        assertProblem(send(method, path, "Basic c2VjcmV0"), 401, "unknown-key");
        for (String name : List.of("dora", "rita", "edda", "otto")) {
            HttpResponse<byte[]> answer = send(method, path, "Bearer secret of " + name);
            if (name.equals(owner)) {
                assertThat(answer.statusCode()).as(name).isNotIn(401, 403);
            } else {
                assertProblem(answer, 403, "not-allowed");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health/live", "/health/ready"})
    void whether_it_lives_is_told_to_everybody(String path) throws Exception {
        assertThat(send("GET", path, null).statusCode()).isEqualTo(200);
    }

    @Test
    void who_asked_stands_in_the_record_and_who_published_and_went_back_in_the_history() throws Exception {
        JsonNode answer = json(send("POST", "/decide", "bearer secret of dora"));
        JsonNode kept =
                json(send("GET", "/decisions/" + answer.at("/decisionId").asText(), "Bearer secret of alba"));
        assertThat(kept.at("/actor").asText()).isEqualTo("dora");

        String first = answer.at("/versions/workspace").asText();
        byte[] policy = Files.readAllBytes(server.folder().resolve(Workspace.POLICY));
        HttpRequest publish = server.request("/rules/policy")
                .header("Authorization", "Bearer secret of edda")
                .header("If-Match", "\"" + first + "\"")
                .PUT(BodyPublishers.ofByteArray(policy))
                .build();
        assertThat(server.send(publish).statusCode()).isEqualTo(200);
        JsonNode version =
                json(send("GET", "/versions", "Bearer secret of rita")).at("/versions/0");
        assertThat(version.at("/activations/0/actor").asText()).isEqualTo("edda");

        assertThat(activate(first, "alba", "\"" + first + "\"", "?reason=it%20was%20better")
                        .statusCode())
                .isEqualTo(200);
        version = json(send("GET", "/versions", "Bearer secret of rita")).at("/versions/0");
        assertThat(version.at("/activations/0/actor").asText()).isEqualTo("alba");
        assertThat(version.at("/activations/0/reason").asText()).isEqualTo("it was better");
    }

    @Test
    void going_back_names_the_version_that_was_seen_and_a_reason() throws Exception {
        String now = json(send("GET", "/status", "Bearer secret of otto"))
                .at("/versions/workspace")
                .asText();
        assertProblem(activate(now, "edda", null, "?reason=x"), 428, "missing-if-match");
        assertProblem(activate(now, "edda", "\"sha256:ffff\"", "?reason=x"), 412, "other-version");
        assertProblem(activate(now, "edda", "*", ""), 422, "missing-reason");
        assertProblem(activate(now, "edda", "*", "?reason=%20"), 422, "missing-reason");
    }

    private static HttpResponse<byte[]> activate(String version, String name, String ifMatch, String query)
            throws Exception {
        HttpRequest.Builder request = server.request("/versions/" + version + "/activate" + query)
                .header("Authorization", "Bearer secret of " + name)
                .POST(BodyPublishers.noBody());
        return server.send((ifMatch == null ? request : request.header("If-Match", ifMatch)).build());
    }

    @Test
    void refusals_are_logged_with_who_and_why_and_without_the_key() throws Exception {
        Logger logger = (Logger) LoggerFactory.getLogger(Failures.class);
        ListAppender<ILoggingEvent> said = new ListAppender<>();
        said.start();
        logger.addAppender(said);
        try {
            send("GET", "/versions", "Bearer secret of nobody");
            send("GET", "/versions", "Bearer secret of dora");
        } finally {
            logger.detachAppender(said);
        }
        assertThat(said.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .anyMatch(it -> it.contains("GET /versions") && it.contains("127.0.0.1") && it.contains("unknown-key"))
                .anyMatch(it -> it.contains("dora at 127.0.0.1") && it.contains("not-allowed"))
                .noneMatch(it -> it.contains("secret"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health/live", "/status", "/nothing", "/%zz"})
    void every_answer_forbids_other_pages_to_use_it(String path) throws Exception {
        String answer = server.raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        assertThat(answer)
                .contains("Content-Security-Policy: default-src 'self'", "frame-ancestors 'none'")
                .contains("Cross-Origin-Resource-Policy: same-origin", "Cross-Origin-Opener-Policy: same-origin")
                .contains("X-Content-Type-Options: nosniff", "Referrer-Policy: same-origin")
                .doesNotContain("Access-Control-Allow-Origin");
    }

    private static HttpResponse<byte[]> send(String method, String path, String authorization) throws Exception {
        HttpRequest.Builder request = server.request(path)
                .header("Content-Type", "application/json")
                .method(method, method.equals("POST") ? BodyPublishers.ofString(REQUEST) : BodyPublishers.noBody());
        return server.send((authorization == null ? request : request.header("Authorization", authorization)).build());
    }

    private static void assertProblem(HttpResponse<byte[]> response, int status, String code) throws Exception {
        assertThat(response.statusCode()).as(new String(response.body())).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(json(response).at("/type").asText()).endsWith(":" + code);
    }
}
