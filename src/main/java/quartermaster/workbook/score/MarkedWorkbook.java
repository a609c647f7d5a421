package quartermaster.workbook.score;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.apache.poi.openxml4j.exceptions.InvalidFormatException;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import quartermaster.unit.Place;
import quartermaster.unit.Problem;
import quartermaster.workbook.pen.CellNotes;
import quartermaster.workbook.pen.CellWriter;
import quartermaster.workbook.pen.PreservedOriginals;
import quartermaster.workbook.pen.RedCells;
import quartermaster.workbook.pen.ResultSheet;
import quartermaster.workbook.read.Supervised;
import quartermaster.workbook.read.UnreadableWorkbookException;
import quartermaster.workbook.read.WorkbookFile;
import quartermaster.workbook.read.WorkbookLimits;

/**
 * A copy of a workbook that shows what is wrong in it: red cells with notes, and a sheet that lists everything.
 *
 * <p>Whatever else stands in it stays. Marked again, only the new marks are there; without problems, none.
 */
public final class MarkedWorkbook {
    private static final String NAME = "The workbook";
    private static final WorkbookLimits LIMITS = WorkbookLimits.DEFAULT.within(Duration.ofMinutes(2));

    private MarkedWorkbook() {}

    /**
     * @param problems of this workbook; a place may name the file before the cell: {@code rules/policy.xlsx Budget!C4}
     * @throws UnreadableWorkbookException where it cannot be opened
     */
    public static byte[] mark(byte[] workbook, List<Problem> problems) throws UnreadableWorkbookException {
        WorkbookFile.openOwn(workbook, NAME, LIMITS); // refuses what is too large or not a workbook
        List<Problem> here = problems.stream()
                .map(problem -> problem.at() instanceof Place.Cell cell ? problem.at(cell.withoutFile()) : problem)
                .distinct()
                .toList();
        Supervised supervised = new Supervised(NAME, LIMITS.time());
        XSSFWorkbook book = supervised.run(() -> new XSSFWorkbook(new ByteArrayInputStream(workbook)));
        return supervised.write(() -> marked(book, here));
    }

    private static byte[] marked(XSSFWorkbook opened, List<Problem> problems)
            throws IOException, InvalidFormatException {
        try (XSSFWorkbook book = opened) {
            PreservedOriginals originals = PreservedOriginals.keep(book);
            CellNotes.remove(book);
            RedCells.remove(book);
            EarlierResults.removeSheet(book, OwnSheet.PROBLEMS);
            if (!problems.isEmpty()) {
                CellNotes.add(book, problems);
                RedCells.add(book, problems);
            }
            CellWriter pen = new CellWriter(book);
            if (!problems.isEmpty()) {
                list(book, pen, problems);
            }
            originals.restore();
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            pen.save(bytes);
            return bytes.toByteArray();
        }
    }

    private static void list(XSSFWorkbook book, CellWriter pen, List<Problem> problems) {
        XSSFSheet sheet =
                new ProblemsSheet(book, new ResultSheet(book, pen)).write(OwnSheet.PROBLEMS.freeName(book), problems);
        EarlierResults.markSheet(book, OwnSheet.PROBLEMS, sheet.getSheetName());
        book.sheetIterator().forEachRemaining(each -> each.setSelected(false));
        book.setActiveSheet(book.getSheetIndex(sheet));
        sheet.setSelected(true);
    }
}
