package quartermaster.json;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import quartermaster.catalogue.HostedApi;
import quartermaster.estimate.Cost;
import quartermaster.estimate.Deployment;
import quartermaster.estimate.Estimate;
import quartermaster.estimate.EstimatedDeployment;
import quartermaster.estimate.Evidence;
import quartermaster.estimate.MemoryLedger;
import quartermaster.request.Acquisition;
import quartermaster.unit.Choice;
import quartermaster.unit.Range;
import quartermaster.unit.Records;

/**
 * What the estimator says of a deployment, as fields of an answer.
 *
 * @param full whether the arithmetic is shown, and what only those need who want to check it
 */
record EstimateFields(boolean full) {
    private static final int LOAD_DECIMALS = 4;

    static Map<String, @Nullable Object> candidate(EstimatedDeployment assessed) {
        Deployment deployment = assessed.deployment();
        Map<String, @Nullable Object> candidate = new LinkedHashMap<>();
        HostedApi api = deployment.api();
        if (api != null) {
            return hosted(api);
        }
        candidate.put("hardware", deployment.hardware().id());
        candidate.put("name", deployment.hardware().name());
        candidate.put("devices", deployment.devices());
        candidate.put("replicas", assessed.replicas());
        candidate.put("acquisition", Choice.id(deployment.acquisition()));
        candidate.put(
                "offer",
                deployment.offer() == null || !deployment.offer().isListed()
                        ? null
                        : deployment.offer().id());
        candidate.put("engine", deployment.engine().id());
        candidate.put("quantization", deployment.quantization().id());
        return candidate;
    }

    /** Nobody says on what it runs. */
    private static Map<String, @Nullable Object> hosted(HostedApi api) {
        Map<String, @Nullable Object> candidate = new LinkedHashMap<>();
        candidate.put("hardware", null);
        candidate.put("name", api.hardware().name());
        candidate.put("devices", null);
        candidate.put("replicas", null);
        candidate.put("acquisition", Choice.id(Acquisition.API));
        candidate.put("offer", api.id());
        candidate.put("provider", api.provider());
        candidate.put("engine", null);
        candidate.put("quantization", null);
        return candidate;
    }

