package quartermaster.decision.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import quartermaster.TestWorkspace;
import quartermaster.catalogue.Availability;
import quartermaster.catalogue.Catalogue;
import quartermaster.catalogue.Hardware;
import quartermaster.catalogue.Model;
import quartermaster.decision.Contribution;
import quartermaster.decision.Decision;
import quartermaster.decision.Finding;
import quartermaster.decision.ModelPicks;
import quartermaster.decision.Recommendation;
import quartermaster.decision.Step;
import quartermaster.decision.Verdict;
import quartermaster.decision.cases.Comparison;
import quartermaster.decision.cases.Edits;
import quartermaster.json.DecisionWriter;
import quartermaster.json.RequestReader;
import quartermaster.quality.Grade;
import quartermaster.quality.Grades;
import quartermaster.quality.KindOfWork;
import quartermaster.quality.Level;
import quartermaster.quality.TestResult;
import quartermaster.unit.Choice;
import quartermaster.unit.Imported;
import quartermaster.unit.Problem;

class SeveralModelsTest {
    private static final Decider DECIDER = TestWorkspace.decider();

    @Test
    void models_on_one_machine_are_ranked_by_their_level_and_all_else_together() {
        Decision decision = decided(
                "\"models\": [\"qwen3.6-27b\", \"gemma-3-27b\"], \"use\": \"code\"",
                "\"candidates\": [{\"hardware\": \"Mac Studio M4 Max 64GB\", \"acquisition\": \"owned\"}]");

        assertThat(decision.ranked())
                .extracting(each -> each.assessment().model().id())
                .containsExactly("qwen3.6-27b", "gemma-3-27b");
        for (Recommendation each : decision.ranked()) {
            assertThat(each.steps()).extracting(Contribution::step).containsExactly(Step.values());
            assertThat(each.steps().stream().mapToDouble(Contribution::weight).sum())
                    .isEqualTo(100);
        }
        assertThat(DecisionWriter.write(decision, null))
                .contains("\"model\":\"gemma-3-27b\"", "\"quality\"", "\"evidence\"", "\"bestModelOwned\"");
    }

    @Test
    void whoever_goes_away_ends_the_trying_of_models() {
        AtomicInteger asked = new AtomicInteger();
        Decider leaving = DECIDER.asLongAs(() -> {
            if (asked.incrementAndGet() > 20) {
                throw new CancellationException("gone");
            }
        });
        Imported<quartermaster.request.DecisionRequest> any = read("\"models\": [\"any\"]", "\"limit\": 3");
        assertThatThrownBy(() -> leaving.decide(Objects.requireNonNull(any.value())))
                .isInstanceOf(CancellationException.class);
        assertThat(asked.get())
                .as("models that were tried on machines, of thousands")
                .isLessThan(500);
    }

    @Test
    void one_given_model_is_not_asked_how_good_it_is() {
        Decision decision = decided(
                "\"model\": \"qwen3.6-27b\", \"use\": \"code\"",
                "\"candidates\": [{\"hardware\": \"Mac Studio M4 Max 64GB\"}]");

        assertThat(decision.ranked().get(0).steps())
                .extracting(Contribution::step)
                .containsExactlyElementsOf(Step.OF_ONE_MODEL);
        assertThat(DecisionWriter.write(decision, null)).doesNotContain("\"quality\"", "bestModelOwned");
    }

    @Test
    void names_that_nobody_knows_ask_back_at_their_place() {
        assertThat(problems("\"models\": [\"qwen3-8b\", \"gemma-99\"]"))
                .extracting(Problem::code, each -> each.at().toString())
                .containsExactly(org.assertj.core.groups.Tuple.tuple("unknown-model", "/workload/models/1"));
        assertThat(problems("\"models\": [\"any\", \"qwen3-8b\"]"))
                .extracting(Problem::code)
                .containsExactly("any-among-models");
        assertThat(problems("\"model\": \"qwen3-8b\", \"models\": [\"qwen3-4b\"]"))
                .extracting(Problem::code)
                .containsExactly("model-and-models");
        assertThat(problems("\"model\": \"qwen3-8b\", \"atLeastAsGoodAs\": \"qwen3-4b\""))
                .extracting(Problem::code)
                .containsExactly("nothing-to-choose");
    }

    @Test
    void more_memory_never_lowers_the_best_level() {
        double least = 0;
        for (String mac :
                List.of("Mac mini M4 16GB", "Mac mini M4 32GB", "Mac Studio M4 Max 64GB", "Mac Studio M4 Max 128GB")) {
            double best = decided("\"models\": \"any\", \"use\": \"chat\"", candidate(mac)).ranked().stream()
                    .map(each -> each.assessment().level())
                    .filter(Objects::nonNull)
                    .mapToDouble(Double::doubleValue)
                    .max()
                    .orElse(0);
            assertThat(best).as(mac).isGreaterThanOrEqualTo(least);
            least = best;
        }
    }

