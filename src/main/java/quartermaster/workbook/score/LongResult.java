package quartermaster.workbook.score;

import java.io.IOException;
import java.io.OutputStream;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongConsumer;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.jspecify.annotations.Nullable;
import quartermaster.decision.Verdict;
import quartermaster.decision.engine.Decider;
import quartermaster.unit.Choice;
import quartermaster.unit.Place;
import quartermaster.unit.Problem;
import quartermaster.workbook.pen.AppendedRows;
import quartermaster.workbook.pen.CellLook;
import quartermaster.workbook.pen.CellWriter;
import quartermaster.workbook.pen.ResultSheet;
import quartermaster.workbook.pen.ValueFormat;
import quartermaster.workbook.read.ReadCell;
import quartermaster.workbook.read.ReadRow;
import quartermaster.workbook.read.ReadSheet;
import quartermaster.workbook.read.SheetTable;
import quartermaster.workbook.read.UnreadableWorkbookException;
import quartermaster.workbook.read.WorkbookFile;

/**
 * The answer to a long table of candidates: a workbook of its own, with the workloads and all candidates as they were
 * sent, our columns beside them, and our sheets about the best of them.
 */
final class LongResult {
    private static final int LOOKED_AT = 200; // rows, for the width of a column
    private static final int WIDEST = 40; // characters
    private static final int NAMED = 50; // sheets that are left out
    private static final int TOLD_EVERY = 1_000;
    private static final int VERDICT = CandidateResults.headers().indexOf("Verdict");

    private final LongWorkbook input;
    private final LongWorkbook.Table table;
    private final LongJudgement judgement;
    private final XSSFWorkbook book;
    private final CellWriter pen;

    private LongResult(LongWorkbook input, LongWorkbook.Table table, LongJudgement judgement) {
        this.input = input;
        this.table = table;
        this.judgement = judgement;
        List<ReadSheet> sheets = new ArrayList<>(input.head().sheets());
        ReadSheet titles = input.titles(table);
        if (titles != null) {
            sheets.add(titles);
        }
        this.book = FreshWorkbook.of(new WorkbookFile(input.head().name(), sheets));
        this.pen = new CellWriter(book);
    }

    /**
     * @param best of each workload, with what there is to say of them
     * @param written is told now and then how many rows there were
     */
    static void write(
            LongWorkbook input,
            LongWorkbook.Table table,
            LongJudgement judgement,
            List<ScoredWorkload> best,
            List<Problem> problems,
            Decider decider,
            LocalDate today,
            LongConsumer written,
            OutputStream to)
            throws IOException, UnreadableWorkbookException {
        LongResult result = new LongResult(input, table, judgement);
        try (XSSFWorkbook book = result.book) {
            book.sheetIterator().forEachRemaining(sheet -> ResultSheet.landscape((XSSFSheet) sheet));
            AboutSheet.Source source = new AboutSheet.Source(input.digest(), result.form(best));
            new ResultSheets(book, result.pen, decider, today).add(source, best, problems);
            result.writeCandidates(written, to);
        }
    }

    private String form(List<ScoredWorkload> best) {
        int shown = best.stream().mapToInt(each -> each.pairs().size()).max().orElse(0);
        return String.format(
                Locale.ROOT,
                "The workbook that was sent, with %,d candidates, is too large to write results into it. This one has"
                        + " their values with the results beside them; formats, formulas and other sheets are only in"
                        + " yours.%s Recommendations, advice, charts and explanations are about the best %,d of each"
                        + " workload.",
                table.rows().size(),
                leftOut(),
                shown);
    }

    private String leftOut() {
        List<String> others = input.others();
        if (others.isEmpty()) {
            return "";
        }
        String named = String.join(", ", others.subList(0, Math.min(others.size(), NAMED)));
        int more = others.size() - NAMED;
        return " Left out: " + named + (more > 0 ? " and " + more + " more." : ".");
    }

    private void writeCandidates(LongConsumer written, OutputStream to)
            throws IOException, UnreadableWorkbookException {
        SheetTable found = table.table();
        ReadSheet titles = input.titles(table);
        if (found == null || titles == null || table.rows().isEmpty()) {
            pen.save(to);
            return;
        }
        XSSFSheet sheet = book.getSheet(titles.name());
        int headerRow = found.headerRow() - 1;
        int first = firstFree();
        SheetColumns.refuseNoRoom(titles.name(), first, CandidateResults.COLUMNS.size());
        int last = first + CandidateResults.COLUMNS.size() - 1;
        int lastRow = table.rows().get(table.rows().size() - 1).number() - 1;
        new CandidateResults(book, pen).headers(sheet, headerRow, first);
        CandidateResults.looks(sheet, first, List.of(new CellRangeAddress(headerRow + 1, lastRow, 0, 0)));
        widths(sheet, first);
        sheet.setAutoFilter(new CellRangeAddress(headerRow, lastRow, 0, last));
        sheet.createFreezePane(0, headerRow + 1);
        sheet.setRepeatingRows(new CellRangeAddress(headerRow, headerRow, -1, -1));
        EarlierResults.markColumns(book, sheet.getSheetName(), headerRow, first, last);
        Styles all = new Styles();
        pen.append(
                sheet,
                new AppendedRows.Appended(
                        "A1:" + Place.Cell.letters(last) + (lastRow + 1),
                        true,
                        rows -> rows(rows, first, all, written)));
        pen.save(to);
    }

    /** Right of all that is the user's. */
    private int firstFree() {
        if (!table.ours().isEmpty()) {
            return table.ours().iterator().next(); // where they stood before
        }
        int last = table.rows().stream().mapToInt(LongRow::width).max().orElse(0);
        ReadSheet titles = input.titles(table);
        if (titles != null) {
            for (ReadRow row : titles.rows()) {
                for (ReadCell cell : row.cells()) {
                    last = Math.max(last, cell.column() + 1);
                }
            }
        }
        return last;
    }

