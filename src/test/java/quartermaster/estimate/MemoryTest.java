package quartermaster.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import quartermaster.catalogue.Model;
import quartermaster.request.FineTuningMethod;
import quartermaster.unit.Bytes;

/** Memory against numbers that were worked out by hand or measured. */
class MemoryTest {
    private static final UsableMemory.Reserves RESERVES = new UsableMemory.Reserves(4, 0.06, 0, 0.9, 0.667);
    private static final int LONG = 131_072;

    @ParameterizedTest
    @CsvSource({
        "llama-3.1-8b, 131072", // 32 × 2 × 8 × 128 × 2
        "llama-3.1-70b, 327680", // 80 × 2 × 8 × 128 × 2
        "qwen3-30b-a3b, 98304", // 48 × 2 × 4 × 128 × 2
        "deepseek-v3, 70272", // 61 × (512 + 64) × 2, K and V share the latent
        "gpt-oss-20b, 24576" // 12 full layers × 2 × 8 × 64 × 2
    })
    void the_cache_grows_by_so_many_bytes_per_token(String model, long bytes) {
        assertThat(Facts.model(model).kvBytesPerToken()).isEqualTo(bytes);
    }

    @Test
    void an_8b_at_8192_tokens_holds_one_gibibyte() {
        Bytes cache = KvCache.ofSequence(Facts.model("llama-3.1-8b"), Facts.engine("vllm"), null, 8192);

        assertThat(cache.gib()).isEqualTo(1.0);
    }

    @ParameterizedTest
    @CsvSource({
        "gpt-oss-20b, llama.cpp, 3.018", // 24,576 × 131,072 + 24,576 × 768
        "gpt-oss-20b, vllm, 6.000", // 49,152 × 131,072
        "gemma-3-27b, llama.cpp, 10.61", // 81,920 × 131,072 + 425,984 × 1,536
        "gemma-3-27b, vllm, 62.00" // 507,904 × 131,072
    })
    void windowed_layers_keep_what_the_engine_keeps(String model, String engine, double gib) {
        Bytes cache = KvCache.ofSequence(Facts.model(model), Facts.engine(engine), null, LONG);

        assertThat(cache.gib()).isCloseTo(gib, within(0.005));
    }

    @Test
    void a_linear_state_does_not_grow_with_the_context() {
        Model model = Facts.model("qwen3.6-35b-a3b");

        Bytes atNothing = KvCache.ofSequence(model, Facts.engine("mlx"), null, 0);
        Bytes at1000 = KvCache.ofSequence(model, Facts.engine("mlx"), null, 1000);

        assertThat(atNothing.count()).isEqualTo(64_389_120);
        assertThat(at1000.count() - atNothing.count()).isEqualTo(20_480_000);
    }

    @Test
    void a_quantized_cache_halves() {
        Model model = Facts.model("llama-3.1-8b");

        Bytes half = KvCache.ofSequence(model, Facts.engine("vllm"), Facts.quantization("kv-cache-fp8"), 8192);

        assertThat(half.gib()).isEqualTo(0.5);
    }

    /** 39.59 weights + 2.50 cache + 0.42 buffers + 0.5 base = 43.0; 1.03 × 39.59 + 2.50 + 1.3 × 0.42 + 0.5 = 44.3. */
    @Test
    void a_70b_at_4_bit_fits_a_64_gib_mac_and_no_smaller_one() {
        Model model = Facts.model("llama-3.1-70b");
        MemoryLedger ledger = ledgerOf70b("mac-studio-m5-max-40c-gpu-64gb");

        assertThat(ledger.weights().gib()).isCloseTo(39.59, within(0.2));
        assertThat(ledger.kvCache().gib()).isCloseTo(2.50, within(0.001));
        assertThat(ServingMemory.buffers(model, Facts.engine("llama.cpp"), ledger.weights(), 64)
                        .gib())
                .isCloseTo(0.42, within(0.005));
        assertThat(ledger.required().gib()).isCloseTo(43.0, within(0.2));
        assertThat(ledger.pessimistic().gib()).isCloseTo(44.3, within(0.2));
        assertThat(ledger.fit()).isEqualTo(Fit.YES);
        assertThat(ledgerOf70b("mac-mini-m5-pro-16c-gpu-48gb").fit()).isEqualTo(Fit.NO);
        assertThat(ledgerOf70b("nvidia-rtx-4090").fit()).isEqualTo(Fit.NO);
    }

    @Test
    void a_70b_in_fp8_leaves_nothing_for_the_cache_on_one_80_gib_card() {
        Demand demand = Facts.demand(Facts.model("llama-3.1-70b"), 16_000, 384, 10);

        MemoryLedger ledger = Facts.assess(demand, Facts.deployment("nvidia-h100-sxm-80gb", 1, "vllm", "fp8"))
                .estimate()
                .memory();

        assertThat(ledger.fit()).isEqualTo(Fit.NO);
        assertThat(ledger.maxSequences()).isZero();
    }

