package quartermaster.estimate.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import quartermaster.TestWorkspace;
import quartermaster.catalogue.Catalogue;
import quartermaster.catalogue.Efficiency;
import quartermaster.catalogue.EvidenceClass;
import quartermaster.catalogue.Spread;
import quartermaster.catalogue.measurement.Measurement;
import quartermaster.catalogue.measurement.Phase;
import quartermaster.estimate.Estimator;
import quartermaster.estimate.Fit;
import quartermaster.estimate.Ranges;
import quartermaster.estimate.ResolvedMeasurement;
import quartermaster.estimate.training.NormalEquations;
import quartermaster.unit.Records;

/** What measurements do to the constants, over the shipped sheet. */
class CalibrationTest {
    private static final Catalogue CATALOGUE = TestWorkspace.catalogue();
    private static List<ResolvedMeasurement> samples = List.of();
    private static Calibration calibration = new Calibration(List.of(), List.of());
    private static Accuracy.@Nullable Report leftOut;

    @BeforeAll
    static void fit() {
        samples = samples(CATALOGUE.measurements());
        calibration = Calibration.of(CATALOGUE, samples);
    }

    @Test
    void every_row_of_the_sheet_is_kept_and_says_why_it_is_not_used() {
        assertThat(CATALOGUE.measurements()).hasSizeGreaterThan(2_900);
        assertThat(CATALOGUE.measurements())
                .filteredOn(each -> !each.include())
                .isNotEmpty()
                .allSatisfy(each -> assertThat(each.whyNot()).isNotBlank());
    }

    @Test
    void the_order_of_rows_changes_no_constant() {
        List<ResolvedMeasurement> reversed = new ArrayList<>(samples);
        Collections.reverse(reversed);

        assertThat(Calibration.of(CATALOGUE, reversed).efficiencies()).isEqualTo(calibration.efficiencies());
    }

    @Test
    void without_rows_the_defaults_stand() {
        Calibration nothing = Calibration.of(CATALOGUE, List.of());

        Efficiency before = CATALOGUE.efficiencyDefaults().stream()
                .filter(each -> each.appliesTo().equals("gb10") && each.engine().equals("llama.cpp"))
                .findFirst()
                .orElseThrow();
        assertThat(row(nothing, "gb10", "llama.cpp").constants()).isEqualTo(before.constants());
        assertThat(row(nothing, "gb10", "llama.cpp").measurements()).isZero();
    }

    @Test
    void a_chip_that_always_measures_slower_gets_slower_constants() {
        List<ResolvedMeasurement> slower = samples(CATALOGUE.measurements().stream()
                .map(each -> each.hardware().startsWith("nvidia-rtx-4090") ? withValue(each, each.value() * 0.7) : each)
                .toList());

        double usual = row(calibration, "geforce-ada", "llama.cpp").constants().bandwidth();
        double slow = row(Calibration.of(CATALOGUE, slower), "geforce-ada", "llama.cpp")
                .constants()
                .bandwidth();

        assertThat(slow).isLessThan(usual);
    }

    @Test
    void chips_with_rows_are_calibrated_and_shares_stay_shares() {
        assertThat(row(calibration, "apple-m3-ultra", "mlx").evidence()).isEqualTo(EvidenceClass.CALIBRATED);
        assertThat(calibration.efficiencies()).allSatisfy(each -> {
            assertThat(each.constants().bandwidth()).isBetween(0.1, 0.97);
            assertThat(each.constants().prefill()).isBetween(0.01, 0.97);
        });
    }

    @Test
    void the_normal_equations_are_solved() {
        double[] x = NormalEquations.solve(new double[][] {{4, 2}, {2, 3}}, new double[] {10, 8});

        assertThat(x[0]).isCloseTo(1.75, within(1e-9));
        assertThat(x[1]).isCloseTo(1.5, within(1e-9));
    }

    @Test
    void other_people_s_rows_are_predicted_better_than_by_simple_estimators() {
        Accuracy.Report report = leftOut();

        Accuracy.Group dense = group(report, "decode", "dense");
        assertThat(dense.n()).isGreaterThan(200);
        assertThat(dense.medianApePercent()).isLessThan(12);
        assertThat(group(report, "decode", "moe").medianApePercent()).isLessThan(25);
        assertThat(report.baselines())
                .filteredOn(each -> each.kind().equals("dense"))
                .allSatisfy(each -> assertThat(each.medianApePercent()).isGreaterThan(dense.medianApePercent()));
        assertThat(group(report, "prefill", "all").medianApePercent()).isLessThan(25);
        assertThat(group(report, "serve", "all").medianApePercent()).isLessThan(32);
        assertThat(group(report, "memory", "all").medianApePercent()).isLessThan(10);
        for (String phase : List.of("decode", "prefill", "serve", "memory")) {
            assertThat(group(report, phase, "all").rangeHeldPercent()).as(phase).isBetween(72.0, 92.0);
        }
    }

