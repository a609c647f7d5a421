package quartermaster.workbook.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.poi.ss.util.CellReference;
import org.apache.poi.xssf.usermodel.XSSFCell;
import org.apache.poi.xssf.usermodel.XSSFRow;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Test;
import quartermaster.ChangedCells;
import quartermaster.catalogue.Catalogue;
import quartermaster.catalogue.Default;
import quartermaster.catalogue.Hardware;
import quartermaster.unit.Imported;
import quartermaster.unit.Problem;
import quartermaster.workbook.read.WorkbookFile;
import quartermaster.workbook.read.Workbooks;

class CatalogueReaderTest {
    @Test
    void a_sheet_of_defaults_without_rows_is_a_problem() {
        assertThat(ChangedCells.read(Set.of("Defaults"), book -> {
                            for (int row = book.getSheet("Defaults").getLastRowNum(); row >= 0; row--) {
                                if (book.getSheet("Defaults").getRow(row) != null) {
                                    book.getSheet("Defaults")
                                            .removeRow(book.getSheet("Defaults").getRow(row));
                                }
                            }
                        })
                        .problems())
                .extracting(problem -> problem.at().toString())
                .contains("Defaults!A1");
    }

    @Test
    void the_catalogue_that_comes_with_the_program_has_no_problem() throws Exception {
        WorkbookFile workbook = WorkbookFile.open(Path.of("spreadsheets/catalogue.xlsx"));
        Imported<Catalogue> imported = CatalogueReader.read(workbook);
        assertThat(imported.problems()).isEmpty();
        Catalogue catalogue = imported.value();
        assertThat(catalogue.digest()).isEqualTo(workbook.digest());
        assertThat(catalogue.hardware()).hasSizeGreaterThan(100);
        assertThat(catalogue.models()).hasSizeGreaterThan(50);
        assertThat(catalogue.engines()).hasSize(9);
        Hardware spark = catalogue.findHardware("DGX Spark").orElseThrow();
        assertThat(spark.memoryGiB()).isEqualTo(128);
        assertThat(catalogue.findModel("llama 3.1 70b").orElseThrow().layers()).isEqualTo(80);
        assertThat(catalogue.number("horizonMonths")).isEqualTo(36);
    }

