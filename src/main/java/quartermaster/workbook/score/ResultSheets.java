package quartermaster.workbook.score;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.jspecify.annotations.Nullable;
import quartermaster.decision.Contribution;
import quartermaster.decision.Decision;
import quartermaster.decision.Step;
import quartermaster.decision.engine.Decider;
import quartermaster.unit.Numbers;
import quartermaster.unit.Place;
import quartermaster.unit.Problem;
import quartermaster.workbook.pen.CellLook;
import quartermaster.workbook.pen.CellNotes;
import quartermaster.workbook.pen.CellWriter;
import quartermaster.workbook.pen.ColourScales;
import quartermaster.workbook.pen.ResultColumn;
import quartermaster.workbook.pen.ResultSheet;
import quartermaster.workbook.read.UnreadableWorkbookException;
import quartermaster.workbook.upload.UploadedTables;

/** Writes everything that we have to say into a workbook. */
final class ResultSheets {
    private static final int MOST_PRINTED = 100; // rows of recommendations, some pages
    private static final int MOST_NOTED = 100; // rows: six notes each, and programs slow down with thousands
    private static final int MOST_EXPLAINED = 150; // candidates; the best of each workload come first

    private final XSSFWorkbook book;
    private final Decider decider;
    private final LocalDate today;
    private final CellWriter pen;
    private final ResultSheet tables;

    ResultSheets(XSSFWorkbook book, CellWriter pen, Decider decider, LocalDate today) {
        this.book = book;
        this.decider = decider;
        this.today = today;
        this.pen = pen;
        this.tables = new ResultSheet(book, pen);
    }

    /** A row of the recommendations; without a pair it is a workload that could not be judged. */
    private record Line(
            String workload,
            @Nullable JudgedCandidate pair,
            @Nullable String problem) {}

    /** @param digest of the workbook without what is ours */
    void write(
            String digest,
            UploadedTables tables,
            EarlierResults marks,
            List<ScoredWorkload> workloads,
            List<Problem> problems)
            throws UnreadableWorkbookException {
        int place = place(marks);
        marks.removeSheets(book);
        CellNotes.remove(book);
        new CandidateResults(book, pen).write(tables, marks, workloads, problems);
        CellNotes.add(book, problems);
        add(place, new AboutSheet.Source(digest, null), workloads, problems);
        book.setForceFormulaRecalculation(true); // the user's formulas may refer to our cells
    }

    /** Where our sheets stood, but for the first of all, among those of the user. */
    private int place(EarlierResults marks) {
        int theirs = 0;
        boolean found = false;
        for (int i = 0; i < book.getNumberOfSheets() && !found; i++) {
            String name = book.getSheetName(i);
            boolean isOurs = marks.sheets().contains(name);
            found = isOurs && !name.startsWith(OwnSheet.SUMMARY.title());
            theirs += isOurs ? 0 : 1;
        }
        return found ? theirs : Integer.MAX_VALUE;
    }

    /** Only our sheets, behind all others. */
    void add(AboutSheet.Source source, List<ScoredWorkload> workloads, List<Problem> problems) {
        add(Integer.MAX_VALUE, source, workloads, problems);
    }

    private void add(int place, AboutSheet.Source source, List<ScoredWorkload> workloads, List<Problem> problems) {
        Map<OwnSheet, XSSFSheet> sheets = sheets(source, workloads, problems);
        int at = Math.min(place, book.getNumberOfSheets() - sheets.size());
        for (Map.Entry<OwnSheet, XSSFSheet> each : sheets.entrySet()) {
            boolean isFirst = each.getKey() == OwnSheet.SUMMARY;
            at += isFirst ? 1 : 0;
            book.setSheetOrder(each.getValue().getSheetName(), isFirst ? 0 : at++);
            EarlierResults.markSheet(book, each.getKey(), each.getValue().getSheetName());
        }
        show(problems.isEmpty() || !workloads.isEmpty() ? OwnSheet.SUMMARY : OwnSheet.PROBLEMS, sheets);
    }

