package quartermaster.workbook.score;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.xddf.usermodel.chart.XDDFCategoryDataSource;
import org.apache.poi.xddf.usermodel.chart.XDDFDataSourcesFactory;
import org.apache.poi.xddf.usermodel.chart.XDDFNumericalDataSource;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.jspecify.annotations.Nullable;
import quartermaster.decision.Assessment;
import quartermaster.decision.Step;
import quartermaster.decision.Verdict;
import quartermaster.estimate.Demand;
import quartermaster.estimate.EstimatedDeployment;
import quartermaster.estimate.Estimator;
import quartermaster.estimate.MemoryLedger;
import quartermaster.unit.Choice;
import quartermaster.workbook.pen.CellLook;
import quartermaster.workbook.pen.CellWriter;
import quartermaster.workbook.pen.ValueFormat;

/** The cells that the charts of one workload show. */
final class ChartNumbers {
    static final int MOST_CANDIDATES = 6;
    static final int STEPS = 1; // columns from the left, likewise the others
    static final List<String> MEMORY_LINES = List.of("Weights", "KV cache", "Overhead", "Usable");
    private static final int MOST_LINES = 3; // candidates in the chart of throughput
    private static final int NEED_ROWS = 2;
    private static final int MONTH_POINTS = 7;
    private static final int THROUGHPUT_ROW = MOST_CANDIDATES + 3;

    private final XSSFSheet sheet;
    private final CellWriter pen;
    private final int top;
    private final int left;
    private List<Step> steps = Step.OF_ONE_MODEL;
    private int candidates;
    private int points;
    private int lines;
    private int spendingRow;
    private int spendings;
    private boolean breaksEven;

    ChartNumbers(XSSFSheet sheet, CellWriter pen, int top, int left) {
        this.sheet = sheet;
        this.pen = pen;
        this.top = top;
        this.left = left;
    }

    void candidates(List<JudgedCandidate> pairs) {
        candidates = pairs.size();
        steps = steps(pairs);
        header(top, 0, "Candidate");
        for (Step step : steps) {
            header(top, STEPS + step.ordinal(), step.sheet());
        }
        for (int i = 0; i < MEMORY_LINES.size(); i++) {
            header(top, memory() + i, MEMORY_LINES.get(i) + " (GiB)");
        }
        header(top, cost(), "Per month (USD)");
        for (Verdict verdict : Verdict.values()) {
            header(top, costBy(verdict), "Per month, " + Choice.id(verdict) + " (USD)");
        }
        header(top, budget(), "Budget (USD)");
        header(top, speed(), "Decode (tok/s per user)");
        header(top, neededSpeed(), "Needed (tok/s per user)");
        header(top, shortName(), "Short name");
        for (int i = 0; i < pairs.size(); i++) {
            candidate(top + 1 + i, pairs.get(i));
        }
    }

    /** Those that any of them was asked. */
    static List<Step> steps(List<JudgedCandidate> pairs) {
        return Step.asked(pairs.stream().anyMatch(each -> each.facts().comparesModels()));
    }

    List<Step> steps() {
        return steps;
    }

    int memory() {
        return STEPS + steps.size();
    }

    int cost() {
        return memory() + MEMORY_LINES.size();
    }

    /** The month again, each in the column of its verdict: colours have words. */
    int costBy(Verdict verdict) {
        return cost() + 1 + verdict.ordinal();
    }

    int budget() {
        return cost() + 1 + Verdict.values().length;
    }

    int speed() {
        return budget() + 1;
    }

    private int neededSpeed() {
        return speed() + 1;
    }

    private int shortName() {
        return neededSpeed() + 1;
    }

    private void candidate(int row, JudgedCandidate pair) {
        put(row, 0, pair.label() + "\n" + pair.software(), ValueFormat.TEXT);
        for (Step step : steps) {
            put(row, STEPS + step.ordinal(), JudgementColumns.stepScore(pair, step), ValueFormat.ONE_DECIMAL);
        }
        MemoryLedger memory = pair.facts().memory();
        put(row, memory(), memory.weights().gib(), ValueFormat.ONE_DECIMAL);
        put(row, memory() + 1, memory.kvCache().gib(), ValueFormat.ONE_DECIMAL);
        put(row, memory() + 2, memory.overhead().gib(), ValueFormat.ONE_DECIMAL);
        put(row, memory() + 3, memory.usable().gib(), ValueFormat.ONE_DECIMAL);
        put(row, cost(), pair.facts().monthlyUsd(), ValueFormat.DOLLARS);
        Assessment it = pair.facts();
        put(row, costBy(pair.recommendation().verdict()), it.monthlyUsd(), ValueFormat.DOLLARS);
        put(row, budget(), it.demand().monthlyBudgetUsd(), ValueFormat.DOLLARS);
        if (!it.isTraining() && !Double.isNaN(it.decodeSpeed())) {
            put(row, speed(), it.decodeSpeed(), ValueFormat.ONE_DECIMAL);
        }
        put(row, shortName(), pair.label(), ValueFormat.TEXT);
    }

