package quartermaster;

import java.util.Locale;

/** A row of the table that {@link Speed} prints: what was measured, and how many times something else that is. */
public final class Ratio {
    private Ratio() {}

    /** @param measured with its unit, e.g. {@code 3.1 ms} */
    public static void print(String what, String measured, double times, String than) {
        System.out.printf(Locale.ROOT, "| %s | %s | %s × %s |%n", what, measured, rounded(times), than);
    }

    private static String rounded(double times) {
        int digits = times >= 20 ? 0 : times >= 1 ? 1 : 2;
        return String.format(Locale.ROOT, "%." + digits + "f", times);
    }
}
