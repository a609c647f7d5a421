package quartermaster.workbook.read;

import java.util.List;
import org.apache.poi.ss.util.CellRangeAddress;

/**
 * A sheet with the rows that hold something.
 *
 * @param hidden people do not see it unless they ask for it
 * @param rows from the top; empty ones are not among them
 * @param merged areas of which only the top left cell counts, e.g. {@code B3:B5}
 */
public record ReadSheet(String name, boolean hidden, List<ReadRow> rows, List<CellRangeAddress> merged) {
    public ReadSheet {
        rows = List.copyOf(rows);
        merged = List.copyOf(merged);
    }

    public ReadSheet(String name, boolean hidden, List<ReadRow> rows) {
        this(name, hidden, rows, List.of());
    }
}
