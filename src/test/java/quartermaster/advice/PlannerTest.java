package quartermaster.advice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import quartermaster.decision.DeploymentWords;
import quartermaster.decision.Picks;
import quartermaster.decision.Recommendation;
import quartermaster.request.Acquisition;
import quartermaster.request.Candidate;
import quartermaster.request.Constraints;
import quartermaster.request.DecisionRequest;
import quartermaster.request.WorkloadType;
import quartermaster.unit.Records;

/** The winner put into time, from numbers that were worked out by hand. */
class PlannerTest {
    private static final Candidate CARD = Asked.candidate("nvidia-rtx-4090", 1, Acquisition.BUY, "ollama", "q4_k_m");
    private static final Candidate MAC =
            Asked.candidate("mac-studio-m3-ultra-80c-gpu-256gb", 1, Acquisition.BUY, "llama.cpp", "q4_k_m");
    private static final Candidate RENTED = Asked.candidate("nvidia-l4", 1, Acquisition.RENT, "vllm", "bf16");
    private static final Candidate SERVER = Asked.candidate("nvidia-h100-sxm-80gb", 1, Acquisition.BUY, "vllm", "bf16");

    @Test
    void choosing_wrong_costs_what_resale_does_not_bring_back_and_rebuilding() {
        Asked trying = Asked.of(request(WorkloadType.EVALUATION, CARD));
        double price = Objects.requireNonNull(trying.best().assessment().purchaseUsd());
        // 30 % come back; 16 hours at 80 dollars are 1,280
        assertThat(plan(trying).costOfChoosingWrongUsd()).isCloseTo(0.7 * price + 1_280, within(0.01));
        // customers: 80 hours are 6,400
        assertThat(plan(Asked.of(request(WorkloadType.PRODUCTION, SERVER))).costOfChoosingWrongUsd())
                .isCloseTo(0.7 * purchase(WorkloadType.PRODUCTION, SERVER) + 6_400, within(0.01));
        // nothing is bought
        assertThat(plan(Asked.of(request(WorkloadType.EVALUATION, RENTED))).costOfChoosingWrongUsd())
                .isCloseTo(1_280, within(0.01));
    }

    @Test
    void a_replica_is_added_with_the_first_request_that_is_too_many() {
        // Ollama takes four at once
        Plan plan = plan(Asked.of(request(WorkloadType.EVALUATION, CARD)));
        assertThat(plan.stages()).extracting(Plan.Stage::from).containsExactly("now", "5 requests at the same time");
        assertThat(plan.stages().get(0).until()).isEqualTo("5 requests at the same time");
        assertThat(plan.stages().get(1).does())
                .startsWith("Add a replica: then buy 2× ")
                .contains("(2 replicas)");
        assertThat(Objects.requireNonNull(plan.stages().get(1).with())
                        .assessment()
                        .replicas())
                .isEqualTo(2);
    }

    @Test
    void what_takes_long_to_arrive_is_bridged_by_what_can_be_rented() {
        Candidate slow = Asked.candidate("nvidia-l4", 1, Acquisition.RENT, "vllm", "bf16");
        Asked asked = Asked.of(request(WorkloadType.PRODUCTION, SERVER.with("priceUsd", 1.0), slow));
        assertThat(asked.best().assessment().isBought()).isTrue();
        assertThat(asked.best().assessment().leadTimeWeeks()).isEqualTo(52); // more than 2, which nobody would bridge
        List<Plan.Stage> stages = plan(asked).stages();
        assertThat(stages.get(0).does()).startsWith("Develop and evaluate on one machine with unified memory: ");
        assertThat(stages.get(1).does()).startsWith("Order ").contains("rent ").endsWith(" until it is there.");
        assertThat(stages.get(1).until()).isEqualTo("delivery, which takes up to 52 weeks");
        assertThat(stages.get(2).does()).startsWith("Move to what was ordered: ");
        assertThat(stages.get(2).with()).isEqualTo(asked.best());
        assertThat(plan(Asked.of(request(WorkloadType.PRODUCTION, SERVER.with("priceUsd", 1.0))))
                        .stages()
                        .get(1)
                        .does())
                .as("nothing to bridge it with")
                .startsWith("Buy ");
    }

    @Test
    void stages_follow_each_other_without_a_gap() {
        List<Plan.Stage> stages = plan(
                        Asked.of(request(WorkloadType.EVALUATION, CARD)), Map.of(), Optional.of(Asked.hosting(58, 900)))
                .stages();
        assertThat(stages).hasSize(3);
        assertThat(stages.get(0).from()).isEqualTo("now");
        for (int i = 1; i < stages.size(); i++) {
            assertThat(stages.get(i - 1).until()).isEqualTo(stages.get(i).from());
        }
        assertThat(stages.get(2).until()).isNull();
    }

