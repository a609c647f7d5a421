package quartermaster.http;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import quartermaster.http.guard.Refusal;

/**
 * Conditional requests.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-13">RFC 9110, section 13</a>
 */
final class EntityTags {
    private static final Pattern TAG = Pattern.compile("\\G\\s*(?<weak>W/)?\"(?<tag>[^\"]*)\"\\s*(?:,|$)");
    private static final String ANY = "*";
    private static final int OK = 200;
    private static final int NOT_MODIFIED = 304;

    private EntityTags() {}

    /** @param weak whether only what it means is the same, not each byte */
    private record Tag(String tag, boolean weak) {}

    /** Answers 304 where the client has what it would get. */
    static void register(JavalinConfig config) {
        config.routes.after(ctx -> {
            String asked = ctx.header("If-None-Match");
            String tag = ctx.res().getHeader("ETag");
            boolean reads = ctx.method() == HandlerType.GET || ctx.method() == HandlerType.HEAD;
            if (asked != null && tag != null && reads && ctx.statusCode() == OK && knows(asked, tag)) {
                ctx.status(NOT_MODIFIED).result(new byte[0]);
            }
        });
    }

    /** Weak tags count: nothing is changed by them. */
    private static boolean knows(String asked, String tag) {
        String ours = tag.replaceFirst("^W/", "").replace("\"", "");
        return asked.strip().equals(ANY)
                || tags(asked).stream().anyMatch(each -> each.tag().equals(ours));
    }

    /**
     * The version that {@code If-Match} names; of several, the one that is in force if it is among them.
     *
     * @param inForce version that is in force
     * @throws Refusal where none is named
     */
    static String expected(Context ctx, String inForce) {
        String header = ctx.header("If-Match");
        if (header == null || header.isBlank()) {
            throw Refusal.missingVersion();
        }
        String asked = header.strip();
        if (asked.equals(ANY)) {
            return ANY;
        }
        List<Tag> tags = tags(asked);
        if (tags.isEmpty()) { // an id as people copy it, without its quotes
            return asked;
        }
        List<String> strong =
                tags.stream().filter(each -> !each.weak()).map(Tag::tag).toList();
        if (strong.isEmpty()) {
            throw Refusal.weakVersion(asked);
        }
        return strong.contains(inForce) ? inForce : strong.get(0);
    }

    private static List<Tag> tags(String header) {
        List<Tag> tags = new ArrayList<>();
        Matcher matcher = TAG.matcher(header);
        while (matcher.find()) {
            tags.add(new Tag(matcher.group("tag"), matcher.group("weak") != null));
        }
        return tags;
    }
}
