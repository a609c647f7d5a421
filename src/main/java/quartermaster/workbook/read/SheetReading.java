package quartermaster.workbook.read;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.ss.usermodel.CellValue;
import org.apache.poi.ss.usermodel.DateUtil;
import org.apache.poi.ss.usermodel.FormulaError;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.xssf.usermodel.XSSFCell;
import org.apache.poi.xssf.usermodel.XSSFChartSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.jspecify.annotations.Nullable;
import org.openxmlformats.schemas.spreadsheetml.x2006.main.CTCell;
import org.openxmlformats.schemas.spreadsheetml.x2006.main.STCellType;
import quartermaster.workbook.read.ReadCell.Format;
import quartermaster.workbook.read.ReadCell.Kind;
import quartermaster.workbook.read.UnreadableWorkbookException.Reason;

/** Turns the library's sheets into ours, counting on the way. */
public final class SheetReading {
    static final int LONGEST_TEXT = 32_767; // what a cell can hold, by specification; likewise the next two
    static final int LAST_ROW = 1_048_576;
    static final int LAST_COLUMN = 16_384;
    private static final Pattern FOUR_LETTERS = Pattern.compile("[A-Za-z]{4}");

    private final String file;
    private final WorkbookLimits limits;
    private final long deadline;
    private final @Nullable SafeFormulas formulas;
    private long characters;
    private boolean zeroIsUnsaved;

    /** @param formulas calculates what was not saved; null where the format always saves it */
    public SheetReading(String file, WorkbookLimits limits, long deadline, @Nullable SafeFormulas formulas) {
        this.formulas = formulas;
        this.file = file;
        this.limits = limits;
        this.deadline = deadline;
    }

    public ReadSheet read(org.apache.poi.ss.usermodel.Sheet sheet, boolean hidden) throws UnreadableWorkbookException {
        List<ReadRow> rows = new ArrayList<>();
        List<CellRangeAddress> merged = new ArrayList<>();
        zeroIsUnsaved = sheet.getWorkbook() instanceof XSSFWorkbook book
                && book.getForceFormulaRecalculation()
                && writesZeroUnsaved(book.getProperties()
                        .getExtendedProperties()
                        .getUnderlyingProperties()
                        .getAppVersion());
        if (!(sheet instanceof XSSFChartSheet)) {
            merged.addAll(sheet.getMergedRegions());
            CoveredCells covered = new CoveredCells(merged);
            for (var row : sheet) {
                List<ReadCell> cells = cells(sheet.getSheetName(), row, covered);
                if (!cells.isEmpty()) {
                    rows.add(new ReadRow(sheet.getSheetName(), row.getRowNum() + 1, row.getZeroHeight(), cells));
                }
            }
        }
        rows.sort(Comparator.comparingInt(ReadRow::number));
        return new ReadSheet(sheet.getSheetName(), hidden, rows, sorted(merged));
    }

    private List<ReadCell> cells(String sheet, org.apache.poi.ss.usermodel.Row row, CoveredCells covered)
            throws UnreadableWorkbookException {
        refuseLate();
        List<ReadCell> cells = new ArrayList<>();
        for (var each : row) {
            ReadCell cell = cell(sheet, each);
            if (cell.kind() != Kind.EMPTY && !covered.contains(each.getRowIndex(), each.getColumnIndex())) {
                refuseImpossible(each, cell);
                cells.add(cell);
            }
        }
        cells.sort(Comparator.comparingInt(ReadCell::column));
        return cells;
    }

