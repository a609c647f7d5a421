package quartermaster.estimate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import quartermaster.catalogue.Arithmetic;
import quartermaster.catalogue.Availability;
import quartermaster.catalogue.Catalogue;
import quartermaster.catalogue.Default;
import quartermaster.catalogue.Efficiency;
import quartermaster.catalogue.Engine;
import quartermaster.catalogue.EvidenceClass;
import quartermaster.catalogue.Hardware;
import quartermaster.catalogue.Host;
import quartermaster.catalogue.HostedApi;
import quartermaster.catalogue.LinkKind;
import quartermaster.catalogue.MemoryKind;
import quartermaster.catalogue.Model;
import quartermaster.catalogue.Quantization;
import quartermaster.catalogue.SpeculativeDecoding;
import quartermaster.catalogue.Spread;
import quartermaster.catalogue.TrainingTool;
import quartermaster.catalogue.measurement.Phase;
import quartermaster.estimate.training.TrainingSpeeds;
import quartermaster.unit.Bytes;
import quartermaster.unit.Choice;
import quartermaster.unit.Range;
import quartermaster.unit.Records;

/** Makes the facts of a deployment: does it fit, how fast, how many users, at what cost. A pure function of its inputs. */
public final class Estimator {
    private static final double MEDIAN = 0.5;
    private static final double P95 = 0.95;
    private static final double SECONDS_PER_HOUR = 3600;
    private static final double MILLION = 1e6;

    private final Catalogue catalogue;
    private final Losses losses;
    private final UsableMemory.Reserves reserves;
    private final ServingMemory.Growth growth;
    private final TrainingSpeeds trainings;
    private final Costing costing;
    private final Ranges ranges;
    private final ClosestMeasurements witnesses;
    private final @Nullable OwnMeasurements own;

    public Estimator(Catalogue catalogue) {
        this(catalogue, OwnMeasurements.of(catalogue, withoutOwnMeasurements(catalogue)));
    }

    /** What measurements are compared with: no architect's own correct it. */
    public static Estimator withoutOwnMeasurements(Catalogue catalogue) {
        return new Estimator(catalogue, null);
    }

    private Estimator(Catalogue catalogue, @Nullable OwnMeasurements own) {
        this.own = own;
        this.catalogue = catalogue;
        this.losses = Losses.of(catalogue);
        this.reserves = UsableMemory.Reserves.of(catalogue);
        this.growth = new ServingMemory.Growth(catalogue.number("weightsMayGrow"), catalogue.number("buffersMayGrow"));
        this.trainings = new TrainingSpeeds(catalogue, trainingPeak(catalogue));
        this.costing = new Costing(catalogue);
        this.ranges = Ranges.of(catalogue);
        this.witnesses = new ClosestMeasurements(catalogue);
    }

    public EstimatedDeployment assess(Demand demand, Deployment deployment) {
        if (deployment.api() != null) {
            return hosted(demand, deployment.group(), deployment.api());
        }
        return demand.training() == null
                ? serving(demand, deployment)
                : training(demand, deployment, demand.training());
    }

    /** What somebody else serves, by the token. */
    public EstimatedDeployment hosted(Demand demand, int group, HostedApi api) {
        Cost cost = costing.ofHosted(demand, api);
        Demand.Job job = demand.job();
        return new EstimatedDeployment(
                Deployment.hosted(group, api),
                1,
                Estimate.ofHosted(api, demand.concurrency()),
                cost,
                new EstimatedDeployment.Load(demand.concurrency(), demand.arrivalsPerSecond(), 1, 0, null),
                job == null || demand.training() != null
                        ? null
                        : jobOf(
                                job,
                                job.items() * (demand.inputTokens() + demand.outputTokens()),
                                Range.UNKNOWN,
                                cost,
                                0));
    }

    /** What was assessed, come by in another way: the same estimate at another cost. */
    public EstimatedDeployment priced(Demand demand, EstimatedDeployment same, Deployment deployment) {
        Range total = same.estimate().throughput();
        double throughput = total.isKnown() ? total.typical() : 0;
        EstimatedDeployment.Job job = same.job();
        Cost cost = costing.of(
                job == null ? demand : demand.busy(job.busyShare()), deployment, same.replicas(), throughput);
        return new EstimatedDeployment(
                deployment,
                same.replicas(),
                same.estimate(),
                cost,
                same.load(),
                job != null && demand.training() != null
                        ? trainingJob(demand, job.tokens(), job.hours(), cost, job.busyShare())
                        : job == null || demand.job() == null
                                ? job
                                : jobOf(demand.job(), job.tokens(), job.hours(), cost, job.busyShare()));
    }

