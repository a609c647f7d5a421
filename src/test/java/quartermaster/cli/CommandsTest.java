package quartermaster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quartermaster.TestWorkspace;

class CommandsTest {
    @TempDir
    private Path folder;

    private final Terminal terminal = Terminal.inRepository();

    @Test
    void help_has_examples_and_every_command() {
        assertThat(terminal.run("--help")).isZero();
        assertThat(terminal.out()).contains("Examples:", "decide", "estimate", "check", "cat", "Exit codes:");
        assertThat(terminal.err()).isEmpty();
    }

    @Test
    void the_version_is_the_program_s() {
        assertThat(terminal.run("--version")).isZero();
        assertThat(terminal.out()).isEqualToIgnoringNewLines("quartermaster test");
    }

    @Test
    void without_a_command_the_commands_are_named() {
        assertThat(terminal.run()).isEqualTo(ExitCode.USAGE);
        assertThat(terminal.err()).contains("decide, estimate, check");
        assertThat(terminal.out()).isEmpty();
    }

    @Test
    void a_misspelt_command_finds_its_neighbour() {
        assertThat(terminal.run("decdie", "x.json")).isEqualTo(ExitCode.USAGE);
        assertThat(terminal.err()).contains("There is no command decdie. Did you mean decide?");
    }

    @Test
    void a_misspelt_option_finds_its_neighbour() {
        assertThat(terminal.run("estimate", "--modle", "x")).isEqualTo(ExitCode.USAGE);
        assertThat(terminal.err()).contains("There is no option --modle. Did you mean --model?", "estimate --help");
    }

    @Test
    void the_workspace_stands_before_or_after_the_command() {
        String elsewhere = TestWorkspace.FOLDER.toString();
        Terminal before = new Terminal(folder, folder.resolve("copy"));
        Terminal after = new Terminal(folder, folder.resolve("copy"));
        assertThat(before.run("--workspace", elsewhere, "check")).isZero();
        assertThat(after.run("check", "--workspace", elsewhere)).isZero();
        assertThat(before.out()).isEqualTo(after.out()).contains("Workspace " + elsewhere);
    }

    @Test
    void a_folder_without_rules_is_no_workspace() {
        assertThat(terminal.run("check", "--workspace", folder.toString())).isEqualTo(ExitCode.BROKEN_WORKSPACE);
        assertThat(terminal.err()).contains(folder + " is no workspace", "rules/policy.xlsx");
    }

    @Test
    void outside_of_a_workspace_a_copy_is_laid_out_and_kept() throws IOException {
        Path copy = folder.resolve("home/.quartermaster/test");
        Terminal first = new Terminal(folder, copy);
        assertThat(first.run("check")).as(first.out() + first.err()).isZero();
        assertThat(first.err()).contains("Laid out a workspace into " + copy);
        assertThat(copy.resolve("rules/fit.drl"))
                .hasSameTextualContentAs(TestWorkspace.FOLDER.resolve("rules/fit.drl"));
        assertThat(copy.resolve("spreadsheets/catalogue.xlsx")).isRegularFile();
        try (var beside = Files.list(copy.getParent())) {
            assertThat(beside).containsExactly(copy);
        }

        Files.writeString(copy.resolve("rules/fit.drl"), "rule \"half\" when", java.nio.charset.StandardCharsets.UTF_8);
        Terminal second = new Terminal(folder, copy);
        assertThat(second.run("decide", "-")).isEqualTo(ExitCode.BROKEN_WORKSPACE);
        assertThat(second.err()).contains("The rules do not compile", "rules/fit.drl:1");
    }

    @Test
    void a_workbook_becomes_text() {
        assertThat(terminal.run("cat", "rules/policy.xlsx")).isZero();
        assertThat(terminal.out()).contains("Workload type: production");
    }

    @Test
    void a_file_that_is_no_workbook_is_unreadable_but_never_stops_a_diff() {
        assertThat(terminal.run("cat", "pom.xml")).isEqualTo(ExitCode.UNREADABLE);
        assertThat(terminal.out()).isEmpty();
        assertThat(terminal.err()).contains("pom.xml");
        assertThat(terminal.run("cat", "--for-diff", "pom.xml")).isZero();
        assertThat(terminal.out()).contains("pom.xml");
    }

    @Test
    void check_says_what_it_looked_at() {
        assertThat(terminal.run("check")).as(terminal.err()).isZero();
        assertThat(terminal.out()).contains("ok     spreadsheets/catalogue.xlsx", "ok     rules/*.drl", "sha256:");
        Terminal json = Terminal.inRepository();
        assertThat(json.run("check", "--json")).isZero();
        assertThat(json.out()).startsWith("{\"workspace\":").contains("\"ok\":true");
    }
}
