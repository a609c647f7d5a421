package quartermaster.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import quartermaster.unit.Digests;

class LedgerTest extends LedgerStatements {
    @TempDir
    private Path folder;

    @Override
    Ledger open() {
        return Ledger.open(folder);
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
                    .contains(SqliteFile.NEWEST_MIGRATION);
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
    void a_file_that_is_no_database_is_put_aside_and_a_new_one_begun() throws Exception {
        String letter = "This is a letter, and not a database. ".repeat(100);
        Files.writeString(folder.resolve("ledger.sqlite"), letter);
        try (Ledger ledger = Ledger.open(folder)) {
            ledger.record(decision("kept", NOON));
            assertThat(ledger.newestDecisions(9)).hasSize(1);
            assertThat(ledger.lost()).isZero();
            assertThat(ledger.errors()).isEqualTo(1);
            assertThat(ledger.findProblem()).isEmpty();
        }
        assertThat(damaged()).singleElement().satisfies(file -> assertThat(file).hasContent(letter));
    }

    @Test
    void what_fails_for_a_while_is_counted_and_written_when_it_goes_again() throws Exception {
        try (Ledger ledger = Ledger.open(folder)) {
            assertThat(ledger.versions()).as("it is open").isEmpty();
            change("ALTER TABLE decision RENAME TO elsewhere");
            assertThat(ledger.record(decision("late", NOON)).get()).isFalse();
            ledger.flush();
            assertThat(ledger.lost()).isZero();
            assertThat(ledger.waitingAside()).isEqualTo(1);
            assertThat(ledger.errors()).isPositive();
            assertThat(ledger.findProblem()).isPresent();

            change("ALTER TABLE elsewhere RENAME TO decision");
            assertThat(ledger.record(decision("now", NOON.plusSeconds(1))).get())
                    .isTrue();
            awaitNothingAside(ledger);
            assertThat(ledger.newestDecisions(10)).extracting(KeptDecision::id).containsExactly("now", "late");
            assertThat(ledger.lost()).isZero();
            assertThat(ledger.findProblem()).isEmpty();
        }
    }

    @Test
    void what_waits_outlives_the_program() throws Exception {
        Spill left = new Spill(folder, 1_000_000);
        KeptVersion version = version("a", NOON, Origin.PUBLISHED);
        Activation activation = new Activation(version.id(), NOON, Origin.PUBLISHED, null, "dora");
        assertThat(left.add(List.of(version, activation, decision("first", NOON))))
                .isTrue();
        assertThat(left.add(List.of(decision("second", NOON.plusSeconds(1))))).isTrue();
        left.close();
        Path file = folder.resolve("waiting-1");
        Files.write(file, new byte[] {0, 0, 1, 0, 9, 9}, StandardOpenOption.APPEND); // a crash cut this off
        try (Ledger ledger = Ledger.open(folder)) {
            ledger.record(decision("third", NOON.plusSeconds(2)));
            ledger.flush();
            awaitNothingAside(ledger);
            assertThat(ledger.newestDecisions(9))
                    .extracting(KeptDecision::id)
                    .containsExactly("third", "second", "first");
            assertThat(ledger.findVersion(version.id())).contains(version);
            assertThat(ledger.newestActivations(9)).containsExactly(activation);
            assertThat(file).isEmptyFile();
        }
    }

    @Test
    void what_waits_is_bounded_and_the_rest_is_lost_and_counted() throws Exception {
        try (Ledger ledger = Ledger.open(folder, null, 2_000)) {
            assertThat(ledger.versions()).as("it is open").isEmpty();
            change("ALTER TABLE decision RENAME TO elsewhere");
            for (int i = 0; i < 50; i++) {
                ledger.record(decision("decision " + i, NOON.plusSeconds(i))).get();
            }
            assertThat(ledger.lost()).isPositive().isEqualTo(50 - ledger.waitingAside());
            assertThat(Files.size(folder.resolve("waiting-1"))).isLessThanOrEqualTo(2_000);
            int waited = ledger.waitingAside();
            change("ALTER TABLE elsewhere RENAME TO decision");
            awaitNothingAside(ledger);
            assertThat(ledger.newestDecisions(99)).hasSize(waited);
        }
    }

    @Test
    void room_that_was_kept_is_used_again_and_again_and_holds_nothing_else() throws Exception {
        Path file = folder.resolve("waiting-1");
        Spill spill = new Spill(folder, 1_000_000);
        spill.reserve(100_000);
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < 5 - round; i++) {
                assertThat(spill.add(List.of(decision("decision " + i, NOON)))).isTrue();
            }
            assertThat(file).hasSize(100_000);
            spill.close();
            spill = new Spill(folder, 1_000_000);
            spill.recover();
            spill.reserve(100_000);
            assertThat(spill.waiting()).isEqualTo(5 - round);
            assertThat(spill.oldest(99)).hasSize(5 - round);
            spill.written();
            assertThat(spill.waiting()).isZero();
            assertThat(Files.readAllBytes(file)).containsOnly(0).hasSize(100_000);
        }
        spill.close();
    }

    @Test
    void a_ledger_that_is_deleted_while_it_is_open_is_begun_anew() throws Exception {
        KeptVersion version = version("a", NOON, Origin.LOADED);
        try (Ledger ledger = Ledger.open(folder)) {
            ledger.keep(version);
            ledger.record(decision("gone", NOON));
            ledger.flush();
            try (Stream<Path> files = Files.list(folder)) {
                files.forEach(file -> file.toFile().delete());
            }
            assertThat(ledger.record(decision("kept", NOON)).get()).isTrue();
            assertThat(ledger.newestDecisions(9)).extracting(KeptDecision::id).containsExactly("kept");
            assertThat(ledger.findVersion(version.id()))
                    .as("with which it goes on")
                    .contains(version);
            assertThat(ledger.errors()).isPositive();
        }
        try (Ledger ledger = Ledger.open(folder)) {
            assertThat(ledger.newestDecisions(9)).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 100, 5_000})
    void a_ledger_that_is_cut_off_is_put_aside_and_begun_anew(long length) throws Exception {
        try (Ledger ledger = Ledger.open(folder)) {
            ledger.keep(version("a", NOON, Origin.LOADED));
            ledger.record(decision("gone", NOON));
            ledger.flush();
            change("PRAGMA wal_checkpoint(TRUNCATE)");
            try (FileChannel file = FileChannel.open(folder.resolve("ledger.sqlite"), StandardOpenOption.WRITE)) {
                file.truncate(length);
            }
            for (int i = 0; i < 3; i++) {
                ledger.record(decision("later " + i, NOON));
                ledger.flush();
            }
            awaitNothingAside(ledger);
            assertThat(ledger.newestDecisions(9))
                    .extracting(KeptDecision::id)
                    .contains("later 0", "later 1", "later 2");
            assertThat(ledger.versions()).hasSize(1);
            assertThat(ledger.findProblem()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void what_deleting_frees_goes_back_to_the_disk(boolean begunByAnEarlierProgram) throws Exception {
        if (begunByAnEarlierProgram) {
            change("PRAGMA journal_mode = WAL");
            change("CREATE TABLE one (word TEXT)");
            change("DROP TABLE one");
        }
        SplittableRandom random = new SplittableRandom(1);
        try (Ledger ledger = Ledger.open(folder)) {
            for (int i = 0; i < 1_000; i++) {
                String answer = random.longs(400).mapToObj(Long::toHexString).collect(Collectors.joining());
                ledger.record(new KeptDecision(
                        "decision " + i,
                        NOON.plusSeconds(i),
                        Digests.of("version"),
                        "{}",
                        answer,
                        LocalDate.of(2026, 11, 22),
                        Duration.ofMillis(3),
                        null));
            }
            ledger.flush();
            long before = ledger.bytes();
            assertThat(ledger.forgetDecisions(NOON.plusSeconds(900))).isEqualTo(900);
            assertThat(ledger.bytes()).isLessThan(before / 4);
            assertThat(ledger.newestDecisions(999)).hasSize(100);
        }
    }

    @Test
    void when_too_many_wait_the_rest_waits_in_a_file() throws Exception {
        try (Ledger ledger = Ledger.open(folder);
                Connection other = connection();
                Statement statement = other.createStatement()) {
            assertThat(ledger.versions()).as("it is open").isEmpty();
            statement.execute("BEGIN IMMEDIATE");
            int sent = 5_000;
            for (int i = 0; i < sent; i++) {
                ledger.record(decision("decision " + i, NOON.plusSeconds(i)));
            }
            assertThat(ledger.waiting()).isLessThan(sent);
            assertThat(ledger.waitingAside()).isEqualTo(sent - ledger.waiting());
            assertThat(ledger.lost()).isZero();
            statement.execute("COMMIT");
            ledger.flush();
            awaitNothingAside(ledger);
            assertThat(ledger.newestDecisions(sent)).hasSize(sent);
        }
    }

    private static void awaitNothingAside(Ledger ledger) throws Exception {
        while (ledger.waitingAside() > 0) {
            Thread.sleep(20);
        }
    }

    private List<Path> damaged() throws Exception {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().contains(".damaged-"))
                    .toList();
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
}