    private EstimatedDeployment serving(Demand demand, Deployment deployment) {
        Bytes usable = usable(demand, deployment);
        MemoryLedger forOne = ledger(demand, deployment, usable, 1);
        ReplicaSpeed pace = pace(demand, deployment);
        int places = Math.min(forOne.maxSequences(), deployment.engine().maxSequences());
        double cached = demand.traffic().cachedPromptShare();
        Serving serving = servingOf(demand, deployment, pace, cached);
        int carried = Math.min(places, withinNeeds(demand, serving, places));
        if (demand.job() != null) {
            return job(demand, deployment, demand.job(), usable, pace, serving, Math.max(1, places));
        }
        int forLoad = replicas(demand, deployment, serving, carried);
        double each = inFlightOfEach(demand, serving, forLoad, carried, places);
        if (cached > 0 && demand.traffic().sessions() != null) { // idle sessions that found no room are read anew
            cached *= heldShare(demand.traffic().sessions() / forLoad, each, forOne.maxSequences());
            serving = servingOf(demand, deployment, pace, cached);
            carried = Math.min(places, withinNeeds(demand, serving, places));
            forLoad = replicas(demand, deployment, serving, carried);
            each = inFlightOfEach(demand, serving, forLoad, carried, places);
        }
        int wanted = (int) Math.ceil(each - 1e-9);
        int inFlight = Math.max(1, Math.min(wanted, Math.max(1, places)));
        int total = demand.traffic().inFlightIsStated()
                ? demand.concurrency()
                : Math.max(1, (int) Math.ceil(each * forLoad - 1e-9));
        Demand here = demand.traffic().inFlightIsStated() ? demand : demand.inFlight(total);
        MemoryLedger memory = ledger(here, deployment, usable, inFlight);
        Estimate estimate = estimate(
                here, deployment, pace, serving, memory, new Load(carried, forLoad, Math.max(1, wanted), inFlight));
        int replicas = Math.max(forLoad, Math.min(deployment.maxReplicas(), forLoad + spares(demand, deployment)));
        Cost cost = costing.of(here, deployment, replicas, serving.throughput(inFlight));
        Double firstTurn = cached <= 0
                ? null
                : Double.valueOf(servingOf(demand, deployment, pace, 0)
                        .timeToFirstToken(inFlight, Math.max(1, wanted) - inFlight, MEDIAN));
        return new EstimatedDeployment(
                deployment,
                replicas,
                estimate,
                cost,
                new EstimatedDeployment.Load(
                        total, arrivals(demand, serving, each, forLoad), forLoad, replicas - forLoad, firstTurn),
                null);
    }

    /** None where the request says how many replicas there are to be. */
    private static int spares(Demand demand, Deployment deployment) {
        return deployment.minReplicas() == deployment.maxReplicas()
                ? 0
                : demand.traffic().spareReplicas();
    }

    /** Share of the idle sessions whose keys and values find room beside those in flight. */
    private static double heldShare(double sessions, double inFlight, int room) {
        return sessions <= inFlight ? 1 : Math.max(0, Math.min(1, (room - inFlight) / (sessions - inFlight)));
    }

    /** At the peak; null where only those in flight are known. */
    private static @Nullable Double arrivals(Demand demand, Serving serving, double each, int replicas) {
        Double sessions = demand.traffic().sessions();
        if (demand.traffic().inFlightIsStated() || sessions == null) {
            return demand.arrivalsPerSecond();
        }
        return sessions
                / (serving.requestSeconds(Math.max(1, each)) + demand.traffic().thinkSeconds());
    }

    /** Requests in flight on each replica: stated, or by Little's law from how long each takes here. */
    private static double inFlightOfEach(Demand demand, Serving serving, int replicas, int carried, int places) {
        Demand.Traffic traffic = demand.traffic();
        if (traffic.inFlightIsStated()) {
            return (demand.concurrency() + replicas - 1) / replicas;
        }
        if (traffic.sessions() != null) {
            return serving.inFlightOf(traffic.sessions() / replicas, traffic.thinkSeconds());
        }
        Double arrivals = traffic.arrivalsPerSecond();
        return arrivals == null || carried == 0
                ? demand.concurrency()
                : serving.inFlightAt(arrivals / replicas, Math.max(1, Math.min(carried, places)));
    }

