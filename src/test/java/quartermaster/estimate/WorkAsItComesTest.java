package quartermaster.estimate;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import quartermaster.TestWorkspace;
import quartermaster.estimate.resolution.Resolution;
import quartermaster.estimate.resolution.Resolver;
import quartermaster.json.RequestReader;
import quartermaster.request.DecisionRequest;
import quartermaster.unit.Numbers;

/** Jobs with an end, sessions that think, arrivals, and machines that may fail. */
class WorkAsItComesTest {
    private static final Resolver RESOLVER =
            new Resolver(TestWorkspace.catalogue(), new Estimator(TestWorkspace.catalogue()));
    private static final String H100 =
            "{\"hardware\": \"nvidia-h100-sxm-80gb\", \"devices\": 1, \"acquisition\": \"rent\","
                    + " \"offer\": \"runpod-h100-sxm-on-demand-neocloud\", \"engine\": \"vllm\", \"quantization\": \"fp8\"}";
    private static final String CONTRACTS = "\"type\": \"batch\", \"model\": \"llama-3.1-8b\", \"inputTokens\": 1500,"
            + " \"outputTokens\": 150, \"job\": {\"items\": 10000000";

    @Test
    void a_job_takes_as_many_machines_as_its_deadline() throws Exception {
        EstimatedDeployment night = assessed(CONTRACTS + ", \"deadlineHours\": 8}", "");
        EstimatedDeployment.Job job = requireNonNull(night.job());
        assertThat(job.tokens()).isEqualTo(10e6 * 1650);
        assertThat(job.hours().typical()).isLessThanOrEqualTo(8);
        // one machine less would miss it
        assertThat(job.hours().typical() * night.replicas() / (night.replicas() - 1))
                .isGreaterThan(8);
        assertThat(job.hours().typical() * job.tokensPerSecond().typical() * 3600)
                .isCloseTo(job.tokens(), within(1e3));
        // 165 H100-hours by arithmetic
        assertThat(job.hours().typical() * night.replicas()).isBetween(165 / 1.5, 165 * 1.5);
    }

    /** An engine lets requests wait that find no room, so a job need not be planned to the last byte. */
    @Test
    void a_job_leaves_memory_free_unless_few_requests_fit_at_all() throws Exception {
        MemoryLedger many =
                assessed(CONTRACTS + ", \"deadlineHours\": 8}", "").estimate().memory();
        assertThat(many.headroomPercent()).isBetween(10.0, 11.0);
        assertThat(many.fit()).isEqualTo(Fit.YES);
        EstimatedDeployment few = assessed(
                "\"type\": \"batch\", \"model\": \"llama-3.1-70b\", \"inputTokens\": 6000, \"outputTokens\": 300,"
                        + " \"job\": {\"items\": 10000, \"deadlineHours\": 8}",
                "");
        assertThat(few.estimate().memory().headroomPercent()).isLessThan(10);
    }

    @Test
    void half_the_time_takes_twice_the_machines_and_costs_about_the_same() throws Exception {
        EstimatedDeployment eight = assessed(CONTRACTS + ", \"deadlineHours\": 8}", "");
        EstimatedDeployment four = assessed(CONTRACTS + ", \"deadlineHours\": 4}", "");
        assertThat((double) four.replicas() / eight.replicas()).isBetween(1.9, 2.1);
        assertThat(requireNonNull(requireNonNull(four.job()).usdPerRun()))
                .isCloseTo(requireNonNull(requireNonNull(eight.job()).usdPerRun()), within(20.0));
    }

    @Test
    void what_is_run_ten_times_a_month_costs_ten_runs() throws Exception {
        EstimatedDeployment once = assessed(CONTRACTS + ", \"deadlineHours\": 8}", "");
        EstimatedDeployment often = assessed(CONTRACTS + ", \"deadlineHours\": 8, \"timesPerMonth\": 3}", "");
        assertThat(often.cost().monthlyUsd()).isCloseTo(3 * once.cost().monthlyUsd(), within(0.1));
        assertThat(requireNonNull(often.job()).usdPerRun())
                .isCloseTo(once.cost().monthlyUsd(), within(0.05));
    }

    @Test
    void without_a_deadline_one_machine_takes_its_time() throws Exception {
        EstimatedDeployment slow = assessed(CONTRACTS + "}", "");
        assertThat(slow.replicas()).isEqualTo(1);
        assertThat(requireNonNull(slow.job()).meetsDeadline()).isNull();
        assertThat(slow.job().hours().typical()).isBetween(165 / 1.5, 165 * 1.5);
    }

