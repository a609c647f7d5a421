package quartermaster.decision.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import quartermaster.TestWorkspace;
import quartermaster.decision.Contribution;
import quartermaster.decision.Decision;
import quartermaster.decision.Finding;
import quartermaster.decision.Recommendation;
import quartermaster.decision.Step;
import quartermaster.decision.Threshold;
import quartermaster.decision.rules.RuleFile;
import quartermaster.request.Candidate;
import quartermaster.request.Constraints;
import quartermaster.request.DecisionRequest;
import quartermaster.request.WorkloadType;
import quartermaster.unit.Imported;
import quartermaster.unit.Place;
import quartermaster.unit.Problem;
import quartermaster.workbook.knowledge.PolicyReader;
import quartermaster.workbook.read.WorkbookFile;

/** What must hold for every answer. */
class DeciderTest {
    private static final Decider DECIDER = TestWorkspace.decider();

    @ParameterizedTest
    @ValueSource(strings = {"llama-3.1-8b", "llama-3.1-405b"})
    void hardware_that_no_engine_runs_on_is_not_judged(String model) {
        List<Candidate> named = Stream.of("intel-gaudi-3", "google-tpu-v6e-trillium", "aws-trainium2")
                .flatMap(
                        each -> Stream.of(Candidate.of(each), Candidate.of(each).with("engine", "vllm")))
                .toList();
        Decision decision = decide(Requests.request(WorkloadType.INTERNAL_TOOL, model, 4, named, Constraints.NONE));
        assertThat(decision.ranked()).isEmpty();
        assertThat(decision.rejected())
                .hasSize(6)
                .allSatisfy(each -> assertThat(each.findings()).singleElement().satisfies(finding -> {
                    assertThat(finding.code()).isEqualTo("no-engine");
                    assertThat(finding.message()).startsWith("Not judged: no engine of the catalogue runs on ");
                }));
    }

    @Test
    void hardware_that_no_engine_runs_on_is_not_offered() {
        assertThat(all(decide(Requests.request(WorkloadType.INTERNAL_TOOL, 4, List.of()))))
                .isNotEmpty()
                .allMatch(each -> each.assessment().someEngineRunsHere());
    }

    @ParameterizedTest
    @EnumSource(WorkloadType.class)
    void the_steps_of_a_candidate_add_up_to_its_score(WorkloadType type) {
        for (Recommendation each : all(decide(Requests.request(type, 4, List.of())))) {
            double sum = each.steps().stream().mapToDouble(Contribution::score).sum();
            assertThat(each.score()).isCloseTo(sum, within(1e-9)).isBetween(0.0, 100.0);
            assertThat(each.steps()).extracting(Contribution::step).containsExactlyElementsOf(Step.OF_ONE_MODEL);
            assertThat(each.steps().stream().mapToDouble(Contribution::weight).sum())
                    .isCloseTo(100, within(1e-9));
        }
    }

    @ParameterizedTest
    @EnumSource(WorkloadType.class)
    void every_place_that_is_named_exists(WorkloadType type) throws Exception {
        WorkbookFile policy = WorkbookFile.open(TestWorkspace.FOLDER.resolve("rules/policy.xlsx"));
        for (Recommendation each : all(decide(Requests.request(type, 20, List.of())))) {
            for (Contribution step : each.steps()) {
                assertThat(step.at().file()).isEqualTo("rules/policy.xlsx");
                assertThat(textOfRow(policy, (Place.Cell) step.at())).contains(step.because());
            }
            for (Finding finding : each.findings()) {
                if (finding.at() instanceof Place.Line at) {
                    assertThat(line(at)).contains("rule \"" + finding.code() + "\"");
                } else {
                    assertThat(textOfRow(policy, (Place.Cell) finding.at())).isNotEmpty();
                }
            }
        }
    }

    @Test
    void a_candidate_never_changes_the_score_of_another() {
        Map<String, Double> together = scores(decide(Requests.request(WorkloadType.INTERNAL_TOOL, 3, Requests.TWELVE)));
        for (Candidate alone : Requests.TWELVE) {
            Map<String, Double> single =
                    scores(decide(Requests.request(WorkloadType.INTERNAL_TOOL, 3, List.of(alone))));
            single.forEach((name, score) -> assertThat(together).containsEntry(name, score));
        }
    }

