package quartermaster.workbook.read;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import quartermaster.unit.Columns;
import quartermaster.unit.Fields;
import quartermaster.unit.Place;
import quartermaster.unit.Problem;

/** One row's worth of values, written as labels down a column with each value at its right. */
public final class LabelledValues {
    private static final int LABELS_WITHIN_COLUMNS = 6;
    private static final int LABELS_WITHIN_ROWS = 100;

    private final ReadSheet sheet;
    private final Map<String, ReadCell> values; // by key of the header
    private final Map<String, ReadCell> labels; // likewise
    private final ReadCell first;

    private LabelledValues(
            ReadSheet sheet, Map<String, ReadCell> values, Map<String, ReadCell> labels, ReadCell first) {
        this.sheet = sheet;
        this.values = values;
        this.labels = labels;
        this.first = first;
    }

    /** The column with most labels, if there are more of them than any row of the sheet has headers. */
    public static Optional<LabelledValues> find(ReadSheet sheet, List<Heading> headings, List<Problem> problems) {
        List<ReadRow> rows = sheet.rows().stream()
                .filter(row -> row.number() <= LABELS_WITHIN_ROWS)
                .toList();
        int best = 0;
        long most = 0;
        for (int column = 0; column < LABELS_WITHIN_COLUMNS; column++) {
            long labels = labels(rows, column, headings);
            if (labels > most) {
                best = column;
                most = labels;
            }
        }
        long across = rows.stream()
                .mapToLong(row -> SheetTable.knownHeaders(row, headings))
                .max()
                .orElse(0);
        return most > across ? Optional.of(read(sheet, rows, best, headings, problems)) : Optional.empty();
    }

    /** The same labels with the values in the columns behind, as long as the one of a label is what is wanted there. */
    public List<LabelledValues> beside(String header, Predicate<String> wanted) {
        List<LabelledValues> found = new ArrayList<>();
        ReadCell label = labels.get(Columns.key(header));
        for (int offset = 2; label != null && wanted.test(valueOf(label, offset).text()); offset++) {
            Map<String, ReadCell> there = new LinkedHashMap<>();
            for (Map.Entry<String, ReadCell> each : labels.entrySet()) {
                there.put(each.getKey(), valueOf(each.getValue(), offset));
            }
            found.add(new LabelledValues(sheet, there, labels, valueOf(label, offset)));
        }
        return found;
    }

    private ReadCell valueOf(ReadCell label, int offset) {
        return sheet.rows().stream()
                .filter(row -> row.number() == label.row())
                .findFirst()
                .orElseThrow()
                .cell(label.column() + offset);
    }

    public Fields fields() {
        return new Fields(new Source());
    }

    /** The first label's cell. */
    public Place at() {
        return first.at();
    }

    private static LabelledValues read(
            ReadSheet sheet, List<ReadRow> rows, int column, List<Heading> headings, List<Problem> problems) {
        Map<String, ReadCell> values = new LinkedHashMap<>();
        Map<String, ReadCell> labels = new LinkedHashMap<>();
        List<ReadCell> unknown = new ArrayList<>();
        ReadCell first = null;
        for (ReadRow row : rows) {
            ReadCell label = row.cell(column);
            ReadCell value = row.cell(column + 1);
            Optional<Heading> heading =
                    headings.stream().filter(each -> each.matches(label.text())).findFirst();
            if (heading.isPresent()) {
                first = first == null ? label : first;
                if (put(values, heading.get(), label, value, problems)) {
                    labels.put(Columns.key(heading.get().header()), label);
                }
            } else if (!label.isEmpty() && !value.isEmpty()) {
                unknown.add(label);
            }
        }
        unknown.forEach(
                label -> SheetTable.misspelt(label, headings, values.keySet()).ifPresent(problems::add));
        return new LabelledValues(
                sheet, values, labels, first == null ? ReadCell.empty(sheet.name(), 1, column) : first);
    }

    /** Whether it is taken; a label without a value may be a title. */
    private static boolean put(
            Map<String, ReadCell> values, Heading heading, ReadCell label, ReadCell value, List<Problem> problems) {
        Optional<Problem> otherUnit = SheetTable.otherUnit(label, heading.header());
        if (otherUnit.isPresent()) {
            problems.add(otherUnit.get());
            return false;
        }
        ReadCell taken = values.get(Columns.key(heading.header()));
        if (taken == null || taken.isEmpty()) {
            values.put(Columns.key(heading.header()), value);
            return true;
        }
        if (!value.isEmpty()) {
            problems.add(new Problem(
                    "duplicate-column",
                    "Label (" + label.text() + ") has its value in " + taken.at() + " already.",
                    label.at()));
        }
        return false;
    }

    private static long labels(List<ReadRow> rows, int column, List<Heading> headings) {
        return headings.stream()
                .filter(heading -> rows.stream()
                        .anyMatch(row -> heading.matches(row.cell(column).text())))
                .count();
    }

    private final class Source implements Fields.Source {
        @Override
        public @Nullable Object value(String column) {
            ReadCell cell = values.get(Columns.key(column));
            ReadCell label = labels.get(Columns.key(column));
            return cell == null || label == null ? null : CellValues.of(cell, label, column);
        }

        @Override
        public Place place(String column) {
            ReadCell cell = values.get(Columns.key(column));
            return cell == null ? new Place.Cell(sheet.name(), first.row(), first.column()) : cell.at();
        }
    }
}
