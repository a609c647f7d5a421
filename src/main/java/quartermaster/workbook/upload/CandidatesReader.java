package quartermaster.workbook.upload;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import quartermaster.catalogue.LooseNames;
import quartermaster.estimate.resolution.Assumption;
import quartermaster.request.Explain;
import quartermaster.unit.Imported;
import quartermaster.unit.Place;
import quartermaster.unit.Problem;
import quartermaster.workbook.read.ReadSheet;
import quartermaster.workbook.read.SheetTable;
import quartermaster.workbook.read.SheetTable.TableRow;
import quartermaster.workbook.read.WorkbookFile;

/**
 * Reads what an architect uploads: one request for each row of {@code Workload}, with the rows of {@code Candidates} that
 * are for it, and the models of {@code Models to compare} where it names none. A row with a mistake is reported and left out; the others go on.
 */
public final class CandidatesReader {
    public static final String WORKLOAD_SHEET = "Workload";
    public static final String CANDIDATES_SHEET = "Candidates";

    /** Of the template: what its drop-downs offer, and nobody's candidates. */
    public static final String LISTS_SHEET = "Lists";

    private final WorkbookFile workbook;
    private final LooseNames known;
    private final LocalDate asOf;
    private final Explain explain;
    private final List<Problem> problems = new ArrayList<>();
    private @Nullable SheetTable places;
    private @Nullable String generated; // why candidates are, where none are read
    private @Nullable Assumption sideways; // how candidates stand, where not in rows
    private List<WorkloadRow> workloads = List.of();
    private List<CandidateRow> candidates = List.of();
    private NavigableMap<Integer, WorkloadRow> byRow = new TreeMap<>(); // where each row says its workload

    private CandidatesReader(WorkbookFile workbook, LooseNames known, LocalDate asOf, Explain explain) {
        this.workbook = workbook;
        this.known = known;
        this.asOf = asOf;
        this.explain = explain;
    }

    /**
     * The requests in the order of the sheet.
     *
     * @param known hardware of the catalogue, which tells a column of it from others
     */
    public static Imported<List<SheetRequest>> read(
            WorkbookFile workbook, LooseNames known, LocalDate asOf, Explain explain) {
        return read(workbook, UploadedTables.in(workbook, known), known, asOf, explain);
    }

    /** The same where it is known already where its tables stand. */
    public static Imported<List<SheetRequest>> read(
            WorkbookFile workbook, UploadedTables tables, LooseNames known, LocalDate asOf, Explain explain) {
        return new CandidatesReader(workbook, known, asOf, explain).read(tables);
    }

    private Imported<List<SheetRequest>> read(UploadedTables tables) {
        if (tables.together() && tables.workloads() != null) {
            byRow = WorkloadSheet.readByRow(workbook, tables.workloads(), problems);
            byRow.replaceAll((number, row) -> row.severalModels(known));
        }
        workloads = byRow.isEmpty()
                ? WorkloadSheet.read(workbook, tables.workloads(), known, problems).stream()
                        .map(row -> row.severalModels(known))
                        .toList()
                : byRow.values().stream().distinct().toList();
        if (tables.workloads() != null) {
            problems.addAll(UnreadWork.elsewhere(workbook, tables.workloads()));
            problems.addAll(UploadedTables.otherWorkloads(workbook, tables.workloads()));
        }
        candidates = candidates(tables, workloads);
        if (tables.workloads() != null) {
            problems.addAll(unread(tables.workloads(), tables.isTurned() && tables.onOneSheet()));
        }
        List<SheetRequest> requests = new ArrayList<>();
        workloads.stream()
                .filter(WorkloadRow::sound)
                .forEach(workload -> request(workload, candidates)
                        .map(each -> each.inDollars(tables.dollars()))
                        .ifPresent(requests::add));
        return new Imported<>(List.copyOf(requests), problems);
    }

    /**
     * What rows with mistakes ask for, as far as it can be read: so that what else is wrong with them is said in the same
     * round. None of these is to be decided.
     */
    public static List<SheetRequest> unsound(WorkbookFile workbook, LooseNames known, LocalDate asOf, Explain explain) {
        CandidatesReader reader = new CandidatesReader(workbook, known, asOf, explain);
        reader.read(UploadedTables.in(workbook, known));
        List<SheetRequest> requests = new ArrayList<>();
        for (WorkloadRow row : reader.workloads) {
            List<CandidateRow> unread = reader.candidates.stream()
                    .filter(each -> reader.isFor(each, row) && !(row.sound() && each.sound()))
                    .toList();
            if (!row.sound() || !unread.isEmpty()) {
                requests.add(SheetRequest.of(row, unread, reader.places, null, asOf, explain));
            }
        }
        return requests;
    }

