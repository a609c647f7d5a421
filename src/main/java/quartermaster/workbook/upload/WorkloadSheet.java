package quartermaster.workbook.upload;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import quartermaster.catalogue.LooseNames;
import quartermaster.request.DecisionRequest;
import quartermaster.request.RequestField;
import quartermaster.request.RequestFields;
import quartermaster.request.Use;
import quartermaster.request.WorkloadType;
import quartermaster.unit.Choice;
import quartermaster.unit.Columns;
import quartermaster.unit.Fields;
import quartermaster.unit.Ids;
import quartermaster.unit.Place;
import quartermaster.unit.Problem;
import quartermaster.workbook.read.Heading;
import quartermaster.workbook.read.LabelledValues;
import quartermaster.workbook.read.ReadCell;
import quartermaster.workbook.read.ReadRow;
import quartermaster.workbook.read.ReadSheet;
import quartermaster.workbook.read.SheetTable;
import quartermaster.workbook.read.WorkbookFile;

/** Reads the sheet {@code Workload}: a table with a row for each, or labels with the values of one beside them. */
public final class WorkloadSheet {
    private static final RequestField NAME = RequestFields.get("workload.name");
    private static final RequestField TYPE = RequestFields.get("workload.type");
    private static final RequestField USE = RequestFields.get("workload.use");
    private static final String TYPES = Ids.alternatives(Choice.ids(WorkloadType.class));
    private static final RequestField MODEL = RequestFields.get("workload.model");

    private final WorkbookFile workbook;
    private final @Nullable ReadSheet sheet;
    private final List<Problem> problems;

    private WorkloadSheet(WorkbookFile workbook, @Nullable ReadSheet sheet, List<Problem> problems) {
        this.workbook = workbook;
        this.sheet = sheet;
        this.problems = problems;
    }

    /**
     * Its rows, those with mistakes too.
     *
     * @param sheet that holds them; null where there is none
     */
    public static List<WorkloadRow> read(WorkbookFile workbook, @Nullable ReadSheet sheet, List<Problem> problems) {
        return new WorkloadSheet(workbook, sheet, problems).read(null);
    }

    /** @param known hardware, which is named where nothing says what has to run on it */
    static List<WorkloadRow> read(
            WorkbookFile workbook, @Nullable ReadSheet sheet, LooseNames known, List<Problem> problems) {
        return new WorkloadSheet(workbook, sheet, problems).read(known);
    }

    /**
     * Of a table whose rows are candidates with their workload: the workload of each row, by its number. Equal ones are
     * one, and a row that says nothing about it belongs to the one above.
     */
    static NavigableMap<Integer, WorkloadRow> readByRow(
            WorkbookFile workbook, ReadSheet sheet, List<Problem> problems) {
        return new WorkloadSheet(workbook, sheet, problems).readByRow();
    }

    private NavigableMap<Integer, WorkloadRow> readByRow() {
        NavigableMap<Integer, WorkloadRow> byRow = new TreeMap<>();
        ReadSheet there = Objects.requireNonNull(sheet);
        List<Heading> headings = columns(there).stream()
                .filter(heading -> !heading.header()
                        .equals(RequestFields.get("workload.quantization").header())) // the candidate's
                .toList();
        SheetTable.find(there, headings, problems).ifPresent(table -> {
            for (SheetTable.TableRow row : table.rows()) {
                Optional<WorkloadRow> named = namedAbove(row, headings, byRow);
                if (named.isPresent()) {
                    byRow.put(row.number(), named.get());
                    continue;
                }
                WorkloadRow read = workload(row.fields(), new Place.Cell(there.name(), row.number(), 0), List.of());
                WorkloadRow known = byRow.values().stream()
                        .filter(each -> each.saysTheSame(read))
                        .findFirst()
                        .orElse(read);
                byRow.put(row.number(), known);
            }
        });
        return byRow;
    }

    /** The workload above that a row calls by its name, and of which it says nothing else. */
    private static Optional<WorkloadRow> namedAbove(
            SheetTable.TableRow row, List<Heading> headings, NavigableMap<Integer, WorkloadRow> above) {
        String name = row.fields().textOrNull(NAME.header());
        boolean alone = headings.stream()
                .map(Heading::header)
                .noneMatch(
                        header -> !header.equals(NAME.header()) && row.fields().has(header));
        return name == null || !alone
                ? Optional.empty()
                : above.values().stream().filter(each -> each.isCalled(name)).findFirst();
    }

