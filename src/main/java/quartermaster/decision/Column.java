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
 * @param value what an assessment says for it: a {@link Double}, a {@link String}, a collection of strings, or null
 */
public record Column(
        String header,
        Kind kind,
        Within possible,
        boolean mayBeMissing,
        List<String> ids,
        String note,
        Function<Assessment, @Nullable Object> value) {
    /** What a cell of the column speaks of. */
    public enum Kind {
        NUMBER,
        WHOLE_NUMBER,
        ID,
        SEVERAL_IDS
    }

    public Column {
        ids = List.copyOf(ids);
    }

    /** Whether cells hold numbers; otherwise they hold ids. */
    public boolean numeric() {
        return kind == Kind.NUMBER || kind == Kind.WHOLE_NUMBER;
    }
}
