package quartermaster.workbook.score;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.poi.ss.util.CellReference;
import org.apache.poi.xssf.usermodel.XSSFCell;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.jspecify.annotations.Nullable;
import quartermaster.decision.Decision;
import quartermaster.decision.DeploymentWords;
import quartermaster.decision.Recommendation;
import quartermaster.decision.engine.Decider;
import quartermaster.estimate.Cost;
import quartermaster.estimate.Estimator;
import quartermaster.workbook.pen.CellLook;
import quartermaster.workbook.pen.CellWriter;
import quartermaster.workbook.pen.ResultSheet;
import quartermaster.workbook.pen.ValueFormat;

/**
 * What the money of each workload consists of, as formulas over what it is computed from: whoever changes an orange cell
 * sees what follows. Unchanged they give our figures to the cent.
 */
final class CostsSheet {
    static final int FIRST_CANDIDATE = 1; // column
    private static final int MOST_CANDIDATES = 4;
    private static final int MOST_WORKLOADS = 20;
    private static final int LABEL_CHARACTERS = 38;
    private static final int CANDIDATE_CHARACTERS = 22;
    private static final int HOW_CHARACTERS = 50;
    private static final float LINE = 15; // points
    private static final int SCALE = 60; // percent: all columns on a page, also with a wide font

    private static final String NONE = "0"; // what has no line

    private final XSSFWorkbook book;
    private final CellWriter pen;
    private final Estimator estimator;
    private final XSSFSheet sheet;
    private int row;
    private int candidates;

    CostsSheet(XSSFWorkbook book, CellWriter pen, Decider decider, String name) {
        this.book = book;
        this.pen = pen;
        this.estimator = new Estimator(decider.catalogue());
        this.sheet = book.createSheet(name);
    }

    /** @param api whether somebody else serves the model there */
    private record Column(String title, Cost cost, Cost.Inputs inputs, boolean api) {
        @Nullable
        Double of(Given given) {
            return given.value(inputs);
        }
    }

    /** A workload with what is compared for it. */
    private record Priced(String name, List<Column> columns) {}

    /** The column beside the last candidate of any workload. */
    private int how() {
        return FIRST_CANDIDATE + candidates;
    }

    XSSFSheet write(List<ScoredWorkload> workloads) {
        List<Priced> priced = workloads.stream()
                .map(each -> new Priced(each.name(), columns(each)))
                .filter(each -> !each.columns().isEmpty())
                .limit(MOST_WORKLOADS + 1)
                .toList();
        candidates = priced.stream()
                .limit(MOST_WORKLOADS)
                .mapToInt(each -> each.columns().size())
                .max()
                .orElse(1);
        sheet.setDisplayGridlines(false);
        sheet.setColumnWidth(0, LABEL_CHARACTERS * ResultSheet.WIDTH_UNIT);
        for (int i = 0; i < candidates; i++) {
            sheet.setColumnWidth(FIRST_CANDIDATE + i, CANDIDATE_CHARACTERS * ResultSheet.WIDTH_UNIT);
        }
        sheet.setColumnWidth(how(), HOW_CHARACTERS * ResultSheet.WIDTH_UNIT);
        pen.write(sheet, row++, 0, OwnSheet.COSTS.firstCell(), CellLook.TITLE);
        sheet.getRow(0).setHeightInPoints(24);
        pen.write(
                sheet,
                row++,
                0,
                "Change an orange cell: the formulas below follow. The decision itself stays as it was made.",
                CellLook.MUTED);
        for (Priced each : priced.subList(0, Math.min(MOST_WORKLOADS, priced.size()))) {
            if (each != priced.get(0)) {
                sheet.setRowBreak(row - 1);
            }
            section(each.name(), each.columns());
            row++;
        }
        if (priced.size() > MOST_WORKLOADS) {
            pen.write(sheet, row++, 0, "Only the first " + MOST_WORKLOADS + " workloads are here.", CellLook.MUTED);
        }
        page();
        return sheet;
    }

