package quartermaster.workbook.score;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.poi.ooxml.POIXMLDocumentPart;
import org.apache.poi.openxml4j.opc.PackagePartName;
import org.apache.poi.openxml4j.opc.PackagingURIHelper;
import org.apache.poi.ss.SpreadsheetVersion;
import org.apache.poi.ss.util.AreaReference;
import org.apache.poi.ss.util.CellReference;
import org.apache.poi.xssf.model.CommentsTable;
import org.apache.poi.xssf.usermodel.XSSFCell;
import org.apache.poi.xssf.usermodel.XSSFDrawing;
import org.apache.poi.xssf.usermodel.XSSFName;
import org.apache.poi.xssf.usermodel.XSSFRow;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFVMLDrawing;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.jspecify.annotations.Nullable;
import quartermaster.workbook.read.ReadCell;
import quartermaster.workbook.read.ReadRow;
import quartermaster.workbook.read.ReadSheet;
import quartermaster.workbook.read.WorkbookFile;

/**
 * What an earlier run has written into a workbook: found by names that only we define, and where a program has dropped
 * those, by our headers.
 */
final class EarlierResults {
    private static final String PREFIX = "_quartermaster_";
    private static final String CANDIDATES = PREFIX + "candidates";
    private static final int HEADER_WITHIN_ROWS = 20;

    private final Set<String> sheets;
    private final @Nullable OwnColumns columns;

    private EarlierResults(Set<String> sheets, @Nullable OwnColumns columns) {
        this.sheets = sheets;
        this.columns = columns;
    }

    /**
     * Our columns on the user's sheet.
     *
     * @param headerRow from 0, likewise the columns
     */
    record OwnColumns(String sheet, int headerRow, TreeSet<Integer> columns) {}

    static EarlierResults in(XSSFWorkbook book) {
        Set<String> sheets = new LinkedHashSet<>();
        OwnColumns columns = null;
        for (XSSFName name : ownNames(book)) {
            Optional<AreaReference> area = area(name);
            if (area.isEmpty()) {
                continue;
            }
            if (name.getNameName().equals(CANDIDATES)) {
                columns = marked(book, area.get());
            } else {
                sheets.add(area.get().getFirstCell().getSheetName());
            }
        }
        for (int i = 0; i < book.getNumberOfSheets() && ownNames(book).isEmpty(); i++) {
            if (OwnSheet.looksLikeOurs(book.getSheetAt(i))) {
                sheets.add(book.getSheetName(i));
            }
        }
        return new EarlierResults(sheets, columns == null ? unmarked(book, sheets) : columns);
    }

    Optional<OwnColumns> columns() {
        return Optional.ofNullable(columns);
    }

    Set<String> sheets() {
        return sheets;
    }

    /** Whether nothing in it is ours. */
    boolean areNone() {
        return sheets.isEmpty() && columns == null;
    }

    /** The workbook as the user wrote it. */
    WorkbookFile without(WorkbookFile whole) {
        List<ReadSheet> kept = whole.sheets().stream()
                .filter(sheet -> !sheets.contains(sheet.name()))
                .map(this::without)
                .toList();
        return new WorkbookFile(whole.name(), kept);
    }

    /** Takes the names and the sheets away, the user's own columns stay. */
    void removeSheets(XSSFWorkbook book) {
        ownNames(book).forEach(book::removeName);
        sheets.forEach(name -> remove(book, name));
    }

    /** Takes away the one sheet of ours that is of a kind. */
    static void removeSheet(XSSFWorkbook book, OwnSheet kind) {
        for (XSSFName name : ownNames(book)) {
            if (name.getNameName().equals(nameOf(kind))) {
                Optional<AreaReference> area = area(name);
                book.removeName(name);
                area.ifPresent(place -> remove(book, place.getFirstCell().getSheetName()));
            }
        }
    }

    private static void remove(XSSFWorkbook book, String sheet) {
        int index = book.getSheetIndex(sheet);
        if (index >= 0 && book.getNumberOfSheets() > 1) {
            List<PackagePartName> parts = parts(book.getSheetAt(index));
            book.removeSheetAt(index);
            parts.stream()
                    .flatMap(part -> Stream.of(part, PackagingURIHelper.getRelationshipPartName(part)))
                    .filter(book.getPackage()::containPart)
                    .forEach(book.getPackage()::removePart);
        }
    }

    /** What the library may forget to remove with a sheet, and the sheet: a new one of its name would get its links. */
    private static List<PackagePartName> parts(XSSFSheet sheet) {
        XSSFDrawing drawing = sheet.getDrawingPatriarch();
        List<POIXMLDocumentPart> parts = new ArrayList<>(sheet.getTables());
        sheet.getRelations().stream()
                .filter(part -> part instanceof CommentsTable || part instanceof XSSFVMLDrawing)
                .forEach(parts::add);
        if (drawing != null) {
            parts.addAll(drawing.getCharts());
            parts.add(drawing);
        }
        parts.add(sheet);
        return parts.stream().map(part -> part.getPackagePart().getPartName()).toList();
    }

