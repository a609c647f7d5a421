package quartermaster.ledger;

import java.io.IOException;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Where the ledger's tables are: in a file of this machine, or at a server that several services share. */
interface Source extends AutoCloseable {
    /** For messages; never with a password. */
    String name();

    /**
     * Connections to tables that are up to date.
     *
     * @throws IOException or a runtime exception where it cannot be opened
     */
    DataSource open() throws IOException;

    /** Whether one connection stays open for all that is written. */
    boolean keepsConnection();

    /** Whether what was opened is still what one finds there. */
    boolean isSame();

    /** Whether it will never be readable again. */
    boolean isDamaged(Throwable failure);

    /** Makes room for a new one; what is damaged is kept beside it. Nobody may have it open. */
    void putAside() throws IOException;

    /** What is free within it goes back to the disk. */
    void giveBackSpace(Jdbi tables);

    /** What it takes. */
    long bytes();

    /** Within a transaction: who listens hears of it when that is done. */
    void announce(Handle handle);

    /** Calls back whenever something was announced, and about every second anyway; until it is closed. */
    void listen(Runnable listener);

    @Override
    void close();
}
