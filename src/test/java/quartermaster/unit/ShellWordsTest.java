package quartermaster.unit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShellWordsTest {
    @Test
    void words_that_need_no_quotes_have_none() {
        assertThat(ShellWords.join(List.of("vllm", "serve", "Qwen/Qwen3-8B", "--max-model-len=2300")))
                .isEqualTo("vllm serve Qwen/Qwen3-8B --max-model-len=2300");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"it's", "a b", "$(reboot)", "`id`", "a;b", "a\nb", "", "~", "*", "'", "\\", "a\"b", "#a", "é"})
    void a_shell_reads_back_what_was_quoted(String word) throws Exception {
        assertThat(printed(ShellWords.quote(word))).isEqualTo(word);
    }

    @Test
    void long_commands_go_on_in_lines_that_a_shell_reads_as_one() throws Exception {
        String command = "printf %s " + ShellWords.join(List.of("one two", "it's", "three", "a  b  c"));
        List<String> lines = ShellWords.wrap(command, 24);

        assertThat(lines)
                .hasSizeGreaterThan(2)
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(24));
        assertThat(run(String.join("\n", lines))).isEqualTo("one twoit'sthreea  b  c");
    }

    private static String printed(String quoted) throws IOException, InterruptedException {
        return run("printf %s " + quoted);
    }

    private static String run(String script) throws IOException, InterruptedException {
        Process shell = new ProcessBuilder("sh", "-c", script).start();
        String out = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(shell.waitFor()).isZero();
        return out;
    }
}