    /** As many replicas as the deadline takes, each as full as it gets. */
    private EstimatedDeployment job(
            Demand demand,
            Deployment deployment,
            Demand.Job job,
            Bytes usable,
            ReplicaSpeed pace,
            Serving serving,
            int places) {
        int full = (int) Math.max(1, Math.min(places, job.items()));
        double perHour = serving.requestsPerSecond(full) * SECONDS_PER_HOUR;
        double needed =
                job.deadlineHours() == null ? 1 : Math.ceil(job.items() / (perHour * job.deadlineHours()) - 1e-9);
        int replicas =
                (int) Math.max(1, Math.min(deployment.maxReplicas(), Math.max(needed, deployment.minReplicas())));
        int inFlight = (int) Math.max(1, Math.min(full, Math.ceil(job.items() / replicas)));
        Demand here = demand.inFlight(Math.max(1, inFlight * replicas));
        MemoryLedger memory = ledger(here, deployment, usable, inFlight);
        Estimate estimate =
                estimate(here, deployment, pace, serving, memory, new Load(inFlight, replicas, inFlight, inFlight));
        double hours = job.items() / (perHour * replicas);
        Range throughput = estimate.throughput();
        Range range = new Range(
                hours * throughput.typical() / throughput.high(),
                hours,
                hours * throughput.typical() / throughput.low());
        double tokens = job.items() * (demand.inputTokens() + demand.outputTokens());
        double busy = Math.min(1, hours * job.timesPerMonth() / Money.HOURS_PER_MONTH);
        Cost cost = costing.of(here.busy(busy), deployment, replicas, serving.throughput(inFlight));
        return new EstimatedDeployment(
                deployment,
                replicas,
                estimate,
                cost,
                new EstimatedDeployment.Load(inFlight * replicas, null, replicas, 0, null),
                jobOf(job, tokens, range, cost, busy));
    }

    /** What a run takes, and what it costs of the month. */
    static EstimatedDeployment.Job jobOf(Demand.Job job, double tokens, Range hours, Cost cost, double busy) {
        double seconds = SECONDS_PER_HOUR;
        return new EstimatedDeployment.Job(
                tokens,
                new Range(
                        tokens / (hours.high() * seconds),
                        tokens / (hours.typical() * seconds),
                        tokens / (hours.low() * seconds)),
                hours,
                job.deadlineHours(),
                cost.monthlyUsd() == null ? null : cost.monthlyUsd() / job.timesPerMonth(),
                busy);
    }

    private EstimatedDeployment training(Demand demand, Deployment deployment, Demand.Training training) {
        TrainingTool tool = catalogue
                .training()
                .findTool(deployment.engine().id())
                .orElseThrow(() -> new IllegalArgumentException(
                        deployment.engine().id() + " is no tool of the sheet Training tools."));
        int sharing = tool.addsMemory() ? deployment.devices() : 1;
        MemoryLedger memory = TrainingMemory.ledger(
                demand.model(),
                tool,
                deployment.quantization(),
                sharing,
                usableForTraining(deployment, sharing),
                new TrainingMemory.Run(
                        training.method(), training.batch(), training.sequenceTokens(), training.loraRank()),
                catalogue.number("trainingMayGrow"));
        TrainingSpeeds.Speed speed = trainings.of(
                new TrainingSpeeds.Setting(
                        deployment.hardware(),
                        deployment.devices(),
                        tool,
                        deployment.quantization(),
                        training.methodId(),
                        demand.model()),
                training.rowTokens());
        double share = catalogue.number("trainingRunShare");
        Uncertainty uncertainty = trainingSpread(catalogue, deployment.hardware(), deployment.devices(), speed);
        Range pace = uncertainty.of(share * speed.tokensPerSecond());
        Demand.Run run = training.run();
        double tokens = run == null ? MILLION : run.tokens();
        Range hours = new Range(
                tokens / (pace.high() * SECONDS_PER_HOUR),
                tokens / (pace.typical() * SECONDS_PER_HOUR),
                tokens / (pace.low() * SECONDS_PER_HOUR));
        double busy = run == null
                ? demand.utilization()
                : Math.min(1, hours.typical() * run.timesPerMonth() / Money.HOURS_PER_MONTH);
        int replicas = Math.max(1, deployment.minReplicas());
        Cost cost = costing.of(demand.busy(busy), deployment, replicas, 0);
        boolean sold = deployment.hardware().availability() != Availability.PROJECTED;
        return new EstimatedDeployment(
                deployment,
                replicas,
                Estimate.ofTraining(
                        memory,
                        new Evidence(
                                sold ? speed.evidence() : speed.evidence().and(EvidenceClass.SPECIFICATION),
                                speed.measurements(),
                                null,
                                speed.measuredOn() == null
                                        ? deployment.hardware().asOf()
                                        : speed.measuredOn(),
                                speed.basis(),
                                uncertainty.reasons()),
                        new TrainingWorkings(demand, deployment.devices(), speed, share, tokens, hours.typical())),
                cost,
                new EstimatedDeployment.Load(1, null, replicas, 0, null),
                trainingJob(demand, tokens, hours, cost, busy));
    }

