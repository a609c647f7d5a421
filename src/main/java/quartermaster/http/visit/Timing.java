package quartermaster.http.visit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How long each part of a request took, for the header {@code Server-Timing}. */
public final class Timing {
    private final List<String> parts = new ArrayList<>();
    private long since = System.nanoTime();

    public void end(String part) {
        long now = System.nanoTime();
        parts.add(String.format(Locale.ROOT, "%s;dur=%.1f", part, (now - since) / 1e6));
        since = now;
    }

    public String header() {
        return String.join(", ", parts);
    }
}
