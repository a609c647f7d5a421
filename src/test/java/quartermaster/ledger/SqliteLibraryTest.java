package quartermaster.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** In a process of its own: a library is loaded once. */
class SqliteLibraryTest {
    @TempDir
    private Path temporary;

    @Test
    void a_ledger_opens_and_nothing_of_the_library_stays() throws Exception {
        assertThat(output()).endsWith("opened, null");
        try (Stream<Path> left = Files.list(temporary)) {
            assertThat(left.map(each -> each.getFileName().toString()))
                    .noneMatch(each -> each.contains("sqlite") && !each.equals("ledger"));
        }
    }

    /** Then the driver does what it does. */
    @ParameterizedTest
    @ValueSource(strings = {"org.sqlite.tmpdir", "org.sqlite.lib.path"})
    void what_somebody_says_of_it_counts(String property) throws Exception {
        assertThat(output("-D" + property + "=" + temporary)).contains("opened");
    }

    public static void main(String[] args) throws IOException {
        new SqliteFile(Path.of(args[0])).open();
        System.out.println("opened, " + System.getProperty("org.sqlite.lib.path"));
    }

    private String output(String... options) throws Exception {
        List<String> command = Stream.of(
                        Stream.of(Path.of(System.getProperty("java.home"), "bin", "java")
                                .toString()),
                        Stream.of("-Djava.io.tmpdir=" + temporary, "-cp", System.getProperty("java.class.path")),
                        Stream.of(options),
                        Stream.of(
                                SqliteLibraryTest.class.getName(),
                                temporary.resolve("ledger").toString()))
                .flatMap(each -> each)
                .toList();
        Path said = temporary.resolve("said.txt");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        return Files.readString(said).strip();
    }
}
