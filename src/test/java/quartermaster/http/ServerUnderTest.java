package quartermaster.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.poi.xssf.usermodel.XSSFRow;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import quartermaster.TestWorkspace;
import quartermaster.decision.engine.Decider;
import quartermaster.http.guard.Door;
import quartermaster.http.guard.Limits;
import quartermaster.ledger.DatabaseAddress;
import quartermaster.unit.Digests;
import quartermaster.unit.Problem;
import quartermaster.unit.Records;
import quartermaster.workbook.score.ScoredWorkbook;
import quartermaster.workbook.template.Template;
import quartermaster.workspace.InForce;
import quartermaster.workspace.Recalibration;

/** A server on a free port, and a client that talks to it. */
public final class ServerUnderTest implements AutoCloseable {
    static final Limits LIMITS = new Limits(
            2_000_000,
            200_000,
            3_000_000,
            100_000_000,
            3_000_000,
            4,
            2,
            Duration.ofSeconds(20),
            Duration.ofSeconds(10),
            patient(Duration.ofSeconds(20)));
    static final String ALLOWED_HOST = "quartermaster.example";
    private static final Clock CLOCK = Clock.fixed(TestWorkspace.NOW, ZoneOffset.UTC);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String BOUNDARY = "----a-boundary-of-no-meaning";

    private final HttpClient client = HttpClient.newHttpClient();
    private final CountDownLatch scoring = new CountDownLatch(1);
    private final CountDownLatch mayEnd = new CountDownLatch(1);
    private final Path folder;
    private final Server server;
    private final int port;

    ServerUnderTest(Limits limits) {
        this(TestWorkspace.copy(), limits);
    }

    /** @param folder a workspace; it stays when the server is closed */
    ServerUnderTest(Path folder, Limits limits) {
        this.folder = folder;
        server = start(folder, ScoredWorkbook::score, limits, Door.open(List.of(ALLOWED_HOST)), CLOCK);
        port = server.port();
    }

    ServerUnderTest(Path folder, Limits limits, Door door) {
        this.folder = folder;
        server = start(folder, ScoredWorkbook::score, limits, door, new Ticking());
        port = server.port();
    }

    /** One of several replicas. */
    ServerUnderTest(Path folder, DatabaseAddress database) {
        this.folder = folder;
        Clock clock = new Ticking();
        InForce inForce = new InForce(folder, "test", clock, database).start(TestWorkspace.loaded());
        server = start(inForce, ScoredWorkbook::score, LIMITS, Door.open(List.of(ALLOWED_HOST)), clock);
        port = server.port();
    }

    private ServerUnderTest(Path folder, boolean fails) {
        this.folder = folder;
        server = start(
                folder,
                fails ? ServerUnderTest::fail : this::scoreInItsTime,
                new Limits(
                        1_000,
                        10_000,
                        10_000,
                        100_000,
                        1_000,
                        1,
                        1,
                        Duration.ofMillis(10),
                        Duration.ofSeconds(10),
                        patient(Duration.ofMillis(10))),
                Door.open(List.of(ALLOWED_HOST)),
                CLOCK);
        port = server.port();
    }

    static ServerUnderTest withoutVersion() {
        return new ServerUnderTest(TestWorkspace.emptyFolder(), false);
    }

    static ServerUnderTest thatFails() {
        return new ServerUnderTest(TestWorkspace.copy(), true);
    }

    static ServerUnderTest thatTakesItsTime() {
        return new ServerUnderTest(TestWorkspace.copy(), false);
    }

    /** What is usual, but each piece of work waits that long for its turn. */
    static Limits.Load patient(Duration patience) {
        return Records.with(Records.with(Limits.Load.USUAL, "leastPatience", patience), "mostPatience", patience);
    }

    private static Server start(Path folder, WorkbookScoring scoring, Limits limits, Door door, Clock clock) {
        return start(new InForce(folder, "test", clock).start(TestWorkspace.loaded()), scoring, limits, door, clock);
    }

    private static Server start(InForce inForce, WorkbookScoring scoring, Limits limits, Door door, Clock clock) {
        return new Server(inForce, scoring, Template::write, Recalibration::of, clock, limits, door).start(0);
    }

