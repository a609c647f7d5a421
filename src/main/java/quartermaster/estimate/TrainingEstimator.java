package quartermaster.estimate;

import quartermaster.catalogue.Arithmetic;
import quartermaster.catalogue.Availability;
import quartermaster.catalogue.Catalogue;
import quartermaster.catalogue.EvidenceClass;
import quartermaster.catalogue.Hardware;
import quartermaster.catalogue.MemoryKind;
import quartermaster.catalogue.TrainingTool;
import quartermaster.estimate.training.TrainingSpeeds;
import quartermaster.unit.Bytes;
import quartermaster.unit.Choice;
import quartermaster.unit.Range;
import quartermaster.unit.Records;

/** Makes the facts of a deployment that trains: does it fit, how long does a run take, at what cost. */
public final class TrainingEstimator {
    private static final double SECONDS_PER_HOUR = 3600;
    private static final double MILLION = 1e6;

    private final Catalogue catalogue;
    private final UsableMemory.Reserves reserves;
    private final TrainingSpeeds trainings;
    private final Costing costing;

    TrainingEstimator(Catalogue catalogue, Costing costing) {
        this.catalogue = catalogue;
        this.reserves = UsableMemory.Reserves.of(catalogue);
        this.trainings = new TrainingSpeeds(catalogue, peak(catalogue));
        this.costing = costing;
    }

    EstimatedDeployment assess(Demand demand, Deployment deployment, Demand.Training training) {
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
                usable(deployment, sharing),
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
        Uncertainty uncertainty = spread(catalogue, deployment.hardware(), deployment.devices(), speed);
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
                EstimatedDeployment.Load.plain(1, null, replicas),
                job(demand, tokens, hours, cost, busy));
    }

    /** Of a run, or of a million tokens where nobody said how long it is: their share of what a month of runs costs. */
    static EstimatedDeployment.Job job(Demand demand, double tokens, Range hours, Cost cost, double busy) {
        Demand.Job job = demand.job() == null ? new Demand.Job(tokens, null, 1) : demand.job();
        EstimatedDeployment.Job ofRun = EstimatedDeployment.Job.of(job, tokens, hours, cost, busy);
        Double usd = ofRun.usdPerRun();
        return demand.job() != null || usd == null
                ? ofRun
                : Records.with(ofRun, "usdPerRun", usd * hours.typical() / (Money.HOURS_PER_MONTH * busy));
    }

    /** Training frameworks take a card but for a margin; unified machines give what they give an engine. */
    private Bytes usable(Deployment deployment, int devices) {
        Hardware hardware = deployment.hardware();
        if (hardware.memoryKind() == MemoryKind.UNIFIED) {
            return UsableMemory.of(hardware, devices, deployment.engine(), reserves);
        }
        return Bytes.ofGiB(devices * (hardware.memoryGiB() - catalogue.number("trainingMarginGiB")));
    }

    /** Peak compute that a training run counts on: of 8 bits only where it computes in them. */
    public static TrainingSpeeds.Peak peak(Catalogue catalogue) {
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
        return spread(catalogue, row.hardware(), row.row().devices(), row.predicted())
                .of(row.predicted().tokensPerSecond());
    }

    private static Uncertainty spread(Catalogue catalogue, Hardware hardware, int devices, TrainingSpeeds.Speed speed) {
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
}
