package quartermaster.http;

import static org.assertj.core.api.Assertions.assertThat;
import static quartermaster.http.ServerUnderTest.LIMITS;
import static quartermaster.http.ServerUnderTest.json;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import quartermaster.TestWorkspace;
import quartermaster.workspace.InForce;
import quartermaster.workspace.Workspace;

/** Rules and catalogue are changed while the service answers: on the disk and over HTTP. */
class KnowledgeTest {
    private static final String REQUEST = """
            {"workload": {"type": "evaluation", "model": "llama-3.1-8b", "concurrency": 1},
             "candidates": [{"hardware": "nvidia-rtx-4090", "acquisition": "owned"}], "asOf": "2026-11-22"}
            """;

    private Path folder = Path.of("");
    private ServerUnderTest server;

    @BeforeEach
    void start() {
        folder = TestWorkspace.copy();
        server = new ServerUnderTest(folder, LIMITS);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void a_saved_cell_is_soon_in_force() throws Exception {
        String before = version();
        edit(Workspace.POLICY, KnowledgeTest::lowerTheFirstPointsOfBudget);

        await(status -> !status.at("/versions/workspace").asText().equals(before));

        assertThat(decide("").at("/versions/workspace").asText()).isEqualTo(version());
        assertThat(json(server.get("/status")).has("notInForce")).isFalse();
    }

    @Test
    void a_broken_edit_leaves_the_last_good_version_in_force_and_is_said() throws Exception {
        String before = version();
        byte[] good = Files.readAllBytes(folder.resolve(Workspace.POLICY));
        edit(Workspace.POLICY, book -> cell(book, "Budget", "Points", 2).setCellValue("a lot"));

        JsonNode status = await(each -> each.has("notInForce"));

        assertThat(status.at("/versions/workspace").asText()).isEqualTo(before);
        assertThat(status.at("/notInForce/problems/0/at").asText()).startsWith("rules/policy.xlsx Budget!");
        assertThat(json(server.get("/health/ready")).at("/notInForce/problems")).isNotEmpty();
        assertThat(server.get("/health/ready").statusCode()).isEqualTo(200);
        assertThat(decide("").at("/versions/workspace").asText()).isEqualTo(before);

        Files.write(folder.resolve(Workspace.POLICY), good);
        await(each -> !each.has("notInForce"));
    }

    @Test
    void an_edit_that_fails_a_case_does_not_come_into_force() throws Exception {
        String before = version();
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        Logger logger = (Logger) LoggerFactory.getLogger(InForce.class);
        logger.addAppender(log);
        edit(Workspace.POLICY, KnowledgeTest::preferNothingButTheBudget);

        JsonNode status = await(each -> each.has("notInForce"));

        logger.detachAppender(log);
        assertThat(status.at("/versions/workspace").asText()).isEqualTo(before);
        assertThat(status.at("/notInForce/failedCases/0/failed/0/expected").asText())
                .isNotBlank();
        assertThat(log.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .filteredOn(line -> line.contains("a case fails"))
                .hasSameSizeAs(status.at("/notInForce/failedCases"))
                .allSatisfy(line ->
                        assertThat(line).contains("(Cases!A", " expects ").hasLineCount(1));
    }

    @Test
    void rules_that_do_not_compile_name_file_and_line() throws Exception {
        Path rules = folder.resolve("rules/budget.drl");
        Files.writeString(rules, Files.readString(rules).replaceFirst("\\bwhen\\b", "wenn"));

        JsonNode status = await(each -> each.has("notInForce"));

        assertThat(status.at("/notInForce/problems/0/at").asText()).startsWith("rules/budget.drl");
    }

    @Test
    void a_message_that_cannot_be_put_together_does_not_come_into_force() throws Exception {
        Path rules = folder.resolve("rules/budget.drl");
        String message = "Takes %,.0f %% of the budget: %s.";
        assertThat(rules).content().contains(message);
        Files.writeString(rules, Files.readString(rules).replace(message, "Takes %d: %s."));

        JsonNode status = await(each -> each.has("notInForce"));

        assertThat(status.at("/notInForce/failedCases/0/failed").toString())
                .contains("does not agree with its values", "over-budget");
    }

    @Test
    void a_measurement_of_unknown_hardware_is_a_problem_of_its_cell() throws Exception {
        byte[] wrong = edited(Workspace.CATALOGUE, book -> {
            Cell cell = cell(book, "Measurements", "Hardware", 5);
            cell.setBlank();
            cell.setCellValue("mac-studio-m3-ultra-80c-gpu-512gbb");
        });

        JsonNode preview = json(server.post("/catalogue/preview", "application/octet-stream", wrong));

        assertThat(preview.at("/problems/0/at").asText()).isEqualTo("spreadsheets/catalogue.xlsx Measurements!C6");
        assertThat(preview.at("/problems/0/message").asText())
                .contains("Did you mean mac-studio-m3-ultra-80c-gpu-512gb?");
    }

    @Test
    void lock_files_and_half_saved_files_are_no_alarm() throws Exception {
        byte[] whole = Files.readAllBytes(folder.resolve(Workspace.POLICY));
        Files.write(folder.resolve("rules/~$policy.xlsx"), new byte[] {1, 2, 3});
        Files.writeString(folder.resolve("rules/.~lock.policy.xlsx#"), "somebody");
        Files.delete(folder.resolve(Workspace.POLICY));
        Thread.sleep(700);
        assertThat(json(server.get("/status")).has("notInForce")).isFalse();

        Files.write(folder.resolve(Workspace.POLICY), whole);
        Thread.sleep(700);
        assertThat(json(server.get("/status")).has("notInForce")).isFalse();
        assertThat(decide("").at("/outcome").asText()).isEqualTo("recommended");
    }

    @Test
    void a_policy_is_published_by_whoever_saw_the_version_in_force() throws Exception {
        byte[] edited = edited(Workspace.POLICY, KnowledgeTest::lowerTheFirstPointsOfBudget);
        HttpResponse<byte[]> shown = server.get("/rules/policy");
        String tag = shown.headers().firstValue("ETag").orElseThrow();

        assertThat(put("/rules/policy", edited, null).statusCode()).isEqualTo(428);
        assertThat(put("/rules/policy", edited, "\"sha256:0\"").statusCode()).isEqualTo(412);
        HttpResponse<byte[]> published = put("/rules/policy", edited, tag);

        assertThat(published.statusCode())
                .as(new String(published.body(), StandardCharsets.UTF_8))
                .isEqualTo(200);
        assertThat(json(published).at("/published").asBoolean()).isTrue();
        assertThat(json(published).has("recalibration")).isFalse();
        assertThat(json(published).at("/compared").asInt()).isGreaterThan(100);
        assertThat(json(published).at("/answeredDifferently").asInt())
                .isEqualTo(json(published).at("/changes").size())
                .isPositive();
        assertThat(Files.readAllBytes(folder.resolve(Workspace.POLICY))).isEqualTo(edited);
        assertThat(published.headers().firstValue("ETag").orElseThrow()).isNotEqualTo(tag);
        assertThat("\"" + version() + "\"")
                .isEqualTo(published.headers().firstValue("ETag").orElseThrow());
    }

    @Test
    void other_winners_are_published_only_with_a_reason_that_is_kept() throws Exception {
        byte[] edited = edited(Workspace.POLICY, KnowledgeTest::preferNothingButTheBudget);

        HttpResponse<byte[]> refused = put("/rules/policy", edited, "*");
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
        assertThat(json(refused).at("/type").asText()).endsWith(":preferences-changed");
        assertThat(json(refused).at("/detail").asText()).contains("cases want another winner", "?force=true&reason=");
        assertThat(json(refused).at("/failedCases")).isNotEmpty().allSatisfy(each -> {
            assertThat(each.at("/kind").asText()).isEqualTo("preference");
            assertThat(each.at("/needsYes").asBoolean()).isTrue();
            assertThat(each.at("/winnerBefore").asText()).contains(" × ");
            assertThat(each.at("/winnerAfter").asText()).contains(" × ");
        });
        assertThat(json(refused).at("/otherWinners").asInt()).isPositive();
        assertThat(json(refused).at("/advice").asText()).contains("rules/cases.xlsx", "?force=true&reason=");
        assertThat(put("/rules/policy?force=true", edited, "*").statusCode()).isEqualTo(422);

        HttpResponse<byte[]> forced = put("/rules/policy?force=true&reason=board+decision", edited, "*");
        assertThat(forced.statusCode()).isEqualTo(200);
        assertThat(json(server.get("/versions")).at("/versions").toString()).contains("board decision");
    }

    @Test
    void a_reason_is_kept_where_nothing_is_forced_too() throws Exception {
        byte[] edited = edited(Workspace.POLICY, KnowledgeTest::lowerTheFirstPointsOfBudget);
        assertThat(put("/rules/policy?reason=a+little+less", edited, "*").statusCode())
                .isEqualTo(200);
        assertThat(json(server.get("/versions")).at("/versions")) // of one instant here, so in no order
                .filteredOn(version -> version.at("/origin").asText().equals("published"))
                .singleElement()
                .satisfies(version -> assertThat(version.at("/reason").asText()).isEqualTo("a little less"));
    }

    @Test
    void who_said_yes_once_is_not_asked_about_the_same_winners_again() throws Exception {
        byte[] first = edited(Workspace.POLICY, KnowledgeTest::preferNothingButTheBudget);
        assertThat(put("/rules/policy?force=true&reason=board", first, "*").statusCode())
                .isEqualTo(200);
        String agreed = version();

        edit(Workspace.POLICY, KnowledgeTest::lowerTheFirstPointsOfBudget);
        JsonNode saved = await(each -> !each.at("/versions/workspace").asText().equals(agreed));

        assertThat(saved.has("notInForce")).isFalse();
        byte[] next = edited(Workspace.POLICY, KnowledgeTest::lowerTheFirstPointsOfBudget);
        assertThat(put("/rules/policy", next, "*").statusCode()).isEqualTo(200);
    }

    @Test
    void a_broken_truth_is_published_with_no_yes() throws Exception {
        byte[] edited = edited(Workspace.CATALOGUE, KnowledgeTest::takeMemoryFromEveryH100);

        HttpResponse<byte[]> refused = put("/catalogue?force=true&reason=a+trial", edited, "*");

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(json(refused).at("/published").asBoolean()).isFalse();
        assertThat(json(refused).at("/needsYes").asBoolean()).isFalse();
        assertThat(json(refused).at("/failedCases").findValuesAsText("kind")).contains("truth");
        assertThat(json(refused).at("/advice").asText())
                .contains("no yes overrules it", "rules/cases.xlsx")
                .doesNotContain("force=true");
    }

    @Test
    void saved_preferences_come_into_force_when_their_case_is_changed_or_the_saved_file_is_sent_with_a_yes()
            throws Exception {
        String before = version();
        edit(Workspace.POLICY, KnowledgeTest::preferNothingButTheBudget);
        byte[] saved = Files.readAllBytes(folder.resolve(Workspace.POLICY));

        JsonNode status = await(each -> each.has("notInForce"));

        assertThat(status.at("/versions/workspace").asText()).isEqualTo(before);
        assertThat(status.at("/notInForce/advice").asText())
                .contains("Nothing is wrong", "rules/cases.xlsx", "?force=true&reason=");
        assertThat(status.at("/notInForce/failedCases/0/winnerBefore").asText()).isNotBlank();
        List<String> changed = status.at("/notInForce/failedCases").findValuesAsText("id");

        assertThat(put("/rules/policy", saved, "*").statusCode()).isEqualTo(409);
        edit(Workspace.CASES, book -> dropCases(book, changed));
        await(each -> !each.at("/versions/workspace").asText().equals(before) && !each.has("notInForce"));

        assertThat(activate(before).at("/activated").asBoolean()).isTrue();
        edit(Workspace.POLICY, KnowledgeTest::preferNothingButTheBudget);
        await(each -> each.has("notInForce"));
        assertThat(put(
                                "/rules/policy?force=true&reason=agreed",
                                Files.readAllBytes(folder.resolve(Workspace.POLICY)),
                                "*")
                        .statusCode())
                .isEqualTo(200);
        assertThat(json(server.get("/status")).has("notInForce")).isFalse();
    }

    @Test
    void a_version_that_was_agreed_to_is_gone_back_to_without_a_new_yes() throws Exception {
        String first = version();
        put(
                "/rules/policy?force=true&reason=board",
                edited(Workspace.POLICY, KnowledgeTest::preferNothingButTheBudget),
                "*");
        String agreed = version();
        assertThat(agreed).isNotEqualTo(first);
        activate(first);

        assertThat(activate(agreed).at("/inForce/workspace").asText()).isEqualTo(agreed);
    }

    @Test
    void an_earlier_version_is_gone_back_to_in_one_call_and_answers_meanwhile() throws Exception {
        String first = version();
        byte[] original = Files.readAllBytes(folder.resolve(Workspace.POLICY));
        put("/rules/policy", edited(Workspace.POLICY, KnowledgeTest::lowerTheFirstPointsOfBudget), "*");
        String second = version();
        assertThat(second).isNotEqualTo(first);

        assertThat(decide("?version=" + first).at("/versions/workspace").asText())
                .isEqualTo(first);
        assertThat(server.post(
                                "/decide?version=sha256:ffff",
                                "application/json",
                                REQUEST.getBytes(StandardCharsets.UTF_8))
                        .statusCode())
                .isEqualTo(404);
        JsonNode changes = json(server.get("/versions/" + first + "/changes"));
        assertThat(changes.at("/changes/0/at").asText()).startsWith("rules/policy.xlsx Budget!");
        assertThat(changes.at("/changes/0/cells/0/column").asText()).isEqualTo("Points");

        assertThat(changes.at("/from").asText()).isEqualTo(first);
        assertThat(changes.at("/to").asText()).isEqualTo(second);
        assertThat(json(server.get("/versions/" + second + "/changes"))).isEqualTo(changes);

        assertThat(activate(first).at("/overwrittenDrafts")).isEmpty();
        assertThat(version()).isEqualTo(first);
        assertThat(Files.readAllBytes(folder.resolve(Workspace.POLICY))).isEqualTo(original);
    }

    @Test
    void a_draft_that_going_back_overwrites_is_named_and_kept() throws Exception {
        String before = version();
        byte[] good = Files.readAllBytes(folder.resolve(Workspace.POLICY));
        edit(Workspace.POLICY, book -> cell(book, "Budget", "Points", 2).setCellValue("a lot"));
        byte[] draft = Files.readAllBytes(folder.resolve(Workspace.POLICY));
        Files.writeString(folder.resolve("rules/own.drl"), "no rules at all");
        await(each -> each.has("notInForce"));

        JsonNode drafts = activate(before).at("/overwrittenDrafts");

        assertThat(drafts).hasSize(2);
        assertThat(drafts.at("/0/file").asText()).isEqualTo("rules/own.drl");
        assertThat(drafts.at("/1/file").asText()).isEqualTo(Workspace.POLICY);
        assertThat(folder.resolve(drafts.at("/1/keptAs").asText())).hasBinaryContent(draft);
        assertThat(folder.resolve(Workspace.POLICY)).hasBinaryContent(good);
        assertThat(json(server.get("/status")).has("notInForce")).isFalse();
    }

    @Test
    void a_change_that_is_refused_comes_with_advice_and_is_named_while_it_is_built() throws Exception {
        String before = version();
        Path rules = folder.resolve("rules/budget.drl");
        Files.writeString(rules, Files.readString(rules).replace("isRented == true", "isRentd == true"));

        JsonNode building = await(each -> each.has("beingBuilt"));
        JsonNode refused = await(each -> each.has("notInForce"));

        assertThat(building.at("/beingBuilt/files/0").asText()).isEqualTo("rules/budget.drl");
        assertThat(refused.at("/notInForce/advice").asText())
                .contains("Mend the places under problems and save again", before.substring(0, 19) + "/activate");
        assertThat(await(each -> !each.has("beingBuilt")).has("notInForce")).isTrue();
    }

    @Test
    void new_measurements_are_calibrated_on_the_way_and_it_says_what_that_did() throws Exception {
        byte[] edited = edited(Workspace.CATALOGUE, book -> {
            Cell value = cell(book, "Measurements", "Value", 5);
            value.setCellValue(value.getNumericCellValue() * 1.5);
        });

        JsonNode answer = json(put("/catalogue?force=true&reason=a+trial", edited, "*"));

        assertThat(answer.at("/published").asBoolean()).as(answer.toString()).isTrue();
        assertThat(answer.at("/recalibration/changedConstants/0/bandwidthEfficiency/after")
                        .isNumber())
                .isTrue();
        assertThat(answer.at("/recalibration/measurementsAfter"))
                .isEqualTo(answer.at("/recalibration/measurementsBefore"));
        assertThat(answer.at("/compared").asInt()).isGreaterThan(100);
    }

    @Test
    void a_preview_says_what_would_change_and_changes_nothing() throws Exception {
        decide("");
        String before = version();
        byte[] edited = edited(Workspace.POLICY, KnowledgeTest::lowerTheFirstPointsOfBudget);

        JsonNode preview = json(server.post("/rules/policy/preview", "application/octet-stream", edited));

        assertThat(preview.at("/compared").asInt()).isGreaterThan(100);
        assertThat(preview.at("/changes")).isNotEmpty();
        assertThat(preview.at("/changes").findValues("steps")).anyMatch(steps -> steps.has("budget"));
        assertThat(version()).isEqualTo(before);
        assertThat(Files.readAllBytes(folder.resolve(Workspace.POLICY))).isNotEqualTo(edited);
    }

    @Test
    void a_preview_names_every_changed_cell_and_answers_the_requests_that_come_with_it() throws Exception {
        byte[] edited = edited(Workspace.POLICY, book -> {
            cell(book, "Weights", "budget", 1).setCellValue(30);
            cell(book, "Weights", "fit", 1).setCellValue(29);
        });
        Map<String, byte[]> parts = new LinkedHashMap<>();
        parts.put("file\"; filename=\"policy.xlsx", edited);
        parts.put("for\"; filename=\"mine.json", REQUEST.getBytes(StandardCharsets.UTF_8));

        JsonNode preview = json(postForm("/rules/policy/preview", parts));

        assertThat(preview.at("/changedCells")).hasSize(2);
        JsonNode first = preview.at("/changedCells/0");
        assertThat(first.at("/file").asText()).isEqualTo(Workspace.POLICY);
        assertThat(first.at("/sheet").asText()).isEqualTo("Weights");
        assertThat(first.at("/cell").asText()).isEqualTo("B2");
        assertThat(first.at("/row").asText()).isEqualTo("evaluation");
        assertThat(first.at("/column").asText()).isEqualTo("fit");
        assertThat(first.at("/before").asText()).isEqualTo("24");
        assertThat(first.at("/after").asText()).isEqualTo("29");
        JsonNode answer = preview.at("/answers/0");
        assertThat(answer.at("/about").asText()).isEqualTo("mine.json (evaluation, llama-3.1-8b)");
        assertThat(answer.at("/before/score").asDouble()).isPositive();
        assertThat(answer.at("/after/candidate").asText()).startsWith("nvidia-rtx-4090");
        assertThat(answer.at("/causes").findValuesAsText("what")).contains("fit", "budget");
        assertThat(answer.at("/causes").toString()).contains("rules/policy.xlsx Weights!E2 budget: 35 → 30");

        parts.put("for\"; filename=\"mine.json", "{\"workload\": {}}".getBytes(StandardCharsets.UTF_8));
        HttpResponse<byte[]> refused = postForm("/rules/policy/preview", parts);
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(json(refused).at("/errors/0/at").asText()).isEqualTo("/workload/type");
    }

    private HttpResponse<byte[]> postForm(String path, Map<String, byte[]> parts) throws Exception {
        ByteArrayOutputStream form = new ByteArrayOutputStream();
        for (Map.Entry<String, byte[]> part : parts.entrySet()) {
            form.writeBytes(("--frame\r\nContent-Disposition: form-data; name=\"" + part.getKey() + "\"\r\n\r\n")
                    .getBytes(StandardCharsets.UTF_8));
            form.writeBytes(part.getValue());
            form.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
        }
        form.writeBytes("--frame--\r\n".getBytes(StandardCharsets.UTF_8));
        return server.send(server.request(path)
                .header("Content-Type", "multipart/form-data; boundary=frame")
                .header("Accept", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(form.toByteArray()))
                .build());
    }

    @Test
    void a_preview_comes_as_a_workbook_or_as_the_upload_with_its_problems_marked() throws Exception {
        byte[] wrong = edited(
                Workspace.POLICY, book -> cell(book, "Budget", "Points", 2).setCellValue("a lot"));

        byte[] preview = server.send(server.request("/rules/policy/preview")
                        .header("Accept", MediaTypes.WORKBOOK)
                        .POST(HttpRequest.BodyPublishers.ofByteArray(wrong))
                        .build())
                .body();
        byte[] marked = server.post("/rules/policy/preview?marked=true", "application/octet-stream", wrong)
                .body();

        try (XSSFWorkbook book = new XSSFWorkbook(new ByteArrayInputStream(preview))) {
            assertThat(book.getSheet("Summary")).isNotNull();
            assertThat(book.getSheet("Problems").getRow(1).getCell(0).getStringCellValue())
                    .startsWith("rules/policy.xlsx Budget!");
        }
        try (XSSFWorkbook book = new XSSFWorkbook(new ByteArrayInputStream(marked))) {
            assertThat(cell(book, "Budget", "Points", 2)
                            .getCellComment()
                            .getString()
                            .getString())
                    .isNotBlank();
        }
    }

    @Test
    void what_is_kept_is_what_was_sent_of_one_answer_and_of_each_in_a_batch() throws Exception {
        JsonNode one = json(server.decide(REQUEST));
        JsonNode batch = json(server.decide("[" + REQUEST + ", {}, " + REQUEST + "]"));
        for (JsonNode sent : List.of(one, batch.get(0), batch.get(2))) {
            JsonNode kept =
                    json(server.get("/decisions/" + sent.at("/decisionId").asText()));
            assertThat(kept.get("answer")).isEqualTo(sent);
        }
        assertThat(batch.at("/1/status").asInt()).isEqualTo(422);
        assertThat(new String(server.decide("[]").body(), StandardCharsets.UTF_8))
                .isEqualTo("[]");
    }

    @Test
    void a_decision_is_kept_and_can_be_made_again_under_its_own_version() throws Exception {
        JsonNode decision = decide("");
        String id = decision.at("/decisionId").asText();
        put("/rules/policy", edited(Workspace.POLICY, KnowledgeTest::lowerTheFirstPointsOfBudget), "*");

        JsonNode kept = json(server.get("/decisions/" + id));
        JsonNode replay = json(server.post("/decisions/" + id + "/replay", "application/json", new byte[0]));

        assertThat(kept.at("/answer")).isEqualTo(decision);
        assertThat(kept.at("/request/workload/model").asText()).isEqualTo("llama-3.1-8b");
        assertThat(replay.at("/same").asBoolean()).as(replay.toString()).isTrue();
        assertThat(server.get("/decisions/unknown").statusCode()).isEqualTo(404);
    }

    @Test
    void decisions_of_a_workbook_can_be_made_again_too() throws Exception {
        JsonNode answers =
                json(server.postForm("file", "two.xlsx", ServerUnderTest.twoWorkloads(), "application/json"));

        for (JsonNode answer : answers) {
            String id = answer.at("/decisionId").asText();
            JsonNode replay = json(server.post("/decisions/" + id + "/replay", "application/json", new byte[0]));
            assertThat(replay.at("/same").asBoolean()).as(replay.toString()).isTrue();
        }
        assertThat(answers).hasSize(2);
    }

    @Test
    void rules_are_shown_and_never_taken() throws Exception {
        JsonNode rules = json(server.get("/rules"));
        assertThat(rules.at("/rules/0/at").asText()).contains(".drl:");
        assertThat(rules.at("/tables/0/rows")).isNotEmpty();

        HttpResponse<byte[]> put = put("/rules", "rule \"x\" when then end".getBytes(StandardCharsets.UTF_8), "*");
        assertThat(put.statusCode()).isIn(404, 405);
    }

    @Test
    void rules_are_shown_in_the_order_of_sheets_and_of_files_and_lines() throws Exception {
        JsonNode rules = json(server.get("/rules"));
        assertThat(rules.at("/tables").findValuesAsText("step"))
                .containsExactly(
                        "fit",
                        "workload-type",
                        "concurrency",
                        "budget",
                        "model-availability",
                        "team-expertise",
                        "model-quality");
        assertThat(rules.at("/rules").findValuesAsText("at"))
                .isSortedAccordingTo(Comparator.comparing((String at) -> at.replaceFirst(":\\d+$", ""))
                        .thenComparing(at -> Integer.valueOf(at.replaceFirst(".*:", ""))));
    }

    @Test
    void after_a_restart_the_last_good_version_answers_although_the_folder_is_broken() throws Exception {
        String before = version();
        server.close();
        Files.writeString(folder.resolve("rules/fit.drl"), "no rules at all");
        server = new ServerUnderTest(folder, LIMITS);

        assertThat(version()).isEqualTo(before);
        assertThat(json(server.get("/status")).has("notInForce")).isTrue();
    }

    @Test
    void what_was_saved_while_nobody_looked_has_to_hold_its_cases_too() throws Exception {
        String before = version();
        server.close();
        edit(Workspace.POLICY, KnowledgeTest::preferNothingButTheBudget);
        server = new ServerUnderTest(folder, LIMITS);

        assertThat(version()).isEqualTo(before);
        assertThat(json(server.get("/status")).at("/notInForce/failedCases")).isNotEmpty();
    }

    private JsonNode activate(String version) throws Exception {
        HttpResponse<byte[]> answer = server.send(server.request("/versions/" + version + "/activate?reason=test")
                .header("If-Match", "*")
                .POST(HttpRequest.BodyPublishers.noBody())
                .build());
        assertThat(answer.statusCode()).isEqualTo(200);
        return json(answer);
    }

    private JsonNode decide(String query) throws Exception {
        return json(server.post("/decide" + query, "application/json", REQUEST.getBytes(StandardCharsets.UTF_8)));
    }

    private String version() throws Exception {
        return json(server.get("/status")).at("/versions/workspace").asText();
    }

    private JsonNode await(Predicate<JsonNode> holds) throws Exception {
        Instant end = Instant.now().plus(Duration.ofSeconds(30));
        while (Instant.now().isBefore(end)) {
            JsonNode status = json(server.get("/status"));
            if (holds.test(status)) {
                return status;
            }
            Thread.sleep(50);
        }
        throw new AssertionError("Nothing happened: " + json(server.get("/status")));
    }

    private HttpResponse<byte[]> put(String path, byte[] body, String ifMatch) throws Exception {
        HttpRequest.Builder request = server.request(path)
                .header("Content-Type", "application/octet-stream")
                .PUT(HttpRequest.BodyPublishers.ofByteArray(body));
        if (ifMatch != null) {
            request.header("If-Match", ifMatch);
        }
        return server.send(request.build());
    }

    private void edit(String file, Consumer<XSSFWorkbook> change) throws IOException {
        Files.write(folder.resolve(file), edited(file, change));
    }

    private byte[] edited(String file, Consumer<XSSFWorkbook> change) throws IOException {
        try (XSSFWorkbook book = new XSSFWorkbook(new ByteArrayInputStream(Files.readAllBytes(folder.resolve(file))));
                ByteArrayOutputStream bytes = new ByteArrayOutputStream()) {
            change.accept(book);
            book.write(bytes);
            return bytes.toByteArray();
        }
    }

    /** Owned hardware gets 99 points for its budget: cases do not look at points. */
    private static void lowerTheFirstPointsOfBudget(XSSFWorkbook book) {
        XSSFSheet sheet = book.getSheet("Budget");
        for (int row = 1; row <= sheet.getLastRowNum(); row++) {
            Cell cell = cell(book, "Budget", "Points", row);
            if (cell.getCellType() == CellType.NUMERIC && cell.getNumericCellValue() > 50) {
                cell.setCellValue(cell.getNumericCellValue() - 0.25);
            }
        }
    }

    private static void takeMemoryFromEveryH100(XSSFWorkbook book) {
        for (int row = 1; row <= book.getSheet("Hardware").getLastRowNum(); row++) {
            if (cell(book, "Hardware", "Id", row).toString().startsWith("nvidia-h100-")) {
                cell(book, "Hardware", "Memory (GiB)", row).setCellValue(24);
            }
        }
    }

    private static void dropCases(XSSFWorkbook book, List<String> ids) {
        XSSFSheet sheet = book.getSheet("Cases");
        for (int row = sheet.getLastRowNum(); row > 0; row--) {
            if (sheet.getRow(row) != null
                    && ids.contains(cell(book, "Cases", "Id", row).toString())) {
                sheet.removeRow(sheet.getRow(row));
            }
        }
    }

    static void preferNothingButTheBudget(XSSFWorkbook book) {
        for (String sheet : new String[] {"Fit", "Workload type", "Concurrency"}) {
            for (int row = 1; row <= book.getSheet(sheet).getLastRowNum(); row++) {
                Cell cell = cell(book, sheet, "Points", row);
                if (cell.getCellType() == CellType.NUMERIC) {
                    cell.setCellValue(0);
                }
            }
        }
    }

    private static Cell cell(XSSFWorkbook book, String sheet, String column, int row) {
        Row header = book.getSheet(sheet).getRow(0);
        for (Cell cell : header) {
            if (cell.getStringCellValue().equals(column)) {
                return book.getSheet(sheet)
                        .getRow(row)
                        .getCell(cell.getColumnIndex(), Row.MissingCellPolicy.CREATE_NULL_AS_BLANK);
            }
        }
        throw new AssertionError("No column " + column + " in " + sheet);
    }
}
