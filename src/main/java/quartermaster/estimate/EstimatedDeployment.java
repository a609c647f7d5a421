package quartermaster.estimate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import quartermaster.unit.Numbers;
import quartermaster.unit.Range;

/**
 * A deployment with the replicas that the demand needs, and what follows for it.
 *
 * @param job null where the work has no end
 */
public record EstimatedDeployment(
        Deployment deployment,
        int replicas,
        Estimate estimate,
        Cost cost,
        Load load,
        @Nullable Job job) {

    /** The same as a variant of another candidate. */
    public EstimatedDeployment ofGroup(int group) {
        return new EstimatedDeployment(
                deployment.acquired(group, deployment.acquisition(), deployment.offer()),
                replicas,
                estimate,
                cost,
                load,
                job);
    }

    /**
     * What is in flight, and who carries it.
     *
     * @param inFlight requests at the same time, all replicas together
     * @param requestsPerSecond at the peak; null where only those in flight are known
     * @param firstTurnSeconds to the first token of a session's first turn, of which nothing is cached; null where
     *     nothing is cached anyway
     * @param night what is rented and follows the load, or could; null where nothing would be switched off
     * @param secondReplica what another replica adds to a month, where there is one only; null where there are more, or a
     *     price is missing
     */
    public record Load(
            int inFlight,
            @Nullable Double requestsPerSecond,
            int replicasForLoad,
            int spareReplicas,
            @Nullable Double firstTurnSeconds,
            @Nullable Night night,
            Cost.@Nullable Breakdown secondReplica) {

        public @Nullable Double secondReplicaUsd() {
            return secondReplica == null ? null : Double.valueOf(secondReplica.totalUsd());
        }

        /** How the figures of quiet hours and of a second replica come about, a line for each. */
        public List<String> arithmetic() {
            List<String> lines = new ArrayList<>();
            if (night != null) {
                lines.add(night.line(replicasForLoad, spareReplicas));
            }
            if (secondReplica != null) {
                lines.add("a second replica: " + secondReplica.sum() + " a month");
            }
            return lines;
        }

        /** The same at other prices. */
        Load priced(@Nullable Night otherNight, Cost.@Nullable Breakdown second) {
            return new Load(
                    inFlight, requestsPerSecond, replicasForLoad, spareReplicas, firstTurnSeconds, otherNight, second);
        }

        /** What is known of work that is no service, or is carried by somebody else. */
        static Load plain(int inFlight, @Nullable Double requestsPerSecond, int replicas) {
            return new Load(inFlight, requestsPerSecond, replicas, 0, null, null, null);
        }
    }

    /**
     * The quiet hours of a day.
     *
     * @param replicas that run then, the spare ones included
     * @param hours of a day
     * @param loadShare of the day's load that is left then
     * @param rentUsd of a month in which all replicas run day and night; null where a price is missing
     * @param rentOfThoseUsd of a month in which only those ran; null likewise
     * @param counted the cost of the deployment has it: autoscaling was asked for
     */
    public record Night(
            int replicas,
            double hours,
            double loadShare,
            @Nullable Double rentUsd,
            @Nullable Double rentOfThoseUsd,
            boolean counted) {
        private static final double HOURS_PER_DAY = 24;

        /** What a month costs less than with all on: 10 of 24 hours × ($5,840 − $1,460) = $1,825; null where a price is missing. */
        public @Nullable Double savesUsd() {
            return rentUsd == null || rentOfThoseUsd == null
                    ? null
                    : Double.valueOf(Cost.Breakdown.toTheCent(hours / HOURS_PER_DAY * (rentUsd - rentOfThoseUsd)));
        }

        private String line(int byDay, int spare) {
            String line = String.format(
                    Locale.ROOT,
                    "quiet hours: nightLoadShare %s × %d replicas for the load by day, at least 1, + %d spare = %d",
                    Numbers.plain(loadShare),
                    byDay,
                    spare,
                    replicas);
            Double saves = savesUsd();
            return saves == null
                    ? line
                    : line
                            + String.format(
                                    Locale.ROOT,
                                    "; nightHours %s of 24 × (rent %,.2f of all − %,.2f of those) = %,.2f less a month, %s",
                                    Numbers.plain(hours),
                                    rentUsd,
                                    rentOfThoseUsd,
                                    saves,
                                    counted ? "counted" : "if replicas follow the load");
        }
    }

    /**
     * Work with an end.
     *
     * @param tokens of one run, read and written
     * @param tokensPerSecond of all replicas together, read and written
     * @param hours of one run
     * @param deadlineHours null where there is time
     * @param usdPerRun null where a price is missing
     * @param busyShare of a month, 0 to 1
     */
    public record Job(
            double tokens,
            Range tokensPerSecond,
            Range hours,
            @Nullable Double deadlineHours,
            @Nullable Double usdPerRun,
            double busyShare) {
        private static final double SECONDS_PER_HOUR = 3600;

        /** What a run takes, and what it costs of the month. */
        static Job of(Demand.Job job, double tokens, Range hours, Cost cost, double busy) {
            return new Job(
                    tokens,
                    new Range(
                            tokens / (hours.high() * SECONDS_PER_HOUR),
                            tokens / (hours.typical() * SECONDS_PER_HOUR),
                            tokens / (hours.low() * SECONDS_PER_HOUR)),
                    hours,
                    job.deadlineHours(),
                    cost.monthlyUsd() == null ? null : cost.monthlyUsd() / job.timesPerMonth(),
                    busy);
        }

        /** Also at the slow end, only typically, or not; null where there is no deadline or nobody knows. */
        public @Nullable Fit meetsDeadline() {
            if (deadlineHours == null || !hours.isKnown()) {
                return null;
            }
            return hours.high() <= deadlineHours ? Fit.YES : hours.typical() <= deadlineHours ? Fit.TIGHT : Fit.NO;
        }

        /** The same work, done so many times as fast. */
        public Job fasterBy(double factor) {
            return new Job(
                    tokens,
                    tokensPerSecond.times(factor),
                    hours.times(1 / factor),
                    deadlineHours,
                    usdPerRun,
                    busyShare);
        }
    }
}
