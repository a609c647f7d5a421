package quartermaster.workbook.upload;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import quartermaster.catalogue.LooseNames;
import quartermaster.catalogue.LooseNames.MemoryOf;
import quartermaster.request.Candidate;
import quartermaster.request.Constraints.Owned;
import quartermaster.request.RequestFields;
import quartermaster.request.RequestSource;
import quartermaster.unit.Fields;
import quartermaster.unit.Ids;
import quartermaster.unit.Numbers;
import quartermaster.unit.Problem;
import quartermaster.workbook.read.Heading;
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

    /** The same with hardware as the catalogue calls it. */
    public static Candidate named(Candidate candidate, LooseNames names) {
        return names.hardware(candidate.hardware())
                .map(match -> candidate.with("hardware", match.id()))
                .orElse(candidate);
    }

    public boolean isFor(WorkloadRow row) {
        return workloads.isEmpty() || workloads.stream().anyMatch(row::isCalled);
    }

    /** Names of workloads as candidates may use them. */
    public static Collection<String> names(List<WorkloadRow> workloads) {
        Map<String, String> names = new LinkedHashMap<>();
        workloads.forEach(row -> row.name().ifPresent(name -> names.putIfAbsent(Ids.normalise(name), name)));
        return names.values();
    }

    /**
     * @param names of the workloads that there are
     * @param known hardware of the catalogue, which tells "8x H100" from a name with a number in it
     */
    public static CandidateRow read(TableRow row, Collection<String> names, LooseNames known, List<Problem> problems) {
        Fields fields = row.fields();
        RequestSource cells = RequestCells.of(fields);
        Candidate candidate = counted(cells.read(Candidate.class, "", RequestFields.OF_CANDIDATES), known, fields);
        severalInOne(candidate.hardware(), known, fields);
        String hardware = withMemory(candidate.hardware(), fields);
        priceOfInstance(candidate, known, fields);
        List<String> workloads = workloadNames(fields, names);
        problems.addAll(fields.problems());
        return new CandidateRow(
                hardware.equals(candidate.hardware()) ? candidate : candidate.with("hardware", hardware),
                workloads,
                fields.isSound(),
                row.number(),
                row.hidden());
    }

    /** "8x H100" is a count and a card; beside another count it is a contradiction. */
    private static Candidate counted(Candidate candidate, LooseNames known, Fields fields) {
        Owned counted = RequestCells.machine(candidate.hardware(), known);
        Integer count = counted.devices();
        if (count == null) {
            return candidate;
        }
        if (candidate.devices() != null && !candidate.devices().equals(count)) {
            fields.reportWrong(
                    "two-counts",
                    RequestColumns.HARDWARE,
                    candidate.hardware(),
                    "says " + count + " devices, and their column says " + candidate.devices() + ".");
        }
        return candidate.with("hardware", counted.hardware()).with("devices", count);
    }

    private static void severalInOne(String hardware, LooseNames known, Fields fields) {
        RequestCells.severalIn(
                        hardware,
                        part -> known.findHardware(
                                        RequestCells.machine(part, known).hardware())
                                .isPresent())
                .ifPresent(parts -> fields.reportWrong(
                        "several-in-cell",
                        RequestColumns.HARDWARE,
                        hardware,
                        "names " + parts.size() + " machines. Each needs a row of its own."));
    }

    /** An hour's price is of one device, and a cloud's table has that of the machine: nobody can tell which is meant. */
    private static void priceOfInstance(Candidate candidate, LooseNames known, Fields fields) {
        String header = RequestFields.ofCandidate("pricePerHourUsd").header();
        Double price = candidate.pricePerHourUsd();
        if (price == null || known.hardware(candidate.hardware()).isPresent()) {
            return;
        }
        known.findInstance(candidate.hardware())
                .filter(offer -> offer.devicesPerInstance() > 1)
                .ifPresent(offer -> fields.reportWrong(
                        "price-of-instance",
                        header,
                        price,
                        "is of one device here, and " + candidate.hardware() + " has " + offer.devicesPerInstance()
                                + ". Write the hardware with its devices, and the price of one: "
                                + Numbers.threeFigures(price / offer.devicesPerInstance())
                                + " if this is the machine's."));
    }

    private static String withMemory(String hardware, Fields fields) {
        if (hardware.chars().noneMatch(Character::isLetterOrDigit)) {
            return hardware; // "-" is no machine, whatever its memory
        }
        String name = hardware;
        for (Map.Entry<MemoryOf, Heading> each : RequestColumns.MEMORY.entrySet()) {
            if (name.equals(hardware)) {
                name = LooseNames.withMemory(
                        hardware, fields.textOrNull(each.getValue().header()), each.getKey());
            }
        }
        return name;
    }

    /** A name may itself contain a comma or a semicolon, so the whole cell is tried first. */
    private static List<String> workloadNames(Fields fields, Collection<String> names) {
        String column = RequestFields.ofCandidate(RequestFields.FOR_WORKLOADS).header();
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
