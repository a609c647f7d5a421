package quartermaster.workbook.pen;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.poi.ss.usermodel.ConditionalFormattingThreshold.RangeType;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.xssf.usermodel.XSSFColor;
import org.apache.poi.xssf.usermodel.XSSFColorScaleFormatting;
import org.apache.poi.xssf.usermodel.XSSFConditionalFormattingRule;
import org.apache.poi.xssf.usermodel.XSSFDataBarFormatting;
import org.apache.poi.xssf.usermodel.XSSFSheet;

/** Colour scales and bars over numbers; the numbers stay readable. */
public final class ColourScales {
    private ColourScales() {}

    /** Rows that follow each other, as one range. */
    public static List<CellRangeAddress> ranges(IntStream rows) {
        List<CellRangeAddress> ranges = new ArrayList<>();
        rows.sorted().forEach(row -> {
            CellRangeAddress last = ranges.isEmpty() ? null : ranges.get(ranges.size() - 1);
            if (last != null && last.getLastRow() == row - 1) {
                last.setLastRow(row);
            } else {
                ranges.add(new CellRangeAddress(row, row, 0, 0));
            }
        });
        return ranges;
    }

    /** From pale red at 40 over yellow to green at 90. */
    public static void scores(XSSFSheet sheet, int column, List<CellRangeAddress> rows) {
        if (rows.isEmpty()) {
            return;
        }
        XSSFConditionalFormattingRule rule =
                sheet.getSheetConditionalFormatting().createConditionalFormattingColorScaleRule();
        XSSFColorScaleFormatting scale = rule.getColorScaleFormatting();
        double[] at = {40, 65, 90};
        for (int i = 0; i < at.length; i++) {
            scale.getThresholds()[i].setRangeType(RangeType.NUMBER);
            scale.getThresholds()[i].setValue(at[i]);
        }
        scale.setColors(
                new XSSFColor[] {CellWriter.color("F8CBAD"), CellWriter.color("FFEB9C"), CellWriter.color("A9D08E")});
        add(sheet, column, rows, rule);
    }

    /** From nothing at 0 to the full width at 100 %. */
    public static void bars(XSSFSheet sheet, int column, List<CellRangeAddress> rows) {
        if (rows.isEmpty()) {
            return;
        }
        XSSFConditionalFormattingRule rule =
                sheet.getSheetConditionalFormatting().createConditionalFormattingRule(CellWriter.color("9DC3E6"));
        XSSFDataBarFormatting bar = rule.getDataBarFormatting();
        bar.getMinThreshold().setRangeType(RangeType.NUMBER);
        bar.getMinThreshold().setValue(0.0);
        bar.getMaxThreshold().setRangeType(RangeType.NUMBER);
        bar.getMaxThreshold().setValue(1.0);
        bar.setWidthMin(0);
        bar.setWidthMax(100);
        add(sheet, column, rows, rule);
    }

    private static void add(
            XSSFSheet sheet, int column, List<CellRangeAddress> rows, XSSFConditionalFormattingRule rule) {
        CellRangeAddress[] range = rows.stream()
                .map(each -> new CellRangeAddress(each.getFirstRow(), each.getLastRow(), column, column))
                .toArray(CellRangeAddress[]::new);
        sheet.getSheetConditionalFormatting().addConditionalFormatting(range, rule);
    }
}
