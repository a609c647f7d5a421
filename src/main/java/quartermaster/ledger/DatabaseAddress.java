package quartermaster.ledger;

import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;

/**
 * A PostgreSQL database that several services share.
 *
 * @param url e.g. {@code jdbc:postgresql://db.example:5432/quartermaster}
 * @param user null where the address says it, or nobody has to
 * @param password null where the address says it, or none is needed
 */
public record DatabaseAddress(
        String url, @Nullable String user, @Nullable String password) {
    private static final String SCHEME = "jdbc:postgresql:";

    /** @throws IllegalArgumentException where the address is none of PostgreSQL's */
    public DatabaseAddress {
        if (!url.startsWith(SCHEME) || Driver.parseURL(url, new Properties()) == null) {
            String hint = url.matches("postgres(ql)?:.*")
                    ? "\nMaybe only jdbc: is missing before it, and user and password belong elsewhere."
                    : "";
            throw new IllegalArgumentException("The database " + withoutSecrets(url)
                    + " must have an address like jdbc:postgresql://db.example:5432/quartermaster." + hint);
        }
    }

    private static String withoutSecrets(String url) {
        return url.replaceFirst("\\?.*", "").replaceFirst("//[^/@]*@", "//");
    }

    /** Without user and password. */
    @Override
    public String toString() {
        return withoutSecrets(url);
    }
}
