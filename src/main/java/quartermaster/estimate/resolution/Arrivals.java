package quartermaster.estimate.resolution;

import org.jspecify.annotations.Nullable;
import quartermaster.estimate.Demand;
import quartermaster.request.Budget;
import quartermaster.request.DecisionRequest;
import quartermaster.request.Job;
import quartermaster.request.Workload;
import quartermaster.request.WorkloadType;

/** How requests come, where something is said of it, and how many are in flight. */
final class Arrivals {
    private static final double SECONDS_PER_DAY = 86_400;
    private static final double HOURS_PER_DAY = 24;
    private static final double DAYS_PER_MONTH = 730 / HOURS_PER_DAY;

    private Arrivals() {}

    /** How requests come, where something is said of it; what is stated in flight wins. */
    static Demand.Traffic of(DecisionRequest request, Defaults defaults) {
        Workload workload = request.workload();
        double burst = orOne(request.constraints().burstFactor());
        Double share = workload.cachedPromptShare() != null
                ? workload.cachedPromptShare()
                : defaults.constantOrNull("cachedPromptShare");
        if (workload.cachedPromptShare() == null && share != null && share > 0) {
            defaults.number(null, "workload.cachedPromptShare");
        }
        Demand.Job job = job(workload, request.budget(), defaults);
        boolean stated = workload.concurrency() != null || workload.namedUsers() != null;
        Integer perDay = workload.requestsPerDay();
        Double perSecond = workload.requestsPerSecond();
        Double arrivals = perSecond != null
                ? perSecond
                : perDay == null || job != null ? null : perDay * defaults.constant("peakFactor") / SECONDS_PER_DAY;
        Integer sessions = stated || job != null ? null : workload.sessions();
        return new Demand.Traffic(
                stated || job == null && arrivals == null && sessions == null,
                arrivals == null ? null : arrivals * burst,
                sessions == null ? null : sessions * burst,
                sessions == null ? 0 : defaults.number(workload.thinkSeconds(), "workload.thinkSeconds"),
                share == null ? 0 : share,
                spareReplicas(request, job, defaults),
                job,
                request.constraints().autoscaling());
    }

    /** Stated, or what the use cannot do without: a caller hears every pause. Null where there is no limit. */
    static @Nullable Double maxWait(Workload workload, Defaults defaults) {
        Double said = workload.maxTimeToFirstTokenSeconds();
        return said != null || defaults.constantOrNull("maxTimeToFirstTokenSeconds") == null
                ? said
                : Double.valueOf(defaults.number(null, "workload.maxTimeToFirstTokenSeconds"));
    }

    /** A run is a job: it ends, and its machines may do something else. */
    static Demand.Traffic ofRuns(Demand.Training training) {
        Demand.Run run = training.run();
        return run == null
                ? Demand.Traffic.STATED
                : new Demand.Traffic(
                        true,
                        null,
                        null,
                        0,
                        0,
                        0,
                        new Demand.Job(run.examples() * run.epochs(), run.deadlineHours(), run.timesPerMonth()),
                        false);
    }

    /** What comes in a day is a job of each day, where nobody waits for single answers. */
    private static Demand.@Nullable Job job(Workload workload, Budget budget, Defaults defaults) {
        Job said = workload.job();
        if (workload.type() != WorkloadType.BATCH || workload.concurrency() != null) {
            return null;
        }
        if (said != null && said.items() != null) {
            return new Demand.Job(
                    said.items(), said.deadlineHours(), said.timesPerMonth() == null ? 1 : said.timesPerMonth());
        }
        if (workload.requestsPerDay() == null) {
            return null;
        }
        double share = defaults.number(budget.utilization(), "budget.utilization");
        Double hours = said == null ? null : said.deadlineHours();
        if (hours == null) {
            hours = HOURS_PER_DAY * share;
            defaults.assume(
                    "workload.job.deadlineHours",
                    hours,
                    "what comes in a day is done within the share of it that the machines are to be busy");
        }
        Double times = said == null ? null : said.timesPerMonth();
        return new Demand.Job(workload.requestsPerDay(), hours, times == null ? DAYS_PER_MONTH : times);
    }

    private static int spareReplicas(DecisionRequest request, Demand.@Nullable Job job, Defaults defaults) {
        Integer said = request.constraints().spareReplicas();
        if (said != null || job != null) {
            return said == null ? 0 : said;
        }
        Double usual = defaults.constantOrNull("spareReplicas");
        return usual == null || usual == 0 ? 0 : defaults.integer(null, "constraints.spareReplicas");
    }

    private static double orOne(@Nullable Double factor) {
        return factor == null ? 1 : factor;
    }

    /** Stated or assumed; null where it follows for each candidate from what is said of the traffic. */
    static @Nullable Integer concurrency(
            Workload workload, Demand.Traffic traffic, @Nullable Double burstFactor, Defaults defaults) {
        double burst = orOne(burstFactor);
        Integer said = workload.concurrency();
        if (said != null) {
            return (int) Math.ceil(said * burst);
        }
        if (workload.namedUsers() != null) {
            double share = defaults.constant("concurrentShareOfNamedUsers");
            int atOnce = Math.max(1, (int) Math.ceil(workload.namedUsers() * share));
            defaults.assume(
                    "workload.concurrency",
                    (long) atOnce,
                    Math.round(100 * share) + " % of " + workload.namedUsers() + " named users at the same time");
            return (int) Math.ceil(atOnce * burst);
        }
        return traffic.inFlightIsStated()
                ? Integer.valueOf((int) Math.ceil(defaults.integer(null, "workload.concurrency") * burst))
                : null;
    }
}
