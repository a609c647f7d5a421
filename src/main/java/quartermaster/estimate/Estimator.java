package quartermaster.estimate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import quartermaster.catalogue.Availability;
import quartermaster.catalogue.Catalogue;
import quartermaster.catalogue.Efficiency;
import quartermaster.catalogue.EvidenceClass;
import quartermaster.catalogue.Hardware;
import quartermaster.catalogue.HostedApi;
import quartermaster.catalogue.Model;
import quartermaster.catalogue.Quantization;
import quartermaster.catalogue.SpeculativeDecoding;
import quartermaster.catalogue.measurement.Phase;
import quartermaster.unit.Bytes;
import quartermaster.unit.Range;

/** Makes the facts of a deployment: does it fit, how fast, how many users, at what cost. A pure function of its inputs. */
public final class Estimator {
    private static final double MEDIAN = 0.5;
    private static final double P95 = 0.95;
    private static final double SECONDS_PER_HOUR = 3600;

    private final Catalogue catalogue;
    private final Links links;
    private final Replicas replica;
    private final Sizing sizing;
    private final TrainingEstimator training;
    private final Costing costing;
    private final Ranges ranges;
    private final ClosestMeasurements witnesses;
    private final double largeBatch;
    private final double shortContextTokens;
    private final @Nullable OwnMeasurements own;
    private final Map<HostedApi, Hardware> machines = new ConcurrentHashMap<>(); // of hosted APIs

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
        this.costing = new Costing(catalogue);
        this.links = new Links(catalogue);
        this.replica = new Replicas(catalogue, links, costing, own);
        this.sizing = new Sizing(catalogue);
        this.training = new TrainingEstimator(catalogue, costing);
        this.ranges = Ranges.of(catalogue);
        this.witnesses = new ClosestMeasurements(catalogue);
        this.largeBatch = catalogue.number("largeBatch");
        this.shortContextTokens = catalogue.number("shortContextTokens");
    }

    /** What the weights of a model take as stored. */
    public static Bytes weights(Model model, Quantization quantization) {
        return Weights.stored(model, quantization);
    }

    public EstimatedDeployment assess(Demand demand, Deployment deployment) {
        return assess(demand, deployment, new KnownReplicas());
    }

    /** @param known of that demand, or of others that differ in costs only */
    public EstimatedDeployment assess(Demand demand, Deployment deployment, KnownReplicas known) {
        if (deployment.api() != null) {
            return hosted(demand, deployment.group(), deployment.api());
        }
        return demand.training() == null
                ? serving(demand, deployment, known.of(deployment, () -> replicaOf(demand, deployment)))
                : training.assess(demand, deployment, demand.training());
    }

    /** Whether there is room for one request, as far as is known before it is estimated: where there is none, it does not fit. */
    public boolean holds(Demand demand, Deployment deployment) {
        return demand.training() != null
                || deployment.engine().keepsExpertsOnHost()
                || replica.memory(demand, deployment).holds(1);
    }

    /** Whether a month never costs less with more devices, as where what they do is done sooner and they are given back. */
    public boolean moreDevicesCostMore(Demand demand) {
        return demand.job() == null && demand.training() == null && costing.growsWithDevices();
    }

    /**
     * One replica of which nothing is known but what it costs, and that only where neither more devices nor more replicas may
     * cost less.
     */
    public EstimatedDeployment unestimated(Demand demand, Deployment deployment, int devices) {
        Deployment of = deployment.withDevices(devices);
        return new EstimatedDeployment(
                of,
                1,
                Estimate.NONE,
                moreDevicesCostMore(demand) ? costing.of(demand, of, 1, 0) : Cost.NONE,
                EstimatedDeployment.Load.plain(1, null, 1),
                null);
    }

    /** What somebody else serves, by the token. */
    public EstimatedDeployment hosted(Demand demand, int group, HostedApi api) {
        Cost cost = costing.ofHosted(demand, api);
        Demand.Job job = demand.job();
        return new EstimatedDeployment(
                Deployment.hosted(group, api, machinesOf(api)),
                1,
                Estimate.ofHosted(api, demand.concurrency()),
                cost,
                EstimatedDeployment.Load.plain(demand.concurrency(), demand.arrivalsPerSecond(), 1),
                job == null || demand.training() != null
                        ? null
                        : EstimatedDeployment.Job.of(
                                job,
                                job.items() * (demand.inputTokens() + demand.outputTokens()),
                                Range.UNKNOWN,
                                cost,
                                0));
    }

    /** Made once for as many as the catalogue has. */
    private Hardware machinesOf(HostedApi api) {
        Hardware known = machines.get(api);
        if (known == null) {
            known = api.hardware();
            if (machines.size() < catalogue.hostedApis().size()) {
                machines.put(api, known);
            }
        }
        return known;
    }

    /** What the cost of something assessed was computed from; empty where a price is missing. */
    public Optional<Cost.Inputs> costInputs(Demand demand, EstimatedDeployment of) {
        EstimatedDeployment.Job job = of.job();
        EstimatedDeployment.Night night = of.load().night();
        return costing.inputs(
                job == null ? demand : demand.busy(job.busyShare()),
                of.deployment(),
                of.replicas(),
                night != null && night.counted() ? night : null,
                of.cost());
    }

    /** What was assessed, come by in another way: the same estimate at another cost. */
    public EstimatedDeployment priced(Demand demand, EstimatedDeployment same, Deployment deployment) {
        Range total = same.estimate().throughput();
        double throughput = total.isKnown() ? total.typical() : 0;
        EstimatedDeployment.Job job = same.job();
        ServicePrice price = new ServicePrice(
                costing, catalogue, job == null ? demand : demand.busy(job.busyShare()), deployment, throughput);
        EstimatedDeployment.Load load = same.load();
        EstimatedDeployment.Night night = job == null ? price.night(load.replicasForLoad(), same.replicas()) : null;
        Cost cost = price.of(same.replicas(), night);
        return new EstimatedDeployment(
                deployment,
                same.replicas(),
                same.estimate(),
                cost,
                job == null ? load.priced(night, price.ofSecond(same.replicas(), cost)) : load,
                job != null && demand.training() != null
                        ? TrainingEstimator.job(demand, job.tokens(), job.hours(), cost, job.busyShare())
                        : job == null || demand.job() == null
                                ? job
                                : EstimatedDeployment.Job.of(
                                        demand.job(), job.tokens(), job.hours(), cost, job.busyShare()));
    }

    private KnownReplicas.Replica replicaOf(Demand demand, Deployment deployment) {
        ServingMemory room = replica.memory(demand, deployment);
        ReplicaSpeed pace = replica.pace(demand, deployment);
        int places = Math.min(room.mostSequences(), deployment.engine().maxSequences(deployment.hardware()));
        Serving serving =
                serving(demand, deployment, pace, places, demand.traffic().cachedPromptShare());
        int carried = Math.min(places, sizing.withinNeeds(demand, serving, places));
        return new KnownReplicas.Replica(deployment, room, pace, places, serving, carried);
    }

    private EstimatedDeployment serving(Demand demand, Deployment deployment, KnownReplicas.Replica one) {
        if (demand.job() != null) {
            return job(demand, deployment, demand.job(), one);
        }
        ServingMemory room = one.room();
        ReplicaSpeed pace = one.pace();
        int places = one.places();
        double cached = demand.traffic().cachedPromptShare();
        Serving serving = one.serving();
        Serving.Layers layers = serving.layers();
        int carried = one.carried();
        int forLoad = sizing.replicas(demand, deployment, serving, carried);
        double each = Sizing.inFlightOfEach(demand, serving, forLoad, carried, places);
        if (cached > 0 && demand.traffic().sessions() != null) { // idle sessions that found no room are read anew
            cached *= Sizing.heldShare(demand.traffic().sessions() / forLoad, each, room.mostSequences());
            serving = replica.serving(demand, deployment, pace, cached, layers);
            carried = Math.min(places, sizing.withinNeeds(demand, serving, places));
            forLoad = sizing.replicas(demand, deployment, serving, carried);
            each = Sizing.inFlightOfEach(demand, serving, forLoad, carried, places);
        }
        int wanted = (int) Math.ceil(each - 1e-9);
        int inFlight = Math.max(1, Math.min(wanted, Math.max(1, places)));
        int total = demand.traffic().inFlightIsStated()
                ? demand.concurrency()
                : Math.max(1, (int) Math.ceil(each * forLoad - 1e-9));
        Demand here = demand.traffic().inFlightIsStated() ? demand : demand.inFlight(total);
        MemoryLedger memory = memory(here, demand, deployment, room).ledger(inFlight);
        Estimate estimate = estimate(
                here,
                deployment,
                one,
                serving,
                memory,
                new Sizing.Load(carried, forLoad, Math.max(1, wanted), inFlight));
        int replicas =
                Math.max(forLoad, Math.min(deployment.maxReplicas(), forLoad + Sizing.spares(demand, deployment)));
        ServicePrice price = new ServicePrice(costing, catalogue, here, deployment, serving.throughput(inFlight));
        EstimatedDeployment.Night night = price.night(forLoad, replicas);
        Cost cost = price.of(replicas, night);
        Double firstTurn = cached <= 0
                ? null
                : Double.valueOf(replica.serving(demand, deployment, pace, 0, layers)
                        .timeToFirstToken(inFlight, Math.max(1, wanted) - inFlight, MEDIAN));
        return new EstimatedDeployment(
                deployment,
                replicas,
                estimate,
                cost,
                new EstimatedDeployment.Load(
                        total,
                        Sizing.arrivals(demand, serving, each, forLoad),
                        forLoad,
                        replicas - forLoad,
                        firstTurn,
                        night,
                        price.ofSecond(replicas, cost)),
                null);
    }

    /** With devices that share the layers as they would; as it was measured where an architect did so. */
    private Serving serving(Demand demand, Deployment deployment, ReplicaSpeed pace, int places, double cachedShare) {
        if (own != null && own.knows(demand, deployment)) {
            return replica.serving(
                    demand, deployment, pace, cachedShare, Serving.Layers.SHARED); // as own measurements are taken
        }
        return sizing.serving(demand, deployment.devices(), new Sizing.Candidates() {
            @Override
            public Serving serving(int devices, Serving.Layers layers) {
                Deployment part = deployment.withDevices(devices);
                ReplicaSpeed speed = devices == deployment.devices() ? pace : replica.pace(demand, part);
                return replica.serving(demand, part, speed, cachedShare, layers);
            }

            @Override
            public int places(int devices) {
                return devices == deployment.devices() ? places : placesOn(deployment.withDevices(devices));
            }

            private int placesOn(Deployment part) {
                return Math.min(
                        replica.memory(demand, part).mostSequences(),
                        part.engine().maxSequences(part.hardware()));
            }
        });
    }

    /** The same with another number in flight, which decides only about experts that stay in the memory of the host. */
    private ServingMemory memory(Demand here, Demand demand, Deployment deployment, ServingMemory room) {
        return here == demand || !deployment.engine().keepsExpertsOnHost() ? room : replica.memory(here, deployment);
    }

    /** As many as leave some memory free; as many as fit where those would be far fewer. */
    private int roomFor(ServingMemory room, int places) {
        double free = 100 * catalogue.number("jobMemoryFree");
        int least = 0;
        int most = places + 1; // the first of which nobody says that it leaves enough
        while (most - least > 1) {
            int middle = (least + most) / 2;
            if (room.ledger(middle).headroomPercent() >= free) {
                least = middle;
            } else {
                most = middle;
            }
        }
        return least < places * catalogue.number("jobFewestShare") ? places : least;
    }

    /** As many replicas as the deadline takes, each as full as it gets with some memory left free. */
    private EstimatedDeployment job(Demand demand, Deployment deployment, Demand.Job job, KnownReplicas.Replica one) {
        ServingMemory room = one.room();
        Serving serving = one.serving();
        int places = Math.max(1, one.places());
        int full = (int) Math.max(1, Math.min(roomFor(room, places), job.items()));
        double perHour = serving.requestsPerSecond(full) * SECONDS_PER_HOUR;
        double needed =
                job.deadlineHours() == null ? 1 : Math.ceil(job.items() / (perHour * job.deadlineHours()) - 1e-9);
        int replicas =
                (int) Math.max(1, Math.min(deployment.maxReplicas(), Math.max(needed, deployment.minReplicas())));
        int inFlight = (int) Math.max(1, Math.min(full, Math.ceil(job.items() / replicas)));
        Demand here = demand.inFlight(Math.max(1, inFlight * replicas));
        MemoryLedger memory = memory(here, demand, deployment, room).ledger(inFlight);
        Estimate estimate = estimate(
                here, deployment, one, serving, memory, new Sizing.Load(inFlight, replicas, inFlight, inFlight));
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
                EstimatedDeployment.Load.plain(inFlight * replicas, null, replicas),
                EstimatedDeployment.Job.of(job, tokens, range, cost, busy));
    }

    private Estimate estimate(
            Demand demand,
            Deployment deployment,
            KnownReplicas.Replica one,
            Serving serving,
            MemoryLedger memory,
            Sizing.Load load) {
        KnownReplicas.Spreads spreads =
                one.spreads(load.inFlight(), () -> spreads(demand, deployment, one.pace(), serving, load.inFlight()));
        double firstToken = serving.timeToFirstToken(load.inFlight(), load.waiting(), MEDIAN);
        double busy = Sizing.utilizationOf(demand, serving, load);
        Sizing.OpenWait wait = Sizing.openWait(demand, serving, load);
        double p95 = serving.timeToFirstToken(load.inFlight(), load.waiting(), P95) + wait.p95Seconds();
        return new Estimate(
                memory,
                spreads.speed().of(serving.decodeSpeed(load.inFlight())),
                spreads.speed().of(serving.throughput(load.inFlight())),
                spreads.firstTokenTime().of(firstToken + wait.medianSeconds()),
                p95,
                spreads.prompt().of(serving.promptTokensPerSecond()),
                load.carried(),
                load.each(),
                busy,
                spreads.shareAtFullContext(),
                load.waiting() > 0 ? Bound.QUEUE : serving.step(load.inFlight()).bound(),
                spreads.evidence(),
                new Workings(
                        demand,
                        catalogue.efficiency(deployment.hardware(), deployment.engine()),
                        one.pace(),
                        serving,
                        load.replicas(),
                        load.carried(),
                        load.inFlight(),
                        deployment.hardware()),
                null);
    }

    private KnownReplicas.Spreads spreads(
            Demand demand, Deployment deployment, ReplicaSpeed pace, Serving serving, int inFlight) {
        Efficiency efficiency = catalogue.efficiency(deployment.hardware(), deployment.engine());
        Optional<ResolvedMeasurement> ownSpeed = measured(demand, deployment, inFlight, Phase.SERVE, Phase.DECODE);
        EvidenceClass known =
                pace.onHost().share() > 0 ? efficiency.evidence().and(EvidenceClass.FAMILY) : efficiency.evidence();
        EvidenceClass evidence = ownSpeed.isPresent() ? EvidenceClass.MEASURED : known;
        EvidenceClass ofPrompts = measured(demand, deployment, inFlight, Phase.TTFT, Phase.PREFILL)
                        .isPresent()
                ? EvidenceClass.MEASURED
                : known;
        Phase phase = inFlight > largeBatch ? Phase.SERVE : Phase.DECODE;
        Uncertainty speed = ranges.of(demand, deployment, phase, evidence, inFlight)
                .widenIf(phase == Phase.DECODE && inFlight > 1, ranges.forSeveralInFlight())
                .widenIf(
                        pace.speculation().asked(),
                        pace.speculation().spread(inFlight, serving.meanContext()),
                        "speculative decoding")
                .widenIf(pace.onHost().share() > 0, ranges.forExpertsOnHost());
        boolean peakIsKnown = replica.peak(deployment).fromSpecification();
        Uncertainty firstTokenTime = ranges.of(demand, deployment, Phase.TTFT, ofPrompts, inFlight)
                .widenIf(!peakIsKnown, ranges.forUnknownCompute())
                .widenIf(pace.onHost().share() > 0, ranges.forExpertsOnHost());
        Uncertainty prompt = ranges.of(demand, deployment, Phase.PREFILL, ofPrompts, inFlight)
                .widenIf(!peakIsKnown, ranges.forUnknownCompute())
                .widenIf(pace.onHost().share() > 0, ranges.forExpertsOnHost());
        return new KnownReplicas.Spreads(
                inFlight,
                speed,
                firstTokenTime,
                prompt,
                evidence(
                        demand,
                        deployment,
                        efficiency,
                        known,
                        ownSpeed,
                        pace.speculation().row(inFlight, serving.meanContext()),
                        speed),
                speedShareAtFullContext(demand, pace));
    }

    /** The memory ledger of a replica with so many requests in flight. */
    public MemoryLedger ledger(Demand demand, Deployment deployment, int inFlight) {
        return replica.memory(demand, deployment).ledger(inFlight);
    }

    ReplicaSpeed pace(Demand demand, Deployment deployment) {
        return replica.pace(demand, deployment);
    }

    /** Whether anybody has measured how fast machines of that chip speak to each other. */
    public boolean knowsLinkOf(Hardware hardware) {
        return links.isKnownOf(hardware);
    }

    private double speedShareAtFullContext(Demand demand, ReplicaSpeed pace) {
        double atShort = pace.step(1, shortContextTokens).seconds();
        double atFull = pace.step(1, Math.max(shortContextTokens, demand.contextTokens()))
                .seconds();
        return atShort / atFull;
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
        List<String> basis = new ArrayList<>();
        basis.add("Hardware!A" + deployment.hardware().row());
        basis.add("Efficiency!A" + efficiency.row());
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
