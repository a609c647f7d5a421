package quartermaster.workbook;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import quartermaster.request.Budget;
import quartermaster.request.Constraints;
import quartermaster.request.Skill;
import quartermaster.request.Workload;
import quartermaster.unit.Fields;
import quartermaster.unit.Ids;
import quartermaster.unit.Problem;

/** Reads the sheet {@code Workload}: a table with a row for each, or labels with the values of one beside them. */
final class WorkloadSheet {
    private final WorkbookFile workbook;
    private final List<Problem> problems;

    private WorkloadSheet(WorkbookFile workbook, List<Problem> problems) {
        this.workbook = workbook;
        this.problems = problems;
    }

    /** Its rows, those with mistakes too. */
    static List<WorkloadRow> read(WorkbookFile workbook, List<Problem> problems) {
        return new WorkloadSheet(workbook, problems).read();
    }

    private List<WorkloadRow> read() {
        Optional<Sheet> sheet = CandidatesReader.findSheet(workbook, CandidatesReader.WORKLOAD_SHEET);
        if (sheet.isEmpty()) {
            List<String> names = workbook.sheets().stream().map(Sheet::name).toList();
            String hint = Ids.nearest(CandidatesReader.WORKLOAD_SHEET, names)
                    .map(name -> " Did you mean " + name + "?")
                    .orElse(" It says what has to run; the template has one.");
            report(
                    "missing-sheet",
                    "There is no sheet " + CandidatesReader.WORKLOAD_SHEET + "." + hint,
                    CandidatesReader.WORKLOAD_SHEET + "!A1");
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

    private void report(String code, String message, String at) {
        problems.add(new Problem(code, message, at));
    }
}
