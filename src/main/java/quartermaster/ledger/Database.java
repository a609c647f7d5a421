package quartermaster.ledger;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quartermaster.unit.Choice;

/** The ledger's statements. Every one of them runs on SQLite and on PostgreSQL. */
final class Database implements AutoCloseable {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    private static final String AFTER_ALL = "9999"; // sorts behind every time

    private static final String VERSION =
            "v.id, v.created_at, v.origin, v.reason, v.manifest, v.catalogue, v.rules, v.program, v.actor";
    private static final String DECISION =
            "id, created_at, version_id, request, answer, as_of, duration_micros, actor, packed_answer";

    private static final Logger LOG = LoggerFactory.getLogger(Database.class);

    private final Source source;
    private final Jdbi jdbi;
    private @Nullable Handle writing; // null where each transaction takes a connection of its own

    private Database(Source source, Jdbi jdbi) {
        this.source = source;
        this.jdbi = jdbi;
        this.writing = source.keepsConnection() ? jdbi.open() : null;
    }

    static Database open(Source source) throws IOException {
        return new Database(source, Jdbi.create(source.open()));
    }

    /** All of them or none. Only one thread may call this. */
    void insert(List<Entry> entries) {
        Handle open = writing;
        if (open == null) {
            jdbi.useTransaction(handle -> insert(entries, handle));
            return;
        }
        try {
            open.useTransaction(handle -> insert(entries, handle));
        } catch (RuntimeException e) { // a connection that could not begin or end a transaction is good for nothing
            close();
            writing = jdbi.open();
            throw e;
        }
    }

    static void insert(List<Entry> entries, Handle handle) {
        PreparedBatch decisions = handle.prepareBatch("INSERT INTO decision (" + DECISION + ")"
                + " VALUES (:id, :createdAt, :versionId, :request, :answer, :asOf, :durationMicros, :actor,"
                + " :packedAnswer)"
                + " ON CONFLICT (id) DO NOTHING");
        for (Entry entry : entries) {
            if (entry instanceof KeptDecision decision) {
                add(decision, decisions);
            } else if (entry instanceof KeptVersion version) {
                insert(version, handle);
            } else if (entry instanceof Activation activation) {
                insert(activation, handle);
            }
        }
        decisions.execute();
    }

