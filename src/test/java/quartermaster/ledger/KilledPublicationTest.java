package quartermaster.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quartermaster.unit.Digests;

/** {@code kill -9} at any moment of a publication: afterwards the workspace is the old version or the new one, whole. */
class KilledPublicationTest {
    private static final int KILLS = 80;
    private static final int LONGEST_LIFE_MICROS = 20_000; // some publications long

    @TempDir
    private Path folder;

    @Test
    void whoever_is_killed_leaves_one_version_whole() throws Exception {
        Path workspace = Files.createDirectory(folder.resolve("workspace"));
        Path own = workspace.resolve(".quartermaster");
        Publication publication = new Publication(own, new KeptFiles(own));
        publication.publish(workspace, Publisher.files(Publisher.A), Set.of());

        Map<Recovery, Integer> recoveries = new EnumMap<>(Recovery.class);
        Random random = new Random(4);
        Process next = publisher(workspace);
        for (int kill = 1; kill <= KILLS; kill++) {
            Process current = next;
            next = publisher(workspace); // starts while the other one works
            killWhileItPublishes(current, random.nextInt(LONGEST_LIFE_MICROS));
            Recovery recovery = publication.recover(workspace);
            recoveries.merge(recovery, 1, Integer::sum);
            assertThat(filesIn(workspace))
                    .as("after kill %d: %s", kill, recovery)
                    .isIn(digests(Publisher.A), digests(Publisher.B));
            assertThat(leftIn(own)).as("left after kill %d", kill).isEmpty();
        }
        next.destroyForcibly().waitFor();
        System.out.println(KILLS + " kills: " + recoveries);
        assertThat(recoveries.getOrDefault(Recovery.NOTHING, 0))
                .as("some kills came in the middle")
                .isLessThan(KILLS);
    }

    private Process publisher(Path workspace) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-XX:-UsePerfData",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Publisher.class.getName(),
                        Files.createTempDirectory(folder, "warm-up").toString(),
                        workspace.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static void killWhileItPublishes(Process publisher, int afterMicros) throws Exception {
        String said = new String(publisher.getInputStream().readNBytes("ready".length()), StandardCharsets.UTF_8);
        assertThat(said).isEqualTo("ready");
        publisher.getOutputStream().write('g');
        publisher.getOutputStream().flush();
        TimeUnit.MICROSECONDS.sleep(afterMicros);
        publisher.destroyForcibly().waitFor();
    }

    /** Digests of all files but the program's own, by name. */
    private static Map<String, String> filesIn(Path workspace) throws IOException {
        Map<String, String> found = new TreeMap<>();
        try (Stream<Path> all = Files.walk(workspace)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                String name = workspace.relativize(file).toString().replace('\\', '/');
                if (!name.startsWith(".quartermaster/")) {
                    found.put(name, Digests.of(Files.readAllBytes(file)));
                }
            }
        }
        return found;
    }

    private static Map<String, String> digests(String version) {
        Map<String, String> digests = new TreeMap<>();
        Publisher.files(version).forEach((name, content) -> digests.put(name, Digests.of(content)));
        return digests;
    }

    /** Files in the program's own folder that are neither kept nor the lock. */
    private static Set<String> leftIn(Path own) throws IOException {
        Set<Path> expected = new TreeSet<>(List.of(own.resolve("publication.lock")));
        for (String version : Arrays.asList(Publisher.A, Publisher.B)) {
            digests(version).values().forEach(digest -> {
                String hex = digest.substring("sha256:".length());
                expected.add(own.resolve("objects").resolve(hex.substring(0, 2)).resolve(hex));
            });
        }
        Set<String> left = new TreeSet<>();
        try (Stream<Path> all = Files.walk(own)) {
            all.filter(Files::isRegularFile)
                    .filter(file -> !expected.contains(file))
                    .forEach(file -> left.add(file.toString()));
        }
        return left;
    }
}
