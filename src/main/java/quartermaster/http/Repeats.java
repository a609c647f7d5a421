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
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quartermaster.http.guard.Guard;
import quartermaster.http.guard.Refusal;
import quartermaster.http.visit.Visit;
import quartermaster.ledger.KeptRepeats;
import quartermaster.ledger.KeptRepeats.Given;
import quartermaster.ledger.KeptRepeats.Known;
import quartermaster.ledger.Ledger;
import quartermaster.ledger.LedgerException;
import quartermaster.unit.Digests;
import quartermaster.unit.Problem;

/**
 * Answers a request that is sent again with the same {@code Idempotency-Key} as it was answered before, so that a client that
 * heard nothing may try again without deciding twice. For a day at most, in memory and in the ledger: there it is known to
 * all services on it, and after a restart. While the ledger cannot say, memory alone counts.
 *
 * @see <a href="https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/">The draft of the header</a>
 */
final class Repeats {
    private static final Logger LOG = LoggerFactory.getLogger(Repeats.class);
    static final int MOST_BYTES_OF_ONE = 4_000_000;
    private static final String HEADER = "Idempotency-Key";
    private static final String BEGUN = Repeats.class.getName();
    private static final Pattern KEY = Pattern.compile("\"?[!-~&&[^\"]]{1,255}\"?");
    private static final long MOST_BYTES = 32_000_000;
    private static final int MOST_KEYS = 10_000;
    private static final Duration KEPT = Duration.ofDays(1);
    private static final long MOST_KEPT_BYTES = 256_000_000; // in the ledger
    private static final int MOST_KEPT_KEYS = 100_000;
    private static final Duration ABANDONED = Duration.ofMinutes(5); // longer than any request may take
    private static final Duration FORGET_EVERY = Duration.ofMinutes(1);
    private static final Duration LET_ALONE = Duration.ofSeconds(10); // a ledger that has failed
    private static final int FIRST_FAILURE = 300;
    private static final String[] HEADERS = {"Content-Type", "Content-Disposition", "Location", "Vary", "Retry-After"};

    private final Clock clock;
    private final Ledger ledger;
    private final Map<String, Repeat> repeats = new LinkedHashMap<>(); // by owner and key, oldest first
    private final AtomicLong forgottenAt = new AtomicLong(System.nanoTime());
    private volatile long failedAt; // nanoseconds; 0 while the ledger does its part
    private long bytes;

    Repeats(Clock clock, Ledger ledger) {
        this.clock = clock;
        this.ledger = ledger;
    }

    /** What is known of a key; without an answer while the first request runs. */
    private static final class Repeat {
        private final String key;
        private final String digest;
        private final Instant since;
        private final String owner = UUID.randomUUID().toString();
        private volatile @Nullable Given given;

        Repeat(String key, String digest, Instant since) {
            this.key = key;
            this.digest = digest;
            this.since = since;
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
        Repeat mine = new Repeat(key, digest, clock.instant());
        Repeat known;
        synchronized (repeats) {
            forgetOld();
            known = repeats.get(key);
            if (known == null) {
                begin(mine);
            }
        }
        if (known != null) {
            answer(ctx, known.digest.equals(digest), known.given);
            return true;
        }
        Known kept = begun(mine);
        if (kept.isMine()) {
            ctx.attribute(BEGUN, mine);
            Visit.of(ctx).atEnd(() -> giveUp(mine));
            return false;
        }
        synchronized (repeats) {
            repeats.remove(key, mine);
        }
        answer(ctx, kept.request().equals(digest), kept.given());
        return true;
    }

    private static void answer(Context ctx, boolean isSame, @Nullable Given given) {
        if (!isSame) {
            throw Refusal.otherRequest();
        }
        if (given == null) {
            throw Refusal.inProgress();
        }
        byte[] body = given.body();
        if (body == null) {
            throw Refusal.answerNotKept(MOST_BYTES_OF_ONE);
        }
        given.headers().forEach(ctx::header);
        ctx.status(given.status()).header("Idempotency-Replayed", "true").result(body);
    }

    /** What the ledger knows of it; where it cannot say, nobody else has begun it. */
    private Known begun(Repeat repeat) {
        Instant now = repeat.since;
        return inLedger(
                new Known(repeat.digest, true, null),
                kept -> kept.begin(
                        id(repeat), repeat.digest, repeat.owner, now, now.minus(ABANDONED), now.minus(KEPT)));
    }

    private static String id(Repeat repeat) {
        return Digests.of(repeat.key);
    }

    /** @param otherwise where the ledger does not do its part: no request fails by that */
    private <T> T inLedger(T otherwise, Function<KeptRepeats, T> work) {
        long failed = failedAt;
        if (ledger.isFailing() || failed != 0 && System.nanoTime() - failed < LET_ALONE.toNanos()) {
            return otherwise;
        }
        try {
            T done = ledger.repeats(work);
            if (failed != 0) {
                LOG.info("Requests with an {} are known to all services again.", HEADER);
            }
            failedAt = 0;
            return done;
        } catch (LedgerException e) {
            failedAt = Math.max(1, System.nanoTime());
            if (failed == 0) {
                LOG.warn("Requests with an {} are known to this service alone: {}", HEADER, e.toString());
            }
            return otherwise;
        }
    }

    private void begin(Repeat repeat) {
        if (repeats.size() >= MOST_KEYS) {
            drop(repeats.values().iterator().next());
        }
        repeats.put(repeat.key, repeat);
    }

    /** What was not answered may be tried again. */
    private void giveUp(Repeat repeat) {
        synchronized (repeats) {
            if (repeat.given != null) {
                return;
            }
            repeats.remove(repeat.key, repeat);
        }
        inLedger(true, kept -> {
            kept.giveUp(id(repeat), repeat.owner);
            return true;
        });
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
        inLedger(true, kept -> kept.end(id(repeat), repeat.owner, given));
        forgetKept();
        synchronized (repeats) {
            repeat.given = given;
            if (repeats.get(repeat.key) != repeat) {
                return;
            }
            bytes += size(given);
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

    private void forgetKept() {
        long last = forgottenAt.get();
        long now = System.nanoTime();
        if (now - last > FORGET_EVERY.toNanos() && forgottenAt.compareAndSet(last, now)) {
            inLedger(true, kept -> {
                kept.forget(clock.instant().minus(KEPT), MOST_KEPT_KEYS, MOST_KEPT_BYTES);
                return true;
            });
        }
    }

    private static int size(Given given) {
        byte[] body = given.body();
        return body == null ? 0 : body.length;
    }

    private void forgetOld() {
        Instant before = clock.instant().minus(KEPT);
        while (!repeats.isEmpty() && repeats.values().iterator().next().since.isBefore(before)) {
            drop(repeats.values().iterator().next());
        }
    }

    private void drop(Repeat repeat) {
        repeats.remove(repeat.key);
        bytes -= repeat.given == null ? 0 : size(repeat.given);
    }
}
