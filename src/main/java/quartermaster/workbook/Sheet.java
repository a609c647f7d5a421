package quartermaster.workbook;

import java.util.List;

/**
 * A sheet with the rows that hold something.
 *
 * @param hidden people do not see it unless they ask for it
 * @param rows from the top; empty ones are not among them
 * @param merged areas of which only the top left cell counts, e.g. {@code B3:B5}
 */
public record Sheet(String name, boolean hidden, List<Row> rows, List<String> merged) {
    public Sheet {
        rows = List.copyOf(rows);
        merged = List.copyOf(merged);
    }

    Sheet(String name, boolean hidden, List<Row> rows) {
        this(name, hidden, rows, List.of());
    }
}
