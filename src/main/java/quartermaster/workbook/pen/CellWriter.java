package quartermaster.workbook.pen;

import java.time.LocalDate;
import java.util.HashMap;
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
import org.openxmlformats.schemas.spreadsheetml.x2006.main.CTXf;
import org.openxmlformats.schemas.spreadsheetml.x2006.main.STCellType;
import quartermaster.decision.StepVerdict;
import quartermaster.decision.Verdict;
import quartermaster.unit.Choice;

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
        if (value == Verdict.RULED_OUT && tone == CellLook.OUT) {
            return write(cell, Choice.id(Verdict.RULED_OUT), tone, ValueFormat.BAD, false);
        }
        if (value instanceof Verdict verdict) {
            return verdict(cell, Choice.id(verdict), StepVerdict.valueOf(stepName(verdict)));
        }
        if (value instanceof StepVerdict verdict) {
            return verdict(cell, Choice.id(verdict), verdict);
        }
        boolean quoted = false;
        if (value instanceof Number number) {
            write(cell, number.doubleValue());
        } else if (value instanceof LocalDate date) {
            cell.setCellValue(date);
        } else if (value instanceof Boolean truth) {
            cell.setCellValue(truth ? "yes" : "no");
        } else if (value == null || value.toString().isEmpty()) {
            cell.setBlank();
        } else {
            String text = clean(value.toString());
            quoted = STARTS_A_FORMULA.indexOf(text.charAt(0)) >= 0;
            write(cell, text);
        }
        cell.setCellStyle(style(tone, format, wrap, quoted));
        return cell;
    }

    /** A word with the colour and the sign of a verdict. */
    public XSSFCell verdict(XSSFCell cell, String text, StepVerdict verdict) {
        return switch (verdict) {
            case GOOD -> write(cell, text, CellLook.GOOD, ValueFormat.GOOD, false);
            case CAUTION -> write(cell, text, CellLook.CAREFUL, ValueFormat.CAREFUL, false);
            case RULED_OUT -> write(cell, text, CellLook.BAD, ValueFormat.BAD, false);
        };
    }

    public XSSFCellStyle style(CellLook tone, ValueFormat format, boolean wrap, boolean quoted) {
        return styles.computeIfAbsent(new Style(tone, format, wrap, quoted), this::make);
    }

    private static String stepName(Verdict verdict) {
        return verdict == Verdict.RECOMMENDED ? StepVerdict.GOOD.name() : verdict.name();
    }

    private static void write(XSSFCell cell, double number) {
        if (Double.isFinite(number)) {
            cell.setCellValue(number);
        } else {
            cell.setBlank();
        }
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
        String plain = NOT_IN_XML.matcher(text).replaceAll(" ");
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
        } else if (tone.isIndented() && !isNumber) {
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
