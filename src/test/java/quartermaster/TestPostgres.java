package quartermaster;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/** A real PostgreSQL, started once for all tests that want one. */
public final class TestPostgres {
    private static final AtomicInteger MADE = new AtomicInteger();

    private TestPostgres() {}

    /** The address of an empty database of its own. */
    public static String newDatabase() {
        String name = "test_" + MADE.incrementAndGet();
        execute(Started.POSTGRES.getJdbcUrl("postgres", "postgres"), "CREATE DATABASE " + name);
        return Started.POSTGRES.getJdbcUrl("postgres", name);
    }

    /** Nobody is connected to it, and nobody can be, until it is back. */
    public static void stop(String address) {
        String name = nameOf(address);
        String server = Started.POSTGRES.getJdbcUrl("postgres", "postgres");
        execute(server, "ALTER DATABASE " + name + " ALLOW_CONNECTIONS false");
        execute(server, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + name + "'");
    }

    public static void bringBack(String address) {
        execute(
                Started.POSTGRES.getJdbcUrl("postgres", "postgres"),
                "ALTER DATABASE " + nameOf(address) + " ALLOW_CONNECTIONS true");
    }

    private static String nameOf(String address) {
        return address.replaceFirst("\\?.*", "").replaceFirst(".*/", "");
    }

    public static void execute(String address, String statementText) {
        try (Connection connection = DriverManager.getConnection(address);
                Statement statement = connection.createStatement()) {
            statement.execute(statementText);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class Started {
        private static final EmbeddedPostgres POSTGRES = start();

        private static EmbeddedPostgres start() {
            try {
                EmbeddedPostgres started = EmbeddedPostgres.builder()
                        .setServerConfig("fsync", "off") // it is thrown away whatever happens
                        .setServerConfig("shared_buffers", "16MB")
                        .start();
                Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(started)));
                return started;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static void stop(EmbeddedPostgres started) {
            try {
                started.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
