package quartermaster.benchfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quartermaster.TestWorkspace;
import quartermaster.catalogue.Catalogue;
import quartermaster.catalogue.Model;
import quartermaster.catalogue.Quantization;
import quartermaster.launch.WeightsName;

class NamedModelTest {
    @ParameterizedTest
    @CsvSource({
        "models/Qwen2.5-7B-Instruct-Q4_K_M.gguf, Qwen2.5-7B-Instruct, Q4_K_M",
        "C:\\models\\Qwen3-8B-GGUF\\Qwen3-8B.Q8_0.gguf, Qwen3-8B, Q8_0",
        "x-BF16-00001-of-00004.gguf, x, BF16",
        "mlx-community/Qwen3-8B-4bit, Qwen3-8B, 4bit",
        "RedHatAI/Qwen3-32B-FP8-dynamic, Qwen3-32B, FP8",
        "RedHatAI/Qwen3-32B-quantized.w8a8, Qwen3-32B, w8a8",
        "Qwen/Qwen3-32B-GPTQ-Int4/, Qwen3-32B, GPTQ-Int4",
        "qwen3:8b, qwen3:8b,",
        "meta-llama/Llama-3.1-8B-Instruct, Llama-3.1-8B-Instruct,",
        "openai/gpt-oss-120b, gpt-oss-120b,"
    })
    void the_end_of_a_name_says_the_precision(String written, String name, String precision) {
        assertThat(NamedModel.of(written)).isEqualTo(new NamedModel(name, precision));
    }

    @Test
    void the_names_that_commands_give_to_weights_are_read_back() {
        Catalogue catalogue = TestWorkspace.catalogue();
        List<String> lost = new ArrayList<>();
        for (Model model : catalogue.models()) {
            for (Quantization quantization : catalogue.quantizations()) {
                String weights = WeightsName.of(model, quantization);
                NamedModel read = NamedModel.of(weights);
                boolean kept = catalogue.findModel(String.valueOf(read.name())).equals(Optional.of(model))
                        && catalogue
                                .findQuantization(String.valueOf(read.precision()))
                                .equals(Optional.of(quantization));
                boolean served = catalogue.engines().stream().anyMatch(each -> each.loads(quantization));
                if (quantization.forWeights() && served && !kept) {
                    lost.add(weights);
                }
            }
        }
        assertThat(lost).isEmpty();
    }
}