    /** The winner, the runner-up, the cheapest, and who else serves the model; where nothing is suitable, what is nearest. */
    private List<Column> columns(ScoredWorkload workload) {
        Decision decided = workload.answer().value();
        if (decided == null) {
            return List.of();
        }
        Decision decision = workload.advice() == null
                ? decided
                : decided.with(workload.advice().picks());
        List<Column> columns = new ArrayList<>();
        if (decision.hasRecommendation()) {
            Stream.of(
                            Map.entry("Recommended: ", decision.recommended()),
                            Map.entry(
                                    "Runner-up: ", decision.at(decision.picks().runnerUp())),
                            Map.entry("Cheapest: ", decision.at(decision.picks().cheapest())))
                    .forEach(each -> each.getValue().ifPresent(it -> add(each.getKey(), it, columns)));
        } else {
            workload.nearest().ifPresent(each -> add("Ruled out, nearest: ", each.recommendation(), columns));
        }
        Recommendation hosted =
                workload.advice() == null ? null : workload.advice().hosted();
        if (hosted != null) {
            add("Hosted API: ", hosted, columns);
        }
        return columns;
    }

    private void add(String part, Recommendation of, List<Column> to) {
        String name = DeploymentWords.how(of.assessment());
        if (to.stream().anyMatch(each -> each.title().endsWith(": " + name)) || to.size() == MOST_CANDIDATES) {
            return;
        }
        Optional<Cost.Inputs> inputs =
                estimator.costInputs(of.assessment().demand(), of.assessment().assessed());
        inputs.ifPresent(it -> to.add(new Column(
                part + name, of.assessment().cost(), it, of.assessment().isHosted())));
    }

    /** What may be changed. */
    private enum Given {
        DEVICES("Devices", ValueFormat.WHOLE, "replicas × devices of each"),
        DEVICE_USD("Price of one device (USD)", ValueFormat.CENTS, "catalogue, or the price of the candidate"),
        HOSTS_USD("Hosts around them (USD)", ValueFormat.CENTS, "sheet Hosts of the catalogue"),
        BOUGHT("Bought now (1), there already (0)", ValueFormat.WHOLE, ""),
        MONTHS("Written off over (months)", ValueFormat.WHOLE, "the request's horizon"),
        RESALE("Resale after that (% of the price)", ValueFormat.TENTHS_OF_PERCENT, "Defaults: residualShare"),
        FINANCE("Interest a year (%)", ValueFormat.TENTHS_OF_PERCENT, "Defaults: financeRatePerYear"),
        LOAD("Power under load (W)", ValueFormat.WHOLE, "devices and hosts"),
        IDLE("Power when idle (W)", ValueFormat.WHOLE, "devices and hosts"),
        BUSY("Busy (% of the time)", ValueFormat.TENTHS_OF_PERCENT, "the request, or its runs"),
        PUE("Power taken for each used (PUE)", ValueFormat.TWO_DECIMALS, "Defaults: pueOffice, pueServer"),
        KWH("Electricity (USD/kWh)", ValueFormat.PRICE, "the request, or Defaults"),
        PLACE("Machine room (USD per kW and month)", ValueFormat.CENTS, "Defaults: colocationUsdPerKwMonth"),
        SUPPORT(
                "Warranty and spares (% of the price a year)",
                ValueFormat.TENTHS_OF_PERCENT, "Defaults: supportSharePerYear"),
        DEVICE_HOURS(
                "Rented device-hours a month", ValueFormat.ONE_DECIMAL, "devices × 730 h, less what is switched off"),
        HOUR_USD("Rent (USD per device-hour)", ValueFormat.PRICE, "sheet Offers"),
        FRESH("Tokens read (million a month)", ValueFormat.ONE_DECIMAL, "requests a month × tokens of a prompt"),
        CACHED("Tokens read before (million a month)", ValueFormat.ONE_DECIMAL, "the cached share of prompts"),
        WRITTEN("Tokens written (million a month)", ValueFormat.ONE_DECIMAL, "requests a month × tokens of an answer"),
        FRESH_USD("Read (USD per million)", ValueFormat.PRICE, "sheet Offers"),
        CACHED_USD("Read before (USD per million)", ValueFormat.PRICE, "sheet Offers"),
        WRITTEN_USD("Written (USD per million)", ValueFormat.PRICE, "sheet Offers"),
        STAFF_HOURS(
                "Staff (hours a month)", ValueFormat.ONE_DECIMAL, "Defaults: adminHoursPerMonth…, adminHoursPerRun"),
        STAFF_USD("Staff (USD per hour)", ValueFormat.CENTS, "Defaults: adminUsdPerHour"),
        RIVAL("The same work on rented ones (USD a month)", ValueFormat.CENTS, "offer to compare with, and staff");

        private final String label;
        private final ValueFormat format;
        private final String from;

        Given(String label, ValueFormat format, String from) {
            this.label = label;
            this.format = format;
            this.from = from;
        }

