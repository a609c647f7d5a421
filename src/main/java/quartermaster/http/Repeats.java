package quartermaster.http;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import quartermaster.http.guard.Guard;
import quartermaster.http.guard.Refusal;
import quartermaster.http.visit.Visit;
import quartermaster.unit.Digests;
import quartermaster.unit.Problem;

/**
 * Answers a request that is sent again with the same {@code Idempotency-Key} as it was answered before, so that a client that
 * heard nothing may try again without deciding twice. Held in memory, for a day at most.
 *
 * @see <a href="https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/">The draft of the header</a>
 */
final class Repeats {
    static final int MOST_BYTES_OF_ONE = 4_000_000;
    private static final String HEADER = "Idempotency-Key";
    private static final String BEGUN = Repeats.class.getName();
    private static final Pattern KEY = Pattern.compile("\"?[!-~&&[^\"]]{1,255}\"?");
    private static final long MOST_BYTES = 32_000_000;
    private static final int MOST_KEYS = 10_000;
    private static final Duration KEPT = Duration.ofDays(1);
    private static final int FIRST_FAILURE = 300;
    private static final String[] HEADERS = {"Content-Type", "Content-Disposition", "Location", "Vary", "Retry-After"};

    private final Clock clock;
    private final Map<String, Repeat> repeats = new LinkedHashMap<>(); // by owner and key, oldest first
    private long bytes;

    Repeats(Clock clock) {
        this.clock = clock;
    }

    /** What is known of a key; without an answer while the first request runs. */
    private static final class Repeat {
        private final String key;
        private final String digest;
        private final Instant since;
        private @Nullable Given given;

        Repeat(String key, String digest, Instant since) {
            this.key = key;
            this.digest = digest;
            this.since = since;
        }
    }

    /** @param body null where it was too long to be kept */
    private record Given(int status, Map<String, String> headers, byte @Nullable [] body) {
        int size() {
            return body == null ? 0 : body.length;
        }
    }

    void register(JavalinConfig config) {
        config.routes.after(this::keep);
    }

    /**
     * Whether it was answered before, and so is again.
     *
     * @throws Refusal where the key belongs to another request, or to one that is not answered yet
     */
    boolean answers(Context ctx, byte[] body) {
        String header = ctx.header(HEADER);
        if (header == null) {
            return false;
        }
        if (!KEY.matcher(header.strip()).matches()) {
            throw Refusal.badRepeat(
                    "Found " + HEADER + " " + Problem.quoted(header) + "; expected up to 255 visible characters.");
        }
        String key = Guard.actor(ctx) + "\n" + ctx.path() + "\n" + header.strip();
        String digest = Digests.of(
                ctx.queryString() + "\n" + ctx.header("Accept") + "\n" + ctx.contentType() + "\n" + Digests.of(body));
        Given given;
        synchronized (repeats) {
            forgetOld();
            Repeat known = repeats.get(key);
            if (known == null) {
                begin(ctx, new Repeat(key, digest, clock.instant()));
                return false;
            }
            if (!known.digest.equals(digest)) {
                throw Refusal.otherRequest();
            }
            given = known.given;
        }
        if (given == null) {
            throw Refusal.inProgress();
        }
        if (given.body() == null) {
            throw Refusal.answerNotKept(MOST_BYTES_OF_ONE);
        }
        given.headers().forEach(ctx::header);
        ctx.status(given.status()).header("Idempotency-Replayed", "true").result(given.body());
        return true;
    }

    private void begin(Context ctx, Repeat repeat) {
        if (repeats.size() >= MOST_KEYS) {
            drop(repeats.values().iterator().next());
        }
        repeats.put(repeat.key, repeat);
        ctx.attribute(BEGUN, repeat);
        Visit.of(ctx).atEnd(() -> giveUp(repeat));
    }

    /** What was not answered may be tried again. */
    private void giveUp(Repeat repeat) {
        synchronized (repeats) {
            if (repeat.given == null) {
                repeats.remove(repeat.key, repeat);
            }
        }
    }

    /** Of a failure nothing is kept: the next one may go better. */
    private void keep(Context ctx) throws IOException {
        Repeat repeat = ctx.attribute(BEGUN);
        if (repeat == null || ctx.statusCode() >= FIRST_FAILURE) {
            return;
        }
        Map<String, String> headers = new LinkedHashMap<>();
        for (String name : HEADERS) {
            String value = ctx.res().getHeader(name);
            if (value != null) {
                headers.put(name, value);
            }
        }
        Given given = new Given(ctx.statusCode(), headers, body(ctx));
        synchronized (repeats) {
            if (repeats.get(repeat.key) != repeat) {
                return;
            }
            repeat.given = given;
            bytes += given.size();
            while (bytes > MOST_BYTES) {
                drop(repeats.values().iterator().next());
            }
        }
    }

    private static byte @Nullable [] body(Context ctx) throws IOException {
        InputStream result = ctx.resultInputStream();
        if (result == null) {
            return new byte[0];
        }
        byte[] read = result.readNBytes(MOST_BYTES_OF_ONE + 1);
        boolean isWhole = read.length <= MOST_BYTES_OF_ONE;
        ctx.result(
                isWhole
                        ? new ByteArrayInputStream(read)
                        : new SequenceInputStream(new ByteArrayInputStream(read), result));
        return isWhole ? read : null;
    }

    private void forgetOld() {
        Instant before = clock.instant().minus(KEPT);
        while (!repeats.isEmpty() && repeats.values().iterator().next().since.isBefore(before)) {
            drop(repeats.values().iterator().next());
        }
    }

    private void drop(Repeat repeat) {
        repeats.remove(repeat.key);
        bytes -= repeat.given == null ? 0 : repeat.given.size();
    }
}
