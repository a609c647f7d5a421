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

    /**
     * What a value follows from. Of some it is known before anything is estimated, and some are the same however one comes by
     * the hardware.
     */
    public enum Source {
        REQUEST(true),
        MODEL(true),
        HARDWARE(true),
        /** How one comes by it. */
        WAY(false),
        /** What the team knows, and what the engine asks for: known where nobody said what the team knows. */
        SKILLS(false),
        /** Whether it fits: known where devices are too few for the weights. */
        FIT(true),
        /** What a month costs: at least what one replica does of as few devices as hold the weights. */
        MONTH(false),
        /** Engine and precision, how many devices and replicas, and what is estimated of them. */
        PAIRING(true),
        /** Any of it, costs included. */
        ALL(false);

        private final boolean sameForAllWays;

        Source(boolean sameForAllWays) {
            this.sameForAllWays = sameForAllWays;
        }

        /** Whether it is the same for one pairing, bought or rented from whomever. */
        boolean isSameForAllWays() {
            return sameForAllWays;
        }
    }

    public Column {
        ids = List.copyOf(ids);
    }

    /** One that may follow from anything. */
    public Column(
            String header,
            Kind kind,
            Within possible,
            boolean mayBeMissing,
            List<String> ids,
            String note,
            Function<Assessment, @Nullable Object> value) {
        this(header, kind, possible, mayBeMissing, ids, note, Source.ALL, value);
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
