package quartermaster.workbook.template;

import java.util.List;
import org.apache.poi.ss.usermodel.DataValidation;
import org.apache.poi.ss.usermodel.DataValidationConstraint;
import org.apache.poi.ss.usermodel.DataValidationConstraint.OperatorType;
import org.apache.poi.ss.usermodel.DataValidationConstraint.ValidationType;
import org.apache.poi.ss.usermodel.DataValidationHelper;
import org.apache.poi.ss.util.AreaReference;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.ss.util.CellRangeAddressList;
import org.apache.poi.ss.util.CellReference;
import org.apache.poi.xssf.usermodel.XSSFClientAnchor;
import org.apache.poi.xssf.usermodel.XSSFComment;
import org.apache.poi.xssf.usermodel.XSSFRichTextString;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFTable;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import quartermaster.workbook.pen.CellLook;
import quartermaster.workbook.pen.CellNotes;
import quartermaster.workbook.pen.CellWriter;
import quartermaster.workbook.pen.ResultSheet;
import quartermaster.workbook.pen.ValueFormat;

/** A table with empty rows that say what belongs into them. */
record TemplateSheet(XSSFWorkbook book, CellWriter pen) {
    private static final String LONGEST_TEXT = "1000";
    private static final int MOST_ON_A_PAGE = 15;
    private static final int LONGEST_TITLE = 32; // of a prompt, by Excel

    void fill(XSSFSheet sheet, List<TemplateColumn> columns, int rows) {
        sheet.createRow(0).setHeightInPoints(48);
        for (int i = 0; i < columns.size(); i++) {
            TemplateColumn column = columns.get(i);
            ValueFormat format = column.format().isNumber() ? ValueFormat.WHOLE : ValueFormat.TEXT;
            CellLook tone = column.usual() ? CellLook.HEADER : CellLook.HEADER_DETAIL;
            pen.write(CellWriter.cell(sheet, 0, i), column.header(), tone, format, true);
            sheet.setColumnWidth(i, column.characters() * ResultSheet.WIDTH_UNIT);
            note(sheet, i, column.note());
            for (int row = 1; row <= rows; row++) {
                pen.write(sheet, row, i, null, CellLook.INPUT, column.format());
            }
            validation(sheet, column, new CellRangeAddressList(1, rows, i, i));
        }
        sheet.createFreezePane(1, 1);
        table(sheet, columns.size(), rows);
        ResultSheet.landscape(sheet);
        sheet.setRepeatingRows(new CellRangeAddress(0, 0, -1, -1));
        if (columns.size() > MOST_ON_A_PAGE) {
            sheet.getPrintSetup().setFitWidth((short) 3);
            sheet.setRepeatingColumns(new CellRangeAddress(-1, -1, 0, 0));
        }
        book.setPrintArea(book.getSheetIndex(sheet), 0, columns.size() - 1, 0, rows);
    }

    private static void note(XSSFSheet sheet, int column, String text) {
        XSSFClientAnchor anchor = new XSSFClientAnchor(0, 0, 0, 0, column + 1, 1, column + 4, 5);
        XSSFComment note = sheet.createDrawingPatriarch().createCellComment(anchor);
        note.setString(new XSSFRichTextString(text));
        note.setAuthor(CellNotes.AUTHOR);
        note.setAddress(0, column);
    }

    /** What is not in a list may be written nevertheless: names have aliases. */
    private static void validation(XSSFSheet sheet, TemplateColumn column, CellRangeAddressList cells) {
        DataValidationHelper helper = sheet.getDataValidationHelper();
        DataValidation validation = helper.createValidation(constraint(helper, column), cells);
        validation.setEmptyCellAllowed(true);
        validation.setErrorStyle(DataValidation.ErrorStyle.WARNING);
        validation.setShowErrorBox(!column.several());
        String title = column.header().length() > LONGEST_TITLE
                ? column.header().substring(0, LONGEST_TITLE)
                : column.header();
        validation.createErrorBox(title, "That is not what is expected here. " + column.note());
        validation.createPromptBox(title, column.note());
        validation.setShowPromptBox(true);
        validation.setSuppressDropDownArrow(true); // which shows it: the library has it the wrong way round
        sheet.addValidationData(validation);
    }

    private static DataValidationConstraint constraint(DataValidationHelper helper, TemplateColumn column) {
        if (column.list() != null) {
            return helper.createFormulaListConstraint(column.list().range());
        }
        if (column.least() == null) {
            return helper.createTextLengthConstraint(OperatorType.LESS_OR_EQUAL, LONGEST_TEXT, null);
        }
        int type = column.format() == ValueFormat.WHOLE ? ValidationType.INTEGER : ValidationType.DECIMAL;
        String least = quartermaster.unit.Numbers.plain(column.least());
        return helper.createNumericConstraint(type, OperatorType.GREATER_OR_EQUAL, least, null);
    }

    private void table(XSSFSheet sheet, int columns, int rows) {
        AreaReference area = book.getCreationHelper()
                .createAreaReference(new CellReference(0, 0), new CellReference(rows, columns - 1));
        XSSFTable table = sheet.createTable(area);
        table.setName(sheet.getSheetName() + "_table");
        table.setDisplayName(sheet.getSheetName() + "_table");
        table.getCTTable().addNewAutoFilter().setRef(area.formatAsString());
    }
}
