package quartermaster.workbook.score;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.poi.ss.usermodel.ConditionalFormatting;
import org.apache.poi.ss.usermodel.SheetConditionalFormatting;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.xssf.usermodel.XSSFCell;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Test;
import quartermaster.unit.Place;
import quartermaster.unit.Problem;
import quartermaster.workbook.knowledge.PolicyReader;
import quartermaster.workbook.read.UnreadableWorkbookException;
import quartermaster.workbook.read.WorkbookFile;
import quartermaster.workbook.read.Workbooks;

/** Problems as red cells and notes in a copy of the architect's workbook. */
class MarkedWorkbookTest {
    private static final byte[] POLICY = read("rules/policy.xlsx");
    private static final Problem WORD = new Problem(
            "unknown-value", "Found (x); not a value.", new Place.Cell("rules/policy.xlsx", "Budget", 3, 1));
    private static final Problem NUMBER =
            new Problem("not-a-number", "Found (y); expected a number.", new Place.Cell("Model availability", 4, 2));

    @Test
    void a_cell_with_problems_is_red_and_has_one_note_that_says_all() {
        Problem second = new Problem("other", "And something else.", WORD.at());

        XSSFWorkbook marked = open(mark(POLICY, WORD, NUMBER, second));

        assertThat(red(marked.getSheet("Budget"))).containsExactly("B3");
        assertThat(red(marked.getSheet("Model availability"))).containsExactly("C4");
        assertThat(note(marked, "Budget!B3")).isEqualTo("Quartermaster: Found (x); not a value.\nAnd something else.");
    }

    @Test
    void cells_side_by_side_have_a_note_each_in_whatever_order_and_beside_a_note_of_the_users() {
        byte[] noted = Workbooks.bytes(book -> UserWorkbook.note(Workbooks.cell(sheet(book), "Budget!C3"), "Ask Ben."));

        XSSFWorkbook marked = open(mark(noted, problem(1), problem(0), problem(0)));

        assertThat(note(marked, "Budget!A3")).isEqualTo("Quartermaster: Wrong at Budget!A3.");
        assertThat(note(marked, "Budget!B3")).isEqualTo("Quartermaster: Wrong at Budget!B3.");
        assertThat(note(marked, "Budget!C3")).isEqualTo("Ask Ben.");
        assertThat(red(marked.getSheet("Budget"))).containsExactly("A3:B3");
    }

    @Test
    void a_sheet_lists_all_problems_even_those_without_a_cell() {
        XSSFWorkbook marked = open(mark(
                POLICY, WORD, new Problem("missing-sheet", "There is no sheet Fit.", new Place.Cell("Fit", 1, 0))));

        XSSFSheet list = marked.getSheet("Problems");
        assertThat(EarlierResults.text(list, 1, 0)).isEqualTo("Budget!B3");
        assertThat(EarlierResults.text(list, 2, 1)).isEqualTo("There is no sheet Fit.");
        assertThat(marked.getActiveSheetIndex()).isEqualTo(marked.getSheetIndex(list));
    }

    @Test
    void the_content_and_the_looks_of_everything_else_stay() throws UnreadableWorkbookException {
        byte[] marked = mark(POLICY, WORD);

        WorkbookFile before = WorkbookFile.open(POLICY, "policy.xlsx");
        WorkbookFile after = WorkbookFile.open(marked, "policy.xlsx");
        assertThat(after.sheets()).containsAll(before.sheets());
        assertThat(PolicyReader.read(after, "rules/policy.xlsx").problems()).isEmpty();
        assertThat(Workbooks.cell(open(marked), "Budget!B3")
                        .getCellStyle()
                        .getCoreXf()
                        .toString())
                .isEqualTo(Workbooks.cell(open(POLICY), "Budget!B3")
                        .getCellStyle()
                        .getCoreXf()
                        .toString());
    }

