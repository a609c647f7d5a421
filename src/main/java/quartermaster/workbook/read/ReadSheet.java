package quartermaster.workbook.read;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
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

    /** On its side: each column as a row. Its cells know where they stand. */
    public ReadSheet turned() {
        SortedMap<Integer, List<ReadCell>> columns = new TreeMap<>();
        for (ReadRow row : rows) {
            for (ReadCell cell : row.cells()) {
                columns.computeIfAbsent(cell.column(), any -> new ArrayList<>()).add(cell.turn());
            }
        }
        return new ReadSheet(
                name,
                hidden,
                columns.entrySet().stream()
                        .map(each -> new ReadRow(name, each.getKey() + 1, false, each.getValue()))
                        .toList(),
                merged.stream()
                        .map(area -> new CellRangeAddress(
                                area.getFirstColumn(), area.getLastColumn(), area.getFirstRow(), area.getLastRow()))
                        .toList());
    }

    /** Whether it is read on its side. */
    public boolean isTurned() {
        return rows.stream()
                .findFirst()
                .flatMap(row -> row.cells().stream().findFirst())
                .filter(ReadCell::turned)
                .isPresent();
    }

    public ReadSheet(String name, boolean hidden, List<ReadRow> rows) {
        this(name, hidden, rows, List.of());
    }
}
