package quartermaster.http;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import quartermaster.http.guard.Needs;
import quartermaster.json.JsonText;
import quartermaster.request.RequestField;
import quartermaster.request.RequestFields;
import quartermaster.unit.Choice;
import quartermaster.unit.Digests;

/**
 * The page, as its files stand in {@code src/main/resources/page}, and the fields that it asks for. A file is sent anew
 * only where it has changed: a new program is seen at the next look, and nothing is fetched twice.
 */
final class PageRoutes {
    /** Everything that the page needs comes from here, and nothing that stands in an answer can become a script. */
    static final String POLICY = "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final Pattern NAME = Pattern.compile("[a-z][a-z-]*\\.(?<kind>html|css|js|svg)");
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "svg", "image/svg+xml");

    private record PageFile(byte[] bytes, String type, String tag) {}

    private final Map<String, PageFile> files = new ConcurrentHashMap<>();

    void register(JavalinConfig config) {
        config.routes.get("/", ctx -> send(ctx, named("index.html")), Needs.NOTHING);
        config.routes.get("/page/{file}", ctx -> send(ctx, named(ctx.pathParam("file"))), Needs.NOTHING);
        config.routes.get("/fields", ctx -> send(ctx, Told.FIELDS), Needs.NOTHING);
    }

    /** Made when somebody first asks for it. */
    private static final class Told {
        private static final PageFile FIELDS =
                file(JsonText.of(fields()).getBytes(StandardCharsets.UTF_8), MediaTypes.JSON);
    }

    private static void send(Context ctx, PageFile file) {
        ctx.header("Content-Security-Policy", POLICY);
        ctx.header("Referrer-Policy", "no-referrer");
        ctx.header("Cache-Control", "no-cache");
        ctx.header("ETag", file.tag());
        String known = ctx.header("If-None-Match");
        if (known != null && known.replaceFirst("^W/", "").equals(file.tag())) {
            ctx.status(304);
            return;
        }
        ctx.contentType(file.type()).result(file.bytes());
    }

    /** Only names that exist are kept, so asking for others costs no memory. */
    private PageFile named(String name) {
        PageFile known = files.get(name);
        if (known != null) {
            return known;
        }
        PageFile read = read(name).orElseThrow(() -> new NotFoundResponse("The page has no file " + name + "."));
        files.put(name, read);
        return read;
    }

    private static Optional<PageFile> read(String name) {
        var matcher = NAME.matcher(name);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        try (InputStream in = PageRoutes.class.getResourceAsStream("/page/" + name)) {
            return in == null
                    ? Optional.empty()
                    : Optional.of(file(in.readAllBytes(), TYPES.getOrDefault(matcher.group("kind"), "")));
        } catch (IOException e) {
            throw new UncheckedIOException("The page's file " + name + " cannot be read.", e);
        }
    }

    private static PageFile file(byte[] bytes, String type) {
        return new PageFile(bytes, type, "\"" + Digests.of(bytes) + "\"");
    }

    private static Map<String, @Nullable Object> fields() {
        return Map.of(
                "request",
                RequestFields.ALL.stream().map(PageRoutes::field).toList(),
                "candidate",
                RequestFields.OF_CANDIDATES.stream().map(PageRoutes::field).toList());
    }

    private static Map<String, @Nullable Object> field(RequestField field) {
        Map<String, @Nullable Object> told = new LinkedHashMap<>();
        told.put("path", field.path());
        told.put("kind", Choice.id(field.kind()));
        told.put("required", field.required());
        if (field.choices() != null) {
            List<String> choices = new ArrayList<>();
            for (Enum<?> each : field.requireChoices().getEnumConstants()) {
                choices.add(Choice.id(each));
            }
            told.put("choices", choices);
        }
        if (field.isNumber()) {
            told.put("least", field.least());
            told.put("most", field.most());
            told.put("counted", field.counted());
        }
        RequestField.Column column = field.column();
        if (column != null) {
            told.put("label", column.header());
            told.put("help", column.help());
            told.put("lookup", column.lookup() == null ? null : Choice.id(column.lookup()));
            told.put("usual", column.usual());
        }
        told.put("example", field.example());
        told.put("unit", field.unit());
        told.put("question", field.question());
        return told;
    }
}