    private Map<OwnSheet, XSSFSheet> sheets(
            AboutSheet.Source source, List<ScoredWorkload> workloads, List<Problem> problems) {
        Map<OwnSheet, XSSFSheet> sheets = new EnumMap<>(OwnSheet.class);
        sheets.put(
                OwnSheet.SUMMARY,
                new SummarySheet(book, pen, freeName(OwnSheet.SUMMARY)).write(today, workloads, problems));
        if (!workloads.isEmpty()) {
            sheets.put(OwnSheet.RECOMMENDATIONS, recommendations(workloads));
        }
        if (workloads.stream().anyMatch(each -> !each.pairs().isEmpty())) {
            sheets.put(OwnSheet.COSTS, new CostsSheet(book, pen, decider, freeName(OwnSheet.COSTS)).write(workloads));
        }
        boolean judged = workloads.stream().anyMatch(each -> !each.pairs().isEmpty());
        if (judged) {
            sheets.put(OwnSheet.ADVICE, new AdviceSheet(tables).write(freeName(OwnSheet.ADVICE), workloads));
        }
        if (workloads.stream().anyMatch(each -> each.advice() != null)) {
            sheets.put(
                    OwnSheet.WINNERS,
                    new WinnersSheet(book, pen, decider).write(freeName(OwnSheet.WINNERS), workloads));
        }
        if (ModelMapSheet.isFor(workloads)) {
            sheets.put(
                    OwnSheet.MODELS, new ModelMapSheet(book, pen, decider).write(freeName(OwnSheet.MODELS), workloads));
        }
        if (judged) {
            sheets.put(
                    OwnSheet.CHARTS, new ChartsSheet(book, pen, decider).write(freeName(OwnSheet.CHARTS), workloads));
        }
        if (workloads.stream().anyMatch(ScoredWorkload::hasSuitable)) {
            List<Step> asked = ChartNumbers.steps(
                    workloads.stream().flatMap(each -> each.pairs().stream()).toList());
            sheets.put(
                    OwnSheet.WEIGHTS, new WeightsSheet(book, pen, asked).write(freeName(OwnSheet.WEIGHTS), workloads));
        }
        if (judged) {
            List<JudgedCandidate> explained = explained(workloads);
            sheets.put(OwnSheet.EXPLANATION, explanation(workloads, explained));
            XSSFSheet estimates = tables.writeWithLooks(
                    freeName(OwnSheet.ESTIMATES), EstimateColumns.columns(), explained, 2, JudgedCandidate::look);
            ResultSheet.printOnlyFirst(estimates, explained.size());
            sheets.put(OwnSheet.ESTIMATES, estimates);
        }
        if (!problems.isEmpty()) {
            sheets.put(OwnSheet.PROBLEMS, new ProblemsSheet(book, tables).write(freeName(OwnSheet.PROBLEMS), problems));
        }
        sheets.put(
                OwnSheet.ABOUT,
                new AboutSheet(book, pen).write(freeName(OwnSheet.ABOUT), source, decider, today, workloads, problems));
        return sheets;
    }

    private XSSFSheet recommendations(List<ScoredWorkload> workloads) {
        List<Line> lines = new ArrayList<>();
        for (ScoredWorkload workload : workloads) {
            workload.pairs().forEach(pair -> lines.add(new Line(workload.name(), pair, null)));
            if (workload.pairs().isEmpty()) {
                String why = workload.answer().problems().isEmpty()
                        ? "No candidate is left that could be judged."
                        : workload.answer().problems().get(0).message();
                lines.add(new Line(workload.name(), null, why));
            }
        }
        boolean comparesModels = lines.stream()
                .anyMatch(each -> each.pair() != null && each.pair().facts().comparesModels());
        List<ResultColumn<Line>> columns = Stream.concat(
                        JudgementColumns.recommendation().stream(),
                        comparesModels ? JudgementColumns.ofModels().stream() : Stream.empty())
                .map(ResultSheets::column)
                .toList();
        XSSFSheet sheet =
                tables.writeWithLooks(freeName(OwnSheet.RECOMMENDATIONS), columns, lines, 4, ResultSheets::look);
        List<CellRangeAddress> suitable = ColourScales.ranges(IntStream.range(0, lines.size())
                .filter(i -> isSuitable(lines.get(i)))
                .map(i -> i + 1));
        ColourScales.scores(sheet, indexOf(columns, JudgementColumns.SCORE), suitable);
        ColourScales.bars(sheet, indexOf(columns, JudgementColumns.HEADROOM), suitable);
        if (lines.size() > MOST_PRINTED) {
            ResultSheet.printOnlyFirst(sheet, lines.size());
        }
        for (Step step : Step.asked(comparesModels)) {
            reasons(sheet, indexOf(columns, step.sheet()), step, lines);
        }
        return sheet;
    }