    @Test
    void to_ask_for_more_never_costs_less() {
        double least = 0;
        for (String wanted : List.of("llama-3.2-3b", "qwen3-14b", "gpt-oss-120b", "glm-5.1")) {
            double month = decided(
                            "\"models\": \"any\", \"use\": \"chat\", \"atLeastAsGoodAs\": \"" + wanted + "\"",
                            "\"constraints\": {\"dataMustStay\": true}")
                    .ranked()
                    .stream()
                    .map(each -> each.assessment().monthlyUsd())
                    .filter(Objects::nonNull)
                    .mapToDouble(Double::doubleValue)
                    .min()
                    .orElse(Double.MAX_VALUE);
            assertThat(month).as(wanted).isGreaterThanOrEqualTo(least);
            least = month;
        }
    }

    @Test
    void the_smallest_that_is_good_enough_is_no_larger_than_what_is_recommended() {
        Decision decision =
                decided("\"models\": \"any\", \"use\": \"code\"", "\"constraints\": {\"dataMustStay\": true}");
        ModelPicks picks = Objects.requireNonNull(decision.picks().models());

        Recommendation best = decision.recommended().orElseThrow();
        Recommendation smallest = decision.at(picks.smallestGoodEnough()).orElseThrow();
        Recommendation finest = decision.at(picks.bestQuality()).orElseThrow();
        assertThat(smallest.assessment().model().totalParametersB())
                .isLessThanOrEqualTo(best.assessment().model().totalParametersB());
        assertThat(finest.assessment().levelToCountOn())
                .isGreaterThanOrEqualTo(Math.floor(best.assessment().levelToCountOn()));
        assertThat(smallest.assessment().levelToCountOn())
                .as("as ranked: by what can be counted on")
                .isGreaterThanOrEqualTo(best.assessment().levelToCountOn()
                        - best.assessment().grade().tellsApart());
    }

    @Test
    void what_is_good_enough_is_so_by_what_can_be_counted_on() {
        Decision decision = decided(
                "\"models\": \"any\", \"use\": \"chat\", \"atLeastAsGoodAs\": \"qwen3-14b\"",
                "\"constraints\": {\"dataMustStay\": true}");

        assertThat(decision.ranked()).isNotEmpty().allSatisfy(each -> {
            assertThat(each.assessment().levelToCountOn())
                    .isGreaterThanOrEqualTo(each.assessment().wantedLevelToCountOn()
                            - each.assessment().grade().tellsApart());
            assertThat(each.why()).as("what sets it apart comes first").contains(" of 100 for chat");
        });
    }

    @Test
    void a_winner_is_named_with_its_model_where_several_are_compared() {
        Decision decision = decided(
                "\"models\": [\"qwen3.6-27b\", \"gemma-3-27b\"]",
                "\"candidates\": [{\"hardware\": \"Mac Studio M4 Max 64GB\", \"acquisition\": \"owned\"}]");

        Comparison same = Comparison.of("the same", decision, decision, Edits.NONE);
        assertThat(same.winnerBefore()).startsWith("qwen3.6-27b on mac-studio-m4-max");
        assertThat(Objects.requireNonNull(same.before()).next()).startsWith("gemma-3-27b on mac-studio-m4-max");
        assertThat(same.changes()).isEmpty();
    }

    @Test
    void without_a_model_trials_and_tools_compare_any_and_say_so() {
        for (String type : List.of("evaluation", "internal-tool")) {
            Decision unsaid = decidedFor(type, "");
            Decision any = decidedFor(type, ", \"models\": \"any\"");

            assertThat(unsaid.assumptions())
                    .filteredOn(each -> each.field().equals("workload.model"))
                    .extracting(each -> each.value().toString())
                    .containsExactly("any");
            assertThat(places(unsaid)).isNotEmpty().isEqualTo(places(any));
            assertThat(unsaid.ranked())
                    .allSatisfy(each -> assertThat(each.assessment().grade()).isNotNull());
        }
        assertThat(decidedFor("production", "").ranked())
                .allSatisfy(each -> assertThat(each.assessment().grade()).isNull());
    }

    @Test
    void a_named_machine_shows_the_models_that_come_next_with_their_warnings() {
        List<Recommendation> ranked = decided("\"models\": \"any\", \"use\": \"chat\"", candidate("Mac mini M4 32GB"))
                .ranked();

        assertThat(ranked.get(0).assessment().model().id()).isEqualTo("gemma-4-26b-a4b");
        assertThat(ranked).extracting(each -> each.assessment().model().id()).doesNotHaveDuplicates();
        assertThat(ranked)
                .filteredOn(each -> each.assessment().model().id().equals("qwen3.6-35b-a3b"))
                .singleElement()
                .satisfies(each -> assertThat(each.findings())
                        .extracting(Finding::code)
                        .contains("mac-memory-pressure", "memory-headroom-is-thin"));
    }

