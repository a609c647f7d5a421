package quartermaster.workbook.pen;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.poi.ss.util.CellAddress;
import org.apache.poi.util.Units;
import org.apache.poi.xssf.usermodel.XSSFClientAnchor;
import org.apache.poi.xssf.usermodel.XSSFComment;
import org.apache.poi.xssf.usermodel.XSSFRichTextString;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.jspecify.annotations.Nullable;
import quartermaster.unit.Place;
import quartermaster.unit.Problem;

/** Notes on cells that could not be understood. A note that the user has written there stays below ours. */
public final class CellNotes {
    public static final String AUTHOR = "Quartermaster";
    private static final String START = AUTHOR + ": ";
    private static final String THEIRS = "\n\n– – –\n"; // between ours and the user's own
    private static final String THREAD = "[Threaded comment]"; // its text is kept elsewhere
    private static final int MOST_NOTES = 2_000;
    private static final int WIDTH_COLUMNS = 4;

    private CellNotes() {}

    /** Takes away what an earlier run has noted. */
    public static void remove(XSSFWorkbook book) {
        book.sheetIterator()
                .forEachRemaining(sheet -> Map.copyOf(sheet.getCellComments())
                        .forEach((at, comment) -> remove((XSSFSheet) sheet, at, (XSSFComment) comment)));
    }

    public static void add(XSSFWorkbook book, List<Problem> problems) {
        Map<Place.Cell, String> notes = new LinkedHashMap<>();
        for (Problem problem : problems) {
            if (problem.at() instanceof Place.Cell cell) {
                notes.merge(cell, problem.message(), (one, other) -> one + "\n" + other);
            }
        }
        notes.entrySet().stream().limit(MOST_NOTES).forEach(note -> {
            XSSFSheet sheet = book.getSheet(note.getKey().sheet());
            if (sheet != null) {
                add(sheet, note.getKey(), START + note.getValue());
            }
        });
    }

    private static void add(XSSFSheet sheet, Place.Cell cell, String text) {
        CellAddress address = new CellAddress(cell.row() - 1, cell.column());
        XSSFComment theirs = sheet.getCellComment(address);
        if (theirs == null) {
            write(sheet, cell, text);
        } else if (!text(theirs).startsWith(THREAD)) {
            theirs.setString(above(text, theirs.getString()));
        }
    }

    /** On a sheet of ours. */
    public static void write(XSSFSheet sheet, Place.Cell cell, String text) {
        XSSFComment note = sheet.createDrawingPatriarch().createCellComment(anchor(sheet, cell, text));
        note.setString(new XSSFRichTextString(text));
        note.setAuthor(AUTHOR);
    }

    /** Their text keeps its looks. */
    private static XSSFRichTextString above(String ours, XSSFRichTextString theirs) {
        XSSFRichTextString both = new XSSFRichTextString(ours + THEIRS);
        String text = String.valueOf(theirs.getString());
        int runs = theirs.numFormattingRuns();
        for (int i = 0; i < runs; i++) {
            int from = theirs.getIndexOfFormattingRun(i);
            both.append(
                    text.substring(from, from + theirs.getLengthOfFormattingRun(i)), theirs.getFontOfFormattingRun(i));
        }
        if (runs == 0) {
            both.append(text);
        }
        return both;
    }

    private static void remove(XSSFSheet sheet, CellAddress at, XSSFComment comment) {
        String text = text(comment);
        int theirs = text.indexOf(THEIRS);
        int below = text.indexOf("\n" + START); // as earlier versions have written it
        if (text.startsWith(START) && theirs >= 0) {
            comment.setString(new XSSFRichTextString(text.substring(theirs + THEIRS.length())));
        } else if (text.startsWith(START)) {
            removeAll(sheet, at, comment);
        } else if (below > 0) {
            comment.setString(new XSSFRichTextString(text.substring(0, below)));
        }
    }

    private static void removeAll(XSSFSheet sheet, CellAddress at, XSSFComment comment) {
        var row = sheet.getRow(at.getRow());
        var cell = row == null ? null : row.getCell(at.getColumn());
        if (cell == null) {
            comment.setString(new XSSFRichTextString("")); // a note without a cell cannot be removed otherwise
        } else {
            cell.removeCellComment();
        }
    }

    /** From the right edge of its cell on: the library takes the cell where a note begins for the noted one. */
    private static XSSFClientAnchor anchor(XSSFSheet sheet, Place.Cell cell, String text) {
        int rows = 2 + ResultSheet.lines(text, 40);
        int row = cell.row() - 1;
        int width = Math.round(sheet.getColumnWidthInPixels(cell.column()) * Units.EMU_PER_PIXEL);
        return new XSSFClientAnchor(width, 0, 0, 0, cell.column(), row, cell.column() + 1 + WIDTH_COLUMNS, row + rows);
    }

    private static String text(@Nullable XSSFComment comment) {
        return comment == null || comment.getString() == null
                ? ""
                : String.valueOf(comment.getString().getString());
    }
}
