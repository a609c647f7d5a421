package quartermaster.workbook.upload;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import quartermaster.request.Acquisition;
import quartermaster.request.Candidate;
import quartermaster.unit.Fields;
import quartermaster.unit.Ids;
import quartermaster.unit.Problem;
import quartermaster.workbook.read.SheetTable.TableRow;

/**
 * A row of the sheet {@code Candidates}.
 *
 * @param workloads names of the rows that it is for; empty means all
 * @param sound false for a row with mistakes
 * @param number of the row on its sheet, from 1
 * @param hidden nobody sees it, but it counts
 */
public record CandidateRow(Candidate candidate, List<String> workloads, boolean sound, int number, boolean hidden) {
    public CandidateRow {
        workloads = List.copyOf(workloads);
    }

    public boolean isFor(WorkloadRow row) {
        return workloads.isEmpty() || workloads.stream().anyMatch(row::isCalled);
    }

    /** Names of workloads as candidates may use them. */
    public static Collection<String> names(List<WorkloadRow> workloads) {
        Map<String, String> names = new LinkedHashMap<>();
        workloads.forEach(row -> Optional.ofNullable(row.workload().name())
                .ifPresent(name -> names.putIfAbsent(Ids.normalise(name), name)));
        return names.values();
    }

    /** @param names of the workloads that there are */
    public static CandidateRow read(TableRow row, Collection<String> names, List<Problem> problems) {
        Fields fields = row.fields();
        Candidate candidate = new Candidate(
                LooseNames.withMemory(
                        fields.text(CandidateColumn.HARDWARE.header()),
                        fields.textOrNull(CandidateColumn.MEMORY.header())),
                fields.integerOrNull(CandidateColumn.DEVICES.header(), 1),
                fields.integerOrNull(CandidateColumn.REPLICAS.header(), 1),
                fields.choiceOrNull(Acquisition.class, CandidateColumn.ACQUISITION.header()),
                fields.textOrNull(CandidateColumn.OFFER.header()),
                fields.textOrNull(CandidateColumn.ENGINE.header()),
                fields.textOrNull(CandidateColumn.QUANTIZATION.header()),
                fields.numberOrNull(CandidateColumn.PRICE.header()));
        List<String> workloads = workloadNames(fields, names);
        problems.addAll(fields.problems());
        return new CandidateRow(candidate, workloads, fields.isSound(), row.number(), row.hidden());
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
}
