package quartermaster.workbook.knowledge;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.poi.ss.util.CellRangeAddress;
import org.jspecify.annotations.Nullable;
import quartermaster.decision.Column;
import quartermaster.decision.Condition;
import quartermaster.decision.Conditions;
import quartermaster.decision.Points;
import quartermaster.decision.Policy;
import quartermaster.decision.PolicyRow;
import quartermaster.decision.PolicyTable;
import quartermaster.decision.Step;
import quartermaster.decision.StepVerdict;
import quartermaster.decision.Threshold;
import quartermaster.decision.Vocabulary;
import quartermaster.request.WorkloadType;
import quartermaster.unit.Choice;
import quartermaster.unit.Fields;
import quartermaster.unit.Ids;
import quartermaster.unit.Imported;
import quartermaster.unit.Numbers;
import quartermaster.unit.Place;
import quartermaster.unit.Problem;
import quartermaster.workbook.read.ReadCell;
import quartermaster.workbook.read.ReadRow;
import quartermaster.workbook.read.ReadSheet;
import quartermaster.workbook.read.SheetTable;
import quartermaster.workbook.read.WorkbookFile;

/** Reads {@code policy.xlsx}: weights, thresholds and the decision table of every step. Cells are data, never code. */
public final class PolicyReader {
    private static final String POINTS = "Points";
    private static final Pattern LINE = Pattern.compile(
            "(?i)([0-9]{1,9}(?:\\.[0-9]{1,9})?) *\\.\\. *([0-9]{1,9}(?:\\.[0-9]{1,9})?)( *log)?"); // 100..40 log
    private static final String VERDICT = "Verdict";
    private static final String BECAUSE = "Because";
    private static final Set<String> OUTPUTS =
            Set.of(Ids.normalise(POINTS), Ids.normalise(VERDICT), Ids.normalise(BECAUSE), "note", "source");

    private final WorkbookFile workbook;
    private final String file;
    private final List<Problem> problems = new ArrayList<>();
    private final CarriedWorkbooks carried;

    private PolicyReader(WorkbookFile workbook, String file) {
        this.carried = new CarriedWorkbooks(file);
        this.workbook = workbook;
        this.file = file;
    }

    /**
     * The policy, or null with everything that is wrong.
     *
     * @param file as places name it, e.g. {@code rules/policy.xlsx}
     */
    public static Imported<@Nullable Policy> read(WorkbookFile workbook, String file) {
        return new PolicyReader(workbook, file).read();
    }

    private Imported<@Nullable Policy> read() {
        Map<WorkloadType, Map<Step, Double>> weights = weights(sheet("Weights"), Step.OF_ONE_MODEL);
        Map<WorkloadType, Map<Step, Double>> several =
                weights(sheetOrCarried("Weights of several models"), Step.asked(true));
        List<Threshold> thresholds = thresholds();
        Map<Step, PolicyTable> tables = new EnumMap<>(Step.class);
        for (Step step : Step.values()) {
            (step == Step.MODEL_QUALITY ? sheetOrCarried(step.sheet()) : sheet(step.sheet()))
                    .ifPresent(sheet -> tables.put(step, table(step, sheet)));
        }
        return problems.isEmpty()
                ? new Imported<>(
                        new Policy(file, workbook.digest(), weights, several, thresholds, tables, carried.notes()),
                        List.of())
                : Imported.nothing(problems);
    }

    private Map<WorkloadType, Map<Step, Double>> weights(Optional<ReadSheet> sheet, List<Step> asked) {
        Map<WorkloadType, Map<Step, Double>> weights = new HashMap<>();
        if (sheet.isEmpty()) {
            return weights;
        }
        SheetTable table = SheetTable.own(sheet.get(), problems);
        table.read(row -> {
            WorkloadType type = row.fields().choice(WorkloadType.class, "Type");
            Map<Step, Double> steps = new EnumMap<>(Step.class);
            for (Step step : asked) {
                steps.put(step, row.fields().number(step.id()));
            }
            double sum =
                    steps.values().stream().mapToDouble(Double::doubleValue).sum();
            if (row.fields().isSound() && Math.abs(sum - 100) > 1e-6) {
                row.fields()
                        .reportWrong(
                                "weights-do-not-sum-to-100",
                                "Type",
                                Choice.id(type),
                                "its weights sum to " + Numbers.plain(sum) + ", and must sum to 100.");
            }
            if (row.fields().isSound() && weights.put(type, steps) != null) {
                row.fields().reportWrong("duplicate-row", "Type", Choice.id(type), "stands in a row above too.");
            }
            return type;
        });
        for (WorkloadType type : WorkloadType.values()) {
            if (!weights.containsKey(type) && problems.isEmpty()) {
                problems.add(new Problem(
                        "missing-row",
                        "There is no row for " + Choice.id(type) + ".",
                        Place.top(sheet.get().name())));
            }
        }
        return weights;
    }

