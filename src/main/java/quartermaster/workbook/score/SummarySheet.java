package quartermaster.workbook.score;

import java.time.LocalDate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.jspecify.annotations.Nullable;
import quartermaster.advice.Brief;
import quartermaster.advice.Summary;
import quartermaster.decision.Decision;
import quartermaster.decision.StepVerdict;
import quartermaster.decision.Verdict;
import quartermaster.unit.Numbers;
import quartermaster.unit.Problem;
import quartermaster.workbook.pen.CellLook;
import quartermaster.workbook.pen.CellWriter;
import quartermaster.workbook.pen.ResultSheet;
import quartermaster.workbook.pen.ValueFormat;

/** One page for whoever decides: of each workload what to take, what it meets and costs, and how sure that is. */
final class SummarySheet {
    private static final List<String> HEADERS = List.of(
            "Workload and recommendation",
            "Need",
            "Asked for",
            "Typically",
            "Pessimistically",
            "Met",
            "Money and delivery",
            "",
            "Before you sign",
            "");
    private static final List<Integer> WIDTHS = List.of(36, 27, 11, 11, 15, 16, 11, 15, 14, 60); // characters
    private static final int NEED = 1; // columns, likewise the next
    private static final int MONEY = 6;
    private static final int SIGN = 8;
    private static final int TEXT = 9;
    private static final int LEAST_ROWS = 4; // of a workload
    private static final int MOST_ON_ONE_PAGE = 7; // workloads
    private static final int MOST_PROBLEMS = 15; // where there is nothing else to say
    private static final float LINE = 15; // points
    private static final float GAP = 5;

    private final XSSFWorkbook book;
    private final CellWriter pen;
    private final XSSFSheet sheet;
    private int row;

    SummarySheet(XSSFWorkbook book, CellWriter pen, String name) {
        this.book = book;
        this.pen = pen;
        this.sheet = book.createSheet(name);
    }

    XSSFSheet write(LocalDate today, List<ScoredWorkload> workloads, List<Problem> problems) {
        sheet.setDisplayGridlines(false);
        for (int i = 0; i < WIDTHS.size(); i++) {
            sheet.setColumnWidth(i, WIDTHS.get(i) * ResultSheet.WIDTH_UNIT);
        }
        pen.write(sheet, row++, 0, OwnSheet.SUMMARY.firstCell(), CellLook.TITLE);
        sheet.getRow(0).setHeightInPoints(24);
        notices(workloads).forEach(this::notice);
        if (!problems.isEmpty()) {
            notice(
                    problems.size() == 1
                            ? "There is a problem in the file: the sheet Problems names it."
                            : "There are " + problems.size() + " problems in the file: the sheet Problems names them.");
        }
        String all = workloads.isEmpty()
                ? "Nothing was judged"
                : workloads.size() == 1 ? "1 workload" : workloads.size() + " workloads";
        pen.write(sheet, row++, 0, all + ", prices and dates as of " + today, CellLook.MUTED);
        if (workloads.isEmpty()) {
            problems.stream().limit(MOST_PROBLEMS).forEach(this::problem);
        } else {
            header();
            workloads.forEach(this::workload);
        }
        page(workloads.size());
        return sheet;
    }

    /** Where candidates of the catalogue are ranked instead of candidates of the file. */
    private static Set<String> notices(List<ScoredWorkload> workloads) {
        Set<String> notices = new LinkedHashSet<>();
        for (ScoredWorkload each : workloads) {
            Decision decision = each.answer().value();
            if (decision != null) {
                decision.generatedInstead().ifPresent(notices::add);
            }
        }
        return notices;
    }

    private void notice(String text) {
        wide(text, CellLook.CAREFUL, 0);
        row++;
    }

    private void problem(Problem problem) {
        wide(problem.message(), CellLook.BODY, NEED);
        pen.wrap(sheet, row, 0, problem.at().toString(), CellLook.STRONG);
        row++;
    }

