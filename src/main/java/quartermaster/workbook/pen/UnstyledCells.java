package quartermaster.workbook.pen;

import java.util.Arrays;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.xssf.usermodel.XSSFCell;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.openxmlformats.schemas.spreadsheetml.x2006.main.CTCell;

/** When it writes, the library gives a cell without a style that of its column; programs show such a cell plain. */
final class UnstyledCells {
    private UnstyledCells() {}

    /** Gives them the plain style by name, so that they look the same when they are written. */
    static void keep(XSSFWorkbook book) {
        for (int i = 0; i < book.getNumberOfSheets(); i++) {
            if (hasStyledColumns(book.getSheetAt(i))) {
                keep(book.getSheetAt(i));
            }
        }
    }

    private static void keep(XSSFSheet sheet) {
        for (Row row : sheet) {
            for (Cell cell : row) {
                CTCell definition = ((XSSFCell) cell).getCTCell();
                if (!definition.isSetS()) {
                    definition.setS(0);
                }
            }
        }
    }

    private static boolean hasStyledColumns(XSSFSheet sheet) {
        return sheet.getCTWorksheet() != null
                && Arrays.stream(sheet.getCTWorksheet().getColsArray())
                        .flatMap(columns -> Arrays.stream(columns.getColArray()))
                        .anyMatch(each -> each.isSetStyle() && each.getStyle() != 0);
    }
}