    private ReadCell cell(String sheet, org.apache.poi.ss.usermodel.Cell cell) throws UnreadableWorkbookException {
        boolean formula = cell.getCellType() == CellType.FORMULA;
        String words = formula ? formula(cell) : null;
        if (words != null && isTruthValue(words)) {
            boolean isTrue = words.strip().toUpperCase(Locale.ROOT).startsWith("T");
            return made(sheet, cell, Kind.BOOLEAN, isTrue);
        }
        if (cell instanceof XSSFCell packed && !isSaved(packed.getCTCell(), formula)) {
            return formula ? calculated(sheet, cell) : made(sheet, cell, Kind.EMPTY, null);
        }
        return switch (formula ? cell.getCachedFormulaResultType() : cell.getCellType()) {
            case NUMERIC -> number(sheet, cell, cell.getNumericCellValue());
            case BOOLEAN -> made(sheet, cell, Kind.BOOLEAN, cell.getBooleanCellValue());
            case ERROR -> made(sheet, cell, Kind.ERROR, sign(cell));
            case STRING -> text(sheet, cell, Objects.requireNonNullElse(cell.getStringCellValue(), ""));
            case BLANK, FORMULA, _NONE -> made(sheet, cell, Kind.EMPTY, null);
        };
    }

    /** Null where the library cannot tell, as in data tables and other programs' arrays: the saved value counts. */
    private static @Nullable String formula(org.apache.poi.ss.usermodel.Cell cell) {
        try {
            return cell.getCellFormula();
        } catch (RuntimeException e) {
            return null;
        }
    }

    /**
     * Whether the program that wrote a workbook saves 0 for every formula that it cannot calculate, as XlsxWriter does.
     * Such programs call themselves Excel 2007, and ask for a full calculation on load; a program that has calculated
     * asks no more.
     *
     * @param version of the program, as the properties of a workbook that asks to be calculated have it
     */
    static boolean writesZeroUnsaved(@Nullable String version) {
        return version != null && version.strip().equals("12.0000");
    }

    static boolean isZero(String value) {
        return value.strip().equals("0");
    }

    /** Programs that cannot calculate write {@code <v></v>}, which the library takes for 0; only a text may be empty. */
    private boolean isSaved(CTCell cell, boolean formula) {
        String value = cell.getV();
        if (formula && zeroIsUnsaved && value != null && isZero(value) && STCellType.N.equals(cell.getT())) {
            return false;
        }
        return cell.isSetIs() && !formula || value != null && (STCellType.STR.equals(cell.getT()) || !value.isBlank());
    }

    private ReadCell calculated(String sheet, org.apache.poi.ss.usermodel.Cell cell)
            throws UnreadableWorkbookException {
        Optional<CellValue> result = formulas == null ? Optional.empty() : formulas.result(cell);
        if (result.isEmpty()) {
            return made(sheet, cell, Kind.UNCALCULATED, null);
        }
        CellValue value = result.get();
        return switch (value.getCellType()) {
            case NUMERIC -> number(sheet, cell, value.getNumberValue());
            case BOOLEAN -> made(sheet, cell, Kind.BOOLEAN, value.getBooleanValue());
            case STRING -> text(sheet, cell, value.getStringValue());
            case BLANK, ERROR, FORMULA, _NONE -> made(sheet, cell, Kind.EMPTY, null);
        };
    }

    /** LibreOffice saves truth values as the formulas {@code TRUE()} and {@code FALSE()}. */
    static boolean isTruthValue(@Nullable String formula) {
        return formula != null && formula.length() < 10 && formula.matches("(?i)\\s*(true|false)\\(\\s*\\)\\s*");
    }

    private static ReadCell number(String sheet, org.apache.poi.ss.usermodel.Cell cell, double number) {
        if (!Double.isFinite(number)) {
            return made(sheet, cell, Kind.ERROR, "#NUM!");
        }
        if (DateUtil.isValidExcelDate(number) && DateUtil.isCellDateFormatted(cell)) {
            return made(sheet, cell, Kind.DATE, DateUtil.getLocalDateTime(number, is1904(cell)));
        }
        return made(sheet, cell, Kind.NUMBER, number);
    }

    private static boolean is1904(org.apache.poi.ss.usermodel.Cell cell) {
        return cell.getSheet().getWorkbook() instanceof org.apache.poi.ss.usermodel.Date1904Support support
                && support.isDate1904();
    }

