package quartermaster.workbook.score;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.poi.ss.usermodel.FillPatternType;
import org.apache.poi.ss.usermodel.IndexedColors;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.ss.util.CellRangeAddressList;
import org.apache.poi.xddf.usermodel.chart.AxisPosition;
import org.apache.poi.xddf.usermodel.chart.ChartTypes;
import org.apache.poi.xddf.usermodel.chart.XDDFDataSourcesFactory;
import org.apache.poi.xssf.usermodel.XSSFCell;
import org.apache.poi.xssf.usermodel.XSSFClientAnchor;
import org.apache.poi.xssf.usermodel.XSSFRichTextString;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import quartermaster.workbook.read.Workbooks;

/** A workbook that somebody has put work into: everything that must not be lost when results are written into it. */
public final class UserWorkbook {
    private UserWorkbook() {}

    public static byte[] bytes() {
        return Workbooks.bytes(book -> {
            ScoredWorkbookTest.small(book);
            XSSFSheet sheet = book.getSheet("Candidates");
            Workbooks.set(Workbooks.cell(book, "Candidates!C1"), "Owner");
            Workbooks.set(Workbooks.cell(book, "Candidates!C2"), "Ann");
            Workbooks.set(Workbooks.cell(book, "Candidates!D1"), "Twice");
            Workbooks.set(Workbooks.cell(book, "Candidates!D2"), "=B2*2");
            note(Workbooks.cell(book, "Candidates!C2"), "Ask her");
            style(book, sheet);
            rules(sheet);
            sheet.setColumnWidth(0, 7777);
            sheet.setAutoFilter(new CellRangeAddress(0, 1, 0, 3));
            chart(book);
            var name = book.createName();
            name.setNameName("Favourite");
            name.setRefersToFormula("Candidates!$A$2");
        });
    }

    static void assertIntact(XSSFWorkbook book) {
        XSSFSheet sheet = book.getSheet("Candidates");
        assertThat(Workbooks.cell(book, "Candidates!C2").getStringCellValue()).isEqualTo("Ann");
        assertThat(Workbooks.cell(book, "Candidates!D2").getCellFormula()).isEqualTo("B2*2");
        assertThat(Workbooks.cell(book, "Candidates!C2")
                        .getCellComment()
                        .getString()
                        .getString())
                .isEqualTo("Ask her");
        assertThat(Workbooks.cell(book, "Candidates!A2").getCellStyle().getFillForegroundColor())
                .isEqualTo(IndexedColors.ROSE.getIndex());
        assertThat(sheet.getDataValidations()).hasSize(1);
        assertThat(sheet.getSheetConditionalFormatting()
                        .getConditionalFormattingAt(0)
                        .getFormattingRanges()[0]
                        .formatAsString())
                .isEqualTo("B2:B9");
        assertThat(sheet.getColumnWidth(0)).isEqualTo(7777);
        assertThat(sheet.getCTWorksheet().getAutoFilter().getRef())
                .startsWith("A1:")
                .isNotEqualTo("A1:D2");
        assertThat(book.getSheet("Mine").getDrawingPatriarch().getCharts()).hasSize(1);
        assertThat(book.getName("Favourite").getRefersToFormula()).isEqualTo("Candidates!$A$2");
    }

    static void note(XSSFCell cell, String text) {
        var note = cell.getSheet()
                .createDrawingPatriarch()
                .createCellComment(new XSSFClientAnchor(0, 0, 0, 0, 5, 1, 8, 4));
        note.setString(new XSSFRichTextString(text));
        note.setAuthor("Ben");
        cell.setCellComment(note);
    }

    private static void style(XSSFWorkbook book, XSSFSheet sheet) {
        var style = book.createCellStyle();
        style.setFillPattern(FillPatternType.SOLID_FOREGROUND);
        style.setFillForegroundColor(IndexedColors.ROSE.getIndex());
        sheet.getRow(1).getCell(0).setCellStyle(style);
    }

    private static void rules(XSSFSheet sheet) {
        var helper = sheet.getDataValidationHelper();
        sheet.addValidationData(helper.createValidation(
                helper.createExplicitListConstraint(new String[] {"1", "2"}), new CellRangeAddressList(1, 9, 1, 1)));
        var formatting = sheet.getSheetConditionalFormatting();
        formatting.addConditionalFormatting(
                new CellRangeAddress[] {CellRangeAddress.valueOf("B2:B9")},
                formatting.createConditionalFormattingRule("B2>1"));
    }

    private static void chart(XSSFWorkbook book) {
        XSSFSheet sheet = book.createSheet("Mine");
        Workbooks.row(sheet, 1, "a", "b");
        Workbooks.row(sheet, 2, 1, 2);
        var chart = sheet.createDrawingPatriarch().createChart(new XSSFClientAnchor(0, 0, 0, 0, 3, 3, 8, 12));
        var data = chart.createData(
                ChartTypes.BAR,
                chart.createCategoryAxis(AxisPosition.BOTTOM),
                chart.createValueAxis(AxisPosition.LEFT));
        data.addSeries(
                XDDFDataSourcesFactory.fromStringCellRange(sheet, CellRangeAddress.valueOf("A1:B1")),
                XDDFDataSourcesFactory.fromNumericCellRange(sheet, CellRangeAddress.valueOf("A2:B2")));
        chart.plot(data);
    }
}
