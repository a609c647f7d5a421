package quartermaster.estimate.training;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import quartermaster.catalogue.Catalogue;
import quartermaster.catalogue.Default;
import quartermaster.catalogue.EvidenceClass;
import quartermaster.catalogue.Hardware;
import quartermaster.catalogue.Model;
import quartermaster.catalogue.Quantization;
import quartermaster.catalogue.TrainingKnowledge.Run;
import quartermaster.catalogue.TrainingKnowledge.Utilization;
import quartermaster.catalogue.TrainingTool;

/**
 * Tokens a second of a training run: devices × peak × utilization ÷ FLOP of a token. What the sheet {@code Training
 * efficiency} expects of a chip is corrected by the runs of {@code Training measurements}: the logarithm of measured to
 * expected is taken for a Gaussian process over family, chip, tool, and the pairing of chip and method, where models of
 * like size and counts of devices are much alike. A run of the architect's own of exactly this pairing wins.
 */
public final class TrainingSpeeds {
    private static final double UNSAID_SEQUENCE = 512; // tokens, where a row does not say: attention hardly counts
    private static final double NOISE_OF_OWN = 0.01; // of the logarithm's variance
    private static final double DOUBLINGS = 2; // of model and devices over which figures are still much alike
    private static final int MOST_WITNESSES = 3;

    /** Dense TFLOPS of one device in the arithmetic that is used for such weights. */
    public interface Peak {
        double tflops(Hardware hardware, Quantization precision);
    }

    /** What is run, on what. */
    public record Setting(
            Hardware hardware, int devices, TrainingTool tool, Quantization precision, String method, Model model) {}

    /** A row of the sheet, and the pairing that it is about. */
    private record Known(
            Run row, Hardware hardware, TrainingTool tool, Quantization precision, TrainingWork work, double residual) {
        double noise(double usual, double weightOfTrust) {
            return row.isOwn() ? NOISE_OF_OWN : usual / weightOfTrust;
        }
    }

    /** Where a figure stands among others. */
    private record Standing(Hardware hardware, String tool, String method, double activeParametersB, double devices) {}

    /**
     * What is expected.
     *
     * @param tokensPerSecond of all devices together, of full sequences and without any pause
     * @param utilization of the peak of all devices, what several lose to each other counted apart
     * @param expected of it, before anything measured was looked at
     * @param scaling what the devices do together, e.g. 3.61 for four
     */
    public record Speed(
            double tokensPerSecond,
            double utilization,
            double expected,
            double scaling,
            double tflops,
            double flopPerParameter,
            double attentionFlop,
            double flopPerToken,
            EvidenceClass evidence,
            int measurements,
            @Nullable String measuredOn,
            List<String> basis) {
        public Speed {
            basis = List.copyOf(basis);
        }
    }

    /**
     * A row that can be judged.
     *
     * @param measured tokens a second, likewise what was predicted
     * @param evidence that the prediction rests on
     */
    public record Judged(Run row, Hardware hardware, String tool, boolean experts, double measured, Speed predicted) {}

    private final Catalogue catalogue;
    private final Peak peak;
    private final List<Known> rows;
    private final double[] weights;
    private final double variance;
    private final double sameFamily;
    private final double sameChip;
    private final double sameTool;

    public TrainingSpeeds(Catalogue catalogue, Peak peak) {
        this(catalogue, peak, catalogue.training().runs());
    }

    /** @param runs instead of those of the catalogue */
    TrainingSpeeds(Catalogue catalogue, Peak peak, List<Run> runs) {
        this.catalogue = catalogue;
        this.peak = peak;
        this.variance = Math.pow(Math.log(catalogue.number("trainingFit.spread")), 2);
        this.sameFamily = catalogue.number("trainingFit.sameFamily");
        this.sameChip = catalogue.number("trainingFit.sameChip");
        this.sameTool = catalogue.number("trainingFit.sameTool");
        this.rows = runs.stream()
                .filter(Run::include)
                .flatMap(row -> known(row).stream())
                .toList();
        this.weights = learnt();
    }

    /** Every row that is used, predicted from those of all other publishers. */
    public static List<Judged> leaveOnePublisherOut(Catalogue catalogue, Peak peak) {
        List<Judged> judged = new ArrayList<>();
        List<Run> runs = catalogue.training().runs();
        runs.stream().filter(Run::include).map(Run::publisher).distinct().forEach(publisher -> {
            TrainingSpeeds others = new TrainingSpeeds(
                    catalogue,
                    peak,
                    runs.stream()
                            .filter(row -> !row.publisher().equals(publisher))
                            .toList());
            runs.stream()
                    .filter(row -> row.include() && row.publisher().equals(publisher))
                    .flatMap(row -> others.known(row).stream())
                    .forEach(row -> judged.add(others.judged(row)));
        });
        return judged;
    }

