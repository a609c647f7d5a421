package quartermaster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModelsCommandTest {
    private final Terminal terminal = Terminal.inRepository();

    @Test
    void a_machine_has_a_ladder_of_models() {
        assertThat(models("--hardware", "RTX 4090", "--use", "code")).isZero();
        assertThat(terminal.out())
                .contains("Models for code on NVIDIA RTX 4090", "Fit and are fast enough", "Do not fit")
                .containsPattern("1  Qwen3\\.6-35B-A3B +\\d+ \\(\\d+–\\d+\\)")
                .containsPattern("Kimi-K2\\.5\\s+\\(\\d+\\s+GiB\\s+more\\)")
                .contains("not known");
        assertThat(terminal.err()).isEmpty();
    }

    @Test
    void json_has_level_speed_context_and_licence_of_each_model() {
        assertThat(models("--hardware", "RTX 4090", "--json")).isZero();
        assertThat(terminal.out())
                .startsWith("{\"hardware\":\"RTX 4090\",\"devices\":1,\"use\":\"chat\"")
                .contains("\"evidence\":\"independent\"", "\"longestContextTokens\":", "\"licence\":\"Apache-2.0\"")
                .contains("\"doNotFit\":[{\"model\":", "\"quality\":null");
    }

    @Test
    void of_several_machines_it_says_which_runs_which() {
        assertThat(models("--hardware", "RTX 4090", "--hardware", "Mac Studio M4 Max 64GB", "--use", "code"))
                .isZero();
        assertThat(terminal.out())
                .contains("Models for code on NVIDIA RTX 4090, Mac Studio M4 Max")
                .containsPattern("gpt-oss-120b +\\d+ \\(\\d+–\\d+\\).* – \\d+ GiB|gpt-oss-120b .*host")
                .containsPattern("Qwen3\\.6-27B +\\d+ \\(\\d+–\\d+\\) .*\\d+ at [\\w ]+ +.*\\d+ at [\\w ]+");
        Terminal other = Terminal.inRepository();
        assertThat(other.run("models", "--hardware", "RTX 4090", "--hardware", "RTX 5090", "--json"))
                .isZero();
        assertThat(other.out())
                .startsWith("[{\"hardware\":\"RTX 4090\",\"devices\":1")
                .contains(",{\"hardware\":\"RTX 5090\",\"devices\":1");
        assertThat(models("--hardware", "RTX 4090", "--hardware", "RTX 4909")).isEqualTo(ExitCode.USAGE);
        assertThat(terminal.err()).contains("no hardware \"RTX 4909\"");
    }

    @Test
    void a_count_in_the_name_is_a_count_and_is_said_once() {
        assertThat(models("--hardware", "2x rtx 3090", "--json")).isZero();
        assertThat(terminal.out()).startsWith("{\"hardware\":\"rtx 3090\",\"devices\":2,");
        Terminal other = Terminal.inRepository();
        assertThat(other.run("models", "--hardware", "2x rtx 3090", "--devices", "4"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(other.err()).contains("which count is meant");
    }

    @Test
    void a_longer_context_leaves_fewer_models() {
        assertThat(models("--hardware", "RTX 4090", "--context", "4096", "--json"))
                .isZero();
        int many = count(terminal.out());
        Terminal other = Terminal.inRepository();
        assertThat(other.run("models", "--hardware", "RTX 4090", "--context", "100000", "--json"))
                .isZero();
        assertThat(count(other.out())).isLessThan(many);
    }

    @Test
    void where_nothing_fits_it_says_what_is_missing() {
        assertThat(models("--hardware", "RTX 4090", "--context", "100000000")).isEqualTo(ExitCode.NOTHING_SUITABLE);
        assertThat(terminal.out()).contains("Do not fit");
    }

    @Test
    void what_cannot_be_understood_is_told() {
        assertThat(models("--hardware", "RTX 4909")).isEqualTo(ExitCode.USAGE);
        assertThat(terminal.err()).contains("no hardware \"RTX 4909\"");
        assertThat(models("--hardware", "RTX 4090", "--use", "codin")).isEqualTo(ExitCode.USAGE);
        assertThat(terminal.err()).contains("\"codin\" is no kind of work.", "Did you mean");
        assertThat(models("--hardware", "RTX 4090", "--devices", "0")).isEqualTo(ExitCode.USAGE);
        assertThat(terminal.err()).contains("Found 0; expected 1 to 1,024");
        assertThat(models()).isEqualTo(ExitCode.USAGE);
    }

    private static int count(String json) {
        return json.split("\"rank\":", -1).length - 1;
    }

    private int models(String... arguments) {
        List<String> line = new ArrayList<>(List.of("models"));
        line.addAll(List.of(arguments));
        return terminal.run(line.toArray(String[]::new));
    }
}