    /** Why the step got its points, as a note on its cell. */
    private static void reasons(XSSFSheet sheet, int column, Step step, List<Line> lines) {
        for (int i = 0; i < Math.min(MOST_NOTED, lines.size()); i++) {
            JudgedCandidate pair = lines.get(i).pair();
            if (pair != null) {
                Place.Cell place = new Place.Cell(sheet.getSheetName(), i + 2, column);
                pair.recommendation().steps().stream()
                        .filter(each -> each.step() == step)
                        .forEach(each -> CellNotes.write(sheet, place, reason(each)));
            }
        }
    }

    private static String reason(Contribution step) {
        return String.format(
                Locale.ROOT,
                "%s\n%s of 100 points, weight %s. %s",
                step.because(),
                Numbers.plain(step.points()),
                Numbers.plain(step.weight()),
                step.at());
    }

    private static ResultColumn<Line> column(ResultColumn<JudgedCandidate> column) {
        ResultColumn<Line> lifted = column.of(Line::pair);
        return switch (column.header()) {
            case "Workload" -> ResultColumn.wrapped("Workload", column.characters(), Line::workload);
            case JudgementColumns.WHY ->
                ResultColumn.wrapped(
                        JudgementColumns.WHY,
                        column.characters(),
                        line -> line.pair() == null
                                ? line.problem()
                                : line.pair().why());
            case "Verdict" ->
                ResultColumn.text(
                        "Verdict",
                        column.characters(),
                        line -> line.pair() == null
                                ? "not judged"
                                : line.pair().recommendation().verdict());
            default -> lifted;
        };
    }

    private static CellLook look(Line line) {
        return line.pair() == null ? CellLook.BODY : line.pair().look();
    }

    private static boolean isSuitable(Line line) {
        return line.pair() != null && !line.pair().recommendation().isRuledOut();
    }

    private static <T> int indexOf(List<ResultColumn<T>> columns, String header) {
        return columns.stream().map(ResultColumn::header).toList().indexOf(header);
    }

    private static List<JudgedCandidate> explained(List<ScoredWorkload> workloads) {
        int each = MOST_EXPLAINED / Math.max(1, workloads.size());
        return workloads.stream()
                .flatMap(workload -> workload.pairs().stream().limit(each))
                .toList();
    }

    private XSSFSheet explanation(List<ScoredWorkload> workloads, List<JudgedCandidate> explained) {
        List<ExplanationRow> rows = new ArrayList<>();
        for (ScoredWorkload workload : workloads) {
            Decision decision = workload.answer().value();
            if (decision != null) {
                workload.source().readings().forEach(each -> rows.add(ExplanationRow.reading(workload.name(), each)));
                rows.addAll(ExplanationRow.assumptions(workload.name(), decision));
                explained.stream()
                        .filter(pair -> decision.equals(pair.decision()))
                        .forEach(pair -> rows.addAll(ExplanationRow.of(pair)));
            }
        }
        XSSFSheet sheet = tables.write(freeName(OwnSheet.EXPLANATION), ExplanationRow.columns(), rows, 2, row -> false);
        ResultSheet.printOnlyFirst(sheet, rows.size());
        return sheet;
    }

    private void show(OwnSheet first, Map<OwnSheet, XSSFSheet> sheets) {
        XSSFSheet shown = sheets.get(first);
        if (shown == null) {
            return;
        }
        book.sheetIterator().forEachRemaining(sheet -> sheet.setSelected(false));
        book.setActiveSheet(book.getSheetIndex(shown));
        shown.setSelected(true);
        book.setFirstVisibleTab(0);
    }

    private String freeName(OwnSheet sheet) {
        return sheet.freeName(book);
    }
}