    @Test
    void what_comes_in_a_day_of_a_batch_is_a_job_of_each_day() throws Exception {
        EstimatedDeployment daily = assessed(
                "\"type\": \"batch\", \"model\": \"llama-3.1-8b\", \"inputTokens\": 1500, \"outputTokens\": 150,"
                        + " \"requestsPerDay\": 10000000",
                ", \"budget\": {\"utilization\": 0.25}");
        assertThat(requireNonNull(daily.job()).deadlineHours()).isEqualTo(6);
        assertThat(daily.job().busyShare()).isCloseTo(daily.job().hours().typical() * (730 / 24.0) / 730, within(1e-9));
    }

    @Test
    void calls_that_think_between_their_turns_are_few_in_flight() throws Exception {
        EstimatedDeployment calls = assessed(
                "\"type\": \"production\", \"model\": \"llama-3.1-8b\", \"inputTokens\": 1200, \"outputTokens\": 60,"
                        + " \"sessions\": 78, \"thinkSeconds\": 17",
                "");
        EstimatedDeployment.Load load = calls.load();
        assertThat(load.inFlight()).isBetween(2, 6);
        // Little: 78 sessions, each with a request every 17 s and what it takes
        assertThat(requireNonNull(load.requestsPerSecond())).isBetween(78 / 19.0, 78 / 17.0);
        assertThat(load.replicasForLoad()).isEqualTo(1);
        assertThat(load.spareReplicas()).isEqualTo(1); // production
        assertThat(calls.replicas()).isEqualTo(2);
    }

    @Test
    void more_sessions_are_never_fewer_in_flight_and_longer_thought_never_more() throws Exception {
        int before = 0;
        for (int sessions : List.of(1, 10, 100, 1_000)) {
            int now = assessed(work("\"sessions\": " + sessions + ", \"thinkSeconds\": 20"), "")
                    .load()
                    .inFlight();
            assertThat(now).isGreaterThanOrEqualTo(before);
            before = now;
        }
        for (double think : List.of(0.0, 5.0, 60.0, 600.0)) {
            int now = assessed(work("\"sessions\": 1000, \"thinkSeconds\": " + think), "")
                    .load()
                    .inFlight();
            assertThat(now).isLessThanOrEqualTo(1_000).isLessThanOrEqualTo(before == 0 ? now : Math.max(before, 1_000));
        }
    }

    @Test
    void sessions_that_never_think_are_all_in_flight() throws Exception {
        assertThat(assessed(work("\"sessions\": 8, \"thinkSeconds\": 0"), "")
                        .load()
                        .inFlight())
                .isEqualTo(8);
    }

    @Test
    void what_is_cached_need_not_be_read_but_on_the_first_turn() throws Exception {
        EstimatedDeployment plain =
                assessed(work("\"sessions\": 4, \"thinkSeconds\": 10, \"cachedPromptShare\": 0"), "");
        EstimatedDeployment cached =
                assessed(work("\"sessions\": 4, \"thinkSeconds\": 10, \"cachedPromptShare\": 0.9"), "");
        assertThat(cached.estimate().timeToFirstToken().typical())
                .isLessThan(0.5 * plain.estimate().timeToFirstToken().typical());
        assertThat(plain.load().firstTurnSeconds()).isNull();
        assertThat(requireNonNull(cached.load().firstTurnSeconds()))
                .isGreaterThan(1.5 * cached.estimate().timeToFirstToken().typical());
    }

    @Test
    void a_burst_is_sized_for() throws Exception {
        EstimatedDeployment calm = assessed(work("\"requestsPerSecond\": 20"), "");
        EstimatedDeployment burst =
                assessed(work("\"requestsPerSecond\": 20"), ", \"constraints\": {\"burstFactor\": 3}");
        assertThat(burst.load().requestsPerSecond()).isEqualTo(60.0);
        assertThat(burst.load().replicasForLoad()).isGreaterThan(calm.load().replicasForLoad());
    }

    @Test
    void spares_are_counted_and_priced_apart() throws Exception {
        EstimatedDeployment none = assessed(work("\"concurrency\": 20"), ", \"constraints\": {\"spareReplicas\": 0}");
        EstimatedDeployment two = assessed(work("\"concurrency\": 20"), ", \"constraints\": {\"spareReplicas\": 2}");
        assertThat(two.load().replicasForLoad()).isEqualTo(none.replicas());
        assertThat(two.replicas()).isEqualTo(none.replicas() + 2);
        assertThat(requireNonNull(two.cost().breakdown()).rentUsd())
                .isCloseTo(
                        requireNonNull(none.cost().breakdown()).rentUsd() * two.replicas() / none.replicas(),
                        within(0.02));
        // what a user sees is with the spare ones gone
        assertThat(two.estimate().decodeSpeed()).isEqualTo(none.estimate().decodeSpeed());
    }