    static void markSheet(XSSFWorkbook book, OwnSheet kind, String sheet) {
        mark(book, nameOf(kind), new CellReference(sheet, 0, 0, true, true).formatAsString());
    }

    private static String nameOf(OwnSheet kind) {
        return PREFIX + kind.name().toLowerCase(Locale.ROOT);
    }

    static void markColumns(XSSFWorkbook book, String sheet, int headerRow, int first, int last) {
        String from = new CellReference(sheet, headerRow, first, true, true).formatAsString();
        String to = new CellReference(headerRow, last, true, true).formatAsString();
        mark(book, CANDIDATES, from + ":" + to);
    }

    private static void mark(XSSFWorkbook book, String name, String reference) {
        XSSFName mark = book.createName();
        mark.setNameName(name);
        mark.setRefersToFormula(reference);
    }

    private ReadSheet without(ReadSheet sheet) {
        if (columns == null || !columns.sheet().equals(sheet.name())) {
            return sheet;
        }
        List<ReadRow> rows = sheet.rows().stream()
                .map(row -> new ReadRow(
                        row.sheet(),
                        row.number(),
                        row.hidden(),
                        row.cells().stream().filter(cell -> !isOurs(cell)).toList()))
                .filter(row -> !row.cells().isEmpty())
                .toList();
        return new ReadSheet(sheet.name(), sheet.hidden(), rows, sheet.merged());
    }

    private boolean isOurs(ReadCell cell) {
        return columns != null
                && cell.row() > columns.headerRow()
                && columns.columns().contains(cell.column());
    }

    /** Of the whole workbook: a copy that somebody has made of our sheet has names of its own, and is not ours. */
    private static List<XSSFName> ownNames(XSSFWorkbook book) {
        return book.getAllNames().stream()
                .filter(name -> name.getSheetIndex() < 0)
                .filter(name -> name.getNameName() != null && name.getNameName().startsWith(PREFIX))
                .toList();
    }

    private static Optional<AreaReference> area(XSSFName name) {
        try {
            return name.isDeleted() || name.getRefersToFormula() == null
                    ? Optional.empty()
                    : Optional.of(new AreaReference(name.getRefersToFormula(), SpreadsheetVersion.EXCEL2007))
                            .filter(area -> area.getFirstCell().getSheetName() != null);
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // somebody has made something else of our name
        }
    }

    private static @Nullable OwnColumns marked(XSSFWorkbook book, AreaReference area) {
        XSSFSheet sheet = book.getSheet(area.getFirstCell().getSheetName());
        return sheet == null
                ? null
                : named(
                        sheet,
                        area.getFirstCell().getRow(),
                        area.getFirstCell().getCol(),
                        area.getLastCell().getCol());
    }

    /** Where no name tells: from "For workload" on, if the usual neighbours stand beside it. */
    private static @Nullable OwnColumns unmarked(XSSFWorkbook book, Set<String> ours) {
        List<String> headers = CandidateResults.headers();
        for (int i = 0; i < book.getNumberOfSheets(); i++) {
            XSSFSheet sheet = book.getSheetAt(i);
            for (int row = 0; row < HEADER_WITHIN_ROWS && !ours.contains(sheet.getSheetName()); row++) {
                int first = find(sheet, row, headers.get(0));
                if (first >= 0 && headers.subList(0, 4).equals(texts(sheet, row, first, 4))) {
                    return named(sheet, row, first, first + headers.size() - 1);
                }
            }
        }
        return null;
    }

    private static @Nullable OwnColumns named(XSSFSheet sheet, int row, int first, int last) {
        TreeSet<Integer> columns = new TreeSet<>();
        for (int column = first; column <= Math.min(last, first + 200); column++) {
            if (CandidateResults.headers().contains(CandidateResults.plain(text(sheet, row, column)))) {
                columns.add(column);
            }
        }
        return columns.isEmpty() ? null : new OwnColumns(sheet.getSheetName(), row, columns);
    }

    private static int find(XSSFSheet sheet, int row, String text) {
        XSSFRow there = sheet.getRow(row);
        if (there != null) {
            for (org.apache.poi.ss.usermodel.Cell cell : there) {
                if (text.equals(text(sheet, row, cell.getColumnIndex()))) {
                    return cell.getColumnIndex();
                }
            }
        }
        return -1;
    }

    private static List<String> texts(XSSFSheet sheet, int row, int first, int count) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            texts.add(text(sheet, row, first + i));
        }
        return texts;
    }

    static String text(XSSFSheet sheet, int row, int column) {
        XSSFRow there = sheet.getRow(row);
        XSSFCell cell = there == null ? null : there.getCell(column);
        return cell != null && cell.getCellType() == org.apache.poi.ss.usermodel.CellType.STRING
                ? cell.getStringCellValue()
                : "";
    }
}
