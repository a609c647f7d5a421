package quartermaster.workbook.pen;

import java.io.IOException;
import java.io.OutputStream;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.poi.ss.usermodel.BorderStyle;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.ss.usermodel.FillPatternType;
import org.apache.poi.ss.usermodel.HorizontalAlignment;
import org.apache.poi.ss.usermodel.VerticalAlignment;
import org.apache.poi.xssf.model.StylesTable;
import org.apache.poi.xssf.usermodel.XSSFCell;
import org.apache.poi.xssf.usermodel.XSSFCellStyle;
import org.apache.poi.xssf.usermodel.XSSFColor;
import org.apache.poi.xssf.usermodel.XSSFFont;
import org.apache.poi.xssf.usermodel.XSSFRow;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.jspecify.annotations.Nullable;
import org.openxmlformats.schemas.spreadsheetml.x2006.main.CTCell;
import org.openxmlformats.schemas.spreadsheetml.x2006.main.CTXf;
import org.openxmlformats.schemas.spreadsheetml.x2006.main.STCellType;
import quartermaster.decision.StepVerdict;
import quartermaster.decision.Verdict;
import quartermaster.unit.Choice;
import quartermaster.workbook.pen.AppendedRows.Appended;

/**
 * Writes values into cells, in our few styles. A style that the workbook has already is used again, so that scoring a
 * workbook many times does not fill it with styles.
 */
public final class CellWriter {
    private static final int LONGEST_TEXT = 32_000; // a cell holds 32,767 characters
    private static final Pattern NOT_IN_XML =
            Pattern.compile("[\\p{Cntrl}&&[^\n\t\r]]|[\\x{D800}-\\x{DFFF}\\x{FFFE}\\x{FFFF}]");
    public static final String STARTS_A_FORMULA = "=+-@\t\r";

    private final XSSFWorkbook book;
    private final Map<Style, XSSFCellStyle> styles = new HashMap<>();
    private final Map<String, Integer> existing = new HashMap<>(); // a style's definition, its index
    private final Map<String, Integer> texts = new HashMap<>(); // written ones, where they are shared
    private final Map<XSSFSheet, PackedSheets.Addition> added = new HashMap<>();

    public CellWriter(XSSFWorkbook book) {
        this.book = book;
        StylesTable table = book.getStylesSource();
        for (int i = 0; i < table.getNumCellStyles(); i++) {
            existing.putIfAbsent(table.getStyleAt(i).getCoreXf().toString(), i);
        }
    }

    private record Style(CellLook tone, ValueFormat format, boolean wrap, boolean quoted) {}

    /** The cell of a place counted from 0, made where there is none. */
    public static XSSFCell cell(XSSFSheet sheet, int row, int column) {
        XSSFRow found = sheet.getRow(row);
        XSSFRow there = found == null ? sheet.createRow(row) : found;
        XSSFCell cell = there.getCell(column);
        return cell == null ? there.createCell(column) : cell;
    }

    public XSSFCell write(XSSFSheet sheet, int row, int column, @Nullable Object value, CellLook tone) {
        return write(sheet, row, column, value, tone, ValueFormat.TEXT);
    }

    public XSSFCell write(
            XSSFSheet sheet, int row, int column, @Nullable Object value, CellLook tone, ValueFormat format) {
        return write(cell(sheet, row, column), value, tone, format, false);
    }

    /** Text that goes on in the next line where the column is too narrow. */
    public XSSFCell wrap(XSSFSheet sheet, int row, int column, @Nullable Object value, CellLook tone) {
        return write(cell(sheet, row, column), value, tone, ValueFormat.TEXT, true);
    }

    public XSSFCell write(XSSFCell cell, @Nullable Object value, CellLook tone, ValueFormat format, boolean wrap) {
        return put(cell, content(value, tone, format, wrap));
    }

    /** Text that no other run will write again: among the shared ones it would stay for ever. */
    public XSSFCell writeOnce(XSSFCell cell, String text, CellLook tone) {
        write(cell, null, tone, ValueFormat.TEXT, true);
        CTCell made = cell.getCTCell();
        made.setT(STCellType.INLINE_STR);
        made.addNewIs().setT(clean(text));
        return cell;
    }

