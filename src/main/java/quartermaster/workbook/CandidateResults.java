package quartermaster.workbook;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.poi.xssf.usermodel.XSSFRow;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import quartermaster.unit.Problem;
import quartermaster.workbook.SheetTable.TableRow;

/** Our columns beside the user's candidates: what the workload says that ranked each of them best. */
final class CandidateResults {
    private static final List<ResultColumn<Pair>> COLUMNS = PairColumns.besideCandidate();
    private static final String ALSO_THEIRS = " (result)"; // behind a header that the user has too

    private final XSSFWorkbook book;
    private final Pen pen;
    private final ResultSheet cells;

    CandidateResults(XSSFWorkbook book, Pen pen) {
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

    /** @param input the workbook without what an earlier run wrote into it */
    void write(WorkbookFile input, OurMarks marks, List<ScoredWorkload> workloads, List<Problem> problems) {
        Optional<SheetColumns> old = marks.columns()
                .map(mark -> new SheetColumns(book.getSheet(mark.sheet()), mark.headerRow(), mark.columns()));
        old.ifPresent(SheetColumns::clear);
        Optional<Sheet> sheet = CandidatesReader.findSheet(input, CandidatesReader.CANDIDATES_SHEET);
        Optional<SheetTable> table =
                sheet.flatMap(found -> SheetTable.find(found, CandidateColumn.headings(), new ArrayList<>()));
        if (sheet.isEmpty() || table.isEmpty() || table.get().rows().isEmpty()) {
            return;
        }
        XSSFSheet there = book.getSheet(sheet.get().name());
        List<Integer> rows = table.get().rows().stream().map(TableRow::number).toList();
        int headerRow = table.get().headerRow() - 1;
        int lastRow = rows.get(rows.size() - 1) - 1;
        int first = old.flatMap(columns -> columns.sameBlock(there, headerRow, COLUMNS.size()))
                .orElseGet(() -> SheetColumns.firstFree(there, headerRow, lastRow));
        new SheetColumns(there, headerRow, first, COLUMNS.size()).join(uniqueHeaders(there, headerRow));
        headers(there, headerRow, first);
        judged(there, first, rows, workloads);
        unjudged(there, first, rows, workloads, problems);
        looks(there, first, headerRow + 1, lastRow);
        OurMarks.markColumns(book, there.getSheetName(), headerRow, first, first + COLUMNS.size() - 1);
    }

    /** Two columns of a table may not have one name. */
    private static List<String> uniqueHeaders(XSSFSheet sheet, int headerRow) {
        List<String> theirs = new ArrayList<>();
        XSSFRow row = sheet.getRow(headerRow);
        for (int i = 0; i < row.getLastCellNum(); i++) {
            theirs.add(OurMarks.text(sheet, headerRow, i));
        }
        return headers().stream()
                .map(header -> theirs.stream().anyMatch(header::equalsIgnoreCase) ? header + ALSO_THEIRS : header)
                .toList();
    }

    private void headers(XSSFSheet sheet, int headerRow, int first) {
        List<String> names = uniqueHeaders(sheet, headerRow);
        for (int i = 0; i < COLUMNS.size(); i++) {
            cells.header(Pen.cell(sheet, headerRow, first + i), COLUMNS.get(i));
            Pen.cell(sheet, headerRow, first + i).setCellValue(names.get(i));
            sheet.setColumnWidth(first + i, COLUMNS.get(i).characters() * ResultSheet.WIDTH_UNIT);
            sheet.setColumnHidden(first + i, false);
        }
        letGrow(sheet.getRow(headerRow));
    }

    private void judged(XSSFSheet sheet, int first, List<Integer> rows, List<ScoredWorkload> workloads) {
        best(workloads).forEach((row, pair) -> {
            for (int i = 0; i < COLUMNS.size() && rows.contains(row); i++) {
                cells.write(Pen.cell(sheet, row - 1, first + i), COLUMNS.get(i), pair, false);
            }
            letGrow(sheet.getRow(row - 1));
        });
    }

    private static Map<Integer, Pair> best(List<ScoredWorkload> workloads) {
        Map<Integer, Pair> best = new HashMap<>();
        for (ScoredWorkload workload : workloads) {
            for (Pair pair : workload.pairs()) {
                if (pair.row() != null) {
                    best.merge(pair.row(), pair, (one, other) -> other.isBetterThan(one) ? other : one);
                }
            }
        }
        return best;
    }

    /** Rows with mistakes say so beside themselves. */
    private void unjudged(
            XSSFSheet sheet, int first, List<Integer> rows, List<ScoredWorkload> workloads, List<Problem> problems) {
        Map<Integer, Pair> best = best(workloads);
        for (int row : rows) {
            if (best.containsKey(row)) {
                continue;
            }
            for (int i = 0; i < COLUMNS.size(); i++) {
                pen.write(Pen.cell(sheet, row - 1, first + i), null, Tone.BODY, Format.TEXT, false);
            }
            int verdict = headers().indexOf("Verdict");
            pen.write(Pen.cell(sheet, row - 1, first + verdict), "not judged", Tone.UNJUDGED, Format.UNJUDGED, false);
            int why = headers().indexOf(PairColumns.WHY);
            pen.write(
                    Pen.cell(sheet, row - 1, first + why), reason(sheet, row, problems), Tone.BODY, Format.TEXT, true);
            letGrow(sheet.getRow(row - 1));
        }
    }

    private static String reason(XSSFSheet sheet, int row, List<Problem> problems) {
        List<String> messages = problems.stream()
                .filter(problem -> CellPlace.find(problem.at())
                        .filter(place -> place.sheet().equals(sheet.getSheetName()) && place.row() == row - 1)
                        .isPresent())
                .map(Problem::message)
                .toList();
        return messages.isEmpty()
                ? "No workload that it is for could be judged. The sheet Problems says why."
                : String.join(" ", messages);
    }

    private void looks(XSSFSheet sheet, int first, int firstRow, int lastRow) {
        int score = first + headers().indexOf(PairColumns.SCORE);
        Shades.scores(sheet, score, firstRow, lastRow);
        int headroom = first + headers().indexOf(PairColumns.HEADROOM);
        Shades.bars(sheet, headroom, firstRow, lastRow);
    }

    /** A row whose height nobody has set takes what its text needs. */
    private static void letGrow(XSSFRow row) {
        if (!row.getCTRow().getCustomHeight()) {
            row.setHeight((short) -1);
        }
    }
}
