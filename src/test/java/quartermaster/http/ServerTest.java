package quartermaster.http;

import static org.assertj.core.api.Assertions.assertThat;
import static quartermaster.http.ServerUnderTest.LIMITS;
import static quartermaster.http.ServerUnderTest.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import quartermaster.TestWorkspace;
import quartermaster.workbook.read.EndlessWork;

class ServerTest {
    private static final String EVALUATION = """
            {"workload": {"type": "evaluation", "name": "trial"}, "limit": 2, "explain": "none",
             "candidates": [{"hardware": "nvidia-rtx-4090"}, {"hardware": "mac-mini-m5-pro-16c-gpu-48gb"}]}""".replace("\n", " ");

    @AutoClose
    private static ServerUnderTest server = new ServerUnderTest(LIMITS);

    @Test
    void a_request_is_answered() throws Exception {
        HttpResponse<byte[]> response =
                server.decide("{\"workload\": {\"type\": \"evaluation\", \"name\": \"trial\"}, \"explain\": \"none\"}");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(header(response, "Content-Type")).isEqualTo("application/json");
        assertThat(header(response, "Cache-Control")).isEqualTo("no-store");
        assertThat(header(response, "X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(header(response, "Server-Timing"))
                .matches("read;dur=[\\d.]+, decide;dur=[\\d.]+, advise;dur=[\\d.]+, write;dur=[\\d.]+");
        assertThat(json(response).get("outcome").asText()).isEqualTo("recommended");
        assertThat(json(response).get("asOf").asText()).isEqualTo("2026-11-22");
        assertThat(json(response).at("/workload/name").asText()).isEqualTo("trial");
    }

    @Test
    void nothing_fits_is_an_answer() throws Exception {
        HttpResponse<byte[]> response = server.decide("""
                {"workload": {"type": "production", "model": "llama-3.1-70b"},
                 "candidates": [{"hardware": "nvidia-rtx-3090", "devices": 1, "quantization": "bf16"}]}
                """);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(json(response).get("outcome").asText()).isEqualTo("nothing-suitable");
    }

    @Test
    void a_sweep_is_a_line_for_each_point_and_one_that_ends_it() throws Exception {
        String body = "{\"request\": " + EVALUATION + ", \"vary\": {\"concurrency\": \"1..8\", \"offline\": true}}";
        HttpResponse<byte[]> response =
                server.post("/sweeps", "application/json", body.getBytes(StandardCharsets.UTF_8));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(header(response, "Content-Type")).isEqualTo("application/x-ndjson");
        String[] lines = new String(response.body(), StandardCharsets.UTF_8).split("\n");
        assertThat(lines).hasSize(5);
        assertThat(lines[3]).contains("\"point\":3", "\"workload.concurrency\":8", "\"constraints.offline\":true");
        assertThat(lines[4]).startsWith("{").contains("\"points\":4", "\"versions\":");
        String rest = body.replace("\"vary\"", "\"from\": 3, \"vary\"");
        response = server.post("/sweeps", "application/json", rest.getBytes(StandardCharsets.UTF_8));
        assertThat(new String(response.body(), StandardCharsets.UTF_8).split("\n")[0])
                .isEqualTo(lines[3]);
    }

    @Test
    void a_sweep_that_makes_no_sense_is_422_with_every_problem() throws Exception {
        String body = "{\"request\": {\"workload\": {\"typ\": 1}}, \"vry\": {}}";
        HttpResponse<byte[]> response =
                server.post("/sweeps", "application/json", body.getBytes(StandardCharsets.UTF_8));
        assertProblem(response, 422);
        assertThat(pointers(response)).contains("/request/workload/typ", "/vry");
        body = "{\"request\": " + EVALUATION + ", \"vary\": {\"concurency\": 3, \"offline\": 7}}";
        response = server.post("/sweeps", "application/json", body.getBytes(StandardCharsets.UTF_8));
        assertProblem(response, 422);
        assertThat(pointers(response)).containsExactlyInAnyOrder("/vary/concurency", "/vary/offline");
    }

    @Test
    void an_array_is_a_batch_of_answers_and_problems() throws Exception {
        HttpResponse<byte[]> response =
                server.decide("[" + EVALUATION + ", {\"workload\": {\"typ\": \"batch\"}}, " + EVALUATION + "]");
        assertThat(response.statusCode()).isEqualTo(200);
        JsonNode batch = json(response);
        assertThat(batch).hasSize(3);
        assertThat(batch.at("/0/outcome").asText()).isEqualTo("recommended");
        assertThat(batch.at("/1/status").asInt()).isEqualTo(422);
        assertThat(batch.at("/1/errors")).hasSize(2);
        assertThat(batch.at("/2/outcome").asText()).isEqualTo("recommended");
    }

    @Test
    void a_request_that_is_understood_and_wrong_is_422_with_every_problem() throws Exception {
        HttpResponse<byte[]> response =
                server.decide("{\"workload\": {\"type\": \"prodution\"}, \"budgt\": {}, \"limit\": \"5\"}");
        assertProblem(response, 422);
        assertThat(pointers(response)).containsExactlyInAnyOrder("/workload/type", "/budgt", "/limit");
    }

    @Test
    void what_the_catalogue_does_not_have_is_422_too() throws Exception {
        HttpResponse<byte[]> response =
                server.decide("{\"workload\": {\"type\": \"batch\", \"model\": \"lama-3.1-70b\", \"inputTokens\": 0}}");
        assertProblem(response, 422);
        assertThat(pointers(response)).containsExactlyInAnyOrder("/workload/model", "/workload/inputTokens");
    }

    @Test
    void bad_json_is_400_with_its_line() throws Exception {
        HttpResponse<byte[]> response = server.decide("{\"workload\":\n {\"type\" 5}}");
        assertProblem(response, 400);
        assertThat(json(response).get("detail").asText()).startsWith("Line 2, column ");
        assertProblem(server.decide(""), 400);
    }

    @ParameterizedTest
    @CsvSource({"text/plain", "application/x-www-form-urlencoded", "application/xml"})
    void another_content_type_is_415(String type) throws Exception {
        assertProblem(server.post("/decide", type, EVALUATION.getBytes(StandardCharsets.UTF_8)), 415);
    }

    @Test
    void a_compressed_request_is_415() throws Exception {
        HttpRequest request = server.request("/decide")
                .header("Content-Type", "application/json")
                .header("Content-Encoding", "gzip")
                .POST(HttpRequest.BodyPublishers.ofString(EVALUATION))
                .build();
        assertProblem(server.send(request), 415);
    }

    @Test
    void a_request_without_content_type_is_415() throws Exception {
        HttpRequest request = server.request("/decide")
                .POST(HttpRequest.BodyPublishers.ofString(EVALUATION))
                .build();
        assertProblem(server.send(request), 415);
    }

    @Test
    void a_request_that_is_too_large_is_413_with_or_without_its_length() throws Exception {
        byte[] large = new byte[LIMITS.jsonBytes() + 1];
        assertProblem(server.post("/decide", "application/json", large), 413);
        HttpRequest chunked = server.request("/decide")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(large)))
                .build();
        assertProblem(server.send(chunked), 413);
    }