        @Nullable
        Double value(Cost.Inputs of) {
            Cost.Purchase kept = of.purchase();
            Cost.Rent rent = of.rent();
            Cost.Tokens tokens = of.tokens();
            return switch (this) {
                case DEVICES -> kept == null ? null : Double.valueOf(kept.devices());
                case DEVICE_USD -> kept == null ? null : Double.valueOf(kept.deviceUsd());
                case HOSTS_USD -> kept == null ? null : Double.valueOf(kept.hostsUsd());
                case BOUGHT -> kept == null ? null : Double.valueOf(kept.bought() ? 1 : 0);
                case MONTHS -> kept == null ? null : Double.valueOf(kept.horizonMonths());
                case RESALE -> kept == null ? null : Double.valueOf(kept.residualShare());
                case FINANCE -> kept == null ? null : Double.valueOf(kept.financeRatePerYear());
                case LOAD -> kept == null ? null : Double.valueOf(kept.loadWatts());
                case IDLE -> kept == null ? null : Double.valueOf(kept.idleWatts());
                case BUSY -> kept == null ? null : Double.valueOf(kept.busyShare());
                case PUE -> kept == null ? null : Double.valueOf(kept.pue());
                case KWH -> kept == null ? null : Double.valueOf(kept.usdPerKwh());
                case PLACE -> kept == null ? null : Double.valueOf(kept.placeUsdPerKw());
                case SUPPORT -> kept == null ? null : Double.valueOf(kept.supportSharePerYear());
                case DEVICE_HOURS -> rent == null ? null : Double.valueOf(rent.deviceHours());
                case HOUR_USD -> rent == null ? null : Double.valueOf(rent.usdPerDeviceHour());
                case FRESH -> tokens == null ? null : Double.valueOf(tokens.fresh());
                case CACHED -> tokens == null ? null : Double.valueOf(tokens.cached());
                case WRITTEN -> tokens == null ? null : Double.valueOf(tokens.written());
                case FRESH_USD -> tokens == null ? null : Double.valueOf(tokens.freshUsd());
                case CACHED_USD -> tokens == null ? null : Double.valueOf(tokens.cachedUsd());
                case WRITTEN_USD -> tokens == null ? null : Double.valueOf(tokens.writtenUsd());
                case STAFF_HOURS -> tokens != null ? null : Double.valueOf(of.staffHours());
                case STAFF_USD -> tokens != null ? null : Double.valueOf(of.staffUsdPerHour());
                case RIVAL -> kept == null ? null : kept.rivalUsd();
            };
        }
    }

    /** A line that is computed: in the words of the reader, and as the formula over the lines above. */
    private enum Result {
        CASH("Paid at once", "devices × price + hosts, if bought now"),
        HARDWARE("Hardware", "devices × (price ÷ months + price × interest ÷ 12)"),
        RESIDUAL("Resale", "− resale % × price of devices and hosts ÷ months"),
        HOSTS("Hosts", "as the hardware"),
        RENT("Rent", "device-hours × rent"),
        API("Tokens", "millions × price of each kind"),
        POWER("Power", "(busy × load + idle) ÷ 1000 × PUE × 730 h × price"),
        HOSTING("Place in a machine room", "load ÷ 1000 × price of a kW"),
        WARRANTY("Warranty and spares", "paid at once × % ÷ 12"),
        STAFF("Staff", "hours × price of an hour"),
        MONTH("A month in all", "the sum of the parts above"),
        RUNNING("A month besides the purchase", "without hardware, hosts and resale"),
        YEAR_1("Year one", "paid at once + 12 months besides the purchase"),
        YEAR_2("Year two", "12 months besides the purchase"),
        YEAR_3("Year three", "12 months besides the purchase"),
        YEARS("Three years", "their sum"),
        WORTH("Resale after the months written off", "not yet taken off the years above"),
        PAYS_AGAINST_RENT(
                "Buying pays against rent after (months)", "paid at once ÷ (rent − month besides the purchase)"),
        PAYS_AGAINST_API(
                "Buying pays against the API after (months)", "paid at once ÷ (API − month besides the purchase)");

        private final String label;
        private final String how;

        Result(String label, String how) {
            this.label = label;
            this.how = how;
        }

