package quartermaster.decision.engine;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import quartermaster.TestWorkspace;
import quartermaster.catalogue.HostedApi;
import quartermaster.decision.Assessment;
import quartermaster.decision.Decision;
import quartermaster.decision.Finding;
import quartermaster.decision.Recommendation;
import quartermaster.estimate.Cost;
import quartermaster.json.DecisionWriter;
import quartermaster.json.RequestReader;
import quartermaster.request.Acquisition;
import quartermaster.request.DecisionRequest;
import quartermaster.unit.Problem;

/** Models that somebody else serves by the token, ranked with machines by the same steps. */
class HostedApisTest {
    private static final Decider DECIDER = TestWorkspace.decider();
    private static final String BIG = "\"model\": \"llama-3.3-70b\", \"requestsPerDay\": 500000,"
            + " \"inputTokens\": 1500, \"outputTokens\": 300";

    @Test
    void half_a_million_requests_a_day_that_may_leave_the_house_go_to_an_api() throws Exception {
        Recommendation first = decision(BIG, "").ranked().get(0);
        assertThat(first.assessment().isHosted()).isTrue();
        // 500,000 × 730 ÷ 24 = 15.2 million requests: 22,813 million tokens in, 4,563 million out
        Cost cost = first.assessment().cost();
        HostedApi api = requireNonNull(first.assessment().deployment().api());
        assertThat(cost.monthlyUsd()).isEqualTo(22_812.5 * api.inputUsd() + 4_562.5 * api.outputUsd(), within(0.01));
        assertThat(requireNonNull(cost.breakdown()).apiUsd()).isEqualTo(cost.monthlyUsd());
        assertThat(cost.monthlyUsd()).isBetween(3_000.0, 7_000.0);
    }

    @Test
    void a_prefix_that_was_read_before_costs_what_the_provider_asks_for_it() throws Exception {
        HostedApi api = DECIDER.catalogue().hostedApis().stream()
                .filter(each -> each.cachedInputUsd() != null && each.cachedInputUsd() < each.inputUsd())
                .findFirst()
                .orElseThrow();
        String asked = "\"model\": \"" + api.model()
                + "\", \"requestsPerDay\": 24000, \"inputTokens\": 1000, \"outputTokens\": 100";
        String named = "\"candidates\": [{\"acquisition\": \"api\", \"offer\": \"" + api.id() + "\"}]";
        double plain = monthly(decision(asked, named));
        double shared = monthly(decision(asked + ", \"sharedPrefixTokens\": 800", named));
        // 730,000 requests a month, 800 tokens of each at the lower price
        assertThat(plain - shared)
                .isEqualTo(730_000 * 800 / 1e6 * (api.inputUsd() - requireNonNull(api.cachedInputUsd())), within(0.02));
    }

    @Test
    void without_a_count_of_requests_those_in_flight_are_counted_while_the_service_is_busy() throws Exception {
        Decision decision = decision(
                "\"model\": \"llama-3.3-70b\", \"concurrency\": 10, \"outputTokens\": 200,"
                        + " \"minDecodeTokensPerSecond\": 20, \"maxTimeToFirstTokenSeconds\": 2",
                "\"budget\": {\"utilization\": 0.5}");
        Cost.Use use = hosted(decision).orElseThrow().assessment().cost().use();
        // 10 at once for half of 2.628 million seconds, 200 ÷ 20 + 2 = 12 s each
        assertThat(requireNonNull(use).requests()).isEqualTo(10 * 0.5 * 2_628_000 / 12, within(1e-6));
        assertThat(decision.assumptions()).anyMatch(each -> each.field().equals("workload.requestsPerDay"));
    }

    @Test
    void what_nobody_knows_is_null_and_no_number() throws Exception {
        String json = DecisionWriter.write(decision(BIG, ""), null);
        assertThat(json)
                .contains("\"acquisition\":\"api\"", "\"hardware\":null", "\"decodeTokensPerSecond\":null")
                .doesNotContain("NaN");
    }

