package quartermaster.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quartermaster.TestWorkspace;
import quartermaster.unit.Imported;

class ConfigCommandTest {
    private static final List<String> KNOWN = List.of("port", "host", "keys", "allowed-host", "database", "workspace");

    @TempDir
    private Path folder;

    private Terminal terminal() {
        return new Terminal(folder, folder.resolve("no-copies"));
    }

    private void write(String text) throws Exception {
        Files.writeString(folder.resolve(Configuration.FILE), text);
    }

    @Test
    void the_environment_says_more_than_the_file() throws Exception {
        write(
                "# a comment\nport: 9000 # the usual one\nhost: \"0.0.0.0\"\nallowed-host:\n  - a.example\n  - 'b.example'\n");
        Configuration read = Configuration.read(folder, Map.of("QM_PORT", "9001"), KNOWN);
        assertThat(read.find("port")).hasValue(new Configuration.Setting("9001", "QM_PORT"));
        assertThat(read.find("host").orElseThrow().value()).isEqualTo("0.0.0.0");
        assertThat(read.find("host").orElseThrow().from()).endsWith("quartermaster.yaml:3");
        assertThat(read.find("allowed-host").orElseThrow().value()).isEqualTo("a.example,b.example");
        assertThat(read.find("keys")).isEmpty();
    }

    @Test
    void what_is_no_option_is_told_with_its_line() throws Exception {
        write("prot: 9000\nhost 0.0.0.0\nport: 1\nport: 2\n");
        assertThatThrownBy(() -> Configuration.read(folder, Map.of(), KNOWN))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("quartermaster.yaml:1")
                .hasMessageContaining("Did you mean port?")
                .hasMessageContaining("quartermaster.yaml:2")
                .hasMessageContaining("quartermaster.yaml:4");
        assertThatThrownBy(() -> Configuration.read(folder, Map.of("QM_CONFIG", "gone.yaml"), KNOWN))
                .hasMessageContaining("gone.yaml");
    }

    @Test
    void it_is_shown_with_where_it_comes_from_and_without_passwords() throws Exception {
        write("port: 9000\ndatabase: jdbc:postgresql://ann:secret@db/qm?password=hidden&ssl=true\n");
        Terminal terminal = terminal();
        assertThat(terminal.run("config", "show")).isZero();
        assertThat(terminal.out())
                .contains("9000", "quartermaster.yaml:1", "127.0.0.1", "default")
                .doesNotContain("secret@", "hidden");
        assertThat(ConfigCommand.masked("jdbc:postgresql://ann:secret@db/qm?password=hidden&ssl=true"))
                .isEqualTo("jdbc:postgresql://…@db/qm?password=…&ssl=true");
    }

    @Test
    void serve_takes_it_and_options_say_more() throws Exception {
        write("port: 9000\nhost: localhost\nallowed-host: a.example\nworkspace: " + TestWorkspace.FOLDER + "\n");
        StringBuilder seen = new StringBuilder();
        Program.Service service = (at, listening, keep) -> {
            seen.append(listening.host() + " " + listening.port() + " " + listening.allowedHosts());
            return Imported.nothing(List.of());
        };
        assertThat(terminal().withService(service).run("serve")).isNotZero();
        assertThat(seen).hasToString("localhost 9000 [a.example]");
        seen.setLength(0);
        assertThat(terminal().withService(service).run("serve", "--port", "9002"))
                .isNotZero();
        assertThat(seen).hasToString("localhost 9002 [a.example]");
    }
}