    @Test
    void an_uploaded_workbook_comes_back() throws Exception {
        byte[] workbook = ServerUnderTest.twoWorkloads();
        HttpResponse<byte[]> response = server.post("/workbooks", "application/octet-stream", workbook);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(header(response, "Content-Type"))
                .isEqualTo("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
        assertThat(header(response, "Content-Disposition"))
                .isEqualTo("attachment; filename=\"candidates-scored.xlsx\"; filename*=UTF-8''candidates-scored.xlsx");
        assertThat(header(response, "Server-Timing")).contains("score;dur=");
        assertThat(response.body()).startsWith('P', 'K');
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "application/x-www-form-urlencoded", "application/json", MediaTypes.WORKBOOK})
    void a_raw_workbook_may_have_any_content_type(String type) throws Exception {
        HttpResponse<byte[]> response = server.post("/workbooks", type, ServerUnderTest.twoWorkloads());
        assertThat(response.statusCode()).isEqualTo(200);
    }

    @Test
    void a_form_with_a_file_does_the_same_and_keeps_its_name() throws Exception {
        HttpResponse<byte[]> response =
                server.postForm("file", "Büro \"7\".xlsx", ServerUnderTest.twoWorkloads(), "*/*");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(header(response, "Content-Disposition"))
                .contains("filename*=UTF-8''B%C3%BCro%207-scored.xlsx")
                .contains("filename=\"B_ro 7-scored.xlsx\"");
    }

