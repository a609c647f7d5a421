package quartermaster.workbook.score;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.poi.ss.usermodel.PrintSetup;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import quartermaster.decision.Assessment;
import quartermaster.decision.Decision;
import quartermaster.decision.Picks;
import quartermaster.decision.engine.Decider;
import quartermaster.estimate.Estimator;
import quartermaster.request.Workload;
import quartermaster.unit.Choice;
import quartermaster.workbook.pen.CellLook;
import quartermaster.workbook.pen.CellWriter;
import quartermaster.workbook.pen.ResultSheet;

/** One page for each workload: what to take and why, and six charts. */
final class ChartsSheet {
    static final int NUMBERS_COLUMN = 18; // the numbers behind the charts stand right of them
    private static final int COLUMNS = 16;
    private static final int COLUMN_CHARACTERS = 11;
    private static final int CHARTS_ROW = 7; // of a section
    private static final int MOST_WORKLOADS = 20;
    private static final int PICK_CHARACTERS = (COLUMNS - 1) * COLUMN_CHARACTERS;
    private static final int MOST_LINES = 4; // of a pick
    private static final int MOST_NAMED = 3; // models

    private final XSSFWorkbook book;
    private final CellWriter pen;
    private final Estimator estimator;

    ChartsSheet(XSSFWorkbook book, CellWriter pen, Decider decider) {
        this.book = book;
        this.pen = pen;
        this.estimator = new Estimator(decider.catalogue());
    }

    XSSFSheet write(String name, List<ScoredWorkload> workloads) {
        XSSFSheet sheet = book.createSheet(name);
        sheet.setDisplayGridlines(false);
        for (int i = 0; i < COLUMNS; i++) {
            sheet.setColumnWidth(i, COLUMN_CHARACTERS * ResultSheet.WIDTH_UNIT);
        }
        sheet.setColumnWidth(NUMBERS_COLUMN, 44 * ResultSheet.WIDTH_UNIT);
        pen.write(sheet, 0, 0, OwnSheet.CHARTS.firstCell(), CellLook.TITLE);
        pen.write(sheet, 0, NUMBERS_COLUMN, "Numbers behind the charts", CellLook.TITLE);
        int row = 2;
        for (ScoredWorkload workload : workloads.subList(0, Math.min(MOST_WORKLOADS, workloads.size()))) {
            section(sheet, row, workload);
            row += CHARTS_ROW + ChartMaker.highRows(sheet) + 2 * ChartMaker.lowRows(sheet) + 1;
            sheet.setRowBreak(row - 1);
        }
        if (workloads.size() > MOST_WORKLOADS) {
            pen.write(sheet, row, 0, "Only the first " + MOST_WORKLOADS + " workloads are drawn.", CellLook.MUTED);
        }
        page(sheet, row);
        return sheet;
    }

    private void section(XSSFSheet sheet, int row, ScoredWorkload workload) {
        pen.write(sheet, row, 0, workload.name(), CellLook.HEADING);
        Decision decision = workload.answer().value();
        if (decision == null || workload.pairs().isEmpty()) {
            pen.write(sheet, row + 1, 0, "Not judged: the sheet Problems says why.", CellLook.MUTED);
            return;
        }
        pen.write(sheet, row + 1, 0, need(decision.request().workload(), decision), CellLook.MUTED);
        List<JudgedCandidate> shown = shown(workload);
        picks(sheet, row + 2, decision.hasRecommendation() ? workload.pairs() : shown, decision);
        ChartNumbers numbers = new ChartNumbers(sheet, pen, row, NUMBERS_COLUMN);
        numbers.candidates(shown);
        boolean grows = numbers.throughput(shown, estimator);
        boolean costs = numbers.spending(shown);
        ChartMaker charts = new ChartMaker(sheet, numbers, workload.name());
        int above = row + CHARTS_ROW;
        int below = above + ChartMaker.highRows(sheet);
        charts.scores(above, 0);
        charts.memory(above, 8);
        charts.costs(below, 0, decision.request().budget().monthlyUsd());
        if (costs) {
            charts.spending(below, 8);
        }
        int last = below + ChartMaker.lowRows(sheet);
        if (grows) {
            charts.throughput(last);
            charts.speedAgainstCost(last, 8, decision.request().workload().minDecodeTokensPerSecond());
        }
    }

    /** The best that may be chosen; where nothing may, those that come nearest. */
    private static List<JudgedCandidate> shown(ScoredWorkload workload) {
        List<JudgedCandidate> pairs = workload.pairs();
        List<JudgedCandidate> suitable = pairs.stream()
                .filter(pair -> !pair.recommendation().isRuledOut())
                .toList();
        Optional<JudgedCandidate> nearest = suitable.isEmpty() ? workload.nearest() : Optional.empty();
        return Stream.concat(
                        nearest.stream(),
                        (suitable.isEmpty() ? pairs : suitable)
                                .stream()
                                        .filter(each ->
                                                nearest.filter(each::equals).isEmpty()))
                .limit(ChartNumbers.MOST_CANDIDATES)
                .toList();
    }

