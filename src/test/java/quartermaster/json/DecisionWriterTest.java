package quartermaster.json;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import quartermaster.TestWorkspace;
import quartermaster.decision.Decision;
import quartermaster.decision.Recommendation;
import quartermaster.request.Explain;
import quartermaster.request.WorkloadType;
import quartermaster.unit.Choice;
import quartermaster.unit.Imported;
import quartermaster.unit.Place;
import quartermaster.unit.Problem;

class DecisionWriterTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    private static final String SUPPORT_CHAT = """
            {"workload": {"name": "support chat", "type": "production", "model": "llama-3.1-70b",
                          "inputTokens": 2000, "outputTokens": 300, "concurrency": 200,
                          "minDecodeTokensPerSecond": 20, "maxTimeToFirstTokenSeconds": 2},
             "budget": {"monthlyUsd": 30000}, "team": {"skills": ["linux", "cuda"]},
             "constraints": {"dataMustStay": true}, %s}
            """;
    private static final String GENERATED = SUPPORT_CHAT.formatted("\"limit\": 3");

    @Test
    void an_answer_has_the_fields_of_the_contract_in_their_order() {
        JsonNode answer = json(GENERATED);
        assertThat(names(answer))
                .containsExactly(
                        "decisionId",
                        "decidedAt",
                        "asOf",
                        "versions",
                        "outcome",
                        "workload",
                        "assumptions",
                        "questions",
                        "recommendations",
                        "rejected",
                        "picks",
                        "flips",
                        "plan");
        assertThat(names(answer.get("versions"))).containsExactly("program", "workspace", "catalogue", "rules");
        assertThat(answer.get("outcome").asText()).isEqualTo("recommended");
        JsonNode first = answer.at("/recommendations/0");
        assertThat(names(first))
                .containsExactly(
                        "rank",
                        "candidate",
                        "verdict",
                        "score",
                        "steps",
                        "findings",
                        "estimate",
                        "job",
                        "load",
                        "cost",
                        "start");
        assertThat(names(first.get("candidate")))
                .containsExactly(
                        "hardware", "name", "devices", "replicas", "acquisition", "offer", "engine", "quantization");
        assertThat(names(first.at("/steps/0")))
                .containsExactly("step", "weight", "points", "score", "verdict", "because", "rule", "at");
        assertThat(names(first.get("estimate")))
                .containsExactly(
                        "memory",
                        "decodeTokensPerSecond",
                        "throughputTokensPerSecond",
                        "timeToFirstTokenSeconds",
                        "timeToFirstTokenP95Seconds",
                        "maxConcurrency",
                        "boundBy",
                        "evidence");
        assertThat(names(first.at("/estimate/memory")))
                .containsExactly(
                        "weightsGiB",
                        "kvCacheGiB",
                        "overheadGiB",
                        "requiredGiB",
                        "usableGiB",
                        "headroomPercent",
                        "fits");
        assertThat(names(first.at("/estimate/evidence")))
                .containsExactly("class", "measurements", "errorPercent", "asOf");
        assertThat(names(first.get("cost")))
                .containsExactly(
                        "purchaseUsd",
                        "monthlyUsd",
                        "monthlyUsdLow",
                        "monthlyUsdHigh",
                        "usdPerMillionOutputTokens",
                        "breakEvenMonths",
                        "powerWatts",
                        "asOf",
                        "breakdown",
                        "firstYearUsd",
                        "horizonUsd");
        assertThat(names(answer.at("/rejected/0")))
                .containsExactly(
                        "candidate",
                        "verdict",
                        "score",
                        "steps",
                        "findings",
                        "estimate",
                        "job",
                        "load",
                        "cost",
                        "firstFinding");
        assertThat(names(answer.at("/rejected/0/firstFinding")))
                .containsExactly("severity", "code", "step", "message", "remedy", "at");
        assertThat(names(answer.get("picks")))
                .containsExactly("best", "runnerUp", "cheapest", "fastest", "simplest", "owned");
    }

    @Test
    void the_workload_comes_back_with_its_defaults_filled_in() {
        JsonNode workload = json("{\"workload\": {\"type\": \"production\"}}").get("workload");
        assertThat(names(workload))
                .containsExactly(
                        "name",
                        "type",
                        "model",
                        "quantization",
                        "kvCacheQuantization",
                        "inputTokens",
                        "outputTokens",
                        "contextTokens",
                        "sharedPrefixTokens",
                        "concurrency",
                        "namedUsers",
                        "requestsPerDay",
                        "minDecodeTokensPerSecond",
                        "maxTimeToFirstTokenSeconds",
                        "fineTuning");
        assertThat(workload.get("model").isTextual()).isTrue();
        assertThat(workload.get("concurrency").isInt()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"production", "internal-tool", "evaluation", "fine-tuning", "batch"})
    void the_step_scores_add_up_to_the_score_as_printed(String type) {
        JsonNode answer = json("{\"workload\": {\"type\": \"" + type + "\"}, \"limit\": 100}");
        assertThat(judged(answer)).isNotEmpty().allSatisfy(each -> {
            BigDecimal sum = BigDecimal.ZERO;
            for (JsonNode step : each.get("steps")) {
                sum = sum.add(step.get("score").decimalValue());
            }
            assertThat(sum).isEqualByComparingTo(each.get("score").decimalValue());
        });
    }

    @Test
    void the_same_request_gives_the_same_answer_but_for_id_and_time() {
        assertThat(comparable(write(GENERATED))).isEqualTo(comparable(write(GENERATED)));
    }

    @Test
    void places_are_a_row_or_a_line() {
        JsonNode answer = json(GENERATED);
        for (JsonNode each : judged(answer)) {
            for (JsonNode step : each.get("steps")) {
                assertThat(names(step.get("at"))).containsExactly("file", "sheet", "row");
            }
            for (JsonNode finding : each.get("findings")) {
                assertThat(names(finding.get("at"))).isIn(List.of("file", "line"), List.of("file", "sheet", "row"));
            }
        }
    }

    @Test
    void explain_none_leaves_only_the_judgement() {
        JsonNode answer = json(SUPPORT_CHAT.formatted("\"explain\": \"none\""));
        assertThat(names(answer.at("/recommendations/0"))).containsExactly("rank", "candidate", "verdict", "score");
        assertThat(names(answer.at("/rejected/0"))).containsExactly("candidate", "verdict", "score", "firstFinding");
    }

    @Test
    void explain_changes_what_is_shown_and_not_what_is_decided() {
        JsonNode none = json(SUPPORT_CHAT.formatted("\"explain\": \"none\""));
        JsonNode full = json(SUPPORT_CHAT.formatted("\"explain\": \"full\""));
        assertThat(none.get("picks")).isEqualTo(full.get("picks"));
        for (int i = 0; i < none.get("recommendations").size(); i++) {
            JsonNode brief = none.at("/recommendations/" + i);
            for (String field : names(brief)) {
                assertThat(full.at("/recommendations/" + i).get(field)).isEqualTo(brief.get(field));
            }
        }
    }

    @Test
    void explain_full_adds_the_arithmetic() {
        JsonNode first = json(SUPPORT_CHAT.formatted("\"explain\": \"full\", \"limit\": 1"))
                .at("/recommendations/0");
        assertThat(first.at("/estimate/arithmetic").isArray()).isTrue();
        assertThat(first.at("/estimate/arithmetic")).isNotEmpty();
        assertThat(names(first.get("estimate")))
                .contains("prefillTokensPerSecond", "inFlightPerReplica", "load", "speedShareAtFullContext");
        assertThat(names(first.at("/estimate/memory")))
                .contains("pessimisticGiB", "kvCachePerRequestGiB", "maxContextTokens", "maxSequences");
        assertThat(names(first.at("/estimate/evidence"))).contains("basis", "widenedBy");
        assertThat(names(first.get("cost"))).contains("breakEvenUtilization", "breakEvenAgainst");
    }

    @Test
    void candidates_that_could_not_be_understood_are_named() {
        JsonNode answer = json(
                SUPPORT_CHAT.formatted(
                        "\"candidates\": [{\"hardware\": \"nvidia-h100-sxm-80gb\"}, {\"hardware\": \"nvidia-h100-sxm-80bg\"}]"));
        assertThat(answer.get("problems")).hasSize(1);
        assertThat(names(answer.at("/problems/0"))).containsExactly("code", "message", "at");
        assertThat(answer.at("/problems/0/at").asText()).isEqualTo("/candidates/1/hardware");
        assertThat(answer.get("recommendations").size() + answer.get("rejected").size())
                .isEqualTo(1);
    }

    @Test
    void nothing_fits_is_an_answer() {
        JsonNode answer = json(SUPPORT_CHAT.formatted(
                "\"candidates\": [{\"hardware\": \"nvidia-rtx-3090\", \"devices\": 1, \"quantization\": \"bf16\"}]"));
        assertThat(answer.get("outcome").asText()).isEqualTo("nothing-suitable");
        assertThat(answer.get("recommendations")).isEmpty();
        assertThat(answer.at("/rejected/0/verdict").asText()).isEqualTo("ruled-out");
        assertThat(answer.at("/rejected/0/firstFinding/severity").asText()).isEqualTo("rejection");
        assertThat(answer.at("/picks/best").isNull()).isTrue();
    }

    @Test
    void the_first_few_say_how_they_are_started_unless_nobody_wants_to_know() {
        String workload = "{\"workload\": {\"type\": \"internal-tool\", \"model\": \"qwen3-8b\"}, \"limit\": 6, ";
        JsonNode ranked = json(workload + "\"explain\": \"summary\"}").get("recommendations");
        assertThat(ranked).hasSizeGreaterThan(3);
        for (JsonNode each : ranked) {
            boolean first = each.get("rank").asInt() <= 3;
            boolean hosted = each.at("/candidate/engine").isNull();
            assertThat(each.has("start")).isEqualTo(first && !hosted);
        }
        assertThat(ranked.findValues("command"))
                .isNotEmpty()
                .allSatisfy(command -> assertThat(command.asText()).contains("Qwen3-8B"));
        assertThat(json(workload + "\"explain\": \"none\"}").findValues("start"))
                .isEmpty();
    }

    @Test
    void an_inline_model_comes_back_as_it_was_sent() {
        String model =
                "{\"totalParameters\":8.03,\"layers\":32,\"hiddenSize\":4096,\"heads\":32,\"kvHeads\":8,\"vocabulary\":128256}";
        JsonNode answer = json("{\"workload\": {\"type\": \"evaluation\", \"model\": " + model + "}, \"limit\": 1}");
        assertThat(answer.at("/workload/model")).hasToString(model);
    }

    @ParameterizedTest
    @EnumSource(Explain.class)
    void no_answer_is_longer_than_it_was_taken_for(Explain explain) {
        String some = "\"limit\": 1000, \"explain\": \"" + Choice.id(explain) + "\"}";
        for (WorkloadType type : WorkloadType.values()) {
            String workload = "{\"workload\": {\"type\": \"" + Choice.id(type)
                    + "\", \"model\": \"llama-3.1-70b\", \"minDecodeTokensPerSecond\": 30}, ";
            for (String candidates : List.of("", "\"candidates\": [{\"hardware\": \"nvidia-h100-sxm-80gb\"}], ")) {
                Decision decision =
                        requireNonNull(decide(workload + candidates + some).value());
                int shown = decision.ranked().size() + decision.rejected().size();
                assertThat((long) DecisionWriter.write(decision, null).length())
                        .isLessThan(DecisionWriter.mostBytes(explain, shown));
            }
        }
    }

    @Test
    void a_batch_holds_answers_and_problems_in_order() throws Exception {
        List<Imported<@Nullable Decision>> answers = new ArrayList<>();
        answers.add(decide("{\"workload\": {\"type\": \"batch\"}, \"limit\": 1, \"explain\": \"none\"}"));
        answers.add(new Imported<>(null, List.of(new Problem("a-code", "A message.", new Place.Pointer("/workload")))));
        JsonNode batch = JSON.readTree(DecisionWriter.writeBatch(answers));
        assertThat(batch).hasSize(2);
        assertThat(batch.at("/0/outcome").asText()).isEqualTo("recommended");
        assertThat(names(batch.get(1))).containsExactly("type", "title", "status", "detail", "errors");
        assertThat(batch.at("/1/status").asInt()).isEqualTo(422);
        assertThat(batch.at("/1/errors"))
                .hasToString("[{\"code\":\"a-code\",\"message\":\"A message.\",\"at\":\"/workload\"}]");
    }

    @Test
    void problems_of_a_workbook_stand_with_its_first_answer_each_once() throws Exception {
        Imported<@Nullable Decision> answer =
                decide("{\"workload\": {\"type\": \"batch\"}, \"limit\": 1, \"explain\": \"none\"}");
        Problem ofARow = new Problem("a-code", "A message.", new Place.Cell("Workload", 2, 3));
        Imported<@Nullable Decision> none = new Imported<>(null, List.of(ofARow));
        Problem ofNone = new Problem("b-code", "Another message.", new Place.Cell("Candidates", 9, 0));
        JsonNode answers = JSON.readTree(DecisionWriter.writeWorkbook(List.of(answer, none), List.of(ofARow, ofNone)));
        assertThat(answers).hasSize(2);
        assertThat(answers.at("/0/problems")).hasSize(1);
        assertThat(answers.at("/0/problems/0/at").asText()).isEqualTo("Candidates!A9");
        assertThat(answers.at("/1/errors")).hasSize(1);
        assertThat(answers.at("/1/errors/0/at").asText()).isEqualTo("Workload!D2");
    }

    @Test
    void a_workbook_without_any_answer_is_its_problems() throws Exception {
        Problem problem = new Problem("a-code", "A message.", new Place.Cell("Workload", 2, 3));
        JsonNode answers = JSON.readTree(DecisionWriter.writeWorkbook(List.of(), List.of(problem)));
        assertThat(answers).hasSize(1);
        assertThat(answers.at("/0/errors/0/at").asText()).isEqualTo("Workload!D2");
    }

    @Test
    void a_fact_sheet_shows_the_estimate_of_one_pairing_with_its_arithmetic() throws Exception {
        Decision decision = requireNonNull(decide(GENERATED).value());
        Recommendation first = decision.ranked().get(0);
        JsonNode sheet = JSON.readTree(FactSheetWriter.write(
                first.assessment().demand(), first.assessment().assessed(), null, List.of("llama-bench")));
        assertThat(sheet.at("/verifyWith/0").asText()).isEqualTo("llama-bench");
        assertThat(sheet.get("model").asText()).isEqualTo("llama-3.1-70b");
        assertThat(sheet.get("concurrency").asInt()).isEqualTo(200);
        assertThat(sheet.at("/candidate/hardware").asText())
                .isEqualTo(first.assessment().hardware().id());
        assertThat(sheet.at("/estimate/arithmetic")).isNotEmpty();
        assertThat(names(sheet.get("cost"))).contains("monthlyUsd", "breakEvenUtilization");
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        List<JsonNode> list = new ArrayList<>();
        array.forEach(list::add);
        return list.stream();
    }

    private static List<JsonNode> judged(JsonNode answer) {
        return Stream.concat(stream(answer.get("recommendations")), stream(answer.get("rejected")))
                .toList();
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static String comparable(String answer) {
        return answer.replaceFirst("\"decisionId\":\"[^\"]*\"", "").replaceFirst("\"decidedAt\":\"[^\"]*\"", "");
    }

    private static JsonNode json(String request) {
        try {
            return JSON.readTree(write(request));
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String write(String request) {
        Imported<@Nullable Decision> decision = decide(request);
        assertThat(decision.problems()).isEmpty();
        return DecisionWriter.write(requireNonNull(decision.value()), null);
    }

    private static Imported<@Nullable Decision> decide(String request) {
        try {
            Imported<?> read = RequestReader.read(request, TODAY).requests().get(0);
            assertThat(read.problems()).isEmpty();
            return TestWorkspace.decider().decide((quartermaster.request.DecisionRequest) requireNonNull(read.value()));
        } catch (BadJsonException e) {
            throw new AssertionError(e);
        }
    }
}
