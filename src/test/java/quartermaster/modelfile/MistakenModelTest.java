package quartermaster.modelfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MistakenModelTest {
    @ParameterizedTest(name = "{1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{\"system\": {}, \"models\": [{\"fit_level\": \"Perfect\"}]} | llmfit | models --hardware",
                "{\"estimate\": {\"items\": [{\"offloadLayers\": 33}]}} | gguf-parser | import-model",
                "{\"results\": {\"mmlu\": {\"acc,none\": 0.68}}} | lm-eval | import-quality",
                "{\"model_type\": \"llama\"} | a model | import-model",
            })
    void what_another_program_wrote_is_told_with_the_command_for_it(String json, String tool, String command) {
        assertThat(MistakenModel.in(json.getBytes(StandardCharsets.UTF_8), "file.json"))
                .hasValueSatisfying(told -> assertThat(told).contains(tool, command));
    }
}
