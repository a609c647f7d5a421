package quartermaster.workbook.pen;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.poi.xssf.usermodel.XSSFRow;

/** Cells at the right of all others of their rows. */
final class CellsBeside implements PackedSheets.Addition {
    private static final Pattern PREFIX = Pattern.compile("<(?:([\\w.-]+):)?worksheet[\\s>]");
    private static final Pattern NUMBER = Pattern.compile("\\sr=\"(\\d+)\"");

    private final Map<Integer, String> cells = new HashMap<>(); // by the number of their row

    /** Whether the text of such a row ends with its cells, the last of which stands left of a column. */
    static boolean fit(XSSFRow row, int column) {
        return row.getLastCellNum() > 0
                && row.getLastCellNum() <= column
                && row.getCTRow().isSetR()
                && !row.getCTRow().isSetExtLst();
    }

    /** @param row as people count, from 1 */
    void put(int row, String xml) {
        cells.put(row, xml);
    }

    @Override
    public boolean isLong() {
        return false;
    }

    @Override
    public void write(String sheet, OutputStream to) throws IOException {
        Matcher root = PREFIX.matcher(sheet);
        String prefix = root.find() && root.group(1) != null ? root.group(1) + ":" : "";
        String start = "<" + prefix + "row ";
        String end = "</" + prefix + "row>";
        Matcher number = NUMBER.matcher(sheet);
        Writer out = new OutputStreamWriter(to, StandardCharsets.UTF_8);
        String added = null;
        int written = 0;
        int left = cells.size();
        for (int at = sheet.indexOf('<'); at >= 0; at = sheet.indexOf('<', at + 1)) {
            if (sheet.startsWith("<!", at)) {
                at = sheet.indexOf(sheet.startsWith("<![CDATA[", at) ? "]]>" : "-->", at);
            } else if (sheet.startsWith(start, at)) {
                added = number.find(at) ? cells.get(Integer.valueOf(number.group(1))) : null;
            } else if (added != null && sheet.startsWith(end, at)) {
                out.write(sheet, written, at - written);
                out.write(prefix.isEmpty() ? added : added.replaceAll("<(/?)", "<$1" + prefix));
                written = at;
                added = null;
                left--;
            }
        }
        if (left != 0) {
            throw new IllegalStateException("Of " + cells.size() + " rows " + left + " are not on their sheet.");
        }
        out.write(sheet, written, sheet.length() - written);
        out.flush();
    }
}