    @Test
    void a_model_that_exactly_fills_memory_is_tight_and_one_byte_more_does_not_fit() {
        MemoryLedger exact = ledger(100, 100);
        MemoryLedger over = ledger(101, 100);

        assertThat(exact.fit()).isEqualTo(Fit.TIGHT);
        assertThat(exact.headroomPercent()).isZero();
        assertThat(over.fit()).isEqualTo(Fit.NO);
        assertThat(over.headroomPercent()).isNegative();
    }

    @ParameterizedTest
    @CsvSource({
        "mac-studio-m5-max-40c-gpu-64gb, mlx, 48.0",
        "mac-mini-m6-12c-gpu-16gb, mlx, 10.7",
        "nvidia-h100-sxm-80gb, vllm, 73.6", // 80 × 0.92
        "nvidia-rtx-4090, llama.cpp, 22.4", // 24 − 1.6
        "nvidia-dgx-spark-gb10-128gb, vllm, 117.76", // 128 × 0.92, under the 119.5 that may be mapped
        "framework-desktop-ryzen-ai-maxplus-395-128gb, llama.cpp, 96.0"
    })
    void usable_memory_is_not_what_stands_on_the_box(String hardware, String engine, double gib) {
        Bytes usable = UsableMemory.of(Facts.hardware(hardware), 1, Facts.engine(engine), RESERVES);

        assertThat(usable.gib()).isCloseTo(gib, within(0.01));
    }

    @ParameterizedTest
    @MethodSource("quartermaster.estimate.Facts#modelIds")
    void more_context_never_needs_less_memory(String id) {
        Model model = Facts.model(id);
        for (String engine : new String[] {"llama.cpp", "mlx", "vllm"}) {
            long before = 0;
            for (int tokens = 1; tokens <= 1 << 18; tokens *= 2) {
                long now = KvCache.ofSequence(model, Facts.engine(engine), null, tokens)
                        .count();
                assertThat(now).as("%s on %s at %d", id, engine, tokens).isGreaterThanOrEqualTo(before);
                before = now;
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "llama-3.1-8b, QLORA, 6, 9",
        "llama-3.1-8b, LORA, 16, 22",
        "llama-3.1-8b, FULL, 60, 160",
        "llama-3.1-70b, QLORA, 41, 50",
        "llama-3.1-70b, LORA, 140, 165"
    })
    void training_takes_what_people_report(String model, FineTuningMethod method, double leastGB, double mostGB) {
        TrainingMemory.Run run = new TrainingMemory.Run(method, 1, 2048, 16);

        MemoryLedger ledger = TrainingMemory.ledger(
                Facts.model(model),
                Facts.tool("unsloth"),
                Facts.quantization(method == FineTuningMethod.QLORA ? "nf4" : "bf16"),
                1,
                Bytes.ofGiB(512),
                run,
                1.15);

        assertThat(ledger.required().gb()).isBetween(leastGB, mostGB);
        assertThat(ledger.pessimistic()).isGreaterThan(ledger.required());
    }

    /** 32 × 16 × (16,384 + 10,240 + 55,296) = 41.9 million. */
    @Test
    void adapters_of_an_8b_at_rank_16_are_42_million_parameters() {
        assertThat(TrainingMemory.adapterParametersB(Facts.model("llama-3.1-8b"), 16))
                .isCloseTo(0.0419, within(0.0001));
    }

    @Test
    void all_experts_are_resident_whatever_one_token_reads() {
        Model model = Facts.model("qwen3-30b-a3b");

        Bytes stored = Weights.stored(model, Facts.quantization("bf16"));

        assertThat(stored.gb()).isCloseTo(61.06, within(0.01)); // 30.53 × 2
        assertThat(Weights.routedExperts(model, Facts.quantization("bf16")) / 1e9)
                .isCloseTo(57.98, within(0.01));
        assertThat(Weights.readByEveryToken(model, Facts.quantization("bf16")) / 1e9)
                .isCloseTo(2.46, within(0.01));
    }

    @Test
    void embeddings_stay_at_sixteen_bits_where_the_format_leaves_them() {
        Model model = Facts.model("llama-3.1-8b");

        // (8.03 − 1.0507) × 4.156 ÷ 8 + 1.0507 × 2
        assertThat(Weights.stored(model, Facts.quantization("awq")).gb()).isCloseTo(5.727, within(0.01));
    }

    private static MemoryLedger ledgerOf70b(String hardware) {
        Demand demand = Facts.demand(Facts.model("llama-3.1-70b"), 7680, 512, 1);
        return Facts.assess(demand, Facts.deployment(hardware, 1, "llama.cpp", "q4_k_m"))
                .estimate()
                .memory();
    }

    private static MemoryLedger ledger(long required, long usable) {
        return new MemoryLedger(
                new Bytes(required),
                Bytes.ZERO,
                Bytes.ZERO,
                new Bytes(required + 50),
                new Bytes(usable),
                Bytes.ZERO,
                1,
                1,
                Bytes.ZERO);
    }
}