    @Test
    void replicas_that_follow_the_load_are_priced_only_where_that_is_asked_for() throws Exception {
        EstimatedDeployment on = assessed(work("\"concurrency\": 2000"), "");
        EstimatedDeployment scaled =
                assessed(work("\"concurrency\": 2000"), ", \"constraints\": {\"autoscaling\": true}");
        EstimatedDeployment.Night could = requireNonNull(on.load().night());
        EstimatedDeployment.Night does = requireNonNull(scaled.load().night());
        assertThat(could.counted()).isFalse();
        assertThat(does.counted()).isTrue();
        assertThat(scaled.replicas()).isEqualTo(on.replicas());
        assertThat(does.replicas())
                .isLessThan(on.replicas())
                .isGreaterThan(scaled.load().spareReplicas());
        assertThat(requireNonNull(on.cost().monthlyUsd())
                        - requireNonNull(scaled.cost().monthlyUsd()))
                .isCloseTo(requireNonNull(does.savesUsd()), within(1e-6))
                .isCloseTo(requireNonNull(could.savesUsd()), within(1e-6));
        assertThat(on.load().arithmetic().get(0))
                .startsWith("quiet hours: nightLoadShare " + Numbers.plain(could.loadShare()) + " × "
                        + on.load().replicasForLoad() + " replicas")
                .contains("nightHours " + Numbers.plain(could.hours()) + " of 24 × (rent ")
                .endsWith(String.format(
                        Locale.ROOT, " = %,.2f less a month, if replicas follow the load", could.savesUsd()));
        assertThat(scaled.load().arithmetic().get(0)).endsWith(", counted");
    }

    @Test
    void one_replica_says_what_a_second_adds() throws Exception {
        EstimatedDeployment one = assessed(work("\"concurrency\": 4"), ", \"constraints\": {\"spareReplicas\": 0}");
        EstimatedDeployment two = assessed(work("\"concurrency\": 4"), ", \"constraints\": {\"spareReplicas\": 1}");
        assertThat(one.replicas()).isEqualTo(1);
        assertThat(requireNonNull(one.load().secondReplicaUsd()))
                .isCloseTo(
                        requireNonNull(two.cost().monthlyUsd())
                                - requireNonNull(one.cost().monthlyUsd()),
                        within(1e-6));
        assertThat(one.load().arithmetic())
                .containsExactly("a second replica: "
                        + requireNonNull(one.load().secondReplica()).sum() + " a month");
        assertThat(two.load().secondReplicaUsd()).isNull();
        assertThat(two.load().arithmetic()).noneMatch(line -> line.startsWith("a second replica"));
    }

    @Test
    void a_caller_is_kept_waiting_no_longer_than_is_heard_unless_the_request_says_so() throws Exception {
        String call = "\"type\": \"production\", \"model\": \"llama-3.1-8b\", \"use\": \"voice\", \"sessions\": 78";
        Resolution unsaid = resolution("{\"workload\": {" + call + "}, \"candidates\": [" + H100 + "]}");
        assertThat(unsaid.demand().maxTimeToFirstTokenSeconds()).isEqualTo(0.35);
        assertThat(unsaid.assumptions()).anyMatch(each -> each.field().equals("workload.maxTimeToFirstTokenSeconds"));
        assertThat(resolution("{\"workload\": {" + call + ", \"maxTimeToFirstTokenSeconds\": 2}, \"candidates\": ["
                                + H100 + "]}")
                        .demand()
                        .maxTimeToFirstTokenSeconds())
                .isEqualTo(2);
    }

    @Test
    void exactly_so_many_replicas_as_are_asked_for() throws Exception {
        String three = H100.replace("\"devices\": 1", "\"devices\": 1, \"replicas\": 3");
        EstimatedDeployment fixed =
                request("{\"workload\": {" + work("\"concurrency\": 4") + "}, \"candidates\": [" + three + "]}");
        assertThat(fixed.replicas()).isEqualTo(3);
        assertThat(fixed.load().spareReplicas()).isZero();
    }

    private static String work(String further) {
        return "\"type\": \"production\", \"model\": \"llama-3.1-8b\", \"inputTokens\": 4000, \"outputTokens\": 300, "
                + further;
    }

    private static EstimatedDeployment assessed(String workload, String further) throws Exception {
        return request("{\"workload\": {" + workload + "}, \"candidates\": [" + H100 + "]" + further + "}");
    }

    private static EstimatedDeployment request(String json) throws Exception {
        return resolution(json).assessed().get(0);
    }

    private static Resolution resolution(String json) throws Exception {
        DecisionRequest asked = requireNonNull(
                RequestReader.read(json, TestWorkspace.TODAY).requests().get(0).value());
        Resolution resolution = requireNonNull(RESOLVER.resolve(asked).value());
        assertThat(resolution.problems()).isEmpty();
        return resolution;
    }
}