    /** Goes on by a millisecond whenever it is asked, so that what is kept has an order. */
    private static final class Ticking extends Clock {
        private final AtomicLong asked = new AtomicLong();

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return TestWorkspace.NOW.plusMillis(asked.incrementAndGet());
        }
    }

    /** A line of a file of keys, whose key is {@code secret of NAME}. */
    static String keyOf(String name, String roles) {
        return name + " " + Digests.of("secret of " + name).replace("sha256:", "") + " " + roles + "\n";
    }

    List<String> routes() {
        return server.routes();
    }

    CostlyWork costly() {
        return server.costly();
    }

    URI healthUri(String path) {
        return URI.create("http://127.0.0.1:" + server.healthPort().orElseThrow() + path);
    }

    public Path folder() {
        return folder;
    }

    private static ScoredWorkbook.Result fail(byte[] upload, Decider decider, LocalDate today) {
        throw new IllegalStateException("a secret of the inside");
    }

    private ScoredWorkbook.Result scoreInItsTime(byte[] upload, Decider decider, LocalDate today) {
        scoring.countDown();
        try {
            mayEnd.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return new ScoredWorkbook.Result(List.of(), List.of(), List.<Problem>of(), upload);
    }

    boolean takesRequests() throws InterruptedException {
        try {
            return get("/health/live").statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    void awaitScoring() throws InterruptedException {
        scoring.await();
    }

    void endScoring() {
        mayEnd.countDown();
    }

    @Override
    public void close() {
        server.close();
    }

    public int port() {
        return port;
    }

    Path uploadFolder() {
        return server.uploadFolder();
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    public HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(uri(path)).timeout(Duration.ofSeconds(180));
    }

    public HttpResponse<byte[]> send(HttpRequest request) throws IOException, InterruptedException {
        return client.send(request, HttpResponse.BodyHandlers.ofByteArray());
    }

    public HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
        return send(request(path).build());
    }

    HttpResponse<byte[]> decide(String json) throws IOException, InterruptedException {
        return post("/decide", "application/json; charset=utf-8", json.getBytes(StandardCharsets.UTF_8));
    }

    HttpResponse<byte[]> post(String path, String type, byte[] body) throws IOException, InterruptedException {
        HttpRequest.Builder request = request(path).POST(HttpRequest.BodyPublishers.ofByteArray(body));
        return send((type.isEmpty() ? request : request.header("Content-Type", type)).build());
    }

    CompletableFuture<HttpResponse<byte[]>> postLater(String path, byte[] body) {
        HttpRequest request =
                request(path).POST(HttpRequest.BodyPublishers.ofByteArray(body)).build();
        return client.sendAsync(request, HttpResponse.BodyHandlers.ofByteArray());
    }

    HttpResponse<byte[]> postForm(String field, String name, byte[] file, String accept)
            throws IOException, InterruptedException {
        return send(form(accept)
                .POST(HttpRequest.BodyPublishers.ofByteArray(multipart(field, name, file)))
                .build());
    }

    HttpResponse<byte[]> postFormTo(String path, String field, byte[] file) throws IOException, InterruptedException {
        return post(path, "multipart/form-data; boundary=" + BOUNDARY, multipart(field, field + ".xlsx", file));
    }

    /** Without telling the length beforehand. */
    HttpResponse<byte[]> postChunkedForm(String field, String name, byte[] file)
            throws IOException, InterruptedException {
        byte[] body = multipart(field, name, file);
        return send(form("*/*")
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)))
                .build());
    }

    private HttpRequest.Builder form(String accept) {
        return request("/workbooks")
                .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                .header("Accept", accept);
    }

    private static byte[] multipart(String field, String name, byte[] file) {
        String head = "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"" + field + "\"; filename=\""
                + name.replace("\"", "\\\"") + "\"\r\nContent-Type: application/octet-stream\r\n\r\n";
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(head.getBytes(StandardCharsets.UTF_8));
        body.writeBytes(file);
        body.writeBytes(("\r\n--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.US_ASCII));
        return body.toByteArray();
    }

    /** The answer to what is sent byte for byte, with headers that no client library lets through. */
    public String raw(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(5_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    static JsonNode json(HttpResponse<byte[]> response) throws IOException {
        return JSON.readTree(response.body());
    }

    static byte[] twoWorkloads() {
        return workbook(2, 2000, 2);
    }

    static byte[] oneOfTwoWorkloadsHasTextInATokenCount() {
        return workbook(2, "plenty", 2);
    }

    /** More than are scored in place. */
    static byte[] manyCandidates(int count) {
        return workbook(1, 2000, count);
    }

    /** With candidates: how the whole catalogue is searched is not what the service is tested for, and takes long. */
    private static byte[] workbook(int workloads, Object inputTokensOfTheFirst, int candidates) {
        try (XSSFWorkbook workbook = new XSSFWorkbook();
                ByteArrayOutputStream bytes = new ByteArrayOutputStream()) {
            XSSFSheet sheet = workbook.createSheet("Workload");
            row(sheet, 0, "Name", "Type", "Model", "Input tokens");
            row(sheet, 1, "first", "evaluation", "llama-3.1-8b", inputTokensOfTheFirst);
            if (workloads == 2) {
                row(sheet, 2, "second", "internal-tool", "llama-3.1-8b", 1000);
            }
            sheet = workbook.createSheet("Candidates");
            row(sheet, 0, "Hardware", "Replicas");
            for (int i = 1; i <= candidates; i++) {
                row(sheet, i, i % 2 == 0 ? "nvidia-rtx-4090" : "nvidia-h100-sxm-80gb", i % 7 + 1);
            }
            workbook.write(bytes);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void row(XSSFSheet sheet, int number, Object... values) {
        XSSFRow row = sheet.createRow(number);
        for (int i = 0; i < values.length; i++) {
            if (values[i] instanceof Number value) {
                row.createCell(i).setCellValue(value.doubleValue());
            } else {
                row.createCell(i).setCellValue(values[i].toString());
            }
        }
    }
}
