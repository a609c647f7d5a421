package quartermaster.workbook.score;

import java.util.List;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.ss.util.CellReference;
import org.apache.poi.xssf.usermodel.XSSFCell;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import quartermaster.decision.Contribution;
import quartermaster.decision.Step;
import quartermaster.workbook.pen.CellLook;
import quartermaster.workbook.pen.CellWriter;
import quartermaster.workbook.pen.ResultSheet;
import quartermaster.workbook.pen.ValueFormat;

/**
 * Weights to play with: the points of each candidate that is not ruled out, and formulas that make scores and ranks of
 * them. As long as nobody changes a weight they say what the decision says.
 */
record WeightsSheet(XSSFWorkbook book, CellWriter pen, List<Step> steps) {
    private static final int MOST_WORKLOADS = 20;
    private static final int MOST_CANDIDATES = 30;
    private static final int MOST_ON_ONE_PAGE = 60; // rows
    private static final int STEPS = 1; // the first column of points
    private static final int LABEL = 72; // characters wide, likewise the others
    private static final int STEP = 12;
    private static final int SCORE = 10;
    private static final int RANK = 8;

    private int score() {
        return STEPS + steps.size();
    }

    XSSFSheet write(String name, List<ScoredWorkload> workloads) {
        XSSFSheet sheet = book.createSheet(name);
        pen.write(sheet, 0, 0, OwnSheet.WEIGHTS.firstCell(), CellLook.TITLE);
        pen.write(
                sheet,
                1,
                0,
                "Change an orange weight: scores and ranks follow. Only the proportions of weights count. Less than a point"
                        + " apart is level: then the better verdict comes first, then the lower cost. What is ruled out is"
                        + " not listed.",
                CellLook.MUTED);
        sheet.getRow(0).setHeightInPoints(27);
        int row = 3;
        for (ScoredWorkload each : workloads.subList(0, Math.min(MOST_WORKLOADS, workloads.size()))) {
            List<JudgedCandidate> suitable = each.pairs().stream()
                    .filter(pair -> !pair.recommendation().isRuledOut())
                    .limit(MOST_CANDIDATES)
                    .toList();
            if (!suitable.isEmpty()) {
                row = section(sheet, row, each.name(), suitable);
            }
        }
        for (int i = 0; i <= score() + 2; i++) {
            int characters = i == 0 ? LABEL : i == score() ? SCORE : i == score() + 1 ? RANK : STEP;
            sheet.setColumnWidth(i, characters * ResultSheet.WIDTH_UNIT);
        }
        ResultSheet.landscape(sheet);
        if (row <= MOST_ON_ONE_PAGE) { // else a heading may stand at the foot of one, and its table on the next
            sheet.getPrintSetup().setFitHeight((short) 1);
        }
        return sheet;
    }

    /** @return the row after it and an empty one */
    private int section(XSSFSheet sheet, int first, String workload, List<JudgedCandidate> pairs) {
        pen.write(sheet, first, 0, workload, CellLook.HEADING);
        sheet.getRow(first).setHeightInPoints(24);
        int header = first + 1;
        header(sheet, header);
        int weights = header + 1;
        weights(sheet, weights, pairs.get(0));
        int from = weights + 1;
        int to = weights + pairs.size();
        for (int i = 0; i < pairs.size(); i++) {
            candidate(sheet, from + i, pairs.get(i), weights, from, to);
        }
        return to + 2;
    }

    private void header(XSSFSheet sheet, int row) {
        header(sheet, row, 0, "Points of", ValueFormat.TEXT);
        for (Step step : steps) {
            header(sheet, row, STEPS + step.ordinal(), step.sheet(), ValueFormat.WHOLE);
        }
        header(sheet, row, score(), "Score", ValueFormat.WHOLE);
        header(sheet, row, score() + 1, "Rank", ValueFormat.WHOLE);
        header(sheet, row, score() + 2, "Score as decided", ValueFormat.WHOLE);
        sheet.getRow(row).setHeightInPoints(32);
    }

    private void header(XSSFSheet sheet, int row, int column, String text, ValueFormat format) {
        pen.write(CellWriter.cell(sheet, row, column), text, CellLook.HEADER, format, true);
    }

    private void weights(XSSFSheet sheet, int row, JudgedCandidate any) {
        pen.write(sheet, row, 0, "Weight", CellLook.STRONG);
        double sum = 0;
        for (Contribution each : any.recommendation().steps()) {
            pen.write(sheet, row, STEPS + each.step().ordinal(), each.weight(), CellLook.INPUT, ValueFormat.NUMBER);
            sum += each.weight();
        }
        formula(sheet, row, score(), "SUM(" + area(row, row, true) + ")", sum, ValueFormat.WHOLE);
        pen.write(sheet, row, score() + 1, null, CellLook.BODY, ValueFormat.WHOLE);
        pen.write(sheet, row, score() + 2, null, CellLook.BODY, ValueFormat.WHOLE);
    }

    private void candidate(XSSFSheet sheet, int row, JudgedCandidate pair, int weights, int from, int to) {
        String label = pair.label() + " (" + pair.software() + ")";
        pen.write(sheet, row, 0, label, CellLook.BODY);
        for (Contribution each : pair.recommendation().steps()) {
            pen.write(sheet, row, STEPS + each.step().ordinal(), each.points(), CellLook.BODY, ValueFormat.ONE_DECIMAL);
        }
        double score = pair.recommendation().score();
        String weighted = "SUMPRODUCT(" + area(weights, weights, true) + "," + area(row, row, false) + ")/SUM("
                + area(weights, weights, true) + ")";
        formula(sheet, row, score(), weighted, score, ValueFormat.ONE_DECIMAL);
        String column = CellReference.convertNumToColString(score());
        String here = column + (row + 1);
        String all = "$" + column + "$" + (from + 1) + ":$" + column + "$" + (to + 1);
        String above = "$" + column + "$" + (from + 1) + ":" + here;
        String behind = "INT(MAX(" + all + ")-" + here + "+0.000001)"; // whole points; of equal ones the upper
        String more = ",\">\"&(MAX(" + all + ")-" + behind + "+0.000001";
        String rank = "COUNTIF(" + all + more + "))+COUNTIF(" + above + more + "-1))-COUNTIF(" + above + more + "))";
        Integer ranked = pair.recommendation().rank();
        formula(sheet, row, score() + 1, rank, ranked == null ? 0 : ranked, ValueFormat.WHOLE);
        pen.write(sheet, row, score() + 2, score, CellLook.BODY, ValueFormat.ONE_DECIMAL);
    }

    private String area(int firstRow, int lastRow, boolean fixed) {
        String area = new CellRangeAddress(firstRow, lastRow, STEPS, score() - 1).formatAsString();
        return fixed ? area.replaceAll("([A-Z]+)(\\d+)", "\\$$1\\$$2") : area;
    }

    /** @param now what it gives, for programs that do not calculate */
    private void formula(XSSFSheet sheet, int row, int column, String formula, double now, ValueFormat format) {
        XSSFCell cell = pen.write(sheet, row, column, now, CellLook.STRONG, format);
        cell.setCellFormula(formula);
        cell.setCellValue(now);
    }
}
