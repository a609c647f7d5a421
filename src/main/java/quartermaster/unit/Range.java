package quartermaster.unit;

/** An estimate with its uncertainty: the 10th percentile, the median and the 90th percentile of what to expect. */
public record Range(double low, double typical, double high) {
    public Range {
        if (!(low <= typical && typical <= high)
                && !(Double.isNaN(low) && Double.isNaN(typical) && Double.isNaN(high))) {
            throw new IllegalArgumentException(
                    "A range (" + low + ", " + typical + ", " + high + ") must rise from low to high.");
        }
    }

    /** Nobody knows: no number, so that it is neither more nor less than anything. */
    public static final Range UNKNOWN = new Range(Double.NaN, Double.NaN, Double.NaN);

    public boolean isKnown() {
        return !Double.isNaN(typical);
    }

    public static Range exactly(double value) {
        return new Range(value, value, value);
    }

    public Range times(double factor) {
        return new Range(low * factor, typical * factor, high * factor);
    }
}