    /** Over all columns from one on. */
    private void wide(String text, CellLook look, int from) {
        for (int column = from; column < WIDTHS.size(); column++) {
            pen.write(sheet, row, column, null, look);
        }
        pen.wrap(sheet, row, from, text, look);
        sheet.addMergedRegion(new CellRangeAddress(row, row, from, WIDTHS.size() - 1));
        int characters = WIDTHS.subList(from, WIDTHS.size()).stream()
                .mapToInt(Integer::intValue)
                .sum();
        sheet.getRow(row).setHeightInPoints(LINE * ResultSheet.lines(text, characters) + 3);
    }

    private void header() {
        for (int i = 0; i < HEADERS.size(); i++) {
            boolean number = i > NEED && i < MONEY - 1;
            pen.write(
                    CellWriter.cell(sheet, row, i),
                    HEADERS.get(i),
                    CellLook.HEADER,
                    number ? ValueFormat.WHOLE : ValueFormat.TEXT,
                    true);
        }
        sheet.addMergedRegion(new CellRangeAddress(row, row, MONEY, MONEY + 1));
        sheet.addMergedRegion(new CellRangeAddress(row, row, SIGN, TEXT));
        sheet.getRow(row).setHeightInPoints(24);
        sheet.setRepeatingRows(new CellRangeAddress(row, row, -1, -1));
        sheet.createFreezePane(0, ++row);
    }

    private void workload(ScoredWorkload workload) {
        Decision decision = workload.answer().value();
        if (decision == null) {
            pen.wrap(sheet, row, 0, workload.name(), CellLook.STRONG);
            List<Problem> problems = workload.answer().problems();
            wide("Not judged. " + (problems.isEmpty() ? "" : problems.get(0).message()), CellLook.UNJUDGED, NEED);
            row++;
        } else {
            card(workload.name(), Summary.of(decision, workload.advice()));
        }
        sheet.createRow(row++).setHeightInPoints(GAP);
    }

    private void card(String name, Summary summary) {
        boolean nothing = summary.verdict() == Verdict.RULED_OUT;
        int rows = Math.max(LEAST_ROWS, summary.needs().size());
        for (int i = 0; i < rows; i++) {
            for (int column = 0; column < WIDTHS.size(); column++) {
                pen.write(sheet, row + i, column, null, CellLook.BODY);
            }
            sheet.getRow(row + i).setHeightInPoints(LINE + 1);
        }
        pen.wrap(sheet, row, 0, name, CellLook.FIRST);
        fit(row, ResultSheet.lines(name, WIDTHS.get(0)));
        over(row + 1, row + rows - 2, 0, summary.take(), CellLook.STRONG);
        verdict(CellWriter.cell(sheet, row + rows - 1, 0), summary.verdict());
        for (int i = 0; i < summary.needs().size(); i++) {
            need(row + i, summary.needs().get(i));
        }
        money(row, "At once", summary.atOnceUsd());
        money(row + 1, "A month", summary.monthlyUsd());
        money(row + 2, "First year", summary.firstYearUsd());
        pen.write(sheet, row + 3, MONEY, "Delivery", CellLook.BODY);
        pen.write(
                CellWriter.cell(sheet, row + 3, MONEY + 1),
                summary.delivery(),
                CellLook.STRONG,
                ValueFormat.ON_THE_RIGHT,
                true);
        fit(row + 3, ResultSheet.lines(summary.delivery(), WIDTHS.get(MONEY + 1)));
        sign(row, row, nothing ? "Why not" : "How sure", summary.sure());
        sign(row + 1, row + 1, "Runner-up", summary.runnerUp());
        boolean warned = !summary.warning().isEmpty();
        sign(
                row + 2,
                warned ? row + 2 : row + rows - 1,
                nothing ? "What to relax" : "Find out first",
                summary.findOut());
        if (warned) {
            sign(row + 3, row + rows - 1, "Warning", summary.warning());
        }
        row += rows;
    }

    private void verdict(org.apache.poi.xssf.usermodel.XSSFCell cell, Verdict verdict) {
        pen.write(cell, verdict, CellLook.BODY, ValueFormat.TEXT, false);
    }

