package quartermaster.unit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Names for content: the same typed content always has the same digest. */
public final class Digests {
    private Digests() {}

    /** {@code sha256:} and 64 hexadecimal digits of the text in UTF-8. */
    public static String of(String canonicalText) {
        return of(canonicalText.getBytes(StandardCharsets.UTF_8));
    }

    /** The same of bytes. */
    public static String of(byte[] bytes) {
        try {
            return "sha256:"
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256.", e);
        }
    }
}
