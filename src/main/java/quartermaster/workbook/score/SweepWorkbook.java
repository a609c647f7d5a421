package quartermaster.workbook.score;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.jspecify.annotations.Nullable;
import quartermaster.advice.Grid;
import quartermaster.catalogue.Catalogue;
import quartermaster.catalogue.Named;
import quartermaster.request.Acquisition;
import quartermaster.request.RequestField;
import quartermaster.request.RequestFields;
import quartermaster.unit.Choice;
import quartermaster.unit.Numbers;
import quartermaster.workbook.pen.CellLook;
import quartermaster.workbook.pen.CellWriter;
import quartermaster.workbook.pen.ResultColumn;
import quartermaster.workbook.pen.ResultSheet;
import quartermaster.workbook.pen.ValueFormat;

/**
 * A sweep as a workbook: a map of the winners over the last two of the varied fields, one for each combination of those
 * before, and all points as a table.
 */
public final class SweepWorkbook {
    public static final int MOST_POINTS = 50_000;
    private static final Pattern HOW_MANY = Pattern.compile("[\\d,]+× | \\([\\d,]+ replicas[^)]*\\)");
    private static final String NOBODY = "nothing suitable";
    private static final String UNDECIDED = "not decided";
    private static final int CHARACTER = 256;
    private static final int WIDEST_CELL = 34;
    private static final float HEADER_POINTS = 32;
    private static final float LINE_POINTS = 15;
    private static final Map<String, ValueFormat> FORMATS = Map.of(
            "Score", ValueFormat.ONE_DECIMAL,
            "Decode (tok/s)", ValueFormat.ONE_DECIMAL,
            "TTFT P95 (s)", ValueFormat.TWO_DECIMALS,
            "Per month (USD)", ValueFormat.DOLLARS,
            "Purchase (USD)", ValueFormat.DOLLARS,
            "Points behind", ValueFormat.ONE_DECIMAL);
    private static final Set<String> DETAILS =
            Set.of("Model", "Hardware", "Devices", "Replicas", "Acquisition"); // the winner's name says them
    private static final List<String> OUTCOME = List.of( // as in the table, in words for people
            "Outcome",
            "Winner",
            "Model",
            "Hardware",
            "Devices",
            "Replicas",
            "Acquisition",
            "Engine",
            "Quantization",
            "Score",
            "Decode (tok/s)",
            "TTFT P95 (s)",
            "Per month (USD)",
            "Purchase (USD)",
            "Runner-up",
            "Points behind",
            "Problem");

    private final Grid grid;
    private final List<List<String>> rows;
    private final Catalogue catalogue;
    private final XSSFWorkbook book;
    private final CellWriter pen;
    private final Map<String, Long> wins;

    private SweepWorkbook(Grid grid, List<List<String>> rows, Catalogue catalogue, XSSFWorkbook book) {
        this.grid = grid;
        this.rows = rows;
        this.catalogue = catalogue;
        this.book = book;
        this.pen = new CellWriter(book);
        this.wins = wins(grid, rows);
    }