    @Test
    void an_answer_s_candidate_can_be_asked_again() throws Exception {
        Assessment first = decision(BIG, "").ranked().get(0).assessment();
        Decision again = decision(
                BIG,
                "\"candidates\": [{\"hardware\": null, \"acquisition\": \"api\", \"offer\": \""
                        + first.hardware().id() + "\"}]");
        assertThat(again.ranked()).hasSize(1);
        assertThat(again.ranked().get(0).assessment().cost()).isEqualTo(first.cost());
    }

    @Test
    void any_api_is_the_cheapest_of_those_that_suffice() throws Exception {
        Decision decision = decision(BIG, "\"candidates\": [{\"acquisition\": \"api\"}]");
        assertThat(decision.ranked()).hasSize(1);
        double cheapest = decision(BIG, "").ranked().stream()
                .map(Recommendation::assessment)
                .filter(Assessment::isHosted)
                .mapToDouble(each -> requireNonNull(each.monthlyUsd()))
                .min()
                .orElseThrow();
        assertThat(monthly(decision)).isEqualTo(cheapest);
    }

    @Test
    void data_that_must_stay_rules_every_api_out() throws Exception {
        Decision decision = decision(BIG, "\"constraints\": {\"dataMustStay\": true}");
        assertThat(hosted(decision)).isEmpty();
        assertThat(decision.rejected())
                .filteredOn(each -> each.assessment().isHosted())
                .singleElement()
                .satisfies(each ->
                        assertThat(each.findings()).extracting(Finding::code).contains("rental-forbidden"));
    }

    @Test
    void only_apis_are_wanted_where_the_request_says_so() throws Exception {
        assertThat(decision(BIG, "\"constraints\": {\"acquisition\": \"api\"}").ranked())
                .isNotEmpty()
                .allMatch(each -> each.assessment().acquisition() == Acquisition.API);
        assertThat(decision(BIG, "\"constraints\": {\"acquisition\": \"buy\"}").ranked())
                .noneMatch(each -> each.assessment().isHosted());
    }

    @Test
    void an_api_that_does_not_serve_the_model_is_a_problem_at_its_place() throws Exception {
        assertThat(problems("\"candidates\": [{\"acquisition\": \"api\", \"offer\": \"groq-gpt-oss-120b-api\"}]"))
                .singleElement()
                .satisfies(each -> {
                    assertThat(each.at().toString()).isEqualTo("/candidates/0/offer");
                    assertThat(each.message()).contains("no hosted API for llama-3.3-70b");
                });
        assertThat(problems("\"candidates\": [{\"hardware\": \"hosted-api\", \"acquisition\": \"buy\"}]"))
                .singleElement()
                .satisfies(each -> assertThat(each.message()).contains("found buy, expected api"));
        assertThat(problems("\"candidates\": [{\"hardware\": \"nvidia-h100-sxm-80gb\", \"acquisition\": \"api\"}]"))
                .singleElement()
                .satisfies(each -> assertThat(each.at().toString()).isEqualTo("/candidates/0/hardware"));
    }

    private static double monthly(Decision decision) {
        return requireNonNull(decision.ranked().get(0).assessment().monthlyUsd());
    }

    private static Optional<Recommendation> hosted(Decision decision) {
        return decision.ranked().stream()
                .filter(each -> each.assessment().isHosted())
                .findFirst();
    }

    private static List<Problem> problems(String further) throws Exception {
        return decision(BIG, further).problems();
    }

    private static Decision decision(String workload, String further) throws Exception {
        String json = "{\"workload\": {\"type\": \"production\", " + workload + "}, \"limit\": 100"
                + (further.isEmpty() ? "" : ", " + further) + "}";
        DecisionRequest request = requireNonNull(
                RequestReader.read(json, TestWorkspace.TODAY).requests().get(0).value());
        return requireNonNull(DECIDER.decide(request).value());
    }
}
