package quartermaster.http;

import static org.assertj.core.api.Assertions.assertThat;
import static quartermaster.http.ServerUnderTest.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import quartermaster.http.guard.Limits;

/** What would take all memory, or for ever, is refused before it is begun. The catalogue offers 80 candidates. */
class RequestedWorkTest {
    private static final Limits LIMITS = new Limits(
            2_000_000,
            4_500,
            7_500,
            500_000,
            3_000_000,
            4,
            2,
            Duration.ofSeconds(20),
            Duration.ofSeconds(10),
            ServerUnderTest.patient(Duration.ofSeconds(20)));
    private static final String OFFERED = "{\"workload\": {\"type\": \"batch\"}, \"limit\": 1, \"explain\": \"none\"}";
    private static final String OPEN = "{\"hardware\": \"nvidia-h100-sxm-80gb\"}";

    @AutoClose
    private static ServerUnderTest server = new ServerUnderTest(LIMITS);

    @Test
    void a_small_batch_with_large_answers_is_refused_whole() throws Exception {
        try (ServerUnderTest usual = new ServerUnderTest(Limits.USUAL)) {
            String body = batch(OFFERED.replace("none", "full"), 1_000);
            assertThat(body.length()).isLessThan(108_000);
            JsonNode problem = refused(usual.decide(body));
            assertThat(problem.at("/detail").asText())
                    .contains("1,000 requests", "candidates, whose answers may take 5", "expected 100 MB at most")
                    .contains("several batches", "\"explain\": \"none\"");
            assertThat(json(usual.get("/status")).at("/ledger/lostDecisions").asInt())
                    .isZero();
        }
    }

    @Test
    void a_batch_within_the_limits_is_answered() throws Exception {
        assertThat(json(server.decide(batch(OFFERED, 2)))).hasSize(2);
        JsonNode problem = refused(server.decide(batch(OFFERED, 3)));
        assertThat(problem.at("/errors")).hasSize(1);
        assertThat(problem.at("/detail").asText())
                .startsWith("Found 3 requests with ")
                .contains("expected 7,500 variants at most");
    }

    @Test
    void explaining_less_is_a_way_out() throws Exception {
        String summary = OFFERED.replace("none", "summary");
        JsonNode problem = refused(server.decide(batch(summary, 2)));
        assertThat(problem.at("/detail").asText()).contains("may take 1 MB; expected");
        assertThat(json(server.decide(batch(OFFERED, 2)))).hasSize(2);
    }

    @Test
    void one_request_may_not_leave_too_much_open() throws Exception {
        String much = OFFERED.replace(
                "\"limit\"", "\"candidates\": [" + String.join(", ", Collections.nCopies(50, OPEN)) + "], \"limit\"");
        JsonNode problem = refused(server.decide(much));
        assertThat(problem.at("/errors/0/at").asText()).isEqualTo("/candidates");
        assertThat(problem.at("/errors/0/message").asText())
                .startsWith("Found 50 candidates with ")
                .contains("expected 4,500 variants at most", "say more of each");
        problem = refused(server.decide("[" + OFFERED + ", " + much + "]"));
        assertThat(problem.at("/errors/0/at").asText()).isEqualTo("/1/candidates");
        String said = OPEN.replace(
                "}", ", \"devices\": 2, \"acquisition\": \"buy\", \"engine\": \"vllm\", \"quantization\": \"fp8\"}");
        assertThat(server.decide(much.replace(OPEN, said)).statusCode()).isEqualTo(200);
    }

    @Test
    void a_sweep_may_not_leave_too_much_open_either() throws Exception {
        String much = OFFERED.replace(
                "\"limit\"", "\"candidates\": [" + String.join(", ", Collections.nCopies(50, OPEN)) + "], \"limit\"");
        String body = "{\"request\": " + much + ", \"vary\": {\"concurrency\": \"1..8\"}}";
        JsonNode problem = refused(server.post("/sweeps", "application/json", body.getBytes(StandardCharsets.UTF_8)));
        assertThat(problem.at("/errors/0/at").asText()).isEqualTo("/request/candidates");
    }

    @Test
    void what_is_wrong_is_told_before_what_is_too_much() throws Exception {
        JsonNode answers = json(server.decide(batch("{\"workload\": {\"typ\": 1}, \"explain\": \"full\"}", 100)));
        assertThat(answers).hasSize(100);
        assertThat(answers.at("/99/status").asInt()).isEqualTo(422);
    }

    private static String batch(String request, int times) {
        return "[" + String.join(",", Collections.nCopies(times, request)) + "]";
    }

    private static JsonNode refused(HttpResponse<byte[]> response) throws Exception {
        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
        JsonNode problem = json(response);
        assertThat(problem.at("/errors/0/code").asText()).isEqualTo("too-much-work");
        return problem;
    }
}