    @Test
    void json_instead_of_the_workbook_is_an_array_of_answers() throws Exception {
        HttpResponse<byte[]> response =
                server.postForm("file", "two.xlsx", ServerUnderTest.twoWorkloads(), "application/json");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(header(response, "Content-Type")).isEqualTo("application/json");
        assertThat(json(response)).hasSize(2);
        assertThat(json(response).at("/0/workload/name").asText()).isEqualTo("first");
        assertThat(json(response).at("/1/workload/name").asText()).isEqualTo("second");
        assertThat(json(response).at("/0/problems").isMissingNode()).isTrue();
    }

    @Test
    void bad_rows_stop_no_other_row_and_are_listed() throws Exception {
        HttpResponse<byte[]> response = server.postForm(
                "file", "bad.xlsx", ServerUnderTest.oneOfTwoWorkloadsHasTextInATokenCount(), "application/json");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(json(response)).hasSize(1);
        assertThat(json(response).at("/0/workload/name").asText()).isEqualTo("second");
        assertThat(json(response).at("/0/problems/0/at").asText()).isEqualTo("Workload!D2");
    }

    @Test
    void a_file_that_is_no_workbook_is_refused_by_what_it_is() throws Exception {
        assertProblem(server.post("/workbooks", "", "%PDF-1.7".getBytes(StandardCharsets.UTF_8)), 415);
        assertProblem(server.post("/workbooks", "text/csv", "a;b\n1;2\n".getBytes(StandardCharsets.UTF_8)), 422);
        byte[] whole = ServerUnderTest.twoWorkloads();
        assertProblem(server.post("/workbooks", "", java.util.Arrays.copyOf(whole, whole.length / 2)), 422);
        assertProblem(server.post("/workbooks", "", new byte[0]), 422);
    }

