package quartermaster.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quartermaster.ChangedCells;
import quartermaster.TestWorkspace;
import quartermaster.catalogue.Catalogue;
import quartermaster.catalogue.EvidenceClass;
import quartermaster.catalogue.measurement.Measurement;
import quartermaster.catalogue.measurement.Phase;
import quartermaster.estimate.resolution.Resolver;
import quartermaster.json.RequestReader;
import quartermaster.request.Acquisition;
import quartermaster.request.DecisionRequest;
import quartermaster.workbook.read.Workbooks;

/** One cell moves one judgement of the estimator: nothing that an architect may see otherwise stands in Java. */
class JudgementsOfTheSheetsTest {
    private static final Catalogue SHIPPED = TestWorkspace.catalogue();
    private static final String MAC = "mac-studio-m3-ultra-80c-gpu-256gb";
    private static final String CARD = "nvidia-rtx-4090";
    private static final String SERVER = "nvidia-h100-sxm-80gb";

    /** What runs where, and how much of it at once. */
    private record Run(
            String hardware, int devices, String engine, String model, String precision, int context, int users) {
        Estimate with(Catalogue catalogue) {
            return assessed(catalogue).estimate();
        }

        EstimatedDeployment assessed(Catalogue catalogue) {
            Deployment deployment = new Deployment(
                    0,
                    catalogue.findHardware(hardware).orElseThrow(),
                    devices,
                    1,
                    1,
                    Acquisition.BUY,
                    null,
                    catalogue.findEngine(engine).orElseThrow(),
                    catalogue.findQuantization(precision).orElseThrow(),
                    null,
                    null);
            Demand demand =
                    Facts.demand(catalogue.findModel(model).orElseThrow(), context - 256, 256, context, users, null);
            return new Estimator(catalogue).assess(demand, deployment);
        }
    }

    private static final Run ON_A_MAC = new Run(MAC, 1, "llama.cpp", "llama-3.1-8b", "q4_k_m", 4096, 1);
    private static final Run ON_FOUR_CARDS = new Run(CARD, 4, "tensorrt-llm", "llama-3.1-8b", "bf16", 8192, 16);
    private static final Run ON_TWO_SERVERS = new Run(SERVER, 2, "vllm", "llama-3.1-8b", "fp8", 32_768, 1);

    /** Name in Defaults, another value, run, and what of it then is so many times as large. */
    @ParameterizedTest(name = "{0} = {1}")
    @CsvSource({
        "osReserveShare, 0.5, mac, usable, 0.67", // 256 − 128 = 128 GiB, instead of a working set of 192
        "lossOfSplitting, 0, servers, prefill, 1.14",
        "lossOfPipelining, 0.35, cards, throughput, 0.87", // 4^0.25 becomes 4^0.35
        "linkShare.pcie.nvidia-consumer, 1, cards, throughput, 1.23",
        "fastLinkGBps, 1, cards, throughput, 0.476", // no stages beside split layers
        "weightsMayGrow, 2, mac, pessimistic, 1.8",
        "buffersMayGrow, 3, mac, pessimistic, 1.1",
        "shortContextTokens, 2048, mac, atFullContext, 1.05",
        "widening.longContext, 2, servers, high, 1.53",
        "widening.severalDevices, 2, servers, high, 1.53"
    })
    void one_cell_moves_one_figure(String name, double value, String run, String of, double times) {
        Run it = switch (run) {
            case "mac" -> ON_A_MAC;
            case "cards" -> ON_FOUR_CARDS;
            default -> ON_TWO_SERVERS;
        };
        ToDoubleFunction<Estimate> figure = switch (of) {
            case "usable" -> estimate -> estimate.memory().usable().gib();
            case "pessimistic" -> estimate -> estimate.memory().pessimistic().gib();
            case "prefill" -> estimate -> estimate.prefillSpeed().typical();
            case "throughput" -> estimate -> estimate.throughput().typical();
            case "atFullContext" -> Estimate::speedShareAtFullContext;
            default ->
                estimate ->
                        estimate.decodeSpeed().high() / estimate.decodeSpeed().typical();
        };
        double before = figure.applyAsDouble(it.with(SHIPPED));
        double after = figure.applyAsDouble(it.with(ChangedCells.with(name, value)));
        assertThat(after / before).isCloseTo(times, within(0.05 * times));
    }

