package quartermaster.http;

import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What clients say about the form of what they send and want. */
final class MediaTypes {
    static final String JSON = "application/json";
    static final String JSON_LINES = "application/x-ndjson";
    static final String WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    static final String WORKBOOK_WITH_MACROS = "application/vnd.ms-excel.sheet.macroEnabled.12";

    private MediaTypes() {}

    /** Answers with a text of JSON. */
    static void giveJson(Context ctx, String json) {
        ctx.contentType(JSON).result(json.getBytes(StandardCharsets.UTF_8));
    }

    /** {@code application/json} or {@code application/…+json}: pages of others can send anything else without asking. */
    static boolean isJson(@Nullable String contentType) {
        if (contentType == null || contentType.isBlank()) {
            return false;
        }
        String type = bare(contentType);
        return type.equals(JSON) || type.startsWith("application/") && type.endsWith("+json");
    }

    /** Whether the header {@code Accept} would rather have JSON than a workbook. */
    static boolean prefersJson(@Nullable String accept) {
        return accept != null && quality(accept, JSON) > quality(accept, WORKBOOK);
    }

    static boolean prefersWorkbook(@Nullable String accept) {
        return accept != null && quality(accept, WORKBOOK) > quality(accept, JSON);
    }

    /** How much a type is wanted, 0 to 1; the most exact entry counts. */
    private static double quality(String accept, String type) {
        double quality = 0;
        int exactness = -1;
        for (String entry : accept.split(",", -1)) {
            int matched = exactness(bare(entry), type);
            if (matched > exactness) {
                exactness = matched;
                quality = weight(entry);
            }
        }
        return quality;
    }

    private static int exactness(String entry, String type) {
        if (entry.equals(type)) {
            return 2;
        }
        if (entry.equals(type.substring(0, type.indexOf('/')) + "/*")) {
            return 1;
        }
        return entry.equals("*/*") ? 0 : -1;
    }

    private static double weight(String entry) {
        for (String parameter : entry.split(";", -1)) {
            String text = parameter.strip().toLowerCase(Locale.ROOT);
            if (text.matches("q=(0(\\.\\d{0,3})?|1(\\.0{0,3})?)")) {
                return Double.parseDouble(text.substring(2));
            }
        }
        return 1;
    }

    private static String bare(String contentType) {
        return contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }
}
