package quartermaster.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

/** A service with its page, and a browser that looks at it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class InBrowser {
    /** Few machines, so that advice does not take long. */
    static final String CHAT = "type=production&model=llama-3.1-70b&concurrency=200"
            + "&hardware=nvidia-b200-180gb,nvidia-h100-sxm-80gb,mac-studio-m3-ultra-80c-gpu-256gb";

    static final String RANKED = "document.querySelectorAll('table.ranking tbody tr').length > 0"
            + " && !document.querySelector('#view-decide').hasAttribute('aria-busy')";
    static final String ADVISED = RANKED + " && !document.querySelector('#flips').hasAttribute('aria-busy')"
            + " && document.querySelector('#flips').childElementCount > 0";

    ServerUnderTest server;
    Chromium browser;

    @BeforeAll
    void start() {
        Path program = Chromium.installed().orElse(null);
        if (program == null) {
            System.err.println("SKIPPED: no Chromium is installed, so the page was not tried in a browser.");
        }
        Assumptions.assumeTrue(program != null, "no Chromium is installed");
        server = server();
        browser = new Chromium(program);
    }

    ServerUnderTest server() {
        return new ServerUnderTest(ServerUnderTest.LIMITS);
    }

    @AfterAll
    void stop() {
        if (browser != null) {
            browser.close();
            server.close();
        }
    }

    @BeforeEach
    void forget() {
        browser.forget();
    }

    /** Whatever was done: no error, no refusal of the policy, nothing from elsewhere. */
    @AfterEach
    void nothing_was_complained_of_and_nothing_came_from_outside() {
        assertThat(browser.complaints()).isEmpty();
        assertThat(browser.fetched())
                .isNotEmpty()
                .allMatch(each -> each.startsWith(server.uri("/").toString()));
    }

    void open(String words) {
        browser.open(server.uri("/#" + words).toString());
        browser.await("document.readyState === 'complete'");
    }

    /** A line of a file of keys. */
    static String line(String name, String roles) {
        return ServerUnderTest.keyOf(name, roles);
    }

    /** Opens the page with a key that no other page of this browser has used. */
    void comeIn(String name, String words) {
        browser.open(server.uri("/page/icon.svg").toString());
        browser.await("location.pathname === '/page/icon.svg'");
        browser.value("sessionStorage.clear()");
        open(words);
        give(name);
    }

    void give(String name) {
        browser.await("document.querySelector('#key-dialog').open");
        browser.write("#key", "secret of " + name);
        press("#key-dialog", "Use it");
    }

    /** The browser reports every answer 401 by itself. */
    void forgetThatAKeyWasMissing() {
        assertThat(browser.complaints()).allMatch(each -> each.contains("401") || each.contains("favicon.ico"));
        List<String> fetched = browser.fetched();
        browser.forget();
        assertThat(fetched).isNotEmpty();
        browser.value("fetch('/health/ready').then(each => each.ok)");
    }

    String text(String selector) {
        return browser.value("document.querySelector('" + selector + "').textContent")
                .asText();
    }

    /** Presses the button of a part that says so. */
    void press(String part, String words) {
        String button = "[...document.querySelectorAll('" + part + " button')].find(each => !each.disabled"
                + " && each.textContent.includes('" + words + "'))";
        browser.await(button);
        browser.value(button + ".click()");
    }

    void awaitText(String selector, String words) {
        browser.await("document.querySelector('" + selector + "').textContent.includes('" + words + "')");
    }
}
