package quartermaster.workbook.read;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.poi.ss.usermodel.DateUtil;
import org.dhatim.fastexcel.reader.CellType;
import org.jspecify.annotations.Nullable;
import quartermaster.workbook.read.ReadCell.Format;
import quartermaster.workbook.read.ReadCell.Kind;

/** Makes our rows of those that come in passing, counts what they hold, and looks at the clock. */
public final class StreamedRows {
    private final String file;
    private final WorkbookLimits limits;
    private final long deadline;
    private final boolean from1904;
    private final Map<String, Boolean> dates = new HashMap<>(); // by the code of a number format
    private final Map<String, Format> formats = new HashMap<>();
    private long rows;
    private long cells;
    private long characters;

    public StreamedRows(String file, WorkbookLimits limits, long deadline, boolean from1904) {
        this.file = file;
        this.limits = limits;
        this.deadline = deadline;
        this.from1904 = from1904;
    }

    public ReadRow row(String sheet, org.dhatim.fastexcel.reader.Row read) throws UnreadableWorkbookException {
        if (System.nanoTime() > deadline || Thread.currentThread().isInterrupted()) {
            throw SheetReading.late(file);
        }
        List<ReadCell> made = new ArrayList<>(read.getPhysicalCellCount());
        for (org.dhatim.fastexcel.reader.Cell each : read) {
            if (each != null && each.getType() != CellType.EMPTY) {
                ReadCell cell = cell(sheet, read.getRowNum(), each);
                if (cell.kind() != Kind.EMPTY) {
                    made.add(cell);
                }
            }
        }
        rows++;
        cells += made.size();
        if (rows > limits.rows() || cells > limits.cells()) {
            throw SheetReading.tooManyCells(file, limits);
        }
        return new ReadRow(sheet, read.getRowNum(), read.isHidden(), made);
    }

    private ReadCell cell(String sheet, int row, org.dhatim.fastexcel.reader.Cell read)
            throws UnreadableWorkbookException {
        int column = read.getColumnIndex();
        boolean formula = read.getType() == CellType.FORMULA || read.getFormula() != null;
        Object value = read.getValue();
        if (read.getType() == CellType.ERROR) {
            return new ReadCell(sheet, row, column, Kind.ERROR, read.getRawValue(), Format.PLAIN);
        }
        if (value == null || formula && "".equals(read.getRawValue()) && !(value instanceof String)) {
            return new ReadCell(sheet, row, column, formula ? Kind.UNCALCULATED : Kind.EMPTY, null, Format.PLAIN);
        }
        if (value instanceof BigDecimal number) {
            return number(sheet, row, column, number.doubleValue(), read, formula);
        }
        if (value instanceof Boolean truth) {
            return new ReadCell(sheet, row, column, Kind.BOOLEAN, truth, Format.PLAIN);
        }
        return text(sheet, row, column, value.toString(), formula);
    }

    private ReadCell number(
            String sheet, int row, int column, double number, org.dhatim.fastexcel.reader.Cell read, boolean formula) {
        if (!Double.isFinite(number)) {
            return new ReadCell(sheet, row, column, Kind.ERROR, "#NUM!", Format.PLAIN);
        }
        String code = read.getDataFormatString();
        if (code == null) {
            return new ReadCell(sheet, row, column, Kind.NUMBER, number, Format.PLAIN);
        }
        if (isDate(read.getDataFormatId(), code) && DateUtil.isValidExcelDate(number)) {
            return new ReadCell(
                    sheet, row, column, Kind.DATE, DateUtil.getLocalDateTime(number, from1904), Format.PLAIN);
        }
        Format format = formats.computeIfAbsent(code, SheetReading::format);
        return new ReadCell(sheet, row, column, Kind.NUMBER, number, format);
    }

    private boolean isDate(@Nullable Integer id, String code) {
        return dates.computeIfAbsent(code, it -> DateUtil.isADateFormat(id == null ? -1 : id, it));
    }

    private ReadCell text(String sheet, int row, int column, String text, boolean formula)
            throws UnreadableWorkbookException {
        characters += text.length();
        if (characters > limits.characters()) {
            throw SheetReading.tooMuchText(file, limits);
        }
        if (text.length() > SheetReading.LONGEST_TEXT) {
            String what = "a text of " + text.length() + " characters";
            return new ReadCell(sheet, row, column, Kind.ERROR, what, Format.PLAIN);
        }
        return new ReadCell(sheet, row, column, text.isEmpty() ? Kind.EMPTY : Kind.TEXT, text, Format.PLAIN);
    }
}
