package quartermaster.workbook.knowledge;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.poi.ss.usermodel.DataFormatter;
import org.apache.poi.xssf.usermodel.XSSFRow;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.jspecify.annotations.Nullable;
import quartermaster.decision.cases.CaseColumn;
import quartermaster.decision.cases.CaseDraft;
import quartermaster.request.Candidate;
import quartermaster.request.RequestFields;
import quartermaster.unit.Columns;
import quartermaster.workbook.pen.CellLook;
import quartermaster.workbook.pen.CellWriter;
import quartermaster.workbook.upload.RequestCells;

/** Writes drafts of cases into a workbook of their own, laid out as {@code cases.xlsx} is. */
public final class CaseDrafts {
    public static final String NOTE = "draft: accept or delete";

    private final XSSFSheet sheet;
    private final CellWriter pen;
    private final Map<String, Integer> columns = new HashMap<>(); // by the header's key

    private CaseDrafts(XSSFWorkbook book) {
        this.pen = new CellWriter(book);
        XSSFSheet found = book.getSheet(CasesReader.SHEET);
        this.sheet = found == null ? withHeaders(book.createSheet(CasesReader.SHEET), pen) : found;
        DataFormatter text = new DataFormatter();
        sheet.getRow(0).forEach(cell -> columns.put(Columns.key(text.formatCellValue(cell)), cell.getColumnIndex()));
        while (sheet.getLastRowNum() > 0) {
            XSSFRow last = sheet.getRow(sheet.getLastRowNum());
            sheet.removeRow(last);
        }
    }

    /**
     * @param layout the cases that there are; a plain sheet is made where they are missing
     * @param to a new file; one that is there is never touched
     * @throws IOException where the layout cannot be read or the new file not be written
     */
    public static void write(Path layout, List<CaseDraft> drafts, Path to) throws IOException {
        try (XSSFWorkbook book = open(layout);
                ByteArrayOutputStream bytes = new ByteArrayOutputStream()) {
            CaseDrafts sheet = new CaseDrafts(book);
            for (int i = 0; i < drafts.size(); i++) {
                sheet.write(i + 1, drafts.get(i));
            }
            book.write(bytes);
            Files.write(to, bytes.toByteArray(), StandardOpenOption.CREATE_NEW);
        }
    }

    private static XSSFWorkbook open(Path layout) throws IOException {
        if (!Files.exists(layout)) {
            return new XSSFWorkbook();
        }
        try (java.io.InputStream in = Files.newInputStream(layout)) {
            return new XSSFWorkbook(in);
        }
    }

    private static XSSFSheet withHeaders(XSSFSheet sheet, CellWriter pen) {
        int column = 0;
        for (String header : CasesReader.headers()) {
            pen.write(sheet, 0, column++, header, CellLook.HEADER);
        }
        return sheet;
    }

    private void write(int row, CaseDraft draft) {
        put(row, CasesReader.ID, draft.id());
        put(row, CasesReader.STATEMENT, draft.statement());
        RequestFields.ofWorkloads().forEach(each -> put(row, each.header(), RequestCells.cell(each, draft.request())));
        put(row, CasesReader.CANDIDATES, candidates(draft.request().candidates()));
        put(row, CasesReader.AS_OF, draft.request().asOf().toString());
        for (CaseColumn column : CaseColumn.values()) {
            put(row, column.header(), draft.demands().get(column));
        }
        put(row, CasesReader.NOTE, NOTE);
    }

    private static @Nullable String candidates(List<Candidate> candidates) {
        return candidates.isEmpty()
                ? null
                : String.join(
                        "; ", candidates.stream().map(CandidateWords::write).toList());
    }

    private void put(int row, String header, @Nullable Object value) {
        if (value == null) {
            return;
        }
        String key = Columns.key(header);
        if (!columns.containsKey(key)) { // an older layout lacks a column
            int next = sheet.getRow(0).getLastCellNum();
            pen.write(sheet, 0, next, header, CellLook.HEADER);
            columns.put(key, next);
        }
        pen.write(sheet, row, columns.get(key), value, CellLook.PLAIN);
    }
}