    @Test
    void a_hosted_api_comes_before_what_is_bought_until_its_bill_is_too_high() {
        Plan.Stage hosted = plan(
                        Asked.of(request(WorkloadType.EVALUATION, CARD)), Map.of(), Optional.of(Asked.hosting(58, 900)))
                .stages()
                .get(0);
        assertThat(hosted.does()).startsWith("Where data may leave the house, stay on a hosted API: ");
        assertThat(hosted.with()).isNull();
        assertThat(hosted.monthlyUsd()).isEqualTo(58);
        assertThat(hosted.until()).isEqualTo("a bill of more than $900 a month");
    }

    @Test
    void a_hosted_api_comes_before_a_machine_to_develop_on() {
        Asked customers = Asked.of(request(WorkloadType.PRODUCTION, SERVER));
        assertThat(plan(customers).stages().get(0).does()).startsWith("Develop and evaluate on one machine");
        List<Plan.Stage> stages =
                plan(customers, Map.of(), Optional.of(Asked.hosting(47, 900))).stages();
        assertThat(stages.get(0).does()).contains("stay on a hosted API: ");
        assertThat(stages.get(0).from()).isEqualTo("now");
        assertThat(stages).noneMatch(each -> each.does().contains("unified memory"));
    }

    /** What is too slow for customers is where a team develops: nothing else is bought for that. */
    @Test
    void what_is_owned_carries_development_where_it_does_not_suffice() {
        DecisionRequest request = Records.with(
                request(WorkloadType.PRODUCTION, SERVER),
                "constraints.owned",
                List.of(new Constraints.Owned("mac-studio-m3-ultra-80c-gpu-256gb", 1)));
        Plan.Stage first = plan(Asked.of(request)).stages().get(0);
        assertThat(first.does())
                .startsWith("Develop and evaluate on what you own: use owned Mac Studio M3 Ultra 80c GPU 256GB.");
        assertThat(first.until()).isEqualTo("the first customers, or more than 10 requests at the same time");
        DecisionRequest named = request(WorkloadType.PRODUCTION, SERVER, MAC.with("acquisition", Acquisition.OWNED));
        assertThat(plan(Asked.of(named)).stages().get(0).does())
                .as("owned as a candidate says")
                .startsWith("Develop and evaluate on what you own: ");
    }

    @Test
    void growth_never_points_to_what_was_chosen() {
        for (Candidate each : List.of(CARD, MAC, RENTED, SERVER, CARD.with("acquisition", Acquisition.OWNED))) {
            Asked asked = Asked.of(request(WorkloadType.INTERNAL_TOOL, each));
            String chosen = DeploymentWords.how(asked.best().assessment());
            Growth.of(asked.trials(), asked.decision().request(), asked.best()).ifPresent(growth -> {
                Recommendation then = growth.added() == null ? growth.moved() : growth.added();
                assertThat(DeploymentWords.how(Objects.requireNonNull(then).assessment()))
                        .isNotEqualTo(chosen);
            });
        }
    }

    @Test
    void of_what_is_owned_no_more_is_added_than_there_is() {
        Candidate owned = CARD.with("acquisition", Acquisition.OWNED);
        DecisionRequest request = Records.with(
                request(WorkloadType.EVALUATION, owned),
                "constraints.owned",
                List.of(new Constraints.Owned("nvidia-rtx-4090", 1)));
        assertThat(plan(Asked.of(request)).stages())
                .noneMatch(each -> each.does().startsWith("Add a replica"));
    }

    @Test
    void buying_that_pays_after_the_hardware_is_worn_out_never_does() {
        Plan never = new Plan(List.of(), null, 3.0, "an-offer", "Somebody at $2.00 an hour a device", null);
        Plan pays = new Plan(List.of(), 16.0, 0.2, "an-offer", "Somebody at $2.00 an hour a device", null);
        assertThat(words(never))
                .containsExactly(
                        "Buying never pays against renting for the same work from Somebody at $2.00 an hour a device.");
        assertThat(words(pays))
                .containsExactly(
                        "Buying pays after 16 months against renting for the same work from Somebody at $2.00 an hour a device.");
    }

    @Test
    void a_month_says_what_it_contains() {
        Recommendation best = Asked.of(request(WorkloadType.EVALUATION, CARD)).best();
        var parts = Objects.requireNonNull(best.assessment().cost().breakdown());
        assertThat(CostWords.month(best.assessment()))
                .startsWith(String.format("$%,.0f a month (", parts.totalUsd()))
                .contains(
                        String.format("staff $%,.0f", parts.staffUsd()),
                        String.format(
                                "hardware less resale $%,.0f",
                                parts.hardwareUsd() + parts.hostUsd() + parts.residualUsd()));
    }

    private static List<String> words(Plan plan) {
        Advice advice = new Advice(List.of(), List.of(), null, List.of(), null, null, plan, null, Picks.NONE, Map.of());
        return AdviceLine.of(advice).stream()
                .map(each -> each.what() + " " + each.says())
                .toList();
    }

