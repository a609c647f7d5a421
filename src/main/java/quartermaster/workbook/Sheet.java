package quartermaster.workbook;

import java.util.List;

/**
 * A sheet with the rows that hold something.
 *
 * @param hidden people do not see it unless they ask for it
 * @param rows from the top; empty ones are not among them
 */
public record Sheet(String name, boolean hidden, List<Row> rows) {
    public Sheet {
        rows = List.copyOf(rows);
    }
}
