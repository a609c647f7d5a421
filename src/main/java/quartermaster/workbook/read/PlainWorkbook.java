package quartermaster.workbook.read;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParserFactory;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.poi.ss.util.CellRangeAddress;
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
public final class PlainWorkbook {
    static final String MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private static final String RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private static final String FOLDER = "xl/";
    private static final String STYLES = "xl/styles.xml";
    private static final String STRINGS = "xl/sharedStrings.xml";
    private static final String PROPERTIES = "docProps/app.xml";
    private static final Set<String> READ =
            Set.of("xl/workbook.xml", "xl/_rels/workbook.xml.rels", STYLES, STRINGS, PROPERTIES);
    private static final String NO_TABLE = ""; // the part of a sheet that is a chart

    private final Parts parts;
    private final SAXParserFactory parsers = XMLHelper.getSaxParserFactory(); // refuses document types
    private final Book book;
    private final PlainStyles styles = new PlainStyles();
    private final PlainStrings strings = new PlainStrings();
    private final PlainText texts;
    private final boolean zeroIsUnsaved;

    private PlainWorkbook(Parts parts, String name, WorkbookLimits limits, long deadline)
            throws IOException, SAXException, ParserConfigurationException, UnreadableWorkbookException {
        this.parts = parts;
        this.texts = new PlainText(name, limits, deadline);
        Relations relations = new Relations();
        parse("xl/_rels/workbook.xml.rels", relations, true);
        this.book = new Book(relations.targets);
        parse("xl/workbook.xml", book, true);
        if (book.sheets.size() > limits.sheets()) {
            throw SheetReading.tooManySheets(name, limits);
        }
        Program program = new Program();
        if (book.calculatesOnLoad) {
            parse(PROPERTIES, program, false);
        }
        this.zeroIsUnsaved = SheetReading.writesZeroUnsaved(program.version.toString());
        parse(STYLES, styles, false);
        parse(STRINGS, strings, false);
    }

    /** What a package holds. */
    private interface Parts {
        /** Null where there is no such part. */
        @Nullable
        InputStream open(String part) throws IOException;
    }

    /** All of it; empty if there is anything unusual in it. */
    static Optional<WorkbookFile> read(PackedParts parts, String name, WorkbookLimits limits, long deadline)
            throws UnreadableWorkbookException {
        if (!parts.areUsual()) {
            return Optional.empty();
        }
        try {
            PlainWorkbook workbook = new PlainWorkbook(parts::open, name, limits, deadline);
            return Optional.of(new WorkbookFile(name, workbook.sheets()));
        } catch (UnreadableInside e) {
            throw e.refusal;
        } catch (IOException | SAXException | ParserConfigurationException | RuntimeException e) {
            return Optional.empty();
        }
    }

    /**
     * To be read sheet by sheet, without anything of it being held but the texts that cells share.
     *
     * @param zip stays open as long as it is read
     * @throws IOException where the file cannot be read
     * @throws SAXException where a part of it is no sound XML
     * @throws ParserConfigurationException where there is no parser of XML
     * @throws UnreadableWorkbookException where it is larger than the limits, or damaged
     */
    public static PlainWorkbook inPassing(ZipFile zip, String name, WorkbookLimits limits, long deadline)
            throws IOException, SAXException, ParserConfigurationException, UnreadableWorkbookException {
        return new PlainWorkbook(
                part -> zip.getEntry(part) == null ? null : zip.getInputStream(zip.getEntry(part)),
                name,
                limits,
                deadline);
    }

    static boolean reads(String part) {
        return part.startsWith("xl/worksheets/sheet") || READ.contains(part);
    }

    /** Of the sheets, in their order. */
    public List<String> names() {
        return book.sheets.stream().map(SheetEntry::name).toList();
    }

