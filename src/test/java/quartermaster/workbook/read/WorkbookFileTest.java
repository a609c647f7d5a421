package quartermaster.workbook.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.poi.hssf.usermodel.HSSFWorkbook;
import org.apache.poi.poifs.crypt.EncryptionInfo;
import org.apache.poi.poifs.crypt.EncryptionMode;
import org.apache.poi.poifs.crypt.Encryptor;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;
import org.apache.poi.ss.usermodel.FormulaError;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import quartermaster.workbook.read.ReadCell.Format;
import quartermaster.workbook.read.ReadCell.Kind;
import quartermaster.workbook.read.UnreadableWorkbookException.Reason;

class WorkbookFileTest {
    private static final String SPREADSHEET = "application/vnd.oasis.opendocument.spreadsheet";

    @Test
    void cells_keep_their_type_and_know_their_place() {
        ReadRow row = onlyRow(Workbooks.file(book -> {
            Workbooks.row(book.createSheet("Hardware"), 7, "M3", 0.3, 4999, true, null, "=NOW()");
            Workbooks.format(Workbooks.cell(book, "Hardware!B7"), "0 %");
            Workbooks.format(Workbooks.cell(book, "Hardware!C7"), "\"$\"#,##0");
        }));
        assertThat(row.cells())
                .extracting(cell -> cell.at().toString())
                .containsExactly("Hardware!A7", "Hardware!B7", "Hardware!C7", "Hardware!D7", "Hardware!F7");
        assertThat(row.cells())
                .extracting(ReadCell::kind)
                .containsExactly(Kind.TEXT, Kind.NUMBER, Kind.NUMBER, Kind.BOOLEAN, Kind.UNCALCULATED);
        assertThat(row.cells())
                .extracting(ReadCell::format)
                .containsExactly(Format.PLAIN, Format.PERCENT, Format.CURRENCY, Format.PLAIN, Format.PLAIN);
        assertThat(row.cell(1).number()).isEqualTo(0.3);
        assertThat(row.cell(4).isEmpty()).isTrue();
    }

    @Test
    void a_number_in_a_date_format_is_a_date() {
        ReadRow row = onlyRow(Workbooks.file(WorkbookFileTest::withADate));
        assertThat(row.cell(0).date()).isEqualTo(LocalDateTime.of(2026, 11, 22, 0, 0));
        assertThat(row.cell(0).text()).isEqualTo("2026-11-22");
    }

    @Test
    void dates_of_a_workbook_that_counts_from_1904_are_the_same_days() {
        ReadRow row = onlyRow(Workbooks.file(book -> {
            book.getCTWorkbook().addNewWorkbookPr().setDate1904(true);
            withADate(book);
        }));
        assertThat(row.cell(0).text()).isEqualTo("2026-11-22");
    }

    @Test
    void truth_values_that_libreoffice_saved_as_formulas_are_truth_values() {
        ReadRow row = onlyRow(
                Workbooks.file(book -> Workbooks.row(book.createSheet("A"), 1, "=TRUE()", "=FALSE()", "=false( )")));
        assertThat(row.cells()).extracting(ReadCell::kind).containsOnly(Kind.BOOLEAN);
        assertThat(row.cells()).extracting(ReadCell::isTrue).containsExactly(true, false, false);
    }

    @Test
    void an_error_is_shown_by_its_sign() {
        ReadRow row = onlyRow(Workbooks.file(book -> {
            Workbooks.row(book.createSheet("A"), 1, "=1/0");
            Workbooks.cell(book, "A!A1").setCellErrorValue(FormulaError.DIV0);
            Workbooks.cell(book, "A!B1").setCellErrorValue(FormulaError.REF);
        }));
        assertThat(row.cells()).extracting(ReadCell::kind).containsOnly(Kind.ERROR);
        assertThat(row.cells()).extracting(ReadCell::text).containsExactly("#DIV/0!", "#REF!");
    }