        /** Ours; empty where we have none. */
        Optional<Double> ours(Cost cost) {
            Cost.Breakdown parts = Objects.requireNonNull(cost.breakdown());
            Double running = cost.runningUsd();
            Double cash = cost.purchaseUsd();
            return Optional.ofNullable(
                    switch (this) {
                        case CASH -> cash;
                        case HARDWARE -> (Double) parts.hardwareUsd();
                        case RESIDUAL -> (Double) parts.residualUsd();
                        case HOSTS -> (Double) parts.hostUsd();
                        case RENT -> (Double) parts.rentUsd();
                        case API -> (Double) parts.apiUsd();
                        case POWER -> (Double) parts.powerUsd();
                        case HOSTING -> (Double) parts.hostingUsd();
                        case WARRANTY -> (Double) parts.supportUsd();
                        case STAFF -> (Double) parts.staffUsd();
                        case MONTH -> cost.monthlyUsd();
                        case RUNNING -> running;
                        case YEAR_1 -> cost.firstYearUsd();
                        case YEAR_2, YEAR_3 -> running == null ? null : (Double) (12 * running);
                        case YEARS -> running == null || cash == null ? null : (Double) (cash + 36 * running);
                        case WORTH, PAYS_AGAINST_RENT, PAYS_AGAINST_API -> null;
                    });
        }

        /** Whether it plays a part there. */
        boolean isOf(Cost.Inputs of) {
            return switch (this) {
                case CASH,
                        HARDWARE,
                        RESIDUAL,
                        HOSTS,
                        POWER,
                        HOSTING,
                        WARRANTY,
                        WORTH,
                        PAYS_AGAINST_RENT,
                        PAYS_AGAINST_API -> of.purchase() != null;
                case RENT -> of.rent() != null;
                case API -> of.tokens() != null;
                case STAFF -> of.tokens() == null;
                default -> true;
            };
        }

        boolean isMonths() {
            return this == PAYS_AGAINST_RENT || this == PAYS_AGAINST_API;
        }
    }

    private static final List<Result> PARTS = List.of(
            Result.HARDWARE,
            Result.RESIDUAL,
            Result.HOSTS,
            Result.RENT,
            Result.API,
            Result.POWER,
            Result.HOSTING,
            Result.WARRANTY,
            Result.STAFF);
    private static final List<Result> YEARS =
            List.of(Result.CASH, Result.YEAR_1, Result.YEAR_2, Result.YEAR_3, Result.YEARS, Result.WORTH);

    private void section(String workload, List<Column> columns) {
        pen.write(sheet, row, 0, workload, CellLook.HEADING);
        sheet.getRow(row++).setHeightInPoints(22);
        titles(columns);
        Section section = new Section(columns);
        band("What it is computed from");
        for (Given each : Given.values()) {
            if (columns.stream().anyMatch(column -> isSomething(column.of(each)))) {
                section.given(each);
            }
        }
        boolean anyKept = columns.stream().anyMatch(each -> each.inputs().purchase() != null);
        band("A month (USD)");
        if (anyKept) {
            section.place(
                    Result.CASH,
                    row + (int) PARTS.stream().filter(section::isPart).count() + 3);
        }
        for (Result each : PARTS) {
            if (section.isPart(each)) {
                section.result(each, CellLook.BODY);
            }
        }
        section.result(Result.MONTH, CellLook.FIRST);
        section.result(Result.RUNNING, CellLook.BODY);
        band("Cash (USD)");
        for (Result each : YEARS) {
            if (anyKept || each != Result.CASH && each != Result.WORTH) {
                section.result(each, each == Result.YEARS ? CellLook.FIRST : CellLook.BODY);
            }
        }
        if (anyKept) {
            band("Does buying pay?");
            section.result(Result.PAYS_AGAINST_RENT, CellLook.BODY);
            section.result(Result.PAYS_AGAINST_API, CellLook.BODY);
        }
    }

    private static boolean isSomething(@Nullable Double value) {
        return value != null && value != 0;
    }

    private void titles(List<Column> columns) {
        header(0, "");
        int lines = 1;
        for (int i = 0; i < candidates; i++) {
            String title = i < columns.size() ? columns.get(i).title() : "";
            header(FIRST_CANDIDATE + i, title);
            lines = Math.max(lines, ResultSheet.lines(title, CANDIDATE_CHARACTERS));
        }
        header(how(), "How it is computed, where it comes from");
        sheet.getRow(row++).setHeightInPoints(LINE * lines);
    }

    private void header(int column, String text) {
        pen.write(CellWriter.cell(sheet, row, column), text, CellLook.HEADER, ValueFormat.TEXT, true);
    }

