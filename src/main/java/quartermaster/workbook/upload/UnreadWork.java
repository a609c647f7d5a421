package quartermaster.workbook.upload;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import quartermaster.request.RequestField;
import quartermaster.request.RequestFields;
import quartermaster.unit.Columns;
import quartermaster.unit.Ids;
import quartermaster.unit.Problem;
import quartermaster.workbook.read.Heading;
import quartermaster.workbook.read.ReadCell;
import quartermaster.workbook.read.ReadSheet;
import quartermaster.workbook.read.SheetTable.TableRow;
import quartermaster.workbook.read.WorkbookFile;

/** What an upload says about the work where it is not read: beside candidates, above them, or on a further sheet. */
final class UnreadWork {
    private static final int LABELS_AT_LEAST = 2; // a single word may stand anywhere
    private static final int COLUMNS_LOOKED_AT = 20;
    private static final List<RequestField> FIELDS = RequestFields.ofWorkloads().stream()
            .filter(field ->
                    !field.header().equals(RequestColumns.TYPE) && !field.path().equals("workload.name"))
            .filter(field -> RequestColumns.ofCandidates().stream().noneMatch(other -> other.matches(field.header())))
            .toList();

    private UnreadWork() {}

    /** Columns of the candidates that say something else about the work than its own sheet does. */
    static List<Problem> beside(UploadedTables tables, List<TableRow> rows, List<WorkloadRow> workloads) {
        ReadSheet sheet = Objects.requireNonNull(tables.candidates());
        List<Problem> problems = new ArrayList<>();
        for (ReadCell cell :
                Objects.requireNonNull(tables.hardware()).row(sheet).cells()) {
            Optional<RequestField> field = field(cell);
            List<ReadCell> other = field.stream()
                    .flatMap(each -> values(cell, rows, sheet).filter(value -> !isSaid(value, each, workloads)))
                    .toList();
            if (!other.isEmpty()) {
                problems.add(new Problem(
                        "unread-column",
                        "Column (" + cell.text() + ") says what has to run, which is read from its own sheet: "
                                + other.get(0).text() + " is not. Write it there, a row for each"
                                + " workload, or add " + RequestColumns.TYPE + " here and leave that sheet out.",
                        cell.at()));
            }
        }
        return problems;
    }

    private static Stream<ReadCell> values(ReadCell heading, List<TableRow> rows, ReadSheet sheet) {
        List<Integer> numbers = rows.stream().map(TableRow::number).toList();
        return sheet.rows().stream()
                .filter(row -> numbers.contains(row.number()))
                .map(row -> row.cell(heading.column()))
                .filter(cell -> !cell.isEmpty());
    }

    private static boolean isSaid(ReadCell value, RequestField field, List<WorkloadRow> workloads) {
        return workloads.stream()
                .map(row -> RequestCells.cell(field, row.said()))
                .filter(Objects::nonNull)
                .anyMatch(said -> Ids.normalise(String.valueOf(said)).equals(Ids.normalise(value.text())));
    }

    /** Labels with values above the candidates or on other sheets. */
    static List<Problem> elsewhere(WorkbookFile workbook, ReadSheet workloads) {
        return UploadedTables.searched(workbook)
                .filter(sheet -> !sheet.name().equals(workloads.name()))
                .flatMap(sheet -> labels(sheet).stream())
                .map(labels -> new Problem(
                        "unread-labels",
                        words(labels) + " stand here, and are not read: what has to run is said by sheet "
                                + workloads.name() + ".",
                        labels.get(0).at()))
                .toList();
    }

    /** What says most about the work where nothing says its type. */
    static Optional<String> nearest(WorkbookFile workbook) {
        return UploadedTables.searched(workbook)
                .flatMap(sheet -> Stream.concat(
                        labels(sheet).stream(),
                        sheet.rows().stream()
                                .map(row -> row.cells().stream()
                                        .filter(cell -> field(cell).isPresent())
                                        .toList())
                                .filter(cells -> !cells.isEmpty())
                                .limit(1)))
                .findFirst()
                .map(cells ->
                        " " + cells.get(0).at() + " says something of it (" + words(cells) + "), but not its type.");
    }

    private static Optional<List<ReadCell>> labels(ReadSheet sheet) {
        return IntStream.range(0, COLUMNS_LOOKED_AT)
                .mapToObj(column -> sheet.rows().stream()
                        .filter(row -> isValue(row.cell(column + 1)))
                        .map(row -> row.cell(column))
                        .filter(cell -> field(cell).isPresent())
                        .toList())
                .filter(labels -> labels.size() >= LABELS_AT_LEAST)
                .findFirst();
    }

    /** Not another heading of the same row. */
    private static boolean isValue(ReadCell cell) {
        return !cell.isEmpty() && field(cell).isEmpty();
    }

    private static Optional<RequestField> field(ReadCell cell) {
        String key = Columns.key(cell.text());
        return FIELDS.stream().filter(each -> heading(each).matchesKey(key)).findFirst();
    }

    private static Heading heading(RequestField field) {
        return RequestColumns.ofWorkloads().stream()
                .filter(each -> each.header().equals(field.header()))
                .findFirst()
                .orElseThrow();
    }

    private static String words(List<ReadCell> cells) {
        return cells.stream().map(ReadCell::text).collect(Collectors.joining(", "));
    }
}
