package quartermaster.workbook.pen;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.apache.poi.xssf.usermodel.XSSFName;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.openxmlformats.schemas.spreadsheetml.x2006.main.CTSheet;
import org.openxmlformats.schemas.spreadsheetml.x2006.main.CTSheets;

/**
 * Dialogs and macros of old, which stand in a workbook's list of sheets and are none for the library: as soon as a sheet
 * moves, it takes one for the other. They are out of the list while we work, and behind all others afterwards.
 */
final class OtherSheets {
    private final XSSFWorkbook book;
    private final List<CTSheet> taken;

    private OtherSheets(XSSFWorkbook book, List<CTSheet> taken) {
        this.book = book;
        this.taken = taken;
    }

    static OtherSheets takeOut(XSSFWorkbook book) {
        CTSheets list = book.getCTWorkbook().getSheets();
        List<CTSheet> taken = new ArrayList<>();
        TreeSet<Integer> places = new TreeSet<>();
        for (int i = 0; i < list.sizeOfSheetArray(); i++) {
            if (!(book.getRelationById(list.getSheetArray(i).getId()) instanceof XSSFSheet)) {
                taken.add((CTSheet) list.getSheetArray(i).copy());
                places.add(i);
            }
        }
        if (!places.isEmpty()) {
            places.descendingSet().forEach(list::removeSheet);
            count(book, places);
        }
        return new OtherSheets(book, taken);
    }

    /** Names and the sheet that is shown count all sheets of the list; a name of a sheet that is gone goes with it. */
    private static void count(XSSFWorkbook book, TreeSet<Integer> gone) {
        for (XSSFName name : List.copyOf(book.getAllNames())) {
            int of = name.getSheetIndex();
            if (gone.contains(of)) {
                book.removeName(name);
            } else if (of >= 0) {
                name.setSheetIndex(of - gone.headSet(of).size());
            }
        }
        int shown = book.getActiveSheetIndex();
        book.setActiveSheet(Math.max(
                0,
                Math.min(
                        book.getNumberOfSheets() - 1,
                        shown - gone.headSet(shown).size())));
    }

    void putBack() {
        CTSheets list = book.getCTWorkbook().getSheets();
        for (CTSheet each : taken) {
            boolean isTaken = list.getSheetList().stream().anyMatch(other -> other.getSheetId() == each.getSheetId());
            CTSheet back = list.addNewSheet();
            back.set(each);
            if (isTaken) {
                back.setSheetId(1
                        + list.getSheetList().stream()
                                .mapToLong(CTSheet::getSheetId)
                                .max()
                                .orElse(0));
            }
        }
    }
}
