package quartermaster.decision.engine;

import java.security.SecureRandom;
import java.time.Instant;

/** Ids that sort by time: 48 bits of milliseconds and 80 random ones in Crockford's base 32. */
final class Ulid {
    private static final char[] DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ".toCharArray();
    private static final int TIME_DIGITS = 10;
    private static final int LENGTH = 26;

    private Ulid() {}

    static String of(Instant time, SecureRandom random) {
        char[] id = new char[LENGTH];
        long left = time.toEpochMilli();
        for (int i = TIME_DIGITS - 1; i >= 0; i--) {
            id[i] = DIGITS[(int) (left & 31)];
            left >>>= 5;
        }
        for (int i = TIME_DIGITS; i < LENGTH; i++) {
            id[i] = DIGITS[random.nextInt(DIGITS.length)];
        }
        return new String(id);
    }
}
