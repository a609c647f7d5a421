package quartermaster.advice;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quartermaster.decision.Recommendation;
import quartermaster.request.Acquisition;
import quartermaster.request.Candidate;
import quartermaster.request.DecisionRequest;
import quartermaster.request.Workload;
import quartermaster.request.WorkloadType;
import quartermaster.unit.Records;

/** What is asked first, and what need not be asked. */
class QuestionsTest {
    private static final Candidate CARD = Asked.candidate("nvidia-rtx-4090", 1, Acquisition.BUY, "ollama", "q4_k_m");
    private static final Asked TRYING = Asked.of(request(WorkloadType.EVALUATION));

    /** A change of an assumption to so many times what it is. */
    private static Flip flip(String field, double times) {
        return new Flip("workload." + field, 100.0, 100 * times, null, null);
    }

    @Test
    void what_can_change_the_winner_is_asked_in_the_order_of_an_expert() {
        assertThat(fields(
                        TRYING,
                        flip("contextTokens", 0.5),
                        flip("inputTokens", 1.5),
                        flip("concurrency", 3),
                        new Flip("constraints.dataMustStay", false, true, null, null)))
                .containsExactly(
                        "constraints.dataMustStay",
                        "workload.concurrency",
                        "workload.inputTokens",
                        "workload.contextTokens");
    }

    /** An 8B on a card that reads 8,000 tokens for each of 60 requests: half of them read once, and fewer cards do. */
    @Test
    void how_much_of_the_prompt_repeats_is_asked_where_the_cost_hangs_on_it() {
        Candidate server = Asked.candidate("nvidia-l40s", 1, Acquisition.RENT, "vllm", "fp8");
        DecisionRequest request = Records.with(
                Records.with(
                        Asked.request(Asked.workload(WorkloadType.PRODUCTION, "llama-3.1-8b"), server),
                        "workload.concurrency",
                        60),
                "workload.inputTokens",
                8_000);
        Question asked = questions(Asked.of(request)).get(0);
        assertThat(asked.field()).isEqualTo("workload.sharedPrefixTokens");
        assertThat(asked.because()).contains("if 4,000 of the 8,000 tokens of a prompt repeat: rent ", " instead of $");
        assertThat(questions(Asked.of(Records.with(request, "workload.sharedPrefixTokens", 0))))
                .extracting(Question::field)
                .doesNotContain("workload.sharedPrefixTokens");
    }

    @ParameterizedTest
    @CsvSource({"8, true", "8.01, false", "0.125, true", "0.124, false"})
    void nothing_is_asked_that_had_to_be_more_than_eight_times_as_much_or_as_little(double times, boolean asked) {
        assertThat(fields(TRYING, flip("concurrency", times)).contains("workload.concurrency"))
                .isEqualTo(asked);
    }

    @Test
    void what_was_said_is_not_asked() {
        Asked said = Asked.of(Records.with(TRYING.request(), "workload.concurrency", 2));
        assertThat(fields(said, flip("concurrency", 2))).isEmpty();
    }

    @Test
    void of_two_changes_of_a_field_the_smaller_one_counts() {
        List<Question> asked = questions(TRYING, flip("concurrency", 4), flip("concurrency", 2));
        assertThat(asked).hasSize(1);
        assertThat(asked.get(0).flipsAt()).isEqualTo(200.0);
        assertThat(asked.get(0).because())
                .startsWith("Assumed: 1 request at the same time; ")
                .endsWith("nothing is suitable.");
    }

    @Test
    void which_model_it_is_is_asked_before_everything_else() {
        Asked open = Asked.of(Asked.request(Workload.of(WorkloadType.EVALUATION), CARD));
        assertThat(fields(open, flip("inputTokens", 5), flip("contextTokens", 3)))
                .containsExactly("workload.model", "workload.inputTokens", "workload.contextTokens");
    }

    @ParameterizedTest
    @CsvSource({"INTERNAL_TOOL, 10, true", "INTERNAL_TOOL, 9, false", "PRODUCTION, 10, true", "BATCH, 10, false"})
    void ten_requests_at_once_of_a_tool_may_be_ten_people(WorkloadType type, int concurrency, boolean asked) {
        DecisionRequest request = Records.with(request(type), "workload.concurrency", concurrency);
        assertThat(questions(Asked.of(request)).stream()
                        .anyMatch(each -> each.text().equals("Are these people, or requests at the same time?")
                                && each.because().startsWith("10 is taken as requests at the same time;")))
                .isEqualTo(asked);
    }

    @Test
    void nobody_asks_how_long_a_batch_may_wait() {
        Flip waiting = flip("maxTimeToFirstTokenSeconds", 0.5);
        assertThat(fields(TRYING, waiting)).containsExactly("workload.maxTimeToFirstTokenSeconds");
        assertThat(fields(Asked.of(request(WorkloadType.BATCH)), waiting)).isEmpty();
    }

    @Test
    void whether_data_may_leave_is_asked_where_somebody_else_serves_it_for_less() {
        Optional<Hosting> hosting = Optional.of(Asked.hosting(58, 900));
        List<Question> asked =
                new Questions(TRYING.decision(), TRYING.trials(), List.of(), Map.of(), hosting).inOrder();
        assertThat(asked).extracting(Question::field).containsExactly("constraints.dataMustStay");
        assertThat(asked.get(0).because()).contains("for $58 a month (30 million tokens)");
        Asked stays = Asked.of(Records.with(TRYING.request(), "constraints.dataMustStay", true));
        assertThat(new Questions(stays.decision(), stays.trials(), List.of(), Map.of(), hosting).inOrder())
                .isEmpty();
    }

    @Test
    void precisions_are_told_by_what_wins_with_them() {
        Recommendation best = TRYING.best();
        Recommendation other = Asked.of(Asked.request(
                        Asked.workload(WorkloadType.EVALUATION, "llama-3.1-8b"),
                        Asked.candidate("nvidia-l4", 1, Acquisition.RENT, "vllm", "bf16")))
                .best();
        assertThat(new Questions(
                                TRYING.decision(),
                                TRYING.trials(),
                                List.of(),
                                Map.of("workload.quantization", List.of(precision("q8_0", best))),
                                Optional.empty())
                        .inOrder())
                .as("the same wins at every precision")
                .isEmpty();
        assertThat(precisions(precision("q8_0", null), precision("bf16", other), precision("fp16", other)))
                .startsWith("At other precisions: q8_0: nothing is suitable; bf16, fp16: rent ");
    }

    private static Flip precision(String id, Recommendation wins) {
        return new Flip("workload.quantization", "q4_k_m", id, null, wins);
    }

    private static String precisions(Flip... outcomes) {
        List<Question> asked = new Questions(
                        TRYING.decision(),
                        TRYING.trials(),
                        List.of(),
                        Map.of("workload.quantization", List.of(outcomes)),
                        Optional.empty())
                .inOrder();
        assertThat(asked).extracting(Question::field).containsExactly("workload.quantization");
        return asked.get(0).because();
    }

    private static List<String> fields(Asked asked, Flip... flips) {
        return questions(asked, flips).stream().map(Question::field).toList();
    }

    private static List<Question> questions(Asked asked, Flip... flips) {
        return new Questions(asked.decision(), asked.trials(), List.of(flips), Map.of(), Optional.empty()).inOrder();
    }

    private static DecisionRequest request(WorkloadType type) {
        return Asked.request(Asked.workload(type, "llama-3.1-8b"), CARD);
    }
}