    /** Of a run, or of a million tokens where nobody said how long it is: their share of what a month of runs costs. */
    private static EstimatedDeployment.Job trainingJob(
            Demand demand, double tokens, Range hours, Cost cost, double busy) {
        Demand.Job job = demand.job() == null ? new Demand.Job(tokens, null, 1) : demand.job();
        EstimatedDeployment.Job ofRun = jobOf(job, tokens, hours, cost, busy);
        Double usd = ofRun.usdPerRun();
        return demand.job() != null || usd == null
                ? ofRun
                : Records.with(ofRun, "usdPerRun", usd * hours.typical() / (Money.HOURS_PER_MONTH * busy));
    }

    /** Peak compute that a training run counts on: of 8 bits only where it computes in them. */
    public static TrainingSpeeds.Peak trainingPeak(Catalogue catalogue) {
        return (hardware, precision) -> {
            Double eightBit = hardware.fp8Tflops();
            return precision.arithmetic() == Arithmetic.FP8
                            && eightBit != null
                            && precision.computesNativelyOn(hardware)
                    ? eightBit
                    : ComputePeak.of(catalogue, hardware, precision, false).tflops();
        };
    }

    /** What a measured run would have shown, as a range. */
    public static Range range(Catalogue catalogue, TrainingSpeeds.Judged row) {
        return trainingSpread(catalogue, row.hardware(), row.row().devices(), row.predicted())
                .of(row.predicted().tokensPerSecond());
    }

    private static Uncertainty trainingSpread(
            Catalogue catalogue, Hardware hardware, int devices, TrainingSpeeds.Speed speed) {
        double spread = catalogue.number(
                speed.evidence() == EvidenceClass.MEASURED
                        ? "spread.measured"
                        : "spread.train." + Choice.id(speed.evidence()));
        return new Uncertainty(1 / spread, spread)
                .widenIf(
                        hardware.fp16Tflops() == null,
                        catalogue.number("widening.computeUnknown"),
                        "peak compute not published")
                .widenIf(
                        hardware.availability() == Availability.PROJECTED,
                        catalogue.number("widening.announced"),
                        "announced, not sold")
                .widenIf(
                        devices > hardware.maxDevicesPerNode() && speed.evidence() != EvidenceClass.MEASURED,
                        catalogue.number("widening.severalDevices"),
                        "several machines");
    }

    /** How the demand falls on the replicas. */
    private record Load(int carried, int replicas, int each, int inFlight) {
        int waiting() {
            return each - inFlight;
        }
    }

    /** What a measurement would have shown, as a range: tokens a second, or GB; totals may contain a desktop's memory. */
    public static Range range(ResolvedMeasurement sample, double typical, EvidenceClass evidence, Ranges ranges) {
        Range range = uncertainty(sample.demand(), sample.deployment(), sample.phase(), evidence, ranges)
                .of(typical);
        boolean ofAllPrograms =
                sample.phase() == Phase.MEMORY && sample.hardware().memoryKind() != MemoryKind.UNIFIED;
        return ofAllPrograms
                ? new Range(
                        range.low(),
                        typical,
                        range.high() + Bytes.ofGiB(ranges.number("desktopGiB")).gb())
                : range;
    }

