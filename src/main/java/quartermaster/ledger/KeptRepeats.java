package quartermaster.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Answers to requests that may be sent again, to any of the services that share the ledger, and after a restart. */
public final class KeptRepeats {
    private static final int DROPPED_AT_ONCE = 50;

    private final Jdbi jdbi;

    KeptRepeats(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** @param body null where it was too long to be kept */
    public record Given(int status, Map<String, String> headers, byte @Nullable [] body) {
        public Given {
            headers = Map.copyOf(headers);
        }
    }

    /**
     * What is known of a key.
     *
     * @param request digest of what was asked with it first
     * @param isMine it was not known, or its request came to no end: whoever asked works on it now
     * @param given null while the request runs
     */
    public record Known(
            String request, boolean isMine, @Nullable Given given) {}

    /**
     * Begins to work on a request, unless somebody does or did.
     *
     * @param id of the key
     * @param request digest of what is asked
     * @param owner this one request
     * @param abandoned who began before has come to no end, and never will
     * @param forgotten what was begun before no longer counts
     */
    public Known begin(String id, String request, String owner, Instant now, Instant abandoned, Instant forgotten) {
        return jdbi.inTransaction(handle -> {
            handle.createUpdate("DELETE FROM repeat WHERE id = :id AND begun_at < :forgotten")
                    .bind("id", id)
                    .bind("forgotten", Database.text(forgotten))
                    .execute();
            int begun = handle.createUpdate("INSERT INTO repeat (id, request, begun_at, owner, bytes)"
                            + " VALUES (:id, :request, :now, :owner, 0) ON CONFLICT (id) DO NOTHING")
                    .bind("id", id)
                    .bind("request", request)
                    .bind("now", Database.text(now))
                    .bind("owner", owner)
                    .execute();
            if (begun == 0) {
                begun = handle.createUpdate("UPDATE repeat SET owner = :owner, begun_at = :now WHERE id = :id"
                                + " AND request = :request AND status IS NULL AND begun_at < :abandoned")
                        .bind("owner", owner)
                        .bind("now", Database.text(now))
                        .bind("id", id)
                        .bind("request", request)
                        .bind("abandoned", Database.text(abandoned))
                        .execute();
            }
            return begun == 1 ? new Known(request, true, null) : known(id, request, handle);
        });
    }

    private static Known known(String id, String request, Handle handle) {
        return handle.createQuery("SELECT request, status, headers, body FROM repeat WHERE id = :id")
                .bind("id", id)
                .map((row, context) -> new Known(row.getString("request"), false, given(row)))
                .findFirst()
                .orElse(new Known(request, false, null)); // it failed just now
    }

    private static @Nullable Given given(ResultSet row) throws SQLException {
        int status = row.getInt("status");
        if (row.wasNull()) {
            return null;
        }
        byte[] body = row.getBytes("body");
        Map<String, String> headers = new LinkedHashMap<>();
        row.getString("headers").lines().forEach(line -> {
            String[] pair = line.split(": ", 2);
            headers.put(pair[0], pair[1]);
        });
        return new Given(status, headers, body == null ? null : Packed.unpackBytes(body));
    }

    /** The answer, if it is still this owner's to give. */
    public boolean end(String id, String owner, Given given) {
        byte[] body = given.body() == null ? null : Packed.pack(given.body());
        String headers = given.headers().entrySet().stream()
                .map(each -> each.getKey() + ": " + each.getValue())
                .collect(Collectors.joining("\n"));
        return jdbi.withHandle(handle -> handle.createUpdate("UPDATE repeat SET status = :status, headers = :headers,"
                                + " body = :body, bytes = :bytes WHERE id = :id AND owner = :owner AND status IS NULL")
                        .bind("status", given.status())
                        .bind("headers", Database.clean(headers))
                        .bind("body", body)
                        .bind("bytes", body == null ? 0 : body.length)
                        .bind("id", id)
                        .bind("owner", owner)
                        .execute())
                == 1;
    }

    /** It was not answered, so it may be tried again. */
    public void giveUp(String id, String owner) {
        jdbi.useHandle(
                handle -> handle.createUpdate("DELETE FROM repeat WHERE id = :id AND owner = :owner AND status IS NULL")
                        .bind("id", id)
                        .bind("owner", owner)
                        .execute());
    }

    /** Deletes what is older, and the oldest until no more is left than that. */
    public void forget(Instant before, int mostKeys, long mostBytes) {
        jdbi.useTransaction(handle -> {
            handle.createUpdate("DELETE FROM repeat WHERE begun_at < :before")
                    .bind("before", Database.text(before))
                    .execute();
            while (isMore(handle, mostKeys, mostBytes)) {
                handle.createUpdate("DELETE FROM repeat WHERE id IN"
                                + " (SELECT id FROM repeat ORDER BY begun_at, id LIMIT :most)")
                        .bind("most", DROPPED_AT_ONCE)
                        .execute();
            }
        });
    }

    private static boolean isMore(Handle handle, int mostKeys, long mostBytes) {
        Optional<Boolean> more = handle.createQuery(
                        "SELECT COUNT(*) AS keys, COALESCE(SUM(bytes), 0) AS held FROM repeat")
                .map((row, context) -> row.getLong("keys") > mostKeys || row.getLong("held") > mostBytes)
                .findFirst();
        return more.orElse(false);
    }
}
