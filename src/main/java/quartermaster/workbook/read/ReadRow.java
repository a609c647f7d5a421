package quartermaster.workbook.read;

import java.util.List;

/**
 * A row of a sheet with the cells that hold something.
 *
 * @param number as people count, from 1
 * @param hidden by hand or by a filter
 * @param cells from the left to the right; empty ones are not among them
 */
public record ReadRow(String sheet, int number, boolean hidden, List<ReadCell> cells) {
    public ReadRow {
        cells = List.copyOf(cells);
    }

    /** The cell of a column counted from 0, an empty one where nothing stands. */
    public ReadCell cell(int column) {
        for (int i = Math.min(column, cells.size() - 1); i >= 0 && cells.get(i).column() >= column; i--) {
            if (cells.get(i).column() == column) {
                return cells.get(i);
            }
        }
        ReadCell empty = ReadCell.empty(sheet, number, column);
        return cells.isEmpty() || !cells.get(0).turned() ? empty : empty.asTurned();
    }
}
