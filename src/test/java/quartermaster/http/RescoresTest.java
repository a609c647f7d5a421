package quartermaster.http;

import static org.assertj.core.api.Assertions.assertThat;
import static quartermaster.http.ServerUnderTest.LIMITS;
import static quartermaster.http.ServerUnderTest.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import quartermaster.TestWorkspace;
import quartermaster.access.Keys;
import quartermaster.http.guard.Door;
import quartermaster.json.RescoreLines;
import quartermaster.ledger.DecisionLog;
import quartermaster.ledger.JobState;
import quartermaster.ledger.KeptDecision;
import quartermaster.ledger.KeptRescore;
import quartermaster.ledger.Ledger;
import quartermaster.ledger.Manifest;
import quartermaster.unit.Digests;
import quartermaster.workbook.read.Workbooks;
import quartermaster.workspace.Workspace;

/** The log under a draft, as a job that outlives whoever works on it. */
@Timeout(300)
class RescoresTest {
    private static final int DECISIONS = 70;
    private static final String REQUEST = "{\"workload\": {\"type\": \"internal-tool\", \"model\": \"llama-3.1-8b\"},"
            + " \"candidates\": [{\"hardware\": \"nvidia-rtx-4090\"}, {\"hardware\": \"nvidia-h100-sxm-80gb\"}]}";

    private static final byte[] DRAFT = draft();

    private static ServerUnderTest server;
    private static Ledger ledger;
    private static List<KeptDecision> decisions;

    @BeforeAll
    static void start() throws Exception {
        server = new ServerUnderTest(TestWorkspace.copy(), LIMITS, new Door(List.of(), Keys.NONE, null, null));
        String id = json(server.decide(REQUEST)).at("/decisionId").asText();
        ledger = Ledger.open(server.folder().resolve(Workspace.OWN));
        KeptDecision first = ledger.findDecision(id).orElseThrow();
        decisions = IntStream.range(0, DECISIONS - 1)
                .mapToObj(i -> new KeptDecision(
                        String.format("copy %03d", i),
                        first.createdAt().minusSeconds(DECISIONS - i),
                        first.versionId(),
                        first.request(),
                        first.answer(),
                        first.asOf(),
                        Duration.ofMillis(1),
                        null))
                .toList();
        decisions.forEach(ledger::record);
        ledger.flush();
    }

    @AfterAll
    static void stop() {
        ledger.close();
        server.close();
    }

    @Test
    void the_whole_log_is_decided_again_and_told_as_lines_or_as_a_workbook() throws Exception {
        HttpResponse<byte[]> begun = server.postFormTo("/rescores", "policy", DRAFT);
        assertThat(begun.statusCode())
                .as(new String(begun.body(), StandardCharsets.UTF_8))
                .isEqualTo(202);
        String job = begun.headers().firstValue("Location").orElseThrow();
        assertThat(json(begun).at("/of").asInt()).isEqualTo(DECISIONS);

        JsonNode done = await(job);
        assertThat(done.at("/status").asText()).isEqualTo("done");
        assertThat(done.at("/percent").asInt()).isEqualTo(100);
        assertThat(done.at("/sums/decisions").asInt()).isEqualTo(DECISIONS);
        assertThat(done.at("/sums/otherWinners").asInt()).isEqualTo(DECISIONS);
        List<String> lines = lines(server.get(job + "/result"));
        assertThat(RescoreLines.Head.parse(lines.get(0)).orElseThrow().before())
                .isEqualTo(decisions.get(0).versionId());
        assertThat(ids(lines)).hasSize(DECISIONS).doesNotHaveDuplicates().startsWith("copy 000");
        HttpResponse<byte[]> workbook = server.send(server.request(job + "/result")
                .header("Accept", MediaTypes.WORKBOOK)
                .build());
        try (XSSFWorkbook book = new XSSFWorkbook(new ByteArrayInputStream(workbook.body()))) {
            assertThat(book.getSheet("Other winners").getLastRowNum()).isEqualTo(DECISIONS);
        }
        assertThat(server.send(server.request(job).DELETE().build()).statusCode())
                .isEqualTo(204);
        assertThat(server.get(job).statusCode()).isEqualTo(404);
    }

