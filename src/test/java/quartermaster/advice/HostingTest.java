package quartermaster.advice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import quartermaster.TestWorkspace;
import quartermaster.catalogue.HostedApi;
import quartermaster.decision.Decision;
import quartermaster.decision.engine.Decider;
import quartermaster.request.Acquisition;
import quartermaster.request.Budget;
import quartermaster.request.Candidate;
import quartermaster.request.Constraints;
import quartermaster.request.DecisionRequest;
import quartermaster.request.Explain;
import quartermaster.request.Workload;
import quartermaster.request.WorkloadType;
import quartermaster.unit.Records;

/** The same model from somebody else, by the token: when it is named, and what it would cost. */
class HostingTest {
    private static final Decider DECIDER = TestWorkspace.decider();

    /** 1,000 requests a day of 900 tokens in and 100 out: in 30.4 days 27.36 million in and 3.04 million out. */
    private static final DecisionRequest ASKED = new DecisionRequest(
            Workload.of(WorkloadType.INTERNAL_TOOL)
                    .with("model", "llama-3.3-70b")
                    .with("inputTokens", 900)
                    .with("outputTokens", 100)
                    .with("requestsPerDay", 1_000),
            Budget.UNSAID,
            null,
            Constraints.NONE,
            List.of(Candidate.of("nvidia-h100-sxm-80gb")
                    .with("devices", 2)
                    .with("acquisition", Acquisition.RENT)
                    .with("engine", "vllm")),
            TestWorkspace.TODAY,
            Explain.SUMMARY,
            20);

    @Test
    void it_costs_what_the_days_requests_read_and_write_in_a_month() {
        Hosting hosting = hosting(ASKED).orElseThrow();
        HostedApi api = hosting.api();
        double days = 730 / 24.0;
        assertThat(hosting.millionTokens()).isEqualTo(days, within(1e-9));
        assertThat(hosting.monthlyUsd())
                .isEqualTo(days * (0.9 * api.inputUsd() + 0.1 * api.outputUsd()), within(0.006));
    }

    @Test
    void it_is_the_cheapest_for_this_share_of_prompts_and_answers() {
        Hosting hosting = hosting(ASKED).orElseThrow();
        assertThat(DECIDER.catalogue().hostedApis().stream()
                        .filter(each -> each.model().equals("llama-3.3-70b")))
                .hasSizeGreaterThan(1)
                .allMatch(each -> each.monthlyUsd(27.375e6, 0, 3.0417e6) >= hosting.monthlyUsd() - 0.01);
    }

    @Test
    void it_is_named_only_below_what_the_winner_costs() {
        DecisionRequest more = Records.with(ASKED, "workload.requestsPerDay", 100_000);
        assertThat(hosting(more)).isPresent();
        List<Candidate> nearlyFree = List.of(ASKED.candidates().get(0).with("pricePerHourUsd", 0.01));
        assertThat(hosting(Records.with(more, "candidates", nearlyFree))).isEmpty();
    }

    @Test
    void data_that_must_stay_is_served_by_nobody_else() {
        DecisionRequest bought = Records.with(
                ASKED,
                "candidates",
                List.of(Candidate.of("nvidia-h100-sxm-80gb").with("devices", 2)));
        assertThat(hosting(bought)).isPresent();
        assertThat(hosting(Records.with(bought, "constraints.dataMustStay", true)))
                .isEmpty();
    }

    private static Optional<Hosting> hosting(DecisionRequest asked) {
        Decision decision = Objects.requireNonNull(DECIDER.decide(asked).value());
        return Hosting.of(
                new ChangedRequests(DECIDER, asked), decision, decision.ranked().get(0));
    }
}
