package quartermaster.cli.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import quartermaster.cli.report.Console.Style;

/** Columns that stand under each other; a row may carry a note, which runs below it over the whole width. */
public final class TextTable {
    private static final String GAP = "  ";
    private static final int LEAST_OF_YIELDING = 24;
    private static final int LEFT_OUT = 0;

    private final int margin;

    /**
     * @param yields whether it is cut where the line would be too long
     * @param wraps whether it goes on below instead of being cut, so that no name loses its number
     * @param extra whether it is left out on a narrow terminal, before others are cut to nothing
     */
    public record Column(String header, boolean right, boolean yields, boolean wraps, boolean extra) {
        public static Column left(String header) {
            return new Column(header, false, false, false, false);
        }

        public static Column right(String header) {
            return new Column(header, true, false, false, false);
        }

        public static Column yielding(String header) {
            return new Column(header, false, true, false, false);
        }

        public static Column wrapping(String header) {
            return new Column(header, false, true, true, false);
        }

        public Column asExtra() {
            return new Column(header, right, yields, wraps, true);
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
        int[] widths = widths(console.width());
        List<String> text = new ArrayList<>();
        text.add(console.styled(
                Style.BOLD, row(columns.stream().map(Column::header).toList(), widths)));
        for (Line line : lines) {
            rows(line.cells(), widths).forEach(row -> text.add(console.styled(line.style(), row(row, widths))));
            Words.wrap(line.note(), console.width() - indent)
                    .forEach(part -> text.add(" ".repeat(indent) + console.styled(Style.DIM, part)));
        }
        return text;
    }

    private int[] widths(int most) {
        int[] widths = new int[columns.size()];
        for (int i = 0; i < widths.length; i++) {
            int widest = columns.get(i).header().length();
            for (Line line : lines) {
                widest = Math.max(widest, line.cells().get(i).length());
            }
            widths[i] = widest;
        }
        for (int i = widths.length - 1; i >= 0 && tooMuch(widths, most) > spare(widths); i--) {
            if (columns.get(i).extra()) {
                widths[i] = LEFT_OUT;
            }
        }
        int widest = widest(widths);
        while (widest >= 0 && tooMuch(widths, most) > 0) {
            widths[widest]--;
            widest = widest(widths);
        }
        return widths;
    }

    /** Of those that may yield still; -1 where none may. */
    private int widest(int[] widths) {
        return IntStream.range(0, widths.length)
                .filter(i -> columns.get(i).yields())
                .filter(i -> widths[i] > columns.get(i).header().length())
                .reduce((one, other) -> widths[other] > widths[one] ? other : one)
                .orElse(-1);
    }

    private int tooMuch(int[] widths, int most) {
        int shown = (int) Arrays.stream(widths).filter(each -> each != LEFT_OUT).count();
        return Arrays.stream(widths).sum() + GAP.length() * (shown - 1) + margin - most;
    }

    /** What those that yield can give before they say too little. */
    private int spare(int[] widths) {
        int spare = 0;
        for (int i = 0; i < widths.length; i++) {
            spare += columns.get(i).yields() ? Math.max(0, widths[i] - LEAST_OF_YIELDING) : 0;
        }
        return spare;
    }

    /** A row, and what goes on below it. */
    private List<List<String>> rows(List<String> cells, int[] widths) {
        List<List<String>> rows = new ArrayList<>(List.of(new ArrayList<>(cells)));
        for (int i = 0; i < widths.length; i++) {
            if (!columns.get(i).wraps()) {
                continue;
            }
            List<String> parts = Words.wrapCell(cells.get(i), widths[i]);
            for (int part = 0; part < parts.size(); part++) {
                if (part == rows.size()) {
                    rows.add(new ArrayList<>(Collections.nCopies(widths.length, "")));
                }
                rows.get(part).set(i, parts.get(part));
            }
        }
        return rows;
    }

    private String row(List<String> cells, int[] widths) {
        List<String> shown = new ArrayList<>();
        for (int i = 0; i < widths.length; i++) {
            if (widths[i] != LEFT_OUT) {
                String cell = Words.cut(cells.get(i), widths[i]);
                String space = " ".repeat(widths[i] - cell.length());
                shown.add(columns.get(i).right() ? space + cell : cell + space);
            }
        }
        return (" ".repeat(margin) + String.join(GAP, shown)).stripTrailing();
    }
}
