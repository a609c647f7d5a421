package quartermaster.workbook.score;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.xssf.usermodel.XSSFRow;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import quartermaster.unit.Place;
import quartermaster.unit.Problem;
import quartermaster.workbook.pen.CellLook;
import quartermaster.workbook.pen.CellWriter;
import quartermaster.workbook.pen.ColourScales;
import quartermaster.workbook.pen.ResultColumn;
import quartermaster.workbook.pen.ResultSheet;
import quartermaster.workbook.pen.ValueFormat;
import quartermaster.workbook.read.ReadSheet;
import quartermaster.workbook.read.SheetTable;
import quartermaster.workbook.read.SheetTable.TableRow;
import quartermaster.workbook.read.UnreadableWorkbookException;
import quartermaster.workbook.upload.RequestColumns;
import quartermaster.workbook.upload.UploadedTables;

/** Our columns beside the user's candidates: what the workload says that ranked each of them best. */
final class CandidateResults {
    static final List<ResultColumn<JudgedCandidate>> COLUMNS = JudgementColumns.besideCandidate();
    private static final int WHY = headers().indexOf(JudgementColumns.WHY);
    private static final List<Integer> WRAPPED = IntStream.range(0, COLUMNS.size())
            .filter(each -> COLUMNS.get(each).wrap())
            .boxed()
            .toList();
    private static final float HEADER_POINTS = 45;
    private static final String ALSO_THEIRS = " (result)"; // behind a header that the user has too

    static final String ELSEWHERE = "No workload that it is for could be judged. The sheet Problems says why.";

    private final XSSFWorkbook book;
    private final CellWriter pen;
    private final ResultSheet cells;

    CandidateResults(XSSFWorkbook book, CellWriter pen) {
        this.book = book;
        this.pen = pen;
        this.cells = new ResultSheet(book, pen);
    }

    static List<String> headers() {
        return COLUMNS.stream().map(ResultColumn::header).toList();
    }

    /** A header as we declare it. */
    static String plain(String header) {
        return header.endsWith(ALSO_THEIRS) ? header.substring(0, header.length() - ALSO_THEIRS.length()) : header;
    }

    /**
     * @param tables of the workbook without what an earlier run wrote into it
     */
    void write(UploadedTables tables, EarlierResults marks, List<ScoredWorkload> workloads, List<Problem> problems)
            throws UnreadableWorkbookException {
        Optional<SheetColumns> old = marks.columns()
                .map(mark -> new SheetColumns(book.getSheet(mark.sheet()), mark.headerRow(), mark.columns()));
        old.ifPresent(SheetColumns::clear);
        Optional<ReadSheet> sheet = Optional.ofNullable(tables.candidates());
        Optional<SheetTable> table = tables.candidateTable(new ArrayList<>());
        if (sheet.isEmpty() || table.isEmpty() || rows(table.get()).isEmpty() || tables.isTurned()) {
            return;
        }
        XSSFSheet there = book.getSheet(sheet.get().name());
        List<Integer> rows = rows(table.get());
        int headerRow = table.get().headerRow() - 1;
        int lastRow = rows.get(rows.size() - 1) - 1;
        int first = old.flatMap(columns -> columns.sameBlock(there, headerRow, COLUMNS.size()))
                .orElseGet(() -> SheetColumns.firstFree(
                        there, headerRow, tables.onOneSheet() ? there.getLastRowNum() : lastRow));
        SheetColumns.refuseNoRoom(there.getSheetName(), first, COLUMNS.size());
        new SheetColumns(there, headerRow, first, COLUMNS.size()).join(uniqueHeaders(there, headerRow));
        headers(there, headerRow, first);
        Map<Integer, JudgedCandidate> best = best(workloads);
        judged(there, first, best);
        unjudged(
                there,
                first,
                rows.stream().filter(row -> !best.containsKey(row)).toList(),
                problems);
        looks(
                there,
                first,
                ColourScales.ranges(rows.stream()
                        .filter(row -> !best.containsKey(row)
                                || !best.get(row).recommendation().isRuledOut())
                        .mapToInt(row -> row - 1)));
        page(there);
        EarlierResults.markColumns(book, there.getSheetName(), headerRow, first, first + COLUMNS.size() - 1);
    }

    /** With our columns a sheet is wide; where nobody has said how it is printed, it comes on landscape pages. */
    private void page(XSSFSheet sheet) {
        boolean isSaid = sheet.getCTWorksheet().isSetPageSetup()
                || sheet.getFitToPage()
                || book.getPrintArea(book.getSheetIndex(sheet)) != null;
        if (!isSaid) {
            ResultSheet.wide(sheet);
        }
    }

    private static List<Integer> rows(SheetTable table) {
        return table.rowsBesideTotals(RequestColumns.HARDWARE).stream()
                .map(TableRow::number)
                .toList();
    }