    private Estimate estimate(
            Demand demand, Deployment deployment, ReplicaSpeed pace, Serving serving, MemoryLedger memory, Load load) {
        Efficiency efficiency = catalogue.efficiency(deployment.hardware(), deployment.engine());
        Optional<ResolvedMeasurement> ownSpeed =
                measured(demand, deployment, load.inFlight(), Phase.SERVE, Phase.DECODE);
        EvidenceClass known =
                pace.onHost().share() > 0 ? efficiency.evidence().and(EvidenceClass.FAMILY) : efficiency.evidence();
        EvidenceClass evidence = ownSpeed.isPresent() ? EvidenceClass.MEASURED : known;
        EvidenceClass ofPrompts = measured(demand, deployment, load.inFlight(), Phase.TTFT, Phase.PREFILL)
                        .isPresent()
                ? EvidenceClass.MEASURED
                : known;
        Phase phase = load.inFlight() > catalogue.number("largeBatch") ? Phase.SERVE : Phase.DECODE;
        Uncertainty speed = uncertainty(demand, deployment, phase, evidence, ranges)
                .widenIf(
                        phase == Phase.DECODE && load.inFlight() > 1,
                        ranges.number("widening.severalInFlight"),
                        "several in flight")
                .widenIf(
                        pace.speculation().asked(),
                        pace.speculation().spread(load.inFlight(), serving.meanContext()),
                        "speculative decoding")
                .widenIf(pace.onHost().share() > 0, ranges.number("widening.expertsOnHost"), "experts in host memory");
        Uncertainty firstTokenTime = uncertainty(demand, deployment, Phase.TTFT, ofPrompts, ranges)
                .widenIf(
                        !peak(deployment).fromSpecification(),
                        ranges.number("widening.computeUnknown"),
                        "peak compute not published")
                .widenIf(pace.onHost().share() > 0, ranges.number("widening.expertsOnHost"), "experts in host memory");
        Uncertainty prompt = uncertainty(demand, deployment, Phase.PREFILL, ofPrompts, ranges)
                .widenIf(
                        !peak(deployment).fromSpecification(),
                        ranges.number("widening.computeUnknown"),
                        "peak compute not published")
                .widenIf(pace.onHost().share() > 0, ranges.number("widening.expertsOnHost"), "experts in host memory");
        double firstToken = serving.timeToFirstToken(load.inFlight(), load.waiting(), MEDIAN);
        double busy = utilizationOf(demand, serving, load);
        OpenWait wait = openWait(demand, serving, load);
        double p95 = serving.timeToFirstToken(load.inFlight(), load.waiting(), P95) + wait.p95Seconds();
        ReplicaSpeed.Step step = pace.step(load.inFlight(), serving.meanContext());
        return new Estimate(
                memory,
                speed.of(serving.decodeSpeed(load.inFlight())),
                speed.of(serving.throughput(load.inFlight())),
                firstTokenTime.of(firstToken + wait.medianSeconds()),
                p95,
                prompt.of(serving.promptTokens() / pace.prefillSeconds(serving.promptTokens())),
                load.carried(),
                load.each(),
                busy,
                speedShareAtFullContext(demand, pace),
                load.waiting() > 0 ? Bound.QUEUE : step.bound(),
                evidence(
                        demand,
                        deployment,
                        efficiency,
                        known,
                        ownSpeed,
                        pace.speculation().row(load.inFlight(), serving.meanContext()),
                        speed),
                new Workings(
                        demand,
                        efficiency,
                        pace,
                        serving,
                        load.replicas(),
                        load.carried(),
                        load.inFlight(),
                        deployment.hardware()),
                null);
    }

    private double speedShareAtFullContext(Demand demand, ReplicaSpeed pace) {
        double shortTokens = catalogue.number("shortContextTokens");
        double atShort = pace.step(1, shortTokens).seconds();
        double atFull =
                pace.step(1, Math.max(shortTokens, demand.contextTokens())).seconds();
        return atShort / atFull;
    }

    /** The most requests in flight that keep the stated speeds, or those that replicas are sized for. */
    private int withinNeeds(Demand demand, Serving serving, int places) {
        double speed = demand.minDecodeSpeed() == null ? demand.sizedForDecodeSpeed() : demand.minDecodeSpeed();
        double alone = serving.timeToFirstToken(1, 0, P95);
        Double limit = demand.maxTimeToFirstTokenSeconds();
        if (limit == null && demand.sizedForTimeToFirstTokenSeconds() != null) {
            limit = Math.max(demand.sizedForTimeToFirstTokenSeconds(), catalogue.number("sizedForTimesAlone") * alone);
        }
        double most = limit == null ? Double.POSITIVE_INFINITY : limit;
        boolean reachesSpeed = serving.decodeSpeed(1) >= speed;
        boolean reachesLimit = alone <= most;
        return Serving.most(
                places,
                inFlight -> (!reachesSpeed || serving.decodeSpeed(inFlight) >= speed)
                        && (!reachesLimit || serving.timeToFirstToken(inFlight, 0, P95) <= most));
    }

