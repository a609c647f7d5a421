package quartermaster.workbook.knowledge;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import quartermaster.unit.Place;

/**
 * What was imported as a row of the catalogue: a price in {@code Offers}, a score in {@code Quality}.
 *
 * @param cells by the columns of the sheet
 * @param row that it changes; 0 for a new one
 * @param written those of the cells that writing changes
 * @param changes of prices
 * @param marks what to know before it is used
 * @param staleDays age of a price that the policy calls stale; null of others
 * @param at where the price stands in its file
 */
public record PricedRow(
        Status status,
        Map<String, @Nullable Object> cells,
        int row,
        Map<String, @Nullable Object> written,
        List<Change> changes,
        List<String> marks,
        @Nullable Long staleDays,
        Place at) {
    public PricedRow {
        cells = Collections.unmodifiableMap(new LinkedHashMap<>(cells));
        written = Collections.unmodifiableMap(new LinkedHashMap<>(written));
        changes = List.copyOf(changes);
        marks = List.copyOf(marks);
    }

    /** What writing does to the sheet. */
    public enum Status {
        NEW,
        CHANGED,
        UNCHANGED
    }

    /** @param before in US dollars, or tokens; null where there was nothing, and likewise after */
    public record Change(
            String column,
            @Nullable Double before,
            @Nullable Double after) {
        /** Above zero where it rose; null where there is nothing to compare. */
        public @Nullable Double percent() {
            return before == null || after == null || before == 0 ? null : (Double) ((after - before) / before * 100);
        }
    }
}
