package quartermaster.http;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import quartermaster.http.guard.Needs;
import quartermaster.json.JsonText;
import quartermaster.json.YamlText;
import quartermaster.unit.Digests;

/** The contract: for programs as JSON and YAML, for people as a page without scripts. */
final class ApiRoutes {
    static final String YAML = "application/yaml";
    private static final String HTML = "text/html; charset=utf-8";

    void register(JavalinConfig config) {
        config.routes.get("/openapi.json", ctx -> Texts.JSON.give(ctx, MediaTypes.JSON), Needs.NOTHING);
        config.routes.get("/openapi.yaml", ctx -> Texts.YAML.give(ctx, YAML), Needs.NOTHING);
        config.routes.get("/docs", ctx -> Texts.PAGE.give(ctx, HTML), Needs.NOTHING);
    }

    /** Made when somebody first asks for one of them: no start waits for them. */
    private static final class Texts {
        private static final Map<String, Object> DOCUMENT = ApiDocument.fields();
        private static final Given JSON = Given.of(JsonText.of(DOCUMENT));
        private static final Given YAML = Given.of(YamlText.of(DOCUMENT));
        private static final Given PAGE = Given.of(new ApiPage(DOCUMENT).html());
    }

    private record Given(byte[] bytes, String tag) {
        static Given of(String text) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            return new Given(bytes, "\"" + Digests.of(bytes) + "\"");
        }

        void give(Context ctx, String type) {
            ctx.header("ETag", tag).contentType(type).result(bytes);
        }
    }

    /** Its words, one route after the other. */
    private static final class ApiPage {
        private static final String STYLE = "/page/style.css";
        private final Map<String, Object> document;
        private final StringBuilder html = new StringBuilder();

        ApiPage(Map<String, Object> document) {
            this.document = document;
        }

        String html() {
            Map<?, ?> paths = (Map<?, ?>) document.get("paths");
            html.append("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">")
                    .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
                    .append("<title>Quartermaster over HTTP</title><link rel=\"stylesheet\" href=\"" + STYLE + "\">")
                    .append("</head><body><main><h1>Quartermaster over HTTP</h1>")
                    .append("<p>The same for programs: <a href=\"/openapi.json\">openapi.json</a>, ")
                    .append("<a href=\"/openapi.yaml\">openapi.yaml</a>.</p><nav aria-label=\"Routes\"><ul>");
            each(
                    paths,
                    (id, method, path, operation) -> html.append("<li><a href=\"#")
                            .append(text(id))
                            .append("\">")
                            .append(text(method + " " + path))
                            .append("</a></li>"));
            html.append("</ul></nav>");
            each(paths, this::operation);
            schemas();
            return html.append("</main></body></html>\n").toString();
        }

        private interface Route {
            void is(String id, String method, String path, Map<?, ?> operation);
        }

        private static void each(Map<?, ?> paths, Route route) {
            paths.forEach((path, methods) -> ((Map<?, ?>) methods).forEach((method, fields) -> {
                Map<?, ?> operation = (Map<?, ?>) fields;
                String name = String.valueOf(method).toUpperCase(Locale.ROOT);
                route.is(String.valueOf(operation.get("operationId")), name, String.valueOf(path), operation);
            }));
        }

        private void operation(String id, String method, String path, Map<?, ?> operation) {
            html.append("<section id=\"" + text(id) + "\"><h2>" + text(method + " " + path) + "</h2><p>"
                    + text(operation.get("summary")));
            if (operation.get("x-role") != null) {
                html.append(" Role: <code>" + text(operation.get("x-role")) + "</code>.");
            }
            html.append("</p>");
            List<?> parameters = (List<?>) operation.get("parameters");
            if (parameters != null && !parameters.isEmpty()) {
                html.append(
                                "<table><caption>Parameters</caption><thead><tr><th>Name</th><th>In</th><th>Means</th></tr>")
                        .append("</thead><tbody>");
                parameters.forEach(each -> parameter((Map<?, ?>) each));
                html.append("</tbody></table>");
            }
            if (operation.get("requestBody") instanceof Map<?, ?> body) {
                html.append("<p>Body: " + contents(body) + "</p>");
            }
            html.append(
                            "<table><caption>Answers</caption><thead><tr><th>Status</th><th>Means</th><th>Content</th></tr>")
                    .append("</thead><tbody>");
            ((Map<?, ?>) operation.get("responses"))
                    .forEach((status, fields) -> answer(String.valueOf(status), (Map<?, ?>) fields));
            html.append("</tbody></table></section>");
        }

        private void parameter(Map<?, ?> parameter) {
            boolean required = Boolean.TRUE.equals(parameter.get("required"));
            html.append("<tr><td><code>" + text(parameter.get("name")) + "</code></td><td>" + text(parameter.get("in"))
                    + (required ? ", needed" : "") + "</td><td>" + text(parameter.get("description")) + "</td></tr>");
        }

        private void answer(String status, Map<?, ?> answer) {
            html.append("<tr><td>" + text(status) + "</td><td>" + text(answer.get("description")) + "</td><td>"
                    + contents(answer) + "</td></tr>");
        }

        private static String contents(Map<?, ?> of) {
            StringBuilder contents = new StringBuilder();
            if (of.get("content") instanceof Map<?, ?> content) {
                content.forEach((type, schema) -> contents.append("<code>" + text(type) + "</code>")
                        .append(schema instanceof Map<?, ?> map && !map.isEmpty() ? " " + links(JsonText.of(map)) : "")
                        .append("<br>"));
            }
            return contents.toString();
        }

        /** Names of schemas that stand below. */
        private static String links(String json) {
            StringBuilder links = new StringBuilder();
            Matcher names = Pattern.compile("#/components/schemas/(\\w+)").matcher(json);
            Set<String> seen = new LinkedHashSet<>();
            while (names.find()) {
                seen.add(names.group(1));
            }
            seen.forEach(name -> links.append("<a href=\"#schema-" + name + "\">" + name + "</a> "));
            return links.toString();
        }

        private void schemas() {
            Map<?, ?> components = (Map<?, ?>) document.get("components");
            ((Map<?, ?>) components.get("schemas"))
                    .forEach((name, schema) -> html.append("<section id=\"schema-" + text(name) + "\"><h2>" + text(name)
                            + "</h2><details><summary>Schema</summary><pre>" + text(YamlText.of(asFields(schema)))
                            + "</pre></details></section>"));
        }

        @SuppressWarnings("unchecked") // as the document was made
        private static Map<String, ?> asFields(Object schema) {
            return (Map<String, ?>) schema;
        }

        private static String text(@Nullable Object value) {
            return String.valueOf(value)
                    .replace("&", "&amp;")
                    .replace("<", "&lt;")
                    .replace(">", "&gt;")
                    .replace("\"", "&quot;");
        }
    }
}
