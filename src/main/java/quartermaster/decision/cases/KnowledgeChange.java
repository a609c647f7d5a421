package quartermaster.decision.cases;

import java.util.List;
import org.jspecify.annotations.Nullable;
import quartermaster.unit.Place;

/**
 * A row of a workbook, or a line of a file of rules, that differs between two versions.
 *
 * @param at where it stands now, or stood before if it is gone, e.g. {@code rules/policy.xlsx Budget!A7}
 * @param before where it stood before; null for one that came
 * @param row what it is called, or says where it has no name
 * @param cells what changed in it; empty for a row that came, went or moved
 */
public record KnowledgeChange(Place at, @Nullable Place before, Kind kind, String row, List<CellChange> cells) {
    public KnowledgeChange {
        cells = List.copyOf(cells);
    }

    /** What happened to a row. */
    public enum Kind {
        ADDED,
        REMOVED,
        CHANGED,
        /** Rows are tried from the top: another order is another policy. */
        MOVED
    }

    /**
     * A cell.
     *
     * @param at as it stands now
     * @param column its header
     */
    public record CellChange(Place at, String column, String before, String after) {
        @Override
        public String toString() {
            return at + " " + column + ": " + orEmpty(before) + " → " + orEmpty(after);
        }
    }

    /** In a line for each cell, or one for a row without. */
    public List<String> lines() {
        return switch (kind) {
            case ADDED -> List.of(at + ": added: " + row);
            case REMOVED -> List.of(at + ": removed: " + row);
            case MOVED -> List.of(at + ": moved from " + before + ": " + row);
            case CHANGED -> cells.stream().map(cell -> cell + " (" + row + ")").toList();
        };
    }

    private static String orEmpty(String text) {
        return text.isEmpty() ? "(empty)" : text;
    }
}
