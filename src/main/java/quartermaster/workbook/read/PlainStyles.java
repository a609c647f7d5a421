package quartermaster.workbook.read;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.poi.ss.usermodel.BuiltinFormats;
import org.apache.poi.ss.usermodel.DateUtil;
import org.jspecify.annotations.Nullable;
import org.xml.sax.Attributes;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;
import quartermaster.workbook.read.ReadCell.Format;

/** How numbers are shown, by the styles that cells refer to. */
final class PlainStyles extends DefaultHandler {
    private final Map<Integer, String> own = new HashMap<>(); // formats of this workbook by their numbers
    private final List<Integer> formats = new ArrayList<>(); // of each style
    private final Map<Integer, Style> styles = new HashMap<>();
    private boolean inCellStyles;

    record Style(boolean date, Format format) {}

    Style style(int index) throws UnusualContentException {
        Style known = styles.get(index);
        if (known == null) {
            known = find(index);
            styles.put(index, known);
        }
        return known;
    }

    @Override
    public void startElement(String uri, String local, String qualified, Attributes attributes) throws SAXException {
        switch (local) {
            case "numFmt" -> {
                if (!inCellStyles && attributes.getValue("numFmtId") != null) {
                    own.putIfAbsent(
                            Integer.valueOf(attributes.getValue("numFmtId")), attributes.getValue("formatCode"));
                }
            }
            case "cellXfs" -> inCellStyles = true;
            case "xf" -> {
                if (inCellStyles) {
                    String format = attributes.getValue("numFmtId");
                    formats.add(format == null ? 0 : Integer.valueOf(format));
                }
            }
            case "AlternateContent" -> throw new UnusualContentException("alternative styles");
            default -> {}
        }
    }

    @Override
    public void endElement(String uri, String local, String qualified) {
        if (local.equals("cellXfs")) {
            inCellStyles = false;
        }
    }

    private Style find(int index) throws UnusualContentException {
        if (index < 0 || index >= Math.max(1, formats.size())) {
            throw new UnusualContentException("a style that is not there");
        }
        int number = formats.isEmpty() ? 0 : formats.get(index);
        String code = code(number);
        return new Style(DateUtil.isADateFormat(number, code), SheetReading.format(code));
    }

    private @Nullable String code(int number) {
        String code = own.get(number);
        return code == null ? BuiltinFormats.getBuiltinFormat(number) : code;
    }
}
