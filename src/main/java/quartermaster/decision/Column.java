package quartermaster.decision;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A condition column that policy tables may have.
 *
 * @param header with its unit, e.g. {@code Memory headroom (%)}
 * @param numeric whether cells hold numbers; otherwise they hold ids
 * @param ids that may stand in a cell; empty means that the catalogue knows
 * @param value what an assessment says for it: a {@link Double}, a {@link String}, a collection of strings, or null
 */
public record Column(
        String header, boolean numeric, List<String> ids, String note, Function<Assessment, @Nullable Object> value) {
    public Column {
        ids = List.copyOf(ids);
    }
}
