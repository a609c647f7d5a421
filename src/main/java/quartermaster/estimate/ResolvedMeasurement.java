package quartermaster.estimate;

import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import quartermaster.catalogue.Arithmetic;
import quartermaster.catalogue.Catalogue;
import quartermaster.catalogue.Constants;
import quartermaster.catalogue.Engine;
import quartermaster.catalogue.Hardware;
import quartermaster.catalogue.Measurement;
import quartermaster.catalogue.Model;
import quartermaster.catalogue.Phase;
import quartermaster.catalogue.Quantization;
import quartermaster.request.Acquisition;
import quartermaster.request.WorkloadType;
import quartermaster.unit.Dates;

/** A measurement with its names looked up, ready to be predicted with any constants. */
public final class ResolvedMeasurement {
    private static final int SHORT_CONTEXT_TOKENS = 256;
    private static final int USUAL_PROMPT_TOKENS = 512;
    private static final double GB_PER_GIB = 1.073741824;

    private final Measurement measurement;
    private final Deployment deployment;
    private final Demand demand;
    private final ReplicaSpeed pace;
    private final Estimator estimator;
    private final int inFlight;
    private final @Nullable LocalDate date;

    private ResolvedMeasurement(Measurement measurement, Deployment deployment, Demand demand, Estimator estimator) {
        this.measurement = measurement;
        this.deployment = deployment;
        this.demand = demand;
        this.estimator = estimator;
        this.pace = estimator.pace(demand, deployment);
        this.inFlight = measurement.phase() == Phase.SERVE ? inFlight() : 1;
        this.date = measurement.date() == null
                ? null
                : Dates.latest(measurement.date()).orElse(null);
    }

    /** The sample, or nothing when the catalogue does not know hardware, engine, model or quantization. */
    public static Optional<ResolvedMeasurement> of(Measurement measurement, Catalogue catalogue, Estimator estimator) {
        Optional<Hardware> hardware = catalogue.findHardware(measurement.hardware());
        Optional<Engine> engine = catalogue.findEngine(measurement.engine());
        Optional<Model> model = catalogue.findModel(measurement.model());
        Optional<Quantization> quantization = catalogue.findQuantization(measurement.quantization());
        if (hardware.isEmpty() || engine.isEmpty() || model.isEmpty() || quantization.isEmpty()) {
            return Optional.empty();
        }
        Deployment deployment = new Deployment(
                0,
                hardware.get(),
                measurement.devices(),
                1,
                1,
                Acquisition.OWNED,
                null,
                engine.get(),
                quantization.get(),
                null);
        Quantization cache = cacheType(catalogue, engine.get(), quantization.get());
        return Optional.of(
                new ResolvedMeasurement(measurement, deployment, demand(measurement, model.get(), cache), estimator));
    }

    /** Some engines keep the cache at 8 bits of their own accord where they compute in 8 bits or fewer. */
    private static @Nullable Quantization cacheType(Catalogue catalogue, Engine engine, Quantization weights) {
        String type = weights.arithmetic() == Arithmetic.FP16 ? null : engine.cacheAtLowPrecision();
        return type == null ? null : catalogue.findQuantization(type).orElse(null);
    }

    private static Demand demand(Measurement measurement, Model model, @Nullable Quantization cacheType) {
        int output = orElse(measurement.outputTokens(), 128);
        int context = orElse(measurement.contextTokens(), SHORT_CONTEXT_TOKENS);
        boolean serving = measurement.phase() == Phase.SERVE;
        int input = orElse(measurement.promptTokens(), serving ? Math.max(1, context) : USUAL_PROMPT_TOKENS);
        int window = Math.max(Math.max(context, 1), serving ? input + output : 1);
        return new Demand(
                WorkloadType.BATCH,
                model,
                null,
                cacheType,
                Math.max(1, input),
                Math.max(1, output),
                window,
                0,
                Math.max(1, orElse(measurement.concurrency(), 1)),
                null,
                null,
                0,
                null,
                1,
                null,
                null,
                null,
                null,
                36,
                0.3,
                0.15,
                LocalDate.EPOCH);
    }

    public Measurement measurement() {
        return measurement;
    }

    public Hardware hardware() {
        return deployment.hardware();
    }

    public Engine engine() {
        return deployment.engine();
    }

    Model model() {
        return demand.model();
    }

    Quantization quantization() {
        return deployment.quantization();
    }

    public Deployment deployment() {
        return deployment;
    }

    public Demand demand() {
        return demand;
    }

    public Phase phase() {
        return measurement.phase();
    }

    public boolean isMixtureOfExperts() {
        return model().isMixtureOfExperts();
    }

    public Optional<LocalDate> date() {
        return Optional.ofNullable(date);
    }

    /** Tokens a second, or GB, as the estimator says with these constants. */
    public double predicted(Constants constants) {
        ReplicaSpeed with = pace.with(constants);
        return switch (phase()) {
            case DECODE -> decode(with);
            case PREFILL -> prefill(with);
            case SERVE -> serve(with);
            case MEMORY -> memoryGB();
        };
    }

    /** Bandwidth over the whole file, as web calculators do it. */
    public double bandwidthOverSize() {
        return pace.bandwidthGBps() / Weights.stored(model(), quantization()).gb();
    }

    /** Bandwidth over the bytes that one token reads. */
    public double bandwidthOverActiveBytes() {
        return pace.bandwidthGBps() * 1e9 / (pace.denseBytes() + pace.touchedExpertBytes(1));
    }

    private double decode(ReplicaSpeed with) {
        int users = Math.max(1, orElse(measurement.concurrency(), 1));
        return 1 / with.step(users, contextTokens()).seconds();
    }

    private double contextTokens() {
        return orElse(measurement.contextTokens(), SHORT_CONTEXT_TOKENS);
    }

    /** A prompt behind a context: what both together take, less what the context took. */
    private double prefill(ReplicaSpeed with) {
        double tokens = demand.inputTokens();
        double behind = measurement.contextTokens() == null ? 0 : measurement.contextTokens();
        double seconds = with.prefillSeconds(tokens + behind) - (behind == 0 ? 0 : with.prefillSeconds(behind));
        return tokens / Math.max(1e-6, seconds);
    }

    private double serve(ReplicaSpeed with) {
        Serving serving = new Serving(
                with,
                engine(),
                demand.inputTokens(),
                demand.outputTokens(),
                demand.inputTokens() + demand.outputTokens() / 2.0);
        return serving.throughput(inFlight);
    }

    /** Requests that are stated, or as many as fit. */
    private int inFlight() {
        int places = Math.max(1, Math.min(engine().maxSequences(), memory(1).maxSequences()));
        return Math.max(1, Math.min(places, orElse(measurement.concurrency(), places)));
    }

    private double memoryGB() {
        return memory(Math.max(1, orElse(measurement.concurrency(), 1)))
                        .required()
                        .gib()
                * GB_PER_GIB;
    }

    private MemoryLedger memory(int inFlight) {
        return estimator.ledger(demand, deployment, inFlight);
    }

    private static int orElse(@Nullable Integer number, int otherwise) {
        return number == null ? otherwise : number;
    }
}
