package quartermaster.workbook;

import java.util.List;

/**
 * A row of a sheet with the cells that hold something.
 *
 * @param number as people count, from 1
 * @param hidden by hand or by a filter
 * @param cells from the left to the right; empty ones are not among them
 */
public record Row(String sheet, int number, boolean hidden, List<Cell> cells) {
    public Row {
        cells = List.copyOf(cells);
    }

    /** The cell of a column counted from 0, an empty one where nothing stands. */
    public Cell cell(int column) {
        for (Cell cell : cells) {
            if (cell.column() == column) {
                return cell;
            }
        }
        return Cell.empty(sheet, number, column);
    }
}
