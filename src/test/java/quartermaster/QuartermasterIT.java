package quartermaster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quartermaster.workbook.read.WorkbookFile;

/** Runs the packaged jar as a user does. */
class QuartermasterIT {
    private static final Path JAR = Path.of("target/quartermaster.jar").toAbsolutePath();
    private static final Path REPOSITORY = Path.of("").toAbsolutePath();

    @TempDir
    private Path folder;

    @Test
    void the_jar_knows_its_version() throws Exception {
        assertThat(output(start(REPOSITORY, "--version"))).matches("quartermaster \\d+\\.\\d+\\.\\d+\\s+");
    }

    @Test
    void the_example_is_scored() throws Exception {
        Path scored = folder.resolve("scored.xlsx");
        Process decide = start(REPOSITORY, "decide", "spreadsheets/candidates.xlsx", "-o", scored.toString());
        assertThat(output(decide)).contains("Support chat", "tok/s", "--details");
        assertThat(decide.exitValue()).isZero();
        assertThat(WorkbookFile.open(scored).findSheet("Recommendations")).isPresent();
    }

    @Test
    void away_from_home_it_serves_from_the_workspace_that_it_carries() throws Exception {
        Process serve = start(folder, "serve", "--port", "0");
        try {
            String address = address(serve);
            HttpRequest request = HttpRequest.newBuilder(URI.create(address + "/decide"))
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString("{\"workload\": {\"type\": \"evaluation\"}}"))
                    .build();
            HttpResponse<String> answer =
                    HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            assertThat(answer.body()).contains("\"outcome\":\"recommended\"");
        } finally {
            serve.destroy();
        }
        assertThat(serve.waitFor(60, TimeUnit.SECONDS))
                .as("stops when it is told to")
                .isTrue();
        assertThat(folder.resolve("home/.quartermaster")).isDirectory();
    }

    private Process start(Path in, String... args) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Duser.home=" + folder.resolve("home"));
        command.add("-jar");
        command.add(JAR.toString());
        command.addAll(List.of(args));
        return new ProcessBuilder(command)
                .directory(in.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.PIPE)
                .start();
    }

    private static String output(Process process) throws IOException, InterruptedException {
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }

    private static String address(Process serve) throws IOException {
        StringBuilder said = new StringBuilder();
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(serve.getInputStream(), StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            said.append(line).append('\n');
            if (line.startsWith("Listening on ")) {
                return line.replaceAll("^Listening on (\\S+).*", "$1");
            }
        }
        throw new AssertionError("It stopped before it listened: " + said);
    }
}
