package quartermaster.unit;

/** An estimate with its uncertainty: the 10th percentile, the median and the 90th percentile of what to expect. */
public record Range(double low, double typical, double high) {
    public Range {
        if (!(low <= typical && typical <= high)) {
            throw new IllegalArgumentException(
                    "A range (" + low + ", " + typical + ", " + high + ") must rise from low to high.");
        }
    }

    public static Range exactly(double value) {
        return new Range(value, value, value);
    }

    public Range times(double factor) {
        return new Range(low * factor, typical * factor, high * factor);
    }
}
