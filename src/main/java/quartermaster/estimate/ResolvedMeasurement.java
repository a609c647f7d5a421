package quartermaster.estimate;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import quartermaster.catalogue.Arithmetic;
import quartermaster.catalogue.Catalogue;
import quartermaster.catalogue.Constants;
import quartermaster.catalogue.Engine;
import quartermaster.catalogue.Hardware;
import quartermaster.catalogue.Model;
import quartermaster.catalogue.Quantization;
import quartermaster.catalogue.measurement.Measurement;
import quartermaster.catalogue.measurement.Phase;
import quartermaster.catalogue.measurement.ServingMetric;
import quartermaster.request.Acquisition;
import quartermaster.request.WorkloadType;
import quartermaster.unit.Dates;

/**
 * A measurement with its names looked up, ready to be predicted with any constants: as what it is of, or as the time to
 * the first token that was measured beside it.
 */
public final class ResolvedMeasurement {
    private static final int SHORT_CONTEXT_TOKENS = 256;
    private static final int USUAL_PROMPT_TOKENS = 512;
    private static final double GB_PER_GIB = 1.073741824;
    private static final double LARGEST_DIFFERENCE = 1.4; // a file further off is another model's, or a part of one
    private static final double USUAL_REQUESTS_OF_A_STREAM = 1;
    // Where prompts are read first and all have one length, requests begin and end together, again and again: builds of
    // 2025 did so all through a run, later ones (0.5.6) only in part.
    private static final double IN_STEP = 2;
    private static final double ONE_AFTER_THE_OTHER = Double.POSITIVE_INFINITY;

    private final Measurement measurement;
    private final Phase phase;
    private final Deployment deployment; // of one of the replicas
    private final Demand demand;
    private final ReplicaSpeed pace;
    private final Estimator estimator;
    private final int places;
    private final @Nullable LocalDate date;