    @Test
    void of_a_merged_area_only_the_top_left_cell_counts() {
        ReadRow row = onlyRow(Workbooks.file(book -> {
            Workbooks.row(book.createSheet("A"), 1, "seen", "hidden under it", "beside it");
            book.getSheet("A").addMergedRegion(new CellRangeAddress(0, 0, 0, 1));
        }));
        assertThat(row.cells()).extracting(ReadCell::text).containsExactly("seen", "beside it");
    }

    @Test
    void hidden_sheets_and_rows_are_read_and_marked() {
        WorkbookFile file = Workbooks.file(book -> {
            book.createSheet("Seen");
            Workbooks.row(book.createSheet("Hidden"), 1, "x");
            book.getSheet("Hidden").getRow(0).setZeroHeight(true);
            book.setSheetHidden(1, true);
        });
        assertThat(file.sheets()).extracting(ReadSheet::hidden).containsExactly(false, true);
        assertThat(file.sheets().get(1).rows()).extracting(ReadRow::hidden).containsExactly(true);
    }

    @Test
    void sheets_are_found_as_people_write_them() {
        WorkbookFile file = Workbooks.file(book -> book.createSheet("Workload type"));
        assertThat(file.findSheet("workload-TYPE")).isPresent();
        assertThat(file.findSheet("Budget")).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void a_file_that_cannot_be_used_is_refused_with_a_reason(
            String fault, byte[] bytes, Reason reason, String code, String says) {
        UnreadableWorkbookException refusal = refusal(bytes, WorkbookLimits.DEFAULT);
        assertThat(refusal.reason()).isEqualTo(reason);
        assertThat(refusal.code()).isEqualTo(code);
        assertThat(refusal).hasMessageContaining("test.xlsx").hasMessageContaining(says);
    }

    static Stream<Arguments> refused() throws Exception {
        return Stream.of(
                arguments("older .xls", new byte[] {9, 4, 6, 0, 0, 0, 16, 0}, Reason.FORMAT, "format-refused", ".xls"),
                arguments("binary .xlsb", binaryWorkbook(), Reason.FORMAT, "format-refused", "save it as .xlsx"),
                arguments("OpenDocument", openDocument(), Reason.CONTENT, "damaged-workbook", "damaged"),
                arguments("Numbers", numbersDocument(), Reason.FORMAT, "format-refused", "Numbers"),
                arguments("web page", text("<html><table></table></html>"), Reason.FORMAT, "format-refused", "HTML"),
                arguments("XML", text("<a x='1'>"), Reason.FORMAT, "format-refused", "XML"),
                arguments("JSON", text("{ \"a\": 1 }"), Reason.FORMAT, "format-refused", "JSON"),
                arguments("SYLK", text("ID;PWXL;N;E\r\nP;PGeneral\r\n"), Reason.FORMAT, "format-refused", "SYLK"),
                arguments("gzip", new byte[] {31, (byte) 139, 8, 0, 0, 3}, Reason.FORMAT, "format-refused", "unknown"),
                arguments("StarOffice", starOffice(), Reason.FORMAT, "format-refused", "StarOffice"),
                arguments("PDF", text("%PDF-1.7"), Reason.FORMAT, "format-refused", "is a PDF"),
                arguments("other archive", Workbooks.packed("a.txt", "a"), Reason.FORMAT, "format-refused", "archive"),
                arguments("empty", new byte[0], Reason.CONTENT, "empty-file", "is empty"),
                arguments("truncated", truncated(), Reason.CONTENT, "damaged-workbook", "save it as .xlsx"),
                arguments("encrypted", encrypted(), Reason.CONTENT, "encrypted-workbook", "password"),
                arguments(
                        "encrypted OpenDocument",
                        encryptedOpenDocument(),
                        Reason.CONTENT,
                        "encrypted-workbook",
                        "password"),
                arguments("other OLE", container("WordDocument"), Reason.FORMAT, "format-refused", "another program"),
                arguments("Excel 95", container("Book"), Reason.FORMAT, "format-refused", "Excel 95"),
                arguments("document type", withDocumentType(), Reason.CONTENT, "unsafe-content", "document type"),
                arguments("one part twice", partTwice(), Reason.CONTENT, "damaged-workbook", "damaged"),
                arguments("broken XML", brokenXml(), Reason.CONTENT, "damaged-workbook", "damaged"),
                arguments("impossible row", impossibleRow(), Reason.CONTENT, "damaged-workbook", "A2000000"),
                arguments("fonts", inStyles("<font/>", 65_490), Reason.SIZE, "too-large", "65,490 fonts"),
                arguments("formats", inStyles("<xf/>", 65_490), Reason.SIZE, "too-large", "65,490 cell formats"),
                arguments("columns", inSheet("<col/>", 16_385), Reason.SIZE, "too-large", "16,384 columns"),
                arguments("columns of a table", wideTable(), Reason.SIZE, "too-large", "16,384 columns"),
                arguments("rules", inSheet("<dataValidation/>", 10_001), Reason.SIZE, "too-large", "10,000 data"),
                arguments("long value", longValue(), Reason.SIZE, "too-large", "more than 100,000 characters"),
                arguments("merged, odd name", oddlyNamed(), Reason.SIZE, "too-large", "20,000 merged areas"),
                arguments("encoding", inOldLetters(), Reason.CONTENT, "damaged-workbook", "damaged"),
                arguments("zip bomb", zipBomb(), Reason.SIZE, "too-large", "unpacks to more than 150 MB"));
    }

    @Test
    void the_old_format_is_read_as_the_new_one() throws Exception {
        WorkbookFile old = WorkbookFile.open(oldWorkbook(), "list.xls");
        assertThat(old.kind()).isEqualTo(FileKind.XLS);
        assertThat(old.sheets().get(0).rows().get(0).cells())
                .extracting(ReadCell::kind)
                .containsExactly(Kind.TEXT, Kind.NUMBER);
    }

    @Test
    void an_old_workbook_may_hold_objects_and_words_of_other_programs() throws Exception {
        byte[] workbook =
                oldWorkbook(book -> book.getSheet("A").getRow(0).createCell(2).setCellValue("EncryptedPackage"));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (POIFSFileSystem container = new POIFSFileSystem(new ByteArrayInputStream(workbook))) {
            container
                    .getRoot()
                    .createDirectory("MBD0001")
                    .createDocument("WordDocument", new ByteArrayInputStream(new byte[5_000]));
            container.writeFilesystem(bytes);
        }
        ReadRow row = onlyRow(WorkbookFile.open(bytes.toByteArray(), "list.xls"));
        assertThat(row.cells()).extracting(ReadCell::text).containsExactly("H100", "80", "EncryptedPackage");
    }

    @Test
    void a_formula_whose_words_the_library_cannot_tell_is_its_saved_value() throws Exception {
        byte[] workbook = oldWorkbook(book -> {
            book.getSheet("A").setArrayFormula("B1*2", CellRangeAddress.valueOf("C1"));
            book.getCreationHelper().createFormulaEvaluator().evaluateAll();
        });
        for (int i = 0; i < workbook.length - 4; i++) {
            if (workbook[i] == 0x21 && workbook[i + 1] == 0x02 && workbook[i + 2] < 64 && workbook[i + 3] == 0) {
                workbook[i + 1] = 0x0F; // a record that nobody knows instead of the array
            }
        }
        assertThat(onlyRow(WorkbookFile.open(workbook, "list.xls")).cell(2).number())
                .isEqualTo(160);
    }

    @Test
    void an_open_document_of_which_only_the_macros_are_encrypted_is_read() throws Exception {
        byte[] bytes = Workbooks.storedWithSizesBehind(
                "mimetype",
                SPREADSHEET,
                "content.xml",
                openDocumentOf("H100"),
                "Basic/Module1.xml",
                "\u0007secret",
                "META-INF/manifest.xml",
                manifest("Basic/Module1.xml"));
        assertThat(onlyRow(WorkbookFile.open(bytes, "list.ods")).cell(0).text()).isEqualTo("H100");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "Hardware,Memory\\nH100,80.5~80.5",
                "Hardware;Memory\\nH100;80,5~80.5",
                "sep=;\\nHardware;Memory\\nH100;1.234,5~1234.5",
                "Hardware\tMemory\\nH100\t80~80"
            })
    void separated_text_is_read_whatever_separates_it(String content, double memory) throws Exception {
        byte[] bytes = content.replace("\\n", "\n").getBytes(StandardCharsets.UTF_8);
        WorkbookFile file = WorkbookFile.open(bytes, "list.csv");
        assertThat(file.kind()).isEqualTo(FileKind.CSV);
        List<ReadRow> rows = file.sheets().get(0).rows();
        assertThat(rows).hasSize(2);
        assertThat(rows.get(1).cell(1).number()).isEqualTo(memory);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<Type>,Model\nbatch,llama",
                "{a},Type\nx,batch",
                "ID;Price\n7;8",
                "name,row \u0016 one\nx,y",
                "Field \u0000\u0000;1;1;1;1\nMore of the same;1;1;1;1"
            })
    void separated_text_may_begin_with_any_character_and_have_a_few_strange_ones(String content) throws Exception {
        WorkbookFile file = WorkbookFile.open(text(content), "list.csv");
        assertThat(file.kind()).isEqualTo(FileKind.CSV);
        assertThat(onlyRows(file))
                .hasSize(2)
                .allSatisfy(row -> assertThat(row.cells())
                        .extracting(ReadCell::text)
                        .noneMatch(text -> text.chars().anyMatch(Character::isISOControl)));
    }

    @Test
    void a_table_of_markdown_and_text_of_two_bytes_a_letter_are_read() throws Exception {
        String markdown = "| Hardware | Devices |\n|---|---:|\n| L40S | 2 |\n";
        List<ReadRow> rows = onlyRows(WorkbookFile.open(text(markdown), "list.txt"));
        assertThat(rows).extracting(ReadRow::number).containsExactly(1, 3);
        assertThat(rows.get(1).cell(2).number()).isEqualTo(2);
        for (Charset charset : List.of(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
            assertThat(onlyRows(WorkbookFile.open("Hardware,Devices\nL40S,2\n".getBytes(charset), "list.csv"))
                            .get(1)
                            .cell(0)
                            .text())
                    .isEqualTo("L40S");
        }
    }

    @Test
    void labels_with_colons_are_parted_and_an_open_quote_is_refused() throws Exception {
        List<ReadRow> rows =
                onlyRows(WorkbookFile.open(text("Type: production\nModel: qwen3:32b\nUsers: 200\n"), "a.txt"));
        assertThat(rows.get(0).cell(1).text()).isEqualTo("production");
        assertThat(rows.get(2).cell(1).number()).isEqualTo(200);
        assertThat(rows.get(1).cell(1).text()).isEqualTo("qwen3:32b");
        String sentence = "a, b: c ".repeat(20_000);
        assertThat(onlyRows(WorkbookFile.open(text("Type: " + sentence + "\nModel: x\n"), "a.txt")))
                .isNotEmpty();
        byte[] open = text("Hardware,Type\n\"RTX 4090,batch\nL40S,batch\n");
        assertThat(catchThrowable(() -> WorkbookFile.open(open, "a.csv")))
                .hasMessageContaining("line 2 is never closed");
    }

    @Test
    void letters_of_windows_and_of_unicode_are_told_apart() throws Exception {
        for (Charset charset : List.of(StandardCharsets.UTF_8, Charset.forName("windows-1252"))) {
            WorkbookFile file = WorkbookFile.open("Gerät;Größe\nMüller;1\n".getBytes(charset), "list.csv");
            assertThat(file.sheets().get(0).rows().get(0).cell(0).text()).isEqualTo("Gerät");
        }
    }

    @Test
    void formulas_that_nobody_calculated_are_where_that_is_safe() {
        ReadRow row = onlyRow(Workbooks.file(book -> Workbooks.row(
                book.createSheet("A"), 1, 2, 3, "=SUM(A1:B1)*2", "=IF(A1>1,\"yes\",\"no\")", "=E1", "=NOW()")));
        assertThat(row.cell(2).number()).isEqualTo(10);
        assertThat(row.cell(3).text()).isEqualTo("yes");
        assertThat(row.cell(4).kind()).isEqualTo(Kind.UNCALCULATED); // a circle
        assertThat(row.cell(5).kind()).isEqualTo(Kind.UNCALCULATED);
    }

    @Test
    void too_much_of_anything_is_refused() {
        byte[] workbook = Workbooks.bytes(book -> {
            for (int i = 1; i <= 11; i++) {
                Workbooks.row(book.getSheet("A") == null ? book.createSheet("A") : book.getSheet("A"), i, "abc", 1);
            }
            book.createSheet("B");
        });
        assertThat(refusal(workbook, limits(100, 1_000_000, 9, 10, 99, 999))).hasMessageContaining("larger than");
        assertThat(refusal(workbook, limits(99_999, 100, 9, 99, 99, 999))).hasMessageContaining("unpacks");
        assertThat(refusal(workbook, limits(99_999, 1_000_000, 1, 99, 99, 999)))
                .hasMessageContaining("more than 1 sheets");
        assertThat(refusal(workbook, limits(99_999, 1_000_000, 9, 10, 99, 999))).hasMessageContaining("10 rows");
        assertThat(refusal(workbook, limits(99_999, 1_000_000, 9, 99, 21, 999))).hasMessageContaining("21 cells");
        assertThat(refusal(workbook, limits(99_999, 1_000_000, 9, 99, 99, 32))).hasMessageContaining("text");
    }

    @Test
    void reading_ends_when_its_time_is_over() {
        byte[] workbook = Workbooks.bytes(book -> Workbooks.row(book.createSheet("A"), 1, "x"));
        UnreadableWorkbookException refusal = refusal(workbook, WorkbookLimits.DEFAULT.within(Duration.ofNanos(1)));
        assertThat(refusal.code()).isEqualTo("took-too-long");
    }

    @Test
    void the_file_on_the_disk_stays_as_it_is(@TempDir Path folder) throws Exception {
        Path path = folder.resolve("mine.xlsx");
        byte[] workbook = Workbooks.bytes(book -> Workbooks.row(book.createSheet("A"), 1, "x"));
        Files.write(path, workbook);
        assertThat(WorkbookFile.open(path).name()).isEqualTo("mine.xlsx");
        assertThat(Files.readAllBytes(path)).isEqualTo(workbook);
    }

    @Test
    void a_file_that_is_not_there_is_refused(@TempDir Path folder) {
        UnreadableWorkbookException refusal = catchThrowableOfType(
                UnreadableWorkbookException.class, () -> WorkbookFile.open(folder.resolve("none.xlsx")));
        assertThat(refusal.code()).isEqualTo("file-not-readable");
    }

    @Test
    void the_digest_is_of_the_content_and_not_of_its_looks() {
        String plain = Workbooks.file(book -> digested(book, 46348, "=TRUE()")).digest();
        String styled = Workbooks.file(book -> {
                    digested(book, 46348, true);
                    Workbooks.format(Workbooks.cell(book, "A!A1"), "yyyy\\-mm\\-dd");
                    Workbooks.cell(book, "A!Z9").setCellValue("");
                    book.getSheet("A").setColumnWidth(0, 9999);
                })
                .digest();
        assertThat(styled).isEqualTo(plain).startsWith("sha256:");
    }

    @Test
    void the_digest_changes_with_any_value() {
        String digest = Workbooks.file(book -> digested(book, 1, true)).digest();
        assertThat(Workbooks.file(book -> digested(book, 2, true)).digest()).isNotEqualTo(digest);
        assertThat(Workbooks.file(book -> digested(book, 1, false)).digest()).isNotEqualTo(digest);
        assertThat(Workbooks.file(book -> digested(book, 1, "true")).digest()).isNotEqualTo(digest);
        assertThat(Workbooks.file(book -> {
                            digested(book, 1, true);
                            book.setSheetName(0, "B");
                        })
                        .digest())
                .isNotEqualTo(digest);
    }

    private static void digested(XSSFWorkbook book, double number, Object truth) {
        Workbooks.row(book.createSheet("A"), 1, number, truth, "text", 0.1 + 0.2);
    }

    private static void withADate(XSSFWorkbook book) {
        Workbooks.row(book.createSheet("A"), 1, 0);
        Workbooks.cell(book, "A!A1").setCellValue(LocalDate.of(2026, 11, 22));
        Workbooks.format(Workbooks.cell(book, "A!A1"), "yyyy-mm-dd");
    }

    private static ReadRow onlyRow(WorkbookFile file) {
        assertThat(file.sheets().get(0).rows()).hasSize(1);
        return file.sheets().get(0).rows().get(0);
    }

    private static List<ReadRow> onlyRows(WorkbookFile file) {
        assertThat(file.sheets()).hasSize(1);
        return file.sheets().get(0).rows();
    }

    private static UnreadableWorkbookException refusal(byte[] bytes, WorkbookLimits limits) {
        return catchThrowableOfType(
                UnreadableWorkbookException.class, () -> WorkbookFile.open(bytes, "test.xlsx", limits));
    }

    private static WorkbookLimits limits(long file, long content, int sheets, int rows, int cells, long characters) {
        return new WorkbookLimits(file, content, content, sheets, rows, cells, characters, Duration.ofSeconds(20));
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] simple() {
        return Workbooks.bytes(book -> Workbooks.row(book.createSheet("A"), 1, "abc", 1));
    }

    private static byte[] oldWorkbook() throws IOException {
        return oldWorkbook(book -> {});
    }

    private static byte[] oldWorkbook(Consumer<HSSFWorkbook> more) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (HSSFWorkbook workbook = new HSSFWorkbook()) {
            var row = workbook.createSheet("A").createRow(0);
            row.createCell(0).setCellValue("H100");
            row.createCell(1).setCellValue(80);
            more.accept(workbook);
            workbook.write(bytes);
        }
        return bytes.toByteArray();
    }

    private static byte[] binaryWorkbook() {
        return Workbooks.packed("[Content_Types].xml", "<Types/>", "xl/workbook.bin", "x");
    }

    private static byte[] openDocument() {
        return Workbooks.packed("mimetype", "application/vnd.oasis.opendocument.spreadsheet", "content.xml", "<a>");
    }

    private static byte[] encryptedOpenDocument() {
        return Workbooks.storedWithSizesBehind(
                "mimetype",
                SPREADSHEET,
                "content.xml",
                "\u0007secret",
                "META-INF/manifest.xml",
                manifest("content.xml"));
    }

    private static String manifest(String encrypted) {
        return "<m:manifest xmlns:m=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\"><m:file-entry"
                + " m:full-path=\"styles.xml\"/><m:file-entry m:full-path=\"" + encrypted + "\" m:size=\"7\">\n"
                + " <m:encryption-data/></m:file-entry></m:manifest>";
    }

    private static String openDocumentOf(String text) {
        return "<o:document-content xmlns:o=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\""
                + " xmlns:t=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\""
                + " xmlns:x=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\"><o:body><o:spreadsheet>"
                + "<t:table t:name=\"A\"><t:table-row><t:table-cell o:value-type=\"string\"><x:p>" + text
                + "</x:p></t:table-cell></t:table-row></t:table></o:spreadsheet></o:body></o:document-content>";
    }

    /** An OLE container with one stream. */
    private static byte[] container(String stream) throws IOException {
        try (POIFSFileSystem container = new POIFSFileSystem()) {
            container.createDocument(new ByteArrayInputStream(new byte[5_000]), stream);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            container.writeFilesystem(bytes);
            return bytes.toByteArray();
        }
    }

    private static byte[] starOffice() {
        return Workbooks.packed(
                "content.xml",
                "<!DOCTYPE o:document-content PUBLIC '-//OpenOffice.org//DTD OfficeDocument 1.0//EN' 'office.dtd'>"
                        + "<o:document-content xmlns:o='http://openoffice.org/2000/office'/>",
                "META-INF/manifest.xml",
                "<a/>");
    }

    private static byte[] numbersDocument() {
        return Workbooks.packed("Index/Document.iwa", "x", "preview.jpg", "x");
    }

    private static byte[] truncated() {
        byte[] whole = simple();
        return Arrays.copyOf(whole, whole.length / 2);
    }

    private static byte[] encrypted() throws Exception {
        try (POIFSFileSystem container = new POIFSFileSystem()) {
            Encryptor encryptor = new EncryptionInfo(EncryptionMode.standard).getEncryptor();
            encryptor.confirmPassword("secret");
            try (OutputStream stream = encryptor.getDataStream(container)) {
                stream.write(simple());
            }
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            container.writeFilesystem(bytes);
            return bytes.toByteArray();
        }
    }

    private static byte[] withDocumentType() {
        return Workbooks.withPart(
                simple(),
                "xl/sharedStrings.xml",
                xml -> xml.replaceFirst(
                        "(<\\?xml[^>]*>)", "$1<!DOCTYPE sst [<!ENTITY e SYSTEM 'file:///etc/hosts'>]>"));
    }

    private static byte[] partTwice() {
        byte[] workbook =
                Workbooks.packed("[Content_Types].xml", "<Types/>", "xl/aaaa.xml", "<a/>", "xl/bbbb.xml", "<b/>");
        String latin = new String(workbook, StandardCharsets.ISO_8859_1).replace("xl/bbbb.xml", "xl/aaaa.xml");
        return latin.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] brokenXml() {
        return Workbooks.withPart(simple(), "xl/workbook.xml", xml -> xml.substring(0, xml.length() / 2));
    }

    private static byte[] impossibleRow() {
        return Workbooks.withPart(
                simple(),
                "xl/worksheets/sheet1.xml",
                xml -> xml.replace("r=\"1\"", "r=\"2000000\"").replace("\"A1\"", "\"A2000000\""));
    }

    private static byte[] inStyles(String element, int times) {
        return Workbooks.withPart(
                simple(), "xl/styles.xml", xml -> xml.replace("</cellXfs>", element.repeat(times) + "</cellXfs>"));
    }

    private static byte[] inSheet(String element, int times) {
        return Workbooks.withPart(
                simple(),
                "xl/worksheets/sheet1.xml",
                xml -> xml.replace("</worksheet>", element.repeat(times) + "</worksheet>"));
    }

    private static byte[] longValue() {
        return inSheet("<dataValidation sqref=\"" + "A1 ".repeat(33_334) + "\"/>", 1);
    }

    private static byte[] oddlyNamed() {
        String sheet = "\n<worksheet>" + "<mergeCell/>".repeat(20_001) + "</worksheet>";
        return Workbooks.packed("[Content_Types].xml", "<Types/>", "xl/one.bin", "x", "data/two.dat", sheet);
    }

    private static byte[] wideTable() {
        String table = "<table>" + "<tableColumn/>".repeat(16_385) + "</table>";
        return Workbooks.packed("[Content_Types].xml", "<Types/>", "xl/tables/table1.xml", table);
    }

    private static byte[] inOldLetters() {
        return Workbooks.withPart(simple(), "xl/workbook.xml", xml -> xml.replace("UTF-8", "CP037"));
    }

    private static byte[] zipBomb() {
        return Workbooks.withPart(simple(), "xl/worksheets/sheet1.xml", xml -> xml + " ".repeat(160_000_000));
    }
}