    @Test
    void the_reasons_for_a_wide_range_say_what_the_sheet_says() {
        assertThat(ON_TWO_SERVERS.with(SHIPPED).evidence().widenedBy()).contains("context over 16k tokens");
        assertThat(ON_TWO_SERVERS
                        .with(ChangedCells.with("longContextTokens", 8192))
                        .evidence()
                        .widenedBy())
                .contains("context over 8k tokens");
        assertThat(ON_TWO_SERVERS
                        .with(ChangedCells.with("longContextTokens", 65_536))
                        .evidence()
                        .widenedBy())
                .noneMatch(reason -> reason.startsWith("context"));
    }

    @Test
    void the_planned_load_of_the_sheet_sizes_for_requests_that_come_at_random() {
        int planned = replicas(SHIPPED, "internal-tool", "\"requestsPerDay\": 4000000");
        assertThat(replicas(ChangedCells.with("plannedLoad", 0.4), "internal-tool", "\"requestsPerDay\": 4000000"))
                .isBetween(2 * planned - 1, 2 * planned);
        assertThat(replicas(ChangedCells.with("plannedLoad", 1), "internal-tool", "\"requestsPerDay\": 4000000"))
                .as("nothing overrules the sheet")
                .isBetween((int) (0.8 * planned), (int) Math.ceil(0.8 * planned));
    }

    @Test
    void the_planned_load_of_the_sheet_sizes_for_requests_at_the_same_time_where_they_may_not_wait() {
        int production = replicas(SHIPPED, "production", "\"concurrency\": 2000");
        int batch = replicas(SHIPPED, "batch", "\"concurrency\": 2000");
        Catalogue half = ChangedCells.with("plannedLoad", 0.4);
        assertThat(replicas(half, "production", "\"concurrency\": 2000")).isBetween(2 * production - 1, 2 * production);
        assertThat(replicas(half, "batch", "\"concurrency\": 2000")).isEqualTo(batch);
        Catalogue neverFull = ChangedCells.with("fullMachineIsFine/any", 0);
        assertThat(replicas(neverFull, "batch", "\"concurrency\": 2000"))
                .isBetween((int) (batch / 0.8), (int) Math.ceil(batch / 0.8));
    }

    @Test
    void prompts_may_take_so_often_the_time_of_one_user_as_the_sheet_says() {
        String longPrompts = "\"concurrency\": 200, \"inputTokens\": 30000";
        assertThat(replicas(ChangedCells.with("sizedForTimesAlone", 2), "production", longPrompts))
                .isGreaterThan(replicas(SHIPPED, "production", longPrompts));
    }

    @Test
    void requests_without_a_place_wait_as_the_sheet_says() {
        Run crowded = new Run(CARD, 1, "llama.cpp", "llama-3.1-8b", "q4_k_m", 4096, 100);
        assertThat(crowded.with(ChangedCells.with("queueAtP95", 2.6)).timeToFirstTokenP95Seconds()
                        / crowded.with(SHIPPED).timeToFirstTokenP95Seconds())
                .isCloseTo(2, within(0.1));
    }

    @Test
    void what_eight_bits_reach_is_a_column_of_the_precision() {
        Catalogue full = ChangedCells.with("Quantizations", "fp8", "Share of 8-bit peak", 1);
        Catalogue none = ChangedCells.with("Quantizations", "fp8", "Share of 8-bit peak", "");
        double shipped = ON_TWO_SERVERS.with(SHIPPED).prefillSpeed().typical();
        assertThat(ON_TWO_SERVERS.with(full).prefillSpeed().typical() / shipped)
                .isCloseTo(1.23, within(0.02)); // 1 ÷ 0.8, less overheads
        assertThat(ON_TWO_SERVERS.with(none).prefillSpeed().typical() / shipped).isCloseTo(0.63, within(0.02));
    }

    @Test
    void how_weights_are_stored_is_told_by_columns_of_the_precision() {
        assertThat(gb(ChangedCells.with("Quantizations", "mlx-4bit", "File size from", ""), "llama-3.1-8b", "mlx-4bit"))
                .isCloseTo(8.03 * 4.5 / 8, within(0.01));
        assertThat(gb(
                        ChangedCells.with("Quantizations", "q4_k_m", "Large from (B parameters)", 8),
                        "llama-3.1-8b",
                        "q4_k_m"))
                .isCloseTo(8.03 * 4.8 / 8, within(0.01));
        assertThat(gb(
                        ChangedCells.with("Quantizations", "mxfp4", "Bits per weight beside experts", 16),
                        "gpt-oss-20b",
                        "mxfp4"))
                .isGreaterThan(gb(SHIPPED, "gpt-oss-20b", "mxfp4") + 1);
    }

