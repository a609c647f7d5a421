package quartermaster;

import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;
import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import quartermaster.workbook.read.WorkbookFile;

/** Runs the packaged jar as a user does. */
class QuartermasterIT {
    private static final Path TARGET = Path.of("target").toAbsolutePath();
    private static final Path JAR = TARGET.resolve("quartermaster.jar");
    private static final String VERSION = "quartermaster \\d+\\.\\d+\\.\\d+\\s+";
    private static final Path REPOSITORY = Path.of("").toAbsolutePath();

    @TempDir
    private Path folder;

    @Test
    void the_jar_knows_its_version() throws Exception {
        assertThat(output(start(REPOSITORY, "--version"))).matches(VERSION);
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

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void the_launcher_starts_with_the_archive_that_the_build_has_left() throws Exception {
        Path log = folder.resolve("classes.txt");
        assertThat(launched(TARGET, "-Xlog:class+load:file=" + log)).matches(VERSION);
        assertThat(Files.readString(log))
                .containsPattern("quartermaster\\.cli\\.Commands source: (shared objects file|AOT cache)");
    }

    /** Java itself would crash over half an archive. */
    @Test
    @DisabledOnOs(OS.WINDOWS)
    void an_archive_that_is_none_stops_no_start() throws Exception {
        Files.copy(JAR, folder.resolve(JAR.getFileName())); // another file of another time
        Files.copy(TARGET.resolve("quartermaster"), folder.resolve("quartermaster"), COPY_ATTRIBUTES);
        assertThat(launched(folder, "")).as("none").matches(VERSION);
        for (String ending : List.of(".jsa", ".aot")) {
            Path archive = folder.resolve("quartermaster" + ending);
            Path size = folder.resolve("quartermaster" + ending + ".size");
            Path made = TARGET.resolve(archive.getFileName());
            byte[] whole = Files.exists(made) ? Files.readAllBytes(made) : new byte[10_000_000];
            Files.write(archive, whole);
            Files.writeString(size, whole.length + "\n");
            assertThat(launched(folder, "")).as("of another jar").matches(VERSION);
            Files.write(archive, Arrays.copyOf(whole, 1_000_000));
            assertThat(launched(folder, "")).as("cut off").matches(VERSION);
            Files.delete(size);
            assertThat(launched(folder, "")).as("without its size").matches(VERSION);
            Files.writeString(archive, "not an archive");
            Files.writeString(size, "14\n");
            assertThat(launched(folder, "")).as("something else").matches(VERSION);
            Files.delete(archive);
            assertThat(launched(folder, "")).as("gone").matches(VERSION);
            Files.delete(size);
        }
    }

    /** What it prints on both, of {@code --version}. */
    private String launched(Path lies, String options) throws Exception {
        ProcessBuilder launcher =
                new ProcessBuilder(lies.resolve("quartermaster").toString(), "--version").redirectErrorStream(true);
        launcher.environment().put("JAVA_HOME", System.getProperty("java.home"));
        launcher.environment().put("QUARTERMASTER_OPTS", options);
        return output(launcher.start());
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
