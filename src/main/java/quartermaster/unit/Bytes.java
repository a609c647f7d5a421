package quartermaster.unit;

import java.util.Locale;

/** An amount of memory or traffic. GB is 10^9 bytes, GiB is 2^30 bytes; the two are never mixed. */
public record Bytes(long count) implements Comparable<Bytes> {
    public static final Bytes ZERO = new Bytes(0);
    private static final double GIB = 1L << 30;

    public static Bytes of(double count) {
        return new Bytes(Math.round(count));
    }

    public static Bytes ofGiB(double gib) {
        return of(gib * GIB);
    }

    public static Bytes ofGB(double gb) {
        return of(gb * 1e9);
    }

    public double gib() {
        return count / GIB;
    }

    public double gb() {
        return count / 1e9;
    }

    public Bytes plus(Bytes other) {
        return new Bytes(count + other.count);
    }

    public Bytes times(double factor) {
        return of(count * factor);
    }

    @Override
    public int compareTo(Bytes other) {
        return Long.compare(count, other.count);
    }

    /** For people, e.g. "40.65 GiB". */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%.2f GiB", gib());
    }
}
