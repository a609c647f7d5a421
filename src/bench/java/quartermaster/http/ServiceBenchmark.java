package quartermaster.http;

import io.javalin.Javalin;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import quartermaster.Ratio;
import quartermaster.TestPostgres;
import quartermaster.TestWorkspace;
import quartermaster.http.guard.Limits;
import quartermaster.ledger.DatabaseAddress;
import quartermaster.workspace.Workspace;

/**
 * Prints answers a second and their latency beside a bare Javalin that gives the same bytes back: without a ledger, with
 * SQLite and with PostgreSQL; and what becomes of answers to few clients and to far too many.
 *
 * <p>Run it with {@code mvn -q -Pbench test-compile exec:exec -Dbench.main=quartermaster.http.ServiceBenchmark}, and the
 * seconds for each row as {@code -Dbench}.
 */
public final class ServiceBenchmark {
    private static final String SMALL = "{\"workload\": {\"type\": \"evaluation\", \"model\": \"llama-3.1-8b\","
            + " \"concurrency\": 1}, \"candidates\": [{\"hardware\": \"nvidia-rtx-4090\"}], \"explain\": \"none\"}";
    private static final String WHOLE_CATALOGUE =
            "{\"workload\": {\"type\": \"internal-tool\", \"model\": \"llama-3.1-8b\", \"namedUsers\": 50}}";
    private static final int FEW = 4;
    private static final int MANY = 64;
    private static final int OK = 200;
    private static final int BUSY = 503;
    private static final double USUAL_SECONDS = 5;

    private final HttpClient client = HttpClient.newHttpClient();
    private final double seconds;
    private double echoed; // answers a second

    private ServiceBenchmark(double seconds) {
        this.seconds = seconds;
    }

    public static void main(String[] args) throws Exception {
        // a kept connection may close just as the next request is sent on it; the client asks again
        System.setProperty("jdk.httpclient.enableAllMethodRetry", "true");
        new ServiceBenchmark(args.length == 0 ? USUAL_SECONDS : Double.parseDouble(args[0])).run();
        System.exit(0); // the client's threads stay for a while
    }

    private void run() throws Exception {
        System.out.printf(
                "%-44s %9s %9s %8s %8s %8s %6s%n", "", "answers/s", "of echo", "median", "p99", "most", "503");
        echo();
        try (ServerUnderTest service = new ServerUnderTest(withoutLedger(), Limits.USUAL)) {
            row("one candidate, ledger cannot be written", FEW, service.uri("/decide"), SMALL);
        }
        try (ServerUnderTest service = new ServerUnderTest(Limits.USUAL)) {
            row("one candidate, kept in SQLite", FEW, service.uri("/decide"), SMALL);
            row("whole catalogue with advice, 1 client", 1, service.uri("/decide"), WHOLE_CATALOGUE);
            row("whole catalogue with advice, 4 clients", FEW, service.uri("/decide"), WHOLE_CATALOGUE);
            row("whole catalogue with advice, 64 clients", MANY, service.uri("/decide"), WHOLE_CATALOGUE);
        }
        DatabaseAddress database = new DatabaseAddress(TestPostgres.newDatabase(), null, null);
        try (ServerUnderTest one = new ServerUnderTest(TestWorkspace.copy(), database);
                ServerUnderTest other = new ServerUnderTest(TestWorkspace.copy(), database)) {
            row("one candidate, kept in PostgreSQL", FEW, one.uri("/decide"), SMALL);
            row("the same by two services in turn", FEW, List.of(one.uri("/decide"), other.uri("/decide")), SMALL);
        }
    }

    private void echo() throws Exception {
        Javalin echo = Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.routes.post(
                    "/decide", ctx -> ctx.contentType("application/json").result(ctx.bodyAsBytes()));
        });
        echo.start("127.0.0.1", 0);
        row("a bare Javalin that gives it back", FEW, URI.create("http://127.0.0.1:" + echo.port() + "/decide"), SMALL);
        echo.stop();
    }

    private static Path withoutLedger() throws Exception {
        Path folder = TestWorkspace.copy();
        Files.writeString(folder.resolve(Workspace.OWN), "no folder");
        return folder;
    }

    private void row(String what, int clients, URI address, String request) throws Exception {
        row(what, clients, List.of(address), request);
    }

    /** Runs twice, and shows what the second time took. */
    private void row(String what, int clients, List<URI> addresses, String request) throws Exception {
        load(clients, addresses, request);
        List<Answer> answers = load(clients, addresses, request);
        double[] millis = answers.stream()
                .filter(each -> each.status() == OK)
                .mapToDouble(Answer::millis)
                .sorted()
                .toArray();
        long shed = answers.stream().filter(each -> each.status() == BUSY).count();
        if (millis.length + shed < answers.size()) {
            throw new IllegalStateException(what + ": answers other than 200 and 503");
        }
        double rate = millis.length / seconds;
        echoed = echoed == 0 ? rate : echoed;
        System.out.printf(
                "%-44s %9.0f %8.1f %% %5.1f ms %5.1f ms %5.1f ms %5.0f %%%n",
                what,
                rate,
                100 * rate / echoed,
                at(0.5, millis),
                at(0.99, millis),
                at(1, millis),
                100.0 * shed / answers.size());
        if (request.equals(SMALL)) {
            Ratio.print(what, String.format(Locale.ROOT, "%,.0f a second", rate), rate / echoed, "a bare Javalin");
        }
    }

    private static double at(double share, double[] sorted) {
        return sorted.length == 0 ? Double.NaN : sorted[(int) Math.round(share * (sorted.length - 1))];
    }

    private record Answer(int status, double millis) {}

    private List<Answer> load(int clients, List<URI> addresses, String request) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        long end = System.nanoTime() + (long) (seconds * 1e9);
        List<Future<List<Answer>>> all = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            URI address = addresses.get(i % addresses.size());
            all.add(threads.submit(() -> askUntil(end, address, request)));
        }
        List<Answer> answers = new ArrayList<>();
        for (Future<List<Answer>> each : all) {
            answers.addAll(each.get());
        }
        threads.shutdown();
        return answers;
    }

    private List<Answer> askUntil(long end, URI address, String request) throws Exception {
        List<Answer> answers = new ArrayList<>();
        while (System.nanoTime() < end) {
            long begun = System.nanoTime();
            HttpResponse<byte[]> response = client.send(
                    HttpRequest.newBuilder(address)
                            .header("Content-Type", "application/json")
                            .POST(BodyPublishers.ofString(request))
                            .build(),
                    BodyHandlers.ofByteArray());
            answers.add(new Answer(response.statusCode(), (System.nanoTime() - begun) / 1e6));
            if (response.statusCode() != OK) {
                Thread.sleep(100); // an impatient client; one that heeds Retry-After would be gone for longer
            }
        }
        return answers;
    }
}
