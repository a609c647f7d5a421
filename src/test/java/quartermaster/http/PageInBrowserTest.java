package quartermaster.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people do on the page, in a real browser on the real service. */
class PageInBrowserTest extends InBrowser {
    @Test
    void three_fields_give_the_ranking_that_the_service_gives() throws Exception {
        open(CHAT);
        browser.await(RANKED);

        JsonNode answer = ServerUnderTest.json(server.decide("""
                [{"workload": {"type": "production", "model": "llama-3.1-70b", "concurrency": 200}, "explain": "summary",
                  "candidates": [{"hardware": "nvidia-b200-180gb"}, {"hardware": "nvidia-h100-sxm-80gb"},
                                 {"hardware": "mac-studio-m3-ultra-80c-gpu-256gb"}]}]""")).get(0);
        List<String> expected = new ArrayList<>();
        answer.get("recommendations")
                .forEach(each -> expected.add(each.get("rank").asText() + " "
                        + String.format(Locale.ROOT, "%.1f", each.get("score").asDouble())));
        List<String> shown = new ArrayList<>();
        browser.value("[...document.querySelectorAll('table.ranking tbody tr')].map(row =>"
                        + " row.cells[0].textContent + ' ' + row.querySelector('.score .number').textContent)")
                .forEach(each -> shown.add(each.asText()));
        assertThat(expected).isNotEmpty();
        assertThat(shown).isEqualTo(expected);
    }

    @Test
    void parts_have_names_for_those_who_do_not_see_them() {
        open(CHAT);
        browser.await(RANKED);

        assertThat(browser.accessible())
                .contains(
                        "combobox Kind of work",
                        "combobox Model",
                        "textbox Requests at the same time",
                        "textbox Monthly budget (USD)",
                        "group Skills",
                        "table Ranking",
                        "region Recommendation",
                        "region Memory",
                        "region Throughput",
                        "region Cost over time",
                        "region Why not",
                        "region What would change it",
                        "tab Decide",
                        "tab Workbook",
                        "tab Policy",
                        "tab Decisions",
                        "tab Versions");
    }

    @Test
    void what_one_types_is_decided_and_stands_in_the_address() {
        open(CHAT);
        browser.await(RANKED);

        browser.write("#field-workload-concurrency", "5");

        browser.await("location.hash.includes('concurrency=5&')");
        browser.await(RANKED + " && document.querySelector('.facts').textContent.includes('In flight5')");
    }

    @Test
    void what_is_not_understood_is_told_at_its_field() {
        open("type=production&model=llama-3.1-7b&concurrency=20&colour=red");

        browser.await("document.querySelector('#field-workload-model-problem').textContent.includes('llama-3.1-70b')");
        browser.await("document.querySelector('#notices').textContent.includes('colour')");
        browser.write("#field-workload-concurrency", "many");
        browser.await(
                "document.querySelector('#field-workload-concurrency-problem').textContent.includes('Found “many”')");
        browser.forget(); // the browser reports an answer 422 by itself
        browser.value("fetch('/status').then(each => each.ok)");
    }

    @Test
    void a_flip_is_a_button_that_sets_its_field_and_back_undoes_it() {
        open(CHAT);
        browser.await("document.querySelector('.flip')");
        String before = browser.value("location.hash").asText();

        browser.click(".flip");

        browser.await("location.hash !== '" + before + "'");
        browser.await(RANKED);
        browser.value("history.back()");
        browser.await("location.hash === '" + before + "'");
    }

    @Test
    void a_job_is_shown_by_its_hours() {
        open("type=batch&model=qwen3-8b&items=1M&job.deadlineHours=8&hardware=nvidia-l40s,nvidia-b200-180gb");
        browser.await(RANKED);

        assertThat(browser.value("document.querySelector('table.ranking thead').textContent")
                        .asText())
                .contains("Hours a run", "USD a run");
        assertThat(browser.value("document.querySelector('#field-workload-job-items').value")
                        .asText())
                .isEqualTo("1,000,000");
        assertThat(browser.value("document.querySelector('.facts').textContent").asText())
                .contains("Deadline");
    }

