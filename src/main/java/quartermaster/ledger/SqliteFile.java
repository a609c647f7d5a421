package quartermaster.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteErrorCode;

/** {@code ledger.sqlite} in a folder of this machine. */
final class SqliteFile implements Source {
    static final String FILE = "ledger.sqlite";
    static final String NEWEST_MIGRATION = "7"; // of those in db/migration

    private static final Logger LOG = LoggerFactory.getLogger(SqliteFile.class);
    private static final int BUSY_MILLIS = 5_000; // another process on the same workspace may be writing
    private static final List<String> BESIDE = List.of("-wal", "-shm");
    private static final int PRIMARY_CODE = 0xff; // of an extended one
    private static final Set<Integer> DAMAGED =
            Set.of(SQLiteErrorCode.SQLITE_CORRUPT.code, SQLiteErrorCode.SQLITE_NOTADB.code);
    private static final int PAGES_AT_ONCE = 1_000; // so that nobody who writes waits long
    private static final int WORTH_A_REWRITE = 4; // a file of which one page in so many is free
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss").withZone(ZoneOffset.UTC);

    private final Path folder;
    private final Path file;
    private volatile @Nullable Object key; // the file that was opened; a new one of its name has another

    SqliteFile(Path folder) {
        this.folder = folder;
        this.file = folder.resolve(FILE);
    }

    @Override
    public String name() {
        return file.toString();
    }

    @Override
    public DataSource open() throws IOException {
        SqliteLibrary.load();
        Durable.createFolder(folder);
        SQLiteDataSource source = new SQLiteDataSource(config());
        source.setUrl("jdbc:sqlite:" + file.toAbsolutePath());
        if (file.toFile().length() == 0 || !isUpToDate(source)) {
            migrate(source);
        }
        key = keyOfFile();
        return source;
    }

    /** As it is at one moment, whoever writes it meanwhile. */
    static void copy(Path folder, Path to) throws IOException {
        SQLiteDataSource source = new SQLiteDataSource();
        source.setUrl("jdbc:sqlite:" + folder.resolve(FILE).toAbsolutePath());
        try (Connection connection = source.getConnection();
                PreparedStatement statement = connection.prepareStatement("VACUUM INTO ?")) {
            statement.setString(1, to.toAbsolutePath().toString());
            statement.execute();
        } catch (SQLException e) {
            throw new IOException("The ledger cannot be copied: " + e.getMessage(), e);
        }
    }

    /** What deleting frees can only be given back later if that is said before anything else. */
    private void create() throws IOException {
        for (String each : BESIDE) {
            Files.deleteIfExists(folder.resolve(FILE + each)); // of one that was deleted
        }
        SQLiteDataSource source = new SQLiteDataSource();
        source.setUrl("jdbc:sqlite:" + file.toAbsolutePath());
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA auto_vacuum = INCREMENTAL");
            statement.execute("PRAGMA journal_mode = WAL");
        } catch (SQLException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** Asked first, because looking for migrations takes longer than all else that opening does. */
    private static boolean isUpToDate(SQLiteDataSource source) {
        try (Connection connection = source.getConnection();
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

    private void migrate(SQLiteDataSource source) throws IOException {
        FolderLock lock = FolderLock.take(folder.resolve("ledger.lock"));
        try {
            if (file.toFile().length() == 0) {
                create();
            }
            Flyway.configure(SqliteFile.class.getClassLoader())
                    .dataSource(source)
                    .locations("classpath:db/migration")
                    .load()
                    .migrate();
        } finally {
            lock.close();
        }
    }

    /**
     * A transaction survives the end of the program at once, and a power cut after the next checkpoint: a sync for each
     * would promise little more, and cost much.
     */
    private static SQLiteConfig config() {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.NORMAL);
        config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        config.setBusyTimeout(BUSY_MILLIS);
        return config;
    }

    /** SQLite tidies up its files whenever the last connection closes. */
    @Override
    public boolean keepsConnection() {
        return true;
    }

    @Override
    public boolean isSame() {
        return Objects.equals(key, keyOfFile());
    }

    private @Nullable Object keyOfFile() {
        try {
            BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
            return found.fileKey() == null ? "there" : found.fileKey();
        } catch (IOException e) {
            return null;
        }
    }

    @Override
    public boolean isDamaged(Throwable failure) {
        if (key != null && file.toFile().isFile() && file.toFile().length() == 0) {
            return true; // it was cut off while it was open
        }
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .anyMatch(each -> each instanceof SQLException it
                        && (DAMAGED.contains(it.getErrorCode() & PRIMARY_CODE)
                                || it.getErrorCode() == SQLiteErrorCode.SQLITE_IOERR_SHORT_READ.code));
    }

    @Override
    public void putAside() throws IOException {
        String suffix = ".damaged-" + TIME.format(Instant.now());
        for (String each : Stream.concat(Stream.of(""), BESIDE.stream()).toList()) {
            try {
                Files.move(
                        folder.resolve(FILE + each),
                        folder.resolve(FILE + suffix + each),
                        StandardCopyOption.REPLACE_EXISTING);
            } catch (NoSuchFileException e) {
                LOG.debug("There is no {}{}.", FILE, each);
            }
        }
        LOG.error("{} is damaged; it was put aside as {}{} and a new one is begun.", file, FILE, suffix);
    }

    @Override
    public void giveBackSpace(Jdbi tables) {
        tables.useHandle(handle -> {
            int free = number(handle, "PRAGMA freelist_count");
            boolean gradual = number(handle, "PRAGMA auto_vacuum") != 0;
            if (gradual) {
                for (int left = free; left > 0; left -= PAGES_AT_ONCE) {
                    run(handle, "PRAGMA incremental_vacuum(" + PAGES_AT_ONCE + ")");
                }
            } else if (free > number(handle, "PRAGMA page_count") / WORTH_A_REWRITE) { // begun by an earlier program
                run(handle, "PRAGMA auto_vacuum = INCREMENTAL");
                run(handle, "VACUUM");
            }
            handle.createQuery("PRAGMA wal_checkpoint(TRUNCATE)")
                    .mapTo(Integer.class)
                    .list();
        });
    }

    /** To its end: what returns rows without columns is stopped after the first by other methods. */
    private static void run(Handle handle, String statementText) {
        try (Statement statement = handle.getConnection().createStatement()) {
            statement.executeUpdate(statementText);
        } catch (SQLException e) {
            throw new LedgerException("Space cannot be given back: " + e.getMessage(), e);
        }
    }

    private static int number(Handle handle, String pragma) {
        return handle.createQuery(pragma).mapTo(Integer.class).one();
    }

    @Override
    public long bytes() {
        return file.toFile().length()
                + BESIDE.stream()
                        .mapToLong(each -> folder.resolve(FILE + each).toFile().length())
                        .sum();
    }

    @Override
    public void announce(Handle handle) {
        // who shares a folder sees its files change
    }

    @Override
    public void listen(Runnable listener) {
        throw new IllegalStateException("Nobody else announces anything in " + file + ".");
    }

    @Override
    public void close() {
        // each connection is closed by who has it
    }
}