    @Test
    void what_an_engine_keeps_the_cache_in_is_a_column_of_the_engine() {
        Measurement row = SHIPPED.measurements().stream()
                .filter(each -> each.engine().equals("tensorrt-llm")
                        && each.quantization().equals("fp8"))
                .filter(each -> each.phase() == Phase.SERVE && each.devices() == 1)
                .findFirst()
                .orElseThrow();
        assertThat(cacheOf(row, SHIPPED)).isEqualTo("kv-cache-fp8");
        assertThat(cacheOf(row, ChangedCells.with("Engines", "tensorrt-llm", "KV cache at low precision", "")))
                .isEqualTo("16 bits");
    }

    @Test
    void small_devices_are_small_below_what_the_engine_says() {
        Run small = new Run(CARD, 1, "vllm", "llama-3.1-8b", "awq", 4096, 1);
        Catalogue never = ChangedCells.with("Engines", "vllm", "Activation small below (GiB)", 16);
        assertThat(small.with(never).memory().overhead().gib()).isCloseTo(5.5 + 0.15, within(0.01));
        assertThat(small.with(SHIPPED).memory().overhead().gib()).isLessThan(3);
    }

    @Test
    void whether_a_host_stands_in_a_server_room_is_a_column_of_the_host() {
        Catalogue office = ChangedCells.read(Set.of("Hosts"), book -> {
                    for (String host : List.of("server-4-sxm", "server-8-sxm")) {
                        Workbooks.set(ChangedCells.cell(book.getSheet("Hosts"), host, "Server room"), "no");
                    }
                })
                .value();
        assertThat(ON_TWO_SERVERS.assessed(office).cost().monthlyUsd())
                .isLessThan(ON_TWO_SERVERS.assessed(SHIPPED).cost().monthlyUsd() - 300);
    }

    @Test
    void buying_is_compared_with_the_tiers_that_the_sheet_names() {
        Run rented = new Run("nvidia-rtx-4090", 1, "vllm", "llama-3.1-8b", "awq", 4096, 1);
        Catalogue any = ChangedCells.with("comparedRentalTiers", "hyperscaler; neocloud; marketplace");
        assertThat(tier(any, rented)).isEqualTo("marketplace");
        assertThat(tier(SHIPPED, ON_TWO_SERVERS)).isNotEqualTo("marketplace");
    }

    @Test
    void what_is_not_measured_is_spread_as_the_sheet_says() {
        Catalogue wider = ChangedCells.with("spread.family", 3);
        assertThat(Ranges.assumed(SHIPPED, Phase.DECODE, false, EvidenceClass.FAMILY, 16)
                        .high())
                .isCloseTo(1.4, within(1e-9));
        assertThat(Ranges.assumed(wider, Phase.DECODE, false, EvidenceClass.FAMILY, 16)
                        .high())
                .isCloseTo(3, within(1e-9));
        assertThat(Ranges.assumed(ChangedCells.with("spread.memory", 2), Phase.MEMORY, true, EvidenceClass.FAMILY, 16)
                        .low())
                .isCloseTo(0.5, within(1e-9));
    }

    private static String tier(Catalogue catalogue, Run run) {
        String offer = run.assessed(catalogue).cost().breakEvenAgainst();
        return catalogue.findOffer(offer).orElseThrow().tier();
    }

    private static String cacheOf(Measurement row, Catalogue catalogue) {
        Demand demand = ResolvedMeasurement.of(row, catalogue, new Estimator(catalogue))
                .orElseThrow()
                .demand();
        return demand.cacheType() == null ? "16 bits" : demand.cacheType().id();
    }

    private static double gb(Catalogue catalogue, String model, String precision) {
        return Weights.stored(
                        catalogue.findModel(model).orElseThrow(),
                        catalogue.findQuantization(precision).orElseThrow())
                .gb();
    }

    private static int replicas(Catalogue catalogue, String type, String load) {
        String json = "{\"workload\": {\"type\": \"" + type + "\", \"model\": \"llama-3.1-8b\", " + load
                + "}, \"candidates\": [{\"hardware\": \"" + SERVER
                + "\", \"devices\": 1, \"acquisition\": \"buy\", \"engine\": \"vllm\", \"quantization\": \"bf16\"}]}";
        return new Resolver(catalogue, new Estimator(catalogue))
                .resolve(request(json))
                .value()
                .assessed()
                .get(0)
                .replicas();
    }

    private static DecisionRequest request(String json) {
        try {
            return RequestReader.read(json, LocalDate.of(2026, 11, 24))
                    .requests()
                    .get(0)
                    .value();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
