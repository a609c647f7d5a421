package quartermaster.workbook.pen;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.poi.ss.usermodel.PatternFormatting;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.xssf.usermodel.XSSFConditionalFormattingRule;
import org.apache.poi.xssf.usermodel.XSSFPatternFormatting;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFSheetConditionalFormatting;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.openxmlformats.schemas.spreadsheetml.x2006.main.CTCfRule;
import org.openxmlformats.schemas.spreadsheetml.x2006.main.CTConditionalFormatting;
import quartermaster.unit.Place;
import quartermaster.unit.Problem;

/** Cells that are wrong, in red: by a conditional format, so that their own looks are still there when it goes. */
public final class RedCells {
    private static final String FORMULA = "LEN(\"Quartermaster: wrong\")>0"; // always true, and known to be ours
    private static final String RED = "FF9F9F";
    private static final int MOST_CELLS = 2_000;

    private RedCells() {}

    public static void add(XSSFWorkbook book, List<Problem> problems) {
        Map<XSSFSheet, List<CellRangeAddress>> cells = new LinkedHashMap<>();
        for (Problem problem : problems.stream().distinct().limit(MOST_CELLS).toList()) {
            if (problem.at() instanceof Place.Cell cell && book.getSheet(cell.sheet()) != null) {
                cells.computeIfAbsent(book.getSheet(cell.sheet()), sheet -> new ArrayList<>())
                        .add(new CellRangeAddress(cell.row() - 1, cell.row() - 1, cell.column(), cell.column()));
            }
        }
        cells.forEach((sheet, places) -> add(sheet, places.stream().distinct().toList()));
    }

    /** Takes away what an earlier marking has coloured. */
    public static void remove(XSSFWorkbook book) {
        book.sheetIterator().forEachRemaining(each -> {
            XSSFSheetConditionalFormatting formats = ((XSSFSheet) each).getSheetConditionalFormatting();
            for (int i = formats.getNumConditionalFormattings() - 1; i >= 0; i--) {
                if (FORMULA.equals(
                        formats.getConditionalFormattingAt(i).getRule(0).getFormula1())) {
                    formats.removeConditionalFormatting(i);
                }
            }
        });
    }

    private static void add(XSSFSheet sheet, List<CellRangeAddress> cells) {
        XSSFSheetConditionalFormatting formats = sheet.getSheetConditionalFormatting();
        XSSFConditionalFormattingRule rule = formats.createConditionalFormattingRule(FORMULA);
        XSSFPatternFormatting fill = rule.createPatternFormatting();
        fill.setFillBackgroundColor(CellWriter.color(RED));
        fill.setFillPattern(PatternFormatting.SOLID_FOREGROUND);
        formats.addConditionalFormatting(cells.toArray(CellRangeAddress[]::new), rule);
        putFirst(sheet);
    }

    /** Before the formats that the sheet has already: the first one of a cell counts. */
    private static void putFirst(XSSFSheet sheet) {
        for (CTConditionalFormatting format : sheet.getCTWorksheet().getConditionalFormattingList()) {
            for (CTCfRule rule : format.getCfRuleList()) {
                boolean ours =
                        rule.sizeOfFormulaArray() > 0 && rule.getFormulaArray(0).equals(FORMULA);
                rule.setPriority(ours ? 1 : rule.getPriority() + 1);
            }
        }
    }
}