    @Test
    void the_page_shows_how_far_off_estimates_are() throws IOException {
        Accuracy.Report report = leftOut();
        Stream<String> groups = report.groups().stream()
                .filter(each -> each.family().equals("all") && each.engine().equals("all"))
                .map(each -> String.format(
                        Locale.ROOT,
                        "%s %s all all %s %d %.1f %% %.1f %% %d %.1f %% %.1f %% %+.1f %% %.0f %%",
                        each.phase(),
                        each.kind(),
                        each.inFlight(),
                        each.n(),
                        each.medianApePercent(),
                        each.p90ApePercent(),
                        each.publishers(),
                        each.medianOfPublishersPercent(),
                        each.p90OfPublishersPercent(),
                        each.biasPercent(),
                        each.rangeHeldPercent()));
        Stream<String> simple = report.baselines().stream()
                .map(each -> String.format(
                        Locale.ROOT,
                        "%s %s %.1f %% %.1f %%",
                        each.name(),
                        each.kind(),
                        each.medianApePercent(),
                        each.p90ApePercent()));

        assertThat(Files.readString(Path.of("src/docs/accuracy.md")).lines().map(line -> line.replaceAll(" +", " ")))
                .as("Paste what accuracy prints into the page")
                .containsAll(Stream.concat(groups, simple).toList());
    }

    @Test
    void what_is_known_not_to_fit_is_never_said_to_fit() {
        Estimator estimator = new Estimator(CATALOGUE);
        List<Measurement> spilled = CATALOGUE.measurements().stream()
                .filter(each -> !each.include()
                        && each.whyNot() != null
                        && each.whyNot().startsWith("weights exceed"))
                .toList();

        assertThat(spilled).hasSizeGreaterThan(10);
        assertThat(samples(spilled))
                .allSatisfy(each -> assertThat(estimator
                                .ledger(each.demand(), each.deployment(), 1)
                                .fit())
                        .as(each.measurement().id())
                        .isEqualTo(Fit.NO));
    }

    @Test
    void ranges_widen_with_weaker_evidence_and_fewer_publishers() {
        Ranges assumed = Ranges.of(CATALOGUE, List.of());
        Ranges measured = Ranges.of(CATALOGUE);

        for (Phase phase : Phase.values()) {
            for (boolean experts : new boolean[] {false, true}) {
                Spread calibrated = measured.of(phase, experts, EvidenceClass.CALIBRATED, 16);
                Spread specification = measured.of(phase, experts, EvidenceClass.SPECIFICATION, 16);
                assertThat(specification.low()).isLessThanOrEqualTo(calibrated.low());
                assertThat(specification.high()).isGreaterThanOrEqualTo(calibrated.high());
                assertThat(assumed.of(phase, experts, EvidenceClass.FAMILY, 16).measurements())
                        .isZero();
            }
        }
        assertThat(measured.of(Phase.DECODE, false, EvidenceClass.CALIBRATED, 16)
                        .measurements())
                .isGreaterThan(100);
    }

    @Test
    void a_publisher_that_is_off_everywhere_does_not_move_the_constants_by_as_much() {
        List<ResolvedMeasurement> others = samples(CATALOGUE.measurements().stream()
                .map(each -> each.publisher().endsWith("XiongjieDai/GPU-Benchmarks-on-LLM-Inference")
                        ? withValue(each, each.value() * 0.5)
                        : each)
                .toList());

        double usual =
                row(calibration, "geforce-ampere", "llama.cpp").constants().prefill();
        double now = row(Calibration.of(CATALOGUE, others), "geforce-ampere", "llama.cpp")
                .constants()
                .prefill();

        assertThat(now / usual).isBetween(0.6, 1.0);
    }

    @Test
    void rows_of_a_file_are_never_used_to_fit() {
        List<Measurement> file = CATALOGUE.measurements().stream()
                .filter(each -> each.publisher().endsWith("geerlingguy/ai-benchmarks") && each.phase() == Phase.DECODE)
                .toList();
        List<Measurement> doubled =
                file.stream().map(each -> withValue(each, each.value() * 2)).toList();

        Accuracy accuracy = new Accuracy(TestWorkspace.withFewMeasurements(), text -> {});
        double bias = group(accuracy.of(file), "decode", "all").biasPercent();
        double biasOfDoubled = group(accuracy.of(doubled), "decode", "all").biasPercent();

        assertThat((1 + biasOfDoubled / 100) * 2).isCloseTo(1 + bias / 100, within(1e-6));
    }

    @Test
    void rows_that_the_catalogue_does_not_know_are_counted_and_not_guessed() {
        Measurement known = CATALOGUE.measurements().get(0);
        Measurement unknown = Records.with(known, "hardware", "Babbage 9000");

        Accuracy.Report report = new Accuracy(CATALOGUE, text -> {}).of(List.of(unknown));

        assertThat(report.judged()).isZero();
        assertThat(report.unmapped()).singleElement().asString().contains("Babbage 9000");
    }

    private static Accuracy.Group group(Accuracy.Report report, String phase, String kind) {
        return report.groups().stream()
                .filter(each -> each.phase().equals(phase)
                        && each.kind().equals(kind)
                        && each.family().equals("all")
                        && each.inFlight().equals("all"))
                .findFirst()
                .orElseThrow();
    }

    private static Efficiency row(Calibration calibration, String chip, String engine) {
        return calibration.efficiencies().stream()
                .filter(each -> each.appliesTo().equals(chip) && each.engine().equals(engine))
                .findFirst()
                .orElseThrow();
    }

    private static List<ResolvedMeasurement> samples(List<Measurement> rows) {
        Estimator estimator = new Estimator(CATALOGUE);
        return rows.stream()
                .map(each -> ResolvedMeasurement.of(each, CATALOGUE, estimator))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Measurement withValue(Measurement row, double value) {
        return Records.with(row, "value", value);
    }

    /** Fitted once for each publisher, which takes seconds. */
    private static synchronized Accuracy.Report leftOut() {
        if (leftOut == null) {
            leftOut = new Accuracy(CATALOGUE, text -> {}).leaveOneSourceOut();
        }
        return leftOut;
    }
}
