package quartermaster.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quartermaster.unit.Digests;

class LedgerTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    @TempDir
    private Path folder;

    @Test
    void a_decision_comes_back_as_it_was_kept() {
        KeptDecision decision = new KeptDecision(
                "01J",
                Instant.parse("2026-11-22T12:00:00.123456Z"),
                Digests.of("version"),
                "{\"note\":\"größer, 大きい, 🚀, 'quoted', \\u0000\"}",
                "{\n  \"score\": 86.40\r\n}\n",
                LocalDate.of(2026, 11, 21),
                Duration.ofNanos(1_234_000));
        try (Ledger ledger = Ledger.open(folder)) {
            ledger.record(decision);
            ledger.flush();
            assertThat(ledger.newestDecisions(10)).containsExactly(decision);
        }
        try (Ledger ledger = Ledger.open(folder)) {
            assertThat(ledger.findDecision("01J")).contains(decision);
            assertThat(ledger.findDecision("01K")).isEmpty();
        }
    }

    @Test
    void a_decision_can_be_found_before_it_is_on_the_disk() throws Exception {
        try (Ledger ledger = Ledger.open(folder);
                Connection other = connection()) {
            assertThat(ledger.versions()).as("it is open").isEmpty();
            try (Statement statement = other.createStatement()) {
                statement.execute("BEGIN IMMEDIATE"); // nobody else may write until this ends
                ledger.record(decision("waits", NOON));
                assertThat(ledger.waiting()).isEqualTo(1);
                assertThat(ledger.findDecision("waits")).isPresent();
                statement.execute("COMMIT");
            }
            ledger.flush();
            assertThat(ledger.waiting()).isZero();
            assertThat(ledger.findDecision("waits")).isPresent();
        }
    }

    @Test
    void the_newest_decisions_come_first() {
        try (Ledger ledger = Ledger.open(folder)) {
            ledger.record(decision("b", NOON.plusNanos(1_000)));
            ledger.record(decision("a", NOON)); // ".000000Z" sorts before ".000001Z"
            ledger.record(decision("d", NOON.plusSeconds(1)));
            ledger.record(decision("c", NOON.plusMillis(500)));
            ledger.flush();
            assertThat(ledger.newestDecisions(3)).extracting(KeptDecision::id).containsExactly("d", "c", "b");
        }
    }

    @Test
    void a_decision_that_is_recorded_twice_is_kept_once() {
        try (Ledger ledger = Ledger.open(folder)) {
            for (int i = 0; i < 2; i++) {
                ledger.record(decision("same", NOON.plusSeconds(i)));
                ledger.flush();
            }
            assertThat(ledger.newestDecisions(10))
                    .extracting(KeptDecision::createdAt)
                    .containsExactly(NOON);
            assertThat(ledger.lost()).isZero();
        }
    }

    @Test
    void closing_writes_what_waits() {
        try (Ledger ledger = Ledger.open(folder)) {
            for (int i = 0; i < 1_000; i++) {
                ledger.record(decision("decision " + i, NOON.plusSeconds(i)));
            }
        }
        try (Ledger ledger = Ledger.open(folder)) {
            assertThat(ledger.newestDecisions(2_000)).hasSize(1_000);
        }
    }

    @Test
    void old_decisions_are_forgotten_and_versions_are_not() {
        try (Ledger ledger = Ledger.open(folder)) {
            ledger.keep(version("a", NOON.minusSeconds(9_999), Origin.LOADED));
            for (int i = 0; i < 2_500; i++) {
                ledger.record(decision("old " + i, NOON.minusMillis(1 + i)));
            }
            ledger.record(decision("young", NOON));

            assertThat(ledger.forgetDecisions(NOON)).isEqualTo(2_500);

            assertThat(ledger.newestDecisions(10)).extracting(KeptDecision::id).containsExactly("young");
            assertThat(ledger.versions()).hasSize(1);
        }
    }

    @Test
    void a_version_is_kept_once_with_its_first_origin() {
        KeptVersion version = version("a", NOON, Origin.LOADED);
        try (Ledger ledger = Ledger.open(folder)) {
            ledger.keep(version);
            ledger.keep(version("a", NOON.plusSeconds(9), Origin.PUBLISHED));
            assertThat(ledger.versions()).containsExactly(new PastVersion(version, null));
            assertThat(ledger.findVersion(version.id())).contains(version);
        }
    }

    @Test
    void the_history_has_the_newest_version_first_and_says_when_each_was_last_in_force() {
        KeptVersion first = version("a", NOON, Origin.LOADED);
        KeptVersion second = version("b", NOON.plusSeconds(1), Origin.PUBLISHED);
        try (Ledger ledger = Ledger.open(folder)) {
            ledger.keep(first);
            ledger.keep(second);
            ledger.record(new Activation(first.id(), NOON, Origin.LOADED, null));
            ledger.record(new Activation(second.id(), NOON.plusSeconds(2), Origin.PUBLISHED, null));
            ledger.record(new Activation(first.id(), NOON.plusSeconds(3), Origin.ACTIVATED, "the new one was wrong"));
            assertThat(ledger.versions())
                    .containsExactly(
                            new PastVersion(second, NOON.plusSeconds(2)), new PastVersion(first, NOON.plusSeconds(3)));
        }
    }

    @Test
    void a_version_is_found_by_the_first_digits_that_tell_it_apart() {
        KeptVersion one = versionWithId("sha256:" + "0".repeat(63) + "1");
        KeptVersion two = versionWithId("sha256:" + "0".repeat(63) + "2");
        KeptVersion other = versionWithId("sha256:f00d" + "0".repeat(60));
        try (Ledger ledger = Ledger.open(folder)) {
            List.of(one, two, other).forEach(ledger::keep);
            assertThat(ledger.findVersion("f00d")).contains(other);
            assertThat(ledger.findVersion("sha256:f00d0")).contains(other);
            assertThat(ledger.findVersion("f00")).as("too short").isEmpty();
            assertThat(ledger.findVersion("f00e")).isEmpty();
            assertThat(ledger.findVersion("%")).isEmpty();
            assertThat(ledger.findVersion("0".repeat(63) + "2")).contains(two);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ledger.findVersion("0000"))
                    .withMessageContaining("2 versions");
        }
    }

    @Test
    void many_read_while_one_writes() throws Exception {
        ExecutorService readers = Executors.newFixedThreadPool(4);
        AtomicBoolean writing = new AtomicBoolean(true);
        try (Ledger ledger = Ledger.open(folder)) {
            List<Future<Integer>> reads = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                reads.add(readers.submit(() -> {
                    int seen = 0;
                    while (writing.get()) {
                        int now = ledger.newestDecisions(Integer.MAX_VALUE).size();
                        assertThat(now).isGreaterThanOrEqualTo(seen);
                        seen = now;
                    }
                    return seen;
                }));
            }
            for (int i = 0; i < 2_000; i++) {
                ledger.record(decision("decision " + i, NOON.plusSeconds(i)));
                if (i % 100 == 0) {
                    ledger.keep(version("version " + i, NOON, Origin.PUBLISHED));
                }
            }
            ledger.flush();
            writing.set(false);
            for (Future<Integer> read : reads) {
                assertThat(read.get()).isLessThanOrEqualTo(2_000);
            }
            assertThat(ledger.newestDecisions(3_000)).hasSize(2_000);
            assertThat(ledger.versions()).hasSize(20);
            assertThat(ledger.lost()).isZero();
            assertThat(ledger.findProblem()).isEmpty();
        } finally {
            readers.shutdownNow();
        }
    }

    @Test
    void an_empty_file_becomes_a_ledger() throws Exception {
        Files.createFile(folder.resolve("ledger.sqlite"));
        try (Ledger ledger = Ledger.open(folder)) {
            ledger.keep(version("a", NOON, Origin.LOADED));
            assertThat(ledger.versions()).hasSize(1);
            assertThat(ledger.findProblem()).isEmpty();
        }
    }

    @Test
    void a_ledger_that_a_newer_program_has_migrated_is_still_used() throws Exception {
        KeptVersion version = version("a", NOON, Origin.LOADED);
        try (Ledger ledger = Ledger.open(folder)) {
            ledger.keep(version);
        }
        change("ALTER TABLE version ADD COLUMN mood TEXT");
        change(
                "INSERT INTO flyway_schema_history SELECT 99, '99', 'mood', type, 'V99__mood.sql', checksum,"
                        + " installed_by, installed_on, execution_time, success FROM flyway_schema_history WHERE version = '1'");
        try (Ledger ledger = Ledger.open(folder)) {
            assertThat(ledger.findVersion(version.id())).contains(version);
            assertThat(ledger.findProblem()).isEmpty();
        }
    }

    @Test
    void a_migration_that_was_not_done_or_failed_is_done_at_the_next_start() throws Exception {
        KeptVersion version = version("a", NOON, Origin.LOADED);
        try (Ledger ledger = Ledger.open(folder)) {
            ledger.keep(version);
        }
        change("UPDATE flyway_schema_history SET success = 0");
        try (Ledger ledger = Ledger.open(folder)) {
            assertThatThrownBy(ledger::versions).isInstanceOf(LedgerException.class);
        }
        change("DROP TABLE activation");
        change("DROP TABLE decision");
        change("DROP TABLE version");
        change("DELETE FROM flyway_schema_history");
        try (Ledger ledger = Ledger.open(folder)) {
            ledger.keep(version);
            assertThat(ledger.findVersion(version.id())).contains(version);
        }
    }

    @Test
    void the_newest_migration_is_the_one_that_an_up_to_date_ledger_must_have() throws Exception {
        Path migrations = Path.of(Database.class.getResource("/db/migration").toURI());
        try (Stream<Path> files = Files.list(migrations)) {
            assertThat(files.map(file -> file.getFileName().toString().replaceAll("^V(\\d+)__.*", "$1"))
                            .max(Comparator.comparingInt(Integer::parseInt)))
                    .contains(Database.NEWEST_MIGRATION);
        }
    }

    @Test
    void a_database_of_somebody_else_is_left_alone() throws Exception {
        change("CREATE TABLE somebody_elses (word TEXT)");
        try (Ledger ledger = Ledger.open(folder)) {
            ledger.keep(version("a", NOON, Origin.LOADED));
            ledger.flush();
            assertThat(ledger.findProblem()).isPresent();
        }
        try (Connection now = connection();
                Statement statement = now.createStatement();
                ResultSet tables = statement.executeQuery("SELECT COUNT(*) FROM sqlite_master")) {
            assertThat(tables.getInt(1)).isEqualTo(1);
        }
    }

    @Test
    void a_folder_that_cannot_be_written_loses_decisions_and_fails_nothing() throws Exception {
        Path file = Files.writeString(folder.resolve("a file"), "not a folder");
        try (Ledger ledger = Ledger.open(file)) {
            ledger.record(decision("lost", NOON));
            ledger.keep(version("a", NOON, Origin.LOADED));
            ledger.record(new Activation("a", NOON, Origin.LOADED, null));
            ledger.flush();
            assertThat(ledger.lost()).isEqualTo(3);
            assertThat(ledger.findProblem())
                    .hasValueSatisfying(problem -> assertThat(problem).contains("ledger.sqlite", "cannot be opened"));
            assertThatThrownBy(ledger::versions).isInstanceOf(LedgerException.class);
        }
    }

    @Test
    void a_file_that_is_no_database_loses_decisions_and_fails_nothing() throws Exception {
        Files.writeString(folder.resolve("ledger.sqlite"), "This is a letter, and not a database. ".repeat(100));
        try (Ledger ledger = Ledger.open(folder)) {
            ledger.record(decision("lost", NOON));
            ledger.flush();
            assertThat(ledger.lost()).isEqualTo(1);
            assertThat(ledger.findProblem()).isPresent();
        }
    }

    @Test
    void what_fails_for_a_while_is_counted_and_then_goes_on() throws Exception {
        try (Ledger ledger = Ledger.open(folder)) {
            assertThat(ledger.versions()).as("it is open").isEmpty();
            change("ALTER TABLE decision RENAME TO elsewhere");
            ledger.record(decision("lost", NOON));
            ledger.flush();
            assertThat(ledger.lost()).isEqualTo(1);
            assertThat(ledger.findProblem()).isPresent();

            change("ALTER TABLE elsewhere RENAME TO decision");
            ledger.record(decision("kept", NOON));
            ledger.flush();
            assertThat(ledger.newestDecisions(10)).extracting(KeptDecision::id).containsExactly("kept");
            assertThat(ledger.lost()).isEqualTo(1);
            assertThat(ledger.findProblem()).isEmpty();
        }
    }

    @Test
    void when_too_many_wait_the_rest_is_lost_and_counted() throws Exception {
        try (Ledger ledger = Ledger.open(folder);
                Connection other = connection();
                Statement statement = other.createStatement()) {
            assertThat(ledger.versions()).as("it is open").isEmpty();
            statement.execute("BEGIN IMMEDIATE");
            int sent = 5_000;
            for (int i = 0; i < sent; i++) {
                ledger.record(decision("decision " + i, NOON.plusSeconds(i)));
            }
            int waiting = ledger.waiting();
            assertThat(waiting).isLessThan(sent);
            assertThat(ledger.lost()).isEqualTo(sent - waiting);
            statement.execute("COMMIT");
            ledger.flush();
            assertThat(ledger.newestDecisions(sent)).hasSize(waiting);
        }
    }

    private void change(String statementText) throws Exception {
        try (Connection other = connection();
                Statement statement = other.createStatement()) {
            statement.execute(statementText);
        }
    }

    private Connection connection() throws Exception {
        return DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("ledger.sqlite"));
    }

    private static KeptDecision decision(String id, Instant createdAt) {
        return new KeptDecision(
                id, createdAt, Digests.of("version"), "{}", "{}", LocalDate.of(2026, 11, 22), Duration.ofMillis(3));
    }

    private static KeptVersion version(String content, Instant createdAt, Origin origin) {
        Manifest manifest = Manifest.of(Map.of("rules/my policy.xlsx", Digests.of(content)));
        return new KeptVersion(
                Digests.of(manifest.text()),
                createdAt,
                origin,
                null,
                manifest,
                Digests.of("c"),
                Digests.of("r"),
                "0.1.0");
    }

    private static KeptVersion versionWithId(String id) {
        return new KeptVersion(id, NOON, Origin.LOADED, null, Manifest.of(Map.of()), "c", "r", "0.1.0");
    }
}
