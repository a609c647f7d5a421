package quartermaster.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import quartermaster.TestPostgres;

/** The same as of a file, at a PostgreSQL server. */
class PostgresLedgerTest extends LedgerStatements {
    @TempDir
    private Path folder;

    private final String url = TestPostgres.newDatabase();
    private final DatabaseAddress address = new DatabaseAddress(url, null, null);

    @Override
    Ledger open() {
        return Ledger.open(folder, address);
    }

    @Test
    @Timeout(120)
    void what_comes_while_the_server_is_away_is_written_when_it_is_back() throws Exception {
        try (Ledger ledger = open()) {
            assertThat(ledger.record(decision("before", NOON)).get()).isTrue();
            TestPostgres.stop(url);
            assertThat(ledger.record(decision("meanwhile", NOON.plusSeconds(1))).get())
                    .isFalse();
            ledger.flush();
            assertThat(ledger.findProblem())
                    .hasValueSatisfying(problem -> assertThat(problem)
                            .contains("jdbc:postgresql:", "cannot be written")
                            .doesNotContain("user=", "INSERT", "meanwhile"));
            assertThat(ledger.waitingAside()).isEqualTo(1);
            assertThatThrownBy(ledger::inForceId).isInstanceOf(LedgerException.class);
            TestPostgres.bringBack(url);
            while (ledger.waitingAside() > 0) {
                Thread.sleep(50);
            }
            assertThat(ledger.newestDecisions(9)).extracting(KeptDecision::id).containsExactly("meanwhile", "before");
            assertThat(ledger.findProblem()).isEmpty();
            assertThat(ledger.lost()).isZero();
        }
    }

    @Test
    @Timeout(120)
    void a_service_that_starts_before_the_server_begins_when_that_is_there() throws Exception {
        TestPostgres.stop(url);
        try (Ledger ledger = open()) {
            ledger.record(decision("early", NOON));
            assertThatThrownBy(ledger::inForceId)
                    .isInstanceOf(LedgerException.class)
                    .hasMessageContaining("cannot be opened");
            TestPostgres.bringBack(url);
            while (ledger.findProblem().isPresent() || ledger.waitingAside() > 0) {
                Thread.sleep(50);
            }
            assertThat(ledger.newestDecisions(9)).hasSize(1);
        }
    }

    @Test
    @Timeout(120)
    void whoever_listens_hears_of_another_version() throws Exception {
        CountDownLatch heard = new CountDownLatch(1);
        KeptVersion version = version("a", NOON, Origin.PUBLISHED);
        try (Ledger one = open();
                Ledger other = open()) {
            other.listen(() -> {
                if (other.inForceId().isPresent()) {
                    heard.countDown();
                }
            });
            assertThat(one.putInForce(
                            version, Map.of(), new Activation(version.id(), NOON, Origin.PUBLISHED, null), null))
                    .isTrue();
            heard.await();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "postgresql://db/quartermaster",
                "jdbc:mysql://db/quartermaster",
                "jdbc:postgresql://db:port/x"
            })
    void an_address_of_something_else_is_refused(String wrong) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DatabaseAddress(wrong, null, null))
                .withMessageContaining("jdbc:postgresql://db.example:5432/quartermaster");
    }

    @Test
    void no_message_has_a_password() {
        assertThat(new DatabaseAddress("jdbc:postgresql://db/quartermaster?user=me&password=secret", null, null))
                .hasToString("jdbc:postgresql://db/quartermaster");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DatabaseAddress("postgres://me:secret@db/quartermaster", null, null))
                .withMessageNotContaining("secret")
                .withMessageContaining("jdbc: is missing");
    }
}