    private List<Problem> unread(ReadSheet workloads, boolean alsoOfACandidate) {
        return WorkloadSheet.headings(workloads)
                .map(row -> Stream.concat(
                                UnreadWork.unread(workloads, row, known, problems).stream(),
                                byRow.isEmpty() ? UnreadWork.ofCandidates(workloads, row).stream() : Stream.of())
                        .toList())
                .orElseGet(() -> UnreadWork.unreadLabels(workloads, known, problems, alsoOfACandidate));
    }

    private List<CandidateRow> candidates(UploadedTables tables, List<WorkloadRow> workloads) {
        Optional<SheetTable> table = tables.candidateTable(problems);
        List<TableRow> rows = table.map(found -> found.rowsBesideTotals(RequestColumns.HARDWARE))
                .orElse(List.of());
        if (rows.isEmpty()
                && tables.workloads() == null
                && MachineText.in(workbook, known).isPresent()) {
            return List.of(); // the missing workload says so
        }
        if (rows.isEmpty()) {
            generated = NoCandidates.why(workbook, tables, known, problems);
            return List.of();
        }
        NoCandidates.otherTables(workbook, tables, known).forEach(problems::add);
        boolean isForm = tables.isTurned() && tables.onOneSheet();
        if (!tables.together() && !isForm) {
            problems.addAll(UnreadWork.beside(tables, rows, workloads));
            ReadSheet sheet = Objects.requireNonNull(tables.candidates());
            problems.addAll(UnreadWork.unread(
                    sheet, Objects.requireNonNull(tables.hardware()).row(sheet), known, problems));
        }
        places = table.get();
        sideways = tables.isTurned()
                ? sideways(Objects.requireNonNull(tables.candidates()).name())
                : null;
        Collection<String> names = CandidateRow.names(workloads);
        List<CandidateRow> read = rows.stream()
                .map(row -> CandidateRow.read(row, names, known, problems))
                .toList();
        ReadSheet sheet = Objects.requireNonNull(tables.candidates());
        if (sheet.hidden()) {
            report(
                    "hidden-sheet",
                    "Sheet " + sheet.name() + " is hidden, and its candidates count.",
                    Place.top(sheet.name()));
        }
        LineTotals.in(sheet, table.get(), read).ifPresent(problems::add);
        return read;
    }

    private static Assumption sideways(String sheet) {
        return new Assumption(
                "candidates.table",
                "a column for each",
                "sheet " + sheet + " has its headings down the first column; results stand on sheets of their own, not"
                        + " beside the candidates");
    }

    /** Empty where all candidates of a workload have mistakes: others than the user's are not put in their place. */
    private Optional<SheetRequest> request(WorkloadRow row, List<CandidateRow> candidates) {
        List<CandidateRow> wanted =
                candidates.stream().filter(each -> isFor(each, row)).toList();
        List<CandidateRow> sound = wanted.stream().filter(CandidateRow::sound).toList();
        if (sound.isEmpty() && !wanted.isEmpty()) {
            report("no-candidate-left", "All candidates for this workload have mistakes, so it is left out.", row.at());
            return Optional.empty();
        }
        WorkloadRow comparing =
                ModelsSheet.in(workbook).map(each -> each.in(row)).orElse(row);
        SheetRequest read = SheetRequest.of(comparing, sound, places, generated, asOf, explain);
        return Optional.of(sideways == null || sound.isEmpty() ? read : read.with(sideways));
    }

    private boolean isFor(CandidateRow candidate, WorkloadRow workload) {
        if (byRow.isEmpty()) {
            return candidate.isFor(workload);
        }
        var said = byRow.floorEntry(candidate.number());
        return said != null && said.getValue().equals(workload);
    }

    /** A sheet of that name, in the singular or in the plural. */
    public static Optional<ReadSheet> findSheet(WorkbookFile workbook, String name) {
        return workbook.findSheet(name)
                .or(() -> workbook.findSheet(name.endsWith("s") ? name.substring(0, name.length() - 1) : name + "s"));
    }

    private void report(String code, String message, Place at) {
        problems.add(new Problem(code, message, at));
    }
}
