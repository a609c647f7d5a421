package quartermaster.http;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The name under which a browser keeps a download. */
final class Attachment {
    private static final int LONGEST = 80;
    private static final String WITH_MACROS = ".xlsm";

    private Attachment() {}

    /** {@code Büro 7.xlsx} comes back as {@code Büro 7-scored.xlsx}. */
    static String scored(@Nullable String uploaded) {
        String base = uploaded == null ? "" : uploaded.replaceFirst("(?s)^.*[/\\\\]", "");
        base = base.replaceFirst("(?i)\\.xls[xm]$", "").replaceFirst("-scored$", "");
        base = base.replaceAll("[^\\p{L}\\p{N} ._()+-]", "").strip();
        base = base.length() > LONGEST ? base.substring(0, LONGEST) : base;
        return header(
                (base.isEmpty() ? "candidates" : base) + "-scored" + (hasMacros(uploaded) ? WITH_MACROS : ".xlsx"));
    }

    /** A workbook keeps its macros, which never run here, and then its name has to say so. */
    static boolean hasMacros(@Nullable String uploaded) {
        return uploaded != null && uploaded.toLowerCase(Locale.ROOT).endsWith(WITH_MACROS);
    }

    /** The header's value, for clients that read only ASCII too. */
    static String header(String name) {
        String ascii = name.replaceAll("[^ -~]", "_");
        String encoded = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
        return "attachment; filename=\"" + ascii + "\"; filename*=UTF-8''" + encoded;
    }
}