    private void band(String text) {
        for (int i = 0; i <= how(); i++) {
            pen.write(sheet, row, i, i == 0 ? text : null, CellLook.HEADER_DETAIL);
        }
        row++;
    }

    /** The lines of one workload and where they stand. */
    private final class Section {
        private final List<Column> columns;
        private final Map<Given, Integer> given = new EnumMap<>(Given.class);
        private final Map<Result, Integer> results = new EnumMap<>(Result.class);

        Section(List<Column> columns) {
            this.columns = columns;
        }

        /** A line that others refer to before it is written. */
        void place(Result of, int at) {
            results.put(of, at);
        }

        boolean isPart(Result part) {
            return columns.stream()
                    .anyMatch(each -> isSomething(part.ours(each.cost()).orElse(null)));
        }

        void given(Given line) {
            pen.write(sheet, row, 0, line.label, CellLook.BODY);
            for (int i = 0; i < candidates; i++) {
                Double value = i < columns.size() ? columns.get(i).of(line) : null;
                pen.write(
                        sheet,
                        row,
                        FIRST_CANDIDATE + i,
                        value,
                        value == null ? CellLook.BODY : CellLook.INPUT,
                        line.format);
            }
            pen.write(sheet, row, how(), line.from, CellLook.BODY);
            given.put(line, row++);
        }

        void result(Result line, CellLook look) {
            Integer placed = results.put(line, row);
            if (placed != null && placed != row) {
                throw new IllegalStateException(line + " is referred to at row " + placed + " and stands at " + row);
            }
            pen.write(sheet, row, 0, line.label, look);
            for (int i = 0; i < candidates; i++) {
                XSSFCell cell = pen.write(
                        sheet,
                        row,
                        FIRST_CANDIDATE + i,
                        null,
                        look,
                        line.isMonths() ? ValueFormat.DECIMAL_OR_WORD : ValueFormat.CENTS);
                if (i < columns.size()) {
                    formula(cell, line, columns.get(i), new Letters(this, i));
                }
            }
            pen.write(sheet, row, how(), line.how, look == CellLook.FIRST ? CellLook.BODY : look);
            row++;
        }

        private void formula(XSSFCell cell, Result line, Column column, Letters at) {
            if (!line.isOf(column.inputs())) {
                return;
            }
            cell.setCellFormula(at.formula(line));
            line.ours(column.cost()).ifPresent(cell::setCellValue);
            if (line.isMonths()) {
                months(cell, line, column);
            } else if (line == Result.WORTH) {
                Cost.Purchase it = Objects.requireNonNull(column.inputs().purchase());
                cell.setCellValue(it.residualShare() * (it.devices() * it.deviceUsd() + it.hostsUsd()));
            }
        }

        /** For programs that do not calculate. */
        private void months(XSSFCell cell, Result line, Column column) {
            Double cash = column.cost().purchaseUsd();
            Double running = column.cost().runningUsd();
            Double other = line == Result.PAYS_AGAINST_RENT
                    ? Objects.requireNonNull(column.inputs().purchase()).rivalUsd()
                    : api().map(each -> columns.get(each).cost().monthlyUsd()).orElse(null);
            if (other == null || cash == null || running == null || cash == 0) {
                cell.setCellValue("–");
            } else if (other <= running) {
                cell.setCellValue("never");
            } else {
                cell.setCellValue(cash / (other - running));
            }
        }

        Optional<Integer> api() {
            for (int i = 0; i < columns.size(); i++) {
                if (columns.get(i).api()) {
                    return Optional.of(i);
                }
            }
            return Optional.empty();
        }
    }

    /** The formulas of one candidate. Of what has no line nothing is said, so that they can be followed. */
    private record Letters(Section section, int candidate) {
        private String of(Given line) {
            Integer at = section.given.get(line);
            return at == null ? NONE : cell(at, candidate);
        }

        private String of(Result line) {
            Integer at = section.results.get(line);
            return at == null ? NONE : cell(at, candidate);
        }

        private static String cell(int row, int candidate) {
            return new CellReference(row, FIRST_CANDIDATE + candidate).formatAsString();
        }

        private static String plus(String... terms) {
            String sum = Stream.of(terms).filter(each -> !each.equals(NONE)).collect(Collectors.joining("+"));
            return sum.isEmpty() ? NONE : sum;
        }

        private static String times(String... factors) {
            return List.of(factors).contains(NONE) ? NONE : String.join("*", factors);
        }