    /**
     * Gives the rows of a sheet, as they come and until there are enough. What merged areas cover is among them.
     *
     * @throws IOException where the file cannot be read
     * @throws SAXException where a part of it is no sound XML
     * @throws ParserConfigurationException where there is no parser of XML
     * @throws UnreadableWorkbookException where it is larger than the limits, or damaged
     */
    public void read(String sheet, PlainSheet.RowTaker taker)
            throws IOException, SAXException, ParserConfigurationException, UnreadableWorkbookException {
        for (SheetEntry entry : book.sheets) {
            if (entry.name().equals(sheet)) {
                read(entry, taker);
            }
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

    /** Carries what whoever takes the rows has thrown through the parser. */
    static final class TakerFailed extends SAXException {
        private final RuntimeException thrown;

        TakerFailed(RuntimeException thrown) {
            super(thrown);
            this.thrown = thrown;
        }
    }

    private record SheetEntry(String name, boolean hidden, String part) {}

    private List<ReadSheet> sheets()
            throws IOException, SAXException, ParserConfigurationException, UnreadableWorkbookException {
        List<ReadSheet> sheets = new ArrayList<>();
        for (SheetEntry entry : book.sheets) {
            List<ReadRow> rows = new ArrayList<>();
            List<CellRangeAddress> merged = read(entry, rows::add);
            sheets.add(new ReadSheet(entry.name(), entry.hidden(), seen(rows, merged), SheetReading.sorted(merged)));
        }
        return sheets;
    }

    /** Under a merged area only its top left cell is seen, so only that one counts. */
    private static List<ReadRow> seen(List<ReadRow> rows, List<CellRangeAddress> merged) {
        if (merged.isEmpty()) {
            return rows;
        }
        CoveredCells covered = new CoveredCells(merged);
        return rows.stream()
                .map(row -> new ReadRow(
                        row.sheet(),
                        row.number(),
                        row.hidden(),
                        row.cells().stream()
                                .filter(cell -> !covered.contains(cell.row() - 1, cell.column()))
                                .toList()))
                .filter(row -> !row.cells().isEmpty())
                .toList();
    }

    private List<CellRangeAddress> read(SheetEntry entry, PlainSheet.RowTaker taker)
            throws IOException, SAXException, ParserConfigurationException, UnreadableWorkbookException {
        PlainSheet sheet =
                new PlainSheet(entry.name(), book.from1904, zeroIsUnsaved, styles, strings.texts(), texts, taker);
        try {
            parse(entry.part(), sheet, !entry.part().equals(NO_TABLE));
        } catch (PlainSheet.EnoughException e) {
            return List.of();
        } catch (TakerFailed e) {
            throw e.thrown;
        } catch (UnreadableInside e) {
            throw e.refusal;
        }
        return sheet.merged();
    }

    private void parse(String part, DefaultHandler handler, boolean required)
            throws IOException, SAXException, ParserConfigurationException {
        try (InputStream content = parts.open(part)) {
            if (content == null && required) {
                throw new UnusualContentException("no part " + part);
            }
            if (content != null) {
                parse(content, handler);
            }
        } catch (RuntimeException e) {
            throw new UnusualContentException("what is not understood (" + e.getMessage() + ")");
        }
    }

    private void parse(InputStream content, DefaultHandler handler)
            throws IOException, SAXException, ParserConfigurationException {
        XMLReader reader = parsers.newSAXParser().getXMLReader();
        reader.setContentHandler(handler);
        reader.setErrorHandler(handler);
        reader.setEntityResolver((publicId, systemId) -> {
            throw new UnusualContentException("an external entity");
        });
        reader.parse(new InputSource(content));
    }

    /** Where the sheets lie, by the names that the workbook has for them. */
    private static final class Relations extends DefaultHandler {
        private final Map<String, String> targets = new HashMap<>();

        @Override
        public void startElement(String uri, String local, String qualified, Attributes attributes) {
            String type = attributes.getValue("Type");
            if (!local.equals("Relationship") || "External".equals(attributes.getValue("TargetMode"))) {
                return;
            }
            if ((RELATION + "/worksheet").equals(type)) {
                String target = attributes.getValue("Target");
                targets.put(attributes.getValue("Id"), target.startsWith("/") ? target.substring(1) : FOLDER + target);
            } else if ((RELATION + "/chartsheet").equals(type)) {
                targets.put(attributes.getValue("Id"), NO_TABLE);
            }
        }
    }

    /** The sheets in their order. */
    private static final class Book extends DefaultHandler {
        private final Map<String, String> targets;
        private final List<SheetEntry> sheets = new ArrayList<>();
        private boolean hasProperties;
        private boolean from1904;
        private boolean calculatesOnLoad;

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
            if (local.equals("calcPr")) {
                calculatesOnLoad = isTrue(attributes.getValue("fullCalcOnLoad"));
            }
            if (local.equals("sheet")) {
                String part = targets.get(attributes.getValue(RELATION, "id"));
                String state = attributes.getValue("state");
                String name = attributes.getValue("name");
                if (part == null || name == null) {
                    throw new UnusualContentException("a sheet that is no table or has no name");
                }
                sheets.add(new SheetEntry(name, state != null && !state.equals("visible"), part));
            }
        }
    }

    /** The program that wrote the workbook. */
    private static final class Program extends DefaultHandler {
        private final StringBuilder version = new StringBuilder();
        private boolean inVersion;

        @Override
        public void startElement(String uri, String local, String qualified, Attributes attributes) {
            inVersion = local.equals("AppVersion");
        }

        @Override
        public void characters(char[] characters, int start, int length) {
            if (inVersion) {
                version.append(characters, start, length);
            }
        }

        @Override
        public void endElement(String uri, String local, String qualified) {
            inVersion = false;
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
