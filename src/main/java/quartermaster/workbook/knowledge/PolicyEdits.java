package quartermaster.workbook.knowledge;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.DataFormatter;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.xssf.usermodel.XSSFRow;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.jspecify.annotations.Nullable;
import quartermaster.unit.Ids;
import quartermaster.unit.Imported;
import quartermaster.unit.Place;
import quartermaster.unit.Problem;

/** A policy with other values in some cells, as somebody names them who has no workbook before him. */
public final class PolicyEdits {
    public static final int MOST = 200;
    private static final DataFormatter TEXT = new DataFormatter();

    private PolicyEdits() {}

    /**
     * One cell.
     *
     * @param row its number as people count, or the text of its first cell
     * @param column its header
     * @param value a text, a number, a truth value; null for nothing
     * @param at where the edit stands, for problems
     */
    public record Edit(
            String sheet,
            String row,
            String column,
            @Nullable Object value,
            Place at) {}

    /** The workbook with all edits, or null with everything that is wrong with them. */
    public static Imported<byte @Nullable []> with(byte[] workbook, List<Edit> edits) {
        List<Problem> problems = new ArrayList<>();
        if (edits.size() > MOST) {
            problems.add(new Problem(
                    "too-many-values",
                    "Found " + edits.size() + " changed cells; expected " + MOST + " at most.",
                    edits.get(0).at()));
            return Imported.nothing(problems);
        }
        try (XSSFWorkbook book = new XSSFWorkbook(new ByteArrayInputStream(workbook));
                ByteArrayOutputStream bytes = new ByteArrayOutputStream()) {
            edits.forEach(edit -> apply(edit, book, problems));
            if (!problems.isEmpty()) {
                return Imported.nothing(problems);
            }
            book.write(bytes);
            return new Imported<>(bytes.toByteArray(), List.of());
        } catch (IOException e) {
            throw new UncheckedIOException("The policy in force cannot be read.", e);
        }
    }

    private static void apply(Edit edit, XSSFWorkbook book, List<Problem> problems) {
        Map<String, XSSFSheet> sheets = new LinkedHashMap<>();
        book.sheetIterator().forEachRemaining(each -> sheets.put(each.getSheetName(), (XSSFSheet) each));
        Optional<String> name = same(edit.sheet(), sheets.keySet());
        if (name.isEmpty()) {
            problems.add(problem(edit, "sheet", "the sheet " + edit.sheet(), sheets.keySet()));
            return;
        }
        XSSFSheet sheet = sheets.get(name.get());
        Map<String, Integer> headers = new LinkedHashMap<>();
        XSSFRow first = sheet.getRow(0);
        if (first != null) {
            first.forEach(cell -> headers.putIfAbsent(TEXT.formatCellValue(cell), cell.getColumnIndex()));
        }
        Optional<String> column = same(edit.column(), headers.keySet());
        if (column.isEmpty()) {
            problems.add(
                    problem(edit, "column", "the column " + edit.column() + " of " + name.get(), headers.keySet()));
            return;
        }
        row(edit, sheet, problems)
                .ifPresent(row -> write(
                        sheet.getRow(row) == null ? sheet.createRow(row) : sheet.getRow(row),
                        headers.getOrDefault(column.get(), 0),
                        edit.value()));
    }

    /** From 0, without the header. */
    private static Optional<Integer> row(Edit edit, XSSFSheet sheet, List<Problem> problems) {
        int last = lastFilled(sheet);
        if (edit.row().matches("\\d{1,7}(\\.0)?")) {
            int row = (int) Double.parseDouble(edit.row()) - 1;
            if (row < 1 || row > last + 1) {
                problems.add(new Problem(
                        "out-of-range",
                        "Found row " + edit.row() + " of " + sheet.getSheetName() + "; expected 2 to " + (last + 2)
                                + ".",
                        below(edit, "row")));
                return Optional.empty();
            }
            return Optional.of(row);
        }
        List<String> names = IntStream.rangeClosed(1, last)
                .mapToObj(i -> firstCell(sheet.getRow(i)))
                .toList();
        Optional<String> name = same(edit.row(), names);
        if (name.isEmpty() || names.indexOf(name.get()) != names.lastIndexOf(name.get())) {
            problems.add(
                    name.isEmpty()
                            ? problem(edit, "row", "the row " + edit.row() + " of " + sheet.getSheetName(), names)
                            : new Problem(
                                    "ambiguous",
                                    "Several rows of " + sheet.getSheetName() + " begin with " + edit.row()
                                            + "; expected the number of one.",
                                    below(edit, "row")));
            return Optional.empty();
        }
        return Optional.of(names.indexOf(name.get()) + 1);
    }

    private static int lastFilled(XSSFSheet sheet) {
        int last = sheet.getLastRowNum();
        while (last > 0 && firstCell(sheet.getRow(last)).isEmpty()) {
            last--;
        }
        return last;
    }

    private static String firstCell(@Nullable Row row) {
        Cell cell = row == null ? null : row.getCell(0);
        return cell == null ? "" : TEXT.formatCellValue(cell);
    }

    private static void write(XSSFRow row, int column, @Nullable Object value) {
        Cell cell = row.getCell(column, Row.MissingCellPolicy.CREATE_NULL_AS_BLANK);
        if (value == null) {
            cell.setBlank();
        } else if (value instanceof Number number) {
            cell.setCellValue(number.doubleValue());
        } else if (value instanceof Boolean yes) {
            cell.setCellValue(yes);
        } else {
            cell.setCellValue(String.valueOf(value));
        }
    }

    private static Optional<String> same(String written, Iterable<String> known) {
        for (String each : known) {
            if (!each.isEmpty() && Ids.normalise(each).equals(Ids.normalise(written))) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }

    private static Problem problem(Edit edit, String part, String what, Collection<String> known) {
        List<String> names =
                known.stream().filter(each -> !each.isEmpty()).distinct().toList();
        String written = part.equals("sheet") ? edit.sheet() : part.equals("row") ? edit.row() : edit.column();
        return new Problem(
                "unknown-" + part, "There is not " + what + "." + Ids.hint(written, names), below(edit, part));
    }

    private static Place below(Edit edit, String part) {
        return edit.at() instanceof Place.Pointer pointer ? pointer.child(part) : edit.at();
    }
}
