package quartermaster.workbook.score;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongConsumer;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import quartermaster.catalogue.LooseNames;
import quartermaster.unit.Digests;
import quartermaster.unit.Problem;
import quartermaster.workbook.read.FileKind;
import quartermaster.workbook.read.PlainWorkbook;
import quartermaster.workbook.read.ReadCell;
import quartermaster.workbook.read.ReadRow;
import quartermaster.workbook.read.ReadSheet;
import quartermaster.workbook.read.SheetTable;
import quartermaster.workbook.read.Supervised;
import quartermaster.workbook.read.UnreadableWorkbookException;
import quartermaster.workbook.read.UnreadableWorkbookException.Reason;
import quartermaster.workbook.read.WorkbookFile;
import quartermaster.workbook.read.WorkbookInspection;
import quartermaster.workbook.read.WorkbookLimits;
import quartermaster.workbook.upload.CandidateRow;
import quartermaster.workbook.upload.CandidatesReader;
import quartermaster.workbook.upload.HardwareColumn;
import quartermaster.workbook.upload.NoCandidates;
import quartermaster.workbook.upload.UploadedTables;
import quartermaster.workbook.upload.WorkloadRow;
import quartermaster.workbook.upload.WorkloadSheet;

/**
 * A workbook with more candidates than are scored in place. To be opened, only its sheet of workloads and the headers
 * of its candidates are read; the candidates come in passing, and of each only its values are kept.
 *
 * <p>A file says behind its rows which areas are merged, so what they cover counts here.
 */
public final class LongWorkbook {
    private static final String NAME = "The workbook";
    private static final Set<String> TOO_MANY_ROWS = Set.of("too-many-rows", "too-many-candidates");
    private static final int HEAD_ROWS = 20;
    private static final int MOST_WORKLOAD_ROWS = 1_000;

    private final byte[] bytes;
    private final ZipFile zip; // the same: it is opened once
    private final WorkbookLimits limits;
    private final WorkbookFile head;
    private final @Nullable ReadSheet candidates;
    private final List<String> others;

    private LongWorkbook(
            byte[] bytes,
            ZipFile zip,
            WorkbookLimits limits,
            WorkbookFile head,
            @Nullable ReadSheet candidates,
            List<String> others) {
        this.bytes = bytes;
        this.zip = zip;
        this.limits = limits;
        this.head = head;
        this.candidates = candidates;
        this.others = others;
    }

    /**
     * @param table null where there are no candidates
     * @param formats how numbers of a column are shown, where they are shown in a way of their own
     * @param ours columns that an earlier run has written
     * @param problems of the headers and of the rows, the first of them
     */
    public record Table(
            @Nullable SheetTable table,
            List<LongRow> rows,
            Map<Integer, ReadCell.Format> formats,
            Set<Integer> ours,
            List<Problem> problems) {}

    /**
     * Opens it as far as can be told at once whether it is of use.
     *
     * @param refused why it was not scored in place
     * @throws UnreadableWorkbookException where it is not
     */
    public static LongWorkbook open(byte[] upload, UnreadableWorkbookException refused)
            throws UnreadableWorkbookException {
        if (!WorkbookInspection.isPackage(upload)) {
            throw ofItsFormat(refused);
        }
        WorkbookLimits limits = WorkbookLimits.LONG;
        Supervised supervised = new Supervised(NAME, limits.time());
        return supervised.run(() -> {
            WorkbookInspection inspection = new WorkbookInspection(upload, NAME, limits, supervised.deadline(), true);
            if (inspection.inspect() != FileKind.XLSX) {
                throw ofItsFormat(refused);
            }
            return opened(upload, inspection.directory(), limits, supervised.deadline());
        });
    }

    /** One that was opened before. */
    public static LongWorkbook openAgain(byte[] upload) throws UnreadableWorkbookException {
        return open(
                upload,
                new UnreadableWorkbookException(
                        UnreadableWorkbookException.Reason.SIZE, "too-many-rows", "The workbook has too many rows."));
    }

    /** Where there are too many rows, another format helps. */
    private static UnreadableWorkbookException ofItsFormat(UnreadableWorkbookException refused) {
        return TOO_MANY_ROWS.contains(refused.code())
                ? new UnreadableWorkbookException(
                        refused.reason(),
                        refused.code(),
                        refused.getMessage() + " Or save it as .xlsx: of that, many more are read.")
                : refused;
    }

    private static LongWorkbook opened(byte[] bytes, ZipFile zip, WorkbookLimits limits, long deadline)
            throws Exception {
        PlainWorkbook book = PlainWorkbook.inPassing(zip, NAME, limits, deadline);
        WorkbookFile names = new WorkbookFile(
                NAME,
                book.names().stream()
                        .map(each -> new ReadSheet(each, false, List.of()))
                        .toList());
        List<ReadSheet> read = new ArrayList<>();
        Optional<ReadSheet> workloads = CandidatesReader.findSheet(names, CandidatesReader.WORKLOAD_SHEET);
        if (workloads.isPresent()) {
            read.add(head(book, workloads.get().name(), MOST_WORKLOAD_ROWS));
        }
        Optional<ReadSheet> found = CandidatesReader.findSheet(names, CandidatesReader.CANDIDATES_SHEET);
        ReadSheet candidates = found.isEmpty() ? null : head(book, found.get().name(), HEAD_ROWS);
        List<String> others = names.sheets().stream()
                .filter(each -> !workloads.equals(Optional.of(each)) && !found.equals(Optional.of(each)))
                .map(ReadSheet::name)
                .filter(each -> !OwnSheet.isTitle(each))
                .toList();
        LongWorkbook made = new LongWorkbook(bytes, zip, limits, new WorkbookFile(NAME, read), candidates, others);
        made.refuseUseless();
        return made;
    }

