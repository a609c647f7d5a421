package quartermaster.workbook.template;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Stream;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import quartermaster.catalogue.Catalogue;
import quartermaster.request.RequestField;
import quartermaster.request.RequestFields;
import quartermaster.workbook.pen.CellLook;
import quartermaster.workbook.pen.CellWriter;
import quartermaster.workbook.pen.ResultSheet;
import quartermaster.workbook.upload.CandidatesReader;

/** A fresh workbook for an architect to fill in; its drop-downs know what the catalogue knows. */
public final class Template {
    private static final int WORKLOAD_ROWS = 10;
    private static final int CANDIDATE_ROWS = 24;

    private static final List<List<String>> STEPS = List.of(
            List.of(
                    "1  Say what has to run",
                    "Sheet Workload, one row for each. Only Type is needed; what stays empty gets a default, and the answer lists it."),
            List.of(
                    "2  Say what to compare",
                    "Sheet Candidates, one row for each configuration. Only Hardware is needed; engine, precision, devices and offer are chosen where you leave them open. An empty sheet: candidates are made from the catalogue."),
            List.of(
                    "3  Have it scored",
                    "quartermaster decide candidates.xlsx -o scored.xlsx, or drop the file on the page of the service."),
            List.of(
                    "4  Read the answer",
                    "The same workbook comes back: it opens at Summary; results stand beside each candidate and on Recommendations, Costs, Charts, Explanation, Estimates and About. Where something is wrong: a note on the cell and the sheet Problems."),
            List.of(
                    "5  Change and repeat",
                    "Score the answer again whenever you like. Our columns and sheets are written anew, yours stay."));

    private static final List<List<String>> LEGEND = List.of(
            List.of(
                    "Orange cells",
                    "Yours to fill in. Most of them have a drop-down and say what they mean when you select them."),
            List.of("Dark headers", "What most people fill in. Hover over a header to read what it means."),
            List.of("Lighter headers", "May stay empty."),
            List.of(
                    "Notes",
                    "For you; it is not read. Columns, colours, formulas and sheets of your own are welcome too."),
            List.of(
                    "Units",
                    "Stand in the headers. GiB is 1,073,741,824 bytes, GB is 1,000,000,000; k and thousands separators are understood."),
            List.of(
                    "Names",
                    "Of hardware, models and engines: as in the lists, or their short ids. Case, spaces, dots and hyphens do not matter."),
            List.of(
                    "People or requests",
                    "Named users are people who may use it. Concurrency is requests at the same time, usually a tenth of them or less."));

    private Template() {}

    public static byte[] write(Catalogue catalogue) {
        try (XSSFWorkbook book = ResultSheet.book();
                ByteArrayOutputStream bytes = new ByteArrayOutputStream()) {
            CellWriter pen = new CellWriter(book);
            readMe(book, pen);
            XSSFSheet workload = book.createSheet(CandidatesReader.WORKLOAD_SHEET);
            XSSFSheet candidates = book.createSheet(CandidatesReader.CANDIDATES_SHEET);
            TemplateLists.write(book, pen, catalogue, workload.getSheetName(), WORKLOAD_ROWS);
            TemplateSheet sheets = new TemplateSheet(book, pen);
            sheets.fill(workload, columns(RequestFields.ofWorkloads()), WORKLOAD_ROWS);
            sheets.fill(candidates, columns(RequestFields.OF_CANDIDATES), CANDIDATE_ROWS);
            book.setActiveSheet(book.getSheetIndex(workload));
            workload.setSelected(true);
            book.getSheetAt(0).setSelected(false);
            book.getProperties().getCoreProperties().setTitle("Candidates for an AI workload");
            book.write(bytes);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<TemplateColumn> columns(List<RequestField> fields) {
        return Stream.concat(fields.stream().map(TemplateColumn::of), Stream.of(TemplateColumn.NOTES))
                .toList();
    }

    private static void readMe(XSSFWorkbook book, CellWriter pen) {
        XSSFSheet sheet = book.createSheet("README");
        sheet.setDisplayGridlines(false);
        sheet.setColumnWidth(0, 26 * ResultSheet.WIDTH_UNIT);
        sheet.setColumnWidth(1, 105 * ResultSheet.WIDTH_UNIT);
        pen.write(sheet, 0, 0, "Which hardware should carry this AI workload?", CellLook.TITLE);
        int row = lines(sheet, pen, 2, STEPS);
        pen.write(sheet, row + 1, 0, "Legend", CellLook.HEADING);
        sheet.getRow(row + 1).setHeightInPoints(24);
        row = lines(sheet, pen, row + 2, LEGEND);
        pen.write(sheet, row - LEGEND.size(), 0, LEGEND.get(0).get(0), CellLook.INPUT);
        pen.write(sheet, row - LEGEND.size() + 1, 0, LEGEND.get(1).get(0), CellLook.HEADER);
        pen.write(sheet, row - LEGEND.size() + 2, 0, LEGEND.get(2).get(0), CellLook.HEADER_DETAIL);
        ResultSheet.landscape(sheet);
    }

    private static int lines(XSSFSheet sheet, CellWriter pen, int first, List<List<String>> lines) {
        int row = first;
        for (List<String> line : lines) {
            pen.wrap(sheet, row, 0, line.get(0), CellLook.LABEL);
            pen.wrap(sheet, row, 1, line.get(1), CellLook.PLAIN);
            sheet.getRow(row).setHeightInPoints(15f * ResultSheet.lines(line.get(1), 120) + 6);
            row++;
        }
        return row;
    }
}
