package quartermaster.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecisionListTest {
    private static ServerUnderTest server;
    private static String first;
    private static String second;

    @BeforeAll
    static void start() throws Exception {
        server = new ServerUnderTest(ServerUnderTest.LIMITS);
        first = decided("\"labels\": [\"health-data\"]", "none");
        second = decided("\"name\": \"support chat\"", "summary");
    }

    private static String decided(String more, String explain) throws Exception {
        return ServerUnderTest.json(server.decide("""
                {"workload": {"type": "evaluation", "model": "llama-3.1-8b", %s}, "explain": "%s",
                 "candidates": [{"hardware": "nvidia-rtx-4090"}]}""".formatted(more, explain)))
                .get("decisionId")
                .asText();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static HttpResponse<byte[]> decide(String keep, String body) throws Exception {
        return server.post("/decide?keep=" + keep, "application/json", body.getBytes(StandardCharsets.UTF_8));
    }

    private static JsonNode list(String query) throws Exception {
        return ServerUnderTest.json(server.get("/decisions" + query)).get("decisions");
    }

    @Test
    void the_newest_comes_first_with_what_was_asked_and_found() throws Exception {
        JsonNode all = list("");

        assertThat(all.findValuesAsText("id")).containsExactlyInAnyOrder(second, first);
        JsonNode chat = list("?advised=true").get(0);
        assertThat(chat.get("id").asText()).isEqualTo(second);
        assertThat(chat.get("name").asText()).isEqualTo("support chat");
        assertThat(chat.get("model").asText()).isEqualTo("llama-3.1-8b");
        assertThat(chat.get("outcome").asText()).isEqualTo("recommended");
        assertThat(chat.get("headline").asText()).contains("RTX 4090");
    }

    @Test
    void what_nobody_will_look_for_is_not_kept_and_says_so() throws Exception {
        String one = "{\"workload\": {\"type\": \"evaluation\", \"model\": \"llama-3.1-8b\"},"
                + " \"candidates\": [{\"hardware\": \"nvidia-rtx-4090\"}]}";

        JsonNode alone = ServerUnderTest.json(decide("false", one));
        JsonNode listed = ServerUnderTest.json(decide("false", "[" + one + "]")).get(0);

        assertThat(alone.get("kept").asBoolean()).isFalse();
        assertThat(listed.get("kept").asBoolean()).isFalse();
        assertThat(list("")).hasSize(2);
        assertThat(server.get("/decisions/" + alone.get("decisionId").asText()).statusCode())
                .isEqualTo(404);
        assertThat(new String(server.get("/metrics").body(), StandardCharsets.UTF_8))
                .contains("answers_not_kept_total 0");
    }

    @Test
    void whether_it_is_kept_is_said_with_true_or_false() throws Exception {
        HttpResponse<byte[]> answer = decide("no", "{}");

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(ServerUnderTest.json(answer).get("detail").asText())
                .isEqualTo("Found ?keep=no; expected true or false.");
    }

    @Test
    void it_is_searched_by_label_and_by_day() throws Exception {
        assertThat(list("?label=health-data").findValuesAsText("id")).containsExactly(first);
        assertThat(list("?label=health")).isEmpty();
        assertThat(list("?since=2126-01-01")).isEmpty();
        assertThat(list("?since=2020-01-01")).hasSize(2);
        assertThat(list("?limit=1")).hasSize(1);
    }

    @Test
    void it_is_searched_by_version_and_until_a_moment() throws Exception {
        String version = ServerUnderTest.json(server.get("/versions"))
                .at("/versions/0/id")
                .asText();
        assertThat(list("?version=" + version)).hasSize(2);
        assertThat(list("?version=" + version.substring(7, 17))).hasSize(2);
        assertThat(server.get("/decisions?version=ffff").statusCode()).isEqualTo(404);
        assertThat(list("?until=2020-01-01")).isEmpty();
        assertThat(list("?until=2126-01-01T00:00:00Z")).hasSize(2);
    }

    @Test
    void it_is_read_page_by_page_as_links_lead() throws Exception {
        List<String> ids = new ArrayList<>();
        String next = "/decisions?limit=1&since=2020-01-01";
        while (next != null) {
            HttpResponse<byte[]> page = server.get(next);
            JsonNode decisions = ServerUnderTest.json(page).get("decisions");
            assertThat(decisions).hasSize(1);
            ids.add(decisions.at("/0/id").asText());
            next = page.headers()
                    .firstValue("Link")
                    .map(link -> link.replaceFirst("<(.*)>; rel=\"next\"", "$1"))
                    .orElse(null);
        }
        assertThat(ids).containsExactlyInAnyOrder(first, second);
        assertThat(server.get("/decisions?label=health-data&limit=5").headers().firstValue("Link"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?limit=0",
                "?limit=many",
                "?limit=501",
                "?since=yesterday",
                "?since=2026-13-01",
                "?until=x",
                "?after=x",
                "?after=x_y"
            })
    void what_is_not_understood_is_refused(String query) throws Exception {
        assertThat(server.get("/decisions" + query).statusCode()).isEqualTo(422);
    }
}
