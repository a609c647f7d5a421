package quartermaster.workbook.read;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.apache.poi.ss.formula.FormulaParser;
import org.apache.poi.ss.formula.FormulaType;
import org.apache.poi.ss.formula.ptg.AbstractFunctionPtg;
import org.apache.poi.ss.formula.ptg.Area3DPxg;
import org.apache.poi.ss.formula.ptg.AreaPtg;
import org.apache.poi.ss.formula.ptg.AreaPtgBase;
import org.apache.poi.ss.formula.ptg.AttrPtg;
import org.apache.poi.ss.formula.ptg.MissingArgPtg;
import org.apache.poi.ss.formula.ptg.ParenthesisPtg;
import org.apache.poi.ss.formula.ptg.Ptg;
import org.apache.poi.ss.formula.ptg.Pxg3D;
import org.apache.poi.ss.formula.ptg.Ref3DPxg;
import org.apache.poi.ss.formula.ptg.RefPtg;
import org.apache.poi.ss.formula.ptg.RefPtgBase;
import org.apache.poi.ss.formula.ptg.ScalarConstantPtg;
import org.apache.poi.ss.formula.ptg.ValueOperatorPtg;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.ss.usermodel.CellValue;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.xssf.usermodel.XSSFEvaluationWorkbook;
import org.apache.poi.xssf.usermodel.XSSFFormulaEvaluator;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;

/**
 * Calculates formulas whose result nobody has saved, as programs write them that cannot calculate. Only arithmetic and a
 * few functions, over a few cells of the same workbook: what could take long, look outside or never end is left alone.
 */
final class SafeFormulas {
    private static final Set<String> FUNCTIONS = Set.of(
            ("SUM MIN MAX AVERAGE COUNT COUNTA PRODUCT ROUND ROUNDUP ROUNDDOWN INT ABS CEILING FLOOR MOD POWER SQRT IF AND OR"
                            + " NOT TRUE FALSE CONCATENATE TRIM UPPER LOWER LEFT RIGHT MID LEN VLOOKUP HLOOKUP INDEX MATCH"
                            + " ISBLANK IFERROR")
                    .split(" ", -1));
    private static final int LONGEST = 500; // characters of a formula
    private static final int MOST_LOOKS = 100_000; // at cells, of all formulas together
    private static final int DEEPEST = 60; // formulas that one rests on, one after the other

    private final XSSFWorkbook book;
    private final XSSFEvaluationWorkbook names;
    private final XSSFFormulaEvaluator evaluator;
    private final Set<String> safe = new HashSet<>(); // by place, with all that they rest on
    private final Set<String> open = new HashSet<>(); // that are being looked at: to come back to one is a circle
    private int looks;

    SafeFormulas(XSSFWorkbook book) {
        this.book = book;
        this.names = XSSFEvaluationWorkbook.create(book);
        this.evaluator = new XSSFFormulaEvaluator(book);
    }

    /** Empty where it is not safe to calculate, or gives an error. */
    Optional<CellValue> result(Cell cell) {
        try {
            if (!isSafe(cell, 0)) {
                open.clear();
                return Optional.empty();
            }
            return Optional.ofNullable(evaluator.evaluate(cell)).filter(each -> each.getCellType() != CellType.ERROR);
        } catch (RuntimeException | StackOverflowError e) {
            open.clear();
            return Optional.empty(); // a formula that the library does not understand
        }
    }

    private boolean isSafe(Cell cell, int depth) {
        looks++;
        if (cell.getCellType() != CellType.FORMULA) {
            return looks <= MOST_LOOKS;
        }
        String at = cell.getSheet().getSheetName() + "!" + cell.getAddress();
        if (safe.contains(at)) {
            return true;
        }
        String formula = cell.getCellFormula();
        if (looks > MOST_LOOKS || depth > DEEPEST || formula.length() > LONGEST || !open.add(at)) {
            return false;
        }
        int sheet = book.getSheetIndex(cell.getSheet());
        for (Ptg part : FormulaParser.parse(formula, names, FormulaType.CELL, sheet, cell.getRowIndex())) {
            if (!isSafe(part, cell.getSheet(), depth)) {
                return false;
            }
        }
        open.remove(at);
        return safe.add(at);
    }

    private boolean isSafe(Ptg part, Sheet here, int depth) {
        if (part instanceof AbstractFunctionPtg function) {
            return FUNCTIONS.contains(function.getName());
        }
        if (part instanceof RefPtg || part instanceof Ref3DPxg) {
            RefPtgBase to = (RefPtgBase) part;
            return areSafe(part, here, to.getRow(), to.getRow(), to.getColumn(), to.getColumn(), depth);
        }
        if (part instanceof AreaPtg || part instanceof Area3DPxg) {
            AreaPtgBase to = (AreaPtgBase) part;
            return areSafe(
                    part, here, to.getFirstRow(), to.getLastRow(), to.getFirstColumn(), to.getLastColumn(), depth);
        }
        return part instanceof ScalarConstantPtg
                || part instanceof ValueOperatorPtg
                || part instanceof ParenthesisPtg
                || part instanceof MissingArgPtg
                || part instanceof AttrPtg;
    }

    private boolean areSafe(Ptg part, Sheet here, int top, int bottom, int left, int right, int depth) {
        Sheet sheet = here;
        if (part instanceof Pxg3D elsewhere) {
            boolean outside = elsewhere.getExternalWorkbookNumber() > 0 || elsewhere.getLastSheetName() != null;
            sheet = outside ? null : book.getSheet(elsewhere.getSheetName());
        }
        if (sheet == null || (long) (bottom - top + 1) * (right - left + 1) > MOST_LOOKS - looks) {
            return false;
        }
        looks += bottom - top;
        for (int i = top; i <= bottom; i++) {
            Row row = sheet.getRow(i);
            for (int column = left; row != null && column <= right; column++) {
                Cell cell = row.getCell(column);
                if (cell != null && !isSafe(cell, depth + 1)) {
                    return false;
                }
            }
        }
        return true;
    }
}