    /** Two columns of a table may not have one name. */
    private static List<String> uniqueHeaders(XSSFSheet sheet, int headerRow) {
        List<String> theirs = new ArrayList<>();
        XSSFRow row = sheet.getRow(headerRow);
        for (int i = 0; i < row.getLastCellNum(); i++) {
            theirs.add(EarlierResults.text(sheet, headerRow, i));
        }
        return headers().stream()
                .map(header -> theirs.stream().anyMatch(header::equalsIgnoreCase) ? header + ALSO_THEIRS : header)
                .toList();
    }

    /** Our headers from a column on. */
    void headers(XSSFSheet sheet, int headerRow, int first) {
        List<String> names = uniqueHeaders(sheet, headerRow);
        for (int i = 0; i < COLUMNS.size(); i++) {
            cells.header(CellWriter.cell(sheet, headerRow, first + i), COLUMNS.get(i));
            CellWriter.cell(sheet, headerRow, first + i).setCellValue(names.get(i));
            sheet.setColumnWidth(first + i, COLUMNS.get(i).characters() * ResultSheet.WIDTH_UNIT);
            sheet.setColumnHidden(first + i, false);
        }
        XSSFRow row = sheet.getRow(headerRow);
        if (!row.getCTRow().getCustomHeight()) {
            row.setHeightInPoints(HEADER_POINTS);
            row.getCTRow().setCustomHeight(false);
        }
    }

    private void judged(XSSFSheet sheet, int first, Map<Integer, JudgedCandidate> best) {
        best.forEach((row, pair) -> {
            XSSFRow there = sheet.getRow(row - 1);
            CellLook look = pair.recommendation().isRuledOut() ? CellLook.OUT : CellLook.BODY;
            letGrow(there, cells.writeBeside(there, first, COLUMNS, pair, look));
        });
    }

    private static Map<Integer, JudgedCandidate> best(List<ScoredWorkload> workloads) {
        Map<Integer, JudgedCandidate> best = new HashMap<>();
        for (ScoredWorkload workload : workloads) {
            for (JudgedCandidate pair : workload.pairs()) {
                if (pair.row() != null) {
                    best.merge(pair.row(), pair, (one, other) -> other.isBetterThan(one) ? other : one);
                }
            }
        }
        return best;
    }

    /** Rows with mistakes say so beside themselves. */
    private void unjudged(XSSFSheet sheet, int first, List<Integer> rows, List<Problem> problems) {
        Map<Integer, String> reasons = reasons(sheet, problems);
        int verdict = first + headers().indexOf("Verdict");
        for (int row : rows) {
            for (int i = 0; i < COLUMNS.size(); i++) {
                pen.write(sheet, row - 1, first + i, null, CellLook.BODY);
            }
            pen.write(sheet, row - 1, verdict, "not judged", CellLook.UNJUDGED, ValueFormat.UNJUDGED);
            pen.wrap(sheet, row - 1, first + WHY, reasons.getOrDefault(row, ELSEWHERE), CellLook.BODY);
            XSSFRow there = sheet.getRow(row - 1);
            letGrow(
                    there,
                    IntStream.range(first, first + COLUMNS.size())
                            .mapToObj(column -> there.getCell(column).getStringCellValue())
                            .toList());
        }
    }

    /** What is wrong with a row, by its number. */
    private static Map<Integer, String> reasons(XSSFSheet sheet, List<Problem> problems) {
        Map<Integer, String> reasons = new HashMap<>();
        for (Problem problem : problems) {
            if (problem.at() instanceof Place.Cell cell && cell.sheet().equals(sheet.getSheetName())) {
                reasons.merge(cell.row(), problem.message(), (one, other) -> one + " " + other);
            }
        }
        return reasons;
    }

    static void looks(XSSFSheet sheet, int first, List<CellRangeAddress> rows) {
        int score = first + headers().indexOf(JudgementColumns.SCORE);
        ColourScales.scores(sheet, score, rows);
        int headroom = first + headers().indexOf(JudgementColumns.HEADROOM);
        ColourScales.bars(sheet, headroom, rows);
    }

    /** A row whose height nobody has set becomes as high as the texts beside it need. */
    private static void letGrow(XSSFRow row, List<String> beside) {
        if (row.getCTRow().getCustomHeight()) {
            return;
        }
        int lines = WRAPPED.stream()
                .mapToInt(each ->
                        ResultSheet.lines(beside.get(each), COLUMNS.get(each).characters()))
                .max()
                .orElse(1);
        float needed = lines * row.getSheet().getDefaultRowHeightInPoints() + 1;
        row.setHeightInPoints(Math.max(row.getHeightInPoints(), needed));
        row.getCTRow().setCustomHeight(false); // it may still grow with what the user writes
    }
}
