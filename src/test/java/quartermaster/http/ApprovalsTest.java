package quartermaster.http;

import static org.assertj.core.api.Assertions.assertThat;
import static quartermaster.http.ServerUnderTest.LIMITS;
import static quartermaster.http.ServerUnderTest.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import quartermaster.TestWorkspace;
import quartermaster.access.Keys;
import quartermaster.http.guard.Door;
import quartermaster.workspace.Workspace;

/** What lets others win than cases want needs the keys of two. */
class ApprovalsTest {
    private ServerUnderTest server;

    @BeforeEach
    void start() {
        start(TestWorkspace.copy());
    }

    private void start(Path folder) {
        String keys = ServerUnderTest.keyOf("edda", "edit,read")
                + ServerUnderTest.keyOf("egon", "edit")
                + ServerUnderTest.keyOf("dora", "decide");
        server = new ServerUnderTest(
                folder, LIMITS, new Door(List.of(), Keys.parse(keys, "keys").value(), true, null, null));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private HttpResponse<byte[]> send(String method, String path, String name, BodyPublisher body) throws Exception {
        return server.send(server.request(path)
                .header("Authorization", "Bearer secret of " + name)
                .header("If-Match", "*")
                .method(method, body)
                .build());
    }

    private HttpResponse<byte[]> send(String method, String path, String name) throws Exception {
        return send(method, path, name, BodyPublishers.noBody());
    }

    private byte[] edited() throws Exception {
        byte[] policy = Files.readAllBytes(server.folder().resolve(Workspace.POLICY));
        try (XSSFWorkbook book = new XSSFWorkbook(new ByteArrayInputStream(policy));
                ByteArrayOutputStream bytes = new ByteArrayOutputStream()) {
            KnowledgeTest.preferNothingButTheBudget(book);
            book.write(bytes);
            return bytes.toByteArray();
        }
    }

    private String ask() throws Exception {
        HttpResponse<byte[]> asked =
                send("PUT", "/rules/policy?force=true&reason=board", "edda", BodyPublishers.ofByteArray(edited()));
        assertThat(asked.statusCode()).isEqualTo(202);
        assertThat(json(asked).at("/published").asBoolean()).isFalse();
        assertThat(json(asked).at("/approval/askedBy").asText()).isEqualTo("edda");
        return asked.headers().firstValue("Location").orElseThrow();
    }

    @Test
    void one_asks_and_another_agrees_and_both_stand_in_the_version() throws Exception {
        String approval = ask();
        JsonNode shown = json(send("GET", approval, "egon"));
        assertThat(shown.at("/reason").asText()).isEqualTo("board");
        assertThat(shown.at("/change/failedCases")).isNotEmpty();

        HttpResponse<byte[]> alone = send("POST", approval, "edda");
        assertThat(alone.statusCode()).isEqualTo(403);
        assertThat(json(alone).at("/type").asText()).endsWith(":same-person");
        assertThat(send("POST", approval, "dora").statusCode()).isEqualTo(403);

        HttpResponse<byte[]> agreed = send("POST", approval, "egon");
        assertThat(agreed.statusCode()).isEqualTo(200);
        assertThat(json(agreed).at("/published").asBoolean()).isTrue();
        JsonNode newest = json(send("GET", "/versions", "edda")).at("/versions/0");
        assertThat(newest.at("/actor").asText()).isEqualTo("edda and egon");
        assertThat(newest.at("/reason").asText()).isEqualTo("board");
        assertThat(newest.at("/origin").asText()).isEqualTo("forced");
        assertThat(send("POST", approval, "egon").statusCode()).isEqualTo(404);
    }

    @Test
    void what_was_asked_waits_over_a_restart() throws Exception {
        String approval = ask();
        stop();
        start(server.folder());
        assertThat(json(send("GET", "/approvals", "egon")).at("/approvals")).hasSize(1);
        assertThat(send("POST", approval, "edda").statusCode()).isEqualTo(403);
        HttpResponse<byte[]> agreed = send("POST", approval, "egon");
        assertThat(agreed.statusCode()).isEqualTo(200);
        assertThat(json(agreed).at("/published").asBoolean()).isTrue();
        assertThat(json(send("GET", "/versions", "edda"))
                        .at("/versions/0/actor")
                        .asText())
                .isEqualTo("edda and egon");
    }

    @Test
    void what_is_not_agreed_to_is_gone() throws Exception {
        String approval = ask();
        assertThat(json(send("GET", "/approvals", "egon")).at("/approvals")).hasSize(1);
        assertThat(send("DELETE", approval, "egon").statusCode()).isEqualTo(204);
        assertThat(json(send("GET", "/approvals", "egon")).at("/approvals")).isEmpty();
        assertThat(send("POST", approval, "egon").statusCode()).isEqualTo(404);
    }
}