    /**
     * Runs of somebody else, predicted from the sheet without the rows that have an id or a publisher of theirs.
     *
     * @param unmapped is told of each that names what the catalogue does not know
     */
    public static List<Judged> others(Catalogue catalogue, Peak peak, List<Run> file, Consumer<Run> unmapped) {
        Set<String> ids = file.stream().map(Run::id).collect(Collectors.toSet());
        Set<String> publishers = file.stream().map(Run::publisher).collect(Collectors.toSet());
        TrainingSpeeds rest = new TrainingSpeeds(
                catalogue,
                peak,
                catalogue.training().runs().stream()
                        .filter(row -> !ids.contains(row.id()) && !publishers.contains(row.publisher()))
                        .toList());
        List<Judged> judged = new ArrayList<>();
        file.stream()
                .filter(Run::include)
                .forEach(row -> rest.known(row)
                        .ifPresentOrElse(known -> judged.add(rest.judged(known)), () -> unmapped.accept(row)));
        return judged;
    }

    private Judged judged(Known row) {
        Speed predicted = speed(row.hardware(), row.row().devices(), row.tool(), row.precision(), row.work(), null);
        boolean experts = catalogue
                .findModel(row.row().model())
                .map(Model::isMixtureOfExperts)
                .orElse(false);
        return new Judged(
                row.row(), row.hardware(), row.tool().id(), experts, row.row().tokensPerSecond(), predicted);
    }

    /** @param sequenceTokens of one sequence, as they are put together */
    public Speed of(Setting setting, double sequenceTokens) {
        return speed(
                setting.hardware(),
                setting.devices(),
                setting.tool(),
                setting.precision(),
                TrainingWork.of(
                        setting.model(), setting.method(), setting.tool().trainedLayers(), sequenceTokens),
                own(setting).orElse(null));
    }

    private Speed speed(
            Hardware hardware,
            int devices,
            TrainingTool tool,
            Quantization precision,
            TrainingWork work,
            @Nullable Known own) {
        double tflops = peak.tflops(hardware, precision);
        double scaling = scaling(hardware, devices, tool);
        double expected = expected(hardware, work.method());
        double utilization = own != null
                ? utilization(own)
                : expected
                        * correction(
                                new Standing(hardware, tool.id(), work.method(), work.activeParametersB(), devices));
        List<Known> ofFamily = rows.stream()
                .filter(row -> row.hardware().family().equals(hardware.family()))
                .toList();
        List<Known> ofChip = ofFamily.stream()
                .filter(row -> row.hardware().chipClass().equals(hardware.chipClass())
                        && row.row().method().equals(work.method()))
                .toList();
        EvidenceClass evidence = own != null
                ? EvidenceClass.MEASURED
                : ofChip.size() >= catalogue.number("trainingFit.calibratedFrom")
                        ? EvidenceClass.CALIBRATED
                        : ofFamily.isEmpty() ? EvidenceClass.SPECIFICATION : EvidenceClass.FAMILY;
        List<Known> witnesses = own != null ? List.of(own) : ofChip.isEmpty() ? ofFamily : ofChip;
        return new Speed(
                scaling * tflops * 1e12 * utilization / work.flopPerToken(),
                utilization,
                expected,
                scaling,
                tflops,
                work.perParameter(),
                work.attentionFlop(),
                work.flopPerToken(),
                evidence,
                witnesses.size(),
                witnesses.stream()
                        .map(row -> row.row().date())
                        .filter(java.util.Objects::nonNull)
                        .max(Comparator.naturalOrder())
                        .orElse(null),
                basis(hardware, tool, work, witnesses));
    }

    private List<String> basis(Hardware hardware, TrainingTool tool, TrainingWork work, List<Known> witnesses) {
        List<String> basis = new ArrayList<>();
        basis.add("Hardware!A" + hardware.row());
        basis.add("Training tools!A" + tool.row());
        catalogue
                .training()
                .utilization(hardware, work.method())
                .ifPresent(row -> basis.add("Training efficiency!A" + row.row()));
        witnesses.stream()
                .sorted(Comparator.comparingDouble(
                        row -> Math.abs(Math.log(row.work().activeParametersB() / work.activeParametersB()))))
                .limit(MOST_WITNESSES)
                .forEach(row -> basis.add("Training measurements!A" + row.row().row()));
        return basis;
    }