    @Test
    void a_workbook_that_is_too_large_is_413_raw_and_in_a_form() throws Exception {
        byte[] large = new byte[LIMITS.workbookBytes() + 1];
        assertProblem(server.post("/workbooks", "application/octet-stream", large), 413);
        assertProblem(server.postForm("file", "large.xlsx", large, "*/*"), 413);
        assertProblem(server.postForm("file", "large.xlsx", new byte[LIMITS.workbookBytes() + 200_000], "*/*"), 413);
        assertProblem(server.postChunkedForm("file", "large.xlsx", new byte[LIMITS.workbookBytes() + 200_000]), 413);
        try (Stream<java.nio.file.Path> left = Files.list(server.uploadFolder())) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void uploads_leave_no_files_behind() throws Exception {
        byte[] spilt = new byte[1_500_000];
        assertProblem(server.postForm("file", "zeros.xlsx", spilt, "*/*"), 415);
        assertProblem(server.postForm("other", "zeros.xlsx", spilt, "*/*"), 422);
        try (Stream<java.nio.file.Path> left = Files.list(server.uploadFolder())) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void a_form_without_its_file_or_its_boundary_is_refused() throws Exception {
        assertProblem(server.postForm("datei", "two.xlsx", new byte[10], "*/*"), 422);
        assertProblem(server.post("/workbooks", "multipart/form-data", new byte[10]), 400);
        assertProblem(server.post("/workbooks", "multipart/form-data; boundary=x", new byte[10]), 400);
    }

    @Test
    void who_is_refused_before_the_end_of_the_body_learns_that_the_connection_ends() throws Exception {
        HttpResponse<byte[]> broken = server.post("/workbooks", "multipart/form-data; boundary=x", new byte[10]);
        assertThat(header(broken, "Connection")).isEqualToIgnoringCase("close");
        HttpResponse<byte[]> wrongType = server.post("/decide", "text/plain", new byte[10]);
        assertThat(header(wrongType, "Connection")).isEqualToIgnoringCase("close");
        assertThat(header(server.decide("{}"), "Connection")).isEmpty();
    }

    @Test
    void the_template_is_a_workbook() throws Exception {
        HttpResponse<byte[]> response = server.get("/workbooks/template.xlsx");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(header(response, "Content-Disposition")).contains("filename=\"candidates.xlsx\"");
        assertThat(response.body()).startsWith('P', 'K');
    }

    @Test
    void operators_learn_how_it_is() throws Exception {
        assertThat(json(server.get("/health/live")).get("status").asText()).isEqualTo("live");
        assertThat(json(server.get("/health/ready")).get("status").asText()).isEqualTo("ready");
        JsonNode status = json(server.get("/status"));
        assertThat(status.at("/versions/rules").asText()).startsWith("sha256:");
        assertThat(status.get("rulesInForce").asInt())
                .isPositive()
                .isEqualTo(status.get("rules").size());
        assertThat(status.get("uptimeSeconds").isIntegralNumber()).isTrue();
    }

    @Test
    void before_the_first_good_version_it_is_alive_and_not_ready() throws Exception {
        try (ServerUnderTest empty = ServerUnderTest.withoutVersion()) {
            assertThat(empty.get("/health/live").statusCode()).isEqualTo(200);
            assertProblem(empty.get("/health/ready"), 503);
            assertProblem(empty.decide(EVALUATION), 503);
            assertThat(json(empty.get("/status")).get("status").asText()).isEqualTo("not-ready");
        }
    }

    @Test
    void what_does_not_exist_is_404_and_what_is_not_offered_405() throws Exception {
        assertProblem(server.get("/decisions-to-come"), 404);
        HttpResponse<byte[]> response = server.get("/decide");
        assertProblem(response, 405);
        assertThat(header(response, "Allow")).isEqualTo("POST");
    }

    @Test
    void a_failure_of_the_program_is_500_without_its_inside() throws Exception {
        try (ServerUnderTest failing = ServerUnderTest.thatFails()) {
            HttpResponse<byte[]> response = failing.post("/workbooks", "", new byte[10]);
            assertProblem(response, 500);
            assertThat(new String(response.body(), StandardCharsets.UTF_8))
                    .doesNotContain("Exception", "secret", "at ");
        }
    }

    @Test
    void too_many_workbooks_at_once_are_asked_to_come_back() throws Exception {
        try (ServerUnderTest busy = ServerUnderTest.thatTakesItsTime()) {
            var first = busy.postLater("/workbooks", new byte[10]);
            busy.awaitScoring();
            HttpResponse<byte[]> second = busy.post("/workbooks", "", new byte[10]);
            assertProblem(second, 503);
            assertThat(header(second, "Retry-After")).isEqualTo("30");
            busy.endScoring();
            assertThat(first.get().statusCode()).isEqualTo(200);
        }
    }

    @Test
    void while_work_goes_on_after_its_deadline_only_uploads_are_asked_to_come_back() throws Exception {
        byte[] workbook = ServerUnderTest.twoWorkloads();
        try (EndlessWork endless = new EndlessWork(2)) {
            assertThat(endless).isNotNull();
            HttpResponse<byte[]> refused = server.post("/workbooks", "", workbook);
            assertProblem(refused, 503);
            assertThat(header(refused, "Retry-After")).isEqualTo("30");
            assertThat(server.decide(EVALUATION).statusCode()).isEqualTo(200);
        }
        try (EndlessWork one = new EndlessWork(1)) { // which may never end
            assertThat(one).isNotNull();
            assertThat(server.post("/workbooks", "", workbook).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void a_running_request_ends_before_the_service_does() throws Exception {
        ServerUnderTest closing = ServerUnderTest.thatTakesItsTime();
        var running = closing.postLater("/workbooks", new byte[10]);
        closing.awaitScoring();
        Thread stop = new Thread(closing::close);
        stop.start();
        while (closing.takesRequests()) {
            Thread.onSpinWait();
        }
        closing.endScoring();
        assertThat(running.get().statusCode()).isEqualTo(200);
        stop.join();
    }

    @Test
    void what_is_hardly_http_is_a_problem_document_too() throws Exception {
        assertThat(server.raw("GET /status HTTP/1.1\r\nHost: x\r\nX-Long: " + "x".repeat(20_000) + "\r\n\r\n"))
                .contains(" 431 ")
                .contains("application/problem+json")
                .doesNotContain("<html");
        assertThat(server.raw("GET /%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
                .contains(" 400 ")
                .contains("application/problem+json");
    }

    @Test
    void it_listens_on_the_loopback_address_and_says_nothing_of_its_maker() throws Exception {
        assertThat(server.get("/status").headers().firstValue("Server")).isEmpty();
        assertThat(server.uri("/status").getHost()).isEqualTo("127.0.0.1");
    }

    private static void assertProblem(HttpResponse<byte[]> response, int status) throws Exception {
        String body = new String(response.body(), StandardCharsets.UTF_8);
        assertThat(response.statusCode()).as(body).isEqualTo(status);
        assertThat(header(response, "Content-Type")).isEqualTo("application/problem+json");
        assertThat(header(response, "X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(header(response, "Cache-Control")).isEqualTo("no-store");
        assertThat(json(response).get("status").asInt()).isEqualTo(status);
        assertThat(json(response).get("type").asText()).startsWith("urn:quartermaster:problem:");
        assertThat(json(response).get("title").asText()).isNotEmpty();
        assertThat(json(response).get("detail").asText()).isNotEmpty();
        assertThat(json(response).get("errors")).isNotEmpty();
    }

    private static List<String> pointers(HttpResponse<byte[]> response) throws Exception {
        List<String> pointers = new ArrayList<>();
        json(response)
                .get("errors")
                .forEach(error -> pointers.add(error.get("at").asText()));
        return pointers;
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    @Test
    void a_long_workbook_becomes_a_job_with_a_result() throws Exception {
        byte[] upload = ServerUnderTest.manyCandidates(2_100);
        HttpResponse<byte[]> accepted = server.post("/workbooks", "application/octet-stream", upload);
        assertThat(accepted.statusCode()).isEqualTo(202);
        String path = accepted.headers().firstValue("Location").orElseThrow();
        JsonNode job = awaitEnd(path);
        assertThat(job.at("/status").asText()).isEqualTo("done");
        assertThat(job.at("/candidates").asInt()).isEqualTo(2_100);
        HttpResponse<byte[]> result = server.get(job.at("/result").asText());
        assertThat(result.statusCode()).isEqualTo(200);
        try (XSSFWorkbook book = new XSSFWorkbook(new ByteArrayInputStream(result.body()))) {
            assertThat(book.getSheet("Candidates").getLastRowNum()).isEqualTo(2_100);
            assertThat(book.getSheet("Recommendations")).isNotNull();
        }
        HttpResponse<byte[]> json = server.send(server.request(path + "/result")
                .header("Accept", "application/json")
                .build());
        assertThat(json(json).at("/0/outcome").asText()).isEqualTo("recommended");
        assertThat(server.send(server.request(path).DELETE().build()).statusCode())
                .isEqualTo(204);
        assertProblem(server.get(path), 404);
        assertThat(server.uploadFolder()).isEmptyDirectory();
    }

    @Test
    void a_long_workbook_and_a_key_outlive_the_service() throws Exception {
        Path folder = TestWorkspace.copy();
        byte[] upload = ServerUnderTest.manyCandidates(20_000);
        String path;
        byte[] decided;
        try (ServerUnderTest first = new ServerUnderTest(folder, LIMITS)) {
            decided = decideWithKey(first).body();
            HttpResponse<byte[]> accepted = first.post("/workbooks", "application/octet-stream", upload);
            path = accepted.headers().firstValue("Location").orElseThrow();
            while (!json(first.get(path)).at("/status").asText().equals("running")) {
                Thread.sleep(20);
            }
        }
        try (ServerUnderTest second = new ServerUnderTest(folder, LIMITS)) {
            HttpResponse<byte[]> again = decideWithKey(second);
            assertThat(again.headers().firstValue("Idempotency-Replayed")).contains("true");
            assertThat(again.body()).isEqualTo(decided);
            while (List.of("waiting", "running")
                    .contains(json(second.get(path)).at("/status").asText())) {
                Thread.sleep(50);
            }
            assertThat(json(second.get(path)).at("/candidates").asInt()).isEqualTo(20_000);
            assertThat(json(second.get("/decisions")).at("/decisions")).hasSize(2);
        }
    }

    private static HttpResponse<byte[]> decideWithKey(ServerUnderTest at) throws Exception {
        return at.send(at.request("/decide")
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", "over-a-restart")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"workload\": {\"type\": \"evaluation\", \"model\": \"llama-3.1-8b\"},"
                                + " \"candidates\": [{\"hardware\": \"nvidia-rtx-4090\"}], \"explain\": \"none\"}"))
                .build());
    }

    private JsonNode awaitEnd(String path) throws Exception {
        JsonNode job = json(server.get(path));
        while (List.of("waiting", "running").contains(job.at("/status").asText())) {
            if (!job.has("result")) {
                assertThat(server.get(path + "/result").statusCode()).isIn(409, 200);
            }
            Thread.sleep(50);
            job = json(server.get(path));
        }
        return job;
    }
}
