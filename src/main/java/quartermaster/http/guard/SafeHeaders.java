package quartermaster.http.guard;

import java.util.Map;

/** What browsers are told with every answer, so that no other page shows, reads or guesses it. */
public final class SafeHeaders {
    public static final Map<String, String> ALL = Map.of(
            "X-Content-Type-Options", "nosniff",
            "Cache-Control", "no-store",
            "Content-Security-Policy",
                    "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'",
            "Cross-Origin-Resource-Policy", "same-origin",
            "Cross-Origin-Opener-Policy", "same-origin",
            "Referrer-Policy", "same-origin");

    private SafeHeaders() {}
}
