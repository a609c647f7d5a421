package quartermaster.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LookupTest {
    private static ServerUnderTest server;

    @BeforeAll
    static void start() {
        server = new ServerUnderTest(ServerUnderTest.LIMITS);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void what_can_be_named_is_told_with_its_aliases_and_not_sent_twice() throws Exception {
        HttpResponse<byte[]> answer = server.get("/names");
        JsonNode names = ServerUnderTest.json(answer);

        assertThat(names.get("hardware").findValuesAsText("id")).contains("nvidia-h100-sxm-80gb");
        assertThat(names.get("models").findValuesAsText("id")).contains("llama-3.1-70b");
        assertThat(names.at("/engines/0/aliases").isArray()).isTrue();
        HttpResponse<byte[]> again = server.send(server.request("/names")
                .header("If-None-Match", answer.headers().firstValue("ETag").orElseThrow())
                .build());
        assertThat(again.statusCode()).isEqualTo(304);
    }

    @Test
    void a_machine_alone_has_a_ladder_of_models() throws Exception {
        JsonNode ladder = ServerUnderTest.json(server.get("/models?hardware=nvidia-rtx-4090&use=code"));

        assertThat(ladder.get("use").asText()).isEqualTo("code");
        assertThat(ladder.get("models").size()).isGreaterThan(10);
        assertThat(ladder.at("/models/0/rank").asInt()).isEqualTo(1);
        assertThat(ladder.get("doNotFit").findValuesAsText("model")).isNotEmpty();
    }

    @Test
    void what_is_asked_wrongly_of_it_is_told() throws Exception {
        assertThat(detail("/models")).isEqualTo("Found ?hardware=; expected the id or name of a machine.");
        assertThat(detail("/models?hardware=nvidia-rtx-4090&devices=0"))
                .isEqualTo("Found ?devices=0; expected a whole number from 1 to 1024.");
        assertThat(detail("/models?hardware=nvidia-rtx-4090&use=cooking"))
                .contains("Found ?use=cooking; expected chat");
        HttpResponse<byte[]> unknown = server.get("/models?hardware=nvidia-rtx-4091");
        assertThat(unknown.statusCode()).isEqualTo(422);
        assertThat(ServerUnderTest.json(unknown).at("/errors/0/message").asText())
                .contains("nvidia-rtx-4090");
    }

    private static String detail(String address) throws Exception {
        HttpResponse<byte[]> answer = server.get(address);
        assertThat(answer.statusCode()).isEqualTo(422);
        return ServerUnderTest.json(answer).get("detail").asText();
    }

    @Test
    void everybody_may_everything_where_there_are_no_keys() throws Exception {
        JsonNode access = ServerUnderTest.json(server.get("/access"));

        assertThat(access.get("name").isNull()).isTrue();
        assertThat(access.get("may").toString()).isEqualTo("[\"decide\",\"read\",\"edit\",\"operate\"]");
    }
}