    private static String need(Workload workload, Decision decision) {
        List<String> words = new ArrayList<>();
        words.add(Choice.id(workload.type()).replace('-', ' '));
        words.add(models(workload, decision));
        words.add(count(workload.concurrency(), "request at once", "requests at once"));
        words.add(count(workload.inputTokens(), "token in", "tokens in"));
        words.add(count(workload.outputTokens(), "token out", "tokens out"));
        if (workload.minDecodeTokensPerSecond() != null) {
            words.add(String.format(Locale.ROOT, "at least %.0f tok/s per user", workload.minDecodeTokensPerSecond()));
        }
        if (workload.maxTimeToFirstTokenSeconds() != null) {
            words.add(String.format(
                    Locale.ROOT,
                    "first token within %s s",
                    quartermaster.unit.Numbers.plain(workload.maxTimeToFirstTokenSeconds())));
        }
        return String.join(" · ", words);
    }

    /** The model; where several are compared, those that were named. */
    private static String models(Workload workload, Decision decision) {
        List<String> named = workload.models();
        if (named.equals(List.of(Workload.ANY_MODEL))) {
            return "any model";
        }
        if (!named.isEmpty()) {
            String first = named.stream().limit(MOST_NAMED).collect(Collectors.joining(", "));
            return named.size() > MOST_NAMED ? first + " and " + (named.size() - MOST_NAMED) + " more" : first;
        }
        return Stream.concat(decision.ranked().stream(), decision.rejected().stream())
                .findFirst()
                .map(each -> each.assessment().model().name())
                .orElse(String.valueOf(workload.model()));
    }

    private static String count(@org.jspecify.annotations.Nullable Integer number, String one, String many) {
        return number == null
                ? many + " not stated"
                : String.format(Locale.ROOT, "%,d %s", number, number == 1 ? one : many);
    }

    private void picks(XSSFSheet sheet, int row, List<JudgedCandidate> pairs, Decision decision) {
        Map<String, String> lines = lines(pairs, decision);
        int at = row;
        for (Map.Entry<String, String> line : lines.entrySet()) {
            pen.wrap(sheet, at, 0, line.getKey(), CellLook.LABEL);
            pen.wrap(sheet, at, 1, line.getValue(), CellLook.PLAIN);
            sheet.addMergedRegion(new CellRangeAddress(at, at, 1, COLUMNS - 1));
            int rows = Math.min(MOST_LINES, ResultSheet.lines(line.getValue(), PICK_CHARACTERS));
            sheet.getRow(at).setHeightInPoints(15f * rows + 2);
            at++;
        }
    }

    private static Map<String, String> lines(List<JudgedCandidate> pairs, Decision decision) {
        Map<String, String> lines = new LinkedHashMap<>();
        if (!decision.hasRecommendation()) {
            lines.put("Nearest", "Every candidate is ruled out; nearest is to " + line(pairs.get(0)));
            return lines;
        }
        Picks picks = decision.picks();
        put(lines, "Best", pairs, picks.best());
        put(lines, "Runner-up", pairs, picks.runnerUp());
        put(lines, "Cheapest", pairs, besides(picks, picks.cheapest()));
        put(lines, "Fastest", pairs, besides(picks, picks.fastest()));
        return lines;
    }

    /** A pick that is the best is not named again. */
    private static @org.jspecify.annotations.Nullable Integer besides(
            Picks picks, @org.jspecify.annotations.Nullable Integer rank) {
        return rank != null && rank.equals(picks.best()) ? null : rank;
    }

    private static void put(
            Map<String, String> lines,
            String name,
            List<JudgedCandidate> pairs,
            @org.jspecify.annotations.Nullable Integer rank) {
        pairs.stream()
                .filter(each ->
                        rank != null && rank.equals(each.recommendation().rank()))
                .findFirst()
                .ifPresent(found -> lines.putIfAbsent(name, told(lines, found).orElse(line(found))));
    }

    /** Whoever is two things is described once. */
    private static Optional<String> told(Map<String, String> lines, JudgedCandidate pair) {
        return lines.entrySet().stream()
                .filter(each -> each.getValue().equals(line(pair)))
                .map(each -> "The " + each.getKey().toLowerCase(Locale.ROOT) + " is it.")
                .findFirst();
    }

    private static String line(JudgedCandidate pair) {
        return String.format(
                Locale.ROOT,
                "%s (%s): score %.1f, %s, %s. %s",
                pair.label(),
                pair.software(),
                pair.recommendation().score(),
                speed(pair.facts()),
                pair.monthly(),
                pair.why());
    }

    private static String speed(Assessment facts) {
        Double training = facts.trainingSpeed();
        return training == null
                ? String.format(Locale.ROOT, "%.0f tok/s per user", facts.decodeSpeed())
                : String.format(Locale.ROOT, "trains on %,.0f tok/s", training);
    }

    private void page(XSSFSheet sheet, int rows) {
        ResultSheet.landscape(sheet);
        sheet.setFitToPage(false); // else the breaks between workloads do not count
        PrintSetup print = sheet.getPrintSetup();
        print.setScale((short) 61); // also with a wide font
        sheet.setHorizontallyCenter(true);
        book.setPrintArea(book.getSheetIndex(sheet), 0, COLUMNS - 1, 0, Math.max(1, rows));
    }
}
