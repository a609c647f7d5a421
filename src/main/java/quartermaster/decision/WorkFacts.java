package quartermaster.decision;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;
import quartermaster.estimate.Demand;
import quartermaster.estimate.EstimatedDeployment;
import quartermaster.estimate.Fit;
import quartermaster.request.WorkloadType;

/** Of what rules judge: the work that has to be done, be it a service or something that ends. */
public interface WorkFacts {
    EstimatedDeployment assessed();

    Demand demand();

    default WorkloadType workloadType() {
        return demand().type();
    }

    default int concurrency() {
        return assessed().load().inFlight();
    }

    default int inputTokens() {
        return demand().inputTokens();
    }

    default int contextTokens() {
        return demand().contextTokens();
    }

    default boolean isTraining() {
        return demand().training() != null;
    }

    default boolean asksForSpeculation() {
        return demand().speculative();
    }

    default @Nullable Double minDecodeSpeed() {
        return demand().minDecodeSpeed();
    }

    default @Nullable Double maxTimeToFirstToken() {
        return demand().maxTimeToFirstTokenSeconds();
    }

    /** What stands beside the model on each replica. */
    default double companionsGiB() {
        return demand().companions().memory().gib();
    }

    /** Work with an end, instead of a service. */
    default boolean isJob() {
        return assessed().job() != null;
    }

    /** Hours of one run, typically; null where the work has no end, or nobody knows how long it is or takes. */
    default @Nullable Double jobHours() {
        return assessed().job() == null
                        || demand().job() == null
                        || !assessed().job().hours().isKnown()
                ? null
                : assessed().job().hours().typical();
    }

    /** Hours of one run at the slow end. */
    default @Nullable Double pessimisticJobHours() {
        return jobHours() == null
                ? null
                : requireNonNull(assessed().job()).hours().high();
    }

    default @Nullable Double deadlineHours() {
        return assessed().job() == null ? null : assessed().job().deadlineHours();
    }

    /** Yes also at the slow end, tight only typically; null where there is no deadline. */
    default @Nullable Fit meetsDeadline() {
        return assessed().job() == null ? null : assessed().job().meetsDeadline();
    }

    /** Null where the work has no end, or nobody knows how long a run is. */
    default @Nullable Double usdPerRun() {
        return assessed().job() == null || demand().job() == null
                ? null
                : assessed().job().usdPerRun();
    }

    /** Tokens a second of a training run, pauses and short rows counted; null where nothing is trained. */
    default @Nullable Double trainingSpeed() {
        return !isTraining() || assessed().job() == null
                ? null
                : assessed().job().tokensPerSecond().typical();
    }

    /** Replicas without those that are spare. */
    default int replicasForLoad() {
        return assessed().load().replicasForLoad();
    }

    default int spareReplicas() {
        return assessed().load().spareReplicas();
    }

    /** What another replica adds to a month, where there is one; null where there are more or nobody knows. */
    default @Nullable Double secondReplicaUsd() {
        return assessed().load().secondReplicaUsd();
    }

    /** Rented replicas follow the load, and the cost has it. */
    default boolean scalesWithLoad() {
        EstimatedDeployment.Night night = assessed().load().night();
        return night != null && night.counted();
    }

    /** Replicas that the quiet hours need, the spare ones included; all of them where nothing can be switched off. */
    default int replicasAtNight() {
        EstimatedDeployment.Night night = assessed().load().night();
        return night == null ? assessed().replicas() : night.replicas();
    }

    /** Of a day, in which {@code replicasAtNight} are enough; 0 where nothing can be switched off. */
    default double nightHours() {
        EstimatedDeployment.Night night = assessed().load().night();
        return night == null ? 0 : night.hours();
    }

    /** Of a month, against leaving all on; null where nothing can be switched off or nobody knows the price. */
    default @Nullable Double nightSavesUsd() {
        EstimatedDeployment.Night night = assessed().load().night();
        return night == null ? null : night.savesUsd();
    }

    /** Of what a month costs with all on; null likewise. */
    default @Nullable Double nightSavesPercent() {
        Double saves = nightSavesUsd();
        Double now = assessed().cost().monthlyUsd();
        return saves == null || now == null ? null : 100 * saves / (scalesWithLoad() ? now + saves : now);
    }

    /** The load that replicas are planned for where requests may wait, in percent. */
    default double plannedLoadPercent() {
        return 100 * demand().plannedLoad();
    }

    default double utilizationPercent() {
        return 100
                * (assessed().job() == null
                        ? demand().utilization()
                        : assessed().job().busyShare());
    }
}