    @Test
    void the_order_of_candidates_changes_nothing_but_their_group() {
        List<Candidate> reversed = new ArrayList<>(Requests.TWELVE);
        java.util.Collections.reverse(reversed);

        Decision one = decide(Requests.request(WorkloadType.BATCH, 16, Requests.TWELVE));
        Decision other = decide(Requests.request(WorkloadType.BATCH, 16, reversed));

        assertThat(scores(one)).isEqualTo(scores(other));
        assertThat(one.ranked().stream().map(DeciderTest::name).toList())
                .isEqualTo(other.ranked().stream().map(DeciderTest::name).toList());
    }

    @Test
    void a_given_candidate_yields_exactly_one_entry() {
        Decision decision = decide(Requests.request(WorkloadType.PRODUCTION, 40, Requests.TWELVE));

        List<Integer> groups = all(decision).stream()
                .map(each -> each.assessment().deployment().group())
                .sorted()
                .toList();
        assertThat(groups).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
    }

    @Test
    void the_same_request_gives_the_same_answer_500_times_alone_and_from_eight_threads() throws Exception {
        DecisionRequest request = Requests.request(WorkloadType.INTERNAL_TOOL, 7, Requests.TWELVE);
        String first = everything(decide(request));
        for (int i = 0; i < 250; i++) {
            assertThat(everything(decide(request))).isEqualTo(first);
        }
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<String>> calls = Stream.<Callable<String>>generate(() -> () -> everything(decide(request)))
                    .limit(250)
                    .toList();
            for (Future<String> answer : threads.invokeAll(calls)) {
                assertThat(answer.get()).isEqualTo(first);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void nothing_fits_is_an_answer_with_reasons() {
        Decision decision = decide(Requests.request(
                WorkloadType.EVALUATION,
                "deepseek-v3",
                1,
                List.of(Requests.candidate("nvidia-rtx-4090", 1, null)),
                Constraints.NONE));

        assertThat(decision.hasRecommendation()).isFalse();
        assertThat(decision.rejected()).hasSize(1);
        Finding first = decision.rejected().get(0).findings().get(0);
        assertThat(first.code()).isEqualTo("does-not-fit");
        assertThat(first.message()).contains("weights").contains("22.4 GiB");
        assertThat(first.remedy()).isNotNull();
    }

    @Test
    void what_was_not_said_is_listed_with_its_reason() {
        Decision decision = decide(Requests.request(WorkloadType.PRODUCTION, null, List.of()));

        assertThat(decision.assumptions())
                .extracting("field")
                .contains("workload.model", "workload.concurrency", "workload.inputTokens", "workload.quantization");
        assertThat(decision.assumptions())
                .allSatisfy(each -> assertThat(each.because()).isNotBlank());
    }

    @Test
    void unknown_names_come_back_all_at_once_with_a_near_match() {
        DecisionRequest request =
                Requests.request(WorkloadType.EVALUATION, "lama-3.1-70b", -1, List.of(), Constraints.NONE);

        Imported<Decision> answer = decideAnyway(request);

        assertThat(answer.problems())
                .extracting(problem -> problem.at().toString())
                .containsExactlyInAnyOrder("/workload/model", "/workload/concurrency");
        assertThat(answer.problems())
                .anySatisfy(each -> assertThat(each.message()).contains("llama-3.1-70b"));
    }

    @Test
    void what_reading_found_comes_with_what_looking_up_finds() {
        DecisionRequest request = Requests.request(
                WorkloadType.EVALUATION,
                "lama-3.1-70b",
                1,
                List.of(Requests.candidate("H100 SMX", 1, null)),
                Constraints.NONE);
        Problem unknown = new Problem(
                "unknown-field", "Field concurency is not known.", new Place.Pointer("/workload/concurency"));

        Imported<Decision> answer = requireNothing(new Imported<>(request, List.of(unknown)));

        assertThat(answer.problems())
                .extracting(problem -> problem.at().toString())
                .containsExactly("/workload/concurency", "/workload/model", "/candidates/0/hardware");
    }

    @SuppressWarnings("NullAway") // the value is null exactly where there are problems
    private static Imported<Decision> requireNothing(Imported<DecisionRequest> read) {
        Imported<Decision> answer = new Imported<>(
                DECIDER.decide(read).value(), DECIDER.decide(read).problems());
        assertThat(answer.value()).isNull();
        return answer;
    }

    @Test
    void a_candidate_that_is_not_understood_is_reported_and_the_others_are_judged() {
        Decision decision = decide(Requests.request(
                WorkloadType.EVALUATION,
                1,
                List.of(Requests.candidate("rtx 4091", 1, null), Requests.candidate("RTX 4090", 1, null))));

        assertThat(decision.problems()).hasSize(1);
        assertThat(decision.problems().get(0).at()).hasToString("/candidates/0/hardware");
        assertThat(all(decision)).hasSize(1);
    }

    @Test
    void generated_candidates_are_one_per_hardware_and_way_to_get_it() {
        Decision decision = decide(Requests.request(WorkloadType.PRODUCTION, 64, List.of()));
        Set<String> seen = new HashSet<>();

        for (Recommendation each : decision.ranked()) {
            assertThat(seen.add(each.assessment().hardware().id()
                            + each.assessment().acquisition()))
                    .isTrue();
        }
        assertThat(decision.rejected().stream()
                        .map(each -> each.assessment().hardware().id()))
                .doesNotHaveDuplicates();
    }

    @Test
    void picks_are_ranks_of_the_answer() {
        Decision decision = decide(Requests.request(WorkloadType.BATCH, 16, List.of()));

        assertThat(decision.picks().best()).isEqualTo(1);
        assertThat(decision.picks().runnerUp()).isEqualTo(2);
        assertThat(decision.ranked())
                .extracting(Recommendation::rank)
                .contains(decision.picks().cheapest(), decision.picks().fastest());
    }

    @Test
    void every_rule_of_every_file_is_in_force() {
        RuleBook rules = DECIDER.rules();

        assertThat(rules.rulesInForce()).isEqualTo(rules.rules().size()).isGreaterThan(40);
    }

    @Test
    void every_threshold_of_a_rule_stands_in_the_policy() throws IOException {
        Set<String> known = DECIDER.rules().policy().thresholds().stream()
                .map(Threshold::name)
                .collect(Collectors.toSet());
        for (RuleFile file : TestWorkspace.rules()) {
            java.util.regex.Matcher matcher = java.util.regex.Pattern.compile("Threshold\\(\\s*name == \"([^\"]+)\"")
                    .matcher(file.text());
            while (matcher.find()) {
                assertThat(known).as(file.name()).contains(matcher.group(1));
            }
        }
    }

    @Test
    void the_policy_reads_cleanly() throws Exception {
        assertThat(PolicyReader.read(
                                WorkbookFile.open(TestWorkspace.FOLDER.resolve("rules/policy.xlsx")),
                                "rules/policy.xlsx")
                        .problems())
                .isEmpty();
    }

    private static Decision decide(DecisionRequest request) {
        Imported<Decision> answer = decideAnyway(request);
        assertThat(answer.problems()).isEmpty();
        return Objects.requireNonNull(answer.value());
    }

    @SuppressWarnings("NullAway") // the value is null exactly where there are problems
    private static Imported<Decision> decideAnyway(DecisionRequest request) {
        return new Imported<>(
                DECIDER.decide(request).value(), DECIDER.decide(request).problems());
    }

    private static List<Recommendation> all(Decision decision) {
        return Stream.concat(decision.ranked().stream(), decision.rejected().stream())
                .toList();
    }

    private static Map<String, Double> scores(Decision decision) {
        return all(decision).stream().collect(Collectors.toMap(DeciderTest::name, Recommendation::score));
    }

    private static String name(Recommendation each) {
        var deployment = each.assessment().deployment();
        return deployment.hardware().id() + " x" + deployment.devices() + " " + deployment.acquisition() + " "
                + deployment.engine().id() + " " + deployment.quantization().id();
    }

    /** All that a decision says, but for id and time. */
    private static String everything(Decision decision) {
        StringBuilder text = new StringBuilder().append(decision.assumptions()).append(decision.picks());
        for (Recommendation each : all(decision)) {
            text.append(each.rank()).append(name(each)).append(each.score()).append(each.verdict());
            text.append(each.steps())
                    .append(each.assessment().estimate())
                    .append(each.assessment().cost());
            each.findings().forEach(finding -> text.append(finding.code()).append(finding.message()));
        }
        return text.toString();
    }

    private static String textOfRow(WorkbookFile workbook, Place.Cell at) {
        return workbook.findSheet(at.sheet()).orElseThrow().rows().stream()
                .filter(row -> row.number() == at.row())
                .flatMap(row -> row.cells().stream())
                .map(cell -> cell.text())
                .collect(Collectors.joining("|"));
    }

    private static String line(Place.Line at) throws IOException {
        return Files.readAllLines(TestWorkspace.FOLDER.resolve(at.file())).get(at.line() - 1);
    }
}
