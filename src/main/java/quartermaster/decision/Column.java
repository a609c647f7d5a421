package quartermaster.decision;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import quartermaster.decision.Condition.Within;

/**
 * A condition column that policy tables may have.
 *
 * @param header with its unit, e.g. {@code Memory headroom (%)}
 * @param possible the numbers that there can be; of a column of ids anything
 * @param mayBeMissing whether the value may be null
 * @param ids that may stand in a cell; empty means that the catalogue knows
 * @param source of the value
 * @param value what an assessment says for it: a {@link Double}, a {@link String}, a collection of strings, or null
 */
public record Column(
        String header,
        Kind kind,
        Within possible,
        boolean mayBeMissing,
        List<String> ids,
        String note,
        Source source,
        Function<Assessment, @Nullable Object> value) {
    /** What a cell of the column speaks of. */
    public enum Kind {
        NUMBER,
        WHOLE_NUMBER,
        ID,
        SEVERAL_IDS
    }

    /** What a value follows from: of some columns it is known, or something of it, before anything is estimated. */
    public enum Source {
        REQUEST,
        /** The hardware, and how one comes by it. */
        OFFER,
        MODEL,
        /** What the team knows, and what the engine asks for: known where nobody said what the team knows. */
        SKILLS,
        /** Whether it fits: known where devices are too few for the weights. */
        FIT,
        /** What a month costs: at least what one replica does of as few devices as hold the weights. */
        MONTH,
        ESTIMATE
    }

    public Column {
        ids = List.copyOf(ids);
    }

    /** One that follows from the estimate. */
    public Column(
            String header,
            Kind kind,
            Within possible,
            boolean mayBeMissing,
            List<String> ids,
            String note,
            Function<Assessment, @Nullable Object> value) {
        this(header, kind, possible, mayBeMissing, ids, note, Source.ESTIMATE, value);
    }

    /** The same, which follows from that. */
    Column of(Source from) {
        return new Column(header, kind, possible, mayBeMissing, ids, note, from, value);
    }

    /** Whether cells hold numbers; otherwise they hold ids. */
    public boolean numeric() {
        return kind == Kind.NUMBER || kind == Kind.WHOLE_NUMBER;
    }
}
