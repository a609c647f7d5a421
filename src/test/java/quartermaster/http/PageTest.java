package quartermaster.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import quartermaster.request.RequestField;
import quartermaster.request.RequestFields;

/** The page as it is served, without a browser; {@link PageInBrowserTest} works with it. */
class PageTest {
    private static final int FIRST_PAINT = 100_000; // bytes, packed
    private static final Pattern REFERENCE =
            Pattern.compile("(?:src|href)=\"(?<address>/[^\"#]*)\"|from \"\\./(?<module>[^\"]+)\"");
    private static final Pattern LATER = Pattern.compile("import\\(`/page/\\$\\{name}\\.js`\\)");
    private static final Set<String> NAMES_OF_XML = Set.of(
            "http://www.w3.org/2000/svg",
            "http://www.w3.org/XML/1998/namespace",
            "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships");
    private static final List<String> VIEWS = List.of("workbook", "policy", "decisions", "versions");

    @AutoClose
    private static ServerUnderTest server = new ServerUnderTest(ServerUnderTest.LIMITS);

    @Test
    void the_page_stands_at_the_root_and_takes_nothing_from_elsewhere() throws Exception {
        HttpResponse<byte[]> page = server.get("/");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(header(page, "Content-Type")).startsWith("text/html");
        assertThat(header(page, "Content-Security-Policy")).contains("default-src 'self'");
        assertThat(header(page, "Content-Security-Policy")).doesNotContain("unsafe");
    }

    @Test
    void a_file_that_the_browser_has_is_not_sent_again() throws Exception {
        String tag = header(server.get("/page/app.js"), "ETag");

        HttpResponse<byte[]> again = server.send(
                server.request("/page/app.js").header("If-None-Match", tag).build());

        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
    }

    @Test
    void only_files_of_the_page_are_served() throws Exception {
        for (String other :
                List.of("/page/none.js", "/page/..%2Flogback.xml", "/page/logback.xml", "/page/%2e%2e/index.html")) {
            assertThat(server.get(other).statusCode()).as(other).isBetween(400, 404);
        }
    }

    @Test
    void everything_that_is_referred_to_is_served_with_its_type() throws Exception {
        Map<String, String> files = files(true);

        assertThat(files).containsKeys("/page/app.js", "/page/style.css", "/page/policy.js", "/page/sheets.js");
        for (String address : files.keySet()) {
            String type = header(server.get(address), "Content-Type");
            assertThat(type).as(address).startsWith(address.endsWith(".js") ? "text/javascript" : typeOf(address));
        }
    }

    @Test
    void nothing_is_fetched_from_outside() throws Exception {
        for (Map.Entry<String, String> file : files(true).entrySet()) {
            Matcher url = Pattern.compile("https?://[^\"'\\s)<]+").matcher(file.getValue());
            while (url.find()) {
                assertThat(NAMES_OF_XML).as(file.getKey()).contains(url.group());
            }
        }
    }

    @Test
    void no_script_and_no_style_stands_in_the_text() throws Exception {
        for (Map.Entry<String, String> file : files(true).entrySet()) {
            assertThat(file.getValue())
                    .as(file.getKey())
                    .doesNotContainPattern("innerHTML|outerHTML|insertAdjacentHTML|document\\.write|\\beval\\(")
                    .doesNotContainPattern("[ {,]style(=[\"`]|: (?!\"currency\"))");
        }
        String html = files(false).get("/");
        assertThat(html).doesNotContainPattern("<script(?![^>]*src=)|<style|\\son[a-z]+=|javascript:");
    }

    @Test
    void the_first_paint_is_small() throws Exception {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        for (String text : files(false).values()) {
            try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
                gzip.write(text.getBytes(StandardCharsets.UTF_8));
            }
        }
        assertThat(packed.size()).isLessThan(FIRST_PAINT);
    }

    @Test
    void parts_have_the_names_that_people_and_screen_readers_look_for() throws Exception {
        String html = files(false).get("/");

        Map<String, String> titles = new TreeMap<>();
        Matcher title = Pattern.compile("id=\"([\\w-]+-title)\">([^<]+)<").matcher(html);
        while (title.find()) {
            titles.put(title.group(1), title.group(2));
        }
        for (String region : List.of(
                "Recommendation", "Memory", "Throughput", "Cost over time", "Why not", "What would change it")) {
            assertThat(titles.entrySet()).as(region).anySatisfy(each -> {
                assertThat(each.getValue()).isEqualTo(region);
                assertThat(html).contains("<section role=\"region\" aria-labelledby=\"" + each.getKey() + "\"");
            });
        }
        for (String tab : List.of("Decide", "Workbook", "Policy", "Decisions", "Versions")) {
            assertThat(html).containsPattern("role=\"tab\"[^>]*>" + tab + "<");
        }
    }

    @Test
    void every_field_of_a_request_is_told_with_its_words() throws Exception {
        JsonNode fields = ServerUnderTest.json(server.get("/fields")).get("request");

        assertThat(fields.findValuesAsText("path"))
                .containsExactlyElementsOf(
                        RequestFields.ALL.stream().map(RequestField::path).toList());
        JsonNode type = fields.get(1);
        assertThat(type.get("label").asText()).isEqualTo("Type");
        assertThat(type.get("choices")).hasSize(5);
        assertThat(type.get("required").asBoolean()).isTrue();
    }

    /** @param andLater also what other views fetch when they are opened */
    private static Map<String, String> files(boolean andLater) throws IOException, InterruptedException {
        Map<String, String> read = new LinkedHashMap<>();
        Deque<String> left = new ArrayDeque<>(List.of("/"));
        while (!left.isEmpty()) {
            String address = left.pop();
            if (read.containsKey(address)) {
                continue;
            }
            HttpResponse<byte[]> file = server.get(address);
            assertThat(file.statusCode()).as(address).isEqualTo(200);
            String text = new String(file.body(), StandardCharsets.UTF_8);
            read.put(address, text);
            Matcher reference = REFERENCE.matcher(text);
            while (reference.find()) {
                String found = reference.group("address");
                if (found == null) {
                    left.add("/page/" + reference.group("module"));
                } else if (found.startsWith("/page/")) {
                    left.add(found);
                }
            }
            if (andLater && LATER.matcher(text).find()) {
                VIEWS.forEach(each -> left.add("/page/" + each + ".js"));
            }
        }
        return read;
    }

    private static String typeOf(String address) {
        return address.endsWith(".css") ? "text/css" : address.endsWith(".svg") ? "image/svg+xml" : "text/html";
    }

    private static String header(HttpResponse<byte[]> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }
}