    /**
     * Replicas for the demand: as many as keep each within what it carries, at the load that is planned for. Where nobody
     * is promised a response time, every place may be taken; requests that come at random never fill all.
     */
    private int replicas(Demand demand, Deployment deployment, Serving serving, int carried) {
        int needed = 1;
        if (carried > 0) {
            boolean full = catalogue.number("fullMachineIsFine", Choice.id(demand.type())) > 0;
            double places = Math.max(1, carried * (full ? 1 : demand.plannedLoad()));
            Demand.Traffic traffic = demand.traffic();
            if (traffic.inFlightIsStated()) {
                needed = demand.concurrency() <= places ? 1 : (int) Math.ceil(demand.concurrency() / places);
            } else if (traffic.sessions() != null) {
                needed =
                        (int) Math.ceil(traffic.sessions() / serving.sessionsOf(places, traffic.thinkSeconds()) - 1e-9);
            }
            Double arrivals = demand.arrivalsPerSecond();
            if (arrivals != null) {
                double capacity = serving.requestsPerSecond(carried) * demand.plannedLoad();
                needed = Math.max(needed, (int) Math.ceil(arrivals / capacity));
            }
        }
        return Math.max(1, Math.min(deployment.maxReplicas(), Math.max(needed, deployment.minReplicas())));
    }

    private static double utilizationOf(Demand demand, Serving serving, Load load) {
        if (load.carried() == 0) {
            return 1;
        }
        double byPlaces = (double) demand.concurrency() / ((double) load.replicas() * load.carried());
        Double arrivals = demand.arrivalsPerSecond();
        double byArrivals =
                arrivals == null ? 0 : arrivals / (load.replicas() * serving.requestsPerSecond(load.carried()));
        return Math.max(byPlaces, byArrivals);
    }

    /** Waiting for a place when requests come at random. */
    private record OpenWait(double medianSeconds, double p95Seconds) {}

    private static OpenWait openWait(Demand demand, Serving serving, Load load) {
        Double arrivals = demand.arrivalsPerSecond();
        if (arrivals == null || load.carried() == 0) {
            return new OpenWait(0, 0);
        }
        double each = arrivals / load.replicas();
        double service = serving.requestSeconds(load.carried());
        double median = Queue.waitPercentile(load.carried(), service, each, MEDIAN);
        double p95 = Queue.waitPercentile(load.carried(), service, each, P95);
        double most = 24 * 3600.0; // longer waits mean "never" and would not be numbers in JSON
        return new OpenWait(Math.min(most, median), Math.min(most, p95));
    }

    /** The memory ledger of a replica with so many requests in flight. */
    public MemoryLedger ledger(Demand demand, Deployment deployment, int inFlight) {
        return ledger(demand, deployment, usable(demand, deployment), inFlight);
    }

    private MemoryLedger ledger(Demand demand, Deployment deployment, Bytes usable, int inFlight) {
        return ServingMemory.ledger(
                        demand.model(),
                        deployment.quantization(),
                        demand.cacheType(),
                        deployment.engine(),
                        deployment.hardware().memoryGiB(),
                        deployment.devices(),
                        usable,
                        growth,
                        onHost(demand, deployment).bytes(),
                        demand.requests(inFlight))
                .beside(demand.companions().memory());
    }

    /**
     * What the devices have no room for, beside the requests that are asked for, of the experts: the memory of the host
     * takes it where its size is known and the engine can read them there.
     */
    private ReplicaSpeed.HostExperts onHost(Demand demand, Deployment deployment) {
        Engine engine = deployment.engine();
        Model model = demand.model();
        if (!engine.keepsExpertsOnHost() || !model.isMixtureOfExperts() || demand.training() != null) {
            return ReplicaSpeed.HostExperts.NONE;
        }
        Host host = costing.hostOf(deployment.hardware(), deployment.devices()).orElse(null);
        if (host == null || host.memoryGiB() == null || host.memoryGBps() == null) {
            return ReplicaSpeed.HostExperts.NONE;
        }
        double experts = Weights.routedExperts(model, deployment.quantization()) * engine.weightExpansion();
        int inFlight = Math.min(demand.concurrency(), engine.maxSequences());
        MemoryLedger whole = ServingMemory.ledger(
                model,
                deployment.quantization(),
                demand.cacheType(),
                engine,
                deployment.hardware().memoryGiB(),
                deployment.devices(),
                usable(demand, deployment),
                growth,
                Bytes.of(0),
                demand.requests(inFlight));
        double room =
                catalogue.number("hostExpertsFillDevices") * whole.usable().count();
        double tooMuch = Math.min(experts, whole.pessimistic().count() - room);
        double holds = Bytes.ofGiB(catalogue.number("hostMemoryForExperts") * host.memoryGiB())
                .count();
        if (tooMuch <= 0) {
            return ReplicaSpeed.HostExperts.NONE;
        }
        double bytes = Math.min(tooMuch, holds);
        return new ReplicaSpeed.HostExperts(
                Bytes.of(bytes),
                bytes / experts,
                engine.hostReadShare(host) * host.memoryGBps(),
                catalogue.number("hostCopyShare") * hostLinkGBps(deployment.hardware()),
                catalogue.number("hostLayerMicroseconds"));
    }

