package quartermaster.http.visit;

import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import quartermaster.access.Key;

/** One request from its first line to the last byte of its answer. */
public final class Visit {
    public static final String ATTRIBUTE = Visit.class.getName();

    private final String id;
    private final long begun = System.nanoTime();
    private final List<Runnable> atEnd = new ArrayList<>();
    private boolean ended;
    private volatile Map<String, String> headers = Map.of();
    private volatile String route = "";
    private volatile @Nullable Key key;
    private volatile @Nullable String decision;

    Visit(String id) {
        this.id = id;
    }

    public static Visit of(Context ctx) {
        return (Visit) ctx.req().getAttribute(ATTRIBUTE);
    }

    String id() {
        return id;
    }

    /** What the answer has besides its own headers. */
    public Map<String, String> headers() {
        return headers;
    }

    void giveBack(Map<String, String> all) {
        headers = all;
    }

    long nanos() {
        return System.nanoTime() - begun;
    }

    /** With names for what differs, e.g. {@code /decisions/{id}}; empty where there is none. */
    String route() {
        return route;
    }

    public void setRoute(String template) {
        route = template;
    }

    @Nullable
    public String actor() {
        Key known = key;
        return known == null ? null : known.name();
    }

    /** That it was asked with; null where there are none. */
    public @Nullable Key key() {
        return key;
    }

    public void setKey(Key known) {
        key = known;
    }

    /** The id of the one decision that it made. */
    @Nullable
    String decision() {
        return decision;
    }

    public void setDecision(String made) {
        decision = made;
    }

    /** Comes when all of the answer is sent, or cannot be; at once where that is so already. */
    public synchronized void atEnd(Runnable last) {
        if (ended) {
            last.run();
        } else {
            atEnd.add(last);
        }
    }

    synchronized void end() {
        ended = true;
        atEnd.forEach(Runnable::run);
        atEnd.clear();
    }
}
