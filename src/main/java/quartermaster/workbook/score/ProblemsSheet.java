package quartermaster.workbook.score;

import java.util.List;
import org.apache.poi.common.usermodel.HyperlinkType;
import org.apache.poi.ss.util.WorkbookUtil;
import org.apache.poi.xssf.usermodel.XSSFHyperlink;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import quartermaster.unit.Place;
import quartermaster.unit.Problem;
import quartermaster.workbook.pen.ResultColumn;
import quartermaster.workbook.pen.ResultSheet;

/** What could not be understood, row by row; each place is a link. */
record ProblemsSheet(XSSFWorkbook book, ResultSheet tables) {
    XSSFSheet write(String name, List<Problem> problems) {
        List<ResultColumn<Problem>> columns = List.of(
                ResultColumn.wrapped("Place", 34, problem -> problem.at().toString()),
                ResultColumn.wrapped("What is wrong", 90, Problem::message),
                ResultColumn.text("Code", 26, Problem::code));
        XSSFSheet sheet = tables.write(name, columns, problems, 1, problem -> false);
        for (int i = 0; i < problems.size(); i++) {
            if (problems.get(i).at() instanceof Place.Cell there) {
                link(sheet, i + 2, there);
            }
        }
        return sheet;
    }

    private void link(XSSFSheet sheet, int row, Place.Cell place) {
        if (book.getSheet(place.sheet()) != null
                && WorkbookUtil.createSafeSheetName(place.sheet()).equals(place.sheet())) {
            XSSFHyperlink link = book.getCreationHelper().createHyperlink(HyperlinkType.DOCUMENT);
            link.setAddress("'" + place.sheet().replace("'", "''") + "'!" + place.address());
            link.setCellReference("A" + row);
            sheet.addHyperlink(link);
        }
    }
}
