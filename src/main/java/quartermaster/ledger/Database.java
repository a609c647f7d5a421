package quartermaster.ledger;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import quartermaster.unit.Choice;

/** The ledger's statements. Every one of them runs on SQLite and on PostgreSQL. */
final class Database implements AutoCloseable {
    static final String FILE = "ledger.sqlite";
    static final String NEWEST_MIGRATION = "1"; // of those in db/migration

    private static final int BUSY_MILLIS = 5_000; // another process on the same workspace may be writing
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    private static final String VERSION =
            "v.id, v.created_at, v.origin, v.reason, v.manifest, v.catalogue, v.rules, v.program";
    private static final String DECISION = "id, created_at, version_id, request, answer, as_of, duration_micros";

    private final Jdbi jdbi;
    private final Handle writing; // stays open: SQLite tidies up its files whenever the last connection closes

    private Database(Jdbi jdbi) {
        this.jdbi = jdbi;
        this.writing = jdbi.open();
    }

    static Database open(Path folder) throws IOException {
        Durable.createFolder(folder);
        SQLiteDataSource file = new SQLiteDataSource(config());
        file.setUrl("jdbc:sqlite:" + folder.resolve(FILE).toAbsolutePath());
        if (!isUpToDate(file)) {
            migrate(file, folder);
        }
        return new Database(Jdbi.create(file));
    }

    /** Asked first, because looking for migrations takes longer than all else that opening does. */
    private static boolean isUpToDate(SQLiteDataSource file) {
        try (Connection connection = file.getConnection();
                PreparedStatement statement = connection.prepareStatement(
                        "SELECT MIN(success), MAX(version = ?) FROM flyway_schema_history")) {
            statement.setString(1, NEWEST_MIGRATION);
            try (ResultSet found = statement.executeQuery()) {
                return found.next() && found.getInt(1) == 1 && found.getInt(2) == 1;
            }
        } catch (SQLException e) {
            return false; // new, or not ours, or not to be read: the migration will say
        }
    }

    private static void migrate(SQLiteDataSource file, Path folder) throws IOException {
        FolderLock lock = FolderLock.take(folder.resolve("ledger.lock"));
        try {
            Flyway.configure(Database.class.getClassLoader())
                    .dataSource(file)
                    .locations("classpath:db/migration")
                    .load()
                    .migrate();
        } finally {
            lock.close();
        }
    }

    /**
     * A transaction survives the end of the program at once, and a power cut after the next checkpoint: a decision is
     * answered before it is written anyway, so a sync for each would promise nothing more.
     */
    private static SQLiteConfig config() {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.NORMAL);
        config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        config.setBusyTimeout(BUSY_MILLIS);
        return config;
    }

    /** All of them or none. Only one thread may call this. */
    void insert(List<Entry> entries) {
        writing.useTransaction(handle -> {
            PreparedBatch decisions = handle.prepareBatch("INSERT INTO decision (" + DECISION + ")"
                    + " VALUES (:id, :createdAt, :versionId, :request, :answer, :asOf, :durationMicros)"
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
        });
    }

    private static void add(KeptDecision decision, PreparedBatch batch) {
        batch.bind("id", decision.id())
                .bind("createdAt", text(decision.createdAt()))
                .bind("versionId", decision.versionId())
                .bind("request", decision.request())
                .bind("answer", decision.answer())
                .bind("asOf", decision.asOf().toString())
                .bind("durationMicros", decision.duration().toNanos() / 1_000)
                .add();
    }

    private static void insert(KeptVersion version, Handle handle) {
        handle.createUpdate("INSERT INTO version"
                        + " (id, created_at, origin, reason, manifest, catalogue, rules, program)"
                        + " VALUES (:id, :createdAt, :origin, :reason, :manifest, :catalogue, :rules, :program)"
                        + " ON CONFLICT (id) DO NOTHING")
                .bind("id", version.id())
                .bind("createdAt", text(version.createdAt()))
                .bind("origin", Choice.id(version.origin()))
                .bind("reason", version.reason())
                .bind("manifest", version.manifest().text())
                .bind("catalogue", version.catalogue())
                .bind("rules", version.rules())
                .bind("program", version.program())
                .execute();
    }

    private static void insert(Activation activation, Handle handle) {
        handle.createUpdate("INSERT INTO activation (version_id, at, origin, reason)"
                        + " VALUES (:versionId, :at, :origin, :reason) ON CONFLICT (version_id, at) DO NOTHING")
                .bind("versionId", activation.versionId())
                .bind("at", text(activation.at()))
                .bind("origin", Choice.id(activation.origin()))
                .bind("reason", activation.reason())
                .execute();
    }

    List<PastVersion> versions() {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT " + VERSION
                        + ", (SELECT MAX(a.at) FROM activation a WHERE a.version_id = v.id) AS last_activated"
                        + " FROM version v ORDER BY v.created_at DESC, v.id")
                .map((row, context) -> new PastVersion(version(row), time(row.getString("last_activated"))))
                .list());
    }

    List<KeptVersion> versionsFrom(String firstId, String lastId) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT " + VERSION + " FROM version v WHERE v.id BETWEEN :first AND :last ORDER BY v.id")
                .bind("first", firstId)
                .bind("last", lastId)
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

    /** The oldest of them, so many at once that nobody waits long; says how many. */
    int deleteDecisions(Instant before, int atMost) {
        return jdbi.withHandle(handle -> handle.createUpdate("DELETE FROM decision WHERE id IN"
                        + " (SELECT id FROM decision WHERE created_at < :before ORDER BY created_at LIMIT :most)")
                .bind("before", text(before))
                .bind("most", atMost)
                .execute());
    }

    @Override
    public void close() {
        writing.close();
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
                row.getString("program"));
    }

    private static KeptDecision decision(ResultSet row) throws SQLException {
        return new KeptDecision(
                row.getString("id"),
                Instant.parse(row.getString("created_at")),
                row.getString("version_id"),
                row.getString("request"),
                row.getString("answer"),
                LocalDate.parse(row.getString("as_of")),
                Duration.of(row.getLong("duration_micros"), ChronoUnit.MICROS));
    }

    private static Origin origin(String text) {
        return Choice.find(Origin.class, text)
                .orElseThrow(() -> new LedgerException("\"" + text + "\" must be one of " + Choice.ids(Origin.class)));
    }

    private static String text(Instant time) {
        return TIME.format(time);
    }

    private static @Nullable Instant time(@Nullable String text) {
        return text == null ? null : Instant.parse(text);
    }
}
