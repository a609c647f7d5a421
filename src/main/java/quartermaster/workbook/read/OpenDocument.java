package quartermaster.workbook.read;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveInputStream;
import org.apache.poi.util.XMLHelper;
import org.jspecify.annotations.Nullable;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.XMLReader;
import quartermaster.workbook.read.UnreadableWorkbookException.Reason;

/** Reads the values of an OpenDocument spreadsheet ({@code .ods}). */
record OpenDocument(byte[] bytes, String name, WorkbookLimits limits, long deadline) {
    private static final String SPREADSHEET = "application/vnd.oasis.opendocument.spreadsheet";
    private static final String STAR_OFFICE = "http://openoffice.org/2000/office"; // namespace
    private static final int LOOKED_AT = 4_000; // bytes, for the namespace
    private static final Pattern ENCRYPTED = Pattern.compile( // the values, not only the macros
            "full-path=\"content\\.xml\"[^>]*>\\s*<([\\w-]+:)?encryption-data");

    WorkbookFile read() throws UnreadableWorkbookException, IOException {
        byte[] manifest = part("META-INF/manifest.xml");
        if (manifest != null && ENCRYPTED.matcher(text(manifest)).find()) {
            throw WorkbookInspection.encrypted(name);
        }
        byte[] kind = part("mimetype");
        if (kind != null
                && !text(kind).strip().matches("(?s)(" + SPREADSHEET + "|application/vnd\\.sun\\.xml\\.calc).*")) {
            throw WorkbookInspection.foreign(name, "an OpenDocument file of another kind");
        }
        byte[] content = part("content.xml");
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

    /** Encrypted parts are stored with their size behind them, which the library reads only where it is told to. */
    static ZipArchiveInputStream zip(byte[] bytes) {
        return new ZipArchiveInputStream(new ByteArrayInputStream(bytes), StandardCharsets.UTF_8.name(), true, true);
    }

    private byte @Nullable [] part(String wanted) throws IOException {
        try (ZipArchiveInputStream zip = zip(bytes)) {
            for (ZipArchiveEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (entry.getName().equals(wanted)) {
                    return zip.readAllBytes();
                }
            }
        }
        return null;
    }

    private static String text(byte[] part) {
        return new String(part, StandardCharsets.UTF_8);
    }
}
