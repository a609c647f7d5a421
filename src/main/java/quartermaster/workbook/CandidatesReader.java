package quartermaster.workbook;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import quartermaster.request.Acquisition;
import quartermaster.request.Budget;
import quartermaster.request.Candidate;
import quartermaster.request.Constraints;
import quartermaster.request.DecisionRequest;
import quartermaster.request.Explain;
import quartermaster.request.Skill;
import quartermaster.request.Workload;
import quartermaster.unit.Fields;
import quartermaster.unit.Ids;
import quartermaster.unit.Imported;
import quartermaster.unit.Problem;
import quartermaster.workbook.SheetTable.TableRow;

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

    private CandidatesReader(WorkbookFile workbook, LocalDate asOf, Explain explain) {
        this.workbook = workbook;
        this.asOf = asOf;
        this.explain = explain;
    }

    /** The requests in the order of the sheet. */
    public static Imported<List<SheetRequest>> read(WorkbookFile workbook, LocalDate asOf, Explain explain) {
        return new CandidatesReader(workbook, asOf, explain).read();
    }

    /**
     * @param sound false for a row with mistakes: then only its name counts
     * @param at where the row begins
     */
    private record WorkloadRow(
            Workload workload,
            Budget budget,
            @Nullable Set<Skill> skills,
            Constraints constraints,
            Map<String, String> cells,
            boolean sound,
            String at) {

        boolean isCalled(String name) {
            return workload.name() != null && Ids.normalise(workload.name()).equals(Ids.normalise(name));
        }
    }

    /** @param workloads names of the rows that it is for; empty means all */
    private record CandidateRow(
            Candidate candidate, List<String> workloads, Map<String, String> cells, boolean sound, int number) {

        boolean isFor(WorkloadRow row) {
            return workloads.isEmpty() || workloads.stream().anyMatch(row::isCalled);
        }
    }

    private Imported<List<SheetRequest>> read() {
        List<WorkloadRow> workloads = workloads();
        List<CandidateRow> candidates = candidates(workloads);
        List<SheetRequest> requests = new ArrayList<>();
        workloads.stream()
                .filter(WorkloadRow::sound)
                .forEach(workload -> request(workload, candidates).ifPresent(requests::add));
        return new Imported<>(List.copyOf(requests), problems);
    }

    private List<WorkloadRow> workloads() {
        Optional<Sheet> sheet = findSheet(WORKLOAD_SHEET);
        if (sheet.isEmpty()) {
            List<String> names = workbook.sheets().stream().map(Sheet::name).toList();
            String hint = Ids.nearest(WORKLOAD_SHEET, names)
                    .map(name -> " Did you mean " + name + "?")
                    .orElse(" It says what has to run; the template has one.");
            report("missing-sheet", "There is no sheet " + WORKLOAD_SHEET + "." + hint, WORKLOAD_SHEET + "!A1");
            return List.of();
        }
        List<Heading> headings = WorkloadColumn.headings();
        List<WorkloadRow> rows = new ArrayList<>();
        Optional<LabelledValues> labelled = LabelledValues.find(sheet.get(), headings, problems);
        if (labelled.isPresent()) {
            rows.add(workload(labelled.get().fields(), labelled.get().at(), rows));
            return rows;
        }
        Optional<SheetTable> table = SheetTable.find(sheet.get(), headings, problems);
        table.ifPresent(found -> found.rows()
                .forEach(row ->
                        rows.add(workload(row.fields(), Cell.at(sheet.get().name(), row.number(), 0), rows))));
        if (rows.isEmpty()) {
            reportNoWorkload(sheet.get(), table.isPresent());
        }
        return rows;
    }

    private void reportNoWorkload(Sheet sheet, boolean hasHeaders) {
        if (hasHeaders) {
            report(
                    "missing-value",
                    "Sheet " + sheet.name() + " has no workload below its headers.",
                    sheet.name() + "!A1");
        } else {
            report(
                    "missing-column",
                    "Sheet " + sheet.name() + " has no column " + WorkloadColumn.TYPE.header()
                            + ", which every workload needs: evaluation, fine-tuning, internal-tool, batch or production.",
                    sheet.name() + "!A1");
        }
    }

    private WorkloadRow workload(Fields fields, String at, List<WorkloadRow> before) {
        Workload workload = WorkloadRows.workload(fields);
        Budget budget = WorkloadRows.budget(fields);
        Set<Skill> skills = WorkloadRows.skills(fields);
        Constraints constraints = WorkloadRows.constraints(fields);
        String name = workload.name();
        if (name != null) {
            before.stream()
                    .filter(row -> row.isCalled(name))
                    .findFirst()
                    .ifPresent(first -> fields.reportWrong(
                            "duplicate-name",
                            WorkloadColumn.NAME.header(),
                            name,
                            "stands in " + first.cells().get(WorkloadColumn.NAME.path()) + " too."));
        }
        problems.addAll(fields.problems());
        Map<String, String> cells = new HashMap<>();
        for (WorkloadColumn column : WorkloadColumn.values()) {
            cells.put(column.path(), fields.place(column.header()));
        }
        return new WorkloadRow(workload, budget, skills, constraints, cells, fields.isSound(), at);
    }

    private List<CandidateRow> candidates(List<WorkloadRow> workloads) {
        Optional<Sheet> sheet = findSheet(CANDIDATES_SHEET);
        if (sheet.isEmpty() || sheet.get().rows().isEmpty()) {
            return List.of();
        }
        Optional<SheetTable> table = SheetTable.find(sheet.get(), CandidateColumn.headings(), problems);
        if (table.isEmpty()) {
            report(
                    "missing-column",
                    "Sheet " + sheet.get().name() + " has no column " + CandidateColumn.HARDWARE.header()
                            + "; candidates are generated instead.",
                    sheet.get().name() + "!A1");
            return List.of();
        }
        Map<String, String> names = new LinkedHashMap<>();
        workloads.forEach(row -> Optional.ofNullable(row.workload().name())
                .ifPresent(name -> names.putIfAbsent(Ids.normalise(name), name)));
        return table.get().rows().stream()
                .map(row -> candidate(row, names.values()))
                .toList();
    }

    private CandidateRow candidate(TableRow row, Collection<String> names) {
        Fields fields = row.fields();
        Candidate candidate = new Candidate(
                fields.text(CandidateColumn.HARDWARE.header()),
                fields.integerOrNull(CandidateColumn.DEVICES.header(), 1),
                fields.integerOrNull(CandidateColumn.REPLICAS.header(), 1),
                fields.choiceOrNull(Acquisition.class, CandidateColumn.ACQUISITION.header()),
                fields.textOrNull(CandidateColumn.OFFER.header()),
                fields.textOrNull(CandidateColumn.ENGINE.header()),
                fields.textOrNull(CandidateColumn.QUANTIZATION.header()),
                fields.numberOrNull(CandidateColumn.PRICE.header()));
        List<String> workloads = workloadNames(fields, names);
        problems.addAll(fields.problems());
        Map<String, String> cells = new HashMap<>();
        for (CandidateColumn column : CandidateColumn.values()) {
            cells.put(column.field(), fields.place(column.header()));
        }
        return new CandidateRow(candidate, workloads, cells, fields.isSound(), row.number());
    }

    /** A name may itself contain a comma or a semicolon, so the whole cell is tried first. */
    private static List<String> workloadNames(Fields fields, Collection<String> names) {
        String column = CandidateColumn.WORKLOAD.header();
        String whole = fields.textOrNull(column);
        if (whole == null || whole.equalsIgnoreCase("all")) {
            return List.of();
        }
        List<String> wanted = isAmong(names, whole) ? List.of(whole) : fields.list(column);
        wanted.stream()
                .filter(name -> !isAmong(names, name))
                .forEach(name -> fields.reportUnknown("unknown-workload", column, name, names));
        return wanted;
    }

    private static boolean isAmong(Collection<String> names, String name) {
        return names.stream().anyMatch(each -> Ids.normalise(each).equals(Ids.normalise(name)));
    }

    /** Empty where all candidates of a workload have mistakes: others than the user's are not put in their place. */
    private Optional<SheetRequest> request(WorkloadRow row, List<CandidateRow> candidates) {
        List<CandidateRow> wanted =
                candidates.stream().filter(each -> each.isFor(row)).toList();
        List<CandidateRow> sound = wanted.stream().filter(CandidateRow::sound).toList();
        if (sound.isEmpty() && !wanted.isEmpty()) {
            report("no-candidate-left", "All candidates for this workload have mistakes, so it is left out.", row.at());
            return Optional.empty();
        }
        Map<String, String> cells = new HashMap<>(row.cells());
        for (int i = 0; i < sound.size(); i++) {
            String path = "/candidates/" + i;
            cells.put(path, sound.get(i).cells().getOrDefault(CandidateColumn.HARDWARE.field(), row.at()));
            sound.get(i).cells().forEach((field, cell) -> cells.put(path + "/" + field, cell));
        }
        DecisionRequest request = new DecisionRequest(
                row.workload(),
                row.budget(),
                row.skills(),
                row.constraints(),
                sound.stream().map(CandidateRow::candidate).toList(),
                asOf,
                explain,
                Math.max(DecisionRequest.DEFAULT_LIMIT, sound.size()));
        List<Integer> rows = sound.stream().map(CandidateRow::number).toList();
        return Optional.of(new SheetRequest(request, row.at(), cells, rows));
    }

    private Optional<Sheet> findSheet(String name) {
        return findSheet(workbook, name);
    }

    /** A sheet of that name, in the singular or in the plural. */
    static Optional<Sheet> findSheet(WorkbookFile workbook, String name) {
        return workbook.findSheet(name)
                .or(() -> workbook.findSheet(name.endsWith("s") ? name.substring(0, name.length() - 1) : name + "s"));
    }

    private void report(String code, String message, String at) {
        problems.add(new Problem(code, message, at));
    }
}