    /** Tokens a second of all replicas at growing numbers of requests; false where nothing is served. */
    boolean throughput(List<JudgedCandidate> pairs, Estimator estimator) {
        Demand demand = pairs.get(0).facts().demand();
        if (demand.training() != null) {
            return false;
        }
        List<JudgedCandidate> drawn = pairs.stream()
                .filter(each -> !each.facts().isHosted()) // nobody knows how much of it there is
                .limit(MOST_LINES)
                .toList();
        if (drawn.isEmpty()) {
            return false;
        }
        lines = drawn.size();
        int needed = drawn.get(0).facts().concurrency();
        int row = top + THROUGHPUT_ROW;
        header(row, 0, "Requests at once");
        for (int i = 0; i < lines; i++) {
            header(row, 1 + i, drawn.get(i).label());
        }
        header(row, 1 + lines, "Needed: " + needed + " at once");
        double most = 0;
        for (int requests : requests(needed)) {
            row++;
            points++;
            put(row, 0, requests, ValueFormat.WHOLE);
            for (int i = 0; i < lines; i++) {
                double speed = throughput(drawn.get(i), requests, estimator);
                most = Math.max(most, speed);
                put(row, 1 + i, speed, ValueFormat.WHOLE);
            }
        }
        need(row + 1, needed, most);
        return true;
    }

    private void need(int row, int concurrency, double most) {
        put(row, 0, concurrency, ValueFormat.WHOLE);
        put(row, 1 + lines, 0, ValueFormat.WHOLE);
        put(row + 1, 0, concurrency, ValueFormat.WHOLE);
        put(row + 1, 1 + lines, most, ValueFormat.WHOLE);
    }

    private static double throughput(JudgedCandidate pair, int requests, Estimator estimator) {
        EstimatedDeployment assessed = estimator.assess(
                pair.facts().demand().withConcurrency(requests),
                pair.facts().deployment().withReplicas(pair.facts().replicas()));
        int busy = Math.min(requests, assessed.replicas());
        return assessed.estimate().throughput().typical() * busy;
    }

    /** From one to twice the need. */
    private static TreeSet<Integer> requests(int need) {
        TreeSet<Integer> requests = new TreeSet<>();
        int most = Math.max(8, 2 * need);
        for (int each = 1; each < most; each *= 2) {
            requests.add(each);
        }
        requests.add(need);
        requests.add(Math.max(1, (int) Math.round(1.5 * need)));
        requests.add(most);
        return requests;
    }

    /** What has been paid after some months; false where no price is known. */
    boolean spending(List<JudgedCandidate> pairs) {
        List<CostOverTime> lines = CostOverTime.of(pairs);
        spendings = lines.size();
        spendingRow = top + THROUGHPUT_ROW + (points == 0 ? 0 : points + NEED_ROWS + 2);
        if (lines.isEmpty()) {
            return false;
        }
        int horizon = pairs.get(0).facts().demand().horizonMonths();
        Double breakEven = lines.stream()
                .map(CostOverTime::breakEvenMonths)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
        header(spendingRow, 0, "Months");
        for (int i = 0; i < spendings; i++) {
            header(spendingRow, 1 + i, lines.get(i).name());
        }
        for (int point = 0; point < MONTH_POINTS; point++) {
            double months = (double) horizon * point / (MONTH_POINTS - 1);
            put(spendingRow + 1 + point, 0, months, ValueFormat.ONE_DECIMAL);
            for (int i = 0; i < spendings; i++) {
                put(spendingRow + 1 + point, 1 + i, lines.get(i).after(months), ValueFormat.DOLLARS);
            }
        }
        if (breakEven != null && breakEven <= horizon) {
            breaksEven = true;
            double most = lines.stream()
                    .mapToDouble(each -> each.after(horizon))
                    .max()
                    .orElse(0);
            int row = spendingRow + 1 + MONTH_POINTS;
            header(spendingRow, 1 + spendings, String.format(Locale.ROOT, "Break-even: %.0f months", breakEven));
            put(row, 0, breakEven, ValueFormat.ONE_DECIMAL);
            put(row, 1 + spendings, 0, ValueFormat.DOLLARS);
            put(row + 1, 0, breakEven, ValueFormat.ONE_DECIMAL);
            put(row + 1, 1 + spendings, most, ValueFormat.DOLLARS);
        }
        return true;
    }

    int spendings() {
        return spendings;
    }

