package quartermaster.http;

import static org.assertj.core.api.Assertions.assertThat;
import static quartermaster.http.ServerUnderTest.LIMITS;
import static quartermaster.http.ServerUnderTest.json;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import quartermaster.TestWorkspace;
import quartermaster.access.Keys;
import quartermaster.http.guard.Door;
import quartermaster.http.guard.Limits;
import quartermaster.workbook.read.Workbooks;
import quartermaster.workspace.Workspace;

/** What many, slow and vanishing clients do to others: nothing. */
@Timeout(300)
class LoadTest {
    private static final String ONE = "{\"workload\": {\"type\": \"evaluation\", \"model\": \"llama-3.1-8b\"},"
            + " \"candidates\": [{\"hardware\": \"nvidia-rtx-4090\"}, {\"hardware\": \"nvidia-h100-sxm-80gb\"}],"
            + " \"explain\": \"none\"}";
    private static final String MANY = "[" + (ONE + ",").repeat(999) + ONE + "]";
    private static final Duration LONG = Duration.ofSeconds(100);

    private ServerUnderTest server;

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void what_is_too_much_at_once_is_503_with_a_time_to_come_back_and_health_is_answered() throws Exception {
        start(load(1, 0, Duration.ofMillis(1), LONG));
        CompletableFuture<HttpResponse<byte[]>> first = later(MANY);
        await(() -> server.costly().gate().inside() == 1);

        HttpResponse<byte[]> second = server.decide(ONE);

        assertThat(second.statusCode()).isEqualTo(503);
        assertThat(json(second).at("/type").asText()).endsWith(":overloaded");
        assertThat(second.headers().firstValue("Retry-After"))
                .hasValueSatisfying(it -> assertThat(it).matches("[1-9]\\d?"));
        assertThat(server.get("/health/live").statusCode()).isEqualTo(200);
        assertThat(health("/health/live").statusCode()).isEqualTo(200);
        assertThat(json(health("/health/ready")).at("/versions/workspace").asText())
                .startsWith("sha256:");
        assertThat(health("/status").statusCode()).isEqualTo(404);
        assertThat(first.get().statusCode()).isEqualTo(200);
        assertThat(json(first.get())).hasSize(1_000);
        assertThat(server.decide(ONE).statusCode()).isEqualTo(200);
    }

    @Test
    void a_small_request_is_answered_between_those_of_a_batch() throws Exception {
        start(load(1, 10, LONG, LONG));
        CompletableFuture<HttpResponse<byte[]>> batch = later(MANY);
        await(() -> server.costly().gate().inside() == 1);
        assertThat(server.decide(ONE).statusCode()).isEqualTo(200);
        assertThat(batch.get().statusCode()).isEqualTo(200);
    }

    @Test
    void a_small_request_is_answered_between_the_parts_of_a_job() throws Exception {
        start(load(1, 10, LONG, LONG));
        HttpResponse<byte[]> begun =
                server.post("/workbooks", "application/octet-stream", ServerUnderTest.manyCandidates(6_000));
        assertThat(begun.statusCode()).isEqualTo(202);
        String job = begun.headers().firstValue("Location").orElseThrow();
        await(() -> server.costly().gate().inside() == 1);
        assertThat(server.decide(ONE).statusCode()).isEqualTo(200);
        HttpRequest end = server.request(job).DELETE().build();
        assertThat(server.send(end).statusCode()).isEqualTo(204);
        await(() -> server.costly().gate().inside() == 0);
    }

    @Test
    void a_small_request_is_answered_between_the_parts_of_a_preview() throws Exception {
        start(load(1, 10, LONG, LONG));
        byte[] inForce = TestWorkspace.loaded().files().find(Workspace.POLICY).orElseThrow();
        byte[] policy = Workbooks.changed(inForce, KnowledgeTest::preferNothingButTheBudget); // else little is asked
        CompletableFuture<HttpResponse<byte[]>> preview = server.postLater("/rules/policy/preview", policy);
        await(() -> server.costly().gate().inside() == 1);
        assertThat(server.decide(ONE).statusCode()).isEqualTo(200);
        assertThat(preview).as("it has 100 cases to ask").isNotDone();
        assertThat(preview.get().statusCode()).isEqualTo(200);
    }

    @Test
    void what_is_not_done_at_its_deadline_is_504() throws Exception {
        start(load(1, 10, LONG, Duration.ofMillis(1)));
        HttpResponse<byte[]> overdue = server.decide(MANY);
        assertThat(overdue.statusCode()).isEqualTo(504);
        assertThat(json(overdue).at("/type").asText()).endsWith(":overdue");
        assertThat(server.costly().overdue()).isEqualTo(1);
        assertThat(server.costly().gate().inside()).isZero();
    }

    @Test
    void work_ends_when_its_client_has_gone() throws Exception {
        start(load(1, 10, LONG, LONG));
        try (Socket client = connect()) {
            send(client, post(MANY));
            await(() -> server.costly().gate().inside() == 1);
        }
        await(() -> server.costly().cancelled() == 1);
        await(() -> server.costly().gate().inside() == 0);
        assertThat(server.decide(ONE).statusCode()).isEqualTo(200);
    }

