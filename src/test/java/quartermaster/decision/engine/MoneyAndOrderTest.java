package quartermaster.decision.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import quartermaster.TestWorkspace;
import quartermaster.decision.Decision;
import quartermaster.decision.Recommendation;
import quartermaster.decision.Step;
import quartermaster.request.Acquisition;
import quartermaster.request.Candidate;
import quartermaster.request.DecisionRequest;
import quartermaster.request.WorkloadType;

/** Money counts at every scale, the order is the one that is promised, and what nobody would choose is not shown. */
class MoneyAndOrderTest {
    private static final Decider DECIDER = TestWorkspace.decider();

    @ParameterizedTest
    @EnumSource(WorkloadType.class)
    void twice_the_price_is_fewer_points_at_any_scale(WorkloadType type) {
        double before = 100.01;
        for (double price = 10_000; price < 5e8; price *= 2) {
            Recommendation judged = priced(type, price);
            double points = judged.steps().get(Step.BUDGET.ordinal()).points();
            assertThat(points).as("%s at %.0f", type, price).isLessThan(before);
            before = points;
        }
    }

    @ParameterizedTest
    @EnumSource(WorkloadType.class)
    void the_dearer_of_two_that_are_the_same_otherwise_ranks_behind_at_any_scale(WorkloadType type) {
        Random random = new Random(7);
        for (int i = 0; i < 20; i++) {
            double price = 2_000 * Math.pow(10, 4 * random.nextDouble());
            double factor = Math.pow(10, 2 * random.nextDouble() - 1);
            Recommendation cheap = priced(type, price * factor);
            Recommendation dear = priced(type, price * 1.3 * factor);
            assertThat(Decider.bestFirst(List.of(cheap, dear)).compare(cheap, dear))
                    .isLessThanOrEqualTo(0);
        }
    }

    @ParameterizedTest
    @EnumSource(WorkloadType.class)
    void whole_points_behind_the_highest_come_first_then_the_verdict_then_money_then_evidence(WorkloadType type) {
        for (int concurrency : List.of(1, 6, 60)) {
            List<Recommendation> shown =
                    decide(Requests.request(type, concurrency, List.of())).ranked();
            double highest =
                    shown.stream().mapToDouble(Recommendation::score).max().orElseThrow();
            for (int i = 1; i < shown.size(); i++) {
                Recommendation one = shown.get(i - 1);
                Recommendation next = shown.get(i);
                long ahead = behind(highest, next) - behind(highest, one);
                assertThat(ahead).isNotNegative();
                if (ahead == 0) {
                    assertThat(one.verdict()).isLessThanOrEqualTo(next.verdict());
                }
                if (ahead == 0 && one.verdict() == next.verdict()) {
                    assertThat(usd(one)).isLessThanOrEqualTo(usd(next));
                }
                if (ahead == 0 && one.verdict() == next.verdict() && usd(one) == usd(next)) {
                    assertThat(one.assessment().evidence())
                            .isLessThanOrEqualTo(next.assessment().evidence());
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(WorkloadType.class)
    void a_dearer_variant_that_is_no_better_is_left_out_and_changes_nothing_else(WorkloadType type) {
        List<Recommendation> ranking = DECIDER.ranking(Requests.request(type, 4, List.of())).stream()
                .filter(each -> !each.isRuledOut())
                .toList();
        List<Recommendation> shown = Dominance.undominated(ranking);
        List<Recommendation> leftOut = new ArrayList<>(ranking);
        leftOut.removeAll(shown);

        assertThat(leftOut).isNotEmpty();
        assertThat(shown).isEqualTo(Dominance.undominated(shown));
        for (Recommendation each : leftOut.subList(0, Math.min(5, leftOut.size()))) {
            List<Recommendation> without = new ArrayList<>(ranking);
            without.remove(each);
            assertThat(Dominance.undominated(without)).isEqualTo(shown);
            assertThat(shown).anySatisfy(better -> {
                assertThat(usd(better)).isLessThanOrEqualTo(usd(each));
                assertThat(better.score()).isGreaterThanOrEqualTo(each.score());
                if (!Double.isNaN(each.assessment().decodeSpeed())) {
                    assertThat(better.assessment().decodeSpeed())
                            .isGreaterThanOrEqualTo(each.assessment().decodeSpeed());
                }
            });
        }
    }

    @Test
    void what_the_user_names_is_shown_though_it_is_dearer_and_no_better() {
        List<Candidate> both = List.of(of(60_000), of(30_000));

        assertThat(decide(Requests.request(WorkloadType.BATCH, 8, both)).ranked())
                .hasSize(2)
                .extracting(each -> each.assessment().deployment().priceUsd())
                .containsExactly(30_000.0, 60_000.0);
    }

    @Test
    void speed_above_the_stated_need_earns_nothing() {
        DecisionRequest any = Requests.request(WorkloadType.EVALUATION, 1, Requests.TWELVE);
        DecisionRequest asked = new DecisionRequest(
                any.workload().with("minDecodeTokensPerSecond", 3.0),
                any.budget(),
                any.skills(),
                any.constraints(),
                any.candidates(),
                any.asOf(),
                any.explain(),
                any.limit());
        Map<String, Set<Double>> points = new HashMap<>();
        for (Recommendation each : decide(asked).ranked()) {
            String because = each.steps().get(0).because();
            if (because.startsWith("As fast as was asked for")) {
                points.computeIfAbsent(because, key -> new HashSet<>())
                        .add(each.steps().get(0).points());
            }
        }

        assertThat(points).isNotEmpty();
        assertThat(points.values()).allSatisfy(same -> assertThat(same).hasSize(1));
    }

    private static Candidate of(double price) {
        return new Candidate("nvidia-h100-sxm-80gb", 2, 1, Acquisition.BUY, null, "vllm", "fp8", price, null);
    }

    private static Recommendation priced(WorkloadType type, double price) {
        List<Recommendation> ranking = DECIDER.ranking(Requests.request(type, 4, List.of(of(price))));
        assertThat(ranking).hasSize(1);
        return ranking.get(0);
    }

    private static long behind(double highest, Recommendation each) {
        return (long) Math.floor(highest - each.score() + 1e-6);
    }

    private static double usd(Recommendation each) {
        Double usd = each.assessment().monthlyUsd();
        return usd == null ? Double.POSITIVE_INFINITY : usd;
    }

    private static Decision decide(DecisionRequest request) {
        return Objects.requireNonNull(DECIDER.decide(request).value());
    }
}