    boolean breaksEven() {
        return breaksEven;
    }

    String spendingHeader(int line) {
        return sheet.getRow(spendingRow).getCell(left + 1 + line).getStringCellValue();
    }

    double mostMonths() {
        return sheet.getRow(spendingRow + MONTH_POINTS).getCell(left).getNumericCellValue();
    }

    /** Column 0 has the months, the others the lines. */
    XDDFNumericalDataSource<Double> spendingPoints(int column) {
        return numbers(spendingRow + 1, MONTH_POINTS, column);
    }

    XDDFNumericalDataSource<Double> breakEvenPoints(int column) {
        return numbers(spendingRow + 1 + MONTH_POINTS, 2, column);
    }

    String candidateHeader(int column) {
        return sheet.getRow(top).getCell(left + column).getStringCellValue();
    }

    XDDFCategoryDataSource candidateNames() {
        return XDDFDataSourcesFactory.fromStringCellRange(sheet, candidateRange(0));
    }

    XDDFCategoryDataSource shortNames() {
        return XDDFDataSourcesFactory.fromStringCellRange(sheet, candidateRange(shortName()));
    }

    /** The verdicts that any of them has. */
    List<Verdict> verdicts() {
        return Arrays.stream(Verdict.values())
                .filter(verdict -> IntStream.rangeClosed(top + 1, top + candidates)
                        .anyMatch(row -> isNumber(row, costBy(verdict))))
                .toList();
    }

    boolean hasBudget() {
        return isNumber(top + 1, budget());
    }

    /** Which of them have a speed and a price, from 0. */
    List<Integer> fastAndDear() {
        return IntStream.range(0, candidates)
                .filter(i -> isNumber(top + 1 + i, speed()) && isNumber(top + 1 + i, cost()))
                .boxed()
                .toList();
    }

    private boolean isNumber(int row, int column) {
        var cell = sheet.getRow(row).getCell(left + column);
        return cell != null && cell.getCellType() == CellType.NUMERIC;
    }

    String name(int candidate) {
        return sheet.getRow(top + 1 + candidate).getCell(left + shortName()).getStringCellValue();
    }

    double of(int candidate, int column) {
        return sheet.getRow(top + 1 + candidate).getCell(left + column).getNumericCellValue();
    }

    /** One number of one candidate. */
    XDDFNumericalDataSource<Double> one(int candidate, int column) {
        return numbers(top + 1 + candidate, 1, column);
    }

    /** Two points of a level line at a needed speed: from no cost to the dearest. */
    void neededSpeed(double needed, double mostUsd) {
        for (int i = 0; i < 2; i++) {
            put(top + 1 + i, neededSpeed(), needed, ValueFormat.ONE_DECIMAL);
            put(top + 1 + i, shortName() + 1, i * mostUsd, ValueFormat.DOLLARS);
        }
    }

    XDDFNumericalDataSource<Double> neededSpeedPoints(boolean across) {
        return numbers(top + 1, 2, across ? shortName() + 1 : neededSpeed());
    }

    XDDFNumericalDataSource<Double> candidateNumbers(int column) {
        return XDDFDataSourcesFactory.fromNumericCellRange(sheet, candidateRange(column));
    }

    int lines() {
        return lines;
    }

    String lineHeader(int line) {
        return sheet.getRow(top + THROUGHPUT_ROW).getCell(left + 1 + line).getStringCellValue();
    }

    /** Then bars are not as wide as the chart. */
    boolean isFew() {
        return candidates < 3;
    }

    double mostRequests() {
        return sheet.getRow(top + THROUGHPUT_ROW + points).getCell(left).getNumericCellValue();
    }

    /** Column 0 has the requests, the others the lines. */
    XDDFNumericalDataSource<Double> points(int column) {
        return numbers(top + THROUGHPUT_ROW + 1, points, column);
    }

    XDDFNumericalDataSource<Double> needPoints(int column) {
        return numbers(top + THROUGHPUT_ROW + 1 + points, NEED_ROWS, column);
    }

    private XDDFNumericalDataSource<Double> numbers(int firstRow, int count, int column) {
        return XDDFDataSourcesFactory.fromNumericCellRange(
                sheet, new CellRangeAddress(firstRow, firstRow + count - 1, left + column, left + column));
    }

    private CellRangeAddress candidateRange(int column) {
        return new CellRangeAddress(top + 1, top + candidates, left + column, left + column);
    }

    private void header(int row, int column, String text) {
        pen.write(sheet, row, left + column, text, CellLook.MUTED);
    }

    private void put(int row, int column, @Nullable Object value, ValueFormat format) {
        pen.write(sheet, row, left + column, value, CellLook.PLAIN, format);
    }
}
