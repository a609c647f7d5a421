package quartermaster.workbook.upload;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import quartermaster.catalogue.LooseNames;
import quartermaster.request.RequestField;
import quartermaster.request.RequestFields;
import quartermaster.unit.Columns;
import quartermaster.unit.Ids;
import quartermaster.unit.Problem;
import quartermaster.workbook.read.Heading;
import quartermaster.workbook.read.ReadCell;
import quartermaster.workbook.read.ReadRow;
import quartermaster.workbook.read.ReadSheet;
import quartermaster.workbook.read.SheetTable.TableRow;
import quartermaster.workbook.read.WorkbookFile;

/** What an upload says about the work where it is not read: beside candidates, above them, or on a further sheet. */
final class UnreadWork {
    private static final int LABELS_AT_LEAST = 2; // a single word may stand anywhere
    private static final int COLUMNS_LOOKED_AT = 20;
    private static final int VALUES_LOOKED_AT = 50;
    private static final Pattern COUNTS =
            Pattern.compile("(?i)\\b(?:prices?|costs?|preis|kosten|prix|budget|rates?|rent|rental"
                    + "|hourly|spot|on-demand|reserved|sla|tpot|tok(?:en)?s?/s|t/s|response time|speed|length|users|requests|tokens?|latency|ttft|tpot|itl|throughput|concurrency|nutzer|benutzer|anwender|utilisateurs|qty|quantity|qps|rps|anzahl|stückzahl"
                    + "|utili[sz]ation)\\b|[$€£]|/ ?hr?\\b");
    private static final Pattern MONEY =
            Pattern.compile("(?i)[~≈<>≤≥ ]*(?:us)?(?:[$€£]|usd|eur|chf) ?\\d[\\d.,]*\\s?[km]?(?:\\s?(?:/|per ).{1,12})?"
                    + "|[~≈<>≤≥ ]*\\d[\\d.,]*\\s?[km]?\\s?(?:[$€£]|usd|eur|chf)(?:\\s?(?:/|per ).{1,12})?");
    private static final Pattern ANSWERS = Pattern.compile("(?i)\\b(?:vision|images?|multimodal|owned|vorhanden)\\b");
    private static final Pattern MACHINES =
            Pattern.compile("(?i)\\b(?:nodes?|servers|machines|hosts|total gpus|boxes|units)\\b");
    private static final Set<String> OF_DEVICES = Stream.of(
                    "Manufacturer",
                    "Vendor",
                    "Brand",
                    "Make",
                    "Serial number",
                    "Serial",
                    "Model identifier",
                    "Computer name",
                    "Device name",
                    "Host name",
                    "Asset tag",
                    "Chip",
                    "Processor")
            .map(Columns::key)
            .collect(Collectors.toUnmodifiableSet());
    private static final Map<RequestField, Heading> HEADINGS = RequestFields.ofWorkloads().stream()
            .filter(field -> !field.header().equals(RequestColumns.TYPE)
                    && !field.path().equals("workload.name")
                    && !field.path().equals("workload.labels"))
            .filter(field -> RequestColumns.ofCandidates().stream().noneMatch(other -> other.matches(field.header())))
            .collect(Collectors.toMap(
                    Function.identity(), UnreadWork::heading, (one, other) -> one, LinkedHashMap::new));

    private UnreadWork() {}

    /** Columns of the candidates that say something else about the work than its own sheet does. */
    static List<Problem> beside(UploadedTables tables, List<TableRow> rows, List<WorkloadRow> workloads) {
        ReadSheet sheet = Objects.requireNonNull(tables.candidates());
        List<Problem> problems = new ArrayList<>();
        for (ReadCell cell :
                Objects.requireNonNull(tables.hardware()).row(sheet).cells()) {
            Optional<RequestField> field = field(cell);
            List<ReadCell> other = field.stream()
                    .filter(each ->
                            !isInventory(each, sheet, tables) && !each.path().equals("workload.labels"))
                    .flatMap(each -> values(cell, rows, sheet).filter(value -> !isSaid(value, each, workloads)))
                    .toList();
            if (!other.isEmpty()) {
                problems.add(new Problem(
                        "unread-column",
                        line(cell) + " (" + cell.text() + ") says what has to run, which is read from its own sheet: "
                                + other.get(0).text() + " is not. Write it there, a row for each"
                                + " workload, or add " + RequestColumns.TYPE + " here and leave that sheet out.",
                        cell.at()));
            }
        }
        return problems;
    }

    /** Columns whose headings speak of money, load or machines, with numbers below them, and which nobody reads. */
    static List<Problem> unread(ReadSheet sheet, ReadRow headings, LooseNames names, List<Problem> said) {
        List<Problem> problems = new ArrayList<>();
        for (ReadCell cell : headings.cells()) {
            boolean isNamed = said.stream().anyMatch(problem -> problem.at().equals(cell.at()));
            if (!isNamed && !isKnown(cell) && speaks(cell, sheet, names)) {
                problems.add(new Problem(
                        "unread-column",
                        line(cell) + " (" + cell.text() + ") is not read: no field is called so, or in its unit. "
                                + (isMoney(cell, sheet)
                                        ? HeadingHints.ofMoney(cell.text())
                                        : HeadingHints.of(cell.text())),
                        cell.at()));
            }
        }
        return problems;
    }

