package quartermaster.estimate.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import quartermaster.TestWorkspace;
import quartermaster.catalogue.Catalogue;
import quartermaster.catalogue.EvidenceClass;
import quartermaster.catalogue.TrainingKnowledge.Run;
import quartermaster.unit.Records;

class TrainingSpeedsTest {
    private static final Catalogue SHIPPED = TestWorkspace.catalogue();
    private static final TrainingSpeeds.Peak PEAK = (hardware, precision) -> {
        Double eightBit = hardware.fp8Tflops();
        Double sixteen = hardware.fp16Tflops();
        return precision.id().equals("fp8") && eightBit != null ? eightBit : sixteen == null ? 125 : sixteen;
    };
    private static final String CARD = "nvidia-rtx-5090";

    private static TrainingSpeeds.Setting setting(String hardware, int devices, String tool, String method) {
        return new TrainingSpeeds.Setting(
                SHIPPED.findHardware(hardware).orElseThrow(),
                devices,
                SHIPPED.training().findTool(tool).orElseThrow(),
                SHIPPED.findQuantization(method.equals("qlora") ? "nf4" : "bf16")
                        .orElseThrow(),
                method,
                SHIPPED.findModel("llama-3.1-8b").orElseThrow());
    }

    private static Run own(String method, double tokensPerSecond) {
        Run like = SHIPPED.training().runs().get(0);
        Run run = Records.with(
                Records.with(like, "source", "our rack, run of Friday"), "tokensPerSecond", tokensPerSecond);
        run = Records.with(Records.with(Records.with(run, "hardware", CARD), "devices", 1), "tool", "unsloth");
        run = Records.with(Records.with(run, "model", "llama-3.1-8b"), "activeParametersB", null);
        return Records.with(
                Records.with(Records.with(run, "method", method), "sequenceTokens", 2048), "precision", "bf16");
    }

    private static TrainingSpeeds knowing(Run... own) {
        return new TrainingSpeeds(
                SHIPPED,
                PEAK,
                Stream.concat(SHIPPED.training().runs().stream(), Stream.of(own))
                        .toList());
    }

    /** 4 × 8.03 + 12 × 32 × 4,096 × 2,048 ÷ 10⁹ = 35.3; 6 × 8.03 + 3.2 = 51.4; (2 + 2 × 16 ÷ 32) × 8.03 + 3.2 = 27.3. */
    @Test
    void a_token_takes_six_flop_a_parameter_four_with_adapters_and_less_where_few_layers_have_them() {
        assertThat(new TrainingWork(8.03, 32, 4096, "lora", null, 2048).flopPerToken() / 1e9)
                .isCloseTo(35.34, within(0.01));
        assertThat(new TrainingWork(8.03, 32, 4096, "full", null, 2048).flopPerToken() / 1e9)
                .isCloseTo(51.40, within(0.01));
        assertThat(new TrainingWork(8.03, 32, 4096, "qlora", 16, 2048).flopPerToken() / 1e9)
                .isCloseTo(27.31, within(0.01));
        assertThat(new TrainingWork(8.03, 32, 4096, "lora", 64, 2048).perParameter())
                .isEqualTo(4);
    }

    @Test
    void without_a_measured_run_a_chip_reaches_what_the_sheet_says() {
        TrainingSpeeds.Speed speed = new TrainingSpeeds(SHIPPED, PEAK, List.of())
                .of(setting("nvidia-h100-sxm-80gb", 1, "trl", "lora"), 2048);

        assertThat(speed.evidence()).isEqualTo(EvidenceClass.SPECIFICATION);
        assertThat(speed.utilization()).isEqualTo(0.40);
        // 989 × 0.40 ÷ 35.34 GFLOP
        assertThat(speed.tokensPerSecond()).isCloseTo(11_194, within(10.0));
    }

    /** 4 × 0.95² = 3.61. */
    @Test
    void every_doubling_of_devices_brings_a_share_of_twice_as_much() {
        TrainingSpeeds speeds = new TrainingSpeeds(SHIPPED, PEAK, List.of());
        assertThat(speeds.of(setting("nvidia-h100-sxm-80gb", 4, "trl", "lora"), 2048)
                        .scaling())
                .isCloseTo(3.61, within(0.001));
        assertThat(speeds.of(setting("mac-studio-m4-max-40c-gpu-128gb", 2, "mlx-tune", "lora"), 2048)
                        .scaling())
                .as("a tool that trains on one device")
                .isEqualTo(1);
    }

    @Test
    void two_sparks_train_about_twice_as_fast_as_one() {
        TrainingSpeeds speeds = knowing();
        double one = speeds.of(setting("nvidia-dgx-spark-gb10-128gb", 1, "unsloth", "lora"), 2048)
                .tokensPerSecond();
        double two = speeds.of(setting("nvidia-dgx-spark-gb10-128gb", 2, "unsloth", "lora"), 2048)
                .tokensPerSecond();
        assertThat(two / one).isBetween(1.9, 2.0); // 1.96 measured
    }

    @Test
    void an_own_run_of_exactly_this_pairing_is_the_estimate() {
        TrainingSpeeds.Speed speed = knowing(own("lora", 1234)).of(setting(CARD, 1, "unsloth", "lora"), 2048);

        assertThat(speed.tokensPerSecond()).isCloseTo(1234, within(0.01));
        assertThat(speed.evidence()).isEqualTo(EvidenceClass.MEASURED);
    }

    @Test
    void an_own_run_moves_what_is_like_it_and_nothing_else() {
        TrainingSpeeds plain = knowing();
        TrainingSpeeds slow = knowing(own("lora", 1234)); // a third of what is expected
        for (String method : List.of("lora", "qlora", "full")) {
            double before = plain.of(setting(CARD, 1, "trl", method), 2048).tokensPerSecond();
            double after = slow.of(setting(CARD, 1, "trl", method), 2048).tokensPerSecond();
            assertThat(after).as(method).isLessThan(0.9 * before);
        }
        TrainingSpeeds.Setting mac = setting("mac-studio-m4-max-40c-gpu-128gb", 1, "mlx-lm", "lora");
        assertThat(slow.of(mac, 2048).tokensPerSecond())
                .isCloseTo(plain.of(mac, 2048).tokensPerSecond(), within(5.0));
    }

    @Test
    void published_runs_come_out_as_measured_and_others_publishers_within_a_factor_of_two() {
        List<TrainingSpeeds.Judged> judged = TrainingSpeeds.leaveOnePublisherOut(SHIPPED, PEAK);

        assertThat(judged).hasSizeGreaterThan(40);
        double[] apart = judged.stream()
                .mapToDouble(each -> Math.abs(Math.log(each.predicted().tokensPerSecond() / each.measured())))
                .sorted()
                .toArray();
        assertThat(Math.exp(apart[apart.length / 2])).isLessThan(1.3);
        assertThat(Math.exp(apart[apart.length * 9 / 10])).isLessThan(2);
    }
}