    private static ReadSheet head(PlainWorkbook book, String sheet, int most) throws Exception {
        List<ReadRow> rows = new ArrayList<>();
        book.read(sheet, row -> {
            rows.add(row);
            return rows.size() < most;
        });
        return new ReadSheet(sheet, false, rows);
    }

    /** What is wrong with the workloads is said before anybody waits for the candidates. */
    private void refuseUseless() throws UnreadableWorkbookException {
        List<Problem> problems = new ArrayList<>();
        if (workloads(problems).stream().noneMatch(WorkloadRow::sound)) {
            Problem first = problems.get(0);
            throw new UnreadableWorkbookException(Reason.CONTENT, first.code(), first.message());
        }
    }

    public List<WorkloadRow> workloads(List<Problem> problems) {
        return WorkloadSheet.read(head, UploadedTables.workloads(head).orElse(null), problems);
    }

    /** The sheets that are held whole: the workloads. */
    WorkbookFile head() {
        return head;
    }

    /** The names of the user's sheets that nothing is read of. */
    List<String> others() {
        return others;
    }

    /** The sheet of candidates down to its headers, without ours; null where there is none. */
    @Nullable
    ReadSheet titles(Table read) {
        SheetTable table = read.table();
        if (candidates == null || table == null) {
            return null;
        }
        return new ReadSheet(
                candidates.name(),
                false,
                candidates.rows().stream()
                        .filter(row -> row.number() <= table.headerRow())
                        .map(row -> row.number() == table.headerRow() ? without(row, read.ours()) : row)
                        .toList());
    }

    private static ReadRow without(ReadRow row, Set<Integer> columns) {
        return new ReadRow(
                row.sheet(),
                row.number(),
                row.hidden(),
                row.cells().stream()
                        .filter(cell -> !columns.contains(cell.column()))
                        .toList());
    }

    /** Of the file as it came. */
    String digest() {
        return Digests.of(bytes);
    }

    /**
     * Reads the candidates.
     *
     * @param known hardware of the catalogue
     * @param most problems that are listed; each row knows its own
     * @param read is told now and then how many rows there were
     * @throws UnreadableWorkbookException where the file is damaged or larger than the limits
     */
    public Table table(List<WorkloadRow> workloads, LooseNames known, int most, LongConsumer read)
            throws UnreadableWorkbookException {
        if (candidates == null || candidates.rows().isEmpty()) {
            return new Table(null, List.of(), Map.of(), Set.of(), List.of());
        }
        ReadSheet sheet = candidates;
        List<Problem> problems = new ArrayList<>();
        Optional<SheetTable> table = HardwareColumn.of(sheet, known).map(column -> column.table(sheet, problems));
        if (table.isEmpty()) {
            problems.add(NoCandidates.noHardwareColumn(sheet));
            return new Table(null, List.of(), Map.of(), Set.of(), problems);
        }
        Supervised supervised = new Supervised(NAME, limits.time());
        return supervised.run(() -> {
            Reading reading = new Reading(
                    table.get(), ours(table.get().headerRow()), CandidateRow.names(workloads), known, most, problems);
            PlainWorkbook.inPassing(zip, NAME, limits, supervised.deadline())
                    .read(sheet.name(), row -> reading.take(row, read));
            return new Table(reading.table, reading.rows, reading.formats, reading.ours, problems);
        });
    }

    /** Our own columns, which stand one beside the other. */
    private Set<Integer> ours(int headerRow) {
        Set<Integer> ours = new TreeSet<>();
        List<String> headers = CandidateResults.headers();
        candidatesRow(headerRow).ifPresent(row -> {
            for (ReadCell cell : row.cells()) {
                boolean all = true;
                for (int i = 0; i < headers.size() && all; i++) {
                    all = CandidateResults.plain(row.cell(cell.column() + i).text())
                            .equals(headers.get(i));
                }
                for (int i = 0; i < headers.size() && all; i++) {
                    ours.add(cell.column() + i);
                }
            }
        });
        return ours;
    }

    private Optional<ReadRow> candidatesRow(int number) {
        return candidates == null
                ? Optional.empty()
                : candidates.rows().stream()
                        .filter(row -> row.number() == number)
                        .findFirst();
    }

    /** One pass over the candidates. */
    private static final class Reading {
        private static final int TOLD_EVERY = 1_000;

        private final SheetTable table;
        private final Set<Integer> ours;
        private final Collection<String> names;
        private final LooseNames known;
        private final int most;
        private final List<Problem> problems;
        private final List<LongRow> rows = new ArrayList<>();
        private final Map<Integer, ReadCell.Format> formats = new HashMap<>();

        Reading(
                SheetTable table,
                Set<Integer> ours,
                Collection<String> names,
                LooseNames known,
                int most,
                List<Problem> problems) {
            this.table = table;
            this.ours = ours;
            this.names = names;
            this.known = known;
            this.most = most;
            this.problems = problems;
        }

        /** Always wants more. */
        boolean take(ReadRow row, LongConsumer read) {
            if (row.number() > table.headerRow() && !table.isBlank(row)) {
                add(row);
            }
            if (rows.size() % TOLD_EVERY == 0) {
                read.accept(rows.size());
            }
            return true;
        }

        private void add(ReadRow row) {
            List<Problem> wrong = new ArrayList<>(0);
            CandidateRow candidate = CandidateRow.read(table.row(row), names, known, wrong);
            if (problems.size() < most) {
                problems.addAll(wrong);
            }
            rows.add(LongRow.of(candidate, row, ours, wrong));
            for (ReadCell cell : row.cells()) {
                if (cell.format() != ReadCell.Format.PLAIN) {
                    formats.putIfAbsent(cell.column(), cell.format());
                }
            }
        }
    }
}