    private ResolvedMeasurement(
            Measurement measurement, Phase phase, Deployment deployment, Demand demand, Estimator estimator) {
        this.measurement = measurement;
        this.phase = phase;
        this.demand = demand;
        this.deployment = deployment;
        this.estimator = estimator;
        this.pace = estimator.pace(demand, deployment).scaled(sizeFactor(measurement, demand.model(), deployment));
        boolean serving = measurement.phase() == Phase.SERVE;
        this.places = serving ? places(orElse(measurement.concurrency(), 1)) : 1;
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
                Math.max(1, measurement.devices() / measurement.replicas()),
                1,
                1,
                Acquisition.OWNED,
                null,
                engine.get(),
                quantization.get(),
                null,
                null);
        Quantization cache = cacheType(catalogue, engine.get(), quantization.get());
        Demand demand = demand(measurement, model.get(), cache);
        return Optional.of(new ResolvedMeasurement(measurement, measurement.phase(), deployment, demand, estimator));
    }

    /** The time to the first token that was measured beside it, if any was. */
    public Optional<ResolvedMeasurement> firstToken() {
        boolean known = measurement.timeToFirstTokenMs() != null && measurement.promptTokens() != null;
        return known
                ? Optional.of(new ResolvedMeasurement(measurement, Phase.TTFT, deployment, demand, estimator))
                : Optional.empty();
    }

    /** What was measured: tokens a second, GB, or seconds to the first token. */
    public double measured() {
        return phase == Phase.TTFT && measurement.timeToFirstTokenMs() != null
                ? measurement.timeToFirstTokenMs() / 1000
                : measurement.value();
    }

    /** Requests that fit at the same time; those that were there, where by our count not even one would have fitted. */
    private int places(int stated) {
        int held = memory(1).maxSequences();
        return Math.max(1, Math.min(engine().maxSequences(hardware()), held == 0 ? stated : held));
    }

    /** The file that was run to that of the catalogue, where its size or its bits were published. */
    private static double sizeFactor(Measurement measurement, Model model, Deployment deployment) {
        double usualGB = Weights.stored(model, deployment.quantization()).gb();
        Double bits = measurement.bitsPerWeight();
        Double fileGB = measurement.fileGB();
        if (fileGB == null && bits != null) {
            fileGB = model.totalParametersB() * bits / 8;
        }
        double factor = fileGB == null ? 1 : fileGB / usualGB;
        return factor > LARGEST_DIFFERENCE || factor < 1 / LARGEST_DIFFERENCE ? 1 : factor;
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
                Math.max(1, onAverage(measurement, input)),
                Math.max(1, onAverage(measurement, output)),
                window,
                0,
                Math.max(1, orElse(measurement.concurrency(), 1)),
                null,
                null,
                0,
                null,
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
                LocalDate.EPOCH,
                List.of());
    }

    /** A length of requests, where they were drawn evenly between a share of what is stated and the whole. */
    private static int onAverage(Measurement measurement, int stated) {
        Double shortest = measurement.shortestShare();
        return shortest == null ? stated : (int) Math.round(stated * (1 + shortest) / 2);
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

    public Model model() {
        return demand.model();
    }

    public Quantization quantization() {
        return deployment.quantization();
    }

    public Deployment deployment() {
        return deployment;
    }

    public Demand demand() {
        return demand;
    }

    public Phase phase() {
        return phase;
    }

    /** Requests at the same time on all replicas; as many as fit where the measurement does not say. */
    public int inFlight() {
        return inFlightOnEach() * measurement.replicas();
    }

    public boolean isMixtureOfExperts() {
        return model().isMixtureOfExperts();
    }

    public Optional<LocalDate> date() {
        return Optional.ofNullable(date);
    }

    /** What the estimator says with these constants, in the unit of {@link #measured}. */
    public double predicted(Constants constants) {
        return predicted(pace.with(constants));
    }

    /** The same with the catalogue's constants and what is known of the architect's own machines. */
    double predicted(OwnMeasurements.Correction own) {
        return predicted(pace.corrected(own));
    }

    private double predicted(ReplicaSpeed with) {
        return switch (phase) {
            case DECODE -> decode(with);
            case PREFILL -> prefill(with);
            case SERVE -> measurement.replicas() * serve(serving(with, 0));
            case TTFT -> firstToken(with);
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

    private Serving serving(ReplicaSpeed with, double variation) {
        return new Serving(
                with,
                engine(),
                demand.inputTokens(),
                demand.outputTokens(),
                demand.inputTokens() + demand.outputTokens() / 2.0,
                variation,
                isTunedForThroughput() ? Serving.Layers.AS_IS_QUICKER : Serving.Layers.SHARED);
    }

    /** Vendors publish the best that devices reach in whatever way they share the work; others share every layer. */
    private boolean isTunedForThroughput() {
        return metric() == ServingMetric.OFFLINE && measurement.requests() == null;
    }

    private ServingMetric metric() {
        return measurement.metric() == null ? ServingMetric.REQUEST_CYCLE : measurement.metric();
    }

    /**
     * Tokens that one replica writes a second, as the metric counts them.
     *
     * <p>A closed loop: {@code N × output ÷ R(N)}. A batch that decodes: {@code N ÷ step}. All {@code n} at once:
     * {@code n × output ÷ (n × R(N) ÷ N + R(N) ÷ 2)}, the half being the end of the run in which places stand empty.
     * Arrivals: {@code n × output ÷ (n ÷ rate + R(N))}.
     */
    private double serve(Serving serving) {
        int inFlight = inFlightOnEach();
        double requests = requestsOnEach();
        double output = demand.outputTokens();
        return switch (metric()) {
            case REQUEST_CYCLE -> serving.throughput(inFlight);
            case BATCH_DECODE ->
                inFlight / serving.pace().step(inFlight, demand.inputTokens()).seconds();
            case OFFLINE -> {
                double cycle = serving.requestSeconds(inFlight);
                yield requests == 0
                        ? serving.throughput(inFlight)
                        : requests * output / (requests * cycle / inFlight + cycle / 2);
            }
            case ARRIVAL_RATE -> {
                double rate = rateOnEach();
                double busy = Math.max(1, serving.inFlightAt(rate, inFlight));
                double most = serving.requestsPerSecond(inFlight);
                double all = requests == 0 ? Double.POSITIVE_INFINITY : requests;
                double cycle = serving.requestSeconds(busy);
                yield output * Math.min(rate, most) * all / (all + Math.min(rate, most) * cycle);
            }
        };
    }

    private double firstToken(ReplicaSpeed with) {
        Serving serving = serving(with, metric() == ServingMetric.ARRIVAL_RATE ? 1 : 0);
        int inFlight = inFlightOnEach();
        double requests = requestsOnEach();
        return switch (metric()) {
            case ARRIVAL_RATE -> {
                double busy = Math.max(1, serving.inFlightAt(rateOnEach(), inFlight));
                yield serving.firstToken(busy, first -> first.mean(ONE_AFTER_THE_OTHER));
            }
            case OFFLINE, BATCH_DECODE -> {
                double atOnce = serving.firstToken(inFlight, first -> first.mean(1));
                double waiting = Math.max(0, requests - inFlight);
                double wave = serving.requestSeconds(inFlight); // all begin together, so the first places come late
                double each = wave / 2 * (waiting / inFlight + 1);
                yield waiting == 0
                        ? atOnce
                        : (inFlight * atOnce
                                        + waiting
                                                * (each
                                                        + serving.firstToken(
                                                                inFlight, first -> first.mean(ONE_AFTER_THE_OTHER))))
                                / requests;
            }
            case REQUEST_CYCLE -> {
                double asked = Math.max(inFlight, orElse(measurement.concurrency(), 1) / measurement.replicas());
                double inLine = (asked - inFlight) / serving.requestsPerSecond(inFlight);
                yield inLine
                        + gathered(serving, inFlight)
                        + serving.firstToken(inFlight, first -> first.mean(requestsOfAStream(inFlight)));
            }
        };
    }

    /** Time in which a server that was set to do so lets prompts wait for others, so that it reads them together. */
    private double gathered(Serving serving, int inFlight) {
        return measurement.batchWaitSteps() == null
                ? 0
                : measurement.batchWaitSteps() * serving.step(inFlight).seconds();
    }

    /** How many requests each stream of a closed loop sent one after the other. */
    private double requestsOfAStream(int inFlight) {
        if (engine().readsPromptsFirst() && measurement.shortestShare() == null) {
            return IN_STEP;
        }
        double requests = requestsOnEach();
        return requests == 0 ? USUAL_REQUESTS_OF_A_STREAM : Math.max(1, requests / inFlight);
    }

    private double requestsOnEach() {
        return measurement.requests() == null ? 0 : (double) measurement.requests() / measurement.replicas();
    }

    private double rateOnEach() {
        double all = measurement.requestsPerSecond() == null ? 1 : measurement.requestsPerSecond();
        return all / measurement.replicas();
    }

    /** Requests that are stated, or as many as fit. */
    public int inFlightOnEach() {
        int stated = measurement.concurrency() == null
                ? (int) Math.ceil(requestsOnEach())
                : (measurement.concurrency() + measurement.replicas() - 1) / measurement.replicas();
        return Math.max(1, stated == 0 ? places : Math.min(places, stated));
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
