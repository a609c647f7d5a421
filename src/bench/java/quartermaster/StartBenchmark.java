package quartermaster;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Time from {@code java -jar target/quartermaster.jar serve} to the first answer of {@code POST /decide}: cold, with
 * nothing kept from an earlier start, and warm; and warm by the launcher beside the jar. Arguments: how many of each (5), then options for the Java that runs.
 */
public final class StartBenchmark {
    private static final Path JAR = Path.of("target/quartermaster.jar").toAbsolutePath();
    private static final Path LAUNCHER = Path.of("target/quartermaster").toAbsolutePath();
    private static final String REQUEST =
            "{\"workload\": {\"type\": \"internal-tool\", \"model\": \"llama-3.1-8b\", \"concurrency\": 4}}";

    private final Path workspace;
    private final List<String> options;
    private final HttpClient client = HttpClient.newHttpClient();

    private StartBenchmark(Path workspace, List<String> options) {
        this.workspace = workspace;
        this.options = options;
    }

    private record Start(Duration listening, Duration answered, Duration cpu) {}

    public static void main(String[] args) throws Exception {
        int runs = args.length > 0 ? Integer.parseInt(args[0]) : 5;
        List<String> options = args.length > 1 ? List.of(args).subList(1, args.length) : List.of();
        Path workspace = Files.createTempDirectory("start-benchmark");
        try {
            copy(Path.of("rules"), workspace.resolve("rules"));
            copy(Path.of("spreadsheets"), workspace.resolve("spreadsheets"));
            new StartBenchmark(workspace, options).run(runs);
        } finally {
            delete(workspace);
        }
    }

    private void run(int runs) throws Exception {
        List<Start> cold = new ArrayList<>();
        List<Start> warm = new ArrayList<>();
        List<Start> launched = new ArrayList<>();
        for (int i = 0; i < runs; i++) {
            delete(workspace.resolve(".quartermaster"));
            cold.add(start(plainly()));
            warm.add(start(plainly()));
            launched.add(start(List.of(LAUNCHER.toString())));
        }
        System.out.printf("%-6s %12s %14s %12s%n", "start", "listening s", "first answer s", "CPU s");
        print("cold", cold);
        print("warm", warm);
        print("script", launched);
        System.out.printf(
                Locale.ROOT,
                "cold : warm = %.2f (CPU %.2f)%n",
                median(cold, Start::answered) / median(warm, Start::answered),
                median(cold, Start::cpu) / median(warm, Start::cpu));
        row("warm start: listening", launched, warm, Start::listening);
        row("warm start: first full answer", launched, warm, Start::answered);
    }

    private static void row(String what, List<Start> launched, List<Start> warm, Function<Start, Duration> part) {
        double seconds = median(launched, part);
        Ratio.print(
                what + " with the launcher",
                String.format(Locale.ROOT, "%.1f s", seconds),
                seconds / median(warm, part),
                "`java -jar`");
    }

    private List<String> plainly() {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-jar", JAR.toString()));
        return command;
    }

    private Start start(List<String> program) throws Exception {
        List<String> command = new ArrayList<>(program);
        command.addAll(List.of("serve", "--port", "0"));
        long from = System.nanoTime();
        Process process = new ProcessBuilder(command)
                .directory(workspace.toFile())
                .redirectErrorStream(true)
                .start();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String address = address(lines);
            Duration listening = Duration.ofNanos(System.nanoTime() - from);
            answer(address);
            Duration answered = Duration.ofNanos(System.nanoTime() - from);
            return new Start(
                    listening, answered, process.info().totalCpuDuration().orElse(Duration.ZERO));
        } finally {
            process.destroy();
            process.waitFor();
        }
    }

    private void answer(String address) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address + "/decide"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(REQUEST))
                .build();
        HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IllegalStateException("The answer is " + answer.statusCode() + ": " + answer.body());
        }
    }

    private static String address(BufferedReader lines) throws IOException {
        StringBuilder said = new StringBuilder();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            said.append(line).append('\n');
            if (line.startsWith("Listening on ")) {
                return line.replaceAll("^Listening on (\\S+).*", "$1");
            }
        }
        throw new IllegalStateException("It stopped before it listened: " + said);
    }

    private static void print(String name, List<Start> starts) {
        System.out.printf(
                Locale.ROOT,
                "%-6s %12.2f %14.2f %12.2f%n",
                name,
                median(starts, Start::listening),
                median(starts, Start::answered),
                median(starts, Start::cpu));
    }

    private static double median(List<Start> starts, Function<Start, Duration> part) {
        List<Duration> sorted = starts.stream().map(part).sorted().toList();
        return sorted.get(sorted.size() / 2).toMillis() / 1000.0;
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
