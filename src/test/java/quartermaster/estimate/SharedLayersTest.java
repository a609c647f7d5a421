package quartermaster.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import quartermaster.TestWorkspace;
import quartermaster.catalogue.Catalogue;
import quartermaster.catalogue.Engine;
import quartermaster.catalogue.Hardware;
import quartermaster.catalogue.LinkKind;
import quartermaster.catalogue.MultiDevice;
import quartermaster.request.WorkloadType;

/** How several devices share a model: as one server runs it, whatever comes. */
class SharedLayersTest {
    private static final Estimator ESTIMATOR = new Estimator(TestWorkspace.catalogue());
    private static final int MACHINES = 250;
    private static final double LEAST = 1 - 1e-9;
    private static final List<String> MODELS =
            List.of("llama-3.1-8b", "qwen3-32b", "llama-3.1-70b", "qwen3-30b-a3b", "gpt-oss-120b", "glm-4.6");

    /** What somebody needs of it. */
    private enum Kind {
        NOTHING(WorkloadType.EVALUATION, 0, null),
        TRIAL(WorkloadType.EVALUATION, 5, null),
        TOOL(WorkloadType.INTERNAL_TOOL, 7, 10.0),
        CHAT(WorkloadType.PRODUCTION, 10, 2.0),
        BATCH(WorkloadType.BATCH, 0, null);

        private final WorkloadType type;
        private final double speed;
        private final @Nullable Double seconds;

        Kind(WorkloadType type, double speed, @Nullable Double seconds) {
            this.type = type;
            this.speed = speed;
            this.seconds = seconds;
        }
    }

    /** A model on a machine of the catalogue, and what is asked of it. */
    private record Run(String hardware, String engine, String precision, String model, int input, int output) {
        /** One machine; several where each is one device and the engine has the choice what to do about the link. */
        int mostDevices() {
            int ofAMachine = Facts.hardware(hardware).maxDevicesPerNode();
            boolean cluster = ofAMachine <= 1 && Facts.engine(engine).multiDevice() == MultiDevice.TENSOR_OR_PIPELINE;
            return cluster ? 8 : Math.min(8, Math.max(1, ofAMachine));
        }

        /** An engine that can only share layers, or only split them, may lose by a slow link what it gains by devices. */
        boolean hasTheChoiceOrAFastLink() {
            LinkKind link = Facts.hardware(hardware).linkKind();
            boolean choice = Facts.engine(engine).multiDevice() == MultiDevice.TENSOR_OR_PIPELINE;
            return (choice && link != LinkKind.NONE)
                    || (Facts.engine(engine).multiDevice() == MultiDevice.TENSOR && link == LinkKind.NVLINK);
        }

        Estimate on(int devices, Kind kind, int inFlight) {
            Deployment one =
                    Facts.deployment(hardware, devices, engine, precision).withReplicas(1);
            return ESTIMATOR
                    .assess(demand(kind, model, input, output, inFlight), one)
                    .estimate();
        }
    }

    private static Demand demand(Kind kind, String model, int input, int output, int inFlight) {
        return new Demand(
                kind.type,
                Facts.model(model),
                null,
                null,
                input,
                output,
                input + output,
                0,
                inFlight,
                null,
                null,
                kind.speed,
                kind.seconds,
                1,
                false,
                Demand.Traffic.STATED,
                Demand.Companions.NONE,
                null,
                null,
                null,
                36,
                0.3,
                0.15,
                LocalDate.of(2026, 11, 22),
                List.of());
    }

    /** Any of the catalogue, the same ones each time. */
    private static List<Run> runs() {
        Random random = new Random(16);
        List<Hardware> hardware = List.copyOf(TestWorkspace.catalogue().hardware());
        List<Run> runs = new ArrayList<>();
        while (runs.size() < MACHINES) {
            Hardware machine = hardware.get(random.nextInt(hardware.size()));
            String engine = machine.isApple()
                    ? pick(random, "mlx", "llama.cpp")
                    : pick(random, "vllm", "vllm", "sglang", "tensorrt-llm", "llama.cpp");
            Engine known = Facts.engine(engine);
            String precision = known.id().equals("mlx")
                    ? pick(random, "mlx-4bit", "mlx-8bit")
                    : known.id().equals("llama.cpp")
                            ? pick(random, "q4_k_m", "q8_0")
                            : pick(random, "bf16", "fp8", "awq");
            runs.add(new Run(
                    machine.id(),
                    engine,
                    precision,
                    MODELS.get(random.nextInt(MODELS.size())),
                    (int) (100 * Math.pow(2, random.nextInt(9))),
                    (int) (50 * Math.pow(2, random.nextInt(6)))));
        }
        return runs;
    }

    private static String pick(Random random, String... of) {
        return of[random.nextInt(of.length)];
    }