    /** The version that all services decide with that share this database. */
    Optional<KeptVersion> inForce() {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT " + VERSION + " FROM in_force f JOIN version v ON v.id = f.version_id")
                .map((row, context) -> version(row))
                .findFirst());
    }

    /** Its id alone. */
    Optional<String> inForceId() {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT version_id FROM in_force")
                .mapTo(String.class)
                .findFirst());
    }

    /**
     * Keeps the version with its files and puts it in force, all of it or nothing.
     *
     * @param files content by digest
     * @param expected what is in force; null where nothing is yet
     * @return false where something else is
     */
    boolean putInForce(
            KeptVersion version, Map<String, byte[]> files, Activation activation, @Nullable String expected) {
        return jdbi.inTransaction(handle -> {
            if (!replace(version.id(), expected, handle)) {
                return false;
            }
            insertFiles(files, handle);
            insert(version, handle);
            insert(activation, handle);
            source.announce(handle);
            return true;
        });
    }

    /** @param files content by digest */
    static void insertFiles(Map<String, byte[]> files, Handle handle) {
        files.forEach((digest, content) -> handle.createUpdate("INSERT INTO version_file (digest, content)"
                        + " VALUES (:digest, :content) ON CONFLICT (digest) DO NOTHING")
                .bind("digest", digest)
                .bind("content", content)
                .execute());
    }

    Rescores rescores() {
        return new Rescores(jdbi);
    }

    WorkbookJobs workbooks() {
        return new WorkbookJobs(jdbi);
    }

    KeptRepeats repeats() {
        return new KeptRepeats(jdbi);
    }

    WaitingApprovals approvals() {
        return new WaitingApprovals(jdbi);
    }

    /** Whoever comes second waits for the first one's transaction, and then finds another version than he expected. */
    private static boolean replace(String id, @Nullable String expected, Handle handle) {
        if (expected == null) {
            return handle.createUpdate("INSERT INTO in_force (only_one, version_id) VALUES (1, :id)"
                                    + " ON CONFLICT (only_one) DO NOTHING")
                            .bind("id", id)
                            .execute()
                    == 1;
        }
        return handle.createUpdate("UPDATE in_force SET version_id = :id WHERE version_id = :expected")
                        .bind("id", id)
                        .bind("expected", expected)
                        .execute()
                == 1;
    }

    Optional<byte[]> findFile(String digest) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT content FROM version_file WHERE digest = :digest")
                .bind("digest", digest)
                .mapTo(byte[].class)
                .findFirst());
    }

    private static void add(KeptDecision decision, PreparedBatch batch) {
        batch.bind("id", decision.id())
                .bind("createdAt", text(decision.createdAt()))
                .bind("versionId", decision.versionId())
                .bind("request", clean(decision.request()))
                .bind("answer", "")
                .bind("packedAnswer", Packed.pack(decision.answer()))
                .bind("asOf", decision.asOf().toString())
                .bind("durationMicros", decision.duration().toNanos() / 1_000)
                .bind("actor", clean(decision.actor()))
                .add();
    }

    private static void insert(KeptVersion version, Handle handle) {
        handle.createUpdate("INSERT INTO version"
                        + " (id, created_at, origin, reason, manifest, catalogue, rules, program, actor)"
                        + " VALUES (:id, :createdAt, :origin, :reason, :manifest, :catalogue, :rules, :program,"
                        + " :actor)"
                        + " ON CONFLICT (id) DO NOTHING")
                .bind("id", version.id())
                .bind("createdAt", text(version.createdAt()))
                .bind("origin", Choice.id(version.origin()))
                .bind("reason", clean(version.reason()))
                .bind("manifest", version.manifest().text())
                .bind("catalogue", version.catalogue())
                .bind("rules", version.rules())
                .bind("program", version.program())
                .bind("actor", clean(version.actor()))
                .execute();
    }

    private static void insert(Activation activation, Handle handle) {
        handle.createUpdate("INSERT INTO activation (version_id, at, origin, reason, actor)"
                        + " VALUES (:versionId, :at, :origin, :reason, :actor) ON CONFLICT (version_id, at) DO NOTHING")
                .bind("versionId", activation.versionId())
                .bind("at", text(activation.at()))
                .bind("origin", Choice.id(activation.origin()))
                .bind("reason", clean(activation.reason()))
                .bind("actor", clean(activation.actor()))
                .execute();
    }

    List<PastVersion> versions() {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT " + VERSION
                        + ", (SELECT MAX(a.at) FROM activation a WHERE a.version_id = v.id) AS last_activated"
                        + " FROM version v ORDER BY v.created_at DESC, v.id")
                .map((row, context) -> new PastVersion(version(row), time(row.getString("last_activated"))))
                .list());
    }

    /** Compared byte for byte, whatever order of letters the database has. */
    List<KeptVersion> versionsThatBegin(String prefix) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT " + VERSION + " FROM version v WHERE substr(v.id, 1, :length) = :prefix ORDER BY v.id")
                .bind("length", prefix.length())
                .bind("prefix", prefix)
                .map((row, context) -> version(row))
                .list());
    }

    Optional<KeptDecision> findDecision(String id) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT " + DECISION + " FROM decision WHERE id = :id")
                .bind("id", id)
                .map((row, context) -> decision(row))
                .findFirst());
    }

    void newestDecisions(int limit, Consumer<KeptDecision> reader) {
        jdbi.useHandle(handle -> handle.createQuery(
                        "SELECT " + DECISION + " FROM decision ORDER BY created_at DESC, id DESC LIMIT :limit")
                .bind("limit", limit)
                .map((row, context) -> decision(row))
                .useStream(decisions -> decisions.forEach(reader)));
    }

    DecisionLog.Page page(DecisionLog.Search search, DecisionLog.@Nullable Position after, int limit) {
        String order = search.newestFirst() ? "DESC" : "ASC";
        String beyond = search.newestFirst() ? "<" : ">";
        String rest = after == null
                ? ""
                : " AND created_at " + beyond + "= :at AND (created_at " + beyond + " :at OR id " + beyond + " :id)";
        List<KeptDecision> found = jdbi.withHandle(handle -> {
            Query query = searching(
                            handle,
                            DECISION,
                            search,
                            rest + " ORDER BY created_at " + order + ", id " + order + " LIMIT :limit")
                    .bind("limit", limit + 1);
            if (after != null) {
                query.bind("at", text(after.at())).bind("id", after.id());
            }
            return query.map((row, context) -> decision(row)).list();
        });
        boolean isAll = found.size() <= limit;
        List<KeptDecision> shown = isAll ? found : found.subList(0, limit);
        return new DecisionLog.Page(shown, isAll ? null : DecisionLog.Position.of(shown.get(limit - 1)));
    }

    long count(DecisionLog.Search search) {
        return jdbi.withHandle(handle ->
                searching(handle, "COUNT(*)", search, "").mapTo(Long.class).one());
    }

    private static Query searching(Handle handle, String what, DecisionLog.Search search, String rest) {
        String version = search.versionId();
        Query query = handle.createQuery("SELECT " + what
                        + " FROM decision WHERE created_at >= :since AND created_at < :until"
                        + (version == null ? "" : " AND version_id = :version") + rest)
                .bind("since", text(search.since()))
                .bind("until", search.until() == null ? AFTER_ALL : text(search.until()));
        return version == null ? query : query.bind("version", version);
    }

    /** The oldest of them, so many at once that nobody waits long; says how many. */
    int deleteDecisions(Instant before, int atMost) {
        return jdbi.withHandle(handle -> handle.createUpdate("DELETE FROM decision WHERE id IN"
                        + " (SELECT id FROM decision WHERE created_at < :before ORDER BY created_at LIMIT :most)")
                .bind("before", text(before))
                .bind("most", atMost)
                .execute());
    }

    void giveBackSpace() {
        source.giveBackSpace(jdbi);
    }

    @Override
    public void close() {
        Handle open = writing;
        if (open == null) {
            return;
        }
        try {
            open.close();
        } catch (JdbiException e) {
            LOG.info("A connection to the ledger ended in the middle of something: {}", e.getMessage());
        }
    }

    private static KeptVersion version(ResultSet row) throws SQLException {
        return new KeptVersion(
                row.getString("id"),
                Instant.parse(row.getString("created_at")),
                origin(row.getString("origin")),
                row.getString("reason"),
                Manifest.parse(row.getString("manifest")),
                row.getString("catalogue"),
                row.getString("rules"),
                row.getString("program"),
                row.getString("actor"));
    }

    private static KeptDecision decision(ResultSet row) throws SQLException {
        byte[] packed = row.getBytes("packed_answer");
        return new KeptDecision(
                row.getString("id"),
                Instant.parse(row.getString("created_at")),
                row.getString("version_id"),
                row.getString("request"),
                packed == null ? row.getString("answer") : Packed.unpack(packed),
                LocalDate.parse(row.getString("as_of")),
                Duration.of(row.getLong("duration_micros"), ChronoUnit.MICROS),
                row.getString("actor"));
    }

    List<Activation> activations(int limit) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT version_id, at, origin, reason, actor FROM activation"
                                + " ORDER BY at DESC, version_id LIMIT :limit")
                .bind("limit", limit)
                .map((row, context) -> new Activation(
                        row.getString("version_id"),
                        Instant.parse(row.getString("at")),
                        origin(row.getString("origin")),
                        row.getString("reason"),
                        row.getString("actor")))
                .list());
    }

    private static Origin origin(String text) {
        return Choice.find(Origin.class, text)
                .orElseThrow(() -> new LedgerException("\"" + text + "\" must be one of " + Choice.ids(Origin.class)));
    }

    /** PostgreSQL takes neither a NUL nor half a character; SQLite does. */
    static @Nullable String clean(@Nullable String text) {
        return text == null
                ? null
                : new String(text.replace('\0', '\ufffd').getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    static String text(Instant time) {
        return TIME.format(time);
    }

    private static @Nullable Instant time(@Nullable String text) {
        return text == null ? null : Instant.parse(text);
    }
}
