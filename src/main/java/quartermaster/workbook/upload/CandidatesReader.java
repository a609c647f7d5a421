package quartermaster.workbook.upload;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import quartermaster.request.Explain;
import quartermaster.unit.Imported;
import quartermaster.unit.Place;
import quartermaster.unit.Problem;
import quartermaster.workbook.read.ReadSheet;
import quartermaster.workbook.read.SheetTable;
import quartermaster.workbook.read.WorkbookFile;

/**
 * Reads what an architect uploads: one request for each row of {@code Workload}, with the rows of {@code Candidates} that
 * are for it. A row with a mistake is reported and left out; the others go on.
 */
public final class CandidatesReader {
    public static final String WORKLOAD_SHEET = "Workload";
    public static final String CANDIDATES_SHEET = "Candidates";

    private final WorkbookFile workbook;
    private final LocalDate asOf;
    private final Explain explain;
    private final List<Problem> problems = new ArrayList<>();
    private @Nullable SheetTable places;
    private NavigableMap<Integer, WorkloadRow> byRow = new TreeMap<>(); // where each row says its workload

    private CandidatesReader(WorkbookFile workbook, LocalDate asOf, Explain explain) {
        this.workbook = workbook;
        this.asOf = asOf;
        this.explain = explain;
    }

    /** The requests in the order of the sheet. */
    public static Imported<List<SheetRequest>> read(WorkbookFile workbook, LocalDate asOf, Explain explain) {
        return new CandidatesReader(workbook, asOf, explain).read();
    }

    private Imported<List<SheetRequest>> read() {
        UploadedTables tables = UploadedTables.in(workbook);
        if (tables.together() && tables.workloads() != null) {
            byRow = WorkloadSheet.readByRow(workbook, tables.workloads(), problems);
        }
        List<WorkloadRow> workloads = byRow.isEmpty()
                ? WorkloadSheet.read(workbook, tables.workloads(), problems)
                : byRow.values().stream().distinct().toList();
        List<CandidateRow> candidates = candidates(tables.candidates(), workloads);
        List<SheetRequest> requests = new ArrayList<>();
        workloads.stream()
                .filter(WorkloadRow::sound)
                .forEach(workload -> request(workload, candidates).ifPresent(requests::add));
        return new Imported<>(List.copyOf(requests), problems);
    }

    private List<CandidateRow> candidates(@Nullable ReadSheet sheet, List<WorkloadRow> workloads) {
        if (sheet == null || sheet.rows().isEmpty()) {
            return List.of();
        }
        Optional<SheetTable> table = SheetTable.find(sheet, RequestColumns.ofCandidates(), problems);
        if (table.isEmpty()) {
            problems.add(noHardwareColumn(sheet));
            return List.of();
        }
        places = table.get();
        Collection<String> names = CandidateRow.names(workloads);
        return table.get().rowsBesideTotals(RequestColumns.HARDWARE).stream()
                .map(row -> CandidateRow.read(row, names, problems))
                .toList();
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
        return Optional.of(SheetRequest.of(row, sound, places, asOf, explain));
    }

    private boolean isFor(CandidateRow candidate, WorkloadRow workload) {
        if (byRow.isEmpty()) {
            return candidate.isFor(workload);
        }
        var said = byRow.floorEntry(candidate.number());
        return said != null && said.getValue().equals(workload);
    }

    public static Problem noHardwareColumn(ReadSheet sheet) {
        return new Problem(
                "missing-column",
                "Sheet " + sheet.name() + " has no column " + RequestColumns.HARDWARE
                        + "; candidates are generated instead.",
                Place.top(sheet.name()));
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
