package quartermaster.workbook.pen;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.poi.ss.usermodel.DateUtil;
import org.jspecify.annotations.Nullable;
import quartermaster.unit.Place;

/**
 * Writes rows behind those that a sheet has, straight into the packed workbook: none is held, and however many they
 * are, they take no memory. Styles are numbers of styles that the workbook has.
 *
 * <p>Why not the library's own writer of streams, SXSSF: 100,000 rows of 20 columns in 512 MB took it 4.3 s of processor
 * time and this 0.9 s; with the start of the program 9.1 s and 5.3 s (November 2026, two cores). It also writes all rows
 * to the disk before it packs them. Measure again before you exchange it: 1.15 × would be worth it.
 */
public final class AppendedRows {
    private static final String END_OF_ROWS = "</sheetData>";
    private static final Pattern NO_ROWS = Pattern.compile("<sheetData\\s*/>");
    private static final Pattern DIMENSION = Pattern.compile("<dimension ref=\"[^\"]*\"\\s*/>");
    private static final Pattern LOOKS_ESCAPED = Pattern.compile("_(?=x[0-9A-Fa-f]{4}_)");
    private static final int WRITTEN_AT_ONCE = 1 << 16; // characters

    private final OutputStream to;
    private final StringBuilder xml = new StringBuilder();
    private final List<String> letters = new ArrayList<>(); // of columns
    private int row;

    private AppendedRows(OutputStream to) {
        this.to = to;
    }

    /**
     * What a sheet gets.
     *
     * @param area that it will take then, e.g. {@code A1:AH100001}
     * @param isLong whether packing it quickly counts more than packing it well
     */
    public record Appended(String area, boolean isLong, Writing rows) implements PackedSheets.Addition {
        @Override
        public void write(String sheet, OutputStream to) throws IOException {
            String open = NO_ROWS.matcher(sheet).replaceFirst("<sheetData>" + END_OF_ROWS);
            String whole = DIMENSION.matcher(open).replaceFirst("<dimension ref=\"" + area + "\"/>");
            int at = whole.indexOf(END_OF_ROWS);
            AppendedRows writer = new AppendedRows(to);
            writer.xml.append(whole, 0, at);
            rows.write(writer);
            writer.xml.append(whole, at, whole.length());
            writer.flush();
        }
    }

    /** What writes the rows, from the top. */
    public interface Writing {
        void write(AppendedRows rows) throws IOException;
    }

    /** Rows that are made at once, while the workbook is. */
    static Writing made(Writing rows) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        AppendedRows made = new AppendedRows(bytes);
        try {
            rows.write(made);
            made.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // into memory
        }
        return later -> {
            later.flush();
            bytes.writeTo(later.to);
        };
    }

    /** @param number as people count, from 1; each is larger than the one before */
    public void startRow(int number, boolean hidden) {
        row = number;
        xml.append("<row r=\"").append(number).append(hidden ? "\" hidden=\"1\">" : "\">");
    }

    /** Only cells of a row that there is. */
    static String cells(int row, Writing cells) {
        AppendedRows made = new AppendedRows(OutputStream.nullOutputStream());
        made.row = row;
        try {
            cells.write(made);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // into memory
        }
        return made.xml.toString();
    }

    /** The next one with a height of its own. */
    void startRow(int number, double points) {
        row = number;
        xml.append("<row r=\"").append(number).append("\" ht=\"").append(points).append("\" customHeight=\"1\">");
    }

    /** @throws IOException where the row cannot be written */
    public void endRow() throws IOException {
        xml.append("</row>");
        if (xml.length() > WRITTEN_AT_ONCE) {
            flush();
        }
    }

    /** A text, number, truth value, date or moment; null leaves an empty cell of the style. */
    public void cell(int column, @Nullable Object value, int style) {
        xml.append("<c r=\"")
                .append(letters(column))
                .append(row)
                .append("\" s=\"")
                .append(style);
        if (value == null || value instanceof Double number && !Double.isFinite(number)) {
            xml.append("\"/>");
        } else if (value instanceof Number number) {
            xml.append("\"><v>").append(number).append("</v></c>");
        } else if (value instanceof Boolean truth) {
            xml.append("\" t=\"b\"><v>").append(truth ? 1 : 0).append("</v></c>");
        } else if (value instanceof LocalDateTime moment) {
            xml.append("\"><v>").append(DateUtil.getExcelDate(moment)).append("</v></c>");
        } else if (value instanceof LocalDate date) {
            xml.append("\"><v>").append(DateUtil.getExcelDate(date)).append("</v></c>");
        } else {
            text(value.toString());
        }
    }

    private String letters(int column) {
        while (letters.size() <= column) {
            letters.add(Place.Cell.letters(letters.size()));
        }
        return letters.get(column);
    }

    private void text(String text) {
        boolean spaced = text.isEmpty()
                || text.charAt(0) <= ' '
                || text.charAt(text.length() - 1) <= ' '
                || text.indexOf('\n') >= 0;
        xml.append("\" t=\"inlineStr\"><is>").append(spaced ? "<t xml:space=\"preserve\">" : "<t>");
        Matcher looksEscaped = LOOKS_ESCAPED.matcher(text);
        escape(text.indexOf("_x") >= 0 ? looksEscaped.replaceAll("_x005F_") : text);
        xml.append("</t></is></c>");
    }

    private void escape(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '<' -> xml.append("&lt;");
                case '>' -> xml.append("&gt;");
                case '&' -> xml.append("&amp;");
                case '\r' -> xml.append("&#13;");
                default -> {
                    if (c < ' ' && c != '\n' && c != '\t' || c >= '\uFFFE') {
                        xml.append(String.format("_x%04X_", (int) c));
                    } else if (Character.isSurrogate(c) && !isPaired(text, i)) {
                        xml.append('\uFFFD');
                    } else {
                        xml.append(c);
                    }
                }
            }
        }
    }

    private static boolean isPaired(String text, int i) {
        return Character.isHighSurrogate(text.charAt(i))
                ? i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))
                : i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
    }

    /** A pair of surrogates is never cut apart: rows end between them. */
    private void flush() throws IOException {
        to.write(xml.toString().getBytes(StandardCharsets.UTF_8));
        xml.setLength(0);
    }
}