    /** Columns of candidates beside workloads, where candidates stand elsewhere or nowhere. */
    static List<Problem> ofCandidates(ReadSheet sheet, ReadRow headings) {
        return headings.cells().stream()
                .filter(cell -> !isOfWorkloads(cell) && isKnown(cell))
                .filter(cell -> below(cell, sheet).findAny().isPresent())
                .map(cell -> new Problem(
                        "unread-column",
                        line(cell) + " (" + cell.text()
                                + ") is not read here: it is one of candidates, which stand below a" + " heading "
                                + RequestColumns.HARDWARE + ".",
                        cell.at()))
                .toList();
    }

    private static String line(ReadCell heading) {
        return heading.turned() ? "Row" : "Column";
    }

    private static boolean isKnown(ReadCell cell) {
        String key = Columns.key(cell.text());
        return Stream.concat(RequestColumns.ofCandidates().stream(), RequestColumns.ofWorkloads().stream())
                .anyMatch(heading -> heading.matchesKey(key));
    }

    private static boolean speaks(ReadCell heading, ReadSheet sheet, LooseNames names) {
        List<ReadCell> values = below(heading, sheet).toList();
        long models = values.stream()
                .filter(cell -> cell.kind() == ReadCell.Kind.TEXT)
                .filter(cell -> names.findModel(cell.text()).isPresent())
                .count();
        return isMoney(heading, sheet)
                || ANSWERS.matcher(heading.text()).find() && !values.isEmpty()
                || MACHINES.matcher(heading.text()).find()
                        && values.stream().anyMatch(cell -> cell.kind() == ReadCell.Kind.NUMBER)
                || COUNTS.matcher(heading.text()).find()
                        && values.stream().anyMatch(cell -> cell.text().chars().anyMatch(Character::isDigit))
                || models > 0 && 2 * models >= values.size();
    }

    private static boolean isMoney(ReadCell heading, ReadSheet sheet) {
        List<ReadCell> values = below(heading, sheet).toList();
        return !values.isEmpty() && values.stream().allMatch(UnreadWork::isMoney);
    }

    private static boolean isMoney(ReadCell cell) {
        return cell.format() == ReadCell.Format.CURRENCY
                || cell.format().isForeign()
                || cell.kind() == ReadCell.Kind.TEXT
                        && MONEY.matcher(cell.text().strip()).matches();
    }

    /** The same of labels with their values at the right. */
    static List<Problem> unreadLabels(ReadSheet sheet, LooseNames names, List<Problem> said, boolean alsoOfACandidate) {
        Optional<List<ReadCell>> known = labels(sheet);
        if (known.isEmpty()) {
            return List.of();
        }
        int column = known.get().get(0).column();
        return sheet.rows().stream()
                .map(row -> row.cell(column))
                .filter(label -> !label.isEmpty() && !isOfWorkloads(label))
                .filter(label -> !alsoOfACandidate || !isKnown(label))
                .filter(label -> said.stream().noneMatch(problem -> problem.at().equals(label.at())))
                .filter(label -> {
                    ReadCell value = value(sheet, label);
                    boolean counts = COUNTS.matcher(label.text()).find()
                            && value.text().chars().anyMatch(Character::isDigit);
                    boolean ofCandidates = !value.isEmpty() && isKnown(label);
                    return counts
                            || ofCandidates
                            || names.findHardware(value.text()).isPresent();
                })
                .map(label -> new Problem(
                        "unread-label",
                        "Label (" + label.text()
                                + ") is not read: no field of a workload is called so, or in its unit. "
                                + (isOfCandidates(sheet, label, names)
                                        ? "Candidates stand in a table of their own, below a heading "
                                                + RequestColumns.HARDWARE + "."
                                        : HeadingHints.of(label.text())),
                        label.at()))
                .toList();
    }

    private static boolean isOfCandidates(ReadSheet sheet, ReadCell label, LooseNames names) {
        return isKnown(label) || names.findHardware(value(sheet, label).text()).isPresent();
    }

    private static ReadCell value(ReadSheet sheet, ReadCell label) {
        return sheet.rows().stream()
                .filter(row -> row.number() == label.row())
                .map(row -> row.cell(label.column() + 1))
                .findFirst()
                .orElseThrow();
    }

    private static boolean isOfWorkloads(ReadCell cell) {
        String key = Columns.key(cell.text());
        return RequestColumns.ofWorkloads().stream().anyMatch(heading -> heading.matchesKey(key));
    }

    private static Stream<ReadCell> below(ReadCell heading, ReadSheet sheet) {
        return sheet.rows().stream()
                .filter(row -> row.number() > heading.row())
                .map(row -> row.cell(heading.column()))
                .filter(cell -> !cell.isEmpty())
                .limit(VALUES_LOOKED_AT);
    }

    /** "Model" of a list of devices is no language model. */
    private static boolean isInventory(RequestField field, ReadSheet sheet, UploadedTables tables) {
        return field.path().equals("workload.model")
                && Objects.requireNonNull(tables.hardware()).row(sheet).cells().stream()
                        .anyMatch(cell -> OF_DEVICES.contains(Columns.key(cell.text())));
    }

    private static Stream<ReadCell> values(ReadCell heading, List<TableRow> rows, ReadSheet sheet) {
        Set<Integer> numbers = rows.stream().map(TableRow::number).collect(Collectors.toSet());
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
                        .filter(row -> field(row.cell(column)).isPresent() && isValue(row.cell(column + 1)))
                        .map(row -> row.cell(column))
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
        return HEADINGS.entrySet().stream()
                .filter(each -> each.getValue().matchesKey(key))
                .map(Map.Entry::getKey)
                .findFirst();
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
