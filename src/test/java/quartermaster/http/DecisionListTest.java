package quartermaster.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
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
    void it_is_searched_by_label_and_by_day() throws Exception {
        assertThat(list("?label=health-data").findValuesAsText("id")).containsExactly(first);
        assertThat(list("?label=health")).isEmpty();
        assertThat(list("?since=2126-01-01")).isEmpty();
        assertThat(list("?since=2020-01-01")).hasSize(2);
        assertThat(list("?limit=1")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"?limit=0", "?limit=many", "?limit=501", "?since=yesterday", "?since=2026-13-01"})
    void what_is_not_understood_is_refused(String query) throws Exception {
        assertThat(server.get("/decisions" + query).statusCode()).isEqualTo(422);
    }
}
