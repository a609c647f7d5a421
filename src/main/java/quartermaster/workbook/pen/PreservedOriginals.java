package quartermaster.workbook.pen;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.poi.openxml4j.exceptions.InvalidFormatException;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFTable;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.apache.xmlbeans.XmlObject;
import org.openxmlformats.schemas.spreadsheetml.x2006.main.CTBookViews;

/** What is the user's and the library would change by opening and writing a workbook, though nobody has touched it. */
public final class PreservedOriginals {
    private final XSSFWorkbook book;
    private final List<XmlObject> borders;
    private final OtherSheets others;

    private PreservedOriginals(XSSFWorkbook book, OtherSheets others) {
        this.book = book;
        this.others = others;
        this.borders = book.getStylesSource().getBorders().stream()
                .map(border -> border.getCTBorder().copy())
                .toList();
    }

    /**
     * To be called before anything else is done with a workbook that was opened.
     *
     * @throws InvalidFormatException where a part of the workbook is damaged
     */
    public static PreservedOriginals keep(XSSFWorkbook book) throws InvalidFormatException {
        UnstyledCells.keep(book);
        MalformedLinks.keep(book);
        addView(book);
        OtherSheets others = OtherSheets.takeOut(book);
        for (int i = 0; i < book.getNumberOfSheets(); i++) {
            keepTables(book.getSheetAt(i));
        }
        return new PreservedOriginals(book, others);
    }

    /** Where a list of views has none, the library fails as soon as a sheet moves. */
    private static void addView(XSSFWorkbook book) {
        CTBookViews views = book.getCTWorkbook().getBookViews();
        if (views != null && views.sizeOfWorkbookViewArray() == 0) {
            views.addNewWorkbookView();
        }
    }

    /** To be called before it is written: to compare borders, the library resolves their colours in place. */
    public void restore() {
        others.putBack();
        var now = book.getStylesSource().getBorders();
        IntStream.range(0, borders.size()).forEach(i -> now.get(i).getCTBorder().set(borders.get(i)));
    }

    /** The library would name the columns by the row that a table begins with, which is no header here. */
    private static void keepTables(XSSFSheet sheet) {
        for (XSSFTable table : sheet.getTables()) {
            if (table.getCTTable().isSetHeaderRowCount() && table.getCTTable().getHeaderRowCount() == 0) {
                table.setCommitted(true); // its part stays as it came
            }
        }
    }
}