    /** A word with the colour and the sign of a verdict. */
    public XSSFCell verdict(XSSFCell cell, String text, StepVerdict verdict) {
        return put(cell, content(text, verdict));
    }

    /** @param value a number, a text or a date; null for nothing */
    record Content(@Nullable Object value, XSSFCellStyle style) {
        String text() {
            return value instanceof String text ? text : "";
        }
    }

    /** What stands in a cell where a value is written. */
    Content content(@Nullable Object value, CellLook tone, ValueFormat format, boolean wrap) {
        if (value == Verdict.RULED_OUT && tone == CellLook.OUT) {
            return content(Choice.id(Verdict.RULED_OUT), tone, ValueFormat.BAD, false);
        }
        if (value instanceof Verdict verdict) {
            return content(Choice.id(verdict), StepVerdict.valueOf(stepName(verdict)));
        }
        if (value instanceof StepVerdict verdict) {
            return content(Choice.id(verdict), verdict);
        }
        if (value instanceof Number number) {
            Double finite = Double.isFinite(number.doubleValue()) ? number.doubleValue() : null;
            return new Content(finite, style(tone, format, wrap, false));
        }
        if (value instanceof LocalDate || value == null || value.toString().isEmpty()) {
            return new Content(value instanceof LocalDate ? value : null, style(tone, format, wrap, false));
        }
        String text = value instanceof Boolean truth ? truth ? "yes" : "no" : clean(value.toString());
        return new Content(text, style(tone, format, wrap, STARTS_A_FORMULA.indexOf(text.charAt(0)) >= 0));
    }

    private Content content(String text, StepVerdict verdict) {
        return switch (verdict) {
            case GOOD -> content(text, CellLook.GOOD, ValueFormat.GOOD, false);
            case CAUTION -> content(text, CellLook.CAREFUL, ValueFormat.CAREFUL, false);
            case RULED_OUT -> content(text, CellLook.BAD, ValueFormat.BAD, false);
        };
    }

    private XSSFCell put(XSSFCell cell, Content content) {
        if (content.value() instanceof Double number) {
            cell.setCellValue(number);
        } else if (content.value() instanceof LocalDate date) {
            cell.setCellValue(date);
        } else if (content.value() instanceof String text) {
            write(cell, text);
        } else {
            cell.setBlank();
        }
        cell.setCellStyle(content.style());
        return cell;
    }

    /** Rows that a sheet of ours gets behind those that it has: a cell of the library's takes ten times as long. */
    public void append(XSSFSheet sheet, Appended rows) {
        added.put(sheet, rows);
    }

    /** Cells of a row from a column on, at the right of all others or in their place. */
    void beside(XSSFRow row, int first, List<Content> contents) {
        if (CellsBeside.fit(row, first)
                && added.computeIfAbsent(row.getSheet(), any -> new CellsBeside()) instanceof CellsBeside cells) {
            int number = row.getRowNum() + 1;
            cells.put(number, AppendedRows.cells(number, made -> cells(made, first, contents)));
        } else {
            for (int i = 0; i < contents.size(); i++) {
                put(cell(row.getSheet(), row.getRowNum(), first + i), contents.get(i));
            }
        }
    }

    static void cells(AppendedRows rows, int first, List<Content> contents) {
        for (int i = 0; i < contents.size(); i++) {
            Content content = contents.get(i);
            rows.cell(first + i, content.value(), content.style().getIndex());
        }
    }

    /** @throws IOException where the workbook cannot be written */
    public void save(OutputStream to) throws IOException {
        PackedSheets.write(book, added, to);
    }

    public XSSFCellStyle style(CellLook tone, ValueFormat format, boolean wrap, boolean quoted) {
        return styles.computeIfAbsent(new Style(tone, format, wrap, quoted), this::make);
    }

    private static String stepName(Verdict verdict) {
        return verdict == Verdict.RECOMMENDED ? StepVerdict.GOOD.name() : verdict.name();
    }

    /** The library writes a text out as XML each time to learn whether it has it already. */
    private void write(XSSFCell cell, String text) {
        Integer known = texts.get(text);
        if (known != null && cell.getCellType() == CellType.BLANK) {
            cell.getCTCell().setT(STCellType.S);
            cell.getCTCell().setV(known.toString());
            return;
        }
        cell.setCellValue(text);
        if (cell.getCTCell().getT() == STCellType.S) {
            texts.put(text, Integer.valueOf(cell.getCTCell().getV()));
        }
    }