    @Test
    void a_workbook_is_summed_up_with_its_problems(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("mine.xlsx");
        Files.write(file, ServerUnderTest.oneOfTwoWorkloadsHasTextInATokenCount());
        open("type=production&tab=workbook");

        browser.choose("#workbook-file", file);

        browser.await("document.querySelector('table[aria-label=Workloads]')");
        assertThat(browser.value("document.querySelector('#view-workbook').textContent")
                        .asText())
                .contains("mine.xlsx: 1 workload", "Workload!D2");
    }

    @Test
    void a_cell_of_the_policy_is_checked_as_one_types() {
        open("type=production&tab=policy");

        browser.write("[data-ref=B2]", "90");

        browser.await("document.querySelector('#view-policy').textContent.includes('must sum to 100')");
        assertThat(browser.value("document.querySelectorAll('.grid-table .wrong').length")
                        .asInt())
                .isPositive();
        browser.click("#view-policy button.chip:nth-child(2)");
        browser.await("document.querySelector('.grid-table').textContent.includes('Unit')");
    }

    @Test
    void a_decision_is_opened_and_made_again_and_versions_are_listed() throws Exception {
        JsonNode answer = ServerUnderTest.json(server.decide("""
                {"workload": {"type": "evaluation", "model": "llama-3.1-8b"}, "explain": "none",
                 "candidates": [{"hardware": "nvidia-rtx-4090"}]}"""));
        open("tab=decisions&decision=" + answer.get("decisionId").asText());

        browser.await("document.querySelector('#view-decisions article')");
        browser.value("[...document.querySelectorAll('#view-decisions button')]"
                + ".find(each => each.textContent === 'Replay').click()");
        browser.await("document.querySelector('#view-decisions').textContent.includes('the same')");
        browser.value("[...document.querySelectorAll('#view-decisions button')]"
                + ".find(each => each.textContent.includes('All decisions')).click()");
        browser.await("document.querySelector('#view-decisions .list, #view-decisions .empty')");
        browser.click("#tab-versions");
        browser.await("document.querySelector('#view-versions .tag')");
    }

    @Test
    void a_phone_shows_the_recommendation_without_scrolling_sideways() {
        browser.narrow(390, 800);
        open(CHAT);
        browser.await(RANKED);

        assertThat(browser.value("document.documentElement.scrollWidth").asInt())
                .isLessThanOrEqualTo(390);
        assertThat(browser.value("document.querySelector('.headline').getBoundingClientRect().top")
                        .asInt())
                .isLessThan(800);
        browser.narrow(1400, 1000);
    }

    @Test
    void the_answers_of_keys_pressed_are_not_kept_and_the_one_stayed_at_is() throws Exception {
        int before = decisions();
        open(CHAT);
        browser.await(ADVISED);
        browser.write("#field-workload-concurrency", "6");
        browser.await("location.hash.includes('concurrency=6&')");
        browser.write("#field-workload-concurrency", "60");
        browser.await("location.hash.includes('concurrency=60&')");
        browser.await(RANKED + " && document.querySelector('.facts').textContent.includes('In flight60')");
        browser.await(ADVISED);

        assertThat(decisions()).isEqualTo(before + 2);
        press("#form", "Brief");
        awaitText("#view-decisions", "Asked");
    }

    private int decisions() throws Exception {
        return ServerUnderTest.json(server.get("/decisions?limit=500"))
                .get("decisions")
                .size();
    }

    @Test
    void a_question_is_answered_where_it_stands() {
        open(CHAT);
        browser.await("document.querySelector('#questions form.own')");
        String before = browser.value("location.hash").asText();

        browser.write("#questions form.own input", "7");
        press("#questions form.own", "Say it");

        browser.await("location.hash !== '" + before + "'");
        assertThat(browser.value("location.hash").asText()).contains("=7");
    }