    private List<WorkloadRow> read(@Nullable LooseNames known) {
        if (sheet == null) {
            List<String> names = workbook.sheets().stream().map(ReadSheet::name).toList();
            String hint = Ids.nearest(CandidatesReader.WORKLOAD_SHEET, names)
                    .map(name -> " Did you mean " + name + "?")
                    .or(() -> Optional.ofNullable(known).flatMap(this::itself))
                    .or(() -> UnreadWork.nearest(workbook))
                    .or(() -> Optional.ofNullable(known).flatMap(this::onlyHardware))
                    .orElse(" It says what has to run; the template has one.");
            report(
                    "missing-sheet",
                    "There is no sheet " + CandidatesReader.WORKLOAD_SHEET + ", and no other has a column "
                            + RequestColumns.TYPE + " (" + TYPES + ")." + hint,
                    Place.top(CandidatesReader.WORKLOAD_SHEET));
            return List.of();
        }
        List<Heading> headings = columns(sheet);
        List<WorkloadRow> rows = new ArrayList<>();
        Optional<LabelledValues> labelled = LabelledValues.find(sheet, headings, problems);
        if (labelled.isPresent()) {
            rows.add(workload(labelled.get().fields(), labelled.get().at(), rows));
            labelled.get()
                    .beside(
                            TYPE.header(),
                            text -> Choice.find(WorkloadType.class, text).isPresent())
                    .forEach(next -> rows.add(workload(next.fields(), next.at(), rows)));
            return rows;
        }
        Optional<SheetTable> table = SheetTable.find(sheet, headings, problems);
        table.ifPresent(found -> otherTables(found.headerRow()));
        table.ifPresent(found -> found.rows().stream()
                .filter(row -> !isHeadings(row.number()))
                .forEach(row -> rows.add(workload(row.fields(), new Place.Cell(sheet.name(), row.number(), 0), rows))));
        if (rows.isEmpty()) {
            reportNoWorkload(sheet, table.isPresent());
        }
        return rows;
    }

    private void otherTables(int read) {
        Objects.requireNonNull(sheet).rows().stream()
                .filter(row -> row.number() != read && isHeadings(row.number()))
                .forEach(row -> report(
                        "second-table",
                        "Another table of workloads begins here, and is not read: the one with most headings is, of row "
                                + read + ". Put all workloads into one table.",
                        row.cells().get(0).at()));
    }

    private boolean isHeadings(int number) {
        return Objects.requireNonNull(sheet).rows().stream()
                .filter(row -> row.number() == number)
                .anyMatch(row ->
                        row.cells().stream().anyMatch(cell -> heading(TYPE).matches(cell.text()))
                                && SheetTable.knownHeaders(row, RequestColumns.ofWorkloads()) > 1);
    }

    /** What a system says of itself. */
    private Optional<String> itself(LooseNames known) {
        return MachineText.in(workbook, known)
                .flatMap(it -> known.findHardware(it.hardware())
                        .map(hardware -> " The file is what a system says of itself, and names "
                                + (it.devices() == null ? "" : it.devices() + "× ") + hardware.name()
                                + ". Write that below a heading " + RequestColumns.HARDWARE
                                + " beside what has to run, or ask which"
                                + " models it runs: models --hardware \"" + hardware.name() + "\"."));
    }

    private Optional<String> onlyHardware(LooseNames known) {
        return UploadedTables.searched(workbook)
                .flatMap(each -> HardwareColumn.names(each, known).stream())
                .findFirst()
                .map(name -> " The file names hardware (" + name
                        + " …) and nothing that has to run on it: add a column " + RequestColumns.TYPE
                        + ", or ask which models it runs: models --hardware \"" + name + "\".");
    }