    Map<String, @Nullable Object> estimate(Estimate estimate) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        if (estimate.isElsewhere()) {
            fields.put("memory", null);
            fields.put("decodeTokensPerSecond", rangeOrNull(estimate.decodeSpeed()));
            fields.put("throughputTokensPerSecond", null);
            fields.put("timeToFirstTokenSeconds", rangeOrNull(estimate.timeToFirstToken()));
            fields.put("timeToFirstTokenP95Seconds", Rounded.figures(estimate.timeToFirstTokenP95Seconds()));
            fields.put("maxConcurrency", null);
            fields.put("boundBy", null);
            fields.put("evidence", evidence(estimate.evidence()));
            return fields;
        }
        fields.put("memory", memory(estimate.memory(), full && !estimate.isTraining()));
        fields.put("decodeTokensPerSecond", rangeOrNull(estimate.decodeSpeed()));
        fields.put("throughputTokensPerSecond", rangeOrNull(estimate.throughput()));
        fields.put("timeToFirstTokenSeconds", rangeOrNull(estimate.timeToFirstToken()));
        fields.put("timeToFirstTokenP95Seconds", Rounded.figures(estimate.timeToFirstTokenP95Seconds()));
        fields.put("maxConcurrency", estimate.isTraining() ? null : estimate.maxConcurrency());
        fields.put("boundBy", Choice.id(estimate.boundBy()));
        if (full && !estimate.isTraining()) {
            fields.put("prefillTokensPerSecond", range(estimate.prefillSpeed()));
            fields.put("inFlightPerReplica", estimate.inFlightPerReplica());
            fields.put("load", Rounded.to(LOAD_DECIMALS, estimate.load()));
            fields.put("speedShareAtFullContext", Rounded.to(LOAD_DECIMALS, estimate.speedShareAtFullContext()));
        }
        fields.put("evidence", evidence(estimate.evidence()));
        if (full) {
            fields.put("arithmetic", estimate.arithmetic());
        }
        return fields;
    }

    /** @param ofRequests whether what single requests take is shown */
    private Map<String, @Nullable Object> memory(MemoryLedger memory, boolean ofRequests) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("weightsGiB", Rounded.gib(memory.weights()));
        fields.put("kvCacheGiB", Rounded.gib(memory.kvCache()));
        fields.put("overheadGiB", Rounded.gib(memory.overhead()));
        if (memory.companions().count() > 0) {
            fields.put("companionsGiB", Rounded.gib(memory.companions()));
        }
        fields.put("requiredGiB", Rounded.gib(memory.required()));
        fields.put("usableGiB", Rounded.gib(memory.usable()));
        fields.put("headroomPercent", Rounded.to(1, memory.headroomPercent()));
        fields.put("fits", Choice.id(memory.fit()));
        if (full) {
            fields.put("pessimisticGiB", Rounded.gib(memory.pessimistic()));
        }
        if (ofRequests) {
            fields.put(
                    "kvCachePerRequestGiB",
                    Rounded.figures(memory.kvCachePerRequest().gib()));
            fields.put("maxContextTokens", memory.maxContextTokens());
            fields.put("maxSequences", memory.maxSequences());
        }
        return fields;
    }

    private Map<String, @Nullable Object> evidence(Evidence evidence) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("class", Choice.id(evidence.evidenceClass()));
        fields.put("measurements", evidence.measurements());
        fields.put("errorPercent", Rounded.to(1, evidence.errorPercent()));
        fields.put("asOf", evidence.asOf());
        if (full) {
            fields.put("basis", evidence.basis());
            fields.put("widenedBy", evidence.widenedBy());
        }
        return fields;
    }

    @Nullable
    Map<String, @Nullable Object> job(EstimatedDeployment.@Nullable Job job) {
        if (job == null) {
            return null;
        }
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("tokens", Rounded.to(0, job.tokens()));
        fields.put("tokensPerSecond", rangeOrNull(job.tokensPerSecond()));
        fields.put("hours", rangeOrNull(job.hours()));
        fields.put("meetsDeadline", job.meetsDeadline() == null ? null : Choice.id(job.meetsDeadline()));
        fields.put("usdPerRun", Rounded.usd(job.usdPerRun()));
        fields.put("busyShare", Rounded.to(LOAD_DECIMALS, job.busyShare()));
        return fields;
    }

    @Nullable
    Map<String, @Nullable Object> load(EstimatedDeployment assessed) {
        if (assessed.estimate().isElsewhere() || assessed.estimate().isTraining()) {
            return null; // of a service
        }
        EstimatedDeployment.Load load = assessed.load();
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("inFlight", load.inFlight());
        fields.put("requestsPerSecond", Rounded.figures(load.requestsPerSecond()));
        fields.put("replicasForLoad", load.replicasForLoad());
        fields.put("spareReplicas", load.spareReplicas());
        if (load.firstTurnSeconds() != null) {
            fields.put("firstTurnSeconds", Rounded.figures(load.firstTurnSeconds()));
        }
        EstimatedDeployment.Night night = load.night();
        if (night != null) {
            fields.put("replicasAtNight", night.replicas());
            fields.put("nightHours", Rounded.figures(night.hours()));
            fields.put("nightSavesUsd", Rounded.usd(night.savesUsd()));
            fields.put("autoscaled", night.counted());
        }
        if (load.secondReplicaUsd() != null) {
            fields.put("secondReplicaUsd", Rounded.usd(load.secondReplicaUsd()));
        }
        if (full && !load.arithmetic().isEmpty()) {
            fields.put("arithmetic", load.arithmetic());
        }
        return fields;
    }

    /** @param horizonMonths over which a purchase is written off */
    Map<String, @Nullable Object> cost(Cost cost, int horizonMonths) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("purchaseUsd", Rounded.usd(cost.purchaseUsd()));
        fields.put("monthlyUsd", Rounded.usd(cost.monthlyUsd()));
        fields.put("monthlyUsdLow", Rounded.usd(cost.monthlyUsdLow()));
        fields.put("monthlyUsdHigh", Rounded.usd(cost.monthlyUsdHigh()));
        fields.put("usdPerMillionOutputTokens", Rounded.smallUsd(cost.usdPerMillionOutputTokens()));
        fields.put("breakEvenMonths", Rounded.to(1, cost.breakEvenMonths()));
        fields.put("powerWatts", Rounded.to(0, cost.powerWatts()));
        fields.put("asOf", cost.asOf());
        if (full && cost.use() != null) {
            fields.put("use", Records.values(cost.use()));
        }
        fields.put("breakdown", cost.breakdown() == null ? null : breakdown(cost.breakdown()));
        fields.put("firstYearUsd", Rounded.usd(cost.firstYearUsd()));
        fields.put("horizonUsd", Rounded.usd(cost.horizonUsd(horizonMonths)));
        if (full) {
            fields.put("breakEvenUtilization", Rounded.to(LOAD_DECIMALS, cost.breakEvenUtilization()));
            fields.put("breakEvenAgainst", cost.breakEvenAgainst());
        }
        return fields;
    }

    private static Map<String, @Nullable Object> breakdown(Cost.Breakdown parts) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        Records.values(parts).forEach((part, usd) -> fields.put(part, Rounded.usd((Double) usd)));
        return fields;
    }

    private static @Nullable Object rangeOrNull(Range range) {
        return range.isKnown() ? range(range) : null;
    }

    private static Map<String, @Nullable Object> range(Range range) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("low", Rounded.figures(range.low()));
        fields.put("typical", Rounded.figures(range.typical()));
        fields.put("high", Rounded.figures(range.high()));
        return fields;
    }
}
