package quartermaster.http;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import quartermaster.http.guard.Door;
import quartermaster.http.guard.Limits;
import quartermaster.workbook.score.ScoredWorkbook;
import quartermaster.workbook.template.Template;
import quartermaster.workspace.InForce;
import quartermaster.workspace.Recalibration;
import quartermaster.workspace.WorkspaceFiles;

/**
 * Prints how long it takes from saving a file to the first answer under the new version, for tables, catalogue and
 * rules; and what clients see while the policy is published many times.
 *
 * <p>Run it with {@code mvn -q -Pbench test-compile exec:exec -Dbench=…}, or its main class with a number of reloads.
 */
public final class LiveBenchmark {
    private static final String REQUEST = """
            {"workload": {"type": "evaluation", "model": "llama-3.1-8b", "concurrency": 1},
             "candidates": [{"hardware": "nvidia-rtx-4090", "acquisition": "owned"}], "explain": "none"}
            """;
    private static final Pattern VERSION = Pattern.compile("\"workspace\":\"(sha256:[0-9a-f]+)\"");
    private static final Pattern RULES = Pattern.compile("\"catalogue\":\"[^\"]*\",\"rules\":\"(sha256:[0-9a-f]+)\"");
    private static final int SAVES = 5;
    private static final long UNTIL_PROVED_MILLIS = 10_000; // what a service does by itself soon after its start
    private static final long SETTLE_MILLIS = 300;
    private static final long ASK_EVERY_MILLIS = 20; // what is measured shall not be slowed by who asks
    private static final int CLIENTS = 4;

    private final Path folder;
    private final HttpClient client = HttpClient.newHttpClient();
    private final String address;

    private LiveBenchmark(Path folder, int port) {
        this.folder = folder;
        this.address = "http://127.0.0.1:" + port;
    }

    public static void main(String[] args) throws Exception {
        int reloads = args.length == 0 ? 200 : Integer.parseInt(args[0]);
        Path folder = Files.createTempDirectory("quartermaster-live-");
        WorkspaceFiles.read(Path.of("")).bytes().forEach((name, bytes) -> write(folder.resolve(name), bytes));
        Clock clock = Clock.systemUTC();
        InForce inForce = new InForce(folder, "benchmark", clock).start();
        try (Server server = new Server(
                        inForce,
                        ScoredWorkbook::score,
                        Template::write,
                        Recalibration::of,
                        clock,
                        Limits.USUAL,
                        Door.open(List.of()))
                .start(0)) {
            LiveBenchmark benchmark = new LiveBenchmark(folder, server.port());
            benchmark.saves();
            benchmark.reloads(reloads);
        } finally {
            delete(folder);
        }
    }

    private void saves() throws Exception {
        for (int i = 0; i < SAVES; i++) {
            decide();
        }
        Thread.sleep(UNTIL_PROVED_MILLIS);
        System.out.printf("from saving to the first answer under the new version, median of %d:%n", SAVES);
        time("policy table", "rules/policy.xlsx", i -> bytesOf("rules/policy.xlsx", "Budget", "Points", 3, 40 + i));
        time(
                "catalogue",
                "spreadsheets/catalogue.xlsx",
                i -> bytesOf("spreadsheets/catalogue.xlsx", "Hardware", "Price high (USD)", 3, 9_000 + i));
        String rules = Files.readString(folder.resolve("rules/budget.drl"));
        time("rules", "rules/budget.drl", i -> (rules + "\n// " + i + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private interface Edit {
        byte[] number(int i) throws Exception;
    }

    private void time(String what, String file, Edit edit) throws Exception {
        double[] seconds = new double[SAVES];
        for (int i = 0; i < SAVES; i++) {
            String before = version(decide());
            byte[] edited = edit.number(i);
            Thread.sleep(SETTLE_MILLIS);
            long begun = System.nanoTime();
            write(folder.resolve(file), edited);
            while (version(decide()).equals(before)) {
                Thread.sleep(ASK_EVERY_MILLIS);
            }
            seconds[i] = (System.nanoTime() - begun) / 1e9;
        }
        double first = seconds[0];
        Arrays.sort(seconds);
        System.out.printf(
                "  %-14s %.2f s (%.2f to %.2f), the first %.2f%n",
                what, seconds[SAVES / 2], seconds[0], seconds[SAVES - 1], first);
    }

    /** Clients ask without pause; no answer may fail or name a version that never was. */
    private void reloads(int count) throws Exception {
        AtomicBoolean ends = new AtomicBoolean();
        AtomicInteger answers = new AtomicInteger();
        AtomicInteger failures = new AtomicInteger();
        Set<String> seen = ConcurrentHashMap.newKeySet();
        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            Thread thread = new Thread(() -> {
                while (!ends.get()) {
                    try {
                        String answer = decide();
                        answers.incrementAndGet();
                        seen.add(version(answer) + " " + group(RULES, answer));
                    } catch (Exception e) {
                        failures.incrementAndGet();
                    }
                }
            });
            thread.start();
            clients.add(thread);
        }
        long begun = System.nanoTime();
        Set<String> published = ConcurrentHashMap.newKeySet();
        String first = decide();
        published.add(version(first) + " " + group(RULES, first));
        for (int i = 0; i < count; i++) {
            byte[] policy = bytesOf("rules/policy.xlsx", "Budget", "Points", 3, 41 + i % 7 + i / 1000.0);
            HttpResponse<String> response = client.send(
                    HttpRequest.newBuilder(URI.create(address + "/rules/policy"))
                            .header("If-Match", "*")
                            .PUT(HttpRequest.BodyPublishers.ofByteArray(policy))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new IllegalStateException(response.body());
            }
            published.add(group(VERSION, response.body()) + " " + group(RULES, response.body()));
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        ends.set(true);
        for (Thread thread : clients) {
            thread.join();
        }
        seen.removeAll(published);
        System.out.printf(
                "%d publications in %.0f s under load: %d answers, %d failed, %d of mixed or unknown versions%n",
                count, seconds, answers.get(), failures.get(), seen.size());
    }

    private String decide() throws Exception {
        HttpResponse<String> response = client.send(
                HttpRequest.newBuilder(URI.create(address + "/decide"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(REQUEST))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IllegalStateException(response.body());
        }
        return response.body();
    }

    private static String version(String answer) {
        return group(VERSION, answer);
    }

    private static String group(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? matcher.group(1) : "";
    }

    private byte[] bytesOf(String file, String sheet, String column, int row, double value) throws IOException {
        try (XSSFWorkbook book = new XSSFWorkbook(new ByteArrayInputStream(Files.readAllBytes(folder.resolve(file))));
                ByteArrayOutputStream bytes = new ByteArrayOutputStream()) {
            XSSFSheet found = book.getSheet(sheet);
            boolean written = false;
            for (Cell header : found.getRow(0)) {
                if (header.getStringCellValue().equals(column)) {
                    found.getRow(row).createCell(header.getColumnIndex()).setCellValue(value);
                    written = true;
                }
            }
            if (!written) {
                throw new IllegalArgumentException(sheet + " has no column " + column + ".");
            }
            book.write(bytes);
            return bytes.toByteArray();
        }
    }

    private static void write(Path file, byte[] bytes) {
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, bytes);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        }
    }
}
