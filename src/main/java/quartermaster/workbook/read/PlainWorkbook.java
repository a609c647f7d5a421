package quartermaster.workbook.read;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParserFactory;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveInputStream;
import org.apache.poi.util.XMLHelper;
import org.jspecify.annotations.Nullable;
import org.xml.sax.Attributes;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.XMLReader;
import org.xml.sax.helpers.DefaultHandler;

/**
 * Reads the values of a workbook straight from its XML, many times faster than the library's model of it, which also
 * holds everything else: the start of the program waits for little else than the catalogue. It reads what spreadsheet
 * programs usually write and gives up on anything else, so that what it reads is what the library would read.
 */
final class PlainWorkbook {
    static final String MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private static final String RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private static final String FOLDER = "xl/";

    private final byte[] bytes;
    private final String name;
    private final WorkbookLimits limits;
    private final long deadline;
    private final SAXParserFactory parsers = XMLHelper.getSaxParserFactory(); // refuses document types
    private final Map<String, byte[]> parts = new HashMap<>();

    PlainWorkbook(byte[] bytes, String name, WorkbookLimits limits, long deadline) {
        this.bytes = bytes;
        this.name = name;
        this.limits = limits;
        this.deadline = deadline;
    }

    /** Empty if there is anything unusual in it. */
    Optional<WorkbookFile> read() throws UnreadableWorkbookException {
        try {
            unpack();
            return Optional.of(new WorkbookFile(name, sheets()));
        } catch (UnreadableInside e) {
            throw e.refusal;
        } catch (IOException | SAXException | ParserConfigurationException | RuntimeException e) {
            return Optional.empty();
        }
    }

    /** Carries a refusal through the parser. */
    static final class UnreadableInside extends SAXException {
        private final UnreadableWorkbookException refusal;

        UnreadableInside(UnreadableWorkbookException refusal) {
            super(refusal);
            this.refusal = refusal;
        }

        UnreadableWorkbookException refusal() {
            return refusal;
        }
    }

    private record SheetEntry(String name, boolean hidden, String part) {}

    private void unpack() throws IOException {
        try (ZipArchiveInputStream zip = new ZipArchiveInputStream(new ByteArrayInputStream(bytes))) {
            for (ZipArchiveEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                String part = entry.getName();
                boolean wanted = part.startsWith("xl/worksheets/sheet")
                        || part.equals("xl/workbook.xml")
                        || part.equals("xl/_rels/workbook.xml.rels")
                        || part.equals("xl/styles.xml")
                        || part.equals("xl/sharedStrings.xml");
                if (wanted) {
                    parts.put(part, zip.readAllBytes());
                }
            }
        }
    }

    private List<ReadSheet> sheets()
            throws IOException, SAXException, ParserConfigurationException, UnreadableWorkbookException {
        Relations relations = new Relations();
        parse("xl/_rels/workbook.xml.rels", relations);
        Book book = new Book(relations.targets);
        parse("xl/workbook.xml", book);
        if (book.sheets.size() > limits.sheets()) {
            throw SheetReading.tooManySheets(name, limits);
        }
        PlainStyles styles = new PlainStyles();
        parse("xl/styles.xml", styles);
        PlainStrings strings = new PlainStrings();
        if (parts.containsKey("xl/sharedStrings.xml")) {
            parse("xl/sharedStrings.xml", strings);
        }
        PlainText texts = new PlainText(name, limits, deadline);
        List<ReadSheet> sheets = new ArrayList<>();
        for (SheetEntry entry : book.sheets) {
            PlainSheet sheet = new PlainSheet(entry.name(), book.from1904, styles, strings.texts(), texts);
            parse(entry.part(), sheet);
            sheets.add(new ReadSheet(entry.name(), entry.hidden(), sheet.rows(), sheet.merged()));
        }
        return sheets;
    }

    private void parse(String part, DefaultHandler handler)
            throws IOException, SAXException, ParserConfigurationException {
        byte[] content = parts.remove(part);
        if (content == null) {
            throw new UnusualContentException("no part " + part);
        }
        XMLReader reader = parsers.newSAXParser().getXMLReader();
        reader.setContentHandler(handler);
        reader.setErrorHandler(handler);
        reader.setEntityResolver((publicId, systemId) -> {
            throw new UnusualContentException("an external entity");
        });
        reader.parse(new InputSource(new ByteArrayInputStream(content)));
    }

    /** Where the sheets lie, by the names that the workbook has for them. */
    private static final class Relations extends DefaultHandler {
        private final Map<String, String> targets = new HashMap<>();

        @Override
        public void startElement(String uri, String local, String qualified, Attributes attributes) {
            if (local.equals("Relationship")
                    && (RELATION + "/worksheet").equals(attributes.getValue("Type"))
                    && !"External".equals(attributes.getValue("TargetMode"))) {
                String target = attributes.getValue("Target");
                targets.put(attributes.getValue("Id"), target.startsWith("/") ? target.substring(1) : FOLDER + target);
            }
        }
    }

    /** The sheets in their order. */
    private static final class Book extends DefaultHandler {
        private final Map<String, String> targets;
        private final List<SheetEntry> sheets = new ArrayList<>();
        private boolean hasProperties;
        private boolean from1904;

        Book(Map<String, String> targets) {
            this.targets = targets;
        }

        @Override
        public void startElement(String uri, String local, String qualified, Attributes attributes)
                throws SAXException {
            if (!uri.equals(MAIN)) {
                if (local.equals("workbook")) {
                    throw new UnusualContentException("another kind of workbook");
                }
                return;
            }
            if (local.equals("workbookPr")) {
                if (hasProperties) {
                    throw new UnusualContentException("properties twice");
                }
                hasProperties = true;
                from1904 = isTrue(attributes.getValue("date1904"));
            }
            if (local.equals("sheet")) {
                String part = targets.get(attributes.getValue(RELATION, "id"));
                String state = attributes.getValue("state");
                if (part == null) {
                    throw new UnusualContentException("a sheet that is no table");
                }
                sheets.add(
                        new SheetEntry(attributes.getValue("name"), state != null && !state.equals("visible"), part));
            }
        }
    }

    static boolean isTrue(@Nullable String value) throws UnusualContentException {
        if (value == null || value.equals("0") || value.equals("false")) {
            return false;
        }
        if (value.equals("1") || value.equals("true")) {
            return true;
        }
        throw new UnusualContentException("a truth value " + value);
    }
}
