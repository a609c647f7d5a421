package quartermaster.decision.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import quartermaster.TestWorkspace;
import quartermaster.catalogue.Catalogue;
import quartermaster.decision.Decision;
import quartermaster.decision.Policy;
import quartermaster.decision.Recommendation;
import quartermaster.decision.Step;
import quartermaster.request.Candidate;
import quartermaster.request.DecisionRequest;
import quartermaster.request.WorkloadType;
import quartermaster.unit.Records;

/** What one decision after the other leaves behind: nothing that another version would take for its own, and no memory. */
class ManyDecisionsTest {
    private static final Decider DECIDER = TestWorkspace.decider();
    private static final int VERSIONS = 10;
    private static final int DECISIONS = 1_000;
    private static final int VARIED = 3_000;
    private static final double MOST_MIB = 10; // 3 KiB of each decision, whose facts are a hundred times larger
    private static final List<DecisionRequest> REQUESTS = requests();

    /** Half of the versions are other rules over one catalogue that keeps estimates, the others have their own catalogues. */
    @Test
    void interleaved_decisions_are_those_of_their_version() {
        Decider first = new Decider(DECIDER.catalogue(), DECIDER.rules(), "first", () -> TestWorkspace.NOW);
        List<Decider> versions = IntStream.range(0, VERSIONS)
                .mapToObj(number -> version(first, number))
                .toList();
        List<List<String>> alone = IntStream.range(0, VERSIONS)
                .mapToObj(number -> version(first, number))
                .map(each -> new Decider(each.catalogue(), each.rules(), "alone", () -> TestWorkspace.NOW))
                .map(each -> REQUESTS.stream().map(it -> said(each, it)).toList())
                .toList();
        for (int i = 0; i < REQUESTS.size(); i++) {
            int request = i;
            assertThat(alone.stream().map(each -> each.get(request)))
                    .as("what ten versions say to request %d", i)
                    .doesNotHaveDuplicates();
        }
        first.keep(REQUESTS.subList(0, REQUESTS.size() / 2));
        List<Integer> order =
                new ArrayList<>(IntStream.range(0, DECISIONS).boxed().toList());
        Collections.shuffle(order, new Random(23));
        List<Decider> remembering = versions.stream().map(Decider::remembering).toList();
        order.parallelStream().forEach(each -> {
            int version = each % VERSIONS;
            int request = each / VERSIONS % REQUESTS.size();
            Decider decider = each < DECISIONS / 2 ? versions.get(version) : remembering.get(version);
            assertThat(said(decider, REQUESTS.get(request)))
                    .as("version %d, request %d", version, request)
                    .isEqualTo(alone.get(version).get(request));
        });
    }

    @Test
    void memory_stays_flat_over_many_different_decisions() {
        decide(0, VARIED / 10);
        double before = liveMiB();
        decide(VARIED / 10, VARIED);
        assertThat(liveMiB() - before).isLessThan(MOST_MIB);
    }

    private static void decide(int from, int to) {
        for (int i = from; i < to; i++) {
            List<Candidate> some = i % 50 == 0 ? List.of() : Requests.TWELVE.subList(i % 9, i % 9 + 3);
            DecisionRequest request = Requests.request(WorkloadType.values()[i % 5], 1 + i, some);
            request = Records.with(request, "workload.inputTokens", 500 + i);
            request = Records.with(request, "budget.monthlyUsd", 900.0 + i);
            Decider decider = i % 7 == 0 ? DECIDER.remembering() : DECIDER;
            assertThat(decider.decide(request).value()).isNotNull();
        }
    }

    private static double liveMiB() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            System.gc();
            least = Math.min(
                    least,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        return least / (1024.0 * 1024);
    }

    private static Decider version(Decider first, int number) {
        Policy policy = first.rules().policy();
        Policy other = new Policy(
                policy.file(),
                policy.digest() + number,
                moved(policy.weights(), number),
                moved(policy.weightsOfSeveralModels(), number),
                policy.thresholds(),
                policy.tables(),
                List.of());
        RuleBook rules = RuleBook.of(other, TestWorkspace.rules(), null);
        return number % 2 == 0
                ? first.with(rules, "version " + number, () -> TestWorkspace.NOW)
                : new Decider(slower(first.catalogue(), number), rules, "version " + number, () -> TestWorkspace.NOW);
    }

    /** Some points of the weight of fit are given to budgets. */
    private static Map<WorkloadType, Map<Step, Double>> moved(
            Map<WorkloadType, Map<Step, Double>> weights, int points) {
        Map<WorkloadType, Map<Step, Double>> moved = new EnumMap<>(WorkloadType.class);
        weights.forEach((type, bySteps) -> {
            Map<Step, Double> steps = new EnumMap<>(bySteps);
            steps.merge(Step.FIT, -points / 10.0, Double::sum);
            steps.merge(Step.BUDGET, points / 10.0, Double::sum);
            moved.put(type, steps);
        });
        return moved;
    }

    private static Catalogue slower(Catalogue catalogue, int percent) {
        return catalogue.with(
                catalogue.efficiencies().stream()
                        .map(each -> Records.with(
                                each, "constants.bandwidth", each.constants().bandwidth() * (1 - percent / 100.0)))
                        .toList(),
                catalogue.spreads());
    }

    private static List<DecisionRequest> requests() {
        return Stream.of(WorkloadType.values())
                .flatMap(type -> Stream.of(
                        Requests.request(type, null, Requests.TWELVE),
                        Requests.request(type, 30, Requests.TWELVE.subList(0, 6))))
                .toList();
    }

    private static String said(Decider decider, DecisionRequest request) {
        Decision decision = decider.decide(request).value();
        assertThat(decision).isNotNull();
        assertThat(decision.versions()).isEqualTo(decider.versions());
        List<Recommendation> all = new ArrayList<>(decision.ranked());
        all.addAll(decision.rejected());
        StringBuilder said = new StringBuilder();
        for (Recommendation each : all) {
            said.append('\n')
                    .append(each.assessment().assessed().deployment())
                    .append(each.assessment().decodeSpeed())
                    .append(each.assessment().cost())
                    .append(each.verdict())
                    .append(each.steps())
                    .append(each.score());
        }
        return said.toString();
    }
}
