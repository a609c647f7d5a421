package quartermaster.http;

import static org.assertj.core.api.Assertions.assertThat;
import static quartermaster.http.ServerUnderTest.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.poi.ss.usermodel.Cell;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import quartermaster.Quartermaster;
import quartermaster.TestPostgres;
import quartermaster.TestWorkspace;
import quartermaster.ledger.DatabaseAddress;
import quartermaster.workbook.read.Workbooks;
import quartermaster.workspace.Workspace;

/** Several services that share a real PostgreSQL. */
@Timeout(300)
class ReplicasTest {
    private static final String REQUEST = "{\"workload\": {\"type\": \"evaluation\", \"model\": \"llama-3.1-8b\"},"
            + " \"candidates\": [{\"hardware\": \"nvidia-rtx-4090\"}], \"explain\": \"none\"}";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String url = TestPostgres.newDatabase();

    @Test
    void what_is_published_on_one_decides_on_the_other() throws Exception {
        try (ServerUnderTest one = replica();
                ServerUnderTest other = replica()) {
            String seen = tag(one);
            assertThat(tag(other)).isEqualTo(seen);

            HttpResponse<byte[]> published = publish(one, policy("published on the one"), seen);
            assertThat(published.statusCode()).isEqualTo(200);
            String now = published.headers().firstValue("ETag").orElseThrow();
            assertThat(now).isNotEqualTo(seen).isEqualTo(tag(one));
            await(other, now);
            JsonNode decision = json(other.decide(REQUEST));
            assertThat("\"" + decision.at("/versions/workspace").asText() + "\"")
                    .isEqualTo(now);
            assertThat(decision.has("kept")).isFalse();
            assertThat(json(one.get("/decisions/" + decision.at("/decisionId").asText()))
                            .at("/answer"))
                    .as("one finds what the other has decided")
                    .isEqualTo(decision);
            assertThat(publish(other, policy("seen too late"), seen).statusCode())
                    .isEqualTo(412);

            HttpResponse<byte[]> back =
                    other.send(other.request("/versions/" + seen.replace("\"", "") + "/activate?reason=back")
                            .header("If-Match", now)
                            .POST(BodyPublishers.noBody())
                            .build());
            assertThat(back.statusCode()).isEqualTo(200);
            await(one, seen);
            JsonNode versions = json(one.get("/versions")).at("/versions");
            assertThat(versions)
                    .hasSize(2)
                    .filteredOn(each -> each.at("/inForce").asBoolean())
                    .hasSize(1);
            assertThat(json(one.get("/status")).at("/ledger/database").asText()).startsWith("jdbc:postgresql://");
        }
    }

    @Test
    void of_two_that_publish_at_the_same_time_one_is_refused() throws Exception {
        ExecutorService publishing = Executors.newFixedThreadPool(2);
        try (ServerUnderTest one = replica();
                ServerUnderTest other = replica()) {
            String seen = tag(one);
            List<Future<HttpResponse<byte[]>>> sent = new ArrayList<>();
            for (ServerUnderTest each : List.of(one, other)) {
                sent.add(publishing.submit(() -> publish(each, policy("on port " + each.port()), seen)));
            }
            assertThat(List.of(sent.get(0).get().statusCode(), sent.get(1).get().statusCode()))
                    .containsExactlyInAnyOrder(200, 412);
            String now = Stream.of(sent.get(0).get(), sent.get(1).get())
                    .filter(each -> each.statusCode() == 200)
                    .map(each -> each.headers().firstValue("ETag").orElseThrow())
                    .findFirst()
                    .orElseThrow();
            await(one, now);
            await(other, now);
        } finally {
            publishing.shutdownNow();
        }
    }

