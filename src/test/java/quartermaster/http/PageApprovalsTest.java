package quartermaster.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.List;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Test;
import quartermaster.TestWorkspace;
import quartermaster.access.Keys;
import quartermaster.http.guard.Door;
import quartermaster.workspace.Workspace;

/** What waits for a second person, on the page. */
class PageApprovalsTest extends InBrowser {
    private static final String WAITING = "#approvals";

    @Override
    ServerUnderTest server() {
        String keys = line("edda", "edit,read") + line("egon", "edit,read");
        return new ServerUnderTest(
                TestWorkspace.copy(),
                ServerUnderTest.LIMITS,
                new Door(List.of(), Keys.parse(keys, "keys").value(), true, null, null));
    }

    private void ask(String reason) throws Exception {
        byte[] policy = Files.readAllBytes(server.folder().resolve(Workspace.POLICY));
        try (XSSFWorkbook book = new XSSFWorkbook(new ByteArrayInputStream(policy));
                ByteArrayOutputStream bytes = new ByteArrayOutputStream()) {
            KnowledgeTest.preferNothingButTheBudget(book);
            book.write(bytes);
            HttpResponse<byte[]> asked = server.send(server.request("/rules/policy?force=true&reason=" + reason)
                    .header("Authorization", "Bearer secret of edda")
                    .header("If-Match", "*")
                    .PUT(BodyPublishers.ofByteArray(bytes.toByteArray()))
                    .build());
            assertThat(asked.statusCode()).isEqualTo(202);
        }
    }

    private JsonNode versions() throws Exception {
        return ServerUnderTest.json(server.send(server.request("/versions")
                        .header("Authorization", "Bearer secret of edda")
                        .build()))
                .get("versions");
    }

    @Test
    void a_second_person_sees_what_it_would_change_and_agrees_and_the_first_may_take_it_back() throws Exception {
        ask("too-much");
        comeIn("edda", "tab=versions");
        awaitText(WAITING, "Asked by you");
        assertThat(text(WAITING)).contains("too-much").doesNotContain("Agree");
        press(WAITING, "Withdraw");
        browser.await("document.querySelector('" + WAITING + "').textContent === ''");
        forgetThatAKeyWasMissing();

        ask("board");
        comeIn("egon", "tab=versions");
        awaitText(WAITING, "Asked by edda");
        press(WAITING, "What it would change");
        browser.await("document.querySelector('" + WAITING + " table')");
        assertThat(text(WAITING)).contains("Fit!", "not hold", "Who wins now");
        assertThat(browser.value(
                                "[...document.querySelectorAll('" + WAITING + " [aria-label=Changes] td:nth-child(5)')]"
                                        + ".every(each => each.textContent === '0')")
                        .asBoolean())
                .isTrue();
        press(WAITING, "Agree");
        browser.await("[...document.querySelectorAll('#view-versions li')].some(each =>"
                + " each.textContent.includes('board') && each.textContent.includes('in force'))");

        assertThat(text(WAITING)).isEmpty();
        assertThat(versions().at("/0/actor").asText()).isEqualTo("edda and egon");
        forgetThatAKeyWasMissing();
    }
}
