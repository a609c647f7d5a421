package quartermaster.http;

import static org.assertj.core.api.Assertions.assertThat;
import static quartermaster.http.ServerUnderTest.LIMITS;
import static quartermaster.http.ServerUnderTest.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import quartermaster.TestWorkspace;
import quartermaster.access.Keys;
import quartermaster.http.guard.Door;
import quartermaster.ledger.Ledger;
import quartermaster.workspace.Workspace;

/** What operators see: each request in metrics and log, and a ledger that says when it cannot keep its word. */
@Timeout(300)
class ObservedTest {
    private static final String REQUEST = "{\"workload\": {\"type\": \"evaluation\", \"model\": \"llama-3.1-8b\"},"
            + " \"candidates\": [{\"hardware\": \"nvidia-rtx-4090\"}], \"explain\": \"none\"}";
    private static final Pattern SAMPLE = Pattern.compile("[a-z_]+(\\{[a-z]+=\".*\"})? -?[0-9.]+");

    @TempDir
    private Path logs;

    private ServerUnderTest server;

    @BeforeEach
    void start() {
        server = new ServerUnderTest(
                TestWorkspace.copy(),
                LIMITS,
                new Door(List.of(), Keys.NONE, 0, logs.resolve("access.log").toString()));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void requests_are_counted_by_route_and_status_and_not_by_what_clients_invent() throws Exception {
        server.decide(REQUEST);
        server.decide("{}");
        server.get("/decisions/one");
        server.get("/decisions/two");
        server.get("/invented/1");
        server.get("/invented/2");
        HttpResponse<byte[]> response = server.get("/metrics");
        String text = new String(response.body(), StandardCharsets.UTF_8);

        assertThat(response.headers().firstValue("Content-Type"))
                .hasValueSatisfying(it -> assertThat(it).startsWith("text/plain; version=0.0.4"));
        assertThat(text.lines().filter(each -> !each.startsWith("#")))
                .allMatch(each -> SAMPLE.matcher(each).matches());
        assertThat(text)
                .contains("quartermaster_requests_total{method=\"POST\",route=\"/decide\",status=\"200\"} 1\n")
                .contains("quartermaster_requests_total{method=\"POST\",route=\"/decide\",status=\"422\"} 1\n")
                .contains("quartermaster_requests_total{method=\"GET\",route=\"/decisions/{id}\",status=\"404\"} 2\n")
                .contains("quartermaster_requests_total{method=\"GET\",route=\"\",status=\"404\"} 2\n")
                .contains("quartermaster_request_seconds_bucket{route=\"/decide\",le=\"+Inf\"} 2\n")
                .contains("quartermaster_request_seconds_count{route=\"/decide\"} 2\n")
                .contains("quartermaster_requests_in_flight 1\n")
                .contains("quartermaster_work_running 0\n", "quartermaster_ledger_lost_total 0\n")
                .containsPattern("quartermaster_version_in_force\\{version=\"sha256:[0-9a-f]{64}\"} 1\n")
                .containsPattern("quartermaster_ledger_bytes [1-9]")
                .containsPattern("jvm_heap_used_bytes [1-9]")
                .doesNotContain("invented");
        HttpResponse<byte[]> other =
                server.send(HttpRequest.newBuilder(server.healthUri("/metrics")).build());
        assertThat(new String(other.body(), StandardCharsets.UTF_8)).contains("quartermaster_work_shed_total 0\n");
    }

    @Test
    void each_request_is_a_line_with_its_id_and_its_decision() throws Exception {
        HttpRequest request = server.request("/decide")
                .header("Content-Type", "application/json")
                .header("X-Request-Id", "from-outside-7")
                .header("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
                .POST(BodyPublishers.ofString(REQUEST))
                .build();
        HttpResponse<byte[]> response = server.send(request);
        assertThat(response.headers().firstValue("X-Request-Id")).hasValue("from-outside-7");
        assertThat(response.headers().firstValue("traceparent"))
                .hasValueSatisfying(it -> assertThat(it)
                        .matches("00-0af7651916cd43dd8448eb211c80319c-(?!b7ad6b7169203331)[0-9a-f]{16}-01"));
        HttpResponse<byte[]> second = server.send(server.request("/status?reason=private")
                .header("X-Request-Id", "no id {}")
                .header("traceparent", "00-00000000000000000000000000000000-b7ad6b7169203331-01")
                .build());
        String made = second.headers().firstValue("X-Request-Id").orElseThrow();
        assertThat(made).matches("[0-9a-f-]{36}");
        assertThat(second.headers().firstValue("traceparent"))
                .hasValueSatisfying(it -> assertThat(it).matches("00-(?!0{32})[0-9a-f]{32}-[0-9a-f]{16}-00"));
        server.close();

        List<String> lines = Files.readAllLines(logs.resolve("access.log"));
        assertThat(lines).hasSize(2);
        JsonNode line = new ObjectMapper().readTree(lines.get(0));
        assertThat(line.at("/requestId").asText()).isEqualTo("from-outside-7");
        assertThat(line.at("/traceId").asText()).isEqualTo("0af7651916cd43dd8448eb211c80319c");
        assertThat(line.at("/route").asText()).isEqualTo("/decide");
        assertThat(line.at("/status").asInt()).isEqualTo(200);
        assertThat(line.at("/bytes").asInt()).isEqualTo(response.body().length);
        assertThat(line.at("/client").asText()).isEqualTo("127.0.0.1");
        assertThat(line.at("/at").asText()).startsWith("20");
        assertThat(line.at("/decisionId").asText())
                .isEqualTo(json(response).at("/decisionId").asText());
        assertThat(lines.get(1)).contains("\"" + made + "\"").doesNotContain("private");
    }

    @Test
    void an_answer_that_is_given_is_kept_or_says_that_it_is_not() throws Exception {
        JsonNode kept = json(server.decide(REQUEST));
        assertThat(kept.has("kept")).isFalse();
        Path file = server.folder().resolve(Workspace.OWN).resolve(Ledger.FILE);
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = other.createStatement()) {
            var found = statement.executeQuery("SELECT length(answer), length(packed_answer) FROM decision");
            assertThat(found.next()).isTrue();
            assertThat(found.getInt(1)).isZero();
            assertThat(found.getInt(2)).isPositive();
            found.close();

            statement.execute("BEGIN IMMEDIATE"); // nobody else writes now
            JsonNode lost = json(server.decide("[" + REQUEST + ", {}]"));
            assertThat(lost.at("/0/outcome").asText()).isNotEmpty();
            assertThat(lost.at("/0/kept").asBoolean(true)).isFalse();
            assertThat(lost.at("/1").has("kept")).isFalse();
            awaitFailing(true);
            JsonNode ready = json(server.get("/health/ready"));
            assertThat(ready.at("/ledger/problem").asText()).contains(Ledger.FILE, "cannot be written");
            assertThat(metrics()).containsPattern("quartermaster_answers_not_kept_total [1-9]");

            HttpResponse<byte[]> published = publish();
            assertThat(published.statusCode()).isEqualTo(200);
            assertThat(json(published).at("/published").asBoolean()).isTrue();
            statement.execute("ROLLBACK");
        }
        while (metrics().contains("quartermaster_ledger_failing 1\n")) {
            server.decide(REQUEST);
            Thread.sleep(100);
        }
        assertThat(json(server.decide(REQUEST)).has("kept")).isFalse();
        assertThat(json(server.get("/health/ready")).has("ledger")).isFalse();
    }

    @Test
    void a_ledger_that_is_deleted_meanwhile_is_begun_anew_with_the_version_in_force() throws Exception {
        String before = json(server.decide(REQUEST)).at("/decisionId").asText();
        Path own = server.folder().resolve(Workspace.OWN);
        for (String each : List.of("", "-wal", "-shm")) {
            Files.deleteIfExists(own.resolve(Ledger.FILE + each));
        }
        List<String> after = new ArrayList<>();
        JsonNode answer;
        do { // until one is kept at once; those before it wait for the new ledger, and say so
            answer = json(server.decide(REQUEST));
            after.add(answer.at("/decisionId").asText());
        } while (answer.has("kept"));
        assertThat(after)
                .allSatisfy(id ->
                        assertThat(server.get("/decisions/" + id).statusCode()).isEqualTo(200));
        assertThat(server.get("/decisions/" + before).statusCode()).isEqualTo(404);
        assertThat(json(server.get("/versions")).at("/versions")).hasSize(1);
        assertThat(metrics()).containsPattern("quartermaster_ledger_errors_total [1-9]");
        assertThat(json(server.get("/health/ready")).has("ledger")).isFalse();
    }

    @Test
    void where_nothing_can_be_written_answers_are_given_and_it_is_said_everywhere() throws Exception {
        Path folder = TestWorkspace.copy();
        Files.writeString(folder.resolve(Workspace.OWN), "no folder");
        try (ServerUnderTest readOnly = new ServerUnderTest(folder, LIMITS)) {
            JsonNode answer = json(readOnly.decide(REQUEST));
            assertThat(answer.at("/outcome").asText()).isNotEmpty();
            assertThat(answer.at("/kept").asBoolean(true)).isFalse();
            HttpResponse<byte[]> ready = readOnly.get("/health/ready");
            assertThat(ready.statusCode()).isEqualTo(200);
            assertThat(json(ready).at("/ledger/problem").asText()).contains(Ledger.FILE, "cannot be opened");
            assertThat(json(ready).at("/ledger/lostDecisions").asInt()).isPositive();
            assertThat(new String(readOnly.get("/metrics").body(), StandardCharsets.UTF_8))
                    .contains("quartermaster_ledger_failing 1\n");
            assertThat(readOnly.get("/decisions").statusCode()).isEqualTo(503);
        }
    }

    private HttpResponse<byte[]> publish() throws Exception {
        byte[] policy = Files.readAllBytes(server.folder().resolve(Workspace.POLICY));
        return server.send(server.request("/rules/policy")
                .header("If-Match", "*")
                .PUT(BodyPublishers.ofByteArray(policy))
                .build());
    }

    private void awaitFailing(boolean failing) throws Exception {
        while (metrics().contains("quartermaster_ledger_failing " + (failing ? 0 : 1) + "\n")) {
            Thread.sleep(100);
        }
    }

    private String metrics() throws Exception {
        return new String(server.get("/metrics").body(), StandardCharsets.UTF_8);
    }
}
