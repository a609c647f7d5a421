package quartermaster.workbook.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quartermaster.TestWorkspace;
import quartermaster.estimate.resolution.Assumption;
import quartermaster.request.Acquisition;
import quartermaster.request.Candidate;
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
            "models",
            "atLeastAsGoodAs",
            "modality",
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

    @ParameterizedTest
    @CsvSource({"qwen3-8b; Gemma 3 12B,qwen3-8b|Gemma 3 12B", "Any,any"})
    void several_models_in_the_cell_of_one_are_those_to_choose_from(String cell, String models) {
        DecisionRequest request = only(book -> {
                    Workbooks.row(book.createSheet("Workload"), 1, "Type", "Model");
                    Workbooks.row(book.getSheet("Workload"), 2, "evaluation", cell);
                    candidates(book, new Object[] {"RTX 4090"});
                })
                .request();

        assertThat(request.workload().model()).isNull();
        assertThat(request.workload().models()).containsExactly(models.split("[|]"));
    }

    @Test
    void models_to_compare_may_stand_on_a_sheet_of_their_own() {
        List<SheetRequest> requests = read(book -> {
                    var workload = book.createSheet("Workload");
                    Workbooks.row(workload, 1, "Type", "Name", "Model");
                    Workbooks.row(workload, 2, "evaluation", "open");
                    Workbooks.row(workload, 3, "evaluation", "said", "llama-3.1-8b");
                    var models = book.createSheet("Models to compare");
                    Workbooks.row(models, 1, "Model");
                    Workbooks.row(models, 2, "qwen3-8b");
                    Workbooks.row(models, 3, "gemma-99");
                    candidates(book, new Object[] {"RTX 4090"});
                })
                .value();
        SheetRequest open = requests.get(0);
        assertThat(open.request().workload().models()).containsExactly("qwen3-8b", "gemma-99");
        assertThat(open.inSheet(new Problem("unknown-model", "?", new Place.Pointer("/workload/models/1")))
                        .at())
                .hasToString("Models to compare!A3");
        assertThat(requests.get(1).request().workload().models()).isEmpty();
        assertThat(requests.get(1).request().workload().model()).isEqualTo("llama-3.1-8b");
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

    @Test
    void one_heading_is_enough_where_values_are_in_the_catalogue() {
        SheetRequest read = only(book -> {
            oneProductionWorkload(book);
            column(book, "Boxes", "Hardware", "RTX 4090", "L40S");
        });

        assertThat(hardware(read)).containsExactly("RTX 4090", "L40S");
        assertThat(shown(read, "/candidates/1/hardware")).isEqualTo("Boxes!A3");
    }

    @Test
    void values_speak_where_headings_do_not() {
        SheetRequest read = only(book -> {
            oneProductionWorkload(book);
            var sheet = book.createSheet("Inventory");
            Workbooks.row(sheet, 1, "Our machines");
            Workbooks.row(sheet, 2, "Machine", "Product", "CPU", "GPU count", "RAM");
            Workbooks.row(sheet, 3, "ws-01", "NVIDIA A100-SXM4-80GB", "EPYC 9354", 4, "512 GB");
            Workbooks.row(sheet, 4, "ws-02", "8x H100", "Xeon 6430", null, "1024 GB");
        });

        assertThat(read.request().candidates())
                .extracting(Candidate::hardware, Candidate::devices)
                .containsExactly(tuple("NVIDIA A100-SXM4-80GB (512 GB RAM)", 4), tuple("H100 (1024 GB RAM)", 8));
        assertThat(read.named(TestWorkspace.names()).request().candidates())
                .extracting(Candidate::hardware)
                .containsExactly("nvidia-a100-80gb-sxm", "nvidia-h100-sxm-80gb");
    }

    @Test
    void a_number_in_a_name_is_no_count_and_two_counts_are_a_contradiction() {
        Imported<List<SheetRequest>> read = read(book -> {
            oneProductionWorkload(book);
            candidates(book, new Object[] {"GMKtec EVO X2 64GB", 1, "buy"}, new Object[] {"2x L40S", 4, "buy"});
        });

        assertThat(read.value().get(0).request().candidates())
                .extracting(Candidate::hardware)
                .containsExactly("GMKtec EVO X2 64GB");
        assertThat(read.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.at()).hasToString("Candidates!A3");
            assertThat(problem.message()).contains("says 2 devices", "column says 4");
        });
    }

    @Test
    void a_row_that_only_names_the_workload_above_is_for_it() {
        Imported<List<SheetRequest>> read = read(book -> {
            var sheet = book.createSheet("All");
            Workbooks.row(sheet, 1, "Hardware", "Name", "Type", "Model");
            Workbooks.row(sheet, 2, "RTX 4090", "chat", "internal-tool", "qwen3-32b");
            Workbooks.row(sheet, 3, "L40S", "chat");
        });

        assertThat(read.problems()).isEmpty();
        assertThat(hardware(read.value().get(0))).containsExactly("RTX 4090", "L40S");
    }

    @Test
    void where_nothing_is_read_the_nearest_column_is_named() {
        Imported<List<SheetRequest>> read = read(book -> {
            oneProductionWorkload(book);
            column(book, "Boxes", "GPU box", "Rubin Ultra NVL576", "RTX 9999");
        });

        assertThat(read.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.at()).hasToString("Boxes!A1");
            assertThat(problem.message()).contains("GPU box", "none of its 2 values", "the whole catalogue is ranked");
        });
        assertThat(read.value().get(0).assumptions())
                .extracting(Assumption::field, Assumption::because)
                .containsExactly(tuple("candidates", read.problems().get(0).message()));
    }

    @Test
    void a_file_without_candidates_says_that_the_catalogue_is_ranked() {
        SheetRequest read = only(CandidatesReaderTest::oneProductionWorkload);

        assertThat(read.assumptions())
                .extracting(Assumption::because)
                .containsExactly("The file names no candidates, so the whole catalogue is ranked instead.");
    }

    @Test
    void a_table_on_its_side_is_read_column_by_column() {
        Imported<List<SheetRequest>> read = read(book -> {
            oneProductionWorkload(book);
            var sheet = book.createSheet("Options");
            Workbooks.row(sheet, 1, "", "", "Option 1", "Option 2", "Option 3");
            Workbooks.row(sheet, 2, "GPU", "Unit", "RTX 4090", "L40S", "RTX 5090");
            Workbooks.row(sheet, 3, "Number of GPUs", "pcs", 2, "many", 1);
            Workbooks.row(sheet, 4, "Price", "USD", 1600, 8000, 2500);
            Workbooks.row(sheet, 5, "Hourly rate per node", "USD/h", 0.4, 1.2, 0.9);
        });

        assertThat(read.value().get(0).request().candidates())
                .extracting(Candidate::hardware, Candidate::devices, Candidate::priceUsd)
                .containsExactly(tuple("RTX 4090", 2, 1600.0), tuple("RTX 5090", 1, 2500.0));
        assertThat(read.problems())
                .extracting(problem -> problem.at().toString(), Problem::code)
                .containsExactlyInAnyOrder(tuple("Options!D3", "not-a-number"), tuple("Options!A5", "unread-column"));
        assertThat(read.value().get(0).assumptions())
                .singleElement()
                .satisfies(it ->
                        assertThat(it.because()).startsWith("sheet Options has its headings down the first column"));
        assertThat(read.value().get(0).cells())
                .containsEntry("/candidates/0/priceUsd", new Place.Cell("Options", 4, 2));
    }

    @Test
    void a_matrix_of_points_is_no_table_of_candidates() {
        Imported<List<SheetRequest>> read = read(book -> {
            oneProductionWorkload(book);
            var sheet = book.createSheet("Matrix");
            Workbooks.row(sheet, 1, "Criterion", "Weight", "RTX 5090", "L40S");
            Workbooks.row(sheet, 2, "Price", 30, 9, 6);
            Workbooks.row(sheet, 3, "Power", 30, 5, 8);
        });

        assertThat(read.value().get(0).request().candidates()).isEmpty();
        assertThat(read.problems()).extracting(Problem::code).containsExactly("sideways-table");
    }

    @Test
    void a_price_beside_several_named_cards_is_not_taken_for_that_of_one() {
        Imported<List<SheetRequest>> read = read(book -> {
            oneProductionWorkload(book);
            var sheet = book.createSheet("Systems");
            Workbooks.row(sheet, 1, "System", "Price (USD)", "Price ($/GPU-hour)");
            Workbooks.row(sheet, 2, "8x H100 SXM", 280_000, 2.5);
            Workbooks.row(sheet, 3, "2x H100 SXM", 30_000, 2.5);
        });
        SheetRequest said = only(book -> {
            oneProductionWorkload(book);
            var sheet = book.createSheet("Systems");
            Workbooks.row(sheet, 1, "System", "Unit price");
            Workbooks.row(sheet, 2, "8x H100 SXM", 280_000);
        });

        assertThat(read.problems())
                .extracting(Problem::code, problem -> problem.at().toString())
                .containsExactly(tuple("price-of-several", "Systems!B2"));
        assertThat(read.value().get(0).request().candidates())
                .extracting(Candidate::devices, Candidate::priceUsd, Candidate::pricePerHourUsd)
                .containsExactly(tuple(2, 30_000.0, 2.5));
        assertThat(said.request().candidates()).extracting(Candidate::priceUsd).containsExactly(280_000.0);
    }

    @Test
    void a_name_in_two_lines_and_what_a_variant_says_belong_to_it() {
        SheetRequest read = only(book -> {
            oneProductionWorkload(book);
            var sheet = book.createSheet("Cards");
            Workbooks.row(sheet, 1, "GPU", "Variant", "pcs");
            Workbooks.row(sheet, 2, "NVIDIA RTX PRO 6000\nBlackwell Max-Q", "", 2);
            Workbooks.row(sheet, 3, "RTX PRO 6000", "Server", 1);
            Workbooks.row(sheet, 4, "A100", "40GB", 1);
            Workbooks.row(sheet, 5, "A100", "80GB PCIe", 1);
        });

        assertThat(hardware(read))
                .extracting(each ->
                        TestWorkspace.names().findHardware(each).orElseThrow().id())
                .containsExactly(
                        "nvidia-rtx-pro-6000-blackwell-max-q-96gb",
                        "nvidia-rtx-pro-6000-blackwell-server-96gb",
                        "nvidia-a100-40gb-sxm",
                        "nvidia-a100-80gb-pcie");
        assertThat(read.request().candidates()).extracting(Candidate::devices).containsExactly(2, 1, 1, 1);
    }

    @Test
    void a_form_names_a_workload_and_its_candidate() {
        Imported<List<SheetRequest>> read = read(book -> {
            var sheet = book.createSheet("Plan");
            Workbooks.row(sheet, 1, "Type", "internal-tool");
            Workbooks.row(sheet, 2, "Model", "Qwen3-32B");
            Workbooks.row(sheet, 3, "GPU", "RTX 5090");
            Workbooks.row(sheet, 4, "GPUs", 2);
        });

        assertThat(read.problems()).isEmpty();
        assertThat(read.value()).singleElement().satisfies(only -> {
            assertThat(only.request().workload().model()).isEqualTo("Qwen3-32B");
            assertThat(only.request().candidates())
                    .extracting(Candidate::hardware, Candidate::devices)
                    .containsExactly(tuple("RTX 5090", 2));
        });
    }

    @Test
    void an_instance_tells_the_form_of_the_card_beside_it_and_shares_its_price() {
        SheetRequest read = only(book -> {
            oneProductionWorkload(book);
            var sheet = book.createSheet("Cloud");
            Workbooks.row(sheet, 1, "Instance", "GPU", "GPU count", "Memory (GiB)", "On-demand hourly rate");
            Workbooks.row(sheet, 2, "p4d.24xlarge", "NVIDIA A100", 8, 1152, 32.77);
            Workbooks.row(sheet, 3, "NC40ads H100 v5", "1X H100", 1, 320, 6.98);
            Workbooks.row(sheet, 4, "g6.xlarge", "NVIDIA L4", 1, 16, "$0.80/hour");
        });

        assertThat(read.request().candidates())
                .extracting(Candidate::hardware, Candidate::devices, Candidate::pricePerHourUsd)
                .containsExactly(
                        tuple("p4d.24xlarge", 8, 32.77 / 8),
                        tuple("NC40ads H100 v5", 1, 6.98),
                        tuple("g6.xlarge", 1, 0.8));
        assertThat(read.assumptions())
                .singleElement()
                .satisfies(it -> assertThat(it.because())
                        .isEqualTo("the hour of p4d.24xlarge at 32.77 is for all of its devices"));
    }

    @Test
    void an_hour_of_several_cards_is_not_taken_for_that_of_one() {
        Imported<List<SheetRequest>> read = read(book -> {
            oneProductionWorkload(book);
            var sheet = book.createSheet("Cloud");
            Workbooks.row(sheet, 1, "GPU", "$/hr");
            Workbooks.row(sheet, 2, "8x H100 SXM", 23.92);
            Workbooks.row(sheet, 3, "2x RTX 4090", 0.69);
        });
        Imported<List<SheetRequest>> said = read(book -> {
            oneProductionWorkload(book);
            var sheet = book.createSheet("Cloud");
            Workbooks.row(sheet, 1, "GPU", "Price per GPU per hour");
            Workbooks.row(sheet, 2, "8x H100 SXM", 23.92);
        });

        assertThat(read.problems())
                .extracting(problem -> problem.at().toString(), Problem::code)
                .containsExactly(tuple("Cloud!B2", "price-of-instance"));
        assertThat(read.value().get(0).request().candidates())
                .extracting(Candidate::pricePerHourUsd)
                .containsExactly(0.69);
        assertThat(said.value().get(0).request().candidates())
                .extracting(Candidate::pricePerHourUsd)
                .containsExactly(23.92);
    }

    @Test
    void money_below_any_heading_is_never_left_unread_without_a_word() {
        Imported<List<SheetRequest>> read = read(book -> {
            oneProductionWorkload(book);
            var sheet = book.createSheet("Pods");
            Workbooks.row(sheet, 1, "GPU", "Secure Cloud", "Already owned?", "Engine version");
            Workbooks.row(sheet, 2, "RTX 4090", "$0.69/hr", "yes", "0.9");
        });

        assertThat(read.problems())
                .extracting(problem -> problem.at().toString(), Problem::code)
                .containsExactly(tuple("Pods!B1", "unread-column"), tuple("Pods!C1", "unread-column"));
    }

    @Test
    void a_shops_line_is_no_heading_of_those_below_it() {
        SheetRequest read = only(book -> {
            oneProductionWorkload(book);
            var sheet = book.createSheet("Shop");
            Workbooks.row(sheet, 1, "Artikel", "Preis");
            Workbooks.row(sheet, 2, "ASUS TUF Gaming GeForce RTX 5090 32GB GDDR7 OC Edition", 2800);
            Workbooks.row(sheet, 3, "XFX Mercury RX 9070 16GB", 549);
            Workbooks.row(sheet, 4, "NVIDIA RTX PRO 6000 Blackwell 96GB", 8499);
            Workbooks.row(sheet, 5, "MSI GeForce RTX 5060 Ti 16G VENTUS 2X OC PLUS", 449);
            Workbooks.row(sheet, 6, "NVIDIA GeForce RTX 4070 Ti SUPER", 799);
            Workbooks.row(sheet, 7, "NVIDIA Jetson AGX Thor Developer Kit, 128 GB", 3499);
        });

        assertThat(read.request().candidates())
                .hasSize(6)
                .extracting(Candidate::priceUsd)
                .contains(2800.0, 8499.0);
    }

    @Test
    void what_a_system_says_of_itself_is_read_from_a_cell() {
        SheetRequest read = only(book -> {
            oneProductionWorkload(book);
            candidates(
                    book,
                    new Object[] {
                        "Hardware Overview:\n\n  Model Name: Mac Studio\n  Chip: Apple M3 Ultra\n  Total Number of Cores: 32\n"
                                + "  Memory: 512 GB\n  Serial Number (system): X",
                        null,
                        "buy"
                    },
                    new Object[] {
                        "17:00.0 3D controller: NVIDIA Corporation AD102GL [L40S] (rev a1)\n"
                                + "65:00.0 3D controller: NVIDIA Corporation AD102GL [L40S] (rev a1)",
                        null,
                        "buy"
                    },
                    new Object[] {"Attached GPUs : 1\n    Product Name : NVIDIA RTX 6000 Ada Generation", null, "buy"},
                    new Object[] {
                        "Card name: NVIDIA GeForce RTX 4090\nChip type: NVIDIA GeForce RTX 4090\nCard name: NVIDIA GeForce RTX 4090",
                        null,
                        "buy"
                    });
        });

        assertThat(read.named(TestWorkspace.names()).request().candidates())
                .extracting(Candidate::hardware, Candidate::devices)
                .containsExactly(
                        tuple("Mac Studio M3 Ultra 512GB", null),
                        tuple("nvidia-l40s", 2),
                        tuple("nvidia-rtx-6000-ada-48gb", null),
                        tuple("nvidia-rtx-4090", null));
    }

    @Test
    void a_dot_in_a_whole_number_is_asked_about() {
        Imported<List<SheetRequest>> read = read(book -> {
            Workbooks.row(book.createSheet("Workload"), 1, "Type", "Model", "Named users", "Input tokens");
            Workbooks.row(book.getSheet("Workload"), 2, "chat", "Qwen3-32B", "1.000", "up to 2k");
        });

        assertThat(read.problems())
                .filteredOn(problem -> problem.at().toString().endsWith("2"))
                .extracting(problem -> problem.at().toString(), Problem::message)
                .containsExactly(
                        tuple(
                                "Workload!A2",
                                "Type (chat) is not known. Allowed: evaluation, fine-tuning, internal-tool, batch, production."
                                        + " internal-tool is for colleagues, production for customers. chat is a use, for a"
                                        + " column Use."),
                        tuple("Workload!D2", "Input tokens (up to 2k) must be a number."),
                        tuple(
                                "Workload!C2",
                                "Named users (1.000) must be a whole number. Its dot may part thousands or decimals: write it"
                                        + " without."));
    }

    @Test
    void a_table_on_its_side_without_labels_and_a_second_one_are_named() {
        Imported<List<SheetRequest>> sideways = read(book -> {
            oneProductionWorkload(book);
            var sheet = book.createSheet("Candidates");
            Workbooks.row(sheet, 1, "Attribute", "RTX 4090", "L40S");
            Workbooks.row(sheet, 2, "Colour", "black", "green");
        });
        Imported<List<SheetRequest>> second = read(book -> {
            oneProductionWorkload(book);
            candidates(book, new Object[] {"RTX 4090", 1, "buy"});
            column(book, "More", "Card", "L40S");
        });

        assertThat(sideways.problems()).extracting(Problem::code).containsExactly("sideways-table");
        assertThat(second.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("second-table");
            assertThat(problem.at()).hasToString("More!A1");
        });
    }

    @Test
    void of_two_lines_of_headings_the_one_that_says_more_is_read() {
        SheetRequest read = only(book -> {
            oneProductionWorkload(book);
            var sheet = book.createSheet("Options");
            Workbooks.row(sheet, 1, "", "Hardware", "", "Economics");
            Workbooks.row(sheet, 2, "#", "Device", "Count", "Price (USD)");
            Workbooks.row(sheet, 3, 1, "RTX 4090", 2, 3800);
        });

        assertThat(read.request().candidates()).singleElement().satisfies(candidate -> {
            assertThat(candidate.devices()).isEqualTo(2);
            assertThat(candidate.priceUsd()).isEqualTo(3800);
        });
    }

    @Test
    void headings_may_be_repeated_and_a_table_with_others_is_named() {
        Imported<List<SheetRequest>> read = read(book -> {
            oneProductionWorkload(book);
            var sheet = book.createSheet("Options");
            Workbooks.row(sheet, 1, "GPU", "Count");
            Workbooks.row(sheet, 2, "RTX 4090", 2);
            Workbooks.row(sheet, 4, "GPU", "Count");
            Workbooks.row(sheet, 5, "L40S", 4);
            Workbooks.row(sheet, 7, "Count", "GPU");
            Workbooks.row(sheet, 8, 1, "RTX 3090");
        });

        assertThat(read.value().get(0).request().candidates())
                .extracting(Candidate::hardware, Candidate::devices)
                .containsExactly(tuple("RTX 4090", 2), tuple("L40S", 4));
        assertThat(read.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("second-table");
            assertThat(problem.at()).hasToString("Options!A7");
        });
    }

    @Test
    void a_table_without_headings_is_named() {
        Imported<List<SheetRequest>> read = read(book -> {
            oneProductionWorkload(book);
            Workbooks.row(book.createSheet("Options"), 1, "RTX 4090", 2);
        });

        assertThat(read.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("missing-heading");
            assertThat(problem.at()).hasToString("Options!A1");
        });
    }

    @Test
    void what_has_to_run_is_never_left_unread_without_a_word() {
        Imported<List<SheetRequest>> read = read(book -> {
            oneProductionWorkload(book);
            var sheet = book.createSheet("Options");
            Workbooks.row(sheet, 1, "Concurrent users", 40);
            Workbooks.row(sheet, 2, "Monthly budget", 5000);
            Workbooks.row(sheet, 4, "GPU", "Model", "Owner");
            Workbooks.row(sheet, 5, "RTX 4090", "Qwen3-8B", "Ada");
        });

        assertThat(read.problems())
                .extracting(Problem::code, problem -> problem.at().toString())
                .containsExactlyInAnyOrder(tuple("unread-labels", "Options!A1"), tuple("unread-column", "Options!B4"));
    }

    @Test
    void a_model_beside_candidates_that_is_the_workloads_own_needs_no_word() {
        Imported<List<SheetRequest>> read = read(book -> {
            var workload = book.createSheet("Workload");
            Workbooks.row(workload, 1, "Type", "Model");
            Workbooks.row(workload, 2, "production", "Qwen3 8B");
            var sheet = book.createSheet("Options");
            Workbooks.row(sheet, 1, "GPU", "Model");
            Workbooks.row(sheet, 2, "RTX 4090", "qwen3-8b");
        });

        assertThat(read.problems()).isEmpty();
    }

    @Test
    void what_says_something_of_the_work_but_not_its_type_is_named() {
        Imported<List<SheetRequest>> read = read(book -> {
            var sheet = book.createSheet("Plan");
            Workbooks.row(sheet, 1, "Model", "Qwen3-8B");
            Workbooks.row(sheet, 2, "Concurrent users", 40);
        });

        assertThat(read.problems())
                .singleElement()
                .satisfies(problem ->
                        assertThat(problem.message()).contains("Plan!A1", "Model, Concurrent users", "production"));
    }

    @Test
    void what_a_name_was_taken_for_is_an_assumption() {
        SheetRequest read = only(book -> {
            oneProductionWorkload(book);
            candidates(book, new Object[] {"NVIDIA H100 80GB HBM3", 1, "buy"}, new Object[] {"L40S", 1, "buy"});
        });

        assertThat(read.named(TestWorkspace.names()).assumptions())
                .containsExactly(new Assumption(
                        "candidates[0].hardware", "nvidia-h100-sxm-80gb", "taken for \"NVIDIA H100 80GB HBM3\""));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = ';',
            value = {
                "#,##0.00\\ [$€-407]; true",
                "[$£-809]#,##0.00; true",
                "#,##0\\ \"CHF\"; true",
                "[$$-C09]#,##0; true",
                "\"A$\"#,##0; true",
                "[$$-409]#,##0.00; false",
                "\"$\"#,##0; false",
                "[$USD] #,##0; false",
                "#,##0.00; false",
            })
    void money_of_another_country_is_not_taken_for_dollars(String format, boolean refused) {
        Imported<List<SheetRequest>> read = read(book -> {
            oneProductionWorkload(book);
            var sheet = book.createSheet("Candidates");
            Workbooks.row(sheet, 1, "Hardware", "Unit price");
            Workbooks.row(sheet, 2, "RTX 5090", 2400);
            Workbooks.row(sheet, 3, "L40S", 8000);
            var style = book.createCellStyle();
            style.setDataFormat(book.createDataFormat().getFormat(format));
            sheet.getRow(1).getCell(1).setCellStyle(style);
        });

        assertThat(read.problems().stream().map(each -> each.at().toString()).toList())
                .isEqualTo(refused ? List.of("Candidates!B2") : List.of());
    }

    @Test
    void a_row_of_units_says_what_its_columns_are_in() {
        Imported<List<SheetRequest>> read = read(book -> {
            oneProductionWorkload(book);
            var sheet = book.createSheet("Candidates");
            Workbooks.row(sheet, 1, "Hardware", "Devices", "Price", "Price per hour");
            Workbooks.row(sheet, 2, "", "pcs", "USD", "EUR");
            Workbooks.row(sheet, 3, "RTX 4090", 2, 1800, 0.5);
        });

        Candidate candidate = read.value().get(0).request().candidates().get(0);
        assertThat(read.value().get(0).request().candidates()).hasSize(1);
        assertThat(candidate.devices()).isEqualTo(2);
        assertThat(candidate.priceUsd()).isEqualTo(1800);
        assertThat(candidate.pricePerHourUsd()).isNull();
        assertThat(read.problems())
                .extracting(Problem::code, each -> each.at().toString())
                .containsExactly(tuple("other-unit", "Candidates!D1"));
    }

    @Test
    void what_people_fill_in_for_numbers_counts_as_they_mean_it() {
        DecisionRequest said = only(book -> {
                    var sheet = book.createSheet("Workload");
                    Workbooks.row(
                            sheet,
                            1,
                            "Type",
                            "Users",
                            "Monthly budget",
                            "Context",
                            "TTFT (ms)",
                            "Utilisation (%)",
                            "Concurrency",
                            "Purchase budget",
                            "Offline",
                            "Model");
                    Workbooks.row(
                            sheet,
                            2,
                            "production",
                            "about 100",
                            "$5k/month",
                            "32K tokens",
                            1500,
                            35,
                            "~20",
                            "unlimited",
                            "nein",
                            "n/a");
                })
                .request();

        assertThat(said.workload().namedUsers()).isEqualTo(100);
        assertThat(said.budget().monthlyUsd()).isEqualTo(5000);
        assertThat(said.workload().contextTokens()).isEqualTo(32_000);
        assertThat(said.workload().maxTimeToFirstTokenSeconds()).isEqualTo(1.5);
        assertThat(said.budget().utilization()).isEqualTo(0.35);
        assertThat(said.workload().concurrency()).isEqualTo(20);
        assertThat(said.budget().purchaseUsd()).isNull();
        assertThat(said.workload().model()).isNull();
    }

    @Test
    void a_range_and_other_money_are_told_by_cell() {
        Imported<List<SheetRequest>> read = read(book -> {
            var sheet = book.createSheet("Workload");
            Workbooks.row(sheet, 1, "Type", "Users", "Monthly budget", "Purchase budget (k€)");
            Workbooks.row(sheet, 2, "production", "40-50", "5k EUR", 20);
        });

        assertThat(read.problems())
                .extracting(each -> each.at().toString())
                .containsExactlyInAnyOrder("Workload!B2", "Workload!C2", "Workload!D1");
        assertThat(read.problems()).extracting(Problem::message).anyMatch(each -> each.contains("one of the two"));
    }

    @Test
    void a_column_that_speaks_of_money_or_load_is_never_left_unread_without_a_word() {
        Imported<List<SheetRequest>> read = read(book -> {
            var work = book.createSheet("Workload");
            Workbooks.row(work, 1, "Type", "TPOT (ms)", "Owner");
            Workbooks.row(work, 2, "production", 50, "Anna");
            var sheet = book.createSheet("Candidates");
            Workbooks.row(sheet, 1, "GPU", "Preis €", "Spot $/h", "HF repo", "Rack");
            Workbooks.row(sheet, 2, "L40S", 7000, 0.9, "Qwen/Qwen3-32B", "R1");
            Workbooks.row(sheet, 3, "RTX 4090", 1800, 0.4, "Qwen/Qwen3-32B", "R2");
            Workbooks.row(sheet, 4, "RTX 5090", 2800, 0.4, "Qwen/Qwen3-32B", "R3");
        });

        assertThat(read.problems())
                .extracting(Problem::code, each -> each.at().toString())
                .containsExactly(
                        tuple("unread-column", "Candidates!B1"),
                        tuple("unread-column", "Candidates!C1"),
                        tuple("unread-column", "Candidates!D1"),
                        tuple("unread-column", "Workload!B1"));
    }

    @Test
    void a_label_of_hardware_beside_a_workload_is_named() {
        Imported<List<SheetRequest>> read = read(book -> {
            var sheet = book.createSheet("Requirements");
            Workbooks.row(sheet, 1, "Kind of work", "production");
            Workbooks.row(sheet, 2, "Named users", 200);
            Workbooks.row(sheet, 3, "Monthly budget", 5000);
            Workbooks.row(sheet, 4, "Sponsor", "Anna");
            Workbooks.row(sheet, 5, "GPU", "H100 or L40S");
        });

        assertThat(read.problems())
                .extracting(Problem::code, each -> each.at().toString())
                .containsExactly(tuple("unread-label", "Requirements!A5"));
    }

    @Test
    void a_use_case_that_is_no_use_of_ours_is_the_name() {
        SheetRequest read = only(book -> {
            var sheet = book.createSheet("Workloads");
            Workbooks.row(sheet, 1, "Use case", "Kind", "Concurrent users");
            Workbooks.row(sheet, 2, "Helpdesk", "Production", 30);
        });

        assertThat(read.request().workload().name()).isEqualTo("Helpdesk");
        assertThat(read.request().workload().use()).isNull();
    }

    @Test
    void what_drivers_list_is_read_by_its_names_and_memory_alone_is_no_machine() {
        assertThat(hardware(only(book -> {
                    oneProductionWorkload(book);
                    var sheet = book.createSheet("nvidia-smi");
                    Workbooks.row(sheet, 1, "index", "name", "memory.total [MiB]");
                    Workbooks.row(sheet, 2, 0, "NVIDIA H100 80GB HBM3", "81559 MiB");
                })))
                .containsExactly("NVIDIA H100 80GB HBM3 (81559 MiB)");

        Imported<List<SheetRequest>> macs = read(book -> {
            oneProductionWorkload(book);
            var sheet = book.createSheet("Machines");
            Workbooks.row(sheet, 1, "Machine name", "Memory");
            Workbooks.row(sheet, 2, "mini-02", "64 GB");
        });
        assertThat(macs.value().get(0).request().candidates()).isEmpty();
        assertThat(macs.problems()).extracting(Problem::code).containsExactly("unread-column");
    }

    @Test
    void the_type_alone_is_a_workload_and_notes_below_are_no_candidates() {
        assertThat(hardware(only(book -> {
                    var sheet = book.createSheet("Cards");
                    Workbooks.row(sheet, 1, "Product", "Qty", "Type");
                    Workbooks.row(sheet, 2, "ASUS ROG Strix GeForce RTX 4090 OC Edition 24GB GDDR6X", 2, "production");
                    Workbooks.row(sheet, 3, "L40S", 1, "production");
                })))
                .hasSize(2);
        assertThat(hardware(only(book -> {
                    oneProductionWorkload(book);
                    candidates(book, new Object[] {"RTX 4090", 2}, new Object[] {"* prices without VAT"}, new Object[] {
                        "Source: quote of 12 Nov"
                    });
                })))
                .containsExactly("RTX 4090");
    }

    @Test
    void the_price_of_an_instance_is_that_of_all_its_devices() {
        Imported<List<SheetRequest>> read = read(book -> {
            oneProductionWorkload(book);
            var sheet = book.createSheet("Candidates");
            Workbooks.row(sheet, 1, "Hardware", "Price per hour");
            Workbooks.row(sheet, 2, "p5.48xlarge", 98.32);
            Workbooks.row(sheet, 3, "H100 SXM", 2.7);
        });

        assertThat(read.problems()).isEmpty();
        assertThat(read.value().get(0).request().candidates())
                .extracting(Candidate::pricePerHourUsd)
                .containsExactly(98.32 / 8, 2.7);
        assertThat(read.value().get(0).assumptions())
                .extracting(Assumption::field, Assumption::value)
                .containsExactly(tuple("candidates[0].pricePerHourUsd", "12.3"));
    }

    @ParameterizedTest(name = "{0} is {2} x {1}")
    @CsvSource({
        "4 x RTX 3090 (NVLink), nvidia-rtx-3090, 4",
        "RTX 4090 (x2), RTX 4090, 2",
        "4 RTX 4090, RTX 4090, 4",
        "Dual RTX 3090, RTX 3090, 2",
        "8 × NVIDIA H100 80GB HBM3, nvidia-h100-sxm-80gb, 8",
        "NVIDIA DGX H100, H100, 8",
        "3090x2, 3090, 2",
        "gpu_8x_h100_sxm5, h100_sxm5, 8",
        "HGX H100 8-GPU, H100, 8",
        "Dell XE9680 8x H200, H200, 8",
        "'2x Xeon 6430, 512GB RAM, 8x NVIDIA H100 80GB HBM3', nvidia-h100-sxm-80gb, 8",
        "Dell PowerEdge R760xa with 4x NVIDIA L40S, NVIDIA L40S, 4",
    })
    void counts_are_read_as_people_write_them(String written, String hardware, int devices) {
        SheetRequest read = only(book -> {
            oneProductionWorkload(book);
            column(book, "Boxes", "GPU", written);
        });

        assertThat(read.named(TestWorkspace.names()).request().candidates())
                .extracting(Candidate::hardware, Candidate::devices)
                .containsExactly(tuple(hardware, devices));
    }

    @Test
    void several_machines_in_a_cell_are_refused_and_several_models_compared() {
        Imported<List<SheetRequest>> read = read(book -> {
            var workload = book.createSheet("Workload");
            Workbooks.row(workload, 1, "Type", "Model");
            Workbooks.row(workload, 2, "production", "qwen3-32b, llama-3.3-70b");
            column(book, "Boxes", "Hardware", "RTX 4090, RTX 5090", "L40S", "RTX 4090\nL40S");
        });

        assertThat(read.value().get(0).request().workload().models()).containsExactly("qwen3-32b", "llama-3.3-70b");
        assertThat(hardware(read.value().get(0))).containsExactly("L40S");
        assertThat(read.problems())
                .extracting(Problem::code, each -> each.at().toString())
                .containsExactly(tuple("several-in-cell", "Boxes!A2"), tuple("several-in-cell", "Boxes!A4"));
    }

    @Test
    void chip_and_memory_beside_it_name_a_mac() {
        SheetRequest read = only(book -> {
            oneProductionWorkload(book);
            var sheet = book.createSheet("Jamf");
            Workbooks.row(sheet, 1, "Computer Name", "Model", "Chip", "Memory", "Serial Number");
            Workbooks.row(sheet, 2, "LON-1", "MacBook Pro (16-inch, Nov 2024)", "Apple M4 Max", "128 GB", "C02X1");
            Workbooks.row(sheet, 3, "LON-2", "Mac Studio (2025)", "Apple M3 Ultra", "256 GB", "C02X2");
        });

        assertThat(read.named(TestWorkspace.names()).request().candidates())
                .extracting(Candidate::hardware)
                .containsExactly("macbook-pro-m4-max-40c-gpu-128gb", "mac-studio-m3-ultra-80c-gpu-256gb");
    }

    @Test
    void a_column_called_name_that_names_hardware_names_no_workload() {
        SheetRequest read = only(book -> {
            var sheet = book.createSheet("nvidia-smi");
            Workbooks.row(sheet, 1, "name", "memory.total [MiB]", "Type");
            Workbooks.row(sheet, 2, "NVIDIA GeForce RTX 4090", "24564 MiB", "internal-tool");
            Workbooks.row(sheet, 3, "NVIDIA L40S", "46068 MiB", "internal-tool");
        });

        assertThat(read.request().workload().name()).isNull();
        assertThat(read.named(TestWorkspace.names()).request().candidates())
                .extracting(Candidate::hardware)
                .containsExactly("nvidia-rtx-4090", "nvidia-l40s");
    }

    @Test
    void workloads_side_by_side_below_labels_are_all_read() {
        Imported<List<SheetRequest>> read = read(book -> {
            var sheet = book.createSheet("Workload");
            Workbooks.row(sheet, 1, "Name", "chat", "code");
            Workbooks.row(sheet, 2, "Type", "internal-tool", "evaluation");
            Workbooks.row(sheet, 3, "Model", "qwen3-32b", "qwen3-14b");
            candidates(book, new Object[] {"L40S"});
        });

        assertThat(read.problems()).isEmpty();
        assertThat(read.value())
                .extracting(each -> each.request().workload().name())
                .containsExactly("chat", "code");
    }

    @Test
    void tables_below_and_beside_the_first_are_named() {
        Imported<List<SheetRequest>> read = read(book -> {
            oneProductionWorkload(book);
            var sheet = book.createSheet("Boxes");
            Workbooks.row(sheet, 1, "GPU", "Devices", null, "GPU");
            Workbooks.row(sheet, 2, "RTX 4090", 2, null, "L40S");
            Workbooks.row(sheet, 4, "Servers");
            Workbooks.row(sheet, 5, "GPU", "Devices", "Price (USD)");
            Workbooks.row(sheet, 6, "H100", 8, 30_000);
        });

        assertThat(hardware(read.value().get(0))).containsExactly("RTX 4090");
        assertThat(read.problems())
                .extracting(Problem::code, each -> each.at().toString())
                .containsExactly(tuple("second-table", "Boxes!A5"), tuple("second-table", "Boxes!D1"));
    }

    @Test
    void hardware_merged_downwards_is_that_of_each_row() {
        assertThat(hardware(only(book -> {
                    oneProductionWorkload(book);
                    candidates(book, new Object[] {"RTX 4090", 1}, new Object[] {null, 2}, new Object[] {"L40S", 1});
                    book.getSheet("Candidates").addMergedRegion(new CellRangeAddress(1, 2, 0, 0));
                })))
                .containsExactly("RTX 4090", "RTX 4090", "L40S");
    }

    @Test
    void taxes_below_a_quote_are_no_candidates() {
        assertThat(hardware(only(book -> {
                    oneProductionWorkload(book);
                    var sheet = book.createSheet("Quote");
                    Workbooks.row(sheet, 1, "Pos", "Product", "Qty", "Unit price");
                    Workbooks.row(sheet, 2, 3, "NVIDIA L40S 48GB PCIe", 1, 7999);
                    Workbooks.row(sheet, 3, null, "Subtotal", null, 7999);
                    Workbooks.row(sheet, 4, null, "VAT 19%", null, 1519.81);
                    Workbooks.row(sheet, 5, null, "Grand total", null, 9518.81);
                })))
                .containsExactly("NVIDIA L40S 48GB PCIe");
    }

    @Test
    void prices_that_add_up_to_a_total_without_their_counts_are_named() {
        Imported<List<SheetRequest>> read = read(book -> {
            oneProductionWorkload(book);
            var sheet = book.createSheet("Quote");
            Workbooks.row(sheet, 1, "Product", "Qty", "Price");
            Workbooks.row(sheet, 2, "NVIDIA L40S 48GB", 4, 31_996);
            Workbooks.row(sheet, 3, "RTX 4090", 1, 2_000);
            Workbooks.row(sheet, 4, "Total", null, 33_996);
        });

        assertThat(read.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.at()).hasToString("Quote!C1");
            assertThat(problem.message()).contains("33,996", "one device");
        });
    }

    @Test
    void a_price_by_the_hour_in_its_heading_is_none_to_buy_at() {
        SheetRequest read = only(book -> {
            var workload = book.createSheet("Workload");
            Workbooks.row(workload, 1, "Type", "Budget ($/mo)");
            Workbooks.row(workload, 2, "production", 4000);
            var sheet = book.createSheet("Candidates");
            Workbooks.row(sheet, 1, "GPU", "Price ($/h)", "Count");
            Workbooks.row(sheet, 2, "L40S", 0.86, "2x");
        });

        assertThat(read.request().budget().monthlyUsd()).isEqualTo(4000);
        assertThat(read.request().candidates())
                .extracting(Candidate::priceUsd, Candidate::pricePerHourUsd, Candidate::devices)
                .containsExactly(tuple(null, 0.86, 2));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "Latency, Max time to first token (s)",
        "Budget, Purchase budget (USD)",
        "Peak users, Named users",
        "Throughput, Min decode (tok/s)",
    })
    void what_a_heading_may_mean_is_said(String heading, String name) {
        Imported<List<SheetRequest>> read = read(book -> {
            var workload = book.createSheet("Workload");
            Workbooks.row(workload, 1, "Type", heading);
            Workbooks.row(workload, 2, "production", 40);
            candidates(book, new Object[] {"L40S"});
        });

        assertThat(read.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.at()).hasToString("Workload!B1");
            assertThat(problem.message()).contains("Column (" + heading + ") is not read", "\"" + name + "\"");
        });
    }

    @Test
    void a_dot_that_may_part_thousands_or_decimals_of_a_price_is_asked_about() {
        Imported<List<SheetRequest>> read = read(book -> {
            oneProductionWorkload(book);
            var sheet = book.createSheet("Candidates");
            Workbooks.row(sheet, 1, "GPU", "Price");
            Workbooks.row(sheet, 2, "L40S", "1.899");
            Workbooks.row(sheet, 3, "RTX 4090", "1.899,00");
        });

        assertThat(read.value().get(0).request().candidates())
                .extracting(Candidate::priceUsd)
                .containsExactly(1899.0);
        assertThat(read.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.at()).hasToString("Candidates!B2");
            assertThat(problem.message()).contains("1.899", "thousands or decimals");
        });
    }

    @Test
    void rows_with_mistakes_still_say_what_they_name() {
        List<SheetRequest> read = CandidatesReader.unsound(
                Workbooks.file(book -> {
                    oneProductionWorkload(book);
                    candidates(book, new Object[] {"RTX 409O", "many"}, new Object[] {"L40S", 1});
                }),
                TestWorkspace.names(),
                TODAY,
                Explain.SUMMARY);

        assertThat(read).singleElement().satisfies(each -> {
            assertThat(hardware(each)).containsExactly("RTX 409O");
            assertThat(shown(each, "/candidates/0/hardware")).isEqualTo("Candidates!A2");
        });
    }

    @Test
    void a_file_that_only_names_hardware_says_what_it_lacks() {
        Imported<List<SheetRequest>> read = read(
                book -> column(book, "Sheet1", "GPU 0: NVIDIA GeForce RTX 4090 (UUID: GPU-5b1f3c6e-0000-1111-2222)"));

        assertThat(read.problems().get(0).message())
                .contains("names hardware (NVIDIA RTX 4090 …)", "add a column Type", "models --hardware");
    }

    @Test
    void a_hidden_sheet_of_candidates_counts_and_is_named() {
        Imported<List<SheetRequest>> read = read(book -> {
            oneProductionWorkload(book);
            candidates(book, new Object[] {"L40S"});
            book.setSheetHidden(1, true);
        });

        assertThat(hardware(read.value().get(0))).containsExactly("L40S");
        assertThat(read.problems()).extracting(Problem::code).containsExactly("hidden-sheet");
    }

    @Test
    void a_form_in_a_column_of_its_own_tells_cards_apart() {
        Imported<List<SheetRequest>> read = read(book -> {
            oneProductionWorkload(book);
            var sheet = book.createSheet("Cards");
            Workbooks.row(sheet, 1, "GPU", "Form factor");
            Workbooks.row(sheet, 2, "H100", "PCIe");
            Workbooks.row(sheet, 3, "H200", "NVL");
            Workbooks.row(sheet, 4, "RTX 4090", "PCIe 4.0 x16");
            Workbooks.row(sheet, 5, "RTX 4090", "Laptop");
        });

        assertThat(read.value().get(0).named(TestWorkspace.names()).request().candidates())
                .extracting(Candidate::hardware)
                .containsExactly("H100 PCIe", "H200 NVL", "nvidia-rtx-4090", "RTX 4090 Laptop");
    }

    @Test
    void further_tables_of_workloads_are_named() {
        Imported<List<SheetRequest>> read = read(book -> {
            var sheet = book.createSheet("Workload 1");
            Workbooks.row(sheet, 1, "Name", "Type");
            Workbooks.row(sheet, 2, "chat", "production");
            Workbooks.row(sheet, 4, "Name", "Type", "Concurrency");
            Workbooks.row(sheet, 5, "code", "evaluation", 3);
            Workbooks.row(book.createSheet("Workload 2"), 1, "Name", "Type");
            Workbooks.row(book.getSheet("Workload 2"), 2, "batch", "batch");
            candidates(book, new Object[] {"L40S"});
        });

        assertThat(read.value())
                .extracting(each -> each.request().workload().name())
                .containsExactly("code");
        assertThat(read.problems())
                .extracting(Problem::code, each -> each.at().toString())
                .containsExactly(tuple("second-table", "Workload 1!A1"), tuple("second-table", "Workload 2!A1"));
    }

    @Test
    void what_a_heading_counts_in_is_read_or_refused() {
        Imported<List<SheetRequest>> read = read(book -> {
            var workload = book.createSheet("Workload");
            Workbooks.row(
                    workload,
                    1,
                    "Type",
                    "Context (k tokens)",
                    "Horizon (years)",
                    "Electricity (ct/kWh)",
                    "Utilization*");
            Workbooks.row(workload, 2, "production", 32, 3, 30, 0.4);
            candidates(book, new Object[] {"L40S"});
        });

        assertThat(read.value().get(0).request().workload().contextTokens()).isEqualTo(32_000);
        assertThat(read.value().get(0).request().budget().horizonMonths()).isEqualTo(36);
        assertThat(read.value().get(0).request().budget().utilization()).isEqualTo(0.4);
        assertThat(read.value().get(0).request().budget().electricityUsdPerKwh())
                .isNull();
        assertThat(read.problems())
                .extracting(Problem::code, each -> each.at().toString())
                .containsExactly(tuple("other-unit", "Workload!D1"));
    }

    @Test
    void counts_of_machines_that_nobody_reads_are_named() {
        Imported<List<SheetRequest>> read = read(book -> {
            oneProductionWorkload(book);
            var sheet = book.createSheet("Cluster");
            Workbooks.row(sheet, 1, "GPU", "GPUs per node", "Nodes", "Acquisition");
            Workbooks.row(sheet, 2, "H100 SXM", 8, 4, "purchase");
        });

        assertThat(read.value().get(0).request().candidates())
                .extracting(Candidate::devices, Candidate::acquisition)
                .containsExactly(tuple(8, Acquisition.BUY));
        assertThat(read.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.at()).hasToString("Cluster!C1");
            assertThat(problem.message()).contains("Nodes", "\"Replicas\"");
        });
    }

    @Test
    void long_texts_are_no_names_and_cost_no_time() {
        String many = "mac 1gb, ".repeat(3_500);
        Imported<List<SheetRequest>> read = read(book -> {
            oneProductionWorkload(book);
            var sheet = book.createSheet("Candidates");
            Workbooks.row(sheet, 1, "GPU", "Price (USD)" + "*".repeat(20_000), " ".repeat(30_000) + "x");
            Workbooks.row(sheet, 2, many, 1, "inc. ".repeat(6_000));
            Workbooks.row(sheet, 3, " ,( ".repeat(8_000) + "8 gpu", 1, "x");
            Workbooks.row(sheet, 4, "L40S", 7_999, "x");
        });

        assertThat(read.value().get(0).named(TestWorkspace.names()).request().candidates())
                .hasSize(3)
                .last()
                .satisfies(each -> assertThat(each.priceUsd()).isEqualTo(7_999));
    }

    private static List<String> hardware(SheetRequest request) {
        return request.request().candidates().stream().map(Candidate::hardware).toList();
    }

    private static void column(XSSFWorkbook book, String name, Object... cells) {
        var sheet = book.createSheet(name);
        for (int i = 0; i < cells.length; i++) {
            Workbooks.row(sheet, i + 1, cells[i]);
        }
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