    @Test
    void a_named_machine_without_a_suitable_model_is_ruled_out_once() {
        Decision decision = decided(
                "\"models\": \"any\", \"use\": \"code\", \"atLeastAsGoodAs\": \"glm-5.1\"",
                "\"candidates\": [{\"hardware\": \"MacBook Neo 8GB\"}, {\"hardware\": \"Mac Studio M4 Max 128GB\"}]");

        assertThat(decision.ranked()).isNotEmpty();
        assertThat(decision.rejected())
                .extracting(each -> each.assessment().hardware().id())
                .containsExactly("macbook-neo-8gb");
    }

    @Test
    void what_needs_the_memory_of_the_host_does_not_hide_what_fits_the_card() {
        for (String card : List.of("RTX 5060 Ti 16GB", "RTX 4060 Ti 16GB", "RTX 3060 12GB")) {
            assertThat(decided("\"models\": \"any\", \"use\": \"chat\"", candidate(card))
                            .ranked())
                    .as(card)
                    .filteredOn(
                            each -> each.assessment().expertsOnHostGiB() == 0 && each.verdict() == Verdict.RECOMMENDED)
                    .isNotEmpty();
        }
    }

    @Test
    void the_model_that_is_recommended_is_not_picked_again_on_a_dearer_machine() {
        Decision decision = decided(
                "\"models\": \"any\", \"use\": \"coding-agents\", \"concurrency\": 2",
                "\"candidates\": [{\"hardware\": \"DGX Spark\"}, {\"hardware\": \"Mac Studio M4 Max 128GB\"}]");
        Recommendation best = decision.recommended().orElseThrow();
        ModelPicks picks = Objects.requireNonNull(decision.picks().models());

        for (Integer rank : Arrays.asList(picks.smallestGoodEnough(), picks.bestQuality())) {
            assertThat(decision.at(rank).orElseThrow())
                    .satisfiesAnyOf(
                            each -> assertThat(each.rank()).isEqualTo(best.rank()),
                            each -> assertThat(each.assessment().model())
                                    .isNotEqualTo(best.assessment().model()));
        }
    }

    @Test
    void on_one_machine_no_model_that_is_left_out_would_have_come_first() {
        List<String> models =
                DECIDER.catalogue().models().stream().map(Model::id).toList(); // a list may have a hundred
        for (String hardware : List.of("Mac mini M4 16GB", "RTX 4090", "Mac Studio M4 Max 128GB", "DGX Spark")) {
            Decision any = decided("\"models\": \"any\", \"use\": \"chat\"", candidate(hardware));
            double best = Stream.of(models.subList(0, 100), models.subList(100, models.size()))
                    .map(some -> "\"models\": [\"" + String.join("\", \"", some) + "\"], \"use\": \"chat\"")
                    .flatMap(some -> decided(some, candidate(hardware)).ranked().stream())
                    .mapToDouble(Recommendation::score)
                    .max()
                    .orElseThrow();

            assertThat(any.ranked().get(0).score()).as(hardware).isGreaterThan(best - 1);
        }
    }

    @Test
    void a_machine_with_more_memory_and_no_less_speed_never_runs_lesser_models_at_best() {
        List<Hardware> machines = DECIDER.catalogue().hardware().stream()
                .filter(each -> each.bandwidthGBps() != null
                        && !each.cloudOnly()
                        && each.availability() != Availability.PROJECTED)
                .toList();
        Random random = new Random(19);
        int compared = 0;
        while (compared < 15) {
            Hardware one = machines.get(random.nextInt(machines.size()));
            Hardware other = machines.get(random.nextInt(machines.size()));
            if (one.family().equals(other.family())
                    && other.memoryGiB() > one.memoryGiB()
                    && other.bandwidthGBps() >= one.bandwidthGBps()) {
                assertThat(bestLevel(other)).as(one.id() + ", " + other.id()).isGreaterThanOrEqualTo(bestLevel(one));
                compared++;
            }
        }
    }

    @Test
    void whoever_asks_for_more_never_pays_less_whatever_is_asked() {
        Grades grades = Grades.of(DECIDER.catalogue(), KindOfWork.CHAT);
        List<Model> known = DECIDER.catalogue().models().stream()
                .filter(each -> grades.level(each).isPresent())
                .sorted(Comparator.comparing(each -> grades.of(each, null).toCountOn()))
                .toList();
        Random random = new Random(19);
        for (int i = 0; i < 6; i++) {
            int less = random.nextInt(known.size());
            int more = less + random.nextInt(known.size() - less);
            assertThat(cheapest(known.get(more)))
                    .as(known.get(less).id() + ", " + known.get(more).id())
                    .isGreaterThanOrEqualTo(cheapest(known.get(less)));
        }
    }

