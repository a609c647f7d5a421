package quartermaster.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.deploy.SparkSubmit;
import org.apache.spark.launcher.JavaModuleOptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quartermaster.TestWorkspace;
import quartermaster.decision.Decision;
import quartermaster.json.DecisionWriter;
import quartermaster.json.RequestReader;
import quartermaster.json.RequestWriter;
import quartermaster.ledger.KeptDecision;
import quartermaster.ledger.Ledger;
import quartermaster.workspace.Workspace;

/** The jar as spark-submit runs it, on this machine, beside the command line. */
class SparkIT {
    private static final Path JAR = Path.of("target", "quartermaster.jar").toAbsolutePath();
    private static final String REQUEST = "{\"workload\": {\"type\": \"internal-tool\", \"model\": \"llama-3.1-8b\"},"
            + " \"candidates\": [{\"hardware\": \"nvidia-rtx-4090\"}, {\"hardware\": \"nvidia-l40s-48gb\"}]}";

    @TempDir
    private Path folder;

    private Path workspace;

    @BeforeEach
    void copy() {
        workspace = TestWorkspace.copy();
    }

    @Test
    void a_sweep_is_the_same_to_the_byte_and_goes_on_where_it_ended() throws Exception {
        Path request = Files.writeString(folder.resolve("request.json"), REQUEST);
        Path here = folder.resolve("here.csv");
        List<String> vary = List.of("--vary", "concurrency=1..64", "--vary", "inputTokens=500,2000,8000");
        run(command(List.of("-jar", JAR.toString(), "--workspace", workspace.toString(), "sweep", request.toString()))
                .with(vary)
                .with(List.of("-o", here.toString())));
        Path there = folder.resolve("there");
        Command spark = submit(SweepJob.class, "--workspace", workspace.toString(), request.toString())
                .with(vary)
                .with(List.of("--output", there.toString(), "--points-per-part", "5"));
        assertThat(run(spark)).contains("21 points in 5 parts, 5 of them to be made");
        assertThat(together(there)).isEqualTo(Files.readString(here));
        Files.delete(there.resolve("part-000002"));
        assertThat(run(spark)).contains("1 of them to be made");
        assertThat(together(there)).isEqualTo(Files.readString(here));
        assertThat(fails(submit(SweepJob.class, "--workspace", workspace.toString(), request.toString())
                        .with(List.of("--vary", "concurrency=1,2", "--output", there.toString()))))
                .contains("holds another job");
    }

    @Test
    void a_log_under_a_draft_is_the_same_and_a_line_that_is_none_is_said_and_no_harm() throws Exception {
        keep(40);
        Path log = folder.resolve("log.ndjson");
        Path here = folder.resolve("here.ndjson");
        List<String> jar = List.of("-jar", JAR.toString(), "--workspace", workspace.toString());
        run(command(jar).with(List.of("log", "-o", log.toString())));
        run(command(jar).with(List.of("rescore", "-o", here.toString())));
        List<String> decided = Files.readAllLines(here);
        List<String> lines = new ArrayList<>(Files.readAllLines(log));
        lines.add(7, "no line of a log");
        Files.write(log, lines);
        Path there = folder.resolve("there");
        run(submit(RescoreJob.class, log.toString(), "--workspace", workspace.toString())
                .with(List.of("--output", there.toString(), "--parts", "4")));
        List<String> again = new ArrayList<>(together(there).lines().toList());
        assertThat(again.remove(7)).contains("no line of a log", "problem");
        assertThat(again).isEqualTo(decided.subList(1, decided.size() - 1));
    }

    private void keep(int count) throws Exception {
        try (Ledger ledger = Ledger.open(workspace.resolve(Workspace.OWN))) {
            for (int i = 0; i < count; i++) {
                Decision decision = TestWorkspace.decider()
                        .decide(RequestReader.read(
                                        REQUEST.replace("\"model\"", "\"concurrency\": " + (i + 1) + ", \"model\""),
                                        TestWorkspace.TODAY)
                                .requests()
                                .get(0))
                        .value();
                ledger.record(new KeptDecision(
                        "decision " + (100 + i),
                        TestWorkspace.NOW.plusSeconds(i),
                        decision.versions().workspace(),
                        RequestWriter.write(decision.asked()),
                        DecisionWriter.write(decision, null),
                        TestWorkspace.TODAY,
                        Duration.ofMillis(1),
                        null));
            }
        }
    }

    private static String together(Path parts) throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.list(parts)) {
            for (Path each : files.filter(file -> file.getFileName().toString().startsWith("part-"))
                    .sorted()
                    .toList()) {
                all.append(Files.readString(each));
            }
        }
        return all.toString();
    }

    private record Command(List<String> words) {
        Command with(List<String> more) {
            return new Command(Stream.concat(words.stream(), more.stream()).toList());
        }
    }

    private static Command command(List<String> arguments) {
        return new Command(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString()))
                .with(arguments);
    }

    /** What the script spark-submit does, with Spark's own libraries alone before the jar. */
    private static Command submit(Class<?> job, String... arguments) {
        String libraries = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(each -> each.endsWith(".jar") && !each.contains("logback") && !each.contains("log4j-to-slf4j"))
                .collect(Collectors.joining(File.pathSeparator));
        return command(
                        JavaModuleOptions.defaultModuleOptionArray() == null
                                ? List.of()
                                : List.of(JavaModuleOptions.defaultModuleOptionArray()))
                .with(List.of("-Xmx1g", "-cp", libraries, SparkSubmit.class.getName(), "--master", "local[2]"))
                .with(List.of("--conf", "spark.ui.enabled=false", "--class", job.getName(), JAR.toString()))
                .with(List.of(arguments));
    }

    private static String run(Command command) throws Exception {
        return run(command, true);
    }

    private static String fails(Command command) throws Exception {
        return run(command, false);
    }

    private static String run(Command command, boolean well) throws Exception {
        Process process =
                new ProcessBuilder(command.words()).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor() == 0).as(said).isEqualTo(well);
        return said;
    }
}