    @Test
    void a_client_that_sends_its_next_request_early_has_not_gone() throws Exception {
        start(load(1, 10, LONG, LONG));
        try (Socket client = connect()) {
            send(client, post(MANY));
            await(() -> server.costly().gate().inside() == 1);
            send(client, "GET /health/live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            String both = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(both.split("HTTP/1.1 200", -1)).hasSize(3);
            assertThat(both).contains("\"status\":\"live\"");
        }
        assertThat(server.costly().cancelled()).isZero();
    }

    @Test
    void slow_bodies_are_408_and_take_no_thread_from_others() throws Exception {
        start(new Limits.Load(
                1, 10, LONG, LONG, LONG, 50_000_000, 300, Duration.ofMillis(500), 1_000, Duration.ofSeconds(3)));
        List<Socket> slow = new ArrayList<>();
        for (int i = 0; i < 220; i++) {
            Socket client = connect();
            send(
                    client,
                    "POST /decide HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                            + "Content-Length: 1000\r\n\r\n{");
            slow.add(client);
        }
        assertThat(server.decide(ONE).statusCode()).isEqualTo(200);
        for (Socket client : slow) {
            assertThat(answer(client)).startsWith("HTTP/1.1 408 ").contains(":slow-body", "Connection: close");
            client.close();
        }
    }

    @Test
    void a_body_that_drips_and_a_form_that_pauses_are_too_slow() throws Exception {
        start(new Limits.Load(
                1, 10, LONG, LONG, LONG, 50_000_000, 300, Duration.ofSeconds(1), 1_000, Duration.ofSeconds(20)));
        try (Socket form = connect();
                Socket dripping = connect()) {
            send(
                    form,
                    "POST /workbooks HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n"
                            + "Content-Type: multipart/form-data; boundary=x\r\n\r\n--x\r\n");
            send(
                    dripping,
                    "POST /decide HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                            + "Content-Length: 1000\r\n\r\n");
            Thread drops = new Thread(() -> drip(dripping));
            drops.start();
            assertThat(answer(dripping)).startsWith("HTTP/1.1 408 ");
            assertThat(answer(form)).startsWith("HTTP/1.1 408 ");
            drops.interrupt();
            drops.join();
        }
    }

    private static void drip(Socket client) {
        try {
            for (int i = 0; i < 1_000; i++) {
                send(client, " ");
                Thread.sleep(100);
            }
        } catch (IOException e) {
            // refused, as it should be
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void connections_are_limited_and_those_that_never_ask_are_closed() throws Exception {
        start(new Limits.Load(
                1, 10, LONG, LONG, LONG, 50_000_000, 5, Duration.ofSeconds(1), 1_000, Duration.ofSeconds(20)));
        List<Socket> silent = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            Socket client = connect();
            send(client, "GET /status HTTP/1.1\r\nX-Slow: ");
            silent.add(client);
        }
        assertThat(health("/health/live").statusCode()).isEqualTo(200);
        assertThat(server.decide(ONE).statusCode()).isEqualTo(200); // in its turn
        for (Socket client : silent) {
            client.close();
        }
    }

    @Test
    void memory_for_bodies_is_shared() throws Exception {
        start(new Limits.Load(1, 10, LONG, LONG, LONG, 10_000, 300, LONG, 1, LONG));
        List<Socket> holding = new ArrayList<>();
        do { // one that comes while another body is held is refused itself, so more come
            holding.add(connect());
            send(
                    holding.get(holding.size() - 1),
                    "POST /decide HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                            + "Content-Length: 10000\r\n\r\n{");
            Thread.sleep(10);
        } while (status(ONE) != 503);
        for (Socket each : holding) {
            each.close();
        }
        await(() -> status(ONE) == 200);
    }

    private int status(String request) {
        try {
            return server.decide(request).statusCode();
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void start(Limits.Load load) {
        Limits limits = new Limits(
                LIMITS.jsonBytes(),
                LIMITS.variantsAtOnce(),
                LIMITS.variants(),
                LIMITS.answerBytes(),
                LIMITS.workbookBytes(),
                LIMITS.uploadsAtOnce(),
                LIMITS.workbooksAtOnce(),
                LIMITS.patience(),
                LIMITS.stopTimeout(),
                load);
        server = new ServerUnderTest(TestWorkspace.copy(), limits, new Door(List.of(), Keys.NONE, 0, null));
    }

    private static Limits.Load load(int places, int mostWaiting, Duration patience, Duration deadline) {
        return new Limits.Load(places, mostWaiting, patience, patience, deadline, 50_000_000, 300, LONG, 1, LONG);
    }

    private HttpResponse<byte[]> health(String path) throws Exception {
        return server.send(HttpRequest.newBuilder(server.healthUri(path)).build());
    }

    private CompletableFuture<HttpResponse<byte[]>> later(String body) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return server.decide(body);
            } catch (IOException | InterruptedException e) {
                throw new AssertionError(e);
            }
        });
    }

    private static String post(String body) {
        return "POST /decide HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
                + body.length() + "\r\n\r\n" + body;
    }

    private Socket connect() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), server.port());
    }

    private static void send(Socket client, String text) throws IOException {
        client.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        client.getOutputStream().flush();
    }

    private static String answer(Socket client) throws IOException {
        InputStream in = client.getInputStream();
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }

    private static void await(BooleanSupplier holds) throws InterruptedException {
        while (!holds.getAsBoolean()) {
            Thread.sleep(10);
        }
    }
}