    @Test
    void what_stands_there_and_suffices_is_used_before_something_better_is_bought() {
        Candidate owned = Asked.candidate("nvidia-l4", 1, Acquisition.OWNED, "llama.cpp", "q4_k_m");
        DecisionRequest request = Records.with(
                request(WorkloadType.EVALUATION, MAC, owned),
                "constraints.owned",
                List.of(new Constraints.Owned("nvidia-l4", 1)));
        Asked asked = Asked.of(request);
        Plan plan = plan(asked);
        assertThat(plan.stages().get(0).does()).endsWith(": it meets the need.");
        assertThat(plan.stages().get(0).until()).contains("22 GiB"); // 24 − 1.6 that llama.cpp leaves alone
    }

    @Test
    void a_smaller_model_is_tried_first_where_it_costs_at_most_sixty_percent() {
        Asked asked = Asked.of(request(WorkloadType.BATCH, SERVER));
        double now = Objects.requireNonNull(asked.best().assessment().monthlyUsd());
        Recommendation cheap = Asked.of(Asked.request(Asked.workload(WorkloadType.BATCH, "llama-3.2-3b"), CARD))
                .best();
        double share = 100 * Objects.requireNonNull(cheap.assessment().monthlyUsd()) / now;
        assertThat(share).isLessThan(60);
        Map<String, List<Flip>> outcomes = Map.of(
                "workload.model", List.of(new Flip("workload.model", "llama-3.1-8b", "llama-3.2-3b", CARD, cheap)));
        Plan plan = plan(asked, outcomes, Optional.empty());
        assertThat(plan.stages().get(0).does()).startsWith("Try ").contains(" first, wherever it runs already: ");
        assertThat(plan.stages().get(0).until()).isEqualTo("answers that are not good enough");
        // as dear as what it would replace
        Map<String, List<Flip>> same = Map.of(
                "workload.model",
                List.of(new Flip("workload.model", "llama-3.1-8b", "llama-3.1-8b", SERVER, asked.best())));
        assertThat(plan(asked, same, Optional.empty()).stages().get(0).does()).doesNotStartWith("Try ");
    }

    @Test
    void the_same_is_bought_later_where_renting_it_wins_today() {
        Candidate rented = SERVER.with("acquisition", Acquisition.RENT);
        Asked asked = Asked.of(request(WorkloadType.EVALUATION, rented, SERVER.with("priceUsd", 5_000.0)));
        assertThat(asked.best().assessment().isRented()).isTrue();
        Recommendation bought = asked.trials().ranking().get(1);
        Plan plan = plan(asked);
        assertThat(plan.breakEvenMonths()).isEqualTo(bought.assessment().cost().breakEvenMonths());
        Double share = bought.assessment().cost().breakEvenUtilization();
        assertThat(share).isNotNull();
        Plan.Stage last = plan.stages().get(plan.stages().size() - 1);
        assertThat(last.from()).isEqualTo("busy more than %.0f %% of the time, month after month", 100 * share);
        assertThat(last.with()).isEqualTo(bought);
    }

    @Test
    void where_nothing_is_suitable_the_plan_is_the_first_change_that_helps() {
        Asked hopeless = Asked.of(Asked.request(Asked.workload(WorkloadType.EVALUATION, "llama-3.1-70b"), CARD));
        Recommendation helps = Asked.of(request(WorkloadType.EVALUATION, CARD)).best();
        Flip useless = new Flip("workload.contextTokens", 1_400, 700, null, null);
        Flip helping = new Flip("workload.model", "llama-3.1-70b", "llama-3.1-8b", CARD, helps);
        Plan plan = new Planner(
                        Asked.DECIDER,
                        hopeless.decision(),
                        hopeless.trials(),
                        List.of(useless, helping),
                        Map.of(),
                        Optional.empty())
                .plan();
        assertThat(Objects.requireNonNull(plan).stages()).hasSize(1);
        assertThat(plan.stages().get(0).does())
                .startsWith("Change the request first: ")
                .endsWith(" does it.");
        assertThat(plan.stages().get(0).with()).isEqualTo(helps);
        assertThat(new Planner(
                                Asked.DECIDER,
                                hopeless.decision(),
                                hopeless.trials(),
                                List.of(useless),
                                Map.of(),
                                Optional.empty())
                        .plan())
                .isNull();
    }

    private static double purchase(WorkloadType type, Candidate candidate) {
        return Objects.requireNonNull(
                Asked.of(request(type, candidate)).best().assessment().purchaseUsd());
    }

    private static Plan plan(Asked asked) {
        return plan(asked, Map.of(), Optional.empty());
    }

    private static Plan plan(Asked asked, Map<String, List<Flip>> outcomes, Optional<Hosting> hosting) {
        return Objects.requireNonNull(
                new Planner(Asked.DECIDER, asked.decision(), asked.trials(), List.of(), outcomes, hosting).plan());
    }

    private static DecisionRequest request(WorkloadType type, Candidate... candidates) {
        return Asked.request(Asked.workload(type, "llama-3.1-8b"), candidates);
    }
}