    private List<Threshold> thresholds() {
        Optional<ReadSheet> sheet = sheet("Thresholds");
        if (sheet.isEmpty()) {
            return List.of();
        }
        Set<String> names = new HashSet<>();
        Set<String> spelt = new HashSet<>();
        List<Threshold> thresholds =
                new ArrayList<>(SheetTable.own(sheet.get(), problems).read(row -> {
                    String name = row.fields().text("Name");
                    spelt.add(name);
                    if (!name.isEmpty() && !names.add(Ids.normalise(name))) {
                        row.fields().reportWrong("duplicate-row", "Name", name, "stands in a row above too.");
                    }
                    return threshold(row.fields(), row.fields().place("Name"));
                }));
        List<String> missing = Threshold.OF_THE_PROGRAM.stream()
                .filter(name -> !spelt.contains(name) && !spelt.isEmpty())
                .toList();
        carried.rows("Thresholds", missing, spelt, any -> true, problems)
                .forEach(row -> thresholds.add(threshold(row.fields(), Place.top("Thresholds"))));
        return thresholds;
    }

    private static Threshold threshold(Fields row, Place at) {
        return new Threshold(row.text("Name"), row.number("Value"), row.text("Unit"), row.text(BECAUSE), at);
    }

    private PolicyTable table(Step step, ReadSheet sheet) {
        List<ConditionColumn> columns = columns(sheet);
        Map<Integer, ReadRow> cells = new HashMap<>();
        sheet.rows().forEach(row -> cells.put(row.number(), row));
        reportMerged(sheet);
        reportWithoutHeading(sheet);
        SheetTable table = SheetTable.own(sheet, problems);
        List<PolicyRow> rows = table.read(row -> {
            ReadRow content =
                    cells.getOrDefault(row.number(), new ReadRow(sheet.name(), row.number(), false, List.of()));
            List<Condition> conditions = columns.stream()
                    .map(column -> condition(column, content.cell(column.place())))
                    .toList();
            return new PolicyRow(
                    row.number(),
                    conditions,
                    points(row.fields(), columns, conditions),
                    row.fields().choice(StepVerdict.class, VERDICT),
                    row.fields().text(BECAUSE));
        });
        if (table.rows().isEmpty()) {
            problems.add(new Problem(
                    "empty-table", "The table has no row, so no candidate can be scored.", Place.top(sheet.name())));
        }
        return new PolicyTable(
                step,
                columns.stream().map(ConditionColumn::column).toList(),
                columns.stream().map(ConditionColumn::place).toList(),
                rows);
    }

    /** A number, or a line over the one bounded range that the row asks for. */
    private static Points points(Fields row, List<ConditionColumn> columns, List<Condition> conditions) {
        String text = row.textOrNull(POINTS);
        if (text == null && row.has(POINTS)) {
            return Points.of(0); // unreadable, which is reported
        }
        Matcher line = LINE.matcher(text == null ? "" : text.strip());
        if (!line.matches()) {
            return Points.of(upTo100(row, row.number(POINTS)));
        }
        List<Integer> bounded = IntStream.range(0, conditions.size())
                .filter(each -> conditions.get(each) instanceof Condition.Within within && within.isBounded())
                .boxed()
                .toList();
        boolean logarithmic = line.group(3) != null;
        if (bounded.size() != 1) {
            String found = bounded.isEmpty()
                    ? "has none"
                    : bounded.stream()
                            .map(each -> columns.get(each).column().header())
                            .collect(Collectors.joining(" and ", "has ", ""));
            row.reportWrong(
                    "line-without-range",
                    POINTS,
                    text,
                    "a line needs exactly one bounded range of numbers in its row, such as 100..5000, and this row "
                            + found + ".");
            return Points.of(0);
        }
        Column over = columns.get(bounded.get(0)).column();
        Condition.Within range = (Condition.Within) conditions.get(bounded.get(0));
        if (logarithmic && range.low() <= 0) {
            row.reportWrong(
                    "line-from-zero",
                    POINTS,
                    text,
                    "a logarithmic line needs a range that begins above 0, and that of " + over.header() + " begins at "
                            + Numbers.plain(range.low()) + ".");
        }
        return new Points(
                upTo100(row, Double.parseDouble(line.group(1))),
                upTo100(row, Double.parseDouble(line.group(2))),
                over,
                range,
                logarithmic);
    }

