package quartermaster.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import quartermaster.TestWorkspace;
import quartermaster.access.Keys;
import quartermaster.http.guard.Door;

/** The page of a service that asks for keys. */
class PageKeysTest extends InBrowser {
    @Override
    ServerUnderTest server() {
        String keys = line("dora", "decide") + line("rita", "read") + line("alba", "decide,read,edit,operate");
        return new ServerUnderTest(
                TestWorkspace.copy(),
                ServerUnderTest.LIMITS,
                new Door(
                        List.of(),
                        Optional.ofNullable(Keys.parse(keys, "keys").value()).orElseThrow(),
                        null,
                        null));
    }

    private List<String> tabs() {
        return java.util.stream.StreamSupport.stream(
                        browser.value("[...document.querySelectorAll('[role=tab]')].filter(each => !each.hidden)"
                                        + ".map(each => each.textContent)")
                                .spliterator(),
                        false)
                .map(each -> each.asText())
                .toList();
    }

    @Test
    void who_may_only_decide_sees_only_what_decides() {
        comeIn("nobody", CHAT);
        browser.await("!document.querySelector('#key-refused').hidden");
        give("dora");

        browser.await(RANKED);
        assertThat(tabs()).containsExactly("Decide", "Workbook");
        assertThat(text("#who")).isEqualTo("dora");
        browser.write("#field-workload-model", "qwen3 8");
        browser.await("document.querySelector('.suggestions:not([hidden]) [role=option]')");
        browser.await(ADVISED);
        assertThat(browser.value("document.querySelector('#brief').hidden").asBoolean())
                .isTrue();
        forgetThatAKeyWasMissing();
    }

    @Test
    void who_may_only_read_publishes_nothing_and_goes_back_to_nothing() {
        comeIn("rita", "tab=policy");
        browser.await("document.querySelector('.grid-table')");

        assertThat(tabs()).containsExactly("Policy", "Decisions", "Versions");
        assertThat(browser.value("document.querySelector('[data-ref=B2]').readOnly")
                        .asBoolean())
                .isTrue();
        assertThat(browser.value("document.querySelector('#policy-publish')").isNull())
                .isTrue();
        browser.click("#tab-versions");
        browser.await("document.querySelector('#view-versions .tag')");
        assertThat(text("#view-versions")).doesNotContain("Put in force");
        forgetThatAKeyWasMissing();
    }
}