    private Optional<Known> known(Run row) {
        Hardware hardware = catalogue.findHardware(row.hardware()).orElse(null);
        TrainingTool tool = catalogue.training().findTool(row.tool()).orElse(null);
        Quantization precision = catalogue.findQuantization(row.precision()).orElse(null);
        TrainingWork work = work(row);
        if (hardware == null || tool == null || precision == null || work == null) {
            return Optional.empty();
        }
        double usual = scaling(hardware, row.devices(), tool)
                * peak.tflops(hardware, precision)
                * 1e12
                * expected(hardware, row.method())
                / work.flopPerToken();
        return Optional.of(new Known(row, hardware, tool, precision, work, Math.log(row.tokensPerSecond() / usual)));
    }

    private @Nullable TrainingWork work(Run row) {
        Integer said = row.sequenceTokens();
        double sequence = said == null ? UNSAID_SEQUENCE : said;
        Double active = row.activeParametersB();
        Integer layers = row.layers();
        Integer hidden = row.hiddenSize();
        if (active != null && layers != null && hidden != null) {
            return new TrainingWork(active, layers, hidden, row.method(), row.trainedLayers(), sequence);
        }
        return catalogue
                .findModel(row.model())
                .map(model -> TrainingWork.of(model, row.method(), row.trainedLayers(), sequence))
                .orElse(null);
    }

    private double utilization(Known row) {
        return row.row().tokensPerSecond()
                * row.work().flopPerToken()
                / (scaling(row.hardware(), row.row().devices(), row.tool())
                        * peak.tflops(row.hardware(), row.precision())
                        * 1e12);
    }

    private double expected(Hardware hardware, String method) {
        return catalogue
                .training()
                .utilization(hardware, method)
                .map(Utilization::share)
                .orElseThrow(() -> new IllegalArgumentException(
                        "Training efficiency has no row for any hardware with " + method + "."));
    }

    /**
     * What several devices do together: each doubling brings the same share of twice as much.
     *
     * <p>Example: four at 0.95: 4 × 0.95² = 3.61.
     */
    private double scaling(Hardware hardware, int devices, TrainingTool tool) {
        if (devices <= 1 || tool.severalDevices() == TrainingTool.Sharing.NONE) {
            return 1;
        }
        double share = Stream.of("." + hardware.chipClass(), "." + hardware.family(), "")
                .flatMap(of -> catalogue.findDefault("trainingShareOfDoubling" + of, "any").stream())
                .map(Default::number)
                .filter(java.util.Objects::nonNull)
                .findFirst()
                .orElse(1.0);
        return devices * Math.pow(share, Math.log(devices) / Math.log(2));
    }

    private Optional<Known> own(Setting setting) {
        return rows.stream()
                .filter(row -> row.row().isOwn()
                        && row.hardware().id().equals(setting.hardware().id())
                        && row.row().devices() == setting.devices()
                        && row.tool().id().equals(setting.tool().id())
                        && row.row().method().equals(setting.method())
                        && catalogue
                                .findModel(row.row().model())
                                .filter(model ->
                                        model.id().equals(setting.model().id()))
                                .isPresent())
                .reduce((earlier, later) -> later);
    }

    private double[] learnt() {
        int n = rows.size();
        double noise = Math.pow(Math.log(catalogue.number("trainingFit.noise")), 2);
        double[][] alike = new double[n][n];
        double[] residuals = new double[n];
        for (int i = 0; i < n; i++) {
            Known row = rows.get(i);
            for (int j = 0; j < n; j++) {
                alike[i][j] = likeness(standing(row), standing(rows.get(j)));
            }
            alike[i][i] += row.noise(
                    noise, catalogue.number("weightOfTrust." + row.row().trust()));
            residuals[i] = row.residual();
        }
        return NormalEquations.solve(alike, residuals);
    }

    private static Standing standing(Known row) {
        return new Standing(
                row.hardware(),
                row.tool().id(),
                row.row().method(),
                row.work().activeParametersB(),
                row.row().devices());
    }

    private double correction(Standing at) {
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            sum += likeness(at, standing(rows.get(i))) * weights[i];
        }
        return Math.exp(sum);
    }

    private double likeness(Standing one, Standing other) {
        boolean chip = one.hardware().chipClass().equals(other.hardware().chipClass());
        double alike = (one.hardware().family().equals(other.hardware().family()) ? sameFamily : 0)
                + (chip ? sameChip : 0)
                + (one.tool().equals(other.tool()) ? sameTool : 0);
        if (chip && one.method().equals(other.method())) {
            double apart = doublings(one.activeParametersB(), other.activeParametersB())
                    + doublings(one.devices(), other.devices());
            alike += (1 - sameFamily - sameChip - sameTool) * Math.exp(-apart / DOUBLINGS);
        }
        return variance * alike;
    }

    private static double doublings(double one, double other) {
        return Math.abs(Math.log(one / other)) / Math.log(2);
    }
}