    /** Control characters and halves of characters have no place in a sheet. */
    public static String clean(String text) {
        boolean isPlain = text.chars().allMatch(each -> each >= ' ' && each < '\u007f'); // as most are
        String plain = isPlain ? text : NOT_IN_XML.matcher(text).replaceAll(" ");
        return plain.length() <= LONGEST_TEXT ? plain : plain.substring(0, LONGEST_TEXT) + " …";
    }

    private XSSFCellStyle make(Style wanted) {
        StylesTable table = book.getStylesSource();
        XSSFCellStyle draft = new XSSFCellStyle(table);
        CTXf definition = draft.getCoreXf();
        definition.setNumFmtId(0);
        definition.setFontId(0);
        definition.setFillId(0);
        definition.setBorderId(0);
        definition.setXfId(0);
        shape(draft, wanted);
        int index = existing.computeIfAbsent(definition.toString(), text -> table.putCellXf(definition) - 1);
        return table.getStyleAt(index);
    }

    private void shape(XSSFCellStyle style, Style wanted) {
        CellLook tone = wanted.tone();
        style.setFont(font(tone));
        style.setDataFormat(book.createDataFormat().getFormat(wanted.format().pattern()));
        style.setWrapText(wanted.wrap() || tone.isHeader());
        style.setVerticalAlignment(tone.isHeader() ? VerticalAlignment.CENTER : VerticalAlignment.TOP);
        align(style, tone, wanted.format());
        if (tone.fill() != null) {
            style.setFillPattern(FillPatternType.SOLID_FOREGROUND);
            style.setFillForegroundColor(color(tone.fill()));
        }
        if (tone.line() != null) {
            borders(style, tone);
        }
        if (wanted.quoted()) {
            style.setQuotePrefixed(true);
        }
    }

    /** Text keeps a distance from the number at its left. */
    private static void align(XSSFCellStyle style, CellLook tone, ValueFormat format) {
        boolean isNumber = format.isNumber();
        if (format == ValueFormat.ON_THE_RIGHT || format == ValueFormat.DECIMAL_OR_WORD) {
            style.setAlignment(HorizontalAlignment.RIGHT);
            return;
        }
        if (tone == CellLook.PLAIN && !isNumber) {
            style.setAlignment(HorizontalAlignment.LEFT);
        } else if (tone.isHeader() && isNumber) {
            style.setAlignment(HorizontalAlignment.RIGHT);
        } else if (tone.isIndented() && (!isNumber || format == ValueFormat.COUNT_OR_WORD)) {
            style.setAlignment(HorizontalAlignment.LEFT);
            style.setIndention((short) 1);
        }
    }

    private static void borders(XSSFCellStyle style, CellLook tone) {
        XSSFColor line = color(String.valueOf(tone.line()));
        style.setBorderBottom(BorderStyle.THIN);
        style.setBottomBorderColor(line);
        if (tone == CellLook.INPUT) {
            style.setBorderTop(BorderStyle.THIN);
            style.setTopBorderColor(line);
            style.setBorderLeft(BorderStyle.THIN);
            style.setLeftBorderColor(line);
            style.setBorderRight(BorderStyle.THIN);
            style.setRightBorderColor(line);
        }
    }

    private XSSFFont font(CellLook tone) {
        XSSFFont own = book.getFontAt(0);
        XSSFFont font = new XSSFFont();
        font.setFontName(own.getFontName());
        font.setFontHeightInPoints(tone.points() == 0 ? own.getFontHeightInPoints() : (short) tone.points());
        font.setBold(tone.bold());
        font.setColor(color(tone.ink()));
        int known = book.getStylesSource().getFonts().indexOf(font);
        if (known < 0) {
            font.registerTo(book.getStylesSource());
        }
        return known < 0 ? font : book.getFontAt(known);
    }

    static XSSFColor color(String rgb) {
        int value = Integer.parseInt(rgb, 16);
        return new XSSFColor(new byte[] {(byte) (value >> 16), (byte) (value >> 8), (byte) value}, null);
    }
}
