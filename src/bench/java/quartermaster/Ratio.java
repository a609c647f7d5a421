package quartermaster;

import java.util.Locale;

/** A row of the table that {@link Speed} prints: what was measured, and how many times something else that is. */
public final class Ratio {
    private Ratio() {}

    /** @param measured with its unit, e.g. {@code 3.1 ms} */
    public static void print(String what, String measured, double times, String than) {
        print(what, measured, rounded(times), than);
    }

    /** The same where there is more to say of the ratio than one number. */
    public static void print(String what, String measured, String times, String than) {
        System.out.printf("| %s | %s | %s × %s |%n", what, measured, times, than);
    }

    private static String rounded(double times) {
        int digits = times >= 20 ? 0 : times >= 1 ? 1 : 2;
        return String.format(Locale.ROOT, "%." + digits + "f", times);
    }
}
