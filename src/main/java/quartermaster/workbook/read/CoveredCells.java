package quartermaster.workbook.read;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import org.apache.poi.ss.util.CellRangeAddress;

/** What lies under merged areas: only their top left cell is seen, so only that one counts. Asked row by row, downwards. */
final class CoveredCells {
    private final List<CellRangeAddress> byTop;
    private final List<CellRangeAddress> here = new ArrayList<>(); // those that reach the row that was asked for last
    private int next;
    private int row = -1;

    CoveredCells(List<CellRangeAddress> merged) {
        this.byTop = new ArrayList<>(new LinkedHashSet<>(merged));
        byTop.sort(Comparator.comparingInt(CellRangeAddress::getFirstRow));
    }

    boolean contains(int wantedRow, int column) {
        if (wantedRow != row) {
            moveTo(wantedRow);
        }
        for (CellRangeAddress area : here) {
            if (column >= area.getFirstColumn()
                    && column <= area.getLastColumn()
                    && (wantedRow != area.getFirstRow() || column != area.getFirstColumn())) {
                return true;
            }
        }
        return false;
    }

    private void moveTo(int wanted) {
        if (wanted < row) {
            next = 0;
            here.clear();
        }
        row = wanted;
        while (next < byTop.size() && byTop.get(next).getFirstRow() <= wanted) {
            here.add(byTop.get(next++));
        }
        here.removeIf(area -> area.getLastRow() < wanted);
    }
}