    private void widths(XSSFSheet sheet, int first) {
        int[] widths = new int[first];
        Arrays.setAll(widths, column -> sheet.getColumnWidth(column) / ResultSheet.WIDTH_UNIT);
        table.rows().stream().limit(LOOKED_AT).forEach(row -> {
            for (int i = 0; i < row.columns().length && row.columns()[i] < first; i++) {
                if (row.values()[i] instanceof String text) {
                    int column = row.columns()[i];
                    widths[column] = Math.max(widths[column], Math.min(WIDEST, text.length() + 2));
                }
            }
        });
        for (int column = 0; column < first; column++) {
            sheet.setColumnWidth(column, widths[column] * ResultSheet.WIDTH_UNIT);
        }
    }

    private void rows(AppendedRows rows, int first, Styles styled, LongConsumer written) throws IOException {
        for (int i = 0; i < table.rows().size(); i++) {
            LongRow row = table.rows().get(i);
            rows.startRow(row.number(), row.hidden());
            for (int at = 0; at < row.columns().length && row.columns()[at] < first; at++) {
                int column = row.columns()[at];
                Object value = row.values()[at];
                rows.cell(column, value, styled.ofTheirs(column, value));
            }
            ours(rows, first, row, judgement.values(i), styled);
            rows.endRow();
            if (i % TOLD_EVERY == 0) {
                written.accept(i);
            }
        }
        written.accept(table.rows().size());
    }

    private void ours(AppendedRows rows, int first, LongRow row, @Nullable Object @Nullable [] values, Styles styled) {
        boolean out = values != null && values[VERDICT] == Verdict.RULED_OUT;
        for (int i = 0; i < CandidateResults.COLUMNS.size(); i++) {
            String header = CandidateResults.COLUMNS.get(i).header();
            Object value = values != null
                    ? values[i]
                    : switch (header) {
                        case "Verdict" -> "not judged";
                        case JudgementColumns.WHY -> judgement.reason(row);
                        default -> null;
                    };
            boolean unjudged = values == null && header.equals("Verdict");
            Object shown = value instanceof Verdict verdict ? Choice.id(verdict) : value;
            rows.cell(first + i, shown, unjudged ? styled.unjudged : styled.ofOurs(i, value, out));
        }
    }

    /** The numbers of all styles that are used; they have to be in the workbook before its rows. */
    private final class Styles {
        private final Map<Verdict, Integer> verdicts = new HashMap<>();
        private final int[] ours = new int[CandidateResults.COLUMNS.size()];
        private final int[] oursQuoted = new int[ours.length];
        private final int[] out = new int[ours.length]; // of candidates that are ruled out
        private final int[] outQuoted = new int[ours.length];
        private final Map<Integer, Integer> numbers = new HashMap<>();
        private final int unjudged = index(CellLook.UNJUDGED, ValueFormat.UNJUDGED, false);
        private final int plain = index(CellLook.PLAIN, ValueFormat.TEXT, false);
        private final int quoted = index(CellLook.PLAIN, ValueFormat.TEXT, true);
        private final int day = index(CellLook.PLAIN, ValueFormat.DATE, false);
        private final int moment = index(CellLook.PLAIN, ValueFormat.MOMENT, false);
        private final int number = index(CellLook.PLAIN, ValueFormat.NUMBER, false);

        Styles() {
            verdicts.put(Verdict.RECOMMENDED, index(CellLook.GOOD, ValueFormat.GOOD, false));
            verdicts.put(Verdict.CAUTION, index(CellLook.CAREFUL, ValueFormat.CAREFUL, false));
            verdicts.put(Verdict.RULED_OUT, index(CellLook.OUT, ValueFormat.BAD, false));
            for (int i = 0; i < ours.length; i++) {
                ValueFormat format = CandidateResults.COLUMNS.get(i).format();
                ours[i] = index(CellLook.BODY, format, false);
                oursQuoted[i] = index(CellLook.BODY, format, true);
                out[i] = index(CellLook.OUT, format, false);
                outQuoted[i] = index(CellLook.OUT, format, true);
            }
            int percent = index(CellLook.PLAIN, ValueFormat.PERCENT, false);
            int money = index(CellLook.PLAIN, ValueFormat.TWO_DECIMALS, false);
            table.formats()
                    .forEach((column, format) ->
                            numbers.put(column, format == ReadCell.Format.PERCENT ? percent : money));
        }

        private int index(CellLook tone, ValueFormat format, boolean quoted) {
            return pen.style(tone, format, false, quoted).getIndex();
        }

        int ofTheirs(int column, Object value) {
            if (value instanceof Double) {
                return numbers.getOrDefault(column, number);
            }
            if (value instanceof LocalDateTime date) {
                return date.toLocalTime().equals(LocalTime.MIDNIGHT) ? day : moment;
            }
            return startsLikeFormula(value) ? quoted : plain;
        }

        int ofOurs(int column, @Nullable Object value, boolean isOut) {
            if (value instanceof Verdict verdict) {
                return verdicts.getOrDefault(verdict, plain);
            }
            if (startsLikeFormula(value)) {
                return isOut ? outQuoted[column] : oursQuoted[column];
            }
            return isOut ? out[column] : ours[column];
        }

        private static boolean startsLikeFormula(@Nullable Object value) {
            return value instanceof String text
                    && !text.isEmpty()
                    && CellWriter.STARTS_A_FORMULA.indexOf(text.charAt(0)) >= 0;
        }
    }
}
