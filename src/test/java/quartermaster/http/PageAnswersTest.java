package quartermaster.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What stands on the page is what the service answers. */
class PageAnswersTest extends InBrowser {
    private static final int REQUESTS = 50;
    private static final List<String> MACHINES = List.of(
            "nvidia-b200-180gb",
            "nvidia-h100-sxm-80gb",
            "nvidia-rtx-4090",
            "nvidia-l40s",
            "mac-studio-m3-ultra-80c-gpu-256gb",
            "nvidia-dgx-spark-gb10-128gb",
            "amd-mi300x-192gb",
            "hosted-api");
    private static final List<String> MODELS =
            List.of("llama-3.1-70b", "llama-3.1-8b", "qwen3-8b", "gpt-oss-120b", "gemma-3-12b", "qwen3-32b");

    private final ObjectMapper json = new ObjectMapper();
    private final Random random = new Random(21);

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    /** Places in the request with their values; half of what may be left open is. */
    private Map<String, Object> asked() {
        Map<String, Object> said = new LinkedHashMap<>();
        String type = one(List.of("production", "internal-tool", "evaluation", "batch", "fine-tuning"));
        said.put("workload.type", type);
        if (random.nextBoolean()) {
            said.put("workload.model", one(MODELS));
        }
        if (type.equals("fine-tuning")) {
            said.put("workload.fineTuning.method", one(List.of("qlora", "lora")));
            said.put("workload.fineTuning.examples", 1000 * (1 + random.nextInt(50)));
        } else if (type.equals("batch")) {
            said.put("workload.job.items", 10_000 * (1 + random.nextInt(500)));
            said.put("workload.job.deadlineHours", 1 + random.nextInt(48));
        } else {
            said.put(
                    one(List.of("workload.concurrency", "workload.namedUsers", "workload.sessions")),
                    1 + random.nextInt(300));
        }
        if (random.nextBoolean()) {
            said.put("workload.inputTokens", 100 * (1 + random.nextInt(80)));
        }
        if (random.nextBoolean()) {
            said.put("budget.monthlyUsd", 500 * (1 + random.nextInt(60)));
        }
        if (random.nextBoolean()) {
            said.put("budget.utilization", one(List.of(0.1, 0.25, 0.5, 0.9)));
        }
        if (random.nextBoolean()) {
            said.put("team.skills", one(List.of("linux", "macos", "linux,cuda", "macos,python-ml")));
        }
        if (random.nextInt(4) == 0) {
            said.put("constraints.dataMustStay", true);
        }
        return said;
    }

    private String words(Map<String, Object> said, List<String> machines) {
        List<String> words = new ArrayList<>();
        said.forEach((path, value) -> words.add(path + "=" + (value.equals(true) ? "yes" : value)));
        if (!machines.isEmpty()) {
            words.add("hardware=" + String.join(",", machines));
        }
        return String.join("&", words);
    }

    private String request(Map<String, Object> said, List<String> machines) {
        ObjectNode request = json.createObjectNode().put("explain", "summary").put("limit", 30);
        said.forEach((path, value) -> {
            String[] parts = path.split("\\.");
            ObjectNode place = request;
            for (int i = 0; i < parts.length - 1; i++) {
                place = place.withObjectProperty(parts[i]);
            }
            String last = parts[parts.length - 1];
            place.set(
                    last,
                    path.equals("team.skills")
                            ? json.valueToTree(value.toString().split(","))
                            : json.<JsonNode>valueToTree(value));
        });
        machines.forEach(
                each -> request.withArrayProperty("candidates").addObject().put("hardware", each));
        return request.toString();
    }

    @Test
    void fifty_requests_at_random_are_answered_as_the_service_answers_them() throws Exception {
        open("type=production");
        browser.await(RANKED);
        int ranked = 0;
        for (int i = 0; i < REQUESTS; i++) {
            Map<String, Object> said = asked();
            List<String> machines = i % 5 == 0
                    ? List.of()
                    : MACHINES.stream().filter(each -> random.nextBoolean()).toList();
            browser.value("new Promise(done => { addEventListener('hashchange', () => setTimeout(done), {once: true});"
                    + " location.hash = '" + words(said, machines) + "'; })");
            browser.await("!document.querySelector('#view-decide').hasAttribute('aria-busy')");
            browser.value("document.querySelector('[data-focus=whole][aria-expanded=false]')?.click()");

            JsonNode answer = ServerUnderTest.json(server.decide("[" + request(said, machines) + "]"))
                    .get(0);
            assertThat(shown()).as(request(said, machines)).isEqualTo(expected(answer));
            ranked += answer.get("recommendations").isEmpty() ? 0 : 1;
        }
        assertThat(ranked).isGreaterThan(REQUESTS / 2);
    }

    private List<String> shown() {
        List<String> shown = new ArrayList<>();
        browser.value("[...document.querySelectorAll('table.ranking tbody tr')].map(row => [row.cells[0].textContent,"
                        + " row.querySelector('.what').textContent.replace(/^([\\d,]+× )?/, '').replace(/ \\([\\d,]+ replicas[^)]*\\)/, ''),"
                        + " row.querySelector('.verdict .word').textContent.trim(),"
                        + " row.querySelector('.score .number').textContent].join(' | '))")
                .forEach(each -> shown.add(each.asText()));
        return shown;
    }

    /** Where nothing is suitable, the page shows what was ruled out. */
    private static List<String> expected(JsonNode answer) {
        List<String> expected = new ArrayList<>();
        JsonNode all = answer.get("recommendations").isEmpty() ? answer.get("rejected") : answer.get("recommendations");
        List<JsonNode> rows = new ArrayList<>();
        all.forEach(rows::add);
        if (answer.get("recommendations").isEmpty()) {
            rows.sort((one, other) -> Double.compare(
                    other.get("score").asDouble(), one.get("score").asDouble()));
        }
        rows.forEach(each -> expected.add(String.join(
                " | ",
                each.path("rank").isNumber() ? each.get("rank").asText() : "–",
                each.at("/candidate/name").asText(),
                each.get("verdict").asText().replace("ruled-out", "ruled out"),
                new BigDecimal(each.get("score").asDouble())
                        .setScale(1, RoundingMode.HALF_UP)
                        .toString())));
        return expected;
    }
}