    /**
     * @param rows of {@link SweepTable}, one for each point of the grid in its order
     * @param catalogue has the names of what rows call by ids
     */
    public static byte[] write(Grid grid, List<List<String>> rows, Catalogue catalogue) {
        try (XSSFWorkbook book = ResultSheet.book();
                ByteArrayOutputStream bytes = new ByteArrayOutputStream()) {
            SweepWorkbook sweep = new SweepWorkbook(grid, rows, catalogue, book);
            sweep.map();
            sweep.points();
            sweep.pen.save(bytes);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How often each kind of hardware wins in each way of coming by it, the most frequent first; with the model where several are compared. */
    public static Map<String, Long> wins(Grid grid, List<List<String>> rows) {
        Map<String, Long> counted =
                rows.stream().collect(Collectors.groupingBy(row -> kind(grid, row), Collectors.counting()));
        Map<String, Long> sorted = new LinkedHashMap<>();
        counted.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .forEach(each -> sorted.put(each.getKey(), each.getValue()));
        return sorted;
    }

    /** The winner without how many of it. */
    private static String kind(Grid grid, List<String> row) {
        String winner = cell(grid, row, "winner");
        return winner.isEmpty() ? nobody(grid, row) : HOW_MANY.matcher(winner).replaceAll("");
    }

    private static String nobody(Grid grid, List<String> row) {
        return cell(grid, row, "outcome").equals("not-decided") ? UNDECIDED : NOBODY;
    }

    private static String cell(Grid grid, List<String> row, String name) {
        return row.get(SweepTable.header(grid).indexOf(name));
    }

    private void map() {
        XSSFSheet sheet = book.createSheet("Winners");
        pen.write(sheet, 0, 0, "Who wins where", CellLook.TITLE);
        pen.write(sheet, 1, 0, "Of " + rows.size() + " points; " + variedInWords() + ".", CellLook.MUTED);
        int at = legend(sheet, 3) + 1;
        boolean isLine = grid.axes().size() == 1;
        int across = isLine ? 1 : last(1).values().size();
        int down = last(isLine ? 1 : 2).values().size();
        for (int first = 0; first < rows.size(); first += across * down) {
            at = block(sheet, at, first, down, across, isLine) + 1;
        }
        sheet.setColumnWidth(0, WIDEST_CELL * CHARACTER);
        for (int column = 1; column <= across; column++) {
            sheet.setColumnWidth(column, WIDEST_CELL * CHARACTER);
        }
        sheet.setDisplayGridlines(false);
        ResultSheet.landscape(sheet);
        book.setPrintArea(book.getSheetIndex(sheet), 0, across, 0, Math.max(1, at));
    }

    private String variedInWords() {
        return grid.axes().stream().map(SweepWorkbook::name).collect(Collectors.joining(" × "));
    }

    /** As the sheets of people call it. */
    private static String name(Grid.Axis axis) {
        return RequestFields.findVaried(axis.field())
                .filter(field -> field.column() != null)
                .map(RequestField::header)
                .orElse(axis.field());
    }

    private Grid.Axis last(int fromEnd) {
        return grid.axes().get(grid.axes().size() - fromEnd);
    }

    private int legend(XSSFSheet sheet, int top) {
        int at = top;
        for (Map.Entry<String, Long> each : wins.entrySet()) {
            coloured(sheet, at, 0, each.getKey(), each.getKey());
            pen.write(sheet, at, 1, share(each.getValue()), CellLook.MUTED, ValueFormat.PERCENT);
            grow(sheet, at, 1);
            at++;
        }
        return at;
    }

    private double share(long times) {
        return times / (double) Math.max(1, rows.size());
    }

    /** The map over two fields at fixed values of those before them. */
    private int block(XSSFSheet sheet, int top, int first, int down, int across, boolean isLine) {
        int at = top;
        int before = grid.axes().size() - (isLine ? 1 : 2);
        if (before > 0) {
            pen.write(sheet, at++, 0, fixed(first, before), CellLook.HEADING);
        }
        String corner = isLine ? name(last(1)) : name(last(2)) + " ↓   " + name(last(1)) + " →";
        header(sheet, at, 0, corner);
        sheet.getRow(at).setHeightInPoints(HEADER_POINTS);
        for (int column = 0; column < across; column++) {
            header(sheet, at, column + 1, isLine ? "Winner" : value(first + column, before + 1));
        }
        for (int row = 0; row < down; row++) {
            at++;
            header(sheet, at, 0, value(first + row * across, before));
            for (int column = 0; column < across; column++) {
                List<String> point = rows.get(first + row * across + column);
                String winner = cell(grid, point, "winner");
                String text = winner.isEmpty() ? nobody(grid, point) : winner;
                boolean here = first + row * across + column == grid.stands();
                coloured(sheet, at, column + 1, kind(grid, point), here ? WinnersSheet.HERE + text : text);
            }
            grow(sheet, at, across + 1);
        }
        return at + 1;
    }

    /** As high as the longest of its first texts needs. */
    private static void grow(XSSFSheet sheet, int row, int columns) {
        int lines = 1;
        for (int column = 0; column < columns; column++) {
            lines = Math.max(lines, ResultSheet.lines(EarlierResults.text(sheet, row, column), WIDEST_CELL));
        }
        sheet.getRow(row).setHeightInPoints(LINE_POINTS * lines + 3);
    }

    private void header(XSSFSheet sheet, int row, int column, String text) {
        pen.wrap(sheet, row, column, number(text), CellLook.HEADER);
    }

    private String fixed(int point, int count) {
        List<String> parts = new ArrayList<>();
        for (int axis = 0; axis < count; axis++) {
            parts.add(name(grid.axes().get(axis)) + " = " + value(point, axis));
        }
        return String.join(", ", parts);
    }

    private String value(int point, int axis) {
        String text = rows.get(point).get(axis);
        return text.isEmpty() ? "(unsaid)" : name(grid.axes().get(axis).field(), text);
    }

    private void coloured(XSSFSheet sheet, int row, int column, String kind, String text) {
        boolean isWinner = !kind.equals(NOBODY) && !kind.equals(UNDECIDED);
        int place = new ArrayList<>(wins.keySet()).indexOf(kind);
        boolean hasTone = isWinner && place < CellLook.apart().size();
        CellLook tone = hasTone ? CellLook.apart().get(place) : CellLook.BODY;
        pen.wrap(sheet, row, column, text, tone);
    }

    private void points() {
        List<String> header =
                new ArrayList<>(grid.axes().stream().map(SweepWorkbook::name).toList());
        OUTCOME.forEach(each -> header.add(
                header.contains(each) ? "Winner's " + each.toLowerCase(Locale.ROOT) : each)); // no two are called alike
        List<ResultColumn<List<String>>> columns = new ArrayList<>();
        List<ResultColumn<List<String>>> details = new ArrayList<>();
        for (int i = 0; i < header.size(); i++) {
            int column = i;
            if (i >= grid.axes().size()
                    && rows.stream().allMatch(row -> row.get(column).isEmpty())) {
                continue; // of models that are not compared, or problems that nobody has
            }
            boolean isNumber = rows.stream().allMatch(row -> !(number(row.get(column)) instanceof String))
                    && rows.stream().anyMatch(row -> !row.get(column).isEmpty());
            ResultColumn<List<String>> shown = isNumber
                    ? ResultColumn.number(
                            header.get(i),
                            11,
                            FORMATS.getOrDefault(header.get(i), ValueFormat.NUMBER),
                            row -> number(row.get(column)))
                    : ResultColumn.wrapped(header.get(i), width(column), row -> shown(row, column));
            boolean isDetail = i >= grid.axes().size() && DETAILS.contains(header.get(i));
            (isDetail ? details : columns).add(isDetail ? shown.asDetail() : shown);
        }
        columns.addAll(details);
        new ResultSheet(book, pen).write("Points", columns, rows, grid.axes().size(), row -> false);
    }

    private int width(int column) {
        int longest =
                rows.stream().mapToInt(row -> shown(row, column).length()).max().orElse(0);
        return Math.max(14, Math.min(WIDEST_CELL, longest + 3));
    }

    /** What a hosted API runs on and with is its affair. */
    private String shown(List<String> row, int column) {
        String field = SweepTable.header(grid).get(column);
        boolean isItsAffair = column >= grid.axes().size()
                && (field.equals("engine") || field.equals("quantization"))
                && cell(grid, row, "acquisition").equals(Choice.id(Acquisition.API));
        return isItsAffair ? "" : name(SweepTable.header(grid).get(column), row.get(column));
    }

    /** What a field calls by an id, by its name. */
    private String name(String field, String value) {
        Optional<? extends Named> found = switch (field.substring(field.lastIndexOf('.') + 1)) {
            case "model" -> catalogue.findModel(value);
            case "hardware" -> catalogue.findHardware(value);
            case "engine" ->
                catalogue
                        .findEngine(value)
                        .<Named>map(row -> row)
                        .or(() -> catalogue.training().findTool(value));
            case "quantization", "kvCacheQuantization" -> catalogue.findQuantization(value);
            default -> Optional.empty();
        };
        return found.map(Named::name).orElse(value);
    }

    /** A number where the text is one, null where it is empty. */
    private static @Nullable Object number(String text) {
        if (text.isEmpty()) {
            return null;
        }
        return Numbers.parse(text, null).<Object>map(number -> number).orElse(text);
    }
}
