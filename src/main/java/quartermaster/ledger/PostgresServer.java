package quartermaster.ledger;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A PostgreSQL database that several services share. */
final class PostgresServer implements Source {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresServer.class);
    private static final String CHANNEL = "quartermaster";
    private static final int CONNECTIONS = 8;
    private static final Duration CONNECTING = Duration.ofSeconds(3);
    private static final Duration ANSWERING = Duration.ofSeconds(20); // whatever happens to the network
    private static final int LISTENING_MILLIS = 1_000;
    private static final Duration MEASURED_EVERY = Duration.ofSeconds(30);
    private static final String LIMITS = "SET statement_timeout = '15s'; SET lock_timeout = '5s';"
            + " SET idle_in_transaction_session_timeout = '30s'";

    private final DatabaseAddress address;
    private volatile @Nullable HikariDataSource pool;
    private volatile @Nullable Thread listening;
    private volatile boolean closed;
    private volatile long bytes;
    private long measuredAt;

    PostgresServer(DatabaseAddress address) {
        this.address = address;
    }

    @Override
    public String name() {
        return address.toString();
    }

    @Override
    public DataSource open() {
        close(pool);
        // It takes a lock of its own, so that services that start together wait for each other.
        Flyway.configure(PostgresServer.class.getClassLoader())
                .dataSource(address.url(), address.user(), address.password())
                .locations("classpath:db/migration")
                .load()
                .migrate();
        HikariDataSource made = new HikariDataSource(config());
        pool = made;
        return made;
    }

    private HikariConfig config() {
        HikariConfig config = new HikariConfig();
        config.setPoolName("ledger");
        config.setJdbcUrl(address.url());
        config.setUsername(address.user());
        config.setPassword(address.password());
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(CONNECTING.toMillis());
        config.setValidationTimeout(CONNECTING.toMillis() / 2);
        config.setInitializationFailTimeout(CONNECTING.toMillis());
        config.setConnectionInitSql(LIMITS);
        timeouts().forEach((name, value) -> config.addDataSourceProperty(String.valueOf(name), value));
        return config;
    }

    private static Properties timeouts() {
        Properties timeouts = new Properties();
        PGProperty.CONNECT_TIMEOUT.set(timeouts, (int) CONNECTING.toSeconds());
        PGProperty.SOCKET_TIMEOUT.set(timeouts, (int) ANSWERING.toSeconds());
        PGProperty.TCP_KEEP_ALIVE.set(timeouts, true);
        PGProperty.APPLICATION_NAME.set(timeouts, CHANNEL);
        return timeouts;
    }

    @Override
    public boolean keepsConnection() {
        return false;
    }

    @Override
    public boolean isSame() {
        return true;
    }

    @Override
    public boolean isDamaged(Throwable failure) {
        return false; // that is for those who run it to say
    }

    @Override
    public void putAside() {
        throw new IllegalStateException("A database of others is not put aside.");
    }

    @Override
    public void giveBackSpace(Jdbi tables) {
        // it does that by itself
    }

    @Override
    public long bytes() {
        return bytes;
    }

    @Override
    public void announce(Handle handle) {
        handle.execute("NOTIFY " + CHANNEL);
    }

    @Override
    public void listen(Runnable listener) {
        Thread thread = new Thread(() -> listenOn(listener), "listening to the database");
        thread.setDaemon(true);
        listening = thread;
        thread.start();
    }

    private void listenOn(Runnable listener) {
        boolean told = false;
        while (!closed) {
            try (Connection connection = connect();
                    Statement statement = connection.createStatement()) {
                statement.execute("LISTEN " + CHANNEL);
                PGConnection hearing = connection.unwrap(PGConnection.class);
                told = false;
                while (!closed) {
                    listener.run();
                    measure(statement);
                    hearing.getNotifications(LISTENING_MILLIS);
                }
            } catch (SQLException e) {
                if (!told && !closed) {
                    LOG.warn("{} cannot be listened to at present: {}", address, e.getMessage());
                    told = true;
                }
                pause();
            }
        }
    }

    private Connection connect() throws SQLException {
        Properties properties = timeouts();
        if (address.user() != null) {
            properties.setProperty("user", address.user());
        }
        if (address.password() != null) {
            properties.setProperty("password", address.password());
        }
        return DriverManager.getConnection(address.url(), properties);
    }

    private void measure(Statement statement) throws SQLException {
        long now = System.nanoTime();
        if (bytes == 0 || now - measuredAt > MEASURED_EVERY.toNanos()) {
            measuredAt = now;
            try (ResultSet size = statement.executeQuery("SELECT pg_database_size(current_database())")) {
                bytes = size.next() ? size.getLong(1) : 0;
            }
        }
    }

    private void pause() {
        try {
            Thread.sleep(LISTENING_MILLIS);
        } catch (InterruptedException e) {
            closed = true;
        }
    }

    @Override
    public void close() {
        closed = true;
        Thread thread = listening;
        if (thread != null) {
            thread.interrupt();
        }
        close(pool);
    }

    private static void close(@Nullable HikariDataSource open) {
        if (open != null) {
            open.close();
        }
    }
}
