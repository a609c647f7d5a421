package quartermaster.cli.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import quartermaster.cli.report.Console.Style;

/** Columns that stand under each other; a row may carry a note, which runs below it over the whole width. */
public final class TextTable {
    private static final String GAP = "  ";

    private final int margin;

    /** @param yields whether it is cut where the line would be too long */
    public record Column(String header, boolean right, boolean yields) {
        public static Column left(String header) {
            return new Column(header, false, false);
        }

        public static Column right(String header) {
            return new Column(header, true, false);
        }

        public static Column yielding(String header) {
            return new Column(header, false, true);
        }
    }

    private record Line(List<String> cells, Style style, String note) {}

    private final List<Column> columns;
    private final List<Line> lines = new ArrayList<>();

    /** @param margin spaces at the left */
    public TextTable(int margin, Column... columns) {
        this.margin = margin;
        this.columns = List.of(columns);
    }

    public void add(Style style, String note, String... cells) {
        if (cells.length != columns.size()) {
            throw new IllegalArgumentException(cells.length + " cells for " + columns.size() + " columns.");
        }
        lines.add(new Line(Arrays.asList(cells), style, note));
    }

    /** @param indent spaces before notes */
    public List<String> lines(Console console, int indent) {
        int[] widths = widths();
        List<String> text = new ArrayList<>();
        text.add(console.styled(
                Style.BOLD, row(columns.stream().map(Column::header).toList(), widths)));
        for (Line line : lines) {
            text.add(console.styled(line.style(), row(line.cells(), widths)));
            Words.wrap(line.note(), Console.WIDTH - indent)
                    .forEach(part -> text.add(" ".repeat(indent) + console.styled(Style.DIM, part)));
        }
        return text;
    }

    private int[] widths() {
        int[] widths = new int[columns.size()];
        for (int i = 0; i < widths.length; i++) {
            int widest = columns.get(i).header().length();
            for (Line line : lines) {
                widest = Math.max(widest, line.cells().get(i).length());
            }
            widths[i] = widest;
        }
        int tooMuch = Arrays.stream(widths).sum() + GAP.length() * (widths.length - 1) + margin - Console.WIDTH;
        for (int i = 0; i < widths.length && tooMuch > 0; i++) {
            if (columns.get(i).yields()) {
                widths[i] = Math.max(columns.get(i).header().length(), widths[i] - tooMuch);
            }
        }
        return widths;
    }

    private String row(List<String> cells, int[] widths) {
        StringBuilder row = new StringBuilder(" ".repeat(margin));
        for (int i = 0; i < widths.length; i++) {
            String cell = Words.cut(cells.get(i), widths[i]);
            String space = " ".repeat(widths[i] - cell.length());
            row.append(i == 0 ? "" : GAP).append(columns.get(i).right() ? space + cell : cell + space);
        }
        return row.toString().stripTrailing();
    }
}