    @Test
    void text_in_a_number_costs_one_row_and_is_told_at_its_cell() {
        Imported<Catalogue> imported = readWith("Hardware", "Bandwidth (GB/s)", 2, "fast");
        assertThat(imported.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.at().toString()).startsWith("Hardware!").endsWith("2");
            assertThat(problem.message()).isEqualTo("Bandwidth (fast) must be a number in GB/s.");
        });
        assertThat(imported.value().hardware()).hasSize(everything().hardware().size() - 1);
    }

    @Test
    void a_number_written_as_text_is_understood() {
        assertThat(readWith("Hardware", "Bandwidth (GB/s)", 2, "1,234.5 GB/s").problems())
                .isEmpty();
    }

    @Test
    void a_negative_price_is_told() {
        assertThat(readWith("Hosts", "Price (USD)", 2, -1).problems())
                .extracting(Problem::code)
                .containsExactly("out-of-range");
    }

    @Test
    void a_row_without_source_or_date_is_told() {
        Imported<Catalogue> imported = readWith(Set.of("Offers"), book -> {
            Workbooks.set(column(book, "Offers", "Source", 2), "");
            Workbooks.set(column(book, "Offers", "As of", 2), "");
        });
        assertThat(imported.problems())
                .extracting(Problem::message)
                .containsExactly("Source is missing.", "As of is missing.");
    }

    @Test
    void a_template_that_names_what_nobody_knows_is_told_at_its_cell() {
        Imported<Catalogue> imported = readWith(Set.of("Launch"), book -> {
            Workbooks.set(column(book, "Launch", "Template", 2), "vllm serve --tensor-parallel-size {device}");
            Workbooks.set(column(book, "Launch", "When", 3), "machine > 1; devices > many");
            Workbooks.set(column(book, "Launch", "Engines", 4), "vlm");
            Workbooks.set(column(book, "Launch", "Part", 5), "flags");
        });
        assertThat(imported.problems())
                .extracting(problem -> problem.at() + " " + problem.message())
                .containsExactlyInAnyOrder(
                        "Launch!D2 Template (device) is not known. Did you mean devices?",
                        "Launch!E3 When (machine) is not known. Did you mean machines?",
                        "Launch!E3 When (devices > many) must be a name, then =, !=, > or <, then values: precision ="
                                + " fp8, fp8-block.",
                        "Launch!B4 Engines (vlm) is not known. Did you mean vllm?",
                        "Launch!C5 Part (flags) is not known. Did you mean flag?");
    }

    @Test
    void a_catalogue_that_does_not_say_how_anything_is_started_goes_on_without() {
        Imported<Catalogue> imported = readWith(book -> book.removeSheetAt(book.getSheetIndex("Launch")));
        assertThat(imported.problems()).isEmpty();
        assertThat(imported.value().findEngine("vllm").orElseThrow().launch()).isEmpty();
    }

    @Test
    void an_id_that_stands_twice_is_told_with_both_places() {
        String first = everything().hardware().iterator().next().id();
        assertThat(readWith("Hardware", "Id", 3, first).problems())
                .anySatisfy(problem -> assertThat(problem.toString())
                        .isEqualTo("Hardware!A3: Id (" + first + ") stands in Hardware!A2 too."));
    }

    @Test
    void an_alias_that_means_two_rows_is_told_with_both_places() {
        Imported<Catalogue> imported = readWith(
                "Models",
                "Aliases",
                3,
                "Only Mine; " + everything().models().iterator().next().id());
        assertThat(imported.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("duplicate-name");
            assertThat(problem.message()).contains("Models!A2");
        });
    }

    @Test
    void references_to_nothing_are_told_with_what_was_meant() {
        Imported<Catalogue> imported =
                readWith(Set.of("Efficiency", "Engines", "Hardware", "Offers", "Quantizations"), book -> {
                    Workbooks.set(column(book, "Offers", "Hardware", 2), "nvidia-h100-sxm-80bg");
                    Workbooks.set(column(book, "Quantizations", "Engines", 2), "vlm");
                    Workbooks.set(column(book, "Engines", "Efficiency as", 2), "llama-cpp");
                    Workbooks.set(column(book, "Efficiency", "Engine", 2), "mxl");
                    Workbooks.set(column(book, "Hardware", "Host", 2), "workstatoin");
                });
        assertThat(imported.problems()).extracting(Problem::code).containsOnly("unknown-id");
        assertThat(imported.problems())
                .extracting(Problem::message)
                .containsExactlyInAnyOrder(
                        "Hardware (nvidia-h100-sxm-80bg) is not known. Did you mean nvidia-h100-sxm-80gb?",
                        "Engines (vlm) is not known. Did you mean vllm?",
                        "Efficiency as (llama-cpp) is not known. Did you mean llama.cpp?",
                        "Engine (mxl) is not known. Did you mean mlx?",
                        "Host (workstatoin) is not known. Did you mean workstation?");
    }

    @Test
    void a_missing_sheet_is_told_and_the_others_are_read() {
        Imported<Catalogue> imported = readWith(book -> book.setSheetName(book.getSheetIndex("Offers"), "Ofers"));
        assertThat(imported.problems())
                .extracting(Problem::toString)
                .containsExactly("Offers!A1: There is no sheet Offers. Did you mean Ofers?");
        assertThat(imported.value().hardware()).isNotEmpty();
    }

    @Test
    void a_missing_column_is_told_once() {
        Imported<Catalogue> imported = readWith("Models", "Hidden size", 1, "Hiden size");
        assertThat(imported.problems())
                .extracting(Problem::toString)
                .containsExactly("Models!A1: Sheet Models has no column Hidden size. Did you mean Hiden size?");
        assertThat(imported.value().models()).isEmpty();
    }

    @Test
    void a_figure_that_an_older_workbook_lacks_is_the_usual_one_and_noted() {
        Imported<Catalogue> imported = readWith(Set.of("Defaults"), book -> {
            Workbooks.set(ChangedCells.cell(book.getSheet("Defaults"), "linkShare.pcie", "Name"), "ours");
            Workbooks.set(ChangedCells.cell(book.getSheet("Defaults"), "rebuildHours/any", "Workload type"), "batch");
        });
        assertThat(imported.problems()).isEmpty();
        assertThat(imported.value().number("linkShare.pcie")).isEqualTo(0.55);
        assertThat(imported.value().number("rebuildHours", "internal-tool")).isEqualTo(16);
        assertThat(imported.value().takenFromProgram())
                .extracting(Problem::toString)
                .containsExactly(
                        "spreadsheets/catalogue.xlsx Defaults!A1: Defaults has no row \"linkShare.pcie\"; the usual"
                                + " 0.55 is taken.",
                        "spreadsheets/catalogue.xlsx Defaults!A1: Defaults has no row \"rebuildHours\"; the usual 16"
                                + " is taken.");
    }

    @Test
    void a_figure_whose_name_is_a_slip_is_no_missing_one() {
        Imported<Catalogue> imported = readWith(
                Set.of("Defaults"),
                book -> Workbooks.set(
                        ChangedCells.cell(book.getSheet("Defaults"), "linkShare.pcie", "Name"), "linkShare.pci"));
        assertThat(imported.problems())
                .extracting(Problem::toString)
                .containsExactly("Defaults!A1: There is no row \"linkShare.pcie\", and the program asks for it."
                        + " Did you mean linkShare.pci?");
    }

    @Test
    void a_model_that_the_catalogue_lacks_is_not_assumed() {
        Imported<Catalogue> imported = readWith(Set.of("Defaults", "Models"), book -> {
            Workbooks.set(ChangedCells.cell(book.getSheet("Models"), "llama-3.1-70b", "Id"), "ours");
            Workbooks.set(ChangedCells.cell(book.getSheet("Defaults"), "model/production", "Name"), "unread");
        });
        assertThat(imported.problems())
                .extracting(Problem::message)
                .contains("There is no row \"model\", and the program asks for it.");
    }

    @Test
    void a_figure_that_is_no_number_is_told_at_its_cell() {
        Imported<Catalogue> imported = readWith(
                Set.of("Defaults"),
                book -> Workbooks.set(
                        ChangedCells.cell(book.getSheet("Defaults"), "lossOfSplitting", "Value"), "a little"));
        assertThat(imported.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.at().toString()).startsWith("Defaults!C");
            assertThat(problem.message()).isEqualTo("Value (a little) must be a number.");
        });
    }

    @Test
    void a_column_that_an_older_workbook_lacks_is_that_of_the_program_and_noted() {
        Imported<Catalogue> imported = readWith("Hosts", "Server room", 1, "Note of ours");
        assertThat(imported.problems()).isEmpty();
        assertThat(imported.value().hosts()).isEqualTo(everything().hosts());
        assertThat(imported.value().takenFromProgram())
                .extracting(Problem::message)
                .containsExactly("Hosts has no column Server room; that of the program is taken.");
    }

    @Test
    void measurements_and_ranges_of_the_first_workbooks_mean_what_they_meant() {
        Imported<Catalogue> imported = readWith(book -> {
            Workbooks.set(column(book, "Ranges", "In flight up to", 1), "");
            XSSFSheet sheet = book.createSheet("Measurements");
            String headers = "Id|Date|Hardware|Devices|Engine|Engine version|Model|Quantization|Bits per weight"
                    + "|Model file (GB)|Phase|Prompt tokens|Output tokens|Context tokens|Concurrency|Metric|Value"
                    + "|TTFT (ms)|Trust|Include|Why not included|Graded|Source|As of|Note";
            String row =
                    "ours|2026-11|nvidia-rtx-4090|1|vllm||llama-3.1-8b|fp8|||serve|1000|500||8|tokens/s per user|50|0"
                            + "|A|yes||yes|ours|2026-11|";
            Workbooks.row(sheet, 1, (Object[]) headers.split("\\|", -1));
            Workbooks.row(sheet, 2, (Object[]) row.split("\\|", -1));
        });
        assertThat(imported.problems()).isEmpty();
        assertThat(imported.value().measurements()).singleElement().satisfies(row -> {
            assertThat(row.value()).isEqualTo(8 * 50);
            assertThat(row.replicas()).isEqualTo(1);
            assertThat(row.requests()).isNull();
            assertThat(row.timeToFirstTokenMs()).isNull();
        });
        assertThat(imported.value().spreads()).isNotEmpty().allMatch(each -> each.inFlightUpTo() == null);
        assertThat(imported.value().takenFromProgram())
                .extracting(Problem::message)
                .contains(
                        "Ranges has no column In flight up to; it counts as empty.",
                        "Measurements has no column Unit; it counts as empty.");
    }

    @Test
    void what_the_program_does_not_know_either_is_noted_or_told_where_it_is_needed() {
        Imported<Catalogue> imported = readWith(Set.of("Engines", "Hosts"), book -> {
            Workbooks.set(column(book, "Hosts", "Server room", 1), "");
            Workbooks.set(column(book, "Hosts", "Line", 2), "shelf");
            Workbooks.set(column(book, "Engines", "Activation small below (GiB)", 1), "");
            Workbooks.set(column(book, "Engines", "Id", 2), "ours");
        });
        assertThat(imported.problems())
                .filteredOn(problem -> problem.at().toString().startsWith("Hosts!"))
                .extracting(Problem::message)
                .containsExactly("Server room is missing.");
        assertThat(imported.value().takenFromProgram())
                .extracting(Problem::message)
                .contains("Engines has no column Activation small below (GiB); that of the program is taken, which has"
                        + " none for ours.");
    }

    /** Else a workbook without it would be put in force, and the first request that needs it would fail. */
    @Test
    void every_figure_that_the_program_asks_for_is_looked_for_when_the_workbook_is_read() throws IOException {
        Pattern asked = Pattern.compile(
                "(?:catalogue\\(\\)|catalogue|defaults|ranges|this)\\s*\\.(?:number|constant)\\(\\s*\"([\\w.-]+)\"");
        Set<String> names = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                asked.matcher(Files.readString(file)).results().forEach(found -> names.add(found.group(1)));
            }
        }
        assertThat(names).hasSizeGreaterThan(50).contains("lossOfSplitting", "rebuildHours");
        assertThat(names)
                .as("Name them in Default.OF_THE_PROGRAM or OF_WORKLOADS")
                .allMatch(name -> Default.isNumber(name)
                        || Default.isNumber(name + ".pcie") // of a kind of link
                        || Default.isNumber(name + "A") // of a degree of trust
                        || Default.isNumber(name + "chat")); // of a use
    }

    private static Catalogue everything() {
        return readWith(Set.of("Hardware"), book -> {}).value();
    }

    private static Imported<Catalogue> readWith(Set<String> sheets, Consumer<XSSFWorkbook> change) {
        return CatalogueReader.read(Workbooks.catalogueWith(sheets, change));
    }

    private static Imported<Catalogue> readWith(Consumer<XSSFWorkbook> change) {
        return CatalogueReader.read(Workbooks.catalogueWith(change));
    }

    private static Imported<Catalogue> readWith(String sheet, String header, int row, Object value) {
        return readWith(Set.of(sheet), book -> Workbooks.set(column(book, sheet, header, row), value));
    }

    private static XSSFCell column(XSSFWorkbook book, String sheetName, String header, int row) {
        XSSFSheet sheet = book.getSheet(sheetName);
        XSSFRow headers = sheet.getRow(0);
        for (var cell : headers) {
            if (cell.getStringCellValue().equals(header)) {
                String at = CellReference.convertNumToColString(cell.getColumnIndex()) + row;
                return Workbooks.cell(book, sheetName + "!" + at);
            }
        }
        throw new AssertionError(sheetName + " has no column " + header);
    }
}