    @Test
    void when_one_is_killed_nothing_is_lost_and_nothing_is_there_twice() throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(3);
        try (ServerUnderTest stays = replica()) {
            Process killed = process(TestWorkspace.copy());
            URI address = addressOf(killed);
            Set<String> kept = ConcurrentHashMap.newKeySet();
            CountDownLatch some = new CountDownLatch(20);
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                all.add(clients.submit(() -> decideUntilItIsGone(address, kept, some)));
            }
            some.await();
            killed.destroyForcibly().waitFor();
            for (Future<?> each : all) {
                each.get();
            }
            assertThat(kept).hasSizeGreaterThanOrEqualTo(20);
            for (String id : kept) {
                assertThat(stays.get("/decisions/" + id).statusCode()).as(id).isEqualTo(200);
            }
            assertThat(json(stays.decide(REQUEST)).has("kept")).isFalse();
            assertThat(publish(stays, policy("after it was killed"), tag(stays)).statusCode())
                    .isEqualTo(200);
        } finally {
            clients.shutdownNow();
        }
    }

    @Test
    void a_long_workbook_is_known_to_all_and_ended_by_any() throws Exception {
        try (ServerUnderTest one = replica();
                ServerUnderTest other = replica()) {
            String path = begin(one, ServerUnderTest.manyCandidates(2_100));
            JsonNode job = awaitJob(other, path);
            assertThat(job.at("/status").asText()).isEqualTo("done");
            assertThat(job.at("/candidates").asInt()).isEqualTo(2_100);
            HttpResponse<byte[]> result = other.get(path + "/result");
            assertThat(result.statusCode()).isEqualTo(200);
            assertThat(one.get(path + "/result").body()).isEqualTo(result.body());
            assertThat(json(other.get("/decisions")).at("/decisions")).hasSize(1);

            String long1 = begin(one, ServerUnderTest.manyCandidates(30_000));
            while (json(other.get(long1)).at("/status").asText().equals("waiting")) {
                Thread.sleep(20);
            }
            assertThat(other.send(other.request(long1).DELETE().build()).statusCode())
                    .isEqualTo(204);
            assertThat(one.get(long1).statusCode()).isEqualTo(404);
            while (one.costly().gate().inside() + other.costly().gate().inside() > 0) {
                Thread.sleep(20);
            }
            assertThat(json(other.get("/decisions")).at("/decisions")).hasSize(1);
        }
    }

    @Test
    void when_one_is_killed_another_scores_its_workbook_once() throws Exception {
        Process killed = process(TestWorkspace.copy());
        URI address = addressOf(killed);
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest upload = HttpRequest.newBuilder(address.resolve("/workbooks"))
                .header("Content-Type", "application/octet-stream")
                .POST(BodyPublishers.ofByteArray(ServerUnderTest.manyCandidates(30_000)))
                .build();
        String path = client.send(upload, BodyHandlers.ofByteArray())
                .headers()
                .firstValue("Location")
                .orElseThrow();
        HttpRequest look = HttpRequest.newBuilder(address.resolve(path)).build();
        while (!JSON.readTree(client.send(look, BodyHandlers.ofByteArray()).body())
                .at("/status")
                .asText()
                .equals("running")) {
            Thread.sleep(20);
        }
        killed.destroyForcibly().waitFor();
        try (ServerUnderTest stays = replica()) {
            assertThat(json(stays.get(path)).at("/status").asText()).isEqualTo("running");
            TestPostgres.execute(url, "UPDATE workbook_job SET lease_until = '2020-01-01T00:00:00.000000Z'");
            JsonNode job = awaitJob(stays, path);
            assertThat(job.at("/status").asText()).isEqualTo("done");
            assertThat(job.at("/candidates").asInt()).isEqualTo(30_000);
            assertThat(json(stays.get("/decisions")).at("/decisions")).hasSize(1);
        }
    }

    @Test
    void what_is_sent_to_both_with_one_key_is_decided_once() throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(4);
        try (ServerUnderTest one = replica();
                ServerUnderTest other = replica()) {
            List<Future<HttpResponse<byte[]>>> sent = new ArrayList<>();
            for (ServerUnderTest each : List.of(one, other, one, other)) {
                sent.add(clients.submit(() -> decideWithKey(each, REQUEST)));
            }
            List<byte[]> answers = new ArrayList<>();
            for (Future<HttpResponse<byte[]>> each : sent) {
                assertThat(each.get().statusCode()).isIn(200, 409);
                if (each.get().statusCode() == 200) {
                    answers.add(each.get().body());
                } else {
                    assertThat(json(each.get()).at("/type").asText()).endsWith(":in-progress");
                }
            }
            for (ServerUnderTest each : List.of(one, other)) {
                HttpResponse<byte[]> again = decideWithKey(each, REQUEST);
                assertThat(again.headers().firstValue("Idempotency-Replayed")).contains("true");
                assertThat(again.headers().firstValue("Content-Type"))
                        .hasValueSatisfying(type -> assertThat(type).contains("json"));
                answers.add(again.body());
                assertThat(decideWithKey(each, REQUEST.replace("4090", "5090")).statusCode())
                        .isEqualTo(422);
            }
            assertThat(answers).allSatisfy(each -> assertThat(each).isEqualTo(answers.get(0)));
            assertThat(json(one.get("/decisions")).at("/decisions")).hasSize(1);
        } finally {
            clients.shutdownNow();
        }
    }

    @Test
    void while_the_database_is_away_a_key_counts_for_one_service() throws Exception {
        try (ServerUnderTest one = replica()) {
            assertThat(one.decide(REQUEST).statusCode()).isEqualTo(200);
            TestPostgres.stop(url);
            HttpResponse<byte[]> first = decideWithKey(one, REQUEST);
            assertThat(first.statusCode()).isEqualTo(200);
            HttpResponse<byte[]> again = decideWithKey(one, REQUEST);
            assertThat(again.headers().firstValue("Idempotency-Replayed")).contains("true");
            assertThat(again.body()).isEqualTo(first.body());
        } finally {
            TestPostgres.bringBack(url);
        }
    }

    private static HttpResponse<byte[]> decideWithKey(ServerUnderTest server, String request) throws Exception {
        return server.send(server.request("/decide")
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", "the-same")
                .POST(BodyPublishers.ofString(request))
                .build());
    }

    private static String begin(ServerUnderTest server, byte[] workbook) throws Exception {
        HttpResponse<byte[]> begun = server.post("/workbooks", "application/octet-stream", workbook);
        assertThat(begun.statusCode()).isEqualTo(202);
        return begun.headers().firstValue("Location").orElseThrow();
    }

    private static JsonNode awaitJob(ServerUnderTest server, String path) throws Exception {
        JsonNode job = json(server.get(path));
        while (Set.of("waiting", "running").contains(job.at("/status").asText())) {
            Thread.sleep(50);
            job = json(server.get(path));
        }
        return job;
    }

    private static boolean decideUntilItIsGone(URI address, Set<String> kept, CountDownLatch some) throws Exception {
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest request = HttpRequest.newBuilder(address.resolve("/decide"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(REQUEST))
                .build();
        while (true) {
            try {
                JsonNode answer = JSON.readTree(
                        client.send(request, BodyHandlers.ofByteArray()).body());
                if (answer.has("decisionId") && !answer.has("kept")) {
                    assertThat(kept.add(answer.at("/decisionId").asText())).isTrue();
                    some.countDown();
                }
            } catch (IOException e) {
                return true;
            }
        }
    }

    private Process process(Path workspace) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Quartermaster.class.getName(),
                        "serve",
                        "--port",
                        "0",
                        "--database",
                        url,
                        "--workspace",
                        workspace.toString())
                .redirectErrorStream(true)
                .start();
    }

    private static URI addressOf(Process service) throws IOException {
        BufferedReader said =
                new BufferedReader(new InputStreamReader(service.getInputStream(), StandardCharsets.UTF_8));
        StringBuilder all = new StringBuilder();
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            all.append(line).append('\n');
            if (line.startsWith("Listening on ")) {
                return URI.create(line.replaceFirst("Listening on (\\S+).*", "$1"));
            }
        }
        throw new AssertionError("It did not start: " + all);
    }

    private ServerUnderTest replica() {
        return new ServerUnderTest(TestWorkspace.copy(), new DatabaseAddress(url, null, null));
    }

    private static String tag(ServerUnderTest server) throws Exception {
        return server.get("/rules/policy").headers().firstValue("ETag").orElseThrow();
    }

    private static void await(ServerUnderTest server, String tag) throws Exception {
        while (!tag(server).equals(tag)) {
            Thread.sleep(50);
        }
    }

    private static HttpResponse<byte[]> publish(ServerUnderTest server, byte[] policy, String seen) throws Exception {
        return server.send(server.request("/rules/policy")
                .header("If-Match", seen)
                .PUT(BodyPublishers.ofByteArray(policy))
                .build());
    }

    /** With another reason in a row: no case asks for it. */
    private static byte[] policy(String because) {
        byte[] policy = TestWorkspace.loaded().files().find(Workspace.POLICY).orElseThrow();
        return Workbooks.changed(policy, book -> {
            for (Cell head : book.getSheet("Budget").getRow(0)) {
                if (head.toString().equals("Because")) {
                    book.getSheet("Budget")
                            .getRow(1)
                            .getCell(head.getColumnIndex())
                            .setCellValue(because);
                }
            }
        });
    }
}
