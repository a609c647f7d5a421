package quartermaster.ledger;

/** The ledger cannot be read. */
public final class LedgerException extends RuntimeException {
    LedgerException(String message, Throwable cause) {
        super(message, cause);
    }

    LedgerException(String message) {
        super(message);
    }
}