    private static double upTo100(Fields row, double points) {
        if (points > 100) {
            row.reportWrong("out-of-range", POINTS, Numbers.plain(points), "expected 0 to 100.");
        }
        return points;
    }

    private List<ConditionColumn> columns(ReadSheet sheet) {
        List<ConditionColumn> columns = new ArrayList<>();
        for (ReadCell cell : headers(sheet)) {
            String header = cell.text().strip();
            if (header.isEmpty() || OUTPUTS.contains(Ids.normalise(header))) {
                continue;
            }
            Optional<ConditionColumn> column = ConditionColumn.find(cell);
            if (column.isEmpty()) {
                problems.add(new Problem(
                        "unknown-column",
                        "Column (" + header + ") is not a condition." + Ids.hint(header, Vocabulary.headers()),
                        cell.at()));
            } else if (columns.stream()
                    .noneMatch(each -> each.column().equals(column.get().column()))) {
                columns.add(column.get()); // one that stands here twice is reported with the table
            }
        }
        return columns;
    }

    private static List<ReadCell> headers(ReadSheet sheet) {
        return sheet.rows().stream()
                .filter(row -> row.number() == 1)
                .flatMap(row -> row.cells().stream())
                .toList();
    }

    /** What is merged looks as if it held for all its rows, but only one of them would ask for it. */
    private void reportMerged(ReadSheet sheet) {
        for (CellRangeAddress area : sheet.merged()) {
            if (area.getFirstRow() > 0) {
                problems.add(new Problem(
                        "merged-cells",
                        "The cells " + area.formatAsString() + " are merged, so only the first of them counts. Unmerge"
                                + " them, and write the value into each row.",
                        new Place.Cell(sheet.name(), area.getFirstRow() + 1, area.getFirstColumn())));
            }
        }
    }

    /** A condition that nobody reads would make its row match more than it seems to. */
    private void reportWithoutHeading(ReadSheet sheet) {
        Set<Integer> known = new HashSet<>();
        headers(sheet).stream().filter(cell -> !cell.text().isBlank()).forEach(cell -> known.add(cell.column()));
        for (ReadRow row : sheet.rows()) {
            for (ReadCell cell : row.cells()) {
                if (row.number() > 1 && !cell.isEmpty() && known.add(cell.column())) {
                    problems.add(new Problem(
                            "no-heading",
                            "The column of this cell has no heading, so it is not read. Write one, or empty the"
                                    + " column.",
                            cell.at()));
                }
            }
        }
    }

    /** A number shown as a percentage means percent where the column counts in percent. */
    private Condition condition(ConditionColumn in, ReadCell cell) {
        Column column = in.column();
        if (cell.kind() == ReadCell.Kind.ERROR || cell.kind() == ReadCell.Kind.UNCALCULATED) {
            problems.add(new Problem(
                    "no-value",
                    "The formula has no value that could be read; open the workbook in your spreadsheet program and"
                            + " save it, or write the value itself.",
                    cell.at()));
            return new Condition.Any();
        }
        if (cell.kind() == ReadCell.Kind.DATE) {
            problems.add(new Problem(
                    "date",
                    "Found the date " + cell.text() + ". Maybe your spreadsheet program took a range such as 1-4 for"
                            + " one: write 1..4.",
                    cell.at()));
            return new Condition.Any();
        }
        boolean percent = column.numeric()
                && cell.kind() == ReadCell.Kind.NUMBER
                && cell.format() == ReadCell.Format.PERCENT
                && column.header().contains("%");
        String text = percent ? Numbers.plain(cell.number() * 100) : text(cell);
        Imported<Condition> parsed = Conditions.parse(column, in.unit(), text, cell.at());
        problems.addAll(parsed.problems());
        return parsed.value();
    }

    /** Excel turns the words yes and no into nothing, but TRUE and FALSE into booleans. */
    private static String text(ReadCell cell) {
        if (cell.kind() == ReadCell.Kind.BOOLEAN) {
            return cell.isTrue() ? "yes" : "no";
        }
        return cell.text();
    }

    /** A sheet that came later: an older policy has the program's. */
    private Optional<ReadSheet> sheetOrCarried(String name) {
        return workbook.findSheet(name).isPresent()
                ? sheet(name)
                : carried.wholeSheet(name).or(() -> sheet(name));
    }

    private Optional<ReadSheet> sheet(String name) {
        Optional<ReadSheet> sheet = workbook.findSheet(name);
        if (sheet.isEmpty()) {
            List<String> present =
                    workbook.sheets().stream().map(ReadSheet::name).toList();
            problems.add(new Problem(
                    "missing-sheet", "There is no sheet " + name + "." + Ids.hint(name, present), Place.top(name)));
        }
        return sheet;
    }
}