    private void need(int at, Brief.Need need) {
        pen.write(sheet, at, NEED, what(need), CellLook.BODY);
        ValueFormat format = format(need);
        Double asked = need.asked();
        pen.write(
                CellWriter.cell(sheet, at, NEED + 1),
                asked == null ? null : (need.atLeast() ? "≥ " : "≤ ") + figure(need.unit(), asked),
                CellLook.BODY,
                ValueFormat.ON_THE_RIGHT,
                false);
        pen.write(sheet, at, NEED + 2, need.typical(), CellLook.STRONG, format);
        pen.write(sheet, at, NEED + 3, need.pessimistic(), CellLook.BODY, format);
        var met = CellWriter.cell(sheet, at, NEED + 4);
        switch (need.met()) {
            case "yes" -> pen.verdict(met, "yes", StepVerdict.GOOD);
            case "missed" -> pen.verdict(met, "missed", StepVerdict.RULED_OUT);
            case "only just" -> pen.verdict(met, "only just", StepVerdict.CAUTION);
            default -> pen.write(met, need.met(), CellLook.UNJUDGED, ValueFormat.UNJUDGED, false);
        }
    }

    private static String what(Brief.Need need) {
        return need.what()
                + switch (need.unit()) {
                    case TOKENS_PER_SECOND -> " (tok/s)";
                    case SECONDS -> " (s)";
                    case HOURS -> " (h)";
                    case GIB -> " (GiB)";
                    case USD -> " (USD)";
                };
    }

    private static ValueFormat format(Brief.Need need) {
        return switch (need.unit()) {
            case TOKENS_PER_SECOND, HOURS, GIB -> ValueFormat.ONE_DECIMAL;
            case SECONDS -> ValueFormat.TWO_DECIMALS;
            case USD -> ValueFormat.DOLLARS;
        };
    }

    private static String figure(Brief.Unit unit, double value) {
        return switch (unit) {
            case USD -> String.format(Locale.ROOT, "$%,.0f", value);
            case GIB -> String.format(Locale.ROOT, "%.1f", value);
            default -> Numbers.plain(value);
        };
    }

    private void money(int at, String label, @Nullable Double usd) {
        pen.write(sheet, at, MONEY, label, CellLook.BODY);
        if (usd == null || usd == 0) {
            String said = usd == null ? "unknown" : "nothing";
            pen.write(CellWriter.cell(sheet, at, MONEY + 1), said, CellLook.STRONG, ValueFormat.ON_THE_RIGHT, false);
        } else {
            pen.write(sheet, at, MONEY + 1, usd, CellLook.STRONG, ValueFormat.DOLLARS);
        }
    }

    private void sign(int first, int last, String label, String text) {
        pen.write(sheet, first, SIGN, label, CellLook.BODY);
        over(first, last, TEXT, text, CellLook.BODY);
    }

    /** Text over several rows of one column; all of them grow where it needs more. */
    private void over(int first, int last, int column, String text, CellLook look) {
        pen.wrap(sheet, first, column, text, look);
        if (last > first) {
            sheet.addMergedRegion(new CellRangeAddress(first, last, column, column));
        }
        int each = (ResultSheet.lines(text, WIDTHS.get(column)) + last - first) / (last - first + 1);
        for (int at = first; at <= last; at++) {
            fit(at, each);
        }
    }

    private void fit(int at, int lines) {
        var there = Objects.requireNonNull(sheet.getRow(at));
        there.setHeightInPoints(Math.max(there.getHeightInPoints(), LINE * lines + 1));
    }

    /** All on one page, as long as it can be read there. */
    private void page(int workloads) {
        ResultSheet.landscape(sheet);
        if (workloads <= MOST_ON_ONE_PAGE) {
            sheet.getPrintSetup().setFitHeight((short) 1);
        }
        sheet.setHorizontallyCenter(true);
        book.setPrintArea(book.getSheetIndex(sheet), 0, WIDTHS.size() - 1, 0, Math.max(1, row - 1));
    }
}
