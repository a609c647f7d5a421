package quartermaster.ledger;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import quartermaster.TestPostgres;

/** The same as of a file, at a PostgreSQL server. */
class PostgresLedgerTest extends LedgerStatements {
    @TempDir
    private Path folder;

    private final DatabaseAddress address = new DatabaseAddress(TestPostgres.newDatabase(), null, null);

    @Override
    Ledger open() {
        return Ledger.open(folder, address);
    }
}