        private static String over(String dividend, String divisor) {
            return dividend.equals(NONE) ? NONE : dividend + "/" + divisor;
        }

        private String price() {
            String devices = times(of(Given.DEVICES), of(Given.DEVICE_USD));
            String hosts = of(Given.HOSTS_USD);
            return devices.equals(NONE) || hosts.equals(NONE) ? plus(devices, hosts) : "(" + plus(devices, hosts) + ")";
        }

        private String writtenOff(String price) {
            return cents(plus(over(price, of(Given.MONTHS)), over(times(price, of(Given.FINANCE)), "12")));
        }

        private static String cents(String formula) {
            return "ROUND(" + formula + ",2)";
        }

        private String sum(Result first, Result last) {
            return cell(Objects.requireNonNull(section.results.get(first)), candidate) + ":"
                    + cell(Objects.requireNonNull(section.results.get(last)), candidate);
        }

        private String parts() {
            List<Result> there =
                    PARTS.stream().filter(section.results::containsKey).toList();
            return there.isEmpty() ? NONE : sum(there.get(0), there.get(there.size() - 1));
        }

        private String months(String against) {
            String cash = of(Result.CASH);
            String running = of(Result.RUNNING);
            if (against.equals(NONE) || cash.equals(NONE)) {
                return "\"–\"";
            }
            return "IF(OR(" + against + "=\"\"," + against + "=0," + cash + "=0),\"–\",IF(" + against + "<=" + running
                    + ",\"never\"," + cash + "/(" + against + "-" + running + ")))";
        }

        String formula(Result line) {
            String devices = times(of(Given.DEVICES), of(Given.DEVICE_USD));
            return switch (line) {
                case CASH -> times(of(Given.BOUGHT), price());
                case HARDWARE -> writtenOff(devices);
                case HOSTS -> writtenOff(of(Given.HOSTS_USD));
                case RESIDUAL -> cents("-" + over(times(of(Given.RESALE), price()), of(Given.MONTHS)));
                case RENT -> cents(times(of(Given.DEVICE_HOURS), of(Given.HOUR_USD)));
                case API ->
                    cents(plus(
                            times(of(Given.FRESH), of(Given.FRESH_USD)),
                            times(of(Given.CACHED), of(Given.CACHED_USD)),
                            times(of(Given.WRITTEN), of(Given.WRITTEN_USD))));
                case POWER ->
                    cents("(" + of(Given.BUSY) + "*" + of(Given.LOAD) + "+(1-" + of(Given.BUSY) + ")*" + of(Given.IDLE)
                            + ")/1000*" + of(Given.PUE) + "*730*" + of(Given.KWH));
                case HOSTING -> cents(of(Given.LOAD) + "/1000*" + of(Given.PLACE));
                case WARRANTY -> cents(over(times(of(Result.CASH), of(Given.SUPPORT)), "12"));
                case STAFF -> cents(times(of(Given.STAFF_HOURS), of(Given.STAFF_USD)));
                case MONTH -> cents("SUM(" + parts() + ")");
                case RUNNING ->
                    cents(Stream.of(Result.MONTH, Result.HARDWARE, Result.RESIDUAL, Result.HOSTS)
                            .map(this::of)
                            .filter(each -> !each.equals(NONE))
                            .collect(Collectors.joining("-")));
                case YEAR_1 -> plus(of(Result.CASH), times("12", of(Result.RUNNING)));
                case YEAR_2, YEAR_3 -> "12*" + of(Result.RUNNING);
                case YEARS -> "SUM(" + sum(Result.YEAR_1, Result.YEAR_3) + ")";
                case WORTH -> times(of(Given.RESALE), price());
                case PAYS_AGAINST_RENT -> months(of(Given.RIVAL));
                case PAYS_AGAINST_API ->
                    section.api()
                            .map(api -> months(cell(Objects.requireNonNull(section.results.get(Result.MONTH)), api)))
                            .orElse("\"–\"");
            };
        }
    }

    private void page() {
        ResultSheet.landscape(sheet);
        sheet.setFitToPage(false); // else the breaks between workloads do not count
        sheet.getPrintSetup().setScale((short) SCALE);
        sheet.setHorizontallyCenter(true);
        sheet.createFreezePane(FIRST_CANDIDATE, 0);
        book.setPrintArea(book.getSheetIndex(sheet), 0, how(), 0, Math.max(1, row - 1));
    }
}