    @Test
    void marked_again_only_the_new_problems_are_shown() {
        XSSFWorkbook marked = open(mark(mark(POLICY, WORD), NUMBER));

        assertThat(red(marked.getSheet("Budget"))).isEmpty();
        assertThat(red(marked.getSheet("Model availability"))).containsExactly("C4");
        assertThat(Workbooks.cell(marked, "Budget!B3").getCellComment()).isNull();
        assertThat(EarlierResults.text(marked.getSheet("Problems"), 1, 0)).isEqualTo("Model availability!C4");
        assertThat(marked.getSheet("Problems (2)")).isNull();
    }

    @Test
    void without_problems_no_mark_is_left() {
        XSSFWorkbook clean = open(mark(mark(POLICY, WORD)));

        assertThat(clean.getSheet("Problems")).isNull();
        assertThat(red(clean.getSheet("Budget"))).isEmpty();
        assertThat(clean.getAllNames()).noneMatch(name -> name.getNameName().startsWith("_quartermaster"));
    }

    @Test
    void a_note_of_the_users_stays_below_ours_and_is_there_when_ours_goes() {
        byte[] noted = Workbooks.bytes(book -> {
            XSSFCell cell = Workbooks.cell(sheet(book), "Budget!B3");
            UserWorkbook.note(cell, "Ask Ben.");
        });

        byte[] marked = mark(noted, WORD);

        assertThat(note(open(marked), "Budget!B3"))
                .startsWith("Quartermaster: Found (x)")
                .endsWith("\nAsk Ben.");
        assertThat(note(open(mark(marked)), "Budget!B3")).isEqualTo("Ask Ben.");
    }

    @Test
    void a_sheet_and_a_conditional_format_of_the_users_stay() {
        byte[] own = Workbooks.bytes(book -> {
            XSSFSheet budget = sheet(book).getSheet("Budget");
            book.createSheet("Problems").createRow(0).createCell(0).setCellValue("ours to solve");
            var formats = budget.getSheetConditionalFormatting();
            formats.addConditionalFormatting(
                    new CellRangeAddress[] {CellRangeAddress.valueOf("B3:B9")},
                    formats.createConditionalFormattingRule("B3>5"));
        });

        XSSFWorkbook marked = open(mark(own, WORD));

        assertThat(EarlierResults.text(marked.getSheet("Problems"), 0, 0)).isEqualTo("ours to solve");
        assertThat(EarlierResults.text(marked.getSheet("Problems (2)"), 1, 0)).isEqualTo("Budget!B3");
        assertThat(red(marked.getSheet("Budget"))).containsExactly("B3");
        assertThat(formats(open(mark(mark(own, WORD))).getSheet("Budget")).map(MarkedWorkbookTest::area))
                .containsExactly("B3:B9");
    }

    private static Problem problem(int column) {
        Place at = new Place.Cell("Budget", 3, column);
        return new Problem("wrong", "Wrong at " + at + ".", at);
    }

    /** What our marks colour. */
    private static List<String> red(XSSFSheet sheet) {
        return formats(sheet)
                .filter(format -> format.getRule(0).getFormula1().contains("Quartermaster"))
                .flatMap(format -> Stream.of(format.getFormattingRanges()))
                .map(CellRangeAddress::formatAsString)
                .toList();
    }

    private static Stream<ConditionalFormatting> formats(XSSFSheet sheet) {
        SheetConditionalFormatting formats = sheet.getSheetConditionalFormatting();
        return IntStream.range(0, formats.getNumConditionalFormattings()).mapToObj(formats::getConditionalFormattingAt);
    }

    private static String area(ConditionalFormatting format) {
        return format.getFormattingRanges()[0].formatAsString();
    }

    private static XSSFWorkbook sheet(XSSFWorkbook book) {
        book.createSheet("Budget");
        return book;
    }

    private static byte[] mark(byte[] workbook, Problem... problems) {
        try {
            return MarkedWorkbook.mark(workbook, List.of(problems));
        } catch (UnreadableWorkbookException e) {
            throw new AssertionError(e);
        }
    }

    private static String note(XSSFWorkbook book, String at) {
        return Workbooks.cell(book, at).getCellComment().getString().getString();
    }

    private static XSSFWorkbook open(byte[] bytes) {
        try {
            return new XSSFWorkbook(new ByteArrayInputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] read(String name) {
        try {
            return Files.readAllBytes(Path.of(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