    /** From the host to one device: the slot of a card; what others have is taken for the usual slot. */
    private double hostLinkGBps(Hardware hardware) {
        return hardware.linkKind() == LinkKind.PCIE && hardware.linkGBps() != null
                ? hardware.linkGBps()
                : catalogue.number("linkGBps.pcie");
    }

    /** What is left to the model itself. */
    private Bytes usable(Demand demand, Deployment deployment) {
        return Bytes.of(
                usable(deployment).count() - demand.companions().memory().count());
    }

    private Bytes usable(Deployment deployment) {
        return UsableMemory.of(deployment.hardware(), deployment.devices(), deployment.engine(), reserves);
    }

    /** Training frameworks take a card but for a margin; unified machines give what they give an engine. */
    private Bytes usableForTraining(Deployment deployment, int devices) {
        Hardware hardware = deployment.hardware();
        if (hardware.memoryKind() == MemoryKind.UNIFIED) {
            return UsableMemory.of(hardware, devices, deployment.engine(), reserves);
        }
        return Bytes.ofGiB(devices * (hardware.memoryGiB() - catalogue.number("trainingMarginGiB")));
    }

    ReplicaSpeed pace(Demand demand, Deployment deployment) {
        Hardware hardware = deployment.hardware();
        Engine engine = deployment.engine();
        return new ReplicaSpeed(
                demand.model(),
                demand.cacheType(),
                catalogue.efficiency(hardware, engine).constants(),
                Weights.readByEveryToken(demand.model(), deployment.quantization()),
                Weights.routedExperts(demand.model(), deployment.quantization()),
                ComputePeak.bandwidth(catalogue, hardware) * reached(deployment, demand.model()),
                peak(deployment).tflops() * sustained(hardware, demand.model()),
                deployment.devices(),
                engine.multiDevice().sharesLayers(),
                link(deployment),
                engine.microBatchTokens(),
                losses,
                ModelKinds.of(catalogue, engine.batchesContinuously()),
                onHost(demand, deployment),
                own == null ? OwnMeasurements.Correction.NONE : own.correction(demand, deployment),
                demand.speculative()
                        ? new Speculation(true, catalogue.speculativeDecoding(hardware, engine, demand.model()))
                        : Speculation.NONE);
    }

    /** @param cachedShare of a prompt, which need not be read */
    private Serving servingOf(Demand demand, Deployment deployment, ReplicaSpeed pace, double cachedShare) {
        boolean alone = demand.traffic().inFlightIsStated() && demand.concurrency() == 1;
        double shared = Math.max(alone ? 0 : demand.sharedPrefixTokens(), cachedShare * demand.inputTokens());
        return new Serving(
                pace,
                deployment.engine(),
                Math.max(1, demand.inputTokens() - shared),
                demand.outputTokens(),
                demand.inputTokens() + demand.outputTokens() / 2.0,
                catalogue.number("variationOfRequests"));
    }

    /** Share of the bandwidth that a machine leaves for the weights of a model. */
    private double reached(Deployment deployment, Model model) {
        Quantization weights = deployment.quantization();
        boolean unpacked = weights.format().equals("gguf") && weights.weightBits() < catalogue.number("lowBitsBelow");
        return sustained(deployment.hardware(), model)
                * (unpacked ? deployment.hardware().lowBitShare() : 1);
    }

    private double sustained(Hardware hardware, Model model) {
        return model.readParametersB() >= catalogue.number("sustainedFromB") ? hardware.sustainedShare() : 1;
    }

    private ComputePeak peak(Deployment deployment) {
        return ComputePeak.of(
                catalogue,
                deployment.hardware(),
                deployment.quantization(),
                deployment.engine().batchesContinuously());
    }