    @Test
    void what_a_killed_service_has_begun_is_gone_on_with_and_nothing_is_there_twice() throws Exception {
        int before = 64;
        KeptDecision last = decisions.get(before - 1);
        Instant longAgo = Instant.now().minusSeconds(9_999);
        KeptRescore job = new KeptRescore(
                "rescore-of-a-killed-one",
                longAgo,
                null,
                last.versionId(),
                Manifest.of(Map.of(Workspace.POLICY, Digests.of(DRAFT))),
                Instant.EPOCH,
                Instant.now().plusSeconds(9_999),
                JobState.CANCELLED, // until all of it is there
                0,
                DECISIONS,
                0,
                null,
                null);
        List<String> found = decisions.stream()
                .limit(before)
                .map(each -> "{\"decisionId\": \"" + each.id() + "\", \"decidedAt\": \"" + each.createdAt() + "\"}")
                .toList();
        boolean isThere = ledger.rescores(jobs -> {
            jobs.add(job, Map.of(Digests.of(DRAFT), DRAFT));
            return true;
        });
        assertThat(isThere).isTrue();
        begunByAKilledOne(job.id(), found, DecisionLog.Position.of(last));

        assertThat(await("/jobs/" + job.id()).at("/status").asText()).isEqualTo("done");
        List<String> lines = lines(server.get("/jobs/" + job.id() + "/result"));
        assertThat(ids(lines)).hasSize(DECISIONS).doesNotHaveDuplicates();
        assertThat(lines.subList(1, before + 1)).isEqualTo(found);
    }

    /** As if it had died in the middle: its lease is over. */
    private static void begunByAKilledOne(String id, List<String> lines, DecisionLog.Position last) throws Exception {
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:sqlite:" + server.folder().resolve(Workspace.OWN).resolve(Ledger.FILE));
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA busy_timeout = 5000");
            statement.execute(
                    "UPDATE rescore SET state = 'running', owner = 'killed', lease_until = '9999' WHERE id = '" + id
                            + "'");
        }
        assertThat(ledger.<Boolean>rescores(jobs ->
                        jobs.add(id, "killed", 0, lines, last, Instant.now().minusSeconds(9_999))))
                .isTrue();
    }

    @Test
    void a_draft_that_cannot_decide_and_what_is_no_draft_are_refused() throws Exception {
        byte[] broken = Workbooks.changed(policy(), book -> book.removeSheetAt(book.getSheetIndex("Budget")));
        assertThat(server.postFormTo("/rescores", "policy", broken).statusCode())
                .isEqualTo(422);
        assertThat(server.postFormTo("/rescores", "plan", policy()).statusCode())
                .isEqualTo(422);
        assertThat(server.post("/rescores", MediaTypes.WORKBOOK, policy()).statusCode())
                .isEqualTo(415);
        assertThat(server.post("/rescores?since=yesterday", "", new byte[0]).statusCode())
                .isEqualTo(422);
        assertThat(server.get("/jobs/rescore-none").statusCode()).isEqualTo(404);
    }

    @Test
    void without_a_draft_it_is_what_was_answered_that_is_compared() throws Exception {
        HttpResponse<byte[]> begun = server.post("/rescores?since=2020-01-01", "", new byte[0]);
        assertThat(begun.statusCode()).isEqualTo(202);
        JsonNode done = await(begun.headers().firstValue("Location").orElseThrow());
        assertThat(done.at("/sums/otherWinners").asInt()).isZero();
        assertThat(done.at("/sums/otherThanAnswered").asInt()).isZero();
        assertThat(done.at("/sums/decisions").asInt()).isEqualTo(DECISIONS);
    }

    private static JsonNode await(String job) throws Exception {
        while (true) {
            JsonNode now = json(server.get(job));
            if (!List.of("waiting", "running").contains(now.at("/status").asText())) {
                return now;
            }
            Thread.sleep(50);
        }
    }

    private static List<String> lines(HttpResponse<byte[]> answer) {
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains(MediaTypes.JSON_LINES);
        return new String(answer.body(), StandardCharsets.UTF_8).lines().toList();
    }

    private static List<String> ids(List<String> lines) {
        List<String> ids = new ArrayList<>();
        lines.forEach(line ->
                RescoreLines.Line.parse(line).map(RescoreLines.Line::decisionId).ifPresent(ids::add));
        return ids;
    }

    private static byte[] policy() {
        return TestWorkspace.loaded().files().find(Workspace.POLICY).orElseThrow();
    }

    /** What had many points has few. */
    private static byte[] draft() {
        return Workbooks.changed(policy(), book -> {
            for (String sheet : List.of("Fit", "Workload type", "Concurrency", "Budget")) {
                for (Cell head : book.getSheet(sheet).getRow(0)) {
                    if (head.toString().equals("Points")) {
                        book.getSheet(sheet).forEach(row -> turnRound(row.getCell(head.getColumnIndex())));
                    }
                }
            }
        });
    }

    private static void turnRound(Cell cell) {
        if (cell != null && cell.getCellType() == CellType.NUMERIC) {
            cell.setCellValue(100 - cell.getNumericCellValue());
        }
    }
}