    /** The columns, of which "Use case" is the name where nobody's uses stand below it. */
    private static List<Heading> columns(ReadSheet sheet) {
        List<Heading> all = RequestColumns.ofWorkloads();
        Optional<ReadCell> written = useThatIsNone(sheet).or(() -> labelThatIsNoUse(sheet));
        return written.map(cell -> all.stream()
                        .filter(each -> !each.header().equals(USE.header()))
                        .map(each -> each.header().equals(NAME.header())
                                ? new Heading(NAME.header(), false, List.of(cell.text()))
                                : each)
                        .toList())
                .orElse(all);
    }

    private static Optional<ReadCell> labelThatIsNoUse(ReadSheet sheet) {
        boolean isNamed = sheet.rows().stream()
                .anyMatch(row ->
                        row.cells().stream().anyMatch(cell -> heading(NAME).matches(cell.text())));
        return isNamed
                ? Optional.empty()
                : sheet.rows().stream()
                        .flatMap(row -> row.cells().stream()
                                .filter(WorkloadSheet::isLooseUse)
                                .filter(cell -> row.cell(cell.column() + 1).kind() == ReadCell.Kind.TEXT
                                        && Choice.find(
                                                        Use.class,
                                                        row.cell(cell.column() + 1)
                                                                .text())
                                                .isEmpty()
                                        && headings(sheet).isEmpty()))
                        .findFirst();
    }

    private static boolean isLooseUse(ReadCell cell) {
        return heading(USE).matches(cell.text()) && !Columns.key(cell.text()).equals(Columns.key(USE.header()));
    }

    private static Optional<ReadCell> useThatIsNone(ReadSheet sheet) {
        return headings(sheet).stream()
                .filter(row ->
                        row.cells().stream().noneMatch(cell -> heading(NAME).matches(cell.text())))
                .flatMap(row -> row.cells().stream())
                .filter(WorkloadSheet::isLooseUse)
                .filter(cell -> sheet.rows().stream()
                        .filter(row -> row.number() > cell.row())
                        .noneMatch(row -> Choice.find(
                                        Use.class, row.cell(cell.column()).text())
                                .isPresent()))
                .findFirst();
    }

    /** The row that names most columns, the type among them. */
    static Optional<ReadRow> headings(ReadSheet sheet) {
        return sheet.rows().stream()
                .filter(row -> row.cells().stream()
                        .anyMatch(cell -> heading(TYPE).matches(cell.text())
                                && Choice.find(
                                                WorkloadType.class,
                                                row.cell(cell.column() + 1).text())
                                        .isEmpty()))
                .max(Comparator.comparingLong(row -> SheetTable.knownHeaders(row, RequestColumns.ofWorkloads())));
    }

    private static Heading heading(RequestField field) {
        return RequestColumns.ofWorkloads().stream()
                .filter(each -> each.header().equals(field.header()))
                .findFirst()
                .orElseThrow();
    }

    private void reportNoWorkload(ReadSheet sheet, boolean hasHeaders) {
        if (hasHeaders) {
            report(
                    "missing-value",
                    "Sheet " + sheet.name() + " has no workload below its headers.",
                    Place.top(sheet.name()));
        } else {
            report(
                    "missing-column",
                    "Sheet " + sheet.name() + " has no column " + RequestColumns.TYPE + ", which every workload needs: "
                            + TYPES + ".",
                    Place.top(sheet.name()));
        }
    }

    private WorkloadRow workload(Fields fields, Place at, List<WorkloadRow> before) {
        DecisionRequest said = RequestCells.request(fields);
        String name = said.workload().name();
        if (name != null) {
            before.stream()
                    .filter(row -> row.isCalled(name))
                    .findFirst()
                    .ifPresent(first -> fields.reportWrong(
                            "duplicate-name",
                            NAME.header(),
                            name,
                            "stands in " + first.cells().get(NAME.pointer()) + " too."));
        }
        problems.addAll(fields.problems());
        Map<String, Place> cells = new HashMap<>();
        RequestFields.ofWorkloads().forEach(each -> cells.put(each.pointer(), fields.place(each.header())));
        if (!RequestCells.inModelCell(fields.textOrNull(MODEL.header())).isEmpty()) {
            cells.put("/workload/models", fields.place(MODEL.header()));
        }
        return new WorkloadRow(said, cells, fields.isSound(), at);
    }

    private void report(String code, String message, Place at) {
        problems.add(new Problem(code, message, at));
    }
}