    @Test
    void models_are_ranked_with_machines_where_the_model_is_left_open() {
        open("type=internal-tool&models=qwen3-8b,gpt-oss-120b&concurrency=4"
                + "&hardware=nvidia-rtx-4090,mac-studio-m3-ultra-80c-gpu-256gb");
        browser.await(RANKED + " && document.querySelector('table.ranking .model')");

        assertThat(text(".facts")).contains("How good");
        assertThat(text(".subline")).containsAnyOf("running Qwen3-8B", "running gpt-oss-120b");
        assertThat(browser.value("document.querySelector('#field-workload-model').value")
                        .asText())
                .isEqualTo("qwen3-8b, gpt-oss-120b");
    }

    @Test
    void what_was_said_stays_where_the_form_is_built_anew() {
        open("type=internal-tool&hardware=nvidia-rtx-4090");
        browser.await(RANKED);

        browser.write("#field-workload-model", "any");
        browser.await("location.hash.includes('models=any') && document.querySelector('#field-workload-use')");
        browser.value("document.activeElement.blur()");

        assertThat(browser.value("document.querySelector('#field-workload-model').value")
                        .asText())
                .isEqualTo("any");
        assertThat(browser.value("location.hash").asText()).contains("models=any");
    }

    @Test
    void the_help_of_a_field_stays_until_the_pointer_is_up() {
        open(CHAT);
        browser.await(RANKED);
        String help = "getComputedStyle(document.querySelector('#field-budget-monthlyUsd-help')).display";
        String pointer = "document.dispatchEvent(new PointerEvent('pointer%s'))";
        String later = "new Promise(done => setTimeout(() => done(" + help + "), 50))";

        browser.value("document.querySelector('#field-budget-monthlyUsd').focus()");
        browser.await(help + " === 'block'");
        browser.value(String.format(pointer, "down"));
        browser.value("document.activeElement.blur()");
        assertThat(browser.value(later).asText()).isEqualTo("block");
        browser.value(String.format(pointer, "up"));
        browser.await(help + " === 'none'");
    }

    @Test
    void a_field_is_called_in_what_would_help_as_it_is_called_in_the_form() {
        open("type=production&model=llama-3.1-70b&concurrency=20");
        browser.await(RANKED);

        awaitText("#why-not", "“Allow projected”");
        assertThat(text("#why-not")).doesNotContain("constraints.");
    }

    @Test
    void a_machine_alone_shows_its_ladder_of_models() {
        open("type=internal-tool&hardware=nvidia-rtx-4090");
        browser.await("document.querySelectorAll('#ladder tbody tr').length > 5");

        press("#ladder", "Take it");

        browser.await("location.hash.includes('model=')");
        browser.await("document.querySelector('#ladder-part').hidden");
    }

    @Test
    void the_winner_map_has_a_decision_in_each_cell_and_takes_its_values() {
        open(CHAT);
        browser.await(RANKED);
        browser.click("#draw-map");
        browser.await(
                "document.querySelectorAll('.map .win').length === 35 && !document.querySelector('#map progress')");

        browser.click(".map tbody tr:first-child td .win");

        browser.await("location.hash.includes('concurrency=25&') && location.hash.includes('inputTokens=8000')");
    }

    @Test
    void up_to_four_stand_side_by_side_down_to_the_rule_and_the_cell() {
        open(CHAT);
        browser.await(RANKED);
        press("table.ranking tr:nth-child(1) .c-pin", "Pin");
        press("table.ranking tr:nth-child(2) .c-pin", "Pin");

        browser.await("document.querySelectorAll('table.comparison thead th').length === 2");
        assertThat(text("table.comparison")).contains("rules/policy.xlsx, sheet Fit, row");
    }