    private static List<Integer> numbersInFlight() {
        return Stream.iterate(1, each -> each <= 256, each -> each < 20 ? each + 1 : each + 1 + each / 12)
                .toList();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void more_in_flight_never_wait_less_and_never_write_less_together(Kind kind) {
        Random random = new Random(kind.ordinal());
        for (Run run : runs()) {
            int devices = 1 + random.nextInt(8);
            Estimate before = run.on(devices, kind, 1);
            boolean inTurn = before.layersInTurn();
            for (int inFlight : numbersInFlight()) {
                Estimate now = run.on(devices, kind, inFlight);
                String where = run + " on " + devices + " for " + kind + ", " + inFlight + " in flight";
                assertThat(now.layersInTurn()).as(where).isEqualTo(inTurn);
                assertThat(now.timeToFirstToken().typical())
                        .as(where)
                        .isGreaterThanOrEqualTo(
                                LEAST * before.timeToFirstToken().typical());
                assertThat(now.timeToFirstTokenP95Seconds())
                        .as(where)
                        .isGreaterThanOrEqualTo(LEAST * before.timeToFirstTokenP95Seconds());
                assertThat(now.throughput().typical())
                        .as(where)
                        .isGreaterThanOrEqualTo(LEAST * before.throughput().typical());
                before = now;
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void more_devices_never_carry_less(Kind kind) {
        for (Run run : runs()) {
            if (!run.hasTheChoiceOrAFastLink()) {
                continue;
            }
            int before = 0;
            double speed = 0;
            for (int devices = 1; devices <= run.mostDevices(); devices++) {
                Estimate now = run.on(devices, kind, 1);
                if (Math.min(speed, now.decodeSpeed().typical()) >= kind.speed) { // slower ones carry nobody as needed
                    assertThat(now.maxConcurrency())
                            .as("%s on %d for %s", run, devices, kind)
                            .isGreaterThanOrEqualTo(before);
                }
                speed = now.decodeSpeed().typical();
                before = now.maxConcurrency();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "TRIAL, nvidia-rtx-4090, 2, llama-3.1-8b, bf16, false", // 93 requests at 5 tokens a second, 1.7 a second to 2.8
        "TRIAL, nvidia-rtx-4090, 4, llama-3.1-70b, awq, false", // 34 requests to 17, but one alone 18 tokens a second
        // to 44
        "TRIAL, nvidia-rtx-4090, 4, llama-3.1-8b, bf16, true",
        "CHAT, nvidia-rtx-4090, 4, llama-3.1-70b, awq, false", // at 10 tokens a second 9 to 8
        "BATCH, nvidia-rtx-4090, 2, llama-3.1-8b, bf16, true",
        "CHAT, nvidia-l40s, 8, llama-3.1-70b, fp8, false", // 8 tokens a second in turn
        "BATCH, nvidia-l40s, 8, llama-3.1-70b, fp8, true",
        "TRIAL, nvidia-dgx-spark-gb10-128gb, 2, qwen3-32b, fp8, false",
        "BATCH, nvidia-h100-sxm-80gb, 8, llama-3.1-70b, fp8, false" // the link is fast
    })
    void layers_are_shared_unless_taking_turns_is_worth_it(
            Kind kind, String hardware, int devices, String model, String precision, boolean inTurn) {
        Run run = new Run(hardware, "vllm", precision, model, 2000, 300);

        assertThat(run.on(devices, kind, 4).layersInTurn()).isEqualTo(inTurn);
    }

    @Test
    void one_request_passes_through_stages_without_a_stop() {
        Run run = new Run("nvidia-rtx-4090", "vllm", "awq", "llama-3.1-8b", 2000, 300);

        double inTurn = run.on(4, Kind.BATCH, 1).decodeSpeed().typical();

        assertThat(run.on(4, Kind.BATCH, 1).layersInTurn()).isTrue();
        assertThat(inTurn).isCloseTo(run.on(1, Kind.BATCH, 1).decodeSpeed().typical(), within(0.01 * inTurn));
    }

    /** mlx-lm passes a batch through all machines before it begins the next step. */
    @Test
    void an_engine_without_continuous_batching_gains_no_speed_from_stages() {
        Demand demand = Facts.demand(Facts.model("gpt-oss-120b"), 2000, 300, 8);
        String mac = "mac-studio-m2-ultra-60c-76c-gpu-128gb";

        double one = inTurn(demand, Facts.deployment(mac, 1, "mlx", "mlx-mxfp4"));
        double four = inTurn(demand, Facts.deployment(mac, 4, "mlx", "mlx-mxfp4"));

        assertThat(four).isCloseTo(one, within(1e-6 * one));
    }

    private static double inTurn(Demand demand, Deployment deployment) {
        Catalogue catalogue = TestWorkspace.catalogue();
        Replicas replicas = new Replicas(catalogue, new Links(catalogue), new Costing(catalogue), null);
        return replicas.serving(demand, deployment, replicas.pace(demand, deployment), 0, Serving.Layers.IN_TURN)
                .throughput(8);
    }
}