    /** Rows of the sheet Quality that are drawn, of models that come into question on the machine. */
    @Test
    void a_result_less_never_makes_an_answer_surer() {
        Catalogue all = DECIDER.catalogue();
        List<TestResult> results = all.rows(TestResult.class);
        String machine = candidate("Mac Studio M4 Max 64GB");
        Random random = new Random(19);
        for (String use : List.of("chat", "code", "coding-agents")) {
            String asked = "\"models\": \"any\", \"use\": \"" + use + "\"";
            Map<String, Grade> before = grades(decided(asked, machine));
            List<TestResult> behind = results.stream()
                    .filter(each -> before.containsKey(each.model()))
                    .toList();
            for (int i = 0; i < 8; i++) {
                TestResult removed = behind.get(random.nextInt(behind.size()));
                Catalogue fewer = all.with(
                        TestResult.class,
                        results.stream().filter(each -> each != removed).toList());
                Decider less = new Decider(fewer, DECIDER.rules(), "test", () -> TestWorkspace.NOW);
                Grades then = Grades.of(all, Choice.find(KindOfWork.class, use).orElseThrow());
                grades(Objects.requireNonNull(less.decide(read(asked, machine)).value()))
                        .forEach((model, grade) -> assertThat(isNoSurer(
                                        grade, then.of(all.findModel(model).orElseThrow(), null)))
                                .as("%s for %s without row %d", model, use, removed.row())
                                .isTrue());
            }
        }
    }

    private static Map<String, Grade> grades(Decision decision) {
        return decision.ranked().stream()
                .map(Recommendation::assessment)
                .collect(Collectors.toMap(
                        each -> each.model().id(), each -> Objects.requireNonNull(each.grade()), (one, other) -> one));
    }

    /** By its range, by who says so, and by how many tests. */
    private static boolean isNoSurer(Grade now, Grade before) {
        Level less = now.level();
        Level more = before.level();
        return less == null
                || more != null
                        && less.reach() >= more.reach() - 1e-9
                        && less.tests() <= more.tests()
                        && (more.independent() || !less.independent());
    }

    private static double bestLevel(Hardware machine) {
        return decided("\"models\": \"any\", \"use\": \"chat\"", candidate(machine.id())).ranked().stream()
                .map(each -> each.assessment().levelToCountOn())
                .filter(Objects::nonNull)
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(0);
    }

    private static double cheapest(Model wanted) {
        return decided(
                        "\"models\": \"any\", \"use\": \"chat\", \"atLeastAsGoodAs\": \"" + wanted.id() + "\"",
                        "\"constraints\": {\"dataMustStay\": true}")
                .ranked()
                .stream()
                .map(each -> each.assessment().monthlyUsd())
                .filter(Objects::nonNull)
                .mapToDouble(Double::doubleValue)
                .min()
                .orElse(Double.MAX_VALUE);
    }

    private static List<String> places(Decision decision) {
        return decision.ranked().stream()
                .map(each -> each.assessment().model().id() + " on "
                        + each.assessment().hardware().id() + " " + each.score())
                .toList();
    }

    private static Decision decidedFor(String type, String models) {
        try {
            Imported<Decision> decided = DECIDER.decide(RequestReader.read(
                            "{\"workload\": {\"type\": \"" + type + "\"" + models + "}}", TestWorkspace.TODAY)
                    .requests()
                    .get(0));
            assertThat(decided.problems()).isEmpty();
            return Objects.requireNonNull(decided.value());
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static String candidate(String hardware) {
        return "\"candidates\": [{\"hardware\": \"" + hardware + "\", \"acquisition\": \"owned\"}]";
    }

    private static Decision decided(String workload, String rest) {
        Imported<Decision> decided = DECIDER.decide(read(workload, rest));
        assertThat(decided.problems()).isEmpty();
        return Objects.requireNonNull(decided.value());
    }

    private static List<Problem> problems(String workload) {
        return DECIDER.decide(read(workload, "\"limit\": 3")).problems();
    }

    private static Imported<quartermaster.request.DecisionRequest> read(String workload, String rest) {
        String json =
                "{\"workload\": {\"type\": \"evaluation\", " + workload.strip() + "}, \"limit\": 10000, " + rest + "}";
        try {
            return RequestReader.read(json.replace("\"limit\": 10000, \"limit\"", "\"limit\""), TestWorkspace.TODAY)
                    .requests()
                    .get(0);
        } catch (Exception e) {
            throw new AssertionError(json, e);
        }
    }
}
