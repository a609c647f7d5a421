package quartermaster.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Every view, as those meet it who see, hear, enlarge, print or hold it differently. */
class PageFaultsTest extends InBrowser {
    private void assertNoFault() {
        assertThat(browser.faults()).isEmpty();
    }

    @Test
    void nothing_is_wrong_with_deciding() {
        open(CHAT);
        browser.await(ADVISED);
        browser.value("document.querySelectorAll('#view-decide details').forEach(each => each.open = true)");
        browser.click("table.ranking .expand");
        browser.click("table.ranking .pin");
        browser.click("#draw-map");
        browser.await(
                "document.querySelectorAll('.map .win').length === 35 && !document.querySelector('#map progress')");
        assertNoFault();

        browser.prefer("prefers-color-scheme", "dark");
        assertNoFault();
        browser.screen();
    }

    @Test
    void nothing_is_wrong_with_a_ladder_and_with_jobs() {
        open("type=internal-tool&hardware=nvidia-rtx-4090");
        browser.await("document.querySelectorAll('#ladder tbody tr').length > 5");
        assertNoFault();
        open("type=batch&model=qwen3-8b&items=1M&job.deadlineHours=8&hardware=nvidia-l40s,nvidia-b200-180gb");
        browser.await(ADVISED);
        assertNoFault();
    }

    @Test
    void nothing_is_wrong_with_the_other_views() throws Exception {
        String id = ServerUnderTest.json(server.decide("""
                {"workload": {"type": "evaluation", "model": "llama-3.1-8b"},
                 "candidates": [{"hardware": "nvidia-rtx-4090"}]}""")).get("decisionId").asText();
        open("type=production&tab=workbook");
        browser.await("document.querySelector('#workbook-file')");
        assertNoFault();
        open("type=production&tab=policy");
        browser.await("document.querySelector('.grid-table')");
        browser.click("#view-policy button.chip:nth-child(3)");
        browser.await("document.querySelector('.row-tools')");
        assertNoFault();
        open("tab=decisions");
        browser.await("document.querySelector('#view-decisions .list')");
        assertNoFault();
        open("tab=decisions&decision=" + id);
        browser.await("document.querySelector('#view-decisions article')");
        assertNoFault();
        open("tab=versions");
        browser.await("document.querySelector('#view-versions .tag')");
        press("#view-versions", "Changes");
        browser.await("document.querySelector('#view-versions .more').textContent !== ''");
        assertNoFault();
        browser.prefer("prefers-color-scheme", "dark");
        assertNoFault();
        browser.screen();
    }

    @Test
    void a_phone_has_every_view_without_scrolling_sideways() {
        browser.narrow(390, 800);
        for (String tab : new String[] {"decide", "workbook", "policy", "decisions", "versions"}) {
            open(CHAT + "&tab=" + tab);
            browser.await("document.querySelector('#view-" + tab + "').childElementCount > 0");
            browser.await(tab.equals("decide") ? RANKED : "!document.querySelector('#view-" + tab + " > .waiting')");
            assertThat(browser.value("document.documentElement.scrollWidth").asInt())
                    .as(tab)
                    .isLessThanOrEqualTo(390);
        }
        assertNoFault();
        open("type=internal-tool&hardware=nvidia-rtx-4090");
        browser.await("document.querySelectorAll('#ladder tbody tr').length > 5");
        assertThat(browser.value("document.documentElement.scrollWidth").asInt())
                .isLessThanOrEqualTo(390);
        browser.narrow(1400, 1000);
    }

    @Test
    void print_has_the_numbers_and_no_buttons() {
        open(CHAT);
        browser.await(ADVISED);
        browser.value("dispatchEvent(new Event('beforeprint'))");
        browser.print();

        assertThat(browser.value(
                                "[...document.querySelectorAll('#view-decide .numbers:not(.long) table')].every(each =>"
                                        + " each.getBoundingClientRect().height > 0)")
                        .asBoolean())
                .isTrue();
        assertThat(browser.value("[...document.querySelectorAll('.buttons button, .pin')].filter(each =>"
                                + " each.getBoundingClientRect().height > 0).length")
                        .asInt())
                .isZero();
        browser.screen();
    }

    @Test
    void who_wants_no_motion_gets_none() {
        browser.prefer("prefers-reduced-motion", "reduce");
        open(CHAT);
        browser.await(RANKED);

        assertThat(browser.value("[...document.querySelectorAll('*')].filter(each =>"
                                + " parseFloat(getComputedStyle(each).transitionDuration) > 0"
                                + " || getComputedStyle(each).animationName !== 'none').length")
                        .asInt())
                .isZero();
        browser.screen();
    }
}
