package quartermaster.json;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import quartermaster.request.Acquisition;
import quartermaster.request.Budget;
import quartermaster.request.Candidate;
import quartermaster.request.Constraints;
import quartermaster.request.DecisionRequest;
import quartermaster.request.Explain;
import quartermaster.request.FineTuning;
import quartermaster.request.FineTuningMethod;
import quartermaster.request.Skill;
import quartermaster.request.Workload;
import quartermaster.request.WorkloadType;
import quartermaster.unit.Imported;
import quartermaster.unit.Problem;

class RequestReaderTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 23);
    private static final String EVERY_FIELD = """
            {
              "workload": {
                "name": "support chat", "type": "production",
                "model": "llama-3.1-70b", "quantization": "fp8", "kvCacheQuantization": "fp8-kv",
                "inputTokens": 2000, "outputTokens": 300, "contextTokens": 8192, "sharedPrefixTokens": 100,
                "concurrency": 200, "namedUsers": 4000, "requestsPerDay": 90000,
                "minDecodeTokensPerSecond": 20, "maxTimeToFirstTokenSeconds": 2.5,
                "fineTuning": { "method": "qlora", "batch": 4, "sequenceTokens": 4096 }
              },
              "budget": { "purchaseUsd": 50000, "monthlyUsd": 30000.5, "horizonMonths": 24, "utilization": 0.3,
                          "electricityUsdPerKwh": 0.15 },
              "team": { "skills": ["linux", "cuda", "Python ML"] },
              "constraints": { "offline": true, "dataMustStay": true, "mobile": true, "availableWithinWeeks": 6,
                               "allowProjected": true,
                               "owned": ["nvidia-rtx-3090", { "hardware": "dgx-spark", "devices": 2 }] },
              "candidates": [ { "hardware": "nvidia-h100-sxm-80gb", "devices": 2, "replicas": 3, "acquisition": "rent",
                                "offer": "an-offer", "engine": "vllm", "quantization": "fp8", "priceUsd": 25000, "pricePerHourUsd": 2.5 } ],
              "asOf": "2026-11-22", "explain": "full", "limit": 5
            }
            """;

    @Test
    void every_field_of_a_request_is_read() {
        DecisionRequest request = sound(EVERY_FIELD);
        assertThat(request.workload())
                .isEqualTo(Workload.of(WorkloadType.PRODUCTION)
                        .with("name", "support chat")
                        .with("model", "llama-3.1-70b")
                        .with("quantization", "fp8")
                        .with("kvCacheQuantization", "fp8-kv")
                        .with("inputTokens", 2000)
                        .with("outputTokens", 300)
                        .with("contextTokens", 8192)
                        .with("sharedPrefixTokens", 100)
                        .with("concurrency", 200)
                        .with("namedUsers", 4000)
                        .with("requestsPerDay", 90000)
                        .with("minDecodeTokensPerSecond", 20.0)
                        .with("maxTimeToFirstTokenSeconds", 2.5)
                        .with("fineTuning", FineTuning.of(FineTuningMethod.QLORA, 4, 4096)));
        assertThat(request.budget()).isEqualTo(new Budget(50000.0, 30000.5, 24, 0.3, 0.15));
        assertThat(request.skills()).containsExactlyInAnyOrder(Skill.LINUX, Skill.CUDA, Skill.PYTHON_ML);
        assertThat(request.constraints())
                .isEqualTo(new Constraints(
                        true,
                        true,
                        true,
                        6,
                        true,
                        List.of(new Constraints.Owned("nvidia-rtx-3090", null), new Constraints.Owned("dgx-spark", 2)),
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        false));
        assertThat(request.candidates())
                .containsExactly(new Candidate(
                        "nvidia-h100-sxm-80gb", 2, 3, Acquisition.RENT, "an-offer", "vllm", "fp8", 25000.0, 2.5));
        assertThat(request.asOf()).isEqualTo("2026-11-22");
        assertThat(request.explain()).isEqualTo(Explain.FULL);
        assertThat(request.limit()).isEqualTo(5);
    }

    @Test
    void a_type_is_enough_and_the_rest_is_not_said() {
        DecisionRequest request = sound("{\"workload\": {\"type\": \"batch\"}}");
        assertThat(request.workload().model()).isNull();
        assertThat(request.workload().fineTuning()).isNull();
        assertThat(request.budget()).isEqualTo(Budget.UNSAID);
        assertThat(request.skills()).isNull();
        assertThat(request.constraints()).isEqualTo(Constraints.NONE);
        assertThat(request.candidates()).isEmpty();
        assertThat(request.asOf()).isEqualTo(TODAY);
        assertThat(request.explain()).isEqualTo(Explain.SUMMARY);
        assertThat(request.limit()).isEqualTo(DecisionRequest.DEFAULT_LIMIT);
    }

    @Test
    void null_and_blank_mean_not_said() {
        DecisionRequest request = sound("""
                {"workload": {"type": "batch", "name": " ", "model": null, "concurrency": null, "fineTuning": null},
                 "budget": null, "team": {"skills": null}, "constraints": {"offline": null, "owned": null},
                 "candidates": null, "asOf": null, "explain": null, "limit": null}
                """);
        assertThat(request).isEqualTo(sound("{\"workload\": {\"type\": \"batch\"}}"));
    }

    @Test
    void a_team_that_knows_nothing_is_not_a_team_of_which_nothing_is_known() {
        assertThat(sound("{\"workload\": {\"type\": \"batch\"}, \"team\": {\"skills\": []}}")
                        .skills())
                .isEqualTo(Set.of());
    }

    @ParameterizedTest
    @ValueSource(strings = {"fine-tuning", "Fine Tuning", "FINE_TUNING", "fine.tuning"})
    void ids_match_whatever_their_case_and_hyphens(String type) {
        assertThat(sound("{\"workload\": {\"type\": \"" + type + "\"}}")
                        .workload()
                        .type())
                .isEqualTo(WorkloadType.FINE_TUNING);
    }

    @Test
    void a_model_may_be_an_object() {
        DecisionRequest request = sound("""
                {"workload": {"type": "batch", "model": {"totalParameters": 8.03, "layers": 32, "vision": false,
                  "aliases": ["one", "two"], "source": null}}}
                """);
        assertThat(request.workload().model()).isNull();
        assertThat(requireNonNull(request.workload().inlineModel()).fields())
                .containsOnlyKeys("totalParameters", "layers", "vision", "aliases")
                .containsEntry("totalParameters", 8.03)
                .containsEntry("layers", 32L)
                .containsEntry("vision", false)
                .containsEntry("aliases", "one; two");
    }

    @Test
    void whole_numbers_may_be_written_with_a_point_or_an_exponent() {
        Workload workload = sound(
                        "{\"workload\": {\"type\": \"batch\", \"inputTokens\": 2000.0, \"outputTokens\": 3e2}}")
                .workload();
        assertThat(workload.inputTokens()).isEqualTo(2000);
        assertThat(workload.outputTokens()).isEqualTo(300);
    }

    @Test
    void all_problems_come_at_once_each_with_its_pointer() {
        List<Problem> problems = problems("""
                {"workload": {"typ": "batch", "type": "prodution", "inputTokens": "2000", "outputTokens": 2.5,
                              "concurrency": 3000000000, "model": 7, "fineTuning": []},
                 "budget": "much", "team": {"skills": ["cudda", 4]},
                 "constraints": {"offline": "yes", "owned": [{"devices": 1}, 5]},
                 "candidates": [{"hardware": "a", "device": 2}, 17, {"acquisition": "lease"}],
                 "asOf": "2026-02-30", "explain": "loud", "limit": true, "a/b~c": 1}
                """);
        assertThat(problems)
                .extracting(problem -> problem.at() + " " + problem.code())
                .containsExactlyInAnyOrder(
                        "/workload/typ unknown-field",
                        "/workload/type unknown-choice",
                        "/workload/inputTokens wrong-type",
                        "/workload/outputTokens not-an-integer",
                        "/workload/concurrency out-of-range",
                        "/workload/model wrong-type",
                        "/workload/fineTuning wrong-type",
                        "/budget wrong-type",
                        "/team/skills/0 unknown-choice",
                        "/team/skills/1 wrong-type",
                        "/constraints/offline wrong-type",
                        "/constraints/owned/0/hardware missing-value",
                        "/constraints/owned/1 wrong-type",
                        "/candidates/0/device unknown-field",
                        "/candidates/1 wrong-type",
                        "/candidates/2/hardware missing-value",
                        "/candidates/2/acquisition unknown-choice",
                        "/asOf not-a-date",
                        "/explain unknown-choice",
                        "/limit wrong-type",
                        "/a~1b~0c unknown-field");
    }

    @Test
    void messages_say_what_was_found_what_is_expected_and_what_was_probably_meant() {
        assertThat(message("{\"workload\": {\"type\": \"prodution\"}}"))
                .isEqualTo("\"prodution\" is not known. Did you mean production?"
                        + " Allowed: evaluation, fine-tuning, internal-tool, batch, production.");
        assertThat(message("{\"workload\": {\"type\": \"batch\", \"inputTokens\": \"2000\"}}"))
                .isEqualTo("Found the text \"2000\"; expected a whole number.\nMaybe it is 2000 without the quotes.");
        assertThat(message("{\"workload\": {\"type\": \"batch\", \"inputTokns\": 2000}}"))
                .isEqualTo("Field inputTokns is not known. Did you mean inputTokens?");
        assertThat(message("{\"workload\": {}}")).startsWith("The workload's type is missing. Allowed: evaluation");
    }

    @Test
    void a_request_without_a_workload_misses_its_type() {
        assertThat(problems("{}"))
                .extracting(problem -> problem.at().toString())
                .containsExactly("/workload/type");
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "\"text\"", "null", "true"})
    void what_is_no_object_is_no_request(String json) {
        assertThat(problems(json))
                .extracting(problem -> problem.at().toString(), Problem::code)
                .containsExactly(tuple("", "wrong-type"));
    }

    @Test
    void a_key_that_stands_twice_is_a_problem() {
        assertThat(problems("{\"workload\": {\"type\": \"batch\", \"type\": \"production\"}}"))
                .extracting(problem -> problem.at().toString(), Problem::code)
                .containsExactly(tuple("/workload/type", "duplicate-key"));
    }

    @Test
    void nesting_beyond_reason_is_a_problem() {
        String json =
                "{\"workload\": {\"type\": \"batch\"}, \"budget\": {\"x\": " + "[".repeat(100) + "]".repeat(100) + "}}";
        assertThat(problems(json)).extracting(Problem::code).contains("too-deep");
    }

    @Test
    void nesting_beyond_what_can_be_parsed_is_no_crash() {
        assertThatThrownBy(() -> RequestReader.read("[".repeat(100_000), TODAY)).isInstanceOf(BadJsonException.class);
    }

    @Test
    void sizes_beyond_reason_are_problems() {
        String candidates = "{\"hardware\": \"a\"},".repeat(10_000) + "{\"hardware\": \"a\"}";
        assertThat(problems("{\"workload\": {\"type\": \"batch\"}, \"candidates\": [" + candidates + "]}"))
                .extracting(problem -> problem.at().toString(), Problem::code)
                .containsExactly(tuple("/candidates", "too-many"));
        assertThat(problems("{\"workload\": {\"type\": \"batch\", \"model\": \"" + "x".repeat(3_000) + "\"}}"))
                .extracting(problem -> problem.at().toString(), Problem::code)
                .containsExactly(tuple("/workload/model", "too-long"));
        assertThat(problems("{\"" + "x".repeat(3_000) + "\": 1, \"workload\": {\"type\": \"batch\"}}"))
                .extracting(Problem::code)
                .containsExactly("too-long");
        assertThat(problems("{\"workload\": {\"type\": \"batch\", \"inputTokens\": 1e999}}"))
                .extracting(problem -> problem.at().toString(), Problem::code)
                .containsExactly(tuple("/workload/inputTokens", "out-of-range"));
    }

    @Test
    void a_hopeless_request_is_not_listed_to_its_end() {
        StringBuilder json = new StringBuilder("{\"workload\": {\"type\": \"batch\"}");
        for (int i = 0; i < 1_500; i++) {
            json.append(", \"u").append(i).append("\": 1");
        }
        List<Problem> problems = problems(json.append("}").toString());
        assertThat(problems).hasSize(1_001);
        assertThat(problems.get(1_000).message()).isEqualTo("There are 500 more problems.");
    }

    @Test
    void a_batch_keeps_its_order_and_each_request_has_its_own_problems() throws BadJsonException {
        RequestReader.Sent sent =
                RequestReader.read("[{\"workload\": {\"type\": \"batch\"}}, {\"workload\": {\"type\": 5}}, 7]", TODAY);
        assertThat(sent.isBatch()).isTrue();
        assertThat(sent.requests()).hasSize(3);
        assertThat(sent.requests().get(0).isClean()).isTrue();
        assertThat(sent.requests().get(1).problems())
                .extracting(problem -> problem.at().toString())
                .containsExactly("/workload/type");
        assertThat(sent.requests().get(2).problems())
                .extracting(problem -> problem.at().toString())
                .containsExactly("");
    }

    @Test
    void an_empty_batch_is_a_batch() throws BadJsonException {
        RequestReader.Sent sent = RequestReader.read("[]", TODAY);
        assertThat(sent.isBatch()).isTrue();
        assertThat(sent.requests()).isEmpty();
    }

    @Test
    void a_batch_beyond_reason_is_one_problem() throws BadJsonException {
        RequestReader.Sent sent = RequestReader.read("[" + "{},".repeat(1_000) + "{}]", TODAY);
        assertThat(sent.requests()).hasSize(1);
        assertThat(sent.requests().get(0).problems()).extracting(Problem::code).containsExactly("too-many");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'a': 1,}          | 1",
                "{'workload':~{'type' 'batch'}} | 2",
                "{'workload': {}    | 1",
                "{} {}              | 1",
                "{'a': 012}         | 1",
                "{'a': NaN}         | 1",
                "nonsense           | 1",
                "(nothing)          | 1"
            },
            quoteCharacter = '"')
    void what_is_not_json_is_refused_with_its_line(String json, int line) {
        String text = json.replace('\'', '"').replace('~', '\n').replace("(nothing)", "");
        BadJsonException refusal = catchThrowableOfType(BadJsonException.class, () -> RequestReader.read(text, TODAY));
        assertThat(refusal).as(text).isNotNull();
        assertThat(refusal.getMessage()).matches("Line " + line + ", column [1-9][0-9]*: .+");
    }

    @Test
    void bytes_that_are_no_text_are_not_json() {
        byte[] latin = "{\"workload\": {\"name\": \"Büro\"}}".getBytes(StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> RequestReader.read(latin, TODAY)).isInstanceOf(BadJsonException.class);
    }

    private static DecisionRequest sound(String json) {
        Imported<@Nullable DecisionRequest> read = read(json);
        assertThat(read.problems()).isEmpty();
        return requireNonNull(read.value());
    }

    private static List<Problem> problems(String json) {
        Imported<@Nullable DecisionRequest> read = read(json);
        assertThat(read.isClean()).isFalse();
        return read.problems();
    }

    private static String message(String json) {
        List<Problem> problems = problems(json);
        assertThat(problems).hasSize(1);
        return problems.get(0).message();
    }

    private static Imported<@Nullable DecisionRequest> read(String json) {
        try {
            RequestReader.Sent sent = RequestReader.read(json, TODAY);
            assertThat(sent.isBatch()).isFalse();
            return sent.requests().get(0);
        } catch (BadJsonException e) {
            throw new AssertionError(e);
        }
    }
}