    private ReadCell text(String sheet, org.apache.poi.ss.usermodel.Cell cell, String text)
            throws UnreadableWorkbookException {
        characters += text.length();
        if (characters > limits.characters()) {
            throw tooMuchText(file, limits);
        }
        if (text.length() > LONGEST_TEXT) {
            return made(sheet, cell, Kind.ERROR, "a text of " + text.length() + " characters");
        }
        return text.isEmpty() ? made(sheet, cell, Kind.EMPTY, null) : made(sheet, cell, Kind.TEXT, text);
    }

    private static String sign(org.apache.poi.ss.usermodel.Cell cell) {
        byte code = cell.getErrorCellValue();
        return FormulaError.isValidCode(code) ? FormulaError.forInt(code).getString() : "#ERROR!";
    }

    private static ReadCell made(
            String sheet, org.apache.poi.ss.usermodel.Cell cell, Kind kind, @Nullable Object content) {
        Format format = kind == Kind.NUMBER ? format(cell) : Format.PLAIN;
        return new ReadCell(sheet, cell.getRowIndex() + 1, cell.getColumnIndex(), kind, content, format);
    }

    private static Format format(org.apache.poi.ss.usermodel.Cell cell) {
        return format(cell.getCellStyle().getDataFormatString());
    }

    /** Of a number by the code of its style. */
    static Format format(@Nullable String code) {
        if (code == null) {
            return Format.PLAIN;
        }
        if (code.replaceAll("\"[^\"]*\"|\\\\.", "").contains("%")) {
            return Format.PERCENT;
        }
        return MoneyFormats.of(code);
    }

    static List<CellRangeAddress> sorted(List<CellRangeAddress> merged) {
        return merged.stream()
                .sorted(Comparator.comparing(CellRangeAddress::formatAsString))
                .toList();
    }

    /** The library cuts a column to sixteen bits, so that what is written there counts, not where it puts the cell. */
    private void refuseImpossible(org.apache.poi.ss.usermodel.Cell cell, ReadCell read)
            throws UnreadableWorkbookException {
        String written = cell instanceof XSSFCell packed && packed.getCTCell().isSetR()
                ? packed.getCTCell().getR()
                : "";
        boolean isPossible = read.row() >= 1
                && read.row() <= LAST_ROW
                && read.column() >= 0
                && read.column() < LAST_COLUMN
                && !FOUR_LETTERS.matcher(written).find();
        if (!isPossible) {
            throw impossible(file, written.isEmpty() ? read.at().toString() : read.sheet() + "!" + written);
        }
    }

    static UnreadableWorkbookException impossible(String file, String at) {
        return new UnreadableWorkbookException(
                Reason.CONTENT,
                "damaged-workbook",
                file + " has a cell " + at + ", which lies outside of what a sheet can hold." + Supervised.SAVE_AGAIN);
    }

    private void refuseLate() throws UnreadableWorkbookException {
        if (System.nanoTime() > deadline || Thread.currentThread().isInterrupted()) {
            throw late(file);
        }
    }

    static UnreadableWorkbookException tooManySheets(String file, WorkbookLimits limits) {
        return new UnreadableWorkbookException(
                Reason.SIZE,
                "too-many-sheets",
                file + " has more than " + limits.sheets()
                        + " sheets. Send a workbook with only the sheets that are needed.");
    }

    static UnreadableWorkbookException tooManyCells(String file, WorkbookLimits limits) {
        return new UnreadableWorkbookException(
                Reason.SIZE,
                "too-many-rows",
                String.format(
                        Locale.ROOT,
                        "%s has more than %,d rows or %,d cells. Send fewer rows.",
                        file,
                        limits.rows(),
                        limits.cells()));
    }

    static UnreadableWorkbookException tooMuchText(String file, WorkbookLimits limits) {
        return new UnreadableWorkbookException(
                Reason.SIZE,
                "too-large",
                file + " holds more than " + limits.characters() / 1_000_000 + " million characters of text.");
    }

    static UnreadableWorkbookException late(String file) {
        return new UnreadableWorkbookException(
                Reason.CONTENT, "took-too-long", file + " took too long to read. Send fewer rows.");
    }
}
