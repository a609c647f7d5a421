package quartermaster.workbook.upload;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import quartermaster.catalogue.LooseNames;
import quartermaster.request.WorkloadType;
import quartermaster.unit.Choice;
import quartermaster.unit.Place;
import quartermaster.unit.Problem;
import quartermaster.workbook.read.Heading;
import quartermaster.workbook.read.ReadCell;
import quartermaster.workbook.read.ReadRow;
import quartermaster.workbook.read.ReadSheet;
import quartermaster.workbook.read.SheetTable;
import quartermaster.workbook.read.WorkbookFile;

/**
 * Where the workloads and the candidates of an upload stand: on sheets of those names, else wherever their headings or
 * their values are; both may stand on one sheet, one above the other, side by side, or in one table.
 *
 * @param workloads the part of a sheet that holds them; null where there are none
 * @param candidates likewise
 * @param hardware the column that names the candidates; null where none does
 * @param together whether each row is a candidate with its workload
 * @param dollars of cells with money of others, what it is and at which rate it is taken
 */
public record UploadedTables(
        @Nullable ReadSheet workloads,
        @Nullable ReadSheet candidates,
        @Nullable HardwareColumn hardware,
        boolean together,
        Map<Place, String> dollars) {
    private static final int HEADERS_AT_LEAST = 2; // a single word may stand anywhere
    private static final int MOST_LABELS = 200; // down the first column of a table on its side
    private static final List<Heading> WORKLOAD = RequestColumns.ofWorkloads();

    public UploadedTables {
        dollars = Map.copyOf(dollars);
    }

    private UploadedTables(
            @Nullable ReadSheet workloads,
            @Nullable ReadSheet candidates,
            @Nullable HardwareColumn hardware,
            boolean together) {
        this(workloads, candidates, hardware, together, Map.of());
    }

    public static UploadedTables in(WorkbookFile written, LooseNames names) {
        if (!names.hasRates()) {
            return found(written, names);
        }
        ForeignMoney money = new ForeignMoney(names::usdPer);
        UploadedTables found = found(
                new WorkbookFile(
                        written.name(),
                        written.kind(),
                        written.sheets().stream().map(money::inDollars).toList()),
                names);
        return new UploadedTables(found.workloads, found.candidates, found.hardware, found.together, money.made());
    }

    private static UploadedTables found(WorkbookFile workbook, LooseNames names) {
        ReadSheet workloads = workloads(workbook).orElse(null);
        Optional<ReadSheet> named = CandidatesReader.findSheet(workbook, CandidatesReader.CANDIDATES_SHEET);
        Map<ReadSheet, Optional<HardwareColumn>> columns = new IdentityHashMap<>();
        Function<ReadSheet, Optional<HardwareColumn>> column =
                sheet -> columns.computeIfAbsent(sheet, any -> HardwareColumn.of(sheet, names));
        Predicate<ReadSheet> namesSome =
                sheet -> column.apply(sheet).filter(each -> each.known() > 0).isPresent();
        Map<ReadSheet, ReadSheet> upright = new IdentityHashMap<>();
        UnaryOperator<ReadSheet> turned = sheet -> upright.computeIfAbsent(
                sheet, any -> sheet.equals(workloads) ? sheet : turnedWhereItIs(sheet, column, names));
        ReadSheet candidates = named.map(turned)
                .filter(namesSome)
                .or(() -> searched(workbook).map(turned).filter(namesSome).findFirst())
                .or(() -> named.map(turned))
                .or(() -> searched(workbook)
                        .map(turned)
                        .filter(sheet -> column.apply(sheet).isPresent())
                        .findFirst())
                .orElse(null);
        if (workloads != null && (candidates == null || isUnsure(candidates, workloads, column.apply(candidates)))) {
            UploadedTables form = inAForm(workloads, names);
            if (form != null) {
                return form;
            }
        }
        if (candidates == null) {
            return new UploadedTables(workloads, null, null, false);
        }
        HardwareColumn hardware = column.apply(candidates).orElse(null);
        if (hardware != null) {
            candidates = hardware.withInstances(candidates, names);
        }
        if (hardware != null && candidates.isTurned()) {
            return new UploadedTables(workloads, candidates, hardware, false);
        }
        return workloads != null && candidates.name().equals(workloads.name())
                ? onOneSheet(candidates, hardware)
                : new UploadedTables(workloads, candidates, hardware, false);
    }

    private static boolean isUnsure(ReadSheet candidates, ReadSheet workloads, Optional<HardwareColumn> column) {
        boolean isOneSheet = candidates.name().equals(workloads.name());
        return column.filter(each -> each.known() > 0 && (each.isNamed() || !isOneSheet))
                .isEmpty();
    }

    /** Labels down a column with their values beside them, the hardware among them: a workload and its candidate. */
    private static @Nullable UploadedTables inAForm(ReadSheet workloads, LooseNames names) {
        if (workloads.rows().size() > MOST_LABELS || header(workloads, WORKLOAD).isPresent()) {
            return null;
        }
        ReadSheet turned = workloads.turned();
        return HardwareColumn.of(turned, names)
                .filter(side -> side.isNamed() && side.known() == 1 && side.filled() == 1)
                .map(side -> new UploadedTables(workloads, turned, side, false))
                .orElse(null);
    }

    /** The sheet as it is read: on its side where each of its columns is a candidate. */
    static ReadSheet upright(ReadSheet sheet, LooseNames names) {
        return turnedWhereItIs(sheet, each -> HardwareColumn.of(each, names), names);
    }

    private static ReadSheet turnedWhereItIs(
            ReadSheet sheet, Function<ReadSheet, Optional<HardwareColumn>> column, LooseNames names) {
        if (sheet.rows().size() > MOST_LABELS || sheet.rows().size() < 2) {
            return sheet;
        }
        ReadSheet turned = sheet.turned();
        return HardwareColumn.of(turned, names)
                .filter(side -> side.isRather(turned, column.apply(sheet)))
                .map(any -> turned)
                .orElse(sheet);
    }

    /** The sheet of the workloads. */
    public static Optional<ReadSheet> workloads(WorkbookFile workbook) {
        return CandidatesReader.findSheet(workbook, CandidatesReader.WORKLOAD_SHEET)
                .or(() -> first(workbook, UploadedTables::holdsWorkloads));
    }

    /** Further sheets that hold workloads: none of them is read. */
    static List<Problem> otherWorkloads(WorkbookFile workbook, ReadSheet read) {
        return searched(workbook)
                .filter(sheet -> !sheet.name().equals(read.name()) && holdsWorkloads(sheet))
                .map(sheet -> new Problem(
                        "second-table",
                        "Sheet " + sheet.name() + " says what has to run, too, and is not read, as sheet " + read.name()
                                + " is. Put all workloads into one table.",
                        Place.top(sheet.name())))
                .toList();
    }

    /** Sheets of any name in which candidates may stand: those that people see. */
    static Stream<ReadSheet> searched(WorkbookFile workbook) {
        return workbook.sheets().stream()
                .filter(sheet -> !sheet.hidden() && !sheet.name().equals(CandidatesReader.LISTS_SHEET));
    }

    /** The candidates' table; empty where no column names hardware. */
    public Optional<SheetTable> candidateTable(List<Problem> problems) {
        return candidates == null || hardware == null
                ? Optional.empty()
                : Optional.of(hardware.table(candidates, problems));
    }

    /** Whether each column is a candidate, with the headings down the first one. */
    public boolean isTurned() {
        return hardware != null && hardware.heading().turned();
    }

    public boolean onOneSheet() {
        return workloads != null && candidates != null && workloads.name().equals(candidates.name());
    }

    private static Optional<ReadSheet> first(WorkbookFile workbook, Predicate<ReadSheet> holds) {
        return workbook.sheets().stream().filter(holds).findFirst();
    }

    private static boolean holdsWorkloads(ReadSheet sheet) {
        return header(sheet, WORKLOAD).isPresent()
                || sheet.rows().stream()
                        .anyMatch(row -> row.cells().stream()
                                .anyMatch(cell -> isRequired(cell, WORKLOAD)
                                        && !row.cell(cell.column() + 1).isEmpty()
                                        && labels(sheet, cell.column()) >= HEADERS_AT_LEAST));
    }

    private static long labels(ReadSheet sheet, int column) {
        return WORKLOAD.stream()
                .filter(heading -> sheet.rows().stream()
                        .anyMatch(row -> heading.matches(row.cell(column).text())))
                .count();
    }

    /** The first row of headers: of two that are known, or of one above types of work. */
    private static Optional<ReadRow> header(ReadSheet sheet, List<Heading> headings) {
        return sheet.rows().stream()
                .filter(row -> {
                    OptionalInt type = required(row, headings);
                    return type.isPresent()
                            && (SheetTable.knownHeaders(row, headings) >= HEADERS_AT_LEAST
                                    || holdsTypes(sheet, row.number(), type.getAsInt()));
                })
                .findFirst();
    }

    private static boolean holdsTypes(ReadSheet sheet, int below, int column) {
        return sheet.rows().stream()
                .filter(row -> row.number() > below)
                .map(row -> row.cell(column))
                .filter(cell -> !cell.isEmpty())
                .findFirst()
                .flatMap(cell -> Choice.find(WorkloadType.class, cell.text()))
                .isPresent();
    }

    private static OptionalInt required(ReadRow row, List<Heading> headings) {
        return row.cells().stream()
                .filter(cell -> isRequired(cell, headings))
                .mapToInt(ReadCell::column)
                .findFirst();
    }

    private static boolean isRequired(ReadCell cell, List<Heading> headings) {
        return headings.stream().filter(Heading::required).anyMatch(heading -> heading.matches(cell.text()));
    }

    private static UploadedTables onOneSheet(ReadSheet sheet, @Nullable HardwareColumn hardware) {
        if (hardware == null) {
            return new UploadedTables(sheet, sheet, null, false);
        }
        ReadRow header = hardware.row(sheet);
        int first = header.number();
        OptionalInt type = required(header, WORKLOAD);
        if (type.isPresent()) {
            return inOneRow(sheet, header, type.getAsInt(), hardware);
        }
        Optional<ReadRow> workloads = header(sheet, WORKLOAD).filter(row -> row.number() > first);
        return workloads
                .map(below -> new UploadedTables(
                        rows(sheet, below.number(), Integer.MAX_VALUE),
                        withoutTitle(rows(sheet, first, below.number() - 1), below.number()),
                        hardware,
                        false))
                .orElseGet(() -> new UploadedTables(
                        withoutTitle(rows(sheet, 1, first - 1), first),
                        rows(sheet, first, Integer.MAX_VALUE),
                        hardware,
                        false));
    }

    /** Side by side where an empty column is between them. */
    private static UploadedTables inOneRow(ReadSheet sheet, ReadRow header, int type, HardwareColumn of) {
        int hardware = of.heading().column();
        for (int column = Math.min(type, hardware); column < Math.max(type, hardware); column++) {
            if (header.cell(column).isEmpty()) {
                ReadSheet left = columns(sheet, 0, column);
                ReadSheet right = columns(sheet, column + 1, Integer.MAX_VALUE);
                return type < hardware
                        ? new UploadedTables(left, right, of, false)
                        : new UploadedTables(right, left, of, false);
            }
        }
        return new UploadedTables(without(sheet, of.heading().column()), sheet, of, true);
    }

    private static ReadSheet rows(ReadSheet sheet, int first, int last) {
        List<ReadRow> rows = sheet.rows().stream()
                .filter(row -> row.number() >= first && row.number() <= last)
                .toList();
        return new ReadSheet(sheet.name(), sheet.hidden(), rows, sheet.merged());
    }

    private static ReadSheet columns(ReadSheet sheet, int first, int last) {
        List<ReadRow> rows = sheet.rows().stream()
                .map(row -> new ReadRow(
                        row.sheet(),
                        row.number(),
                        row.hidden(),
                        row.cells().stream()
                                .filter(cell -> cell.column() >= first && cell.column() <= last)
                                .toList()))
                .filter(row -> !row.cells().isEmpty())
                .toList();
        return new ReadSheet(sheet.name(), sheet.hidden(), rows, sheet.merged());
    }

    /** Hardware is no name of a workload, though its heading may be "name". */
    private static ReadSheet without(ReadSheet sheet, int column) {
        List<ReadRow> rows = sheet.rows().stream()
                .map(row -> new ReadRow(
                        row.sheet(),
                        row.number(),
                        row.hidden(),
                        row.cells().stream()
                                .filter(cell -> cell.column() != column)
                                .toList()))
                .filter(row -> !row.cells().isEmpty())
                .toList();
        return new ReadSheet(sheet.name(), sheet.hidden(), rows, sheet.merged());
    }

    /** A single cell just above the headers of the next table is that table's title. */
    private static ReadSheet withoutTitle(ReadSheet sheet, int next) {
        int last = sheet.rows().size() - 1;
        return last > 0
                        && sheet.rows().get(last).cells().size() == 1
                        && sheet.rows().get(last).number() >= next - 2
                ? new ReadSheet(sheet.name(), sheet.hidden(), sheet.rows().subList(0, last), sheet.merged())
                : sheet;
    }
}
