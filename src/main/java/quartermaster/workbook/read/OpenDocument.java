package quartermaster.workbook.read;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.poi.util.XMLHelper;
import org.jspecify.annotations.Nullable;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.XMLReader;
import quartermaster.workbook.read.UnreadableWorkbookException.Reason;

/** Reads the values of an OpenDocument spreadsheet ({@code .ods}). */
record OpenDocument(PackedParts parts, String name, WorkbookLimits limits, long deadline) {
    private static final String MANIFEST = "META-INF/manifest.xml";
    private static final String KIND = "mimetype";
    private static final String CONTENT = "content.xml";
    private static final String SPREADSHEET = "application/vnd.oasis.opendocument.spreadsheet";
    private static final String STAR_OFFICE = "http://openoffice.org/2000/office"; // namespace
    private static final int LOOKED_AT = 4_000; // bytes, for the namespace
    private static final Pattern ENCRYPTED = Pattern.compile( // the values, not only the macros
            "full-path=\"content\\.xml\"[^>]*>\\s*<([\\w-]+:)?encryption-data");

    static boolean reads(String part) {
        return part.equals(MANIFEST) || part.equals(KIND) || part.equals(CONTENT);
    }

    WorkbookFile read() throws UnreadableWorkbookException, IOException {
        byte[] manifest = parts.take(MANIFEST);
        if (manifest != null && ENCRYPTED.matcher(text(manifest)).find()) {
            throw WorkbookInspection.encrypted(name);
        }
        byte[] kind = parts.take(KIND);
        if (kind != null
                && !text(kind).strip().matches("(?s)(" + SPREADSHEET + "|application/vnd\\.sun\\.xml\\.calc).*")) {
            throw WorkbookInspection.foreign(name, "an OpenDocument file of another kind");
        }
        byte[] content = parts.take(CONTENT);
        if (content == null) {
            throw damaged(null);
        }
        if (text(Arrays.copyOf(content, Math.min(content.length, LOOKED_AT))).contains(STAR_OFFICE)) {
            throw WorkbookInspection.foreign(name, "a StarOffice or OpenOffice 1 file (.sxc)");
        }
        OpenDocumentSheets sheets = new OpenDocumentSheets(name, limits, new PlainText(name, limits, deadline));
        try {
            XMLReader reader = XMLHelper.getSaxParserFactory().newSAXParser().getXMLReader(); // refuses document types
            reader.setContentHandler(sheets);
            reader.setErrorHandler(sheets);
            reader.parse(new InputSource(new ByteArrayInputStream(content)));
        } catch (PlainWorkbook.UnreadableInside e) {
            throw e.refusal();
        } catch (SAXException | ParserConfigurationException e) {
            if (String.valueOf(e.getMessage()).contains("DOCTYPE")) {
                throw new IOException(e); // which has its own words
            }
            throw damaged(e);
        }
        return new WorkbookFile(name, FileKind.ODS, sheets.sheets());
    }

    private UnreadableWorkbookException damaged(@Nullable Exception cause) {
        return new UnreadableWorkbookException(
                Reason.CONTENT,
                "damaged-workbook",
                name + " is damaged or not a workbook." + Supervised.SAVE_AGAIN,
                cause == null ? new IOException("no content") : cause);
    }

    private static String text(byte[] part) {
        return new String(part, StandardCharsets.UTF_8);
    }
}
