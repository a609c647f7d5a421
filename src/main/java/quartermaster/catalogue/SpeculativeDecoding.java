package quartermaster.catalogue;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How much faster an engine writes with drafts than without, as measured: one row of the sheet {@code Speculative
 * decoding}. Rows of one chip, engine and method are one series, which holds between them and up to the last.
 *
 * @param appliesTo a chip class, a generation, a family, {@code discrete}, {@code unified} or {@code any}
 * @param method what drafts, e.g. {@code MTP} or {@code draft model}
 * @param models ids of models that can draft in this way; none where any model may
 * @param fromContextTokens that a request holds
 * @param inFlight requests at the same time
 * @param factor decode speed with to without; below 1 where drafts cost more than they bring
 * @param low the slow end of what was measured
 * @param high the fast end of it
 * @param measurements pairs of runs behind it
 */
public record SpeculativeDecoding(
        @Column("Applies to") String appliesTo,
        @Column("Engine") String engine,
        @Column("Method") String method,
        @Column("Models") List<String> models,
        @Column("From context (tokens): count") int fromContextTokens,
        @Column("In flight") int inFlight,
        @Column("Factor: > 0") double factor,
        @Column("Factor low: > 0") double low,
        @Column("Factor high: > 0") double high,
        @Column("Measurements") int measurements,
        @Column("Source") String source,
        @Column("As of") String asOf,
        int row) {

    public SpeculativeDecoding {
        models = List.copyOf(models);
    }

    /** Whether the row belongs to the same series, whatever the context. */
    public boolean isOfSeriesOf(@Nullable SpeculativeDecoding other) {
        return other != null
                && appliesTo.equals(other.appliesTo)
                && engine.equals(other.engine)
                && method.equals(other.method)
                && models.equals(other.models);
    }
}
