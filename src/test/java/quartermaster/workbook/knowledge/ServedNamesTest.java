package quartermaster.workbook.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quartermaster.TestWorkspace;
import quartermaster.catalogue.LooseNames;

class ServedNamesTest {
    private final ServedNames names =
            new ServedNames(TestWorkspace.catalogue(), new LooseNames(TestWorkspace.catalogue()));

    @ParameterizedTest
    @CsvSource({
        "qwen3-32b, qwen3-32b",
        "Qwen/Qwen3-32B, qwen3-32b",
        "Qwen/Qwen3-32B-FP8, qwen3-32b",
        "accounts/fireworks/models/llama-v3p1-70b-instruct, llama-3.1-70b",
        "@cf/meta/llama-3.1-8b-instruct, llama-3.1-8b",
        "us.meta.llama3-1-70b-instruct-v1:0, llama-3.1-70b",
        "meta-llama/Meta-Llama-3.1-8B-Instruct, llama-3.1-8b",
        "llama3.1:8b, llama-3.1-8b",
        "google/gemma-3-27b-it, gemma-3-27b",
        "openai/gpt-oss-120b-maas, gpt-oss-120b",
        "mistralai/Mixtral-8x7B-Instruct-v0.1, mixtral-8x7b",
        "deepseek-ai/DeepSeek-V3.2, deepseek-v3.2",
        "qwen-2.5-72b-instruct, qwen2.5-72b"
    })
    void what_stands_around_a_name_is_left_off(String written, String id) {
        ServedNames.Found found = names.find(written);
        assertThat(found.model()).as(found.whyNot()).isNotNull();
        assertThat(found.model().id()).isEqualTo(id);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "meta-llama/Llama-3.3-70B-Instruct-Turbo | another-tier | the \"Turbo\" offer of llama-3.3-70b",
                "minimax-m2.5-highspeed | another-tier | the \"highspeed\" offer of minimax-m2.5",
                "Qwen/Qwen3-235B-A22B-fp8-tput | another-tier | the \"tput\" offer of qwen3-235b-a22b",
                "deepseek-r1-0528 | another-checkpoint | not deepseek-r1 but a variant of it (\"0528\")",
                "kimi-k2-thinking | another-checkpoint | not kimi-k2 but a variant",
                "Qwen/Qwen3-235B-A22B-Thinking-2507 | another-checkpoint | not qwen3-235b-a22b but a variant",
                "DeepSeek-R1-Distill-Llama-70B | another-checkpoint | (\"Distill-Llama-70B\")",
                "gemma-3 | ambiguous-model | gemma-3-27b",
                "NousResearch/Hermes-3-Llama-3.1-70B | unknown-model | has no model",
                "gpt-99 | unknown-model | has no model"
            })
    void another_price_or_another_model_is_told_and_not_taken(String written, String code, String why) {
        ServedNames.Found found = names.find(written);
        assertThat(found.model()).isNull();
        assertThat(found.code()).isEqualTo(code);
        assertThat(found.whyNot()).contains(written).contains(why);
    }
}
