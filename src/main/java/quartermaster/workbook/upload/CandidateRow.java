package quartermaster.workbook.upload;

import java.util.Collection;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import quartermaster.catalogue.Hardware;
import quartermaster.catalogue.LooseNames;
import quartermaster.catalogue.LooseNames.MemoryOf;
import quartermaster.catalogue.Offer;
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
 * @param shared why its price by the hour is not the written one; null where it is
 */
public record CandidateRow(
        Candidate candidate,
        List<String> workloads,
        boolean sound,
        int number,
        boolean hidden,
        @Nullable String shared) {
    private static final String HOURLY =
            RequestFields.ofCandidate("pricePerHourUsd").header();
    private static final String PRICE = RequestFields.ofCandidate("priceUsd").header();
    private static final String DEVICES = RequestFields.ofCandidate("devices").header();
    private static final Pattern OF_ONE =
            Pattern.compile("(?i)(?:device|gpu|card|karte|accelerator|chip|unit|each|einzel|stück|piece)(?!s)");

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
        String withMemory = withMemory(candidate.hardware(), fields);
        boolean isInstance = !withMemory.equals(candidate.hardware())
                && known.findInstance(candidate.hardware()).isPresent(); // the memory beside it is its host's
        String hardware = isInstance ? candidate.hardware() : withMemory;
        Candidate priced = priceOfInstance(candidate, known, fields);
        priceOfSeveral(candidate, known, fields);
        List<String> workloads = workloadNames(fields, names);
        problems.addAll(fields.problems());
        return new CandidateRow(
                hardware.equals(candidate.hardware()) ? priced : priced.with("hardware", hardware),
                workloads,
                fields.isSound(),
                row.number(),
                row.hidden(),
                Objects.equals(priced.pricePerHourUsd(), candidate.pricePerHourUsd())
                        ? null
                        : "the hour of " + candidate.hardware() + " at "
                                + Numbers.plain(Objects.requireNonNull(candidate.pricePerHourUsd()))
                                + " is for all of its devices");
    }

    /** "8x H100" is a count and a card; beside another count it is a contradiction. */
    private static Candidate counted(Candidate candidate, LooseNames known, Fields fields) {
        Owned counted = RequestCells.machine(candidate.hardware(), known);
        Integer count = counted.devices();
        if (count == null) {
            return counted.hardware().equals(candidate.hardware())
                    ? candidate
                    : candidate.with("hardware", counted.hardware());
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

    /**
     * What an hour of one device costs. Clouds tell that of the machine: of an instance it is divided where it is nearer to
     * the machine's known price than to one device's; of counted cards it is asked about where no one device is offered for
     * as much, and a part of it would be usual.
     */
    private static Candidate priceOfInstance(Candidate candidate, LooseNames known, Fields fields) {
        Double price = candidate.pricePerHourUsd();
        if (price == null || price <= 0) {
            return candidate;
        }
        Optional<Offer> instance = known.hardware(candidate.hardware()).isPresent()
                ? Optional.empty()
                : known.findInstance(candidate.hardware());
        if (instance.isPresent()) {
            int devices = instance.get().devicesPerInstance();
            double usual = instance.get().usdPerDeviceHour();
            boolean isOfAll = Math.abs(Math.log(price / devices / usual)) < Math.abs(Math.log(price / usual));
            return isOfAll ? candidate.with("pricePerHourUsd", price / devices) : candidate;
        }
        Integer devices = candidate.devices();
        Optional<DoubleSummaryStatistics> offered =
                known.findHardware(candidate.hardware()).map(it -> known.hourly(it.id()));
        if (devices != null
                && offered.filter(it -> isOfAll(price, devices, it)).isPresent()
                && !OF_ONE.matcher(fields.heading(HOURLY)).find()) {
            fields.reportWrong(
                    "price-of-instance",
                    HOURLY,
                    price,
                    "is of one device here, which nobody offers for more than "
                            + Numbers.threeFigures(offered.get().getMax()) + ". If it is the machine's, write "
                            + Numbers.threeFigures(price / devices) + "; if it is one device's, call the column \"Price"
                            + " per GPU per hour\".");
        }
        return candidate;
    }

    /** A price beside "8x H100" is that of all eight where it is nearer to as many prices of the catalogue than to one. */
    private static void priceOfSeveral(Candidate candidate, LooseNames known, Fields fields) {
        Double price = candidate.priceUsd();
        Integer devices = candidate.devices();
        boolean isInName = !fields.has(DEVICES);
        Double usual = known.findHardware(candidate.hardware())
                .flatMap(Hardware::priceUsd)
                .orElse(null);
        if (price == null || price <= 0 || devices == null || devices < 2 || !isInName || usual == null || usual <= 0) {
            return;
        }
        boolean isOfAll = Math.abs(Math.log(price / devices / usual)) < Math.abs(Math.log(price / usual));
        if (isOfAll && !OF_ONE.matcher(fields.heading(PRICE)).find()) {
            fields.reportWrong(
                    "price-of-several",
                    PRICE,
                    price,
                    "is of one device here, and " + devices + " are named beside it. If it is that of all, write "
                            + Numbers.threeFigures(price / devices)
                            + "; if it is one device's, call the column \"Price per GPU\".");
        }
    }

    private static boolean isOfAll(double price, int devices, DoubleSummaryStatistics offered) {
        return offered.getCount() > 0 && devices > 1 && price > offered.getMax() && price / devices <= offered.getMax();
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