    @Test
    void why_the_mac_lost_stands_under_its_reason_with_what_would_help() {
        open(CHAT);
        browser.await(RANKED);

        awaitText("#why-not", "Mac Studio");
        assertThat(browser.value("document.querySelectorAll('#why-not .remedy').length")
                        .asInt())
                .isPositive();
        browser.write("#why-not-name", "studio");
        browser.await("document.querySelectorAll('#why-not details[open] .lost li').length === 1");
        browser.write("#why-not-name", "b200");
        awaitText("#why-not", "It did not lose");
    }

    @Test
    void the_row_of_the_policy_that_ruled_it_out_is_a_link_to_its_cell() {
        open(CHAT);
        browser.await(RANKED);
        awaitText("#why-not", "sheet Fit, row");
        browser.click("#why-not a[href*=policy]");

        browser.await(
                "document.activeElement.dataset.ref" + " && document.querySelector('.grid-table[aria-label=Fit]')");
        assertThat(browser.value("location.hash").asText()).contains("tab=policy", "model=llama-3.1-70b");
        browser.click("#tab-decide");
        browser.await(RANKED + " && !location.hash.includes('cell=')");
    }

    @Test
    void an_open_model_is_chosen_by_part_of_its_name_with_the_keyboard() {
        open("type=evaluation&hardware=nvidia-rtx-4090");
        browser.await(RANKED);
        browser.write("#field-workload-model", "qwen3 8");
        browser.await("document.querySelector('.suggestions:not([hidden]) [role=option]')");

        browser.press("ArrowDown");
        browser.press("Enter");

        browser.await("location.hash.includes('model=qwen3-8b')");
        browser.write("#field-workload-model", "no such model");
        awaitText(".suggestions:not([hidden])", "import-model");
        browser.forget();
        browser.value("fetch('/health/ready').then(each => each.ok)");
    }

    @Test
    void a_number_that_could_be_two_is_none() {
        open(CHAT);
        browser.await(RANKED);

        browser.write("#field-budget-monthlyUsd", "20.000");
        awaitText("#field-budget-monthlyUsd-problem", "write it without the mark");
        browser.write("#field-budget-monthlyUsd", "20,000");
        browser.await("location.hash.includes('monthlyUsd=20000&')");
    }

    @Test
    void a_decision_is_compared_with_today() throws Exception {
        JsonNode answer = ServerUnderTest.json(server.decide("""
                {"workload": {"type": "evaluation", "model": "llama-3.1-8b"},
                 "candidates": [{"hardware": "nvidia-rtx-4090"}, {"hardware": "nvidia-l40s"}]}"""));
        open("tab=decisions&decision=" + answer.get("decisionId").asText());

        press("#view-decisions", "Compare with today");

        awaitText("#view-decisions", "The same would be first today.");
        assertThat(text("#view-decisions")).contains("Why it is first", "Assumed:");
    }

    @Test
    void the_scored_workbook_is_downloaded_and_a_workload_of_it_opened(@TempDir Path folder) throws Exception {
        Path file = Files.copy(Path.of("spreadsheets", "candidates.xlsx"), folder.resolve("mine.xlsx"));
        open("type=production&tab=workbook");
        browser.choose("#workbook-file", file);
        browser.await("document.querySelector('table[aria-label=Workloads]')");

        press("#view-workbook", "Download");
        awaitText("#view-workbook", "Download again");
        press("#view-workbook table", "Open");

        browser.await("!document.querySelector('#view-decide').hidden && " + RANKED);
    }

    @Test
    void tabs_are_walked_with_the_keyboard() {
        open("type=production&tab=versions");
        browser.await("document.querySelector('#view-versions .tag')");
        browser.value("document.querySelector('#tab-versions').focus()");

        browser.press("ArrowRight");

        browser.await("!document.querySelector('#view-decide').hidden && document.activeElement.id === 'tab-decide'");
    }
}
