package quartermaster.workbook.upload;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Test;
import quartermaster.TestWorkspace;
import quartermaster.request.Acquisition;
import quartermaster.request.Constraints.Owned;
import quartermaster.request.DecisionRequest;
import quartermaster.request.Explain;
import quartermaster.request.FineTuning;
import quartermaster.request.FineTuningMethod;
import quartermaster.request.RequestField;
import quartermaster.request.RequestFields;
import quartermaster.request.Skill;
import quartermaster.request.Use;
import quartermaster.request.WorkloadType;
import quartermaster.unit.Imported;
import quartermaster.unit.Place;
import quartermaster.unit.Problem;
import quartermaster.workbook.read.Workbooks;

class CandidatesReaderTest {
    private static final Set<String> LATER = Set.of(
            "labels",
            "acquisition",
            "requestsPerSecond",
            "sessions",
            "thinkSeconds",
            "cachedPromptShare",
            "items",
            "deadlineHours",
            "timesPerMonth",
            "examples",
            "tokensPerExample",
            "epochs",
            "companions",
            "spareReplicas",
            "burstFactor",
            "maxPowerWatts",
            "region",
            "maxMachines",
            "autoscaling"); // RequestFieldsTest has every field
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);

    @Test
    void every_column_becomes_its_field() {
        DecisionRequest request = only(book -> {
                    Object[] headers = RequestFields.ofWorkloads().stream()
                            .filter(each -> !LATER.contains(each.name()))
                            .map(RequestField::header)
                            .toArray();
                    Workbooks.row(book.createSheet("Workload"), 1, headers);
                    Workbooks.row(
                            book.getSheet("Workload"),
                            2,
                            "chat",
                            "Internal tool",
                            "Llama 70B",
                            "fp8",
                            "q8_0",
                            2000,
                            300,
                            8192,
                            500,
                            8,
                            80,
                            1000,
                            20,
                            "500 ms",
                            "yes",
                            "LoRA",
                            4,
                            4096,
                            "Long documents",
                            "$40,000",
                            3000,
                            "2 years",
                            "30 %",
                            0.15,
                            "linux, CUDA; python_ml".replace(",", ";"),
                            "yes",
                            true,
                            "no",
                            6,
                            "no",
                            "nvidia-rtx-3090 x 2; Mac Studio M1 Max 64GB; 4 x A100");
                })
                .request();
        assertThat(request.workload().name()).isEqualTo("chat");
        assertThat(request.workload().type()).isEqualTo(WorkloadType.INTERNAL_TOOL);
        assertThat(request.workload().model()).isEqualTo("Llama 70B");
        assertThat(request.workload().contextTokens()).isEqualTo(8192);
        assertThat(request.workload().maxTimeToFirstTokenSeconds()).isEqualTo(0.5);
        assertThat(request.workload().speculativeDecoding()).isTrue();
        assertThat(request.workload().fineTuning()).isEqualTo(FineTuning.of(FineTuningMethod.LORA, 4, 4096));
        assertThat(request.workload().use()).isEqualTo(Use.LONG_DOCUMENTS);
        assertThat(request.budget().purchaseUsd()).isEqualTo(40_000);
        assertThat(request.budget().horizonMonths()).isEqualTo(24);
        assertThat(request.budget().utilization()).isEqualTo(0.3);
        assertThat(request.skills()).isEqualTo(Set.of(Skill.LINUX, Skill.CUDA, Skill.PYTHON_ML));
        assertThat(request.constraints().offline()).isTrue();
        assertThat(request.constraints().availableWithinWeeks()).isEqualTo(6);
        assertThat(request.constraints().owned())
                .containsExactly(
                        new Owned("nvidia-rtx-3090", 2),
                        new Owned("Mac Studio M1 Max 64GB", null),
                        new Owned("A100", 4));
        assertThat(request.asOf()).isEqualTo(TODAY);
    }

    @Test
    void what_is_not_said_stays_unsaid() {
        DecisionRequest request =
                only(CandidatesReaderTest::oneProductionWorkload).request();
        assertThat(request.workload().concurrency()).isNull();
        assertThat(request.workload().fineTuning()).isNull();
        assertThat(request.budget().monthlyUsd()).isNull();
        assertThat(request.skills()).isNull();
        assertThat(request.candidates()).isEmpty();
    }

    @Test
    void labels_down_the_side_are_one_workload() {
        SheetRequest read = only(book -> {
            var sheet = book.createSheet("Workload");
            Workbooks.row(sheet, 1, "Workload");
            Workbooks.row(sheet, 3, null, "Name", "support chat", "as people know it");
            Workbooks.row(sheet, 4, null, "Type", "production");
            Workbooks.row(sheet, 6, null, "Concurrent users", 200);
            Workbooks.row(sheet, 7, null, "Monthly budget (USD)", "30,000");
        });
        assertThat(read.request().workload().name()).isEqualTo("support chat");
        assertThat(read.request().workload().concurrency()).isEqualTo(200);
        assertThat(read.request().budget().monthlyUsd()).isEqualTo(30_000);
        assertThat(read.cells()).containsEntry("/workload/concurrency", new Place.Cell("Workload", 6, 2));
    }

    @Test
    void candidates_go_to_the_workloads_that_they_name_and_others_to_all() {
        List<SheetRequest> requests = read(book -> {
                    twoWorkloads(book);
                    candidates(
                            book,
                            new Object[] {"H100", 2, "rent", "chat"},
                            new Object[] {"M3 Ultra", null, "buy", null},
                            new Object[] {"DGX Spark", 1, "owned", "Nightly-batch; chat"});
                })
                .value();
        assertThat(requests).extracting(SheetRequest::candidateRows).containsExactly(List.of(2, 3, 4), List.of(3, 4));
        assertThat(requests.get(0).request().candidates().get(0).acquisition()).isEqualTo(Acquisition.RENT);
        assertThat(requests.get(0).request().candidates().get(1).devices()).isNull();
    }

    @Test
    void a_problem_found_later_is_shown_at_its_cell() {
        SheetRequest read = read(book -> {
                    twoWorkloads(book);
                    candidates(book, new Object[] {"H100", 2, "rent", "nightly batch"}, new Object[] {"M3 Ultra"});
                })
                .value()
                .get(0);
        assertThat(shown(read, "/candidates/0/hardware")).isEqualTo("Candidates!A3");
        assertThat(shown(read, "/candidates/0/devices")).isEqualTo("Candidates!B3");
        assertThat(shown(read, "/candidates/0")).isEqualTo("Candidates!A3");
        assertThat(shown(read, "/workload/type")).isEqualTo("Workload!B2");
        assertThat(shown(read, "/workload/model")).isEqualTo("Workload!A2");
        assertThat(shown(read, "/budget")).isEqualTo("Workload!A2");
    }

    @Test
    void all_mistakes_are_told_at_once_and_sound_rows_go_on() {
        Imported<List<SheetRequest>> read = read(book -> {
            twoWorkloads(book);
            Workbooks.row(book.getSheet("Workload"), 4, "Chat", "batch", 5);
            Workbooks.row(book.getSheet("Workload"), 5, "third", "prodction", -5);
            candidates(
                    book,
                    new Object[] {"H100", 0, "rent"},
                    new Object[] {"H100", "two", "lease"},
                    new Object[] {null, 1},
                    new Object[] {"H100", 1, "buy", "chatt"},
                    new Object[] {"M3 Ultra", 1, "buy"});
        });
        assertThat(read.problems())
                .extracting(Problem::toString)
                .containsExactly(
                        "Workload!A4: Name (Chat) stands in Workload!A2 too.",
                        "Workload!B5: Type (prodction) is not known. Did you mean production?",
                        "Workload!C5: Named users (-5) must be a whole number of at least 1.",
                        "Candidates!B2: Devices (0) must be a whole number of at least 1.",
                        "Candidates!B3: Devices (two) must be a number.",
                        "Candidates!C3: Acquisition (lease) is not known. Allowed: buy, rent, owned, api.",
                        "Candidates!A4: Hardware is missing.",
                        "Candidates!D5: Workload (chatt) is not known. Did you mean chat?");
        assertThat(read.value()).extracting(SheetRequest::candidateRows).containsExactly(List.of(6), List.of(6));
    }

    @Test
    void candidates_that_all_have_mistakes_are_not_replaced_by_others() {
        Imported<List<SheetRequest>> read = read(book -> {
            oneProductionWorkload(book);
            candidates(book, new Object[] {"H100", 0});
        });
        assertThat(read.value()).isEmpty();
        assertThat(read.problems()).extracting(Problem::code).containsExactly("out-of-range", "no-candidate-left");
    }

    @Test
    void a_workbook_without_workload_is_told() {
        assertThat(read(book -> book.createSheet("Candidates")).problems())
                .extracting(Problem::code)
                .containsExactly("missing-sheet");
        assertThat(read(book -> book.createSheet("Workload")).problems())
                .extracting(Problem::code)
                .containsExactly("missing-column");
        assertThat(read(book -> Workbooks.row(book.createSheet("Workload"), 1, "Name", "Type"))
                        .problems())
                .extracting(Problem::code)
                .containsExactly("missing-value");
    }

    @Test
    void own_columns_stay_unread_and_misspelt_ones_are_told() {
        Imported<List<SheetRequest>> read = read(book -> {
            Workbooks.row(book.createSheet("Workload"), 1, "Type", "Owner", "Conkurrency");
            Workbooks.row(book.getSheet("Workload"), 2, "production", "Ann", 5);
        });
        assertThat(read.problems())
                .extracting(Problem::toString)
                .containsExactly("Workload!C1: Heading (Conkurrency) is not read. Did you mean Concurrency?");
        assertThat(read.value()).hasSize(1);
    }

    @Test
    void sheets_may_be_called_as_people_like() {
        List<SheetRequest> requests = read(book -> {
                    Workbooks.row(book.createSheet("Notes"), 1, "Ask Ann about the GPU");
                    Workbooks.row(book.createSheet("What we want"), 2, "Type", "Model");
                    Workbooks.row(book.getSheet("What we want"), 3, "evaluation", "llama-3.1-8b");
                    Workbooks.row(book.createSheet("Offers we got"), 4, "Qty", "GPU");
                    Workbooks.row(book.getSheet("Offers we got"), 5, 2, "RTX 4090");
                })
                .value();
        assertThat(requests).singleElement().satisfies(request -> {
            assertThat(request.at()).hasToString("What we want!A3");
            assertThat(request.candidateRows()).containsExactly(5);
            assertThat(request.request().candidates().get(0).devices()).isEqualTo(2);
        });
    }

    @Test
    void both_tables_may_stand_on_one_sheet_one_above_the_other() {
        for (int candidates : List.of(1, 8)) {
            int workloads = candidates == 1 ? 6 : 2;
            SheetRequest read = only(book -> {
                var sheet = book.createSheet("Sheet1");
                Workbooks.row(sheet, workloads - 1, "What has to run");
                Workbooks.row(sheet, workloads, "Type", "Model", "Concurrency");
                Workbooks.row(sheet, workloads + 1, "internal-tool", "llama-3.1-8b", 5);
                Workbooks.row(sheet, candidates, "Hardware", "Devices");
                Workbooks.row(sheet, candidates + 1, "RTX 4090", 1);
                Workbooks.row(sheet, candidates + 2, "L40S", 2);
            });
            assertThat(read.request().workload().concurrency()).isEqualTo(5);
            assertThat(read.candidateRows()).containsExactly(candidates + 1, candidates + 2);
        }
    }

    @Test
    void both_tables_may_stand_side_by_side() {
        SheetRequest read = only(book -> {
            var sheet = book.createSheet("Sheet1");
            Workbooks.row(sheet, 1, "Hardware", "Quantization", null, "Type", "Quantization");
            Workbooks.row(sheet, 2, "RTX 4090", "awq", null, "evaluation", "fp8");
            Workbooks.row(sheet, 3, "L40S");
        });
        assertThat(read.request().workload().quantization()).isEqualTo("fp8");
        assertThat(read.request().candidates())
                .extracting(each -> each.quantization())
                .containsExactly("awq", null);
    }

    @Test
    void each_row_may_say_its_workload_itself() {
        List<SheetRequest> requests = read(book -> {
                    var sheet = book.createSheet("Sheet1");
                    Workbooks.row(sheet, 1, "Type", "Model", "Hardware", "Quantization");
                    Workbooks.row(sheet, 2, "evaluation", "llama-3.1-8b", "RTX 4090", "awq");
                    Workbooks.row(sheet, 3, null, null, "L40S", "fp8");
                    Workbooks.row(sheet, 4, "batch", "llama-3.1-8b", "L40S");
                    Workbooks.row(sheet, 5, "evaluation", "llama-3.1-8b", "M3 Ultra");
                })
                .value();
        assertThat(requests).extracting(SheetRequest::candidateRows).containsExactly(List.of(2, 3, 5), List.of(4));
        assertThat(requests.get(0).request().workload().quantization()).isNull();
        assertThat(requests.get(0).request().candidates().get(1).quantization()).isEqualTo("fp8");
    }

    @Test
    void a_row_of_totals_is_no_candidate() {
        Imported<List<SheetRequest>> read = read(book -> {
            oneProductionWorkload(book);
            candidates(
                    book, new Object[] {"RTX 4090", 1, "buy"}, new Object[] {"Total", 1}, new Object[] {null, 3, "Sum:"
                    });
        });
        assertThat(read.problems()).isEmpty();
        assertThat(read.value().get(0).candidateRows()).containsExactly(2);
    }

    private static void oneProductionWorkload(XSSFWorkbook book) {
        Workbooks.row(book.createSheet("Workload"), 1, "Type");
        Workbooks.row(book.getSheet("Workload"), 2, "production");
    }

    private static void twoWorkloads(XSSFWorkbook book) {
        Workbooks.row(book.createSheet("Workload"), 1, "Name", "Type", "Named users");
        Workbooks.row(book.getSheet("Workload"), 2, "chat", "production", 200);
        Workbooks.row(book.getSheet("Workload"), 3, "nightly batch", "batch");
    }

    private static void candidates(XSSFWorkbook book, Object[]... rows) {
        var sheet = book.createSheet("Candidates");
        Workbooks.row(sheet, 1, "Hardware", "Devices", "Acquisition", "Workload");
        for (int i = 0; i < rows.length; i++) {
            Workbooks.row(sheet, i + 2, rows[i]);
        }
    }

    private static String shown(SheetRequest request, String path) {
        return request.inSheet(new Problem("any", "any", new Place.Pointer(path)))
                .at()
                .toString();
    }

    private static Imported<List<SheetRequest>> read(Consumer<XSSFWorkbook> build) {
        return CandidatesReader.read(Workbooks.file(build), TestWorkspace.names(), TODAY, Explain.SUMMARY);
    }

    private static SheetRequest only(Consumer<XSSFWorkbook> build) {
        Imported<List<SheetRequest>> read = read(build);
        assertThat(read.problems()).isEmpty();
        assertThat(read.value()).hasSize(1);
        return read.value().get(0);
    }
}