    private Link link(Deployment deployment) {
        if (deployment.devices() == 1) {
            return Link.NONE;
        }
        Hardware hardware = deployment.hardware();
        boolean inOneNode = deployment.devices() <= hardware.maxDevicesPerNode();
        LinkKind kind =
                inOneNode ? hardware.linkKind() : (hardware.isApple() ? LinkKind.THUNDERBOLT : LinkKind.ETHERNET);
        if (kind == LinkKind.NONE) {
            kind = LinkKind.ETHERNET;
        }
        double bandwidth = inOneNode && hardware.linkGBps() != null
                ? hardware.linkGBps()
                : ofLink("linkGBps", kind, hardware).orElseThrow();
        double latency = ofLink("allReduceMicroseconds", kind, hardware).orElseThrow()
                + (deployment.devices() - 2)
                        * ofLink("allReduceMicrosecondsPerDevice", kind, hardware)
                                .orElse(0.0);
        return new Link(latency, bandwidth * ofLink("linkShare", kind, hardware).orElseThrow());
    }

    /** Whether anybody has measured how fast machines of that chip speak to each other. */
    public boolean knowsLinkOf(Hardware hardware) {
        LinkKind kind = hardware.isApple() ? LinkKind.THUNDERBOLT : hardware.linkKind();
        String name = "allReduceMicroseconds." + Choice.id(kind) + ".";
        return Stream.of(hardware.chipClass(), hardware.family())
                .anyMatch(of -> catalogue.findDefault(name + of, "any").isPresent());
    }

    /** A constant of a kind of link: of the chip's class where there is a row, else of its family, else of all. */
    private Optional<Double> ofLink(String name, LinkKind kind, Hardware hardware) {
        return Stream.of("." + hardware.chipClass(), "." + hardware.family(), "")
                .flatMap(of -> catalogue.findDefault(name + "." + Choice.id(kind) + of, "any").stream())
                .map(Default::number)
                .findFirst();
    }

    /** The spread of a phase, and what goes beyond the rows that it comes from. */
    private static Uncertainty uncertainty(
            Demand demand, Deployment deployment, Phase phase, EvidenceClass evidence, Ranges ranges) {
        Hardware hardware = deployment.hardware();
        Spread spread = ranges.of(phase, demand.model().isMixtureOfExperts(), evidence);
        boolean speed = phase != Phase.MEMORY;
        double longTokens = ranges.number("longContextTokens");
        return new Uncertainty(spread.low(), spread.high())
                .widenIf(
                        phase == Phase.DECODE && demand.contextTokens() > longTokens,
                        ranges.number("widening.longContext"),
                        "context over " + Math.round(longTokens / 1024) + "k tokens")
                .widenIf(
                        phase == Phase.DECODE && deployment.devices() > 1,
                        ranges.number("widening.severalDevices"),
                        "several devices")
                .widenIf(
                        speed && deployment.devices() > hardware.maxDevicesPerNode(),
                        ranges.number("widening.severalMachines"),
                        "several machines")
                .widenIf(
                        speed && hardware.availability() == Availability.PROJECTED,
                        ranges.number("widening.announced"),
                        "announced, not sold")
                .widenIf(
                        speed && hardware.bandwidthGBps() == null,
                        ranges.number("widening.bandwidthUnknown"),
                        "bandwidth not published");
    }

    private Optional<ResolvedMeasurement> measured(
            Demand demand, Deployment deployment, int inFlight, Phase... phases) {
        return own == null ? Optional.empty() : own.ofPairing(demand, deployment, inFlight, phases);
    }

    private Evidence evidence(
            Demand demand,
            Deployment deployment,
            Efficiency efficiency,
            EvidenceClass known,
            Optional<ResolvedMeasurement> ownSpeed,
            Optional<SpeculativeDecoding> drafts,
            Uncertainty uncertainty) {
        boolean specified = deployment.hardware().bandwidthGBps() != null
                && deployment.hardware().availability() != Availability.PROJECTED;
        EvidenceClass evidence = specified ? known : known.and(EvidenceClass.SPECIFICATION);
        List<String> basis =
                new ArrayList<>(List.of("Hardware!A" + deployment.hardware().row(), "Efficiency!A" + efficiency.row()));
        drafts.ifPresent(row -> basis.add("Speculative decoding!A" + row.row()));
        ownSpeed.ifPresent(row -> basis.add("Measurements!A" + row.measurement().row()));
        basis.addAll(witnesses.of(deployment.hardware(), deployment.engine(), demand.model()));
        return new Evidence(
                ownSpeed.isPresent() ? EvidenceClass.MEASURED : evidence,
                efficiency.measurements(),
                efficiency.errorPercent(),
                efficiency.asOf(),
                basis,
                uncertainty.reasons());
    }
}
