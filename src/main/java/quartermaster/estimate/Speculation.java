package quartermaster.estimate;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import quartermaster.catalogue.SpeculativeDecoding;

/**
 * How much faster drafts make a step of decoding, by requests in flight and context, where they were asked for.
 *
 * @param asked whether the request wants them
 * @param series rows of one chip, engine and method; none where nothing is known, and nothing is credited then
 */
record Speculation(boolean asked, List<SpeculativeDecoding> series) {
    static final Speculation NONE = new Speculation(false, List.of());

    /**
     * Speed with drafts to that without.
     *
     * <p>Between two rows of the series it follows a straight line over the logarithms of requests in flight and factor;
     * beyond the last row only a loss counts. Example: 1.51 for one and 1.42 for four in flight: 1.46 for two.
     *
     * @param context tokens that a request holds
     */
    double factor(double inFlight, double context) {
        return at(inFlight, context, SpeculativeDecoding::factor);
    }

    /** How far the factor may be off, as a factor up and down. */
    double spread(double inFlight, double context) {
        double factor = factor(inFlight, context);
        double down = factor / Math.min(factor, at(inFlight, context, SpeculativeDecoding::low));
        double up = Math.max(factor, at(inFlight, context, SpeculativeDecoding::high)) / factor;
        return Math.max(down, up);
    }

    /** The row that counts for so many in flight; none beyond the last one. */
    Optional<SpeculativeDecoding> row(double inFlight, double context) {
        List<SpeculativeDecoding> rows = rows(context);
        return rows.isEmpty() || inFlight > rows.get(rows.size() - 1).inFlight()
                ? Optional.empty()
                : rows.stream()
                        .filter(each -> each.inFlight()
                                <= Math.max(inFlight, rows.get(0).inFlight()))
                        .reduce((fewer, more) -> more);
    }

    private double at(double inFlight, double context, ToDoubleFunction<SpeculativeDecoding> value) {
        List<SpeculativeDecoding> rows = rows(context);
        if (rows.isEmpty()) {
            return 1;
        }
        SpeculativeDecoding before = rows.get(0);
        if (inFlight <= before.inFlight()) {
            return value.applyAsDouble(before);
        }
        for (SpeculativeDecoding after : rows) {
            if (inFlight <= after.inFlight()) {
                double way = Math.log(inFlight / before.inFlight())
                        / Math.log((double) after.inFlight() / before.inFlight());
                return Math.exp(
                        (1 - way) * Math.log(value.applyAsDouble(before)) + way * Math.log(value.applyAsDouble(after)));
            }
            before = after;
        }
        return Math.min(1, value.applyAsDouble(before));
    }

    /** Rows of the longest context that this one reaches, by requests in flight. */
    private List<SpeculativeDecoding> rows(double context) {
        if (series.isEmpty()) { // nearly always, and asked for every step
            return series;
        }
        int from = series.stream()
                .mapToInt(SpeculativeDecoding::fromContextTokens)
                .filter(tokens -> tokens <= context)
                .max()
                .orElse(Integer.MAX_VALUE);
        return series.stream()
                .filter(each -> each.fromContextTokens() == from)
                .sorted(Comparator.comparingInt(SpeculativeDecoding::inFlight))
                .toList();
    }
}
