package quartermaster.workbook.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.poi.ss.usermodel.FormulaError;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.xssf.usermodel.XSSFFont;
import org.apache.poi.xssf.usermodel.XSSFRichTextString;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import quartermaster.TestWorkspace;
import quartermaster.workbook.score.UserWorkbook;
import quartermaster.workbook.template.ExampleWorkbook;
import quartermaster.workbook.template.Template;

/** What is read the fast way is what the library reads; what might not be is left to it. */
class PlainWorkbookTest {
    private static final String SHEET = "xl/worksheets/sheet1.xml";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "spreadsheets/catalogue.xlsx",
                "spreadsheets/candidates.xlsx",
                "rules/policy.xlsx",
                "rules/cases.xlsx"
            })
    void our_workbooks_are_read_the_fast_way_and_alike(String file) throws Exception {
        byte[] bytes = Files.readAllBytes(Path.of(file));
        assertThat(fast(bytes)).contains(byTheLibrary(bytes));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("usual")
    void whatever_a_spreadsheet_program_usually_writes_is_read_alike(String what, byte[] bytes) throws Exception {
        assertThat(fast(bytes)).contains(byTheLibrary(bytes));
    }

    static Stream<Arguments> usual() throws IOException {
        return Stream.of(
                arguments("a user's workbook", UserWorkbook.bytes()),
                arguments("the example", ExampleWorkbook.bytes()),
                arguments("the template", Template.write(TestWorkspace.catalogue())),
                arguments("kinds of values", Workbooks.bytes(PlainWorkbookTest::values)),
                arguments("looks of numbers", Workbooks.bytes(PlainWorkbookTest::looks)),
                arguments("counts from 1904", Workbooks.bytes(book -> {
                    book.getCTWorkbook().getWorkbookPr().setDate1904(true);
                    looks(book);
                })),
                arguments("texts", Workbooks.bytes(PlainWorkbookTest::texts)),
                arguments("merged, hidden and nothing", Workbooks.bytes(PlainWorkbookTest::layout)),
                arguments(
                        "texts within cells",
                        changed(
                                xml -> xml.replaceFirst(
                                        "<c r=\"A1\"[^>]*>.*?</c>",
                                        "<c r=\"A1\" t=\"inlineStr\"><is><r><rPr><b/></rPr><t>in </t></r><r><t>runs</t></r></is></c>"))),
                arguments(
                        "a text without one",
                        changed(xml -> xml.replaceFirst("<c r=\"A1\"[^>]*>.*?</c>", "<c r=\"A1\" t=\"inlineStr\"/>"))),
                arguments(
                        "texts that are empty",
                        Workbooks.withPart(
                                changed(xml -> xml.replaceFirst(
                                        "<c r=\"B1\"[^>]*>.*?</c>", "<c r=\"B1\" t=\"inlineStr\"><is/></c>")),
                                "xl/sharedStrings.xml",
                                xml -> xml.replace("<si><t>text</t></si>", "<si/>"))),
                arguments(
                        "a result that is a text",
                        changed(xml -> xml.replaceFirst(
                                "<c r=\"A1\"[^>]*>.*?</c>", "<c r=\"A1\" t=\"str\"><f>B1&amp;\"x\"</f><v>1x</v></c>"))),
                arguments("no number within a number", changed(xml -> xml.replace("<v>1.0</v>", "<v></v>"))),
                arguments("not a number", changed(xml -> xml.replace("<v>1.0</v>", "<v>NaN</v>"))),
                arguments(
                        "a shared formula",
                        changed(xml -> xml.replaceFirst(
                                "<c r=\"A1\"[^>]*>.*?</c>",
                                "<c r=\"A1\"><f t=\"shared\" ref=\"A1:A2\" si=\"0\">B1+1</f><v>2</v></c>"))),
                arguments("an array formula", Workbooks.bytes(book -> {
                    Workbooks.row(book.createSheet("A"), 1, 1, 2, 3);
                    book.getSheet("A").setArrayFormula("A1*2", CellRangeAddress.valueOf("D1:D2"));
                    book.getCreationHelper().createFormulaEvaluator().evaluateAll();
                })),
                arguments("cells that say not where", changed(xml -> xml.replaceAll(" r=\"[A-Z]1\"", ""))),
                arguments("rows that say not where", changed(xml -> xml.replace("<row r=\"1\"", "<row"))));
    }

    @Test
    void what_is_unusual_is_left_to_the_library() throws Exception {
        byte[] bytes =
                changed(xml -> xml.replace("<row r=\"1\"", "<row r=\"3\"><c r=\"A3\"><v>3</v></c></row><row r=\"1\""));
        assertThat(fast(bytes)).isEmpty();
        assertThat(WorkbookFile.openOwn(bytes, "test.xlsx", WorkbookLimits.DEFAULT))
                .isEqualTo(byTheLibrary(bytes));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<c r=\"A1\" t=\"d\"><v>2026-11-22</v></c>",
                "<c r=\"A1\" t=\"b\"><v>true</v></c>",
                "<c r=\"A1\" t=\"s\"><v>99</v></c>",
                "<c r=\"A1\" t=\"e\"><v>#NEW!</v></c>",
                "<c r=\"A1\"><v>1,5</v></c>",
                "<c r=\"A1\" s=\"77\"><v>1</v></c>",
                "<x/>"
            })
    void strange_cells_are_not_guessed_at(String cell) {
        assertThat(fast(changed(xml -> xml.replaceFirst("<c r=\"A1\"[^>]*>.*?</c>", cell))))
                .isEmpty();
    }

    @Test
    void a_document_type_is_refused() {
        byte[] bytes = changed(xml ->
                xml.replaceFirst("(<\\?xml[^>]*>)", "$1<!DOCTYPE worksheet [<!ENTITY e SYSTEM 'file:///etc/hosts'>]>"));
        assertThat(refusal(bytes, WorkbookLimits.DEFAULT).code()).isEqualTo("unsafe-content");
    }

    @Test
    void limits_hold() {
        byte[] bytes = Workbooks.bytes(book -> {
            Workbooks.row(book.createSheet("A"), 1, "abc", "abc");
            book.createSheet("B");
        });
        assertThat(refusal(bytes, limits(1, 9)).code()).isEqualTo("too-many-sheets");
        assertThat(refusal(bytes, limits(2, 5))).hasMessageContaining("characters of text");
        assertThat(refusal(bytes, WorkbookLimits.DEFAULT.within(Duration.ZERO)).code())
                .isEqualTo("took-too-long");
    }

    private static void values(XSSFWorkbook book) {
        Workbooks.row(book.createSheet("A"), 1, "text", 1, -0.25, 1e300, true, false, "=1+1", "=TRUE()", "=false( )");
        Workbooks.row(book.getSheet("A"), 2, "=1/0", 1, "=A1", null, 3);
        Workbooks.cell(book, "A!A2").setCellErrorValue(FormulaError.DIV0);
        Workbooks.cell(book, "A!B2").setCellErrorValue(FormulaError.NA);
        Workbooks.row(book.getSheet("A"), 4, "=2+3", "=\"a\"&\"b\"", "=1>0", "=NA()");
        book.getCreationHelper().createFormulaEvaluator().evaluateAll();
    }

    private static void looks(XSSFWorkbook book) {
        Workbooks.row(book.createSheet("A"), 1, 0.5, 12, 46348, 46348.75, 0.5, 46348, 7, -3, 3);
        String[] formats = {
            "0 %",
            "\"$\"#,##0",
            "yyyy-mm-dd",
            "d.m.yy h:mm",
            "h:mm:ss",
            "[$-409]mmm yy",
            "0.00\" % of it\"",
            "yyyy-mm-dd",
            "#,##0 [$€-407]"
        };
        for (int i = 0; i < formats.length; i++) {
            Workbooks.format(book.getSheet("A").getRow(0).getCell(i), formats[i]);
        }
        Workbooks.row(book.getSheet("A"), 2, 0);
        book.getSheet("A").getRow(1).getCell(0).setCellValue(LocalDateTime.of(2026, 11, 22, 13, 45, 7));
        short builtIn = 14;
        book.getSheet("A").getRow(1).getCell(0).setCellStyle(book.createCellStyle());
        book.getSheet("A").getRow(1).getCell(0).getCellStyle().setDataFormat(builtIn);
    }

    private static void texts(XSSFWorkbook book) {
        Workbooks.row(book.createSheet("A <&> \"B\""), 1, "  spaces  ", "two\nlines", "ümlaut 漢字 😀", "", " ", "a\tb");
        Workbooks.row(book.getSheetAt(0), 2, "_x000D_", "_x41_", "a_x0042_c", "same", "same", "x".repeat(32_767));
        XSSFRichTextString rich = new XSSFRichTextString("partly bold");
        XSSFFont bold = book.createFont();
        bold.setBold(true);
        rich.applyFont(0, 6, bold);
        Workbooks.cell(book, "A <&> \"B\"!A3".replace("A <&> \"B\"", "'A <&> \"B\"'"))
                .setCellValue(rich);
    }

    private static void layout(XSSFWorkbook book) {
        Workbooks.row(book.createSheet("Merged"), 1, "seen", "not seen", "beside");
        Workbooks.row(book.getSheet("Merged"), 2, "not seen", "not seen");
        book.getSheet("Merged").addMergedRegion(CellRangeAddress.valueOf("A1:B2"));
        Workbooks.row(book.createSheet("Hidden"), 3, "x");
        book.getSheet("Hidden").getRow(2).setZeroHeight(true);
        book.getSheet("Hidden").createRow(5).createCell(2).setCellStyle(book.createCellStyle());
        book.setSheetHidden(1, true);
        book.createSheet("Empty");
        Workbooks.row(book.createSheet("Far"), 1_048_576, "last row");
        Workbooks.cell(book, "Far!XFD9").setCellValue("last column");
    }

    private static byte[] changed(UnaryOperator<String> change) {
        byte[] bytes = Workbooks.bytes(book -> Workbooks.row(book.createSheet("A"), 1, "text", 1, true));
        return Workbooks.withPart(bytes, SHEET, change);
    }

    private static Optional<WorkbookFile> fast(byte[] bytes) {
        long deadline = System.nanoTime() + 60_000_000_000L;
        WorkbookInspection inspection = new WorkbookInspection(bytes, "test.xlsx", WorkbookLimits.DEFAULT, deadline);
        try {
            inspection.inspect();
            return PlainWorkbook.read(inspection.parts(), "test.xlsx", WorkbookLimits.DEFAULT, deadline);
        } catch (UnreadableWorkbookException e) {
            throw new AssertionError(e);
        }
    }

    private static WorkbookFile byTheLibrary(byte[] bytes) throws Exception {
        try (XSSFWorkbook book = new XSSFWorkbook(new ByteArrayInputStream(bytes))) {
            SheetReading reading =
                    new SheetReading("test.xlsx", WorkbookLimits.DEFAULT, System.nanoTime() + 60_000_000_000L, null);
            List<ReadSheet> sheets = new ArrayList<>();
            for (int i = 0; i < book.getNumberOfSheets(); i++) {
                sheets.add(reading.read(book.getSheetAt(i), book.isSheetHidden(i) || book.isSheetVeryHidden(i)));
            }
            return new WorkbookFile("test.xlsx", sheets);
        }
    }

    private static UnreadableWorkbookException refusal(byte[] bytes, WorkbookLimits limits) {
        return catchThrowableOfType(
                UnreadableWorkbookException.class, () -> WorkbookFile.openOwn(bytes, "test.xlsx", limits));
    }

    private static WorkbookLimits limits(int sheets, long characters) {
        return new WorkbookLimits(1 << 20, 1 << 20, 1 << 20, sheets, 99, 99, characters, Duration.ofSeconds(20));
    }
}
